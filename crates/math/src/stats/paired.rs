//! Paired comparison of an arm with the baseline, replication by replication.

use super::anytime;
use super::interval::Interval;
use super::moments::Moments;
use super::verdict::Verdict;

/// What comparing an arm with the baseline found, on one measure.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Comparison {
    /// Arm minus baseline, in the unit of the measure.
    pub difference: Interval,
    /// What the interval says.
    pub verdict: Verdict,
    /// The interval of the difference that holds at any number of looks ([`anytime::interval`], at the
    /// confidence of [`anytime::after_the_first`]).
    pub any_look: Interval,
    /// What that interval says.
    pub any_look_verdict: Verdict,
    /// The standard deviation of the differences; `None` under two replications.
    pub deviation: Option<f64>,
    /// By what factor sharing customers cut the variance of the difference:
    /// `(var(arm) + var(baseline)) / var(arm - baseline)`; above 1 when it helped. `None` under two
    /// replications or when the difference never varies.
    pub variance_reduction: Option<f64>,
    /// How many replications were used: those in which both are defined.
    pub replications: u64,
}

impl Comparison {
    /// The same with the interval and the verdict that hold at any number of looks.
    #[must_use]
    pub fn at_any_look(self) -> Self {
        Self { difference: self.any_look, verdict: self.any_look_verdict, ..self }
    }

    /// The same with another verdict, at one look and at any number of them.
    #[must_use]
    pub fn overruled(self, verdict: Verdict) -> Self {
        Self { verdict, any_look_verdict: verdict, ..self }
    }
}

/// Compares an arm with the baseline by the paired-t interval of their difference (Law, 2015,
/// 10.2.1), which common random numbers make narrow.
///
/// Element `i` of either slice is the measure in replication `i`, `None` where it is undefined;
/// only replications in which both are defined count, and `None` is returned when none is.
/// `confidence` is a share between 0 and 1. `smallest_effect`, in the unit of the measure, is the
/// smallest difference that matters.
///
/// The verdict is the first of these that applies: *identical* when the difference is exactly 0 in
/// every replication used; *cannot tell* with fewer than two of them; *equivalent* when the
/// interval lies strictly within plus or minus the smallest effect (even if it excludes 0);
/// *higher* or *lower* when the interval excludes 0; *cannot tell*. It is given for the interval at a
/// fixed number of replications, and again for the one that holds at any number of looks.
pub fn compare(
    arm: &[Option<f64>],
    baseline: &[Option<f64>],
    confidence: f64,
    smallest_effect: Option<f64>,
) -> Option<Comparison> {
    let pairs = || arm.iter().zip(baseline).filter_map(|(arm, base)| (*arm).zip(*base));
    let differences: Moments = pairs().map(|(arm, base)| arm - base).collect();
    let difference = Interval::student(&differences, confidence)?;
    let any_look = anytime::interval(&differences, anytime::after_the_first(confidence))?;
    let identical = pairs().all(|(arm, base)| arm - base == 0.0);
    let verdict = |interval: &Interval| match identical {
        true => Verdict::Identical,
        false => judge(interval, smallest_effect),
    };
    let arms: Moments = pairs().map(|(arm, _)| arm).collect();
    let baselines: Moments = pairs().map(|(_, base)| base).collect();
    Some(Comparison {
        difference,
        verdict: verdict(&difference),
        any_look,
        any_look_verdict: verdict(&any_look),
        deviation: differences.variance().map(f64::sqrt),
        variance_reduction: variance_reduction(&arms, &baselines, &differences),
        replications: differences.count(),
    })
}

fn judge(difference: &Interval, smallest_effect: Option<f64>) -> Verdict {
    if smallest_effect.is_some_and(|effect| difference.is_within(effect)) {
        Verdict::Equivalent
    } else if !difference.excludes_zero() {
        Verdict::CannotTell
    } else if difference.mean > 0.0 {
        Verdict::Higher
    } else {
        Verdict::Lower
    }
}

fn variance_reduction(arm: &Moments, baseline: &Moments, difference: &Moments) -> Option<f64> {
    let denominator = difference.variance().filter(|variance| *variance > 0.0)?;
    Some((arm.variance()? + baseline.variance()?) / denominator)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn defined(values: &[f64]) -> Vec<Option<f64>> {
        values.iter().copied().map(Some).collect()
    }

    fn against_zero(differences: &[f64], smallest_effect: Option<f64>) -> Comparison {
        let zeros = vec![Some(0.0); differences.len()];
        compare(&defined(differences), &zeros, 0.95, smallest_effect).unwrap()
    }

    #[test]
    fn the_interval_is_students_over_the_differences() {
        // Differences 1, 2, 3: mean 2, standard error 1/sqrt(3), t(2, 0.975) = 4.30265272974946.
        let found =
            compare(&defined(&[11.0, 22.0, 33.0]), &defined(&[10.0, 20.0, 30.0]), 0.95, None)
                .unwrap();
        let half = 4.302_652_729_749_46 / 3.0_f64.sqrt();
        assert!((found.difference.low.unwrap() - (2.0 - half)).abs() < 1e-10);
        assert!((found.difference.high.unwrap() - (2.0 + half)).abs() < 1e-10);
        assert_eq!(found.verdict, Verdict::CannotTell);
        // var(arm) = 121, var(baseline) = 100, var(difference) = 1.
        assert!((found.variance_reduction.unwrap() - 221.0).abs() < 1e-9);
    }

    #[test]
    fn the_variance_reduction_is_against_arms_that_share_nothing() {
        // var(arm) = 144, var(baseline) = 100, var(difference) = 4.
        let found =
            compare(&defined(&[12.0, 24.0, 36.0]), &defined(&[10.0, 20.0, 30.0]), 0.95, None);
        assert!((found.unwrap().variance_reduction.unwrap() - 61.0).abs() < 1e-9);
    }

    #[test]
    fn only_replications_with_both_defined_are_used() {
        let arm = [Some(5.0), None, Some(7.0), Some(9.0), None];
        let baseline = [Some(1.0), Some(1e9), Some(3.0), None, None];
        let found = compare(&arm, &baseline, 0.95, None).unwrap();
        assert_eq!((found.replications, found.difference.mean), (2, 4.0));
        assert_eq!(compare(&arm[1..2], &baseline[1..2], 0.95, None), None);
        assert_eq!(compare(&[], &[], 0.95, None), None);
    }

    #[test]
    fn verdicts_follow_the_interval() {
        assert_eq!(against_zero(&[1.0, 1.1, 0.9, 1.0], None).verdict, Verdict::Higher);
        assert_eq!(against_zero(&[-1.0, -1.1, -0.9, -1.0], None).verdict, Verdict::Lower);
        assert_eq!(against_zero(&[1.0, -1.1, 0.9, -1.0], None).verdict, Verdict::CannotTell);
        assert_eq!(against_zero(&[1.0, -1.1, 0.9, -1.0], Some(3.0)).verdict, Verdict::Equivalent);
        assert_eq!(against_zero(&[1.0, 1.1, 0.9, 1.0], Some(3.0)).verdict, Verdict::Equivalent);
        assert_eq!(against_zero(&[1.0, 1.1, 0.9, 1.0], Some(1.05)).verdict, Verdict::Higher);
    }

    #[test]
    fn identical_wants_every_difference_exactly_zero() {
        assert_eq!(against_zero(&[0.0, 0.0, 0.0], Some(1.0)).verdict, Verdict::Identical);
        assert_eq!(against_zero(&[0.0], None).verdict, Verdict::Identical);
        assert_eq!(against_zero(&[0.0, 0.0, 1e-9], None).verdict, Verdict::CannotTell);
        assert_eq!(against_zero(&[0.0, 0.0], None).variance_reduction, None);
    }

    #[test]
    fn a_single_replication_cannot_tell() {
        let found = against_zero(&[5.0], Some(100.0));
        assert_eq!(found.verdict, Verdict::CannotTell);
        assert_eq!((found.variance_reduction, found.deviation), (None, None));
        assert_eq!((found.any_look.low, found.any_look_verdict), (None, Verdict::CannotTell));
    }

    #[test]
    fn after_any_number_of_looks_a_verdict_wants_more() {
        let few: Vec<f64> = (0..10).map(|at| 1.0 + f64::from(at % 2)).collect();
        let found = against_zero(&few, None);
        assert_eq!((found.verdict, found.any_look_verdict), (Verdict::Higher, Verdict::Higher));
        let found = against_zero(&few[..5], None);
        assert_eq!((found.verdict, found.any_look_verdict), (Verdict::Higher, Verdict::CannotTell));
        let found = against_zero(&few, Some(2.0));
        assert_eq!(found.verdict, Verdict::Equivalent);
        assert_eq!(found.any_look_verdict, Verdict::Higher);
        assert_eq!(against_zero(&[0.0, 0.0], None).any_look_verdict, Verdict::Identical);
    }

    proptest! {
        #[test]
        fn swapping_arm_and_baseline_mirrors_the_comparison(
            arm in prop::collection::vec(-9.0..9.0, 6),
            baseline in prop::collection::vec(-9.0..9.0, 6),
        ) {
            let there = compare(&defined(&arm), &defined(&baseline), 0.9, Some(2.0)).unwrap();
            let back = compare(&defined(&baseline), &defined(&arm), 0.9, Some(2.0)).unwrap();
            let mirrored = match there.verdict {
                Verdict::Higher => Verdict::Lower,
                Verdict::Lower => Verdict::Higher,
                same => same,
            };
            prop_assert_eq!(back.verdict, mirrored);
            prop_assert_eq!(back.difference.low, there.difference.high.map(|high| -high));
        }

        #[test]
        fn what_both_share_makes_no_difference(
            arm in prop::collection::vec(-9.0..9.0, 6),
            baseline in prop::collection::vec(-9.0..9.0, 6),
            shared in prop::collection::vec(-99.0..99.0, 6),
        ) {
            let with = |values: &[f64]| -> Vec<f64> {
                values.iter().zip(&shared).map(|(value, luck)| value + luck).collect()
            };
            let alone = compare(&defined(&arm), &defined(&baseline), 0.9, None).unwrap();
            let lucky =
                compare(&defined(&with(&arm)), &defined(&with(&baseline)), 0.9, None).unwrap();
            let (alone, lucky) = (alone.difference, lucky.difference);
            prop_assert!((alone.mean - lucky.mean).abs() < 1e-9);
            prop_assert!((alone.half_width().unwrap() - lucky.half_width().unwrap()).abs() < 1e-9);
        }
    }
}
