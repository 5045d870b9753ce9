//! Confidence intervals for a mean.

use super::moments::Moments;
use super::student;

/// A mean over replications and the confidence interval around it, in the unit of the values.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Interval {
    /// The mean of the values.
    pub mean: f64,
    /// The lower end; `None` when a single value gives no measure of spread.
    pub low: Option<f64>,
    /// The upper end; `None` when the lower end is.
    pub high: Option<f64>,
    /// How many values the mean is of.
    pub count: u64,
}

impl Interval {
    /// Student's t interval for the mean of independent values (Student, 1908; Law, 2015, ch. 4):
    /// `mean ± t(n - 1, (1 + confidence) / 2) * sqrt(variance / n)`.
    ///
    /// `confidence` is a share between 0 and 1, both excluded; other values give no ends. Without
    /// values there is no interval; a replication in which the quantity is undefined should simply
    /// not be pushed. Ends are exact for normal values, approximate for others.
    pub fn student(moments: &Moments, confidence: f64) -> Option<Self> {
        let mean = moments.mean()?;
        let half = half_width(moments, confidence);
        Some(Self {
            mean,
            low: half.map(|half| mean - half),
            high: half.map(|half| mean + half),
            count: moments.count(),
        })
    }

    /// Half the distance between the ends; `None` without ends.
    pub fn half_width(&self) -> Option<f64> {
        Some((self.high? - self.low?) / 2.0)
    }

    /// Whether the whole interval lies above 0, or the whole of it below.
    pub fn excludes_zero(&self) -> bool {
        self.low.is_some_and(|low| low > 0.0) || self.high.is_some_and(|high| high < 0.0)
    }

    /// Whether the whole interval lies strictly between `-bound` and `bound`.
    pub fn is_within(&self, bound: f64) -> bool {
        self.low.is_some_and(|low| low > -bound) && self.high.is_some_and(|high| high < bound)
    }
}

fn half_width(moments: &Moments, confidence: f64) -> Option<f64> {
    if !(confidence > 0.0 && confidence < 1.0) {
        return None;
    }
    let error = moments.standard_error()?;
    // From the tail, not from (1 + confidence) / 2, to keep the digits of a confidence near 1.
    let t = -student::quantile((1.0 - confidence) / 2.0, (moments.count() - 1) as f64);
    Some(t * error)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn student_of(values: &[f64], confidence: f64) -> Option<Interval> {
        Interval::student(&values.iter().copied().collect(), confidence)
    }

    #[test]
    fn ten_values_give_the_textbook_interval() {
        // Law (2015), chapter 4: mean 1.34, 90 percent interval 1.34 ± 0.24.
        let sample = [1.20, 1.50, 1.68, 1.89, 0.95, 1.49, 1.58, 1.55, 0.50, 1.09];
        let interval = student_of(&sample, 0.9).unwrap();
        assert!((interval.mean - 1.343).abs() < 1e-12);
        assert!((interval.half_width().unwrap() - 0.24).abs() < 0.005);
        assert_eq!(interval.count, 10);
    }

    #[test]
    fn two_values_reach_as_far_as_one_degree_of_freedom_says() {
        // t(1, 0.975) = 12.7062047361747, standard error of (0, 2) = 1.
        let interval = student_of(&[0.0, 2.0], 0.95).unwrap();
        assert!((interval.low.unwrap() - (1.0 - 12.706_204_736_174_7)).abs() < 1e-10);
        assert!((interval.high.unwrap() - (1.0 + 12.706_204_736_174_7)).abs() < 1e-10);
    }

    #[test]
    fn too_few_values_give_no_ends_or_no_interval() {
        assert_eq!(student_of(&[], 0.95), None);
        let single = student_of(&[7.0], 0.95).unwrap();
        assert_eq!((single.mean, single.low, single.high, single.count), (7.0, None, None, 1));
        assert!(!single.excludes_zero() && !single.is_within(100.0));
    }

    #[test]
    fn a_confidence_that_is_no_share_gives_no_ends() {
        for confidence in [0.0, 1.0, -0.5, 1.5, f64::NAN] {
            assert_eq!(student_of(&[1.0, 2.0], confidence).unwrap().low, None);
        }
    }

    #[test]
    fn an_end_at_the_bound_is_neither_beyond_zero_nor_within() {
        let at = |low, high| Interval { mean: 0.5, low: Some(low), high: Some(high), count: 2 };
        assert!(!at(0.0, 1.0).excludes_zero() && at(0.1, 1.0).excludes_zero());
        assert!(!at(-1.0, 0.0).excludes_zero() && at(-1.0, -0.1).excludes_zero());
        assert!(!at(0.0, 1.0).is_within(1.0) && at(0.0, 1.0).is_within(1.1));
        assert!(!at(-1.0, 0.0).is_within(1.0) && at(-1.0, 0.0).is_within(1.1));
    }

    proptest! {
        #[test]
        fn an_interval_moves_and_stretches_with_its_values(
            values in prop::collection::vec(-9.0..9.0, 2..20),
            shift in -9.0..9.0_f64,
            factor in 0.1..9.0_f64,
            confidence in 0.5..0.999,
        ) {
            let before = student_of(&values, confidence).unwrap();
            let moved: Vec<f64> = values.iter().map(|value| shift + factor * value).collect();
            let after = student_of(&moved, confidence).unwrap();
            let expected = [before.low, before.high].map(|end| shift + factor * end.unwrap());
            prop_assert!((after.low.unwrap() - expected[0]).abs() < 1e-6);
            prop_assert!((after.high.unwrap() - expected[1]).abs() < 1e-6);
        }

        #[test]
        fn more_confidence_takes_a_wider_interval_around_the_same_mean(
            values in prop::collection::vec(-9.0..9.0, 2..20),
            confidence in 0.1..0.9,
        ) {
            let narrow = student_of(&values, confidence).unwrap();
            let wide = student_of(&values, confidence + 0.05).unwrap();
            prop_assert!(narrow.half_width() < wide.half_width());
            prop_assert!(narrow.low.unwrap() <= narrow.mean && narrow.mean <= narrow.high.unwrap());
            prop_assert_eq!(narrow.mean, wide.mean);
        }
    }
}
