//! How many replications are enough.

use super::moments::Moments;
use super::student;

/// How many replications in all make an interval of this confidence no wider than `half_width` to
/// either side, from the spread of those that there are: `ceil((t s / half width)^2)`, at least as
/// many as there are (Stein, 1945).
///
/// The mean of that many, with `half_width` to either side, covers the truth with at least
/// `confidence` where values are normal, because the number depends on the pilot's spread and not
/// on its mean. `None` under two values, or where `half_width` is not above 0.
pub fn two_stage(pilot: &Moments, half_width: f64, confidence: f64) -> Option<u64> {
    let variance = pilot.variance()?;
    let t = -student::quantile((1.0 - confidence) / 2.0, (pilot.count() - 1) as f64);
    let needed = (t / half_width) * (t / half_width) * variance;
    (half_width > 0.0 && needed.is_finite()).then_some((needed.ceil() as u64).max(pilot.count()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_number_is_steins() {
        // Mean square 32/7 over 8 values, t(7, 0.975) = 2.364624: (2.364624 / 0.5)^2 x 4.5714 = 102.2.
        let pilot: Moments = [2.0, 4.0, 4.0, 4.0, 5.0, 5.0, 7.0, 9.0].into_iter().collect();
        assert_eq!(two_stage(&pilot, 0.5, 0.95), Some(103));
        assert_eq!(two_stage(&pilot, 100.0, 0.95), Some(8));
        assert_eq!(two_stage(&pilot, 0.0, 0.95), None);
        assert_eq!(two_stage(&pilot, -1.0, 0.95), None);
    }

    #[test]
    fn one_value_says_nothing_and_equal_values_need_no_more() {
        assert_eq!(two_stage(&[1.0].into_iter().collect(), 1.0, 0.95), None);
        assert_eq!(two_stage(&[1.0, 1.0].into_iter().collect(), 1.0, 0.95), Some(2));
    }
}
