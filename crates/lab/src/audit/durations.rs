//! Lengths of time, to the second, counted in little memory.

/// Lengths kept one by one before they are counted.
const BUFFER: usize = 1 << 16;

/// How often each length came, in whole seconds. Memory grows with the number of different lengths
/// only.
#[derive(Clone, Debug, Default)]
pub struct Durations {
    buffer: Vec<u32>,
    counts: Vec<(u32, u64)>,
}

impl Durations {
    /// One more, in milliseconds, rounded to the second; what is longer than 136 years counts as
    /// that.
    pub fn push(&mut self, milliseconds: i64) {
        let seconds = milliseconds.max(0).saturating_add(500) / 1000;
        self.buffer.push(u32::try_from(seconds).unwrap_or(u32::MAX));
        if self.buffer.len() >= BUFFER.max(self.counts.len()) {
            self.counts = self.counts();
            self.buffer = Vec::new();
        }
    }

    /// The lengths in seconds, rising, with how often each came.
    #[must_use]
    pub fn counts(&self) -> Vec<(u32, u64)> {
        let one_by_one = self.buffer.iter().map(|&seconds| (seconds, 1));
        let mut all: Vec<(u32, u64)> = self.counts.iter().copied().chain(one_by_one).collect();
        all.sort_by_key(|(seconds, _)| *seconds);
        all.dedup_by(|later, kept| {
            let same = later.0 == kept.0;
            kept.1 += if same { later.1 } else { 0 };
            same
        });
        all
    }

    /// How many there are.
    #[must_use]
    pub fn total(&self) -> u64 {
        self.buffer.len() as u64 + self.counts.iter().map(|(_, times)| times).sum::<u64>()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_counted_to_the_second_however_many_there_are() {
        let mut durations = Durations::default();
        for number in 0..200_000_i64 {
            durations.push(number % 7 * 1000 + 499);
        }
        durations.push(-5);
        durations.push(i64::MAX);
        let counts = durations.counts();
        assert_eq!(counts.len(), 8);
        assert_eq!(counts[0], (0, 28_573));
        assert_eq!(counts[7], (u32::MAX, 1));
        assert_eq!(durations.total(), 200_002);
    }
}
