//! Lengths of time, to the second, counted in little memory.

/// Lengths kept one by one before they are counted.
const BUFFER: usize = 1 << 10;
/// What lengths are rounded down to, in seconds, where there are too many different ones. Each divides the next,
/// so that the order in which lengths come makes no difference.
const UNITS: [u32; 6] = [1, 10, 60, 600, 3600, 86_400];

/// How often each length came, in whole seconds. Memory grows with the number of different lengths
/// only.
#[derive(Clone, Debug)]
pub struct Durations {
    buffer: Vec<u32>,
    counts: Vec<(u32, u32)>,
    /// How many different lengths there may be before they are counted in larger units.
    most: usize,
    unit: usize,
}

impl Default for Durations {
    fn default() -> Self {
        Self::at_most(usize::MAX)
    }
}

impl Durations {
    /// Lengths of which at most `most` are told apart: where there are more, all are counted to 10
    /// seconds, to the minute, and so on up to the day.
    #[must_use]
    pub fn at_most(most: usize) -> Self {
        Self { buffer: Vec::new(), counts: Vec::new(), most, unit: 0 }
    }

    /// One more, in milliseconds, rounded to the second; what is longer than 136 years counts as
    /// that.
    pub fn push(&mut self, milliseconds: i64) {
        let seconds = milliseconds.max(0).saturating_add(500) / 1000;
        self.push_seconds(u32::try_from(seconds).unwrap_or(u32::MAX));
    }

    /// The same in seconds.
    pub fn push_seconds(&mut self, seconds: u32) {
        self.buffer.push(seconds);
        if self.buffer.len() >= BUFFER.max(self.counts.len()) {
            let buffer = std::mem::take(&mut self.buffer);
            self.take(one_by_one(buffer));
        }
    }

    /// Adds others.
    pub fn add(&mut self, other: &Self) {
        if other.unit > self.unit {
            self.unit = other.unit;
            self.counts = coarser(std::mem::take(&mut self.counts), UNITS[self.unit]);
        }
        for counts in [one_by_one(other.buffer.clone()), other.counts.clone()] {
            self.take(counts);
        }
    }

    /// Takes in lengths that rise.
    fn take(&mut self, mut more: Vec<(u32, u32)>) {
        if self.unit > 0 {
            more = coarser(more, UNITS[self.unit]);
        }
        self.counts = merged(std::mem::take(&mut self.counts), more);
        while self.counts.len() > self.most && self.unit + 1 < UNITS.len() {
            self.unit += 1;
            self.counts = coarser(std::mem::take(&mut self.counts), UNITS[self.unit]);
        }
    }

    /// The lengths in seconds, rising, with how often each came.
    #[must_use]
    pub fn counts(&self) -> Vec<(u32, u64)> {
        let mut all = Self { buffer: Vec::new(), ..self.clone() };
        all.take(one_by_one(self.buffer.clone()));
        let mut counts: Vec<(u32, u64)> =
            all.counts.into_iter().map(|(seconds, times)| (seconds, times.into())).collect();
        // What came more often than 32 bits count stands there twice.
        counts.dedup_by(|later, kept| {
            let same = later.0 == kept.0;
            kept.1 += if same { later.1 } else { 0 };
            same
        });
        counts
    }

    /// How many there are.
    #[must_use]
    pub fn total(&self) -> u64 {
        let counted = self.counts.iter().map(|(_, times)| u64::from(*times)).sum::<u64>();
        self.buffer.len() as u64 + counted
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.buffer.is_empty() && self.counts.is_empty()
    }
}

fn one_by_one(mut seconds: Vec<u32>) -> Vec<(u32, u32)> {
    seconds.sort_unstable();
    gathered(seconds.into_iter().map(|seconds| (seconds, 1)))
}

fn coarser(counts: Vec<(u32, u32)>, unit: u32) -> Vec<(u32, u32)> {
    gathered(counts.into_iter().map(|(seconds, times)| (seconds / unit * unit, times)))
}

fn merged(a: Vec<(u32, u32)>, b: Vec<(u32, u32)>) -> Vec<(u32, u32)> {
    if a.is_empty() {
        return b;
    }
    let (mut a, mut b) = (a.into_iter().peekable(), b.into_iter().peekable());
    let both = std::iter::from_fn(|| match (a.peek(), b.peek()) {
        (Some(x), Some(y)) if x.0 <= y.0 => a.next(),
        (Some(_), None) => a.next(),
        _ => b.next(),
    });
    gathered(both)
}

/// Equal neighbours together, unless 32 bits do not hold how often they came.
fn gathered(counts: impl Iterator<Item = (u32, u32)>) -> Vec<(u32, u32)> {
    let mut all: Vec<(u32, u32)> = Vec::new();
    for (seconds, times) in counts {
        match all.last_mut() {
            Some(last) if last.0 == seconds && last.1.checked_add(times).is_some() => {
                last.1 += times;
            }
            _ => all.push((seconds, times)),
        }
    }
    all
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

    #[test]
    fn many_different_lengths_are_counted_in_larger_units_in_any_order() {
        // 36,000 different seconds are 3,600 tens and 600 minutes.
        let of = |seconds: &mut dyn Iterator<Item = u32>| {
            let mut durations = Durations::at_most(1000);
            seconds.for_each(|seconds| durations.push_seconds(seconds));
            durations
        };
        let rising = of(&mut (0..36_000));
        let expected: Vec<(u32, u64)> = (0..600).map(|minute| (minute * 60, 60)).collect();
        assert!(rising.counts() == expected);
        assert!(of(&mut (0..36_000).rev()).counts() == expected);
        let (mut first, second) = (of(&mut (0..500)), of(&mut (500..36_000)));
        first.add(&second);
        assert!(first.counts() == expected);
        assert_eq!(first.total(), 36_000);
    }

    #[test]
    fn more_than_32_bits_count_are_counted() {
        let mut durations = Durations { counts: vec![(5, u32::MAX)], ..Durations::default() };
        durations.push_seconds(5);
        assert_eq!(durations.counts(), [(5, u64::from(u32::MAX) + 1)]);
    }
}
