use super::super::student;
use super::*;
use crate::engine::keyed::{Draws, Purpose, Sequence};
use crate::normal;
use proptest::prelude::*;

#[derive(Clone, Copy)]
struct Values;

impl Purpose for Values {
    fn number(self) -> u16 {
        1
    }
}

fn luck(trial: u32) -> Sequence {
    Draws::new(2024, trial).sequence(0, Values, 0)
}

fn standard_normal(luck: &mut Sequence) -> f64 {
    normal::quantile(luck.uniform())
}

/// Looks at 10, 20, ..., 200 replications.
fn is_look(count: u64) -> bool {
    count.is_multiple_of(10)
}

/// The share of experiments in which any look's interval leaves out the true mean, 0.
fn false_findings(
    trials: u32,
    look: fn(u64) -> bool,
    interval: impl Fn(&Moments, f64) -> Option<Interval>,
    value: fn(&mut Sequence) -> f64,
) -> f64 {
    let finds = |trial: &u32| {
        let (mut luck, mut moments) = (luck(*trial), Moments::new());
        (1..=200).any(|count| {
            moments.push(value(&mut luck));
            look(count) && interval(&moments, 0.95).is_some_and(|found| found.excludes_zero())
        })
    };
    (0..trials).filter(finds).count() as f64 / f64::from(trials)
}

#[test]
fn the_evidence_against_the_true_mean_is_one_on_average() {
    for count in [2, 3, 5, 10, 30] {
        // Even steps of the logarithm of t, with the probability of each.
        let (steps, dof) = (40_000, (count - 1) as f64);
        let at = |step: u32| libm::exp(-14.0 + 44.0 * f64::from(step) / f64::from(steps));
        let mean: f64 = (0..steps)
            .map(|step| {
                let (from, to, middle) = (at(step), at(step + 1), (at(step) * at(step + 1)).sqrt());
                let probability = student::cdf(-from, dof) - student::cdf(-to, dof);
                2.0 * probability * e_value(middle * middle, count)
            })
            .sum();
        assert!((mean - 1.0).abs() < 1e-4, "{count}: {mean}");
    }
}

#[test]
fn the_interval_ends_where_the_evidence_reaches_its_bound() {
    for (count, confidence) in [(6, 0.95), (10, 0.95), (10, 0.997), (100, 0.95), (100_000, 0.999)] {
        let t = half_width(count, confidence) * (count as f64).sqrt();
        let evidence = e_value(t * t, count) * (1.0 - confidence);
        assert!((evidence - 1.0).abs() < 1e-9, "{count} {confidence}: {evidence}");
    }
    // ((11 / 0.05^2)^(1/10) - 1) / (1 - (11 / 0.05^2)^(1/10) / 11) = 1.663893, times 9/10.
    assert!((half_width(10, 0.95) - 1.223_734_0).abs() < 1e-6, "{}", half_width(10, 0.95));
}

#[test]
fn too_few_values_or_no_confidence_give_no_ends() {
    for (count, confidence) in [(0, 0.95), (1, 0.95), (2, 0.95), (6, 0.997), (9, 1.0), (9, 0.0)] {
        assert_eq!(half_width(count, confidence), f64::INFINITY, "{count} {confidence}");
    }
    let few: Moments = [3.0, 5.0].into_iter().collect();
    let found = interval(&few, 0.95).unwrap();
    assert_eq!((found.mean, found.low, found.high, found.count), (4.0, None, None, 2));
    assert_eq!(interval(&Moments::new(), 0.95), None);
}

#[test]
fn twenty_looks_find_something_where_nothing_is_in_one_experiment_of_twenty_at_most() {
    let found = false_findings(20_000, is_look, interval, standard_normal);
    assert!(found <= 0.05, "{found}");
    let each = false_findings(20_000, |count| count > 1, interval, standard_normal);
    assert!(found <= each && each <= 0.05, "{each}");
    // The same looks with Student's interval.
    let student = false_findings(5_000, is_look, Interval::student, standard_normal);
    assert!(student > 0.2, "{student}");
}

/// The rule of a run: Student's interval at the first look, the sequence at all later ones.
fn as_a_run_has_it(first: u64) -> impl Fn(&Moments, f64) -> Option<Interval> {
    move |moments, confidence| match moments.count() {
        count if count <= first => Interval::student(moments, confidence),
        _ => interval(moments, after_the_first(confidence)),
    }
}

#[test]
fn a_first_look_with_students_interval_and_nineteen_later_ones_find_falsely_in_5_5_percent_at_most()
{
    let found = false_findings(40_000, is_look, as_a_run_has_it(10), standard_normal);
    assert!(found > 0.045 && found <= 0.055, "{found}");
    // A look after each of the first 200 replications from the tenth on is hardly worse.
    let each = false_findings(20_000, |count| count >= 10, as_a_run_has_it(10), standard_normal);
    assert!(each <= 0.06, "{each}");
}

#[test]
fn twenty_looks_at_skewed_differences_find_no_more_than_one_look_with_students_interval() {
    // Exponential differences around their mean, skewness 2: 6.5% against 10% at 10 replications.
    let skewed = |luck: &mut Sequence| -libm::log(luck.uniform()) - 1.0;
    let often = false_findings(10_000, is_look, interval, skewed);
    let once = false_findings(10_000, |count| count == 10, Interval::student, skewed);
    assert!(often < 0.07 && once > 0.08, "{often} {once}");
}

/// The share of experiments with a true mean of `effect` standard deviations that find one at `count`.
fn power(effect: f64, count: usize, interval: fn(&Moments, f64) -> Option<Interval>) -> f64 {
    const TRIALS: u32 = 4000;
    let finds = |trial: &u32| {
        let mut luck = luck(*trial);
        let moments = (0..count).map(|_| effect + standard_normal(&mut luck)).collect();
        interval(&moments, 0.95).is_some_and(|found| found.excludes_zero())
    };
    (0..TRIALS).filter(finds).count() as f64 / f64::from(TRIALS)
}

#[test]
fn what_looking_costs_in_power_is_what_the_documentation_says() {
    for (effect, count, fixed, any) in [
        (1.0, 10, 0.80, 0.33),
        (1.0, 20, 0.99, 0.82),
        (0.5, 40, 0.87, 0.44),
        (0.3, 100, 0.84, 0.37),
    ] {
        let found = [power(effect, count, Interval::student), power(effect, count, interval)];
        assert!((found[0] - fixed).abs() < 0.025, "{effect} {count}: {found:?}");
        assert!((found[1] - any).abs() < 0.025, "{effect} {count}: {found:?}");
    }
}

proptest! {
    #[test]
    fn looking_whenever_one_likes_is_never_narrower_than_looking_once(
        values in prop::collection::vec(-9.0..9.0, 2..60),
        confidence in 0.9..0.999,
    ) {
        let moments: Moments = values.iter().copied().collect();
        let (once, often) = (Interval::student(&moments, confidence), interval(&moments, confidence));
        let (once, often) = (once.unwrap(), often.unwrap());
        prop_assert_eq!(once.mean, often.mean);
        let wider = often.half_width().is_none_or(|half| half >= once.half_width().unwrap());
        prop_assert!(wider);
    }

    #[test]
    fn more_values_make_it_narrower(count in 2_u64..100_000, confidence in 0.9..0.9999) {
        let (now, next) = (half_width(count, confidence), half_width(count + 1, confidence));
        prop_assert!(next < now || next.is_infinite(), "{} {}", now, next);
    }
}
