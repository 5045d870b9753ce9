//! Normal values for testing statistics, and integrals over a normal distribution.

use heard_math::engine::keyed::{self, Draws, Sequence};
use heard_math::normal;

/// What a trial draws for. The results depend on the numbers.
#[derive(Clone, Copy, Debug)]
pub enum Trial {
    /// The sample.
    Sample = 1,
    /// Resamples of the sample.
    Resample = 2,
}

impl keyed::Purpose for Trial {
    fn number(self) -> u16 {
        self as u16
    }
}

/// An endless sequence of standard normal values.
pub struct Normals(Sequence);

impl Normals {
    pub fn new(draws: &Draws, what: Trial) -> Self {
        Self(draws.sequence(0, what, 0))
    }

    pub fn uniform(&mut self) -> f64 {
        self.0.uniform()
    }
}

impl Iterator for Normals {
    type Item = f64;

    fn next(&mut self) -> Option<f64> {
        Some(normal::quantile(self.0.uniform()))
    }
}

/// The mean of `of` over a normal variable truncated to (0, 1), by Simpson's rule.
pub fn mean_over_unit(mean: f64, sd: f64, of: impl Fn(f64) -> f64) -> f64 {
    const CELLS: u32 = 2000;
    let (mut sum, mut mass) = (0.0, 0.0);
    for step in 0..=CELLS {
        let x = f64::from(step) / f64::from(CELLS);
        let z = (x - mean) / sd;
        let simpson = match step {
            0 | CELLS => 1.0,
            _ => f64::from(2 + 2 * (step % 2)),
        };
        let weight = simpson * libm::exp(-0.5 * z * z);
        mass += weight;
        sum += weight * of(x);
    }
    sum / mass
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn means_over_a_truncated_normal_match_its_formula() {
        // Truncation on both sides alike keeps the mean; E x^2 = mean^2 + sd^2 (1 - 2 z phi(z) / mass).
        let (mean, sd): (f64, f64) = (0.5, 0.25);
        assert!((mean_over_unit(mean, sd, |x| x) - mean).abs() < 1e-12);
        let z = 2.0_f64;
        let density = libm::exp(-0.5 * z * z) / (2.0 * std::f64::consts::PI).sqrt();
        let variance = sd * sd * (1.0 - 2.0 * z * density / (normal::cdf(z) - normal::cdf(-z)));
        let found = mean_over_unit(mean, sd, |x| x * x);
        assert!((found - mean * mean - variance).abs() < 1e-12, "{found}");
    }
}
