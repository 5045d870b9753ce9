//! How many replications are enough.

use super::interval::Interval;

/// How many replications in all make an interval no wider than `half_width` to either side, from the
/// interval over those that there are: `ceil((t s / half width)^2)`, at least as many as there are
/// (Stein, 1945).
///
/// The mean of that many, with `half_width` to either side, covers the truth with at least the
/// interval's confidence where values are normal, because the number depends on the pilot's spread
/// and not on its mean. An interval of half the smallest difference that matters to either side tells
/// whether a difference is one: it lies within that, or clear of 0. Student's interval over all the
/// replications in the end, which is what tables show, comes close to that and promises it no more. `None` without ends, or where `half_width` is not above 0.
pub fn two_stage(pilot: &Interval, half_width: f64) -> Option<u64> {
    let ratio = pilot.half_width()? / half_width;
    let needed = pilot.count as f64 * ratio * ratio;
    (half_width > 0.0 && needed.is_finite()).then_some((needed.ceil() as u64).max(pilot.count))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pilot(values: &[f64]) -> Interval {
        Interval::student(&values.iter().copied().collect(), 0.95).unwrap()
    }

    #[test]
    fn the_number_is_steins() {
        // Mean square 32/7 over 8 values, t(7, 0.975) = 2.364624: (2.364624 / 0.5)^2 x 4.5714 = 102.2.
        let pilot = pilot(&[2.0, 4.0, 4.0, 4.0, 5.0, 5.0, 7.0, 9.0]);
        assert_eq!(two_stage(&pilot, 0.5), Some(103));
        assert_eq!(two_stage(&pilot, 100.0), Some(8));
        assert_eq!(two_stage(&pilot, 0.0), None);
        assert_eq!(two_stage(&pilot, -1.0), None);
    }

    #[test]
    fn one_value_says_nothing_and_equal_values_need_no_more() {
        assert_eq!(two_stage(&pilot(&[1.0]), 1.0), None);
        assert_eq!(two_stage(&pilot(&[1.0, 1.0]), 1.0), Some(2));
    }
}
