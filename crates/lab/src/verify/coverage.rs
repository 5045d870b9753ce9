//! 95% intervals contain the true value 95% of the time.

use super::bench::{Bench, Halt};
use super::normals::{Normals, Trial};
use super::row::Row;
use crate::experiment::results::CONFIDENCE;
use heard_math::normal;
use heard_math::stats::queues::ErlangC;
use heard_math::stats::stopping::PILOT;
use heard_math::stats::{
    Forecast, Interval, Looks, Moments, Share, bootstrap as resampling, forecast, student as t,
};
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

/// The smallest effect of interest, in standard deviations: about 1,540 replications settle it.
const EFFECT: f64 = 0.1;

fn forecast_of(deviation: f64) -> Option<Forecast> {
    forecast(deviation, PILOT, EFFECT, CONFIDENCE, Looks::One)
}

/// The share of pilots of normal values whose forecast's interval holds the number needed. The interval
/// of a variance is exact but for the approximation of its quantiles; the chance that the number
/// needed is that of an end is in the third digit.
pub fn forecasts(bench: &Bench<'_>) -> Rows {
    let share = forecasts_held(bench, forecast_of)?;
    Ok(vec![Row::count("coverage", 0.95, share).within(0.002)])
}

fn forecasts_held(bench: &Bench<'_>, forecast: fn(f64) -> Option<Forecast>) -> Result<Share, Halt> {
    let needed = forecast_of(1.0).map(|found| found.replications);
    share(bench, 20_000, |trial| {
        let values = Normals::new(&bench.draws(trial), Trial::Sample).take(PILOT as usize);
        let pilot: Moments = values.collect();
        let found = pilot.variance().and_then(|variance| forecast(variance.sqrt()));
        found.zip(needed).is_some_and(|(found, needed)| (found.low..=found.high).contains(&needed))
    })
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
    use std::sync::atomic::AtomicBool;

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
        // Forecasts from a spread a fifth too small.
        let hasty = forecasts_held(&bench, |deviation| forecast_of(0.8 * deviation));
        assert!(Row::count("", CONFIDENCE, hasty.unwrap()).within(0.002).p_value() < 1e-6);
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
        for rows in [student(&bench), bootstrap(&bench), forecasts(&bench)] {
            let rows = rows.unwrap();
            assert!(rows[0].p_value() > 1e-3, "{rows:?}");
        }
    }
}
