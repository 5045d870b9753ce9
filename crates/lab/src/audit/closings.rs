//! How matters were settled, and which are open.

use super::durations::Durations;
use super::finding::Finding;
use super::lengths::Lengths;
use super::tally::ages;
use super::{End, earlier};
use heard_contacts::{Contact, Measure, Outcome};
use heard_math::stats::Share;
use heard_math::stats::lifetimes::{Ends, Lifetimes};

/// Counts of ends.
#[derive(Clone, Debug)]
pub(super) struct Closings {
    /// Settled, and not, as the log says.
    settled: u64,
    unsettled: u64,
    /// Settled at a time that the log does not tell.
    pub untimed: u64,
    /// From arrival to the end of the settled; until it is known what an end means here, those of which the
    /// log does not say it stand apart.
    times: Times,
    unsaid: Times,
    /// Closed, but not settled, or given up.
    competing: Durations,
    /// Arrivals of those that somebody answered, or may have, and nobody closed: seconds since 1970.
    open_since: Durations,
    oldest_ms: Option<i64>,
    waiting_oldest_ms: Option<i64>,
    /// Contacts of which the log tells whether they were settled.
    told: u64,
}

/// Times from arrival to the end.
#[derive(Clone, Debug, Default)]
struct Times {
    durations: Durations,
    lengths: Lengths,
}

impl Times {
    fn push(&mut self, milliseconds: i64) {
        self.durations.push(milliseconds);
        self.lengths.push(milliseconds);
    }

    fn add(&mut self, other: &Self) {
        self.durations.add(&other.durations);
        self.lengths.add(&other.lengths);
    }
}

impl Default for Closings {
    fn default() -> Self {
        Self {
            settled: 0,
            unsettled: 0,
            untimed: 0,
            times: Times::default(),
            unsaid: Times::default(),
            competing: Durations::default(),
            open_since: Durations::moments(),
            oldest_ms: None,
            waiting_oldest_ms: None,
            told: 0,
        }
    }
}

impl Closings {
    /// Counts a contact. One that gave up is over and not settled.
    pub fn count(&mut self, contact: &Contact) {
        if contact.outcome == Outcome::GaveUp {
            return;
        }
        let arrived_ms = contact.arrived.instant_ms();
        let length = contact.closed.map(|closed| contact.arrived.until(closed));
        match (contact.resolved, length) {
            (Some(true), Some(length)) => self.times.push(length),
            (Some(true), None) => self.untimed += 1,
            (Some(false), Some(length)) => self.competing.push(length),
            (None, Some(length)) => self.unsaid.push(length),
            (Some(false) | None, None) if contact.outcome == Outcome::Waiting => {
                self.waiting_oldest_ms = earlier(self.waiting_oldest_ms, Some(arrived_ms));
            }
            (Some(false) | None, None) => {
                self.open_since.push(arrived_ms);
                self.oldest_ms = earlier(self.oldest_ms, Some(arrived_ms));
            }
        }
        match contact.resolved {
            Some(true) => self.settled += 1,
            Some(false) => self.unsettled += 1,
            None => {}
        }
    }

    /// Takes note of what an end means: on the line, that the conversation was over; elsewhere that the matter
    /// was. Where the log has no closings at all, an answer ends a contact.
    pub fn settle(
        &mut self,
        contacts: u64,
        gave_up: &Durations,
        holds_the_line: bool,
        tells_closings: bool,
    ) {
        let unsaid = std::mem::take(&mut self.unsaid);
        let by_closing = tells_closings && !holds_the_line;
        if by_closing {
            self.settled += unsaid.lengths.count();
            self.times.add(&unsaid);
            self.told = contacts;
        } else {
            self.open_since = Durations::moments();
            self.oldest_ms = None;
            self.told = self.settled + self.unsettled;
        }
        if self.told > 0 {
            self.competing.add(gave_up);
        }
    }

    /// Adds others, once both are settled.
    pub fn add(&mut self, other: &Self) {
        self.settled += other.settled;
        self.unsettled += other.unsettled;
        self.untimed += other.untimed;
        self.times.add(&other.times);
        self.competing.add(&other.competing);
        self.open_since.add(&other.open_since);
        self.oldest_ms = earlier(self.oldest_ms, other.oldest_ms);
        self.waiting_oldest_ms = earlier(self.waiting_oldest_ms, other.waiting_oldest_ms);
        self.told += other.told;
    }

    /// What they say; `waiting_since` are the arrivals of those whom nobody answered.
    pub fn findings(&self, end: &End, waiting_since: &Durations, all: &mut Vec<Finding>) {
        if self.told > 0 {
            let share = Share { hits: self.settled, trials: self.told };
            all.push(Finding::share(Measure::Resolved, share));
        }
        if self.told > 0 || end.tells_answer_rate {
            let open = waiting_since.total() + self.open_since.total();
            all.push(Finding::count(Measure::Open, open));
            let oldest = earlier(self.oldest_ms, self.waiting_oldest_ms);
            if let Some(oldest) = oldest {
                let age = (end.log_ends - oldest).max(0) as f64 / 1000.0;
                all.push(Finding::number(Measure::OldestOpen, Some(age), open));
            }
        }
        if self.times.lengths.count() == 0 {
            return;
        }
        let mut ends: Vec<(u32, Ends)> = Vec::new();
        let mut add = |counts: Vec<(u32, u64)>, of: fn(u64) -> Ends| {
            ends.extend(counts.into_iter().map(|(seconds, times)| (seconds, of(times))));
        };
        let resolved = self.times.durations.counts();
        add(resolved.clone(), |event| Ends { event, ..Ends::default() });
        add(self.competing.counts(), |competing| Ends { competing, ..Ends::default() });
        for since in [waiting_since, &self.open_since] {
            add(ages(since, end.log_ends), |censored| Ends { censored, ..Ends::default() });
        }
        let ends = ends.into_iter().map(|(seconds, ends)| (f64::from(seconds), ends));
        all.push(Finding::time(Measure::ResolutionMedian, 0.5, &Lifetimes::new(ends)));
        all.push(Finding::median(Measure::ResolvedMedian, &resolved));
        all.push(Finding::mean_length(Measure::ResolvedMean, &self.times.lengths));
    }
}
