//! Student's t distribution (Student, 1908).
//!
//! Through the regularised incomplete beta function (Abramowitz and Stegun, 1964, 26.7.1).

use super::beta::{beta_fraction, gamma_ratio};
use crate::normal;

/// Above this many degrees of freedom the fraction starts to lose digits, and Hill's transformation
/// to a normal variable keeps all of them.
const NEARLY_NORMAL: f64 = 1e4;
/// From here on the distribution is the normal one to the last digit.
const NORMAL: f64 = 1e20;

/// The probability that a t variable is at most `t`, to about 1e-12 of either tail.
///
/// `degrees_of_freedom` is above 0, not necessarily whole, possibly infinite; not a number
/// otherwise.
pub fn cdf(t: f64, degrees_of_freedom: f64) -> f64 {
    if t.is_nan() || !is_valid(degrees_of_freedom) {
        return f64::NAN;
    }
    let upper = Areas::beyond(t.abs(), degrees_of_freedom.min(NORMAL)).upper;
    if t < 0.0 { upper } else { 1.0 - upper }
}

/// The value that a t variable stays below with probability `p`, to about 1e-11 of itself.
///
/// `degrees_of_freedom` is above 0, not necessarily whole, possibly infinite. Minus and plus
/// infinity at `p` 0 and 1; not a number outside `0..=1`. Small `p` carry more digits than `p` near
/// 1: for an upper tail, negate the quantile of the lower.
pub fn quantile(p: f64, degrees_of_freedom: f64) -> f64 {
    if !(0.0..=1.0).contains(&p) || !is_valid(degrees_of_freedom) {
        return f64::NAN;
    }
    let tail = p.min(1.0 - p);
    let distance = if tail == 0.0 {
        f64::INFINITY
    } else if p == 0.5 {
        0.0
    } else {
        distance(tail, (p - 0.5).abs(), degrees_of_freedom.min(NORMAL))
    };
    if p < 0.5 { -distance } else { distance }
}

fn is_valid(degrees_of_freedom: f64) -> bool {
    degrees_of_freedom > 0.0
}

/// The positive `t` with area `tail` above it and `centre` between 0 and it.
fn distance(tail: f64, centre: f64, dof: f64) -> f64 {
    let z = -normal::quantile(tail);
    // Cornish and Fisher (1937), first term: exact in the limit, a start for Newton elsewhere.
    let start = z + z * (z * z + 1.0) / (4.0 * dof);
    // The smaller area is the one that resolves the distance to all its digits.
    let (target, by_centre) = if centre < tail { (centre, true) } else { (tail, false) };
    let (mut low, mut high) = (0.0, f64::INFINITY);
    let mut t = start;
    for _ in 0..200 {
        let areas = Areas::beyond(t, dof);
        let area = if by_centre { areas.centre } else { areas.upper };
        let too_far = if by_centre { area > target } else { area < target };
        if too_far {
            high = t
        } else {
            low = t
        }
        // Newton on the logarithms of area and distance: nearly a straight line in both the centre
        // and the power-law tail.
        let sign = if by_centre { 1.0 } else { -1.0 };
        let slope = sign * density(t, dof) * t / area;
        let newton = t * libm::exp((libm::log(target) - libm::log(area)) / slope);
        let next = if newton > low && newton < high {
            newton
        } else if high.is_finite() {
            0.5 * (low + high)
        } else {
            2.0 * t
        };
        let moved = (next - t).abs();
        t = next;
        if moved <= 4.0 * f64::EPSILON * t || !t.is_finite() {
            break;
        }
    }
    t
}

fn density(t: f64, dof: f64) -> f64 {
    let log_kernel = -0.5 * (dof + 1.0) * libm::log1p(t * t / dof);
    gamma_ratio(0.5 * dof) / (std::f64::consts::PI * dof).sqrt() * libm::exp(log_kernel)
}

/// The two areas that a positive `t` cuts the upper half of the distribution into.
struct Areas {
    centre: f64,
    upper: f64,
}

impl Areas {
    fn beyond(t: f64, dof: f64) -> Self {
        if dof > NEARLY_NORMAL {
            // Hill (1970), algorithm 395; the next term is below 1e-16.
            let a = dof - 0.5;
            let y = a * libm::log1p(t * t / dof);
            let z = y.sqrt() * (1.0 + (y + 3.0) / (48.0 * a * a));
            let centre = 0.5 * libm::erf(z / std::f64::consts::SQRT_2);
            return Self { centre, upper: normal::cdf(-z) };
        }
        let (a, ratio) = (0.5 * dof, t * t / dof);
        if t == 0.0 {
            return Self { centre: 0.0, upper: 0.5 };
        }
        if !ratio.is_finite() {
            return Self { centre: 0.5, upper: 0.0 };
        }
        // x^a (1 - x)^(1/2) / B(a, 1/2), with x = 1 / (1 + ratio).
        let x = 1.0 / (1.0 + ratio);
        let y = ratio / (1.0 + ratio);
        let front = libm::exp(-a * libm::log1p(ratio)) * y.sqrt() * gamma_ratio(a)
            / std::f64::consts::PI.sqrt();
        // The fraction converges fast only on its own side of the mean of the beta distribution.
        if x < (a + 1.0) / (a + 2.5) {
            let upper = 0.5 * front * beta_fraction(a, 0.5, x) / a;
            Self { centre: 0.5 - upper, upper }
        } else {
            let centre = front * beta_fraction(0.5, a, y);
            Self { centre, upper: 0.5 - centre }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use statrs::distribution::{ContinuousCDF, StudentsT};

    /// Probability, degrees of freedom, quantile: mpmath 1.3 with 40 digits.
    const PINNED: [(f64, f64, f64); 27] = [
        (0.6, 1.0, 0.32491969623290623),
        (0.975, 1.0, 12.706204736174692),
        (0.99999999, 1.0, 31830988.458436),
        (0.6, 2.0, 0.2886751345948128),
        (0.975, 2.0, 4.302652729749462),
        (0.99999999, 2.0, 7071.067688034251),
        (0.6, 4.5, 0.26875183554217513),
        (0.975, 4.5, 2.658912347204403),
        (0.99999999, 4.5, 86.63397647121263),
        (0.6, 9.0, 0.26095533647391095),
        (0.975, 9.0, 2.262157162798205),
        (0.99999999, 9.0, 18.283967445453246),
        (0.6, 29.0, 0.2556836345712561),
        (0.975, 29.0, 2.045229642132704),
        (0.99999999, 29.0, 7.641683130430242),
        (0.6, 99.0, 0.2540290121518067),
        (0.975, 99.0, 1.9842169515864172),
        (0.99999999, 99.0, 6.106880612797991),
        (0.6, 1000.0, 0.2534145158394987),
        (0.975, 1000.0, 1.962339080826408),
        (0.99999999, 1000.0, 5.657912336788831),
        (0.6, 31622.5, 0.25334923460450004),
        (0.975, 31622.5, 1.960039005822017),
        (0.99999999, 31622.5, 5.613443253962875),
        (0.6, 1000000.0, 0.2533471705378416),
        (0.975, 1000000.0, 1.9599663568141068),
        (0.99999999, 1000000.0, 5.612046833499977),
    ];

    fn relative(found: f64, expected: f64) -> f64 {
        ((found - expected) / expected).abs()
    }

    #[test]
    fn quantile_is_exact_to_ten_digits_from_one_degree_of_freedom_to_a_million() {
        for (p, dof, expected) in PINNED {
            let found = quantile(p, dof);
            assert!(relative(found, expected) < 1e-11, "{p} {dof}: {found} {expected}");
        }
    }

    #[test]
    fn cdf_agrees_with_statrs() {
        for dof in [1.0, 2.5, 9.0, 49.0, 999.0] {
            let reference = StudentsT::new(0.0, 1.0, dof).unwrap();
            for t in [-6.0, -1.9, -0.2, 0.0, 0.001, 0.7, 1.5, 4.0] {
                assert!(relative(cdf(t, dof), reference.cdf(t)) < 1e-9, "{t} {dof}");
            }
        }
    }

    #[test]
    fn many_degrees_of_freedom_join_the_normal_distribution_without_a_step() {
        for p in [0.3, 0.51, 0.999, 1.0 - 1e-8] {
            let (below, above) = (quantile(p, NEARLY_NORMAL), quantile(p, NEARLY_NORMAL.next_up()));
            assert!(relative(below, above) < 1e-12, "{p}: {below} {above}");
            assert!(relative(quantile(p, f64::INFINITY), normal::quantile(p)) < 1e-14);
        }
        for t in [-3.0, -0.1, 2.0] {
            let (below, above) = (cdf(t, NEARLY_NORMAL), cdf(t, NEARLY_NORMAL.next_up()));
            assert!(relative(below, above) < 1e-12, "{t}: {below} {above}");
        }
    }

    #[test]
    fn the_ends_are_infinite_and_nonsense_is_not_a_number() {
        assert_eq!(quantile(0.0, 5.0), f64::NEG_INFINITY);
        assert_eq!(quantile(1.0, 5.0), f64::INFINITY);
        assert_eq!((quantile(0.5, 5.0), cdf(0.0, 5.0)), (0.0, 0.5));
        assert_eq!((cdf(f64::NEG_INFINITY, 3.0), cdf(f64::INFINITY, 3.0)), (0.0, 1.0));
        for (p, dof) in [(-0.1, 5.0), (1.1, 5.0), (f64::NAN, 5.0), (0.9, 0.0), (0.9, f64::NAN)] {
            assert!(quantile(p, dof).is_nan());
        }
        assert!(cdf(f64::NAN, 5.0).is_nan() && cdf(1.0, -1.0).is_nan());
    }

    proptest! {
        #[test]
        fn cdf_undoes_quantile(log_p in -25.0..-0.7, log_dof in 0.0..13.0) {
            let (p, dof) = (libm::exp(log_p), libm::exp(log_dof));
            prop_assert!(relative(cdf(quantile(p, dof), dof), p) < 1e-11);
        }
    }
}
