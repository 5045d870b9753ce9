//! Lengths of time, to the second, counted in little memory.

/// Lengths kept one by one before they are counted.
const BUFFER: usize = 1 << 10;
/// Different lengths that are told apart to the second; where there are more, long ones are told apart less finely.
const MOST: usize = 1 << 16;
/// What moments are rounded down to, in seconds, where there are too many different ones. Each divides the next,
/// so that the order in which they come makes no difference.
const UNITS: [u32; 6] = [1, 10, 60, 600, 3600, 86_400];
/// Binary digits that are kept of a length where there are too many different ones: there are at most 45,056 of
/// that many digits, and what is cut off is less than 1 part in 2,048.
const DIGITS: u32 = 12;

/// How often each length came, in whole seconds, or each moment, in seconds since 1970. Memory grows with the
/// number of different ones only, up to a limit.
#[derive(Clone, Debug)]
pub struct Durations {
    buffer: Vec<u32>,
    counts: Vec<(u32, u32)>,
    /// How many different lengths there may be before they are counted in larger units.
    most: usize,
    /// What is cut off where there are more.
    cut: Cut,
    /// How much of it is cut off so far.
    unit: usize,
}

/// How what is too fine is made coarser.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Cut {
    /// To that many digits, so that short lengths stay exact.
    Digits,
    /// To that many seconds: of moments.
    Units,
}

impl Cut {
    fn coarsest(self) -> usize {
        match self {
            Self::Digits => 1,
            Self::Units => UNITS.len() - 1,
        }
    }

    fn coarser(self, counts: Vec<(u32, u32)>, unit: usize) -> Vec<(u32, u32)> {
        let cut = |seconds: u32| match self {
            Self::Digits => {
                let off = (u32::BITS - seconds.leading_zeros()).saturating_sub(DIGITS);
                seconds >> off << off
            }
            Self::Units => seconds / UNITS[unit] * UNITS[unit],
        };
        gathered(counts.into_iter().map(|(seconds, times)| (cut(seconds), times)))
    }
}

impl Default for Durations {
    fn default() -> Self {
        Self { buffer: Vec::new(), counts: Vec::new(), most: MOST, cut: Cut::Digits, unit: 0 }
    }
}

impl Durations {
    /// Moments: where there are too many different ones, all are counted to 10 seconds, to the minute, and so on
    /// up to the day.
    #[must_use]
    pub fn moments() -> Self {
        Self { cut: Cut::Units, ..Self::default() }
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
            self.counts = self.cut.coarser(std::mem::take(&mut self.counts), self.unit);
        }
        for counts in [one_by_one(other.buffer.clone()), other.counts.clone()] {
            self.take(counts);
        }
    }

    /// Takes in lengths that rise.
    fn take(&mut self, mut more: Vec<(u32, u32)>) {
        if self.unit > 0 {
            more = self.cut.coarser(more, self.unit);
        }
        self.counts = merged(std::mem::take(&mut self.counts), more);
        while self.counts.len() > self.most && self.unit < self.cut.coarsest() {
            self.unit += 1;
            self.counts = self.cut.coarser(std::mem::take(&mut self.counts), self.unit);
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
    fn many_different_lengths_are_cut_to_twelve_binary_digits() {
        // Up to 4,095 s they are exact; from there to 8,191 s every second one is told apart, then every fourth.
        let of = |seconds: &mut dyn Iterator<Item = u32>| {
            let mut durations = Durations::default();
            seconds.for_each(|seconds| durations.push_seconds(seconds));
            durations
        };
        let rising = of(&mut (0..70_000)).counts();
        assert_eq!(rising[4_095..4_098], [(4_095, 1), (4_096, 2), (4_098, 2)]);
        assert_eq!(rising[4_096 + 2_048], (8_192, 4));
        assert_eq!(rising.iter().map(|(_, times)| times).sum::<u64>(), 70_000);
        assert!(of(&mut (0..70_000).rev()).counts() == rising);
        let (mut first, second) = (of(&mut (0..20_000)), of(&mut (20_000..70_000)));
        first.add(&second);
        assert!(first.counts() == rising);
        // Of the longest that there are, less than 1 part in 2,048 is cut off.
        let longest = of(&mut (0..70_000).map(|at| u32::MAX - at)).counts();
        assert!(longest.iter().all(|(seconds, _)| u32::MAX - seconds < u32::MAX / 2_048));
        assert_eq!(of(&mut (0..65_536)).counts().len(), 65_536);
    }

    #[test]
    fn many_different_moments_are_counted_in_larger_units_in_any_order() {
        // 36,000 different seconds are 3,600 tens and 600 minutes.
        let of = |seconds: &mut dyn Iterator<Item = u32>| {
            let mut durations = Durations { most: 1000, ..Durations::moments() };
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
