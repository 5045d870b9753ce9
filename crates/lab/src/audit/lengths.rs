//! Sums of lengths of time: exact whole numbers, so that the order in which lengths come makes no difference.

use heard_math::stats::skewed::Summary;

/// Lengths of time, of which the mean is wanted and how certain it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Lengths {
    count: u64,
    /// In milliseconds.
    sum: i128,
    /// Of their squares, in square milliseconds.
    squares: u128,
    /// Of the cubes of whole seconds: of milliseconds they would not fit.
    cubes: u128,
}

impl Lengths {
    /// One more, in milliseconds; what is below 0 counts as 0, what is longer than 136 years as that.
    pub fn push(&mut self, milliseconds: i64) {
        let milliseconds = milliseconds.clamp(0, i64::from(u32::MAX) * 1000);
        let (length, seconds) = (milliseconds.unsigned_abs(), (milliseconds + 500) / 1000);
        self.count += 1;
        self.sum += i128::from(length);
        self.squares = self.squares.saturating_add(u128::from(length) * u128::from(length));
        let seconds = u128::from(seconds.unsigned_abs());
        self.cubes = self.cubes.saturating_add(seconds * seconds * seconds);
    }

    /// Adds others.
    pub fn add(&mut self, other: &Self) {
        self.count += other.count;
        self.sum += other.sum;
        self.squares = self.squares.saturating_add(other.squares);
        self.cubes = self.cubes.saturating_add(other.cubes);
    }

    /// How many there are.
    #[must_use]
    pub fn count(&self) -> u64 {
        self.count
    }

    /// Their mean in seconds and how they spread around it; `None` without any.
    #[must_use]
    pub fn summary(&self) -> Option<Summary> {
        if self.count == 0 {
            return None;
        }
        let n = self.count as f64;
        let mean = self.sum as f64 / n / 1000.0;
        let (squares, cubes) = (self.squares as f64 / 1e6, self.cubes as f64);
        let around = (squares - n * mean * mean).max(0.0);
        // What rounding leaves of lengths that are all alike is no spread.
        let alike = around <= squares * 1e-12 || self.count == 1;
        let (variance, third) = if alike {
            (0.0, 0.0)
        } else {
            let third = cubes - 3.0 * mean * squares + 2.0 * n * mean * mean * mean;
            (around / (n - 1.0), third / n)
        };
        Some(Summary { count: self.count, mean, variance, third })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mean_and_spread_are_those_of_a_hand() {
        let mut lengths = Lengths::default();
        [1_500, 2_500, 8_000].into_iter().for_each(|length| lengths.push(length));
        // Mean 4; distances -2.5, -1.5, 4: squares 6.25 + 2.25 + 16 = 24.5.
        let summary = lengths.summary().unwrap();
        assert_eq!((summary.count, summary.mean, summary.variance), (3, 4.0, 12.25));
        let mut alike = Lengths::default();
        (0..1000).for_each(|_| alike.push(30_601));
        let summary = alike.summary().unwrap();
        assert_eq!((summary.variance, summary.third), (0.0, 0.0));
        assert_eq!(Lengths::default().summary(), None);
    }

    #[test]
    fn the_third_moment_shows_to_which_side_lengths_reach() {
        let mut lengths = Lengths::default();
        [1_000, 1_000, 1_000, 5_000].into_iter().for_each(|length| lengths.push(length));
        // Mean 2: -1, -1, -1, 27.
        let summary = lengths.summary().unwrap();
        assert_eq!((summary.mean, summary.variance, summary.third), (2.0, 4.0, 6.0));
    }
}
