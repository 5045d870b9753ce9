//! Random lengths of time.

use heard_math::engine::sample;
use heard_scenario::spell::{Shape, Spell};

/// A random length of time.
#[derive(Clone, Copy, Debug)]
pub struct Length {
    shape: Shape,
    scale: f64,
    sigma: f64,
}

impl Length {
    pub(super) fn new(spell: &Spell) -> Self {
        let mean = spell.mean_minutes / 60.0;
        let scale = match spell.shape {
            Shape::Lognormal => sample::lognormal_median(mean, spell.sigma),
            Shape::Exponential | Shape::Constant => mean,
        };
        Self { shape: spell.shape, scale, sigma: spell.sigma }
    }

    /// Lognormal, with this mean in hours and this standard deviation of the logarithm.
    pub(super) fn lognormal(mean: f64, sigma: f64) -> Self {
        let scale = sample::lognormal_median(mean, sigma);
        Self { shape: Shape::Lognormal, scale, sigma }
    }

    /// The mean length, in hours.
    #[must_use]
    pub fn mean(&self) -> f64 {
        match self.shape {
            Shape::Lognormal => self.scale * libm::exp(0.5 * self.sigma * self.sigma),
            Shape::Exponential | Shape::Constant => self.scale,
        }
    }

    /// The length that a uniform in (0, 1) stands for, in hours.
    #[inline]
    #[must_use]
    pub fn hours(&self, uniform: f64) -> f64 {
        match self.shape {
            Shape::Lognormal => sample::lognormal(uniform, self.scale, self.sigma),
            Shape::Exponential => self.scale * sample::exponential(uniform),
            Shape::Constant => self.scale,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_have_the_mean_that_was_asked_for() {
        let spell = |shape| Spell { mean_minutes: 30.0, shape, sigma: 0.8 };
        let n = 20_000;
        for shape in [Shape::Lognormal, Shape::Exponential, Shape::Constant] {
            let length = Length::new(&spell(shape));
            let sum: f64 = (0..n).map(|i| length.hours((f64::from(i) + 0.5) / f64::from(n))).sum();
            assert!((sum / f64::from(n) - 0.5).abs() < 0.002, "{shape:?}: {sum}");
        }
        assert_eq!(Length::new(&spell(Shape::Constant)).hours(0.9), 0.5);
    }
}
