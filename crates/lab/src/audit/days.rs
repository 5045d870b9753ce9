//! What came in, was answered and was open, day by day.

use super::earlier;
use heard_contacts::moment::DAY_MS;
use heard_contacts::{Contact, Moment, Outcome};

/// Counts by the day, by the clock on the wall.
#[derive(Clone, Debug, Default)]
pub struct Days {
    /// The days on which something happened, in order.
    days: Vec<(i64, Counts)>,
    /// Where the last contact was counted: the next is likely there.
    last: usize,
    /// The earliest arrival of those that are open when the log ends, by the clock on the wall.
    open: Option<i64>,
    /// Settled at a time that the log does not tell: nobody can say what was open when.
    untimed: bool,
}

#[derive(Clone, Copy, Debug, Default)]
struct Counts {
    arrived: u64,
    answered: u64,
    /// Over on this day, and the earliest arrival of those.
    ended: Ended,
    /// Answered on this day and never closed.
    left: Ended,
}

#[derive(Clone, Copy, Debug, Default)]
struct Ended {
    contacts: u64,
    earliest: Option<i64>,
}

impl Ended {
    fn push(&mut self, arrived_ms: i64) {
        self.contacts += 1;
        self.see(Some(arrived_ms));
    }

    fn see(&mut self, earliest: Option<i64>) {
        self.earliest = earlier(self.earliest, earliest);
    }

    fn add(&mut self, other: &Self) {
        self.contacts += other.contacts;
        self.see(other.earliest);
    }
}

/// A day.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Day {
    /// Days since 1970 began.
    pub day: i64,
    /// Contacts that came in.
    pub arrived: u64,
    /// First answers.
    pub answered: u64,
    /// Contacts that were over: closed, given up, settled; where an answer ends a contact, answered.
    pub ended: u64,
    /// Contacts that were open at the end of the day, or of the log; `None` where the log does not tell.
    pub backlog: Option<u64>,
    /// The age of the oldest of them, in seconds.
    pub oldest: Option<f64>,
}

impl Days {
    /// Counts a contact.
    pub(super) fn count(&mut self, contact: &Contact) {
        let arrived_ms = contact.arrived.wall_ms;
        self.at(contact.arrived.day()).arrived += 1;
        if let (true, Some(answered)) = (contact.outcome.is_answered(), contact.answered) {
            self.at(answered.day()).answered += 1;
        }
        let day = |moment: Option<Moment>| moment.unwrap_or(contact.arrived).day();
        if contact.outcome == Outcome::GaveUp || contact.closed.is_some() {
            self.at(day(contact.closed)).ended.push(arrived_ms);
        } else if contact.resolved == Some(true) {
            self.untimed = true;
            self.at(day(contact.answered)).ended.push(arrived_ms);
        } else if contact.outcome == Outcome::Waiting {
            self.open = earlier(self.open, Some(arrived_ms));
        } else {
            self.at(day(contact.answered)).left.push(arrived_ms);
        }
    }

    fn at(&mut self, day: i64) -> &mut Counts {
        if self.days.get(self.last).is_none_or(|(at, _)| *at != day) {
            self.last = match self.days.binary_search_by_key(&day, |(at, _)| *at) {
                Ok(at) => at,
                Err(at) => {
                    self.days.insert(at, (day, Counts::default()));
                    at
                }
            };
        }
        &mut self.days[self.last].1
    }

    /// Takes note of whether an answer ends a contact.
    pub(super) fn settle(&mut self, answers_end: bool) {
        for (_, counts) in &mut self.days {
            let left = std::mem::take(&mut counts.left);
            if answers_end {
                counts.ended.add(&left);
            } else {
                self.open = earlier(self.open, left.earliest);
            }
        }
    }

    /// Adds others, once both are settled.
    pub(super) fn add(&mut self, other: &Self) {
        for (day, more) in &other.days {
            let own = self.at(*day);
            own.arrived += more.arrived;
            own.answered += more.answered;
            own.ended.add(&more.ended);
        }
        self.open = earlier(self.open, other.open);
        self.untimed |= other.untimed;
    }

    /// The days on which something happened, in order, and the day on which the log ends, unless its end is
    /// later than any moment. What is open between two of them does not change. The last day ends with the log.
    #[must_use]
    pub fn all(&self, log_ends_wall: i64) -> Vec<Day> {
        let mut days = self.days.clone();
        let log_ends_day = log_ends_wall.div_euclid(DAY_MS);
        if log_ends_wall < i64::MAX && days.last().is_some_and(|(day, _)| *day < log_ends_day) {
            days.push((log_ends_day, Counts::default()));
        }
        // The earliest arrival of those that were over later: the oldest, if it had come in by then.
        let mut later = self.open;
        let mut oldest: Vec<Option<i64>> = Vec::new();
        for (_, counts) in days.iter().rev() {
            oldest.push(later);
            later = earlier(later, counts.ended.earliest);
        }
        oldest.reverse();
        let mut open = 0;
        let rows = days.iter().zip(oldest).map(|((day, counts), oldest)| {
            open += counts.arrived;
            open = open.saturating_sub(counts.ended.contacts);
            let end = ((day + 1) * DAY_MS).min(log_ends_wall);
            let oldest = oldest.filter(|at| at.div_euclid(DAY_MS) <= *day && open > 0);
            let age = oldest.map(|at| (end - at).max(0) as f64 / 1000.0);
            Day {
                day: *day,
                arrived: counts.arrived,
                answered: counts.answered,
                ended: counts.ended.contacts,
                backlog: (!self.untimed).then_some(open),
                oldest: age.filter(|_| !self.untimed),
            }
        });
        rows.collect()
    }

    /// The mean backlog over all days until the log ends and the largest, and how many days there are; `None`
    /// where the log does not tell.
    pub(super) fn backlog(&self, log_ends_wall: i64) -> Option<(f64, u64, u64)> {
        let days = self.all(log_ends_wall);
        let (first, last) = (days.first()?.day, days.last()?.day);
        let mut sum = 0;
        for (at, day) in days.iter().enumerate() {
            let next = days.get(at + 1).map_or(last + 1, |next| next.day);
            sum += u128::from(day.backlog?) * (next - day.day).unsigned_abs() as u128;
        }
        let all = (last - first + 1).unsigned_abs();
        let most = days.iter().filter_map(|day| day.backlog).max()?;
        Some((sum as f64 / all as f64, most, all))
    }
}
