//! From uniforms to the distributions that the world needs.
//!
//! Wherever one uniform gives one value, it does so by inversion: the value then moves the same way
//! as the uniform, whatever the parameters, which is what makes paired arms comparable.

use super::keyed::Sequence;
use crate::normal;

/// An exponential with mean 1, from a uniform in (0, 1).
#[inline]
#[must_use]
pub fn exponential(uniform: f64) -> f64 {
    -libm::log(uniform)
}

/// A lognormal with the given median and standard deviation of its logarithm.
#[inline]
#[must_use]
pub fn lognormal(uniform: f64, median: f64, sigma: f64) -> f64 {
    median * libm::exp(sigma * normal::quantile(uniform))
}

/// The median of a lognormal with the given mean and standard deviation of its logarithm.
#[must_use]
pub fn lognormal_median(mean: f64, sigma: f64) -> f64 {
    mean * libm::exp(-0.5 * sigma * sigma)
}

/// The median of a lognormal that has the given mean once it is capped, all above `most` counted as
/// `most`; infinite where even that is not enough.
#[must_use]
pub fn capped_lognormal_median(mean: f64, sigma: f64, most: f64) -> f64 {
    if mean <= 0.0 {
        return 0.0;
    }
    if mean >= most {
        return f64::INFINITY;
    }
    if sigma <= 0.0 {
        return mean;
    }
    let capped_mean = |median: f64| {
        let cap = libm::log(most / median) / sigma;
        median * libm::exp(0.5 * sigma * sigma) * normal::cdf(cap - sigma)
            + most * normal::cdf(-cap)
    };
    let mut low = lognormal_median(mean, sigma);
    let mut high = low;
    while capped_mean(high) < mean && high < 1e300 {
        low = high;
        high *= 2.0;
    }
    for _ in 0..60 {
        let middle = 0.5 * (low + high);
        if capped_mean(middle) < mean { low = middle } else { high = middle }
    }
    high
}

/// A normal cut to (0, 1): `mean` and `sd` are those of the normal before it is cut.
#[must_use]
pub fn normal_in_unit(uniform: f64, mean: f64, sd: f64) -> f64 {
    if sd <= 0.0 {
        return mean.clamp(0.0, 1.0);
    }
    let low = normal::cdf(-mean / sd);
    let high = normal::cdf((1.0 - mean) / sd);
    (mean + sd * normal::quantile(low + uniform * (high - low))).clamp(0.0, 1.0)
}

/// A Poisson count, by counting unit exponentials: fit for means up to some hundreds.
pub fn poisson(mean: f64, draws: &mut Sequence) -> u32 {
    let mut sum = exponential(draws.uniform());
    let mut count = 0;
    while sum <= mean {
        count += 1;
        sum += exponential(draws.uniform());
    }
    count
}

/// A gamma with mean 1 and the given coefficient of variation, 1 where that is 0.
///
/// Marsaglia and Tsang, "A simple method for generating gamma variables", ACM TOMS 26 (2000), with
/// their boost for shapes below 1.
pub fn gamma_of_mean_one(variation: f64, draws: &mut Sequence) -> f64 {
    if variation <= 0.0 {
        return 1.0;
    }
    let shape = 1.0 / (variation * variation);
    let boosted = if shape < 1.0 { shape + 1.0 } else { shape };
    let d = boosted - 1.0 / 3.0;
    let c = 1.0 / (9.0 * d).sqrt();
    let value = loop {
        let x = normal::quantile(draws.uniform());
        let root = 1.0 + c * x;
        let u = draws.uniform();
        if root > 0.0 {
            let v = root * root * root;
            if libm::log(u) < 0.5 * x * x + d * (1.0 - v + libm::log(v)) {
                break d * v;
            }
        }
    };
    let value = if shape < 1.0 { value * libm::pow(draws.uniform(), 1.0 / shape) } else { value };
    value / shape
}

#[cfg(test)]
mod tests {
    use super::super::keyed::{Draws, Purpose};
    use super::*;

    #[derive(Clone, Copy)]
    struct Test;
    impl Purpose for Test {
        fn number(self) -> u16 {
            1
        }
    }

    fn moments(n: u32, mut draw: impl FnMut(&mut Sequence) -> f64) -> (f64, f64) {
        let mut draws = Draws::new(11, 0).sequence(0, Test, 0);
        let values: Vec<f64> = (0..n).map(|_| draw(&mut draws)).collect();
        let mean = values.iter().sum::<f64>() / f64::from(n);
        let variance = values.iter().map(|v| (v - mean) * (v - mean)).sum::<f64>() / f64::from(n);
        (mean, variance)
    }

    #[test]
    fn samplers_have_the_moments_that_their_names_promise() {
        let (mean, variance) = moments(200_000, |d| exponential(d.uniform()));
        assert!((mean - 1.0).abs() < 0.01 && (variance - 1.0).abs() < 0.03, "{mean} {variance}");
        let median = lognormal_median(5.0, 0.9);
        let (mean, _) = moments(200_000, |d| lognormal(d.uniform(), median, 0.9));
        assert!((mean - 5.0).abs() < 0.06, "{mean}");
        for cv in [0.3, 0.7, 1.0, 2.0] {
            let (mean, variance) = moments(200_000, |d| gamma_of_mean_one(cv, d));
            assert!((mean - 1.0).abs() < 0.02, "cv {cv}: mean {mean}");
            assert!((variance.sqrt() / cv - 1.0).abs() < 0.05, "cv {cv}: sd {}", variance.sqrt());
        }
        for rate in [0.05, 3.0, 40.0] {
            let (mean, variance) = moments(100_000, |d| f64::from(poisson(rate, d)));
            assert!((mean / rate - 1.0).abs() < 0.05, "rate {rate}: mean {mean}");
            assert!((variance / rate - 1.0).abs() < 0.05, "rate {rate}: variance {variance}");
        }
        let (mean, variance) = moments(100_000, |d| normal_in_unit(d.uniform(), 0.5, 0.1));
        assert!((mean - 0.5).abs() < 0.002 && (variance.sqrt() - 0.1).abs() < 0.002);
    }

    #[test]
    fn gammas_are_distributed_as_their_name_promises() {
        use statrs::distribution::{ContinuousCDF, Gamma};
        let n = 20_000;
        for cv in [0.3, 0.7, 1.0, 2.0] {
            let mut draws = Draws::new(11, 0).sequence(0, Test, 1);
            let mut values: Vec<f64> = (0..n).map(|_| gamma_of_mean_one(cv, &mut draws)).collect();
            values.sort_by(f64::total_cmp);
            let shape = 1.0 / (cv * cv);
            let exact = Gamma::new(shape, shape).unwrap();
            let gap = |(rank, value): (usize, &f64)| {
                (exact.cdf(*value) - (rank as f64 + 0.5) / f64::from(n)).abs()
            };
            let most = values.iter().enumerate().map(gap).fold(0.0, f64::max);
            // The 99.9% point of Kolmogorov's distance.
            assert!(most < 1.95 / f64::from(n).sqrt(), "cv {cv}: {most}");
        }
    }

    #[test]
    fn a_cut_normal_spreads_over_the_interval_as_the_normal_does_there() {
        for (mean, sd) in [(0.3, 0.4), (0.8, 0.3), (-0.1, 0.5)] {
            let below = |x: f64| normal::cdf((x - mean) / sd);
            for u in [0.05, 0.3, 0.5, 0.9] {
                let value = normal_in_unit(u, mean, sd);
                let share = (below(value) - below(0.0)) / (below(1.0) - below(0.0));
                assert!((share - u).abs() < 1e-9, "{u} of {mean} {sd}: {share}");
            }
        }
        assert_eq!([normal_in_unit(0.9, 0.4, 0.0), normal_in_unit(0.9, 1.4, 0.0)], [0.4, 1.0]);
    }

    #[test]
    fn a_capped_lognormal_has_the_mean_that_was_asked_for() {
        for (mean, sigma, most) in [(20.0, 1.65, 99.0), (80.0, 0.5, 99.0), (3.0, 4.0, 1e4)] {
            let median = capped_lognormal_median(mean, sigma, most);
            let draw = |d: &mut Sequence| lognormal(d.uniform(), median, sigma).min(most);
            let (sampled, variance) = moments(200_000, draw);
            let error = (variance / 200_000.0).sqrt();
            assert!((sampled - mean).abs() < 4.0 * error, "{mean} {sigma} {most}: {sampled}");
        }
        assert_eq!(capped_lognormal_median(7.0, 0.0, 9.0), 7.0);
        assert_eq!(capped_lognormal_median(0.0, 1.0, 9.0), 0.0);
        assert_eq!(capped_lognormal_median(9.0, 1.0, 9.0), f64::INFINITY);
        assert!(capped_lognormal_median(9.0 - 1e-12, 4.0, 9.0) > 1e9);
        // Far below the cap, the cap is of no account.
        let (free, capped) = (lognormal_median(5.0, 0.9), capped_lognormal_median(5.0, 0.9, 1e9));
        assert!((capped / free - 1.0).abs() < 1e-9, "{free} {capped}");
    }

    #[test]
    fn a_cut_normal_stays_in_the_unit_interval_even_far_from_its_mean() {
        for u in [1e-15, 0.5, 1.0 - 1e-15] {
            for mean in [-0.2, 0.0, 0.4, 1.0, 1.2] {
                let value = normal_in_unit(u, mean, 0.2);
                assert!((0.0..=1.0).contains(&value), "{u} {mean} {value}");
            }
        }
    }
}
