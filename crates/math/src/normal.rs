//! The standard normal distribution.

/// Coefficients of Wichura's rational approximations, lowest power first: the centre (`|p - 1/2|`
/// up to [`CENTRE`]), the tails, and the far tails (`sqrt(-ln p)` above [`FAR`]).
const CENTRE_NUMERATOR: [f64; 8] = [
    3.3871328727963665,
    133.14166789178438,
    1971.5909503065513,
    13731.69376550946,
    45921.95393154987,
    67265.7709270087,
    33430.57558358813,
    2509.0809287301227,
];
const CENTRE_DENOMINATOR: [f64; 8] = [
    1.0,
    42.31333070160091,
    687.1870074920579,
    5394.196021424751,
    21213.794301586597,
    39307.89580009271,
    28729.085735721943,
    5226.495278852854,
];
const TAIL_NUMERATOR: [f64; 8] = [
    1.4234371107496835,
    4.630337846156546,
    5.769497221460691,
    3.6478483247632045,
    1.2704582524523684,
    0.2417807251774506,
    0.022723844989269184,
    0.0007745450142783414,
];
const TAIL_DENOMINATOR: [f64; 8] = [
    1.0,
    2.053191626637759,
    1.6763848301838038,
    0.6897673349851,
    0.14810397642748008,
    0.015198666563616457,
    0.0005475938084995345,
    1.0507500716444169e-09,
];
const FAR_NUMERATOR: [f64; 8] = [
    6.657904643501103,
    5.463784911164114,
    1.7848265399172913,
    0.29656057182850487,
    0.026532189526576124,
    0.0012426609473880784,
    2.7115555687434876e-05,
    2.0103343992922881e-07,
];
const FAR_DENOMINATOR: [f64; 8] = [
    1.0,
    0.599832206555888,
    0.1369298809227358,
    0.014875361290850615,
    0.0007868691311456133,
    1.8463183175100548e-05,
    1.421511758316446e-07,
    2.0442631033899397e-15,
];
const CENTRE: f64 = 0.425;
const FAR: f64 = 5.0;

/// The probability that a standard normal variable is at most `x`.
///
/// In terms of the complementary error function, so that the lower tail keeps its relative
/// precision (Abramowitz and Stegun, 1964, 26.2.29).
pub fn cdf(x: f64) -> f64 {
    0.5 * libm::erfc(-x / std::f64::consts::SQRT_2)
}

/// The value that a standard normal variable stays below with probability `p`.
///
/// Algorithm AS 241, PPND16 (Wichura, 1988), about 1 part in 10^16. Minus and plus infinity at 0
/// and 1; not a number outside `0..=1`.
pub fn quantile(p: f64) -> f64 {
    if !(0.0..=1.0).contains(&p) {
        return f64::NAN;
    }
    let offset = p - 0.5;
    if offset.abs() <= CENTRE {
        let r = CENTRE * CENTRE - offset * offset;
        return offset * polynomial(&CENTRE_NUMERATOR, r) / polynomial(&CENTRE_DENOMINATOR, r);
    }
    let tail = if offset < 0.0 { p } else { 1.0 - p };
    if tail == 0.0 {
        return if offset < 0.0 { f64::NEG_INFINITY } else { f64::INFINITY };
    }
    let r = libm::log(tail).abs().sqrt();
    let distance = if r <= FAR {
        let s = r - 1.6;
        polynomial(&TAIL_NUMERATOR, s) / polynomial(&TAIL_DENOMINATOR, s)
    } else {
        let s = r - FAR;
        polynomial(&FAR_NUMERATOR, s) / polynomial(&FAR_DENOMINATOR, s)
    };
    if offset < 0.0 { -distance } else { distance }
}

fn polynomial(coefficients: &[f64; 8], x: f64) -> f64 {
    coefficients.iter().rev().fold(0.0, |sum, coefficient| sum * x + coefficient)
}

#[cfg(test)]
mod tests {
    use super::*;
    use statrs::distribution::{ContinuousCDF, Normal};

    fn relative(found: f64, expected: f64) -> f64 {
        ((found - expected) / expected).abs()
    }

    #[test]
    fn quantile_gives_the_values_in_tables() {
        for (p, expected) in [
            (0.75, 0.674_489_750_196_081_7),
            (0.9, 1.281_551_565_544_600_4),
            (0.975, 1.959_963_984_540_054),
            (0.995, 2.575_829_303_548_900_4),
            (1e-20, -9.262_340_089_798_408),
        ] {
            assert!(relative(quantile(p), expected) < 1e-14, "{p}: {}", quantile(p));
        }
        assert_eq!(quantile(0.5), 0.0);
    }

    #[test]
    fn quantile_undoes_cdf_in_centre_and_tails() {
        for x in [-30.0, -8.0, -5.5, -1.5, -0.3, 0.01, 1.0, 2.0, 4.0] {
            assert!(relative(quantile(cdf(x)), x) < 1e-11, "{x}: {}", quantile(cdf(x)));
        }
    }

    #[test]
    fn cdf_agrees_with_statrs() {
        let reference = Normal::standard();
        for step in -60..=60 {
            let x = f64::from(step) / 10.0;
            assert!(relative(cdf(x), reference.cdf(x)) < 1e-9, "{x}");
        }
    }

    #[test]
    fn the_ends_are_infinite_and_beyond_them_is_not_a_number() {
        assert_eq!(quantile(0.0), f64::NEG_INFINITY);
        assert_eq!(quantile(1.0), f64::INFINITY);
        assert!(quantile(-0.1).is_nan());
        assert!(quantile(1.1).is_nan());
        assert!(quantile(f64::NAN).is_nan());
    }
}
