//! An interval for the mean of skewed values, such as waits.

use super::student;

/// What is known of values once they have gone by.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Summary {
    /// How many there are.
    pub count: u64,
    /// Their mean.
    pub mean: f64,
    /// Their variance (divisor `count - 1`).
    pub variance: f64,
    /// The mean of the cubes of their distances from the mean.
    pub third: f64,
}

/// The interval for the mean behind independent values at this confidence: Student's, with Hall's
/// transformation (1992), which takes out the skewness of the ratio. For values that are not skewed it is
/// Student's own; for those with a long tail to the right it reaches further to the right, as it should.
/// `None` under two values.
#[must_use]
pub fn mean_interval(values: &Summary, confidence: f64) -> Option<(f64, f64)> {
    let Summary { count, mean, variance, third } = *values;
    if count < 2 {
        return None;
    }
    if variance <= 0.0 {
        return Some((mean, mean));
    }
    let n = count as f64;
    let deviation = variance.sqrt();
    let skewness = third / (variance * deviation);
    let t = student::quantile(0.5 + confidence / 2.0, n - 1.0) / n.sqrt();
    // How far the mean of the values lies from the mean behind them, in standard deviations, for the
    // ratio `t` of both.
    let distance = |t: f64| {
        if skewness.abs() < 1e-6 {
            return t;
        }
        3.0 / skewness * (libm::cbrt(1.0 + skewness * (t - skewness / (6.0 * n))) - 1.0)
    };
    Some((mean - deviation * distance(t), mean - deviation * distance(-t)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn summary(values: &[f64]) -> Summary {
        let n = values.len() as f64;
        let mean = values.iter().sum::<f64>() / n;
        let power = |times: i32| {
            values.iter().map(|x| (0..times).fold(1.0, |all, _| all * (x - mean))).sum::<f64>()
        };
        let variance = power(2) / (n - 1.0);
        Summary { count: values.len() as u64, mean, variance, third: power(3) / n }
    }

    #[test]
    fn even_values_have_students_interval() {
        let (low, high) = mean_interval(&summary(&[1.0, 2.0, 3.0, 4.0, 5.0]), 0.95).unwrap();
        // 3 ± 2.7764 x sqrt(2.5 / 5).
        assert!((low - 1.036_76).abs() < 1e-4 && (high - 4.963_24).abs() < 1e-4, "{low} {high}");
        assert_eq!(mean_interval(&summary(&[4.0, 4.0]), 0.95), Some((4.0, 4.0)));
        assert_eq!(mean_interval(&summary(&[4.0]), 0.95), None);
    }

    #[test]
    fn a_long_tail_to_the_right_stretches_the_upper_end() {
        let values = [1.0, 1.0, 1.0, 2.0, 2.0, 3.0, 4.0, 20.0];
        let (low, high) = mean_interval(&summary(&values), 0.95).unwrap();
        assert!(low > 0.0 && high - 4.25 > 4.25 - low, "{low} {high}");
    }

    #[test]
    fn waits_of_an_exponential_queue_are_covered_better_than_by_student() {
        let mut state = 1_u64;
        let mut uniform = move || {
            // SplitMix64.
            state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
            let mut z = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
            (((z ^ (z >> 31)) >> 11) as f64 + 0.5) / (1u64 << 53) as f64
        };
        let (mut hall, mut student_hits) = (0, 0);
        for _ in 0..4000 {
            let values: Vec<f64> = (0..20).map(|_| -libm::log(uniform())).collect();
            let of = summary(&values);
            let (low, high) = mean_interval(&of, 0.95).unwrap();
            hall += u32::from(low <= 1.0 && 1.0 <= high);
            let half = 2.093_024 * (of.variance / 20.0).sqrt();
            student_hits += u32::from((of.mean - 1.0).abs() <= half);
        }
        // 0.95 is wanted; the standard error of these shares is 0.004.
        let (hall, student) = (f64::from(hall) / 4000.0, f64::from(student_hits) / 4000.0);
        assert!(hall > 0.93 && hall < 0.965 && hall > student, "{hall} {student}");
    }
}
