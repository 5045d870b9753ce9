//! Which conversations of the same person overlap, whatever the order of the log.

use indexmap::IndexMap;

/// People of whom conversations are kept: the first in the log.
const MOST_PEOPLE: usize = 32;
/// Conversations kept of each: the earliest.
const MOST_EACH: usize = 1 << 10;

/// From when to when, in milliseconds since 1970.
type Interval = (i64, i64);

/// Conversations by who had them, in bounded memory.
#[derive(Clone, Debug, Default)]
pub(super) struct Conversations {
    people: IndexMap<u32, Vec<Interval>>,
}

impl Conversations {
    /// One more.
    pub fn add(&mut self, agent: u32, interval: Interval) {
        if self.people.len() >= MOST_PEOPLE && !self.people.contains_key(&agent) {
            return;
        }
        let kept = self.people.entry(agent).or_default();
        kept.push(interval);
        if kept.len() >= 2 * MOST_EACH {
            kept.sort_unstable();
            kept.truncate(MOST_EACH);
        }
    }

    /// How many begin after another of the same person, and how many of those before it is over.
    pub fn overlaps(&self) -> (u64, u64) {
        let (mut pairs, mut overlapping) = (0, 0);
        for kept in self.people.values() {
            let mut kept = kept.clone();
            kept.sort_unstable();
            kept.truncate(MOST_EACH);
            let mut over: Option<i64> = None;
            for (from, to) in kept {
                if let Some(over) = over {
                    pairs += 1;
                    overlapping += u64::from(from < over && from < to);
                }
                over = over.max(Some(to));
            }
        }
        (pairs, overlapping)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_earliest_are_kept_in_whatever_order_they_come() {
        // Each begins halfway through the one before; 5,000 of them, forwards and in a mixed order.
        let interval = |at: i64| (at * 10, at * 10 + 20);
        let (mut rising, mut mixed) = (Conversations::default(), Conversations::default());
        for at in 0..5_000 {
            rising.add(1, interval(at));
            mixed.add(1, interval(at * 1_999 % 5_000));
        }
        assert_eq!(rising.overlaps(), (1_023, 1_023));
        assert_eq!(mixed.overlaps(), rising.overlaps());
    }
}
