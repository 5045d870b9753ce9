//! 95% intervals contain the true value 95% of the time.

use super::bench::{Bench, Halt};
use super::normals::{Normals, Trial};
use super::row::Row;
use crate::experiment::results::CONFIDENCE;
use heard_math::normal;
use heard_math::stats::queues::ErlangC;
use heard_math::stats::{Interval, Share, bootstrap as resampling, student as t, two_stage};
use heard_scenario::metric::Metric;
use heard_world::column::Column;

type Rows = Result<Vec<Row>, Halt>;

/// How far from 95% the coverage of an interval for the mean of skewed values may be: 93.6% to 96.4%.
const BAND: f64 = 0.014;

/// The share of trials for which `covers` is true.
fn share(
    bench: &Bench<'_>,
    thorough: u32,
    covers: impl Fn(u32) -> bool + Sync + Send,
) -> Result<Share, Halt> {
    Ok(Share::of(bench.times(bench.of(thorough), covers)?))
}

/// Whether Student's interval, as in every table, contains `truth`.
fn student_covers(values: impl Iterator<Item = f64>, truth: f64) -> bool {
    let interval = Interval::student(&values.collect(), CONFIDENCE);
    interval.is_some_and(|found| {
        found.low.is_some_and(|low| low <= truth) && found.high.is_some_and(|high| truth <= high)
    })
}

pub fn student(bench: &Bench<'_>) -> Rows {
    let share = share(bench, 500_000, |trial| {
        student_covers(Normals::new(&bench.draws(trial), Trial::Sample).take(5), 0.0)
    })?;
    Ok(vec![Row::count("coverage", CONFIDENCE, share)])
}

pub fn bootstrap(bench: &Bench<'_>) -> Rows {
    const VALUES: usize = 50;
    let share = share(bench, 20_000, |trial| {
        let draws = bench.draws(trial);
        let values: Vec<f64> = Normals::new(&draws, Trial::Sample).take(VALUES).collect();
        let mut luck = Normals::new(&draws, Trial::Resample);
        let mean = |sample: &mut [f64]| sample.iter().sum::<f64>() / sample.len() as f64;
        let found = resampling::percentile(&values, 999, CONFIDENCE, mean, || luck.uniform());
        found.is_some_and(|(low, high)| low <= 0.0 && 0.0 <= high)
    })?;
    // Resampled means are nearly normal, with sqrt((n - 1) / n) of Student's standard error.
    let n = VALUES as f64;
    let reach = -normal::quantile((1.0 - CONFIDENCE) / 2.0) * ((n - 1.0) / n).sqrt();
    let exact = 1.0 - 2.0 * t::cdf(-reach, n - 1.0);
    Ok(vec![Row::count("coverage", exact, share).within(0.004)])
}

/// Replications of the pilot, and the half-width wanted, in standard deviations.
const PILOT: usize = 10;
const HALF_WIDTH: f64 = 0.4;

/// The probability that the mean of the number of values that Stein's rule asks for lies within the
/// half-width: that of a normal mean of that number of values, averaged over the spread of the pilot.
/// The pilot's own mean does not matter, because it is independent of its spread.
fn stein() -> f64 {
    let dof = (PILOT - 1) as f64;
    let reach = -t::quantile((1.0 - CONFIDENCE) / 2.0, dof) / HALF_WIDTH;
    let (mut sum, mut mass) = (0.0, 0.0);
    // The mean square is chi-squared / dof; midpoints of its density.
    const CELLS: u32 = 200_000;
    for cell in 0..CELLS {
        let square = 8.0 * (f64::from(cell) + 0.5) / f64::from(CELLS);
        let weight = libm::exp((0.5 * dof - 1.0) * libm::log(square) - 0.5 * dof * square);
        let wanted = (reach * reach * square).ceil().max(PILOT as f64);
        mass += weight;
        sum += weight * (1.0 - 2.0 * normal::cdf(-HALF_WIDTH * wanted.sqrt()));
    }
    sum / mass
}

pub fn stopping(bench: &Bench<'_>) -> Rows {
    let share = share(bench, 200_000, |trial| {
        let mut values = Normals::new(&bench.draws(trial), Trial::Sample);
        let pilot = Interval::student(&values.by_ref().take(PILOT).collect(), CONFIDENCE);
        let Some(pilot) = pilot else { return false };
        let wanted = two_stage(&pilot, HALF_WIDTH).unwrap_or(0);
        let rest = wanted.saturating_sub(PILOT as u64) as usize;
        let sum = pilot.mean * PILOT as f64 + values.take(rest).sum::<f64>();
        (sum / wanted as f64).abs() <= HALF_WIDTH
    })?;
    Ok(vec![Row::count("coverage", stein(), share)])
}

/// The share of intervals over replications that contain the exact mean wait. `own` numbers the draws
/// of each replication.
fn mean_wait_covered(bench: &Bench<'_>, own: fn(u32) -> u32) -> Result<Share, Halt> {
    // Quick runs are shorter and more numerous, or an interval that is too wide would go unnoticed.
    let (shorter, repetitions) =
        if bench.is_quick() { (&["run.days=3"][..], 300) } else { (&[][..], bench.of(1000)) };
    let world = bench.world(include_str!("scenarios/one-agent.toml"), shorter)?;
    let exact = ErlangC::new(0.8, 1.0, 1).map_err(Halt::refused)?;
    let truth = 60.0 * exact.mean_wait();
    let at = world.position(&Column::Total(Metric::WaitSecondsMean))?;
    let replications = world.experiment.study.base.run.replications;
    let hits = bench.try_times(repetitions, |repetition| {
        let mut values = Vec::new();
        for index in 0..replications {
            values.push(world.row(repetition * replications + own(index))?[at]);
        }
        Some(student_covers(values.into_iter(), truth))
    })?;
    Ok(Share::of(hits))
}

pub fn mean_wait(bench: &Bench<'_>) -> Rows {
    let share = mean_wait_covered(bench, |index| index)?;
    Ok(vec![Row::count("coverage", CONFIDENCE, share).within(BAND)])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::verify::bench::Effort;
    use heard_math::stats::Moments;
    use std::sync::atomic::AtomicBool;

    #[test]
    fn steins_rule_covers_at_least_what_it_promises() {
        let exact = stein();
        assert!((0.95..0.956).contains(&exact), "{exact}");
    }

    #[test]
    fn intervals_that_are_too_narrow_are_noticed() {
        let stop = AtomicBool::new(false);
        let bench = Bench::new(Effort::Quick, 1, 2, &stop).unwrap();
        // Two standard errors for five values, as for a normal distribution.
        let normal = share(&bench, 500_000, |trial| {
            let found: Moments = Normals::new(&bench.draws(trial), Trial::Sample).take(5).collect();
            found.mean().unwrap().abs() <= 1.96 * found.standard_error().unwrap()
        });
        assert!(Row::count("", CONFIDENCE, normal.unwrap()).p_value() < 1e-6);
        // A number of replications 10% too small for the half-width.
        let hasty = share(&bench, 200_000, |trial| {
            let mut values = Normals::new(&bench.draws(trial), Trial::Sample);
            let pilot = Interval::student(&values.by_ref().take(PILOT).collect(), CONFIDENCE);
            let pilot = pilot.unwrap();
            let wanted = two_stage(&pilot, HALF_WIDTH).unwrap() * 9 / 10;
            let rest = wanted.saturating_sub(PILOT as u64) as usize;
            let sum = pilot.mean * PILOT as f64 + values.take(rest).sum::<f64>();
            (sum / wanted.max(PILOT as u64) as f64).abs() <= HALF_WIDTH
        });
        assert!(Row::count("", stein(), hasty.unwrap()).p_value() < 1e-6);
    }

    #[test]
    fn a_bootstrap_of_fewer_values_than_there_are_is_noticed() {
        let stop = AtomicBool::new(false);
        let bench = Bench::new(Effort::Quick, 1, 2, &stop).unwrap();
        let exact = bootstrap(&bench).unwrap().remove(0);
        let found = share(&bench, 20_000, |trial| {
            let draws = bench.draws(trial);
            let values: Vec<f64> = Normals::new(&draws, Trial::Sample).take(50).collect();
            let mut luck = Normals::new(&draws, Trial::Resample);
            // Every value appears twice: half as much is known as it seems.
            let twice: Vec<f64> = values.iter().chain(&values).copied().collect();
            let mean = |sample: &mut [f64]| sample.iter().sum::<f64>() / sample.len() as f64;
            let found = resampling::percentile(&twice, 999, CONFIDENCE, mean, || luck.uniform());
            found.is_some_and(|(low, high)| low <= 0.0 && 0.0 <= high)
        });
        let row = Row::count("", exact.exact, found.unwrap()).within(exact.allowance);
        assert!(row.p_value() < 1e-6);
    }

    #[test]
    fn replications_that_share_their_draws_are_noticed() {
        let stop = AtomicBool::new(false);
        let bench = Bench::new(Effort::Quick, 1, 2, &stop).unwrap();
        let bench = bench.planted(&["run.days=2"]);
        // Three replications from each stream of draws.
        let share = mean_wait_covered(&bench, |index| index / 3).unwrap();
        assert!(Row::count("", CONFIDENCE, share).within(BAND).p_value() < 1e-6);
    }

    #[test]
    fn the_rows_of_sound_intervals_agree() {
        let stop = AtomicBool::new(false);
        let bench = Bench::new(Effort::Quick, 2, 2, &stop).unwrap();
        for rows in [student(&bench), bootstrap(&bench), stopping(&bench)] {
            let rows = rows.unwrap();
            assert!(rows[0].p_value() > 1e-3, "{rows:?}");
        }
    }
}
