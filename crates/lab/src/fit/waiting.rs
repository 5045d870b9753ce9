//! When customers hold the line, and wait for somebody to be free.

use super::calls::{Call, Calls, End};
use super::pickup::Pickup;

/// When at least one customer waits for somebody to be free: stretches that do not touch, rising.
pub(super) struct Waiting(Vec<(f64, f64)>);

impl Waiting {
    /// On these channels; what a call rings is not waiting.
    pub(super) fn of(calls: &Calls, pickup: &Pickup) -> Self {
        let mut all: Vec<(f64, f64)> = Vec::new();
        // Calls come by time of arrival.
        for call in held(calls).filter(|call| call.wait > pickup.explains()) {
            let (from, to) = (call.arrived, call.arrived + call.wait - pickup.median());
            match all.last_mut() {
                Some((_, end)) if from <= *end => *end = end.max(to),
                _ if to > from => all.push((from, to)),
                _ => {}
            }
        }
        Self(all)
    }

    /// How far before a time nobody waits, up to this many hours.
    pub(super) fn nobody_before(&self, time: f64, hours: f64) -> f64 {
        let before = self.0.partition_point(|(begin, _)| *begin < time);
        let end = before.checked_sub(1).map_or(f64::NEG_INFINITY, |at| self.0[at].1);
        (time - hours).max(end).min(time)
    }

    /// How far after a time nobody waits, up to this many hours.
    pub(super) fn nobody_after(&self, time: f64, hours: f64) -> f64 {
        let after = self.0.partition_point(|(_, end)| *end <= time);
        let begin = self.0.get(after).map_or(f64::INFINITY, |(begin, _)| *begin);
        (time + hours).min(begin).max(time)
    }

    /// Until when somebody waits without a break from a time on: that time itself, where nobody does.
    pub(super) fn until(&self, time: f64) -> f64 {
        let before = self.0.partition_point(|(begin, _)| *begin <= time);
        let end = before.checked_sub(1).map_or(time, |at| self.0[at].1);
        end.max(time)
    }

    /// Whether somebody waits for most of a quarter of an hour.
    pub(super) fn most_of(&self, quarter: usize) -> bool {
        let from = quarter as f64 / 4.0;
        self.within(from, from + 0.25) > 0.125
    }

    /// Hours between two times at which somebody waits.
    pub(super) fn within(&self, from: f64, to: f64) -> f64 {
        self.between(from, to).map(|(begin, end)| end - begin).sum()
    }

    /// When somebody waits between two times.
    pub(super) fn between(&self, from: f64, to: f64) -> impl Iterator<Item = (f64, f64)> + '_ {
        let first = self.0.partition_point(|(_, end)| *end <= from);
        let touching = self.0[first..].iter().take_while(move |(begin, _)| *begin < to);
        touching.map(move |(begin, end)| (begin.max(from), end.min(to)))
    }
}

/// Calls that held the line for some time, and whose end is known. What lies in an inbox waits, whether or
/// not somebody is there.
pub(super) fn held(calls: &Calls) -> impl Iterator<Item = &Call> {
    calls.calls.iter().filter(|call| {
        let told = matches!(call.end, End::Served(_) | End::GaveUp);
        call.wait > 0.0 && told && calls.is_live(call.class)
    })
}

/// How many of some stretches of time go on at a time.
pub(super) struct Concurrent {
    begins: Vec<f64>,
    ends: Vec<f64>,
}

impl Concurrent {
    /// Of stretches of any length above 0, in any order.
    pub(super) fn of(stretches: impl Iterator<Item = (f64, f64)>) -> Self {
        let (mut begins, mut ends): (Vec<f64>, Vec<f64>) =
            stretches.filter(|(from, to)| to > from).unzip();
        begins.sort_by(f64::total_cmp);
        ends.sort_by(f64::total_cmp);
        Self { begins, ends }
    }

    /// Those that began before `to` and had not ended by `from`.
    pub(super) fn during(&self, from: f64, to: f64) -> usize {
        let begun = self.begins.partition_point(|begin| *begin < to);
        begun.saturating_sub(self.ends.partition_point(|end| *end <= from))
    }

    /// How many go on from when to when, without the stretches in which none does.
    pub(super) fn levels(&self) -> Vec<(f64, f64, usize)> {
        let (mut levels, mut ended, mut begun) = (Vec::new(), 0, 0);
        let mut now = f64::NEG_INFINITY;
        while ended < self.ends.len() {
            let begin = self.begins.get(begun).copied().unwrap_or(f64::INFINITY);
            let next = begin.min(self.ends[ended]);
            if next > now && begun > ended {
                levels.push((now, next, begun - ended));
            }
            now = next;
            if begin <= self.ends[ended] { begun += 1 } else { ended += 1 }
        }
        levels
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stretches_that_overlap_are_counted_while_they_do() {
        let all = Concurrent::of([(1.0, 3.0), (2.0, 4.0), (4.0, 4.0), (6.0, 7.0)].into_iter());
        assert_eq!(all.levels(), [(1.0, 2.0, 1), (2.0, 3.0, 2), (3.0, 4.0, 1), (6.0, 7.0, 1)]);
        assert_eq!((all.during(2.5, 2.5), all.during(1.0, 1.0), all.during(4.0, 6.5)), (2, 0, 1));
    }
}
