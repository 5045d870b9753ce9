use super::super::{Interval, Moments};
use super::*;
use crate::engine::keyed::{Draws, Purpose, Sequence};
use crate::engine::sample;
use proptest::prelude::*;
use statrs::distribution::{ChiSquared, ContinuousCDF};

#[derive(Clone, Copy)]
struct Values;

impl Purpose for Values {
    fn number(self) -> u16 {
        1
    }
}

/// Forecasts of 500 pilots of ten values, and the number needed for their true deviation.
fn pilots(
    deviation: f64,
    effect: f64,
    value: impl Fn(&mut Sequence) -> f64,
) -> (Vec<Forecast>, u64) {
    let of = |trial| {
        let mut luck = Draws::new(7, trial).sequence(0, Values, 0);
        let values: Moments = (0..PILOT).map(|_| value(&mut luck)).collect();
        forecast(values.variance()?.sqrt(), PILOT, effect, 0.95, Looks::One)
    };
    let forecasts = (0..500).filter_map(of).collect();
    (forecasts, needed(0.5 * effect / deviation, 0.95, Looks::One))
}

/// The median forecast over the number needed.
fn median(forecasts: &[Forecast], needed: u64) -> f64 {
    let mut numbers: Vec<u64> = forecasts.iter().map(|found| found.replications).collect();
    numbers.sort_unstable();
    numbers[numbers.len() / 2] as f64 / needed as f64
}

fn share_held(forecasts: &[Forecast], needed: u64) -> f64 {
    let held = forecasts.iter().filter(|found| found.low <= needed && needed <= found.high);
    held.count() as f64 / forecasts.len() as f64
}

#[test]
fn the_forecast_is_the_first_number_with_half_the_effect_as_half_width() {
    // t(n - 1, 0.975) / sqrt(n) is 0.5077 at 17 and 0.4973 at 18 values.
    assert_eq!(needed(0.5, 0.95, Looks::One), 18);
    let found = forecast(2.0, 40, 2.0, 0.95, Looks::One).unwrap();
    let several = forecast(2.0, 40, 2.0, 0.95, Looks::Several).unwrap();
    // 39 variances over the 2.5%, 50% and 97.5% quantiles of chi-squared: 23.654, 38.335 and 58.120.
    let reach = 0.5 / (39.0 / 38.335_f64).sqrt();
    let stricter = anytime::after_the_first(0.95);
    assert!(anytime::half_width(several.replications, stricter) < reach);
    assert!(anytime::half_width(several.replications - 1, stricter) >= reach);
    assert_eq!(found.replications, needed(reach, 0.95, Looks::One));
    let at = |chi: f64| needed(0.5 / (39.0 / chi).sqrt(), 0.95, Looks::One);
    assert_eq!((found.low, found.high), (at(58.120), at(23.654)));
}

#[test]
fn it_is_silent_where_it_would_guess() {
    assert_eq!(forecast(1.0, 9, 0.1, 0.95, Looks::One), None);
    for (deviation, effect, confidence) in [
        (0.0, 1.0, 0.95),
        (f64::NAN, 1.0, 0.95),
        (1.0, 0.0, 0.95),
        (1.0, -1.0, 0.95),
        (1.0, 1.0, 1.0),
    ] {
        assert_eq!(forecast(deviation, 10, effect, confidence, Looks::One), None);
    }
    let beyond = forecast(1.0, 10, 1e-9, 0.95, Looks::One).unwrap();
    assert_eq!(beyond.replications, HIGHEST);
}

#[test]
fn over_500_pilots_of_ten_the_median_forecast_is_close_to_what_is_needed() {
    for effect in [0.05, 0.5, 1.0] {
        let normal = |luck: &mut Sequence| 9.0 + normal::quantile(luck.uniform());
        let (forecasts, needed) = pilots(1.0, effect, normal);
        let (found, held) = (median(&forecasts, needed), share_held(&forecasts, needed));
        assert!((0.93..1.07).contains(&found), "{effect}: {found} of {needed}");
        assert!(held > 0.92, "{effect}: {held}");
    }
}

#[test]
fn forecasts_for_what_is_rare_stay_close_though_their_intervals_are_too_narrow() {
    let counts = |mean: f64| {
        move |luck: &mut Sequence| {
            f64::from(sample::poisson(mean, luck)) - f64::from(sample::poisson(mean, luck))
        }
    };
    for (mean, speaking, median_at_least) in [(1.0, 500, 0.9), (0.3, 490, 0.85), (0.1, 400, 0.85)] {
        let deviation = libm::sqrt(2.0 * mean);
        let (forecasts, needed) = pilots(deviation, 0.2 * deviation, counts(mean));
        let (found, held) = (median(&forecasts, needed), share_held(&forecasts, needed));
        assert!((median_at_least..1.1).contains(&found), "{mean}: {found}");
        assert!(forecasts.len() >= speaking && held > 0.82, "{mean}: {} {held}", forecasts.len());
    }
}

#[test]
fn chi_squared_is_within_a_percent() {
    for dof in [9.0, 19.0, 99.0, 9999.0] {
        for p in [0.025, 0.5, 0.975] {
            let exact = ChiSquared::new(dof).unwrap().inverse_cdf(p);
            assert!((chi_squared(p, dof) / exact - 1.0).abs() < 0.01, "{p} {dof}");
        }
    }
}

proptest! {
    #[test]
    fn an_interval_of_that_half_width_settles_the_question(
        mean in -9.0..9.0_f64,
        effect in 0.01..9.0_f64,
        share in 0.01..0.999_f64,
    ) {
        let half = share * effect / 2.0;
        let found =
            Interval { mean, low: Some(mean - half), high: Some(mean + half), count: 2 };
        prop_assert!(found.excludes_zero() || found.is_within(effect));
    }
}
