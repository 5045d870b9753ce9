//! Mean and variance of a stream of values.

/// Running mean and variance, updated one value at a time without the loss of digits that sums of
/// squares suffer (Welford, 1962).
///
/// Values and results share one unit, whatever it is; the variance is in that unit squared.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Moments {
    count: u64,
    mean: f64,
    squared_deviations: f64,
}

impl Moments {
    /// No values yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes in one finite value.
    pub fn push(&mut self, value: f64) {
        self.count += 1;
        let deviation = value - self.mean;
        self.mean += deviation / self.count as f64;
        self.squared_deviations += deviation * (value - self.mean);
    }

    /// How many values were taken in.
    pub fn count(&self) -> u64 {
        self.count
    }

    /// The mean; `None` without values.
    pub fn mean(&self) -> Option<f64> {
        (self.count > 0).then_some(self.mean)
    }

    /// The sample variance (divisor `n - 1`); `None` under two values.
    pub fn variance(&self) -> Option<f64> {
        (self.count > 1).then(|| self.squared_deviations / (self.count - 1) as f64)
    }

    /// The standard error of the mean, `sqrt(variance / n)`; `None` under two values.
    pub fn standard_error(&self) -> Option<f64> {
        self.variance().map(|variance| (variance / self.count as f64).sqrt())
    }
}

impl FromIterator<f64> for Moments {
    fn from_iter<I: IntoIterator<Item = f64>>(values: I) -> Self {
        let mut moments = Self::new();
        for value in values {
            moments.push(value);
        }
        moments
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_small_sample_gives_its_mean_variance_and_standard_error() {
        let moments: Moments = [2.0, 4.0, 4.0, 4.0, 5.0, 5.0, 7.0, 9.0].into_iter().collect();
        assert_eq!(moments.count(), 8);
        assert_eq!(moments.mean(), Some(5.0));
        assert!((moments.variance().unwrap() - 32.0 / 7.0).abs() < 1e-14);
        assert!((moments.standard_error().unwrap() - (4.0_f64 / 7.0).sqrt()).abs() < 1e-14);
    }

    #[test]
    fn too_few_values_leave_moments_undefined() {
        let mut moments = Moments::new();
        assert_eq!((moments.mean(), moments.variance()), (None, None));
        moments.push(3.0);
        assert_eq!((moments.mean(), moments.variance()), (Some(3.0), None));
        assert_eq!(moments.standard_error(), None);
    }

    #[test]
    fn a_large_offset_does_not_eat_the_variance() {
        let moments: Moments = [4.0, 7.0, 13.0, 16.0].into_iter().map(|x| x + 1e9).collect();
        assert_eq!(moments.variance(), Some(30.0));
    }

    proptest! {
        #[test]
        fn agrees_with_the_two_pass_formulas(values in prop::collection::vec(-1e3..1e3, 2..60)) {
            let n = values.len() as f64;
            let mean = values.iter().sum::<f64>() / n;
            let squares = values.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>();
            let moments: Moments = values.iter().copied().collect();
            prop_assert!((moments.mean().unwrap() - mean).abs() < 1e-9);
            prop_assert!((moments.variance().unwrap() - squares / (n - 1.0)).abs() < 1e-6);
        }
    }
}
