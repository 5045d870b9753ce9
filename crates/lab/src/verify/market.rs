//! A market with known attitudes: who leaves, and to whom.

use super::bench::{Bench, Halt};
use super::row::Row;
use heard_math::stats::Share;
use heard_world::observer::Happening;

/// Companies as in the scenario, the failing one first, and the share of people who know each.
const AWARENESS: [(&str, f64); 4] =
    [("fails", 0.5), ("known", 0.8), ("unknown", 0.2), ("disliked", 0.8)];
const ATTITUDE: f64 = 0.3;
/// The last company's mistake moves attitudes by this share of the way to -1.
const MOVED: f64 = 0.4;
const FOLLOWS_ATTITUDE: f64 = 1.5;
const FOLLOWS_AWARENESS: f64 = 0.5;
const GOES_AWAY: f64 = 0.25;
const LEAVES_AT_NEUTRAL: f64 = 0.1;
const LEAVING_SLOPE: f64 = 2.0;

fn attitude(company: usize) -> f64 {
    let disliked = company == AWARENESS.len() - 1;
    ATTITUDE + if disliked { MOVED * (-1.0 - ATTITUDE) } else { 0.0 }
}

fn weight(company: usize) -> f64 {
    let known = libm::pow(AWARENESS[company].1, FOLLOWS_AWARENESS);
    known * libm::exp(FOLLOWS_ATTITUDE * attitude(company))
}

pub fn rows(bench: &Bench<'_>) -> Result<Vec<Row>, Halt> {
    let world = bench.world(include_str!("scenarios/market.toml"), &[])?;
    // Failures, customers who leave, and those who go to each company.
    let counts = bench.try_times(bench.of(40), |index| {
        let (mut failures, mut leavers, mut to) = (0u64, 0u64, [0u64; AWARENESS.len()]);
        // The few who speak up decide later and are not counted.
        let mut silent = None;
        for (_, case, what) in world.story(index)? {
            match what {
                Happening::Silent => {
                    failures += 1;
                    silent = Some(case);
                }
                Happening::Quit if silent == Some(case) => leavers += 1,
                Happening::WentTo { company } if silent == Some(case) => to[company] += 1,
                _ => {}
            }
        }
        Some((failures, leavers, to))
    })?;
    let failures: u64 = counts.iter().map(|(failures, ..)| failures).sum();
    let leavers: u64 = counts.iter().map(|(_, leavers, _)| leavers).sum();
    let to = |company: usize| counts.iter().map(|(.., to)| to[company]).sum::<u64>();
    let stayed = (1..AWARENESS.len()).map(to).sum::<u64>();
    let odds = LEAVES_AT_NEUTRAL / (1.0 - LEAVES_AT_NEUTRAL) * libm::exp(-LEAVING_SLOPE * ATTITUDE);
    let mut rows = vec![
        Row::count(
            "leave after a failure",
            odds / (1.0 + odds),
            Share { hits: leavers, trials: failures },
        ),
        Row::count(
            "leave the market",
            GOES_AWAY,
            Share { hits: leavers - stayed - to(0), trials: leavers },
        ),
    ];
    let all: f64 = (1..AWARENESS.len()).map(weight).sum();
    for (company, (name, _)) in AWARENESS.iter().enumerate().skip(1) {
        let share = Share { hits: to(company), trials: stayed };
        let quantity = format!("of the others, to {name}");
        rows.push(Row::count(quantity, weight(company) / all, share));
    }
    rows.push(Row::number("back to the company they left", "", 0.0, to(0) as f64));
    Ok(rows)
}
