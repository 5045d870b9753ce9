//! False alarms: how often verdicts find a difference where there is none.

use super::bench::{Bench, Halt};
use super::normals::{Normals, Trial};
use super::row::Row;
use crate::experiment::results::CONFIDENCE;
use heard_math::normal;
use heard_math::stats::{Share, Verdict, compare, holm as step_down};
use heard_scenario::metric::Metric;
use heard_world::column::Column;

const LEVEL: f64 = 0.05;
const HYPOTHESES: usize = 20;

/// Replications of a comparison.
const REPLICATIONS: u32 = 15;
/// How far from 5% the error rate may be, because values are not quite normal.
const BAND: f64 = 0.014;

/// A procedure that says which p-values are rejected at a level.
type Procedure = fn(&[f64], f64) -> Vec<bool>;

/// How often a procedure rejects any of `HYPOTHESES` that are all true.
fn any_rejected(bench: &Bench<'_>, procedure: Procedure) -> Result<Share, Halt> {
    let trials = bench.of(300_000);
    let any = bench.times(trials, |trial| {
        let values = Normals::new(&bench.draws(trial), Trial::Sample);
        let p = values.take(HYPOTHESES).map(|z| 2.0 * normal::cdf(-z.abs()));
        procedure(&p.collect::<Vec<f64>>(), LEVEL).contains(&true)
    })?;
    Ok(Share::of(any))
}

pub fn holm(bench: &Bench<'_>) -> Result<Vec<Row>, Halt> {
    // The first step decides: whether the smallest of n independent p-values is at most level / n.
    let n = HYPOTHESES as f64;
    let exact = 1.0 - libm::pow(1.0 - LEVEL / n, n);
    Ok(vec![Row::count("any rejected", exact, any_rejected(bench, step_down)?)])
}

/// The share of runs in which two samples from the same distribution are called different, and the
/// number of runs in which identical arms differ on the same customers. `own` numbers the draws of each
/// replication.
fn called_different(bench: &Bench<'_>, own: fn(u32) -> u32) -> Result<(Share, usize), Halt> {
    let world = bench.world(include_str!("scenarios/alike.toml"), &[])?;
    let columns = &world.experiment.columns;
    let at = world.position(&Column::Total(Metric::ResolutionRate))?;
    let runs = bench.of(3000);
    let verdicts = bench.try_times(runs, |run| {
        let mut sides = [const { Vec::new() }; 2];
        let mut identical = true;
        for (side, values) in (0..).zip(&mut sides) {
            for index in 0..REPLICATIONS {
                let row = world.row((2 * run + side) * REPLICATIONS + own(index))?;
                identical &= row[at].to_bits() == row[at + columns.len()].to_bits();
                values.push(Some(row[at]));
            }
        }
        let [one, other] = sides;
        Some((compare(&one, &other, CONFIDENCE, None).map(|found| found.verdict), identical))
    })?;
    let different = |verdict: &Option<Verdict>| {
        matches!(verdict, None | Some(Verdict::Higher | Verdict::Lower))
    };
    let share = Share::of(verdicts.iter().map(|(verdict, _)| different(verdict)));
    let unlike = verdicts.iter().filter(|(_, identical)| !identical).count();
    Ok((share, unlike))
}

pub fn alike(bench: &Bench<'_>) -> Result<Vec<Row>, Halt> {
    let (share, unlike) = called_different(bench, |index| index)?;
    Ok(vec![
        Row::count("called different", 1.0 - CONFIDENCE, share).within(BAND),
        Row::number("runs where identical arms differ", "", 0.0, unlike as f64),
    ])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::verify::bench::Effort;
    use std::sync::atomic::AtomicBool;

    #[test]
    fn replications_that_share_their_draws_are_noticed() {
        let stop = AtomicBool::new(false);
        let bench = Bench::new(Effort::Quick, 1, 2, &stop).unwrap();
        let (share, _) = called_different(&bench, |index| index / 5).unwrap();
        assert!(Row::count("", 0.05, share).within(BAND).p_value() < 1e-6, "{share:?}");
    }

    #[test]
    fn verdicts_without_correction_are_noticed() {
        let stop = AtomicBool::new(false);
        let bench = Bench::new(Effort::Quick, 1, 2, &stop).unwrap();
        let exact = holm(&bench).unwrap();
        assert!(exact[0].p_value() > 1e-3);
        let each: Procedure = |p, level| p.iter().map(|p| *p <= level).collect();
        let lax: Procedure = |p, level| step_down(p, 1.2 * level);
        for procedure in [each, lax] {
            let share = any_rejected(&bench, procedure).unwrap();
            assert!(Row::count("", exact[0].exact, share).p_value() < 1e-6);
        }
    }
}
