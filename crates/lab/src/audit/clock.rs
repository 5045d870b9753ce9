//! When contacts come in and are answered, by the clock on the wall.

use super::durations::Durations;
use heard_contacts::{Contact, Outcome};
use heard_math::stats::Share;

/// Hours in a week.
pub const WEEK: usize = 168;
/// Times within which contacts are counted hour by hour.
const LEVELS: usize = 2;

/// Counts by the hour.
#[derive(Clone, Debug)]
pub struct Clock {
    /// Contacts by the hour of the week in which they came in, from Monday midnight.
    pub arrivals: [u64; WEEK],
    /// First answers by the hour of the week in which they were given.
    pub answers: [u64; WEEK],
    /// Those of which the log tells whether they were answered within a time, by the hour of the week in which
    /// they came in.
    offered: [u32; WEEK],
    levels: Vec<(u32, [u32; WEEK])>,
    /// Waits of the answered by the hour of the day in which they came in, to three digits.
    waits: Vec<Durations>,
}

impl Clock {
    /// Nothing yet; answers are counted within the first of these times.
    #[must_use]
    pub fn new(within: &[u32]) -> Self {
        let levels = within.iter().take(LEVELS).map(|seconds| (*seconds, [0; WEEK]));
        Self {
            arrivals: [0; WEEK],
            answers: [0; WEEK],
            offered: [0; WEEK],
            levels: levels.collect(),
            waits: Vec::new(),
        }
    }

    pub(super) fn count(&mut self, contact: &Contact) {
        let hour = contact.arrived.hour_of_week();
        self.arrivals[hour] += 1;
        match (contact.outcome, contact.answered) {
            (Outcome::Answered | Outcome::Redirected, Some(answered)) => {
                self.answers[answered.hour_of_week()] += 1;
                self.offered[hour] += 1;
                let wait = contact.arrived.until(answered);
                for (seconds, hits) in &mut self.levels {
                    hits[hour] += u32::from(wait <= i64::from(*seconds) * 1000);
                }
                self.waits.resize(24, Durations::default());
                self.waits[hour % 24].push_seconds(three_digits(wait));
            }
            (Outcome::GaveUp | Outcome::Waiting, _) => self.offered[hour] += 1,
            (Outcome::Answered | Outcome::Redirected | Outcome::Unknown, _) => {}
        }
    }

    pub(super) fn add(&mut self, other: &Self) {
        add(&mut self.arrivals, &other.arrivals);
        add(&mut self.answers, &other.answers);
        add(&mut self.offered, &other.offered);
        for ((_, own), (_, more)) in self.levels.iter_mut().zip(&other.levels) {
            add(own, more);
        }
        self.waits.resize(self.waits.len().max(other.waits.len()), Durations::default());
        self.waits.iter_mut().zip(&other.waits).for_each(|(own, more)| own.add(more));
    }

    /// Answered within `seconds`, of those offered, by the hour of the week in which they came in; `None` if
    /// they are not counted within that time. Those who still wait when the log ends count as not answered.
    #[must_use]
    pub fn service_level(&self, seconds: u32) -> Option<[Share; WEEK]> {
        let (_, hits) = self.levels.iter().find(|(within, _)| *within == seconds)?;
        Some(std::array::from_fn(|hour| Share {
            hits: hits[hour].into(),
            trials: self.offered[hour].into(),
        }))
    }

    /// The time in seconds by which each of `parts` of those who came in at this hour of the day and were answered
    /// had an answer, to three digits, and how many they are.
    #[must_use]
    pub fn waits<const N: usize>(&self, hour_of_day: usize, parts: [f64; N]) -> ([f64; N], u64) {
        let counts = self.waits.get(hour_of_day).map(Durations::counts).unwrap_or_default();
        let total = counts.iter().map(|(_, times)| times).sum();
        (parts.map(|part| f64::from(by(&counts, total, part))), total)
    }
}

fn add<N: Copy + std::ops::AddAssign>(own: &mut [N; WEEK], more: &[N; WEEK]) {
    own.iter_mut().zip(more).for_each(|(own, more)| *own += *more);
}

/// The length that at least this part do not exceed; 0 of none.
fn by(counts: &[(u32, u64)], total: u64, part: f64) -> u32 {
    let mut sum = 0;
    let at = counts.iter().find(|(_, times)| {
        sum += times;
        sum as f64 >= part * total as f64 - 1e-9
    });
    at.map_or(0, |(seconds, _)| *seconds)
}

/// Seconds, rounded to three digits: so there are at most some thousand of them.
fn three_digits(milliseconds: i64) -> u32 {
    let seconds = u32::try_from((milliseconds.max(0) + 500) / 1000).unwrap_or(u32::MAX);
    let mut unit = 1;
    while seconds / unit >= 1000 {
        unit *= 10;
    }
    (seconds / unit * unit).saturating_add(if seconds % unit >= unit.div_ceil(2) && unit > 1 {
        unit
    } else {
        0
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_waits_are_kept_to_three_digits() {
        let kept = [(999_499, 999), (1_004_000, 1000), (1_005_000, 1010), (86_449_000, 86_400)];
        kept.iter().for_each(|(ms, seconds)| assert_eq!(three_digits(*ms), *seconds, "{ms}"));
        assert_eq!(three_digits(i64::MAX / 4), 4_290_000_000);
    }

    #[test]
    fn half_of_four_is_the_second() {
        let counts = [(1, 1), (5, 1), (9, 2)];
        assert_eq!((by(&counts, 4, 0.5), by(&counts, 4, 0.9), by(&[], 0, 0.5)), (5, 9, 0));
    }
}
