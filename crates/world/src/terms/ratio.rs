//! Ratios and means, undefined (NaN) where there is nothing to divide by.

/// A part of a whole; NaN if there is no whole.
#[must_use]
pub fn ratio(part: f64, whole: f64) -> f64 {
    if whole > 0.0 { part / whole } else { f64::NAN }
}

/// The mean of two values, each weighted by its customers; one without customers is left out.
#[must_use]
pub fn mean((mine, weight): (f64, f64), (other, others): (f64, f64)) -> f64 {
    match (weight > 0.0, others > 0.0) {
        (_, false) => mine,
        (false, true) => other,
        (true, true) => (mine * weight + other * others) / (weight + others),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ratio_of_nothing_is_undefined_and_a_mean_leaves_out_who_stands_for_none() {
        assert_eq!(ratio(1.0, 4.0), 0.25);
        assert!(ratio(1.0, 0.0).is_nan() && ratio(1.0, -1.0).is_nan());
        assert_eq!(mean((1.0, 3.0), (5.0, 1.0)), 2.0);
        assert_eq!(mean((1.0, 3.0), (f64::NAN, 0.0)), 1.0);
        assert_eq!(mean((f64::NAN, 0.0), (5.0, 1.0)), 5.0);
    }
}
