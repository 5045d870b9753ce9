//! What is still to happen, in order of time, and at one instant in order of scheduling.

use std::cmp::Ordering;
use std::collections::BinaryHeap;

use crate::independent::desk::Work;
use crate::independent::triage::Kind;

pub enum Event {
    Occasion(Kind),
    ShiftChange { team: usize },
    Search { round: u32 },
    Finished { team: usize, work: Work, kept: f64, picked_up: f64 },
    Read { case: usize },
    PicksUp { case: usize, message: u32 },
    HangsUp { case: usize, message: u32 },
    Overdue { case: usize, message: u32 },
    GivesUp { case: usize, message: u32 },
    WritesAgain { case: usize },
    Shared { post: usize, share: usize },
    Newcomer { place: usize },
    CauseRemoved { cause: usize },
    DayEnds,
}

struct Entry {
    at: f64,
    order: u64,
    event: Event,
}

impl Ord for Entry {
    fn cmp(&self, other: &Self) -> Ordering {
        other.at.total_cmp(&self.at).then(other.order.cmp(&self.order))
    }
}

impl PartialOrd for Entry {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Entry {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Entry {}

#[derive(Default)]
pub struct Agenda {
    entries: BinaryHeap<Entry>,
    scheduled: u64,
}

impl Agenda {
    pub fn add(&mut self, at: f64, event: Event) {
        self.scheduled += 1;
        self.entries.push(Entry { at, order: self.scheduled, event });
    }

    pub fn next(&mut self) -> Option<(f64, Event)> {
        self.entries.pop().map(|entry| (entry.at, entry.event))
    }
}
