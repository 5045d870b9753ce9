//! Parts of the incomplete beta function that Student's t needs.
//!
//! Gamma functions enter only as the ratio `Γ(a + 1/2) / Γ(a)`, taken directly: the difference of
//! two log-gammas near 10^4 would lose five digits.

/// `Γ(a + 1/2) / Γ(a)` for positive `a`, by the asymptotic series of Tricomi and Erdélyi (1951)
/// after the recurrence has lifted `a` to where the series is exact.
pub(super) fn gamma_ratio(a: f64) -> f64 {
    let (mut a, mut scale) = (a, 1.0);
    while a < 16.0 {
        scale *= a / (a + 0.5);
        a += 1.0;
    }
    let i = 1.0 / a;
    let ii = i * i;
    let series = 1.0 / 192.0 + ii * (-1.0 / 640.0 + ii * (17.0 / 14336.0 + ii * (-31.0 / 18432.0)));
    scale * a.sqrt() * libm::exp(i * (-1.0 / 8.0 + ii * series))
}

/// The continued fraction of the incomplete beta function (Press and others, 2007, 6.4), by the
/// modified method of Lentz (1976): `x^a (1 - x)^b / (a B(a, b))` times it is the regularised
/// function. Converges fast for `x` below `(a + 1) / (a + b + 2)`.
pub(super) fn beta_fraction(a: f64, b: f64, x: f64) -> f64 {
    const TINY: f64 = 1e-300;
    let away_from_zero = |value: f64| if value.abs() < TINY { TINY } else { value };
    let mut c = 1.0;
    let mut d = 1.0 / away_from_zero(1.0 - (a + b) * x / (a + 1.0));
    let mut fraction = d;
    // About sqrt(max(a, b)) steps are needed, some dozens for Student's t.
    for step in 1..10_000 {
        let m = f64::from(step);
        let am = a + 2.0 * m;
        let even = m * (b - m) * x / ((am - 1.0) * am);
        d = 1.0 / away_from_zero(1.0 + even * d);
        c = away_from_zero(1.0 + even / c);
        fraction *= d * c;
        let odd = -(a + m) * (a + b + m) * x / (am * (am + 1.0));
        d = 1.0 / away_from_zero(1.0 + odd * d);
        c = away_from_zero(1.0 + odd / c);
        let factor = d * c;
        fraction *= factor;
        if (factor - 1.0).abs() <= f64::EPSILON {
            break;
        }
    }
    fraction
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::f64::consts::PI;

    fn near(found: f64, expected: f64) {
        assert!((found / expected - 1.0).abs() < 1e-14, "{found} instead of {expected}");
    }

    #[test]
    fn gamma_ratio_starts_at_the_root_of_pi_and_follows_the_recurrence() {
        near(gamma_ratio(0.5), 1.0 / PI.sqrt());
        near(gamma_ratio(1.0), PI.sqrt() / 2.0);
        // Both sides of where the series takes over.
        near(gamma_ratio(16.25), gamma_ratio(15.25) * 15.75 / 15.25);
        near(gamma_ratio(500.0), gamma_ratio(499.0) * 499.5 / 499.0);
    }

    #[test]
    fn the_fraction_gives_beta_functions_in_closed_form() {
        // I_x(1, 1) = x and I_x(2, 1) = x^2.
        let x = 0.3;
        near(x * (1.0 - x) * beta_fraction(1.0, 1.0, x), x);
        near(x * x * (1.0 - x) * beta_fraction(2.0, 1.0, x), x * x);
        // I_x(1/2, 1/2) = 2 asin(sqrt(x)) / pi, at x = 1/4.
        let front = (0.25_f64 * 0.75).sqrt() / (0.5 * PI);
        near(front * beta_fraction(0.5, 0.5, 0.25), 1.0 / 3.0);
    }
}
