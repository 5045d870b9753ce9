//! One row of the table: the exact value of a quantity, and the simulated one.

use heard_math::normal;
use heard_math::stats::{Moments, Share, student};

/// The rounding error allowed between two numbers that involve no chance, relative to the larger of 1
/// and the exact value.
const ROUNDING: f64 = 1e-9;

/// A quantity, its exact value and the simulated one.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// What is measured.
    pub quantity: String,
    /// Its unit: `s`, `h`, `h2`; empty for a plain number.
    pub unit: &'static str,
    /// The exact value.
    pub exact: f64,
    /// How far the true value may be from it where theory is approximate; otherwise 0.
    pub allowance: f64,
    /// The simulated value.
    pub found: Found,
}

/// A simulated value.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Found {
    /// A mean of independent values, judged by Student's distribution.
    Mean(Moments),
    /// A count over independent trials, judged by the binomial distribution.
    Count(Share),
    /// A number that involves no chance: equal up to rounding, or wrong.
    Number(f64),
}

impl Row {
    /// The mean of `values` should be `exact`.
    pub fn mean(
        quantity: impl Into<String>,
        unit: &'static str,
        exact: f64,
        values: impl IntoIterator<Item = f64>,
    ) -> Self {
        Self::new(quantity, unit, exact, Found::Mean(values.into_iter().collect()))
    }

    /// The probability of a hit should be `exact`.
    pub fn count(quantity: impl Into<String>, exact: f64, share: Share) -> Self {
        Self::new(quantity, "", exact, Found::Count(share))
    }

    /// The number should be `exact`.
    pub fn number(quantity: impl Into<String>, unit: &'static str, exact: f64, found: f64) -> Self {
        Self::new(quantity, unit, exact, Found::Number(found))
    }

    fn new(quantity: impl Into<String>, unit: &'static str, exact: f64, found: Found) -> Self {
        Self { quantity: quantity.into(), unit, exact, allowance: 0.0, found }
    }

    /// The same row, where the true value may be up to `allowance` from the exact one.
    #[must_use]
    pub fn within(self, allowance: f64) -> Self {
        Self { allowance, ..self }
    }

    /// The estimate; NaN where there are no values.
    #[must_use]
    pub fn estimate(&self) -> f64 {
        match self.found {
            Found::Mean(moments) => moments.mean().unwrap_or(f64::NAN),
            Found::Count(share) => share.value(),
            Found::Number(value) => value,
        }
    }

    /// The interval at this confidence (0 to 1); `None` where no chance is involved, or there are too few
    /// values.
    #[must_use]
    pub fn interval(&self, confidence: f64) -> Option<(f64, f64)> {
        match self.found {
            Found::Mean(moments) => {
                let interval = heard_math::stats::Interval::student(&moments, confidence)?;
                Some((interval.low?, interval.high?))
            }
            Found::Count(share) if share.trials > 0 => Some(share.interval(confidence)),
            Found::Count(_) | Found::Number(_) => None,
        }
    }

    /// How many standard errors the estimate is beyond the allowance, 0 within it; `None` where no
    /// chance is involved, or nothing varies.
    #[must_use]
    pub fn z(&self) -> Option<f64> {
        let error = match self.found {
            Found::Mean(moments) => moments.standard_error()?,
            Found::Count(share) => (self.exact * (1.0 - self.exact) / share.trials as f64).sqrt(),
            Found::Number(_) => return None,
        };
        let beyond = self.estimate() - self.nearest();
        (error > 0.0).then(|| if beyond == 0.0 { 0.0 } else { beyond / error })
    }

    /// The allowed value closest to the estimate.
    fn nearest(&self) -> f64 {
        let (low, high) = (self.exact - self.allowance, self.exact + self.allowance);
        self.estimate().clamp(low.min(high), high.max(low))
    }

    /// The probability of an estimate at least this far off if the true value is within the allowance; 0
    /// where there is no estimate.
    #[must_use]
    pub fn p_value(&self) -> f64 {
        let estimate = self.estimate();
        if !estimate.is_finite() || !self.exact.is_finite() {
            return 0.0;
        }
        match self.found {
            Found::Mean(moments) => match self.z() {
                Some(z) => 2.0 * student::cdf(-z.abs(), (moments.count() - 1) as f64),
                None => f64::from(u8::from(self.is_equal())),
            },
            Found::Count(share) => share.p_value(self.nearest()),
            Found::Number(_) => f64::from(u8::from(self.is_equal())),
        }
    }

    /// The p-value as a standard normal deviate with the sign of the error, which puts rows of all kinds
    /// on one scale. `None` where no chance is involved.
    #[must_use]
    pub fn normal_score(&self) -> Option<f64> {
        self.has_chance().then(|| {
            let size = -normal::quantile((0.5 * self.p_value()).clamp(1e-300, 0.5));
            if self.estimate() < self.exact { -size } else { size }
        })
    }

    /// Whether chance is involved.
    #[must_use]
    pub fn has_chance(&self) -> bool {
        !matches!(self.found, Found::Number(_))
    }

    fn is_equal(&self) -> bool {
        let apart = (self.estimate() - self.nearest()).abs();
        apart <= ROUNDING * self.exact.abs().max(1.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(found: f64, expected: f64) {
        assert!((found - expected).abs() < 1e-9, "{found} instead of {expected}");
    }

    #[test]
    fn a_mean_is_judged_by_student() {
        // Mean 2, standard error 1/sqrt(3), so t = 2 sqrt(3) on two degrees of freedom.
        let row = Row::mean("x", "", 0.0, [1.0, 2.0, 3.0]);
        near(row.estimate(), 2.0);
        near(row.z().unwrap(), 12.0_f64.sqrt());
        near(row.p_value(), 0.074_179_900_227_448_46);
        let (low, high) = row.interval(0.95).unwrap();
        assert!(low < 0.0 && high > 4.0);
        assert!(row.normal_score().unwrap() > 1.7 && row.normal_score().unwrap() < 1.8);
    }

    #[test]
    fn a_count_is_judged_by_the_binomial_distribution() {
        let row = Row::count("x", 0.5, Share { hits: 0, trials: 4 });
        near(row.p_value(), 0.125);
        near(row.z().unwrap(), -2.0);
        assert!(row.normal_score().unwrap() < 0.0);
        assert_eq!(Row::count("x", 0.5, Share { hits: 0, trials: 0 }).p_value(), 0.0);
    }

    #[test]
    fn a_number_is_equal_or_wrong() {
        assert_eq!(Row::number("x", "", 3.0, 3.0 + 1e-12).p_value(), 1.0);
        assert_eq!(Row::number("x", "", 3.0, 3.000_001).p_value(), 0.0);
        assert_eq!(Row::number("x", "", 0.0, f64::NAN).p_value(), 0.0);
        assert_eq!(Row::number("x", "", 3.0, 3.5).within(0.5).p_value(), 1.0);
        assert_eq!(Row::number("x", "", 3.0, 3.6).within(0.5).p_value(), 0.0);
        assert!(Row::number("x", "", 3.0, 3.0).normal_score().is_none());
    }

    #[test]
    fn within_the_allowance_nothing_is_wrong_and_beyond_it_counts_from_its_edge() {
        let row = Row::mean("x", "", 0.0, [1.0, 2.0, 3.0]);
        assert_eq!(row.clone().within(2.5).p_value(), 1.0);
        let edge = row.within(1.0);
        near(edge.z().unwrap(), 3.0_f64.sqrt());
    }

    #[test]
    fn values_that_do_not_vary_must_be_exact() {
        assert_eq!(Row::mean("x", "", 1.0, [1.0; 5]).p_value(), 1.0);
        assert_eq!(Row::mean("x", "", 1.0, [1.1; 5]).p_value(), 0.0);
        assert_eq!(Row::mean("x", "", 1.0, []).p_value(), 0.0);
        assert_eq!(Row::mean("x", "", 1.0, [f64::NAN, 1.0]).p_value(), 0.0);
    }
}
