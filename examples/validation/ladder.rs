//! The loyalty ladder.

use heard_math::stats::Interval;
use heard_scenario::metric::Metric;
use heard_world::column::Dimension;

use super::play::{Error, difference, interval, load};
use super::table::{Group, Judged, Row, Use, level, like, points};

const REPLICATIONS: u32 = 20;
const STEPS: [&str; 4] = ["silent", "dissatisfied", "satisfied", "satisfied-fast"];
/// Strengths of `reaction.voice_relief` that are tried.
const RELIEFS: [f64; 5] = [0.0, 0.25, 0.5, 0.75, 1.0];
/// The one that comes nearest to what TARP found.
const TARP: f64 = 1.0;

/// Shares that stay, for each step one value a replication.
type Ladder = [Vec<f64>; 4];

fn climb(arm: &str, severity: f64, failures: f64, relief: f64) -> Result<Ladder, Error> {
    let sets = [
        format!("company.severity={{ mean = {severity:?}, sd = 0.0 }}"),
        format!("company.failures_per_customer_month={failures:?}"),
        format!("reaction.voice_relief={relief:?}"),
        "run.days=60".to_owned(),
        "run.windows={}".to_owned(),
    ];
    let sets: Vec<&str> = sets.iter().map(String::as_str).collect();
    let experiment = load("listening-vs-responding", &sets)?;
    let columns = super::play::columns(&experiment, arm, REPLICATIONS)?;
    Ok(STEPS.map(|step| columns.part(Metric::LoyaltyRate, Dimension::Outcome, step)))
}

fn levels(ladder: &Ladder) -> Result<Vec<Interval>, Error> {
    ladder.iter().map(|step| interval(step)).collect()
}

fn steps(ladder: &Ladder) -> Result<String, Error> {
    let each: Vec<String> =
        levels(ladder)?.iter().map(|found| format!("{:.1}", 100.0 * found.mean)).collect();
    let widest = levels(ladder)?.iter().filter_map(Interval::half_width).fold(0.0, f64::max);
    Ok(format!("{}% (each ±{:.1} at most)", each.join(" / "), 100.0 * widest))
}

fn worst(ladder: &Ladder, published: [f64; 4]) -> Result<Judged, Error> {
    let found = levels(ladder)?;
    let each = found.iter().zip(published).map(|(found, value)| level(found, value, value));
    Ok(super::table::levels(each))
}

/// Where the difference of the dissatisfied from the silent turns from below to above 0.
fn turn(serious: &[Ladder]) -> Result<Option<f64>, Error> {
    let mut before: Option<(f64, f64)> = None;
    for (relief, ladder) in RELIEFS.iter().zip(serious) {
        let gap = difference(&ladder[1], &ladder[0])?.mean;
        if let Some((x, y)) = before
            && y < 0.0
            && gap >= 0.0
        {
            return Ok(Some(x + (relief - x) * -y / (gap - y)));
        }
        before = Some((*relief, gap));
    }
    Ok(None)
}

pub fn group() -> Result<Group, Error> {
    let climbs = |arm| -> Result<Vec<Ladder>, Error> {
        RELIEFS.iter().map(|&relief| climb(arm, 0.8, 0.15, relief)).collect()
    };
    let (serious, unanswered) = (climbs("responding")?, climbs("presence-only")?);
    let minor = climb("responding", 0.2, 0.5, TARP)?;
    let at = RELIEFS.iter().position(|&relief| relief == TARP).unwrap_or(0);
    let (ccmc, tarp) = (&serious[0], &serious[at]);
    let modern = difference(&ccmc[1], &ccmc[0])?;
    let spoken = difference(&tarp[1], &tarp[0])?;
    let solved = difference(&tarp[2], &tarp[1])?;
    let fast = difference(&tarp[3], &tarp[2])?;
    let solved_modern = difference(&ccmc[2], &ccmc[1])?;
    let fast_modern = difference(&ccmc[3], &ccmc[2])?;
    let unheard = difference(&unanswered[at][1], &unanswered[at][0])?;
    let where_it_turns = |ladders: &[Ladder]| -> Result<String, Error> {
        Ok(turn(ladders)?.map_or("nowhere".to_owned(), |relief| format!("at about {relief:.1}")))
    };
    let turns = format!(
        "On average, the order of silent and dissatisfied reverses {} in `responding` and {} in `presence-only`, where \
         nobody answers.",
        where_it_turns(&serious)?,
        where_it_turns(&unanswered)?
    );
    let levels_why = "TARP's levels are intentions to buy again after one loss; the model's are the share of customers \
                      who stay after one problem (`reaction.leaves_at_neutral` = 2%, assumed). The model has no \
                      losses in money. Compare the order only.";
    let check = |target, published, source, simulated, judged, why| Row {
        target,
        published,
        source,
        simulated,
        used: Use::Check,
        judged,
        why,
    };
    Ok(Group {
        title: "The loyalty ladder",
        setting: format!(
            "`listening-vs-responding`, arm `responding`, days 14 to 46, all failures equally severe, 0.8 (loss above $100) \
             or 0.2 (below $5): customers who keep silent about trifles cannot be compared with those who complain about \
             serious failures. Two regimes: CCMC's is `reaction.voice_relief` = 0, the default; TARP's is {TARP:?}, full relief. {turns} \
             {REPLICATIONS} replications."
        ),
        rows: vec![
            check(
                "CCMC's regime: dissatisfied less silent",
                "below 0 (-12 to -22 points)",
                "CCMC 2013, 2020; 3",
                points(&modern, 2),
                like(&modern, -0.12),
                levels_why,
            ),
            check(
                "CCMC's regime: satisfied less dissatisfied",
                "above 0 (+35 points)",
                "TARP; 3",
                points(&solved_modern, 2),
                like(&solved_modern, 0.35),
                levels_why,
            ),
            check(
                "CCMC's regime: satisfied fast less satisfied",
                "above 0 (+28 points)",
                "TARP; 3",
                points(&fast_modern, 2),
                like(&fast_modern, 0.28),
                levels_why,
            ),
            check(
                "TARP's regime: dissatisfied less silent",
                "above 0 (+10 points)",
                "TARP; 3",
                points(&spoken, 2),
                like(&spoken, 0.10),
                "Speaking up improves the attitude once, but every answer that does not help, and every silence, moves it \
                 back by `reaction.answer_moves` = 0.3 of the way, and customers who complain in vain meet several. Even \
                 at full relief the two cannot be told apart.",
            ),
            check(
                "TARP's regime: dissatisfied less silent, where nobody answers",
                "above 0 (+10 points)",
                "TARP; 3",
                points(&unheard, 2),
                like(&unheard, 0.10),
                levels_why,
            ),
            check(
                "TARP's regime: satisfied less dissatisfied",
                "above 0 (+35 points)",
                "TARP; 3",
                points(&solved, 2),
                like(&solved, 0.35),
                levels_why,
            ),
            check(
                "TARP's regime: satisfied fast less satisfied",
                "above 0 (+28 points)",
                "TARP; 3",
                points(&fast, 2),
                like(&fast, 0.28),
                levels_why,
            ),
            check(
                "Levels after a large loss",
                "9 / 19 / 54 / 82%",
                "TARP; 3",
                steps(tarp)?,
                worst(tarp, [0.09, 0.19, 0.54, 0.82])?,
                levels_why,
            ),
            check(
                "Levels after a small loss",
                "37 / 46 / 70 / 95%",
                "TARP; 3",
                steps(&minor)?,
                worst(&minor, [0.37, 0.46, 0.70, 0.95])?,
                levels_why,
            ),
            check(
                "CCMC's regime: size of the fall",
                "-12 to -22 points",
                "CCMC 2013, 2020; 3",
                points(&modern, 2),
                level(&Interval { mean: -modern.mean, ..modern }, 0.12, 0.22),
                levels_why,
            ),
        ],
    })
}
