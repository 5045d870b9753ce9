//! On which channels customers hold the line.

use indexmap::IndexMap;

use heard_contacts::{Contact, Outcome};

/// Where fewer than this share give up, that may be a slip of the log.
const HANG_UPS: f64 = 0.01;
/// Longer than half an hour hardly anybody holds the line.
const LONGEST_MS: i64 = 30 * 60 * 1000;

/// When the last conversation of each person on each channel ended, milliseconds since 1970.
pub(super) type LastEnds = IndexMap<(u32, u32), i64>;

/// What contacts show of whether customers hold the line, while they go by.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Signs {
    contacts: u64,
    public: u64,
    gave_up: u64,
    timed: u64,
    long_waits: u64,
    spoken: u64,
    takes_time: u64,
    overlapping: u64,
}

impl Signs {
    pub fn count(&mut self, contact: &Contact, last_ends: &mut LastEnds) {
        self.contacts += 1;
        self.public += u64::from(contact.public == Some(true));
        self.gave_up += u64::from(contact.outcome == Outcome::GaveUp);
        let Some(answered) = contact.answered else { return };
        self.timed += 1;
        self.long_waits += u64::from(contact.arrived.until(answered) > LONGEST_MS);
        let Some(busy) = contact.busy_ms() else { return };
        self.spoken += 1;
        self.takes_time += u64::from(busy > 0);
        if let Some(agent) = contact.agent {
            let from = answered.instant_ms();
            let end = last_ends.entry((contact.channel, agent)).or_insert(i64::MIN);
            self.overlapping += u64::from(from < *end);
            *end = from.saturating_add(busy);
        }
    }

    pub fn add(&mut self, other: &Self) {
        self.contacts += other.contacts;
        self.public += other.public;
        self.gave_up += other.gave_up;
        self.timed += other.timed;
        self.long_waits += other.long_waits;
        self.spoken += other.spoken;
        self.takes_time += other.takes_time;
        self.overlapping += other.overlapping;
    }

    /// Whether they do. Most of those who are served wait at most half an hour; where the log says when conversations ended,
    /// most take some time; and some hang up, or those who serve have one conversation at a time.
    pub fn hold_the_line(&self) -> bool {
        let patient = self.timed > 0 && self.long_waits * 2 >= self.timed;
        let gave_up = self.gave_up as f64 >= HANG_UPS * self.contacts as f64;
        if self.public * 2 > self.contacts || patient {
            return false;
        }
        if self.spoken == 0 {
            return gave_up;
        }
        self.takes_time * 2 > self.spoken && (gave_up || self.overlapping * 4 < self.spoken)
    }
}
