//! When customers hold the line.

use super::calls::{Call, Calls, End};

/// When at least one customer holds the line: stretches that do not touch, rising.
pub(super) struct Waiting(Vec<(f64, f64)>);

impl Waiting {
    pub(super) fn of(calls: &Calls) -> Self {
        // What lies in an inbox waits, whether or not somebody is there.
        let waits = |call: &&Call| {
            let told = matches!(call.end, End::Served(_) | End::GaveUp);
            call.wait > 0.0 && told && calls.is_live(call.class)
        };
        let mut all: Vec<(f64, f64)> = Vec::new();
        // Calls come by time of arrival.
        for call in calls.calls.iter().filter(waits) {
            let (from, to) = (call.arrived, call.arrived + call.wait);
            match all.last_mut() {
                Some((_, end)) if from <= *end => *end = end.max(to),
                _ => all.push((from, to)),
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

    /// Whether somebody waits for most of a quarter of an hour.
    pub(super) fn most_of(&self, quarter: usize) -> bool {
        let from = quarter as f64 / 4.0;
        self.within(from, from + 0.25) > 0.125
    }

    /// Hours between two times at which somebody waits.
    pub(super) fn within(&self, from: f64, to: f64) -> f64 {
        let first = self.0.partition_point(|(_, end)| *end <= from);
        let touching = self.0[first..].iter().take_while(|(begin, _)| *begin < to);
        touching.map(|(begin, end)| end.min(to) - begin.max(from)).sum()
    }
}
