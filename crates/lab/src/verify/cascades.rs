//! Sharing: trees of shares are those of a branching process with Poisson offspring.

use std::collections::BTreeMap;

use super::bench::{Bench, Halt};
use super::row::Row;
use heard_math::stats::Share;
use heard_scenario::customers::Followers;
use heard_scenario::publicity::Publicity;
use heard_world::cascade::{Attention, Spreading};
use heard_world::observer::Happening;
use heard_world::purpose::Purpose;

/// Shares that each share leads to on average, as in the scenario.
const FEW: f64 = 0.6;
/// The same for trees that may never end.
const MANY: f64 = 1.5;

/// The probability that a tree has `size` members, including the post itself (Borel, 1942).
fn borel(reproduction: f64, size: u32) -> f64 {
    let (n, load) = (f64::from(size), reproduction * f64::from(size));
    libm::exp((n - 1.0) * libm::log(load) - load - libm::lgamma(n + 1.0))
}

pub fn trees(bench: &Bench<'_>) -> Result<Vec<Row>, Halt> {
    let world = bench.world(include_str!("scenarios/shares.toml"), &[])?;
    // Trees posted later may still be growing at the end.
    let (_, last) = world.experiment.study.base.run.span_hours();
    let replications = bench.try_times(bench.of(40), |index| {
        let mut sizes: BTreeMap<u32, u32> = BTreeMap::new();
        for (hours, case, what) in world.story(index)? {
            match what {
                Happening::Voiced { .. } if hours < last => drop(sizes.insert(case, 1)),
                Happening::Shared { .. } => {
                    sizes.entry(case).and_modify(|size| *size += 1);
                }
                _ => {}
            }
        }
        Some(sizes.into_values().collect::<Vec<u32>>())
    })?;
    let sizes = || replications.iter().flatten().copied();
    let trials = sizes().count() as u64;
    let mut rows = vec![Row::mean("mean size", "", 1.0 / (1.0 - FEW), sizes().map(f64::from))];
    for size in 1..=3 {
        let hits = sizes().filter(|found| *found == size).count() as u64;
        rows.push(Row::count(
            format!("share of size {size}"),
            borel(FEW, size),
            Share { hits, trials },
        ));
    }
    let rest = 1.0 - (1..=10).map(|size| borel(FEW, size)).sum::<f64>();
    let hits = sizes().filter(|found| *found > 10).count() as u64;
    rows.push(Row::count("share above 10", rest, Share { hits, trials }));
    Ok(rows)
}

pub fn dying_out(bench: &Bench<'_>) -> Result<Vec<Row>, Halt> {
    // The smaller root of s = exp(-R (1 - s)), by iteration from below.
    let exact = (0..200).fold(0.0, |s, _| libm::exp(-MANY * (1.0 - s)));
    Ok(vec![Row::count("trees that die out", exact, died_out(bench, MANY)?)])
}

/// Trees that end before 900 shares when each share leads to `reproduction` others. At 1.5, a tree
/// that reaches 900 practically never dies out.
fn died_out(bench: &Bench<'_>, reproduction: f64) -> Result<Share, Halt> {
    const VIEWS: f64 = 100.0;
    let settings = Publicity {
        views_per_follower: 1.0,
        shared_after_money: 1.0,
        shared_after_answer: 1.0,
        ..Publicity::default()
    };
    let followers = Followers { median: VIEWS, sigma: 0.0 };
    let spreading = Spreading {
        settings: &settings,
        followers: &followers,
        network: None,
        market: 1000.0 * VIEWS,
    };
    let attention = Attention { chance: reproduction / VIEWS, half_life: f64::INFINITY };
    let trials = bench.of(100_000);
    let died = bench.times(trials, |trial| {
        let mut draws = bench.draws(trial).sequence(0, Purpose::Shares, 0);
        let tree = spreading.tree(None, VIEWS, attention, &mut draws);
        tree.shares.len() < 900
    })?;
    Ok(Share::of(died))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::verify::bench::Effort;
    use std::sync::atomic::AtomicBool;

    #[test]
    fn sizes_of_trees_are_a_distribution_with_the_mean_of_theory() {
        let sizes = || (1..400).map(|size| (f64::from(size), borel(FEW, size)));
        assert!((sizes().map(|(_, p)| p).sum::<f64>() - 1.0).abs() < 1e-9);
        assert!((sizes().map(|(n, p)| n * p).sum::<f64>() - 2.5).abs() < 1e-9);
        assert!((borel(FEW, 1) - libm::exp(-FEW)).abs() < 1e-15);
    }

    #[test]
    fn two_percent_more_shares_are_noticed() {
        let stop = AtomicBool::new(false);
        let bench = Bench::new(Effort::Usual, 1, 2, &stop).unwrap();
        let exact = dying_out(&bench).unwrap();
        assert!(exact[0].p_value() > 1e-3);
        let other = died_out(&bench, 1.02 * MANY).unwrap();
        assert!(Row::count("", exact[0].exact, other).p_value() < 1e-6);
    }
}
