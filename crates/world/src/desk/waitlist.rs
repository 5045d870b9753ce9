//! Those of one rank who wait in one line.

use std::cmp::Ordering;
use std::collections::{BinaryHeap, VecDeque};

#[derive(Clone, Copy, Debug)]
pub(super) struct Waiting {
    pub urgency: f64,
    pub order: u64,
    pub place: u32,
    pub generation: u32,
}

/// The greatest is taken first.
impl Ord for Waiting {
    fn cmp(&self, other: &Self) -> Ordering {
        self.urgency.total_cmp(&other.urgency).then(other.order.cmp(&self.order))
    }
}

impl PartialOrd for Waiting {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Waiting {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Waiting {}

/// Those of one rank who wait in one line.
#[derive(Clone, Debug)]
pub(super) enum Waitlist {
    /// First come, first served.
    Oldest(VecDeque<Waiting>),
    /// By urgency.
    Urgent(BinaryHeap<Waiting>),
}

impl Waitlist {
    pub fn push(&mut self, waiting: Waiting) {
        match self {
            Self::Oldest(list) => list.push_back(waiting),
            Self::Urgent(heap) => heap.push(waiting),
        }
    }

    #[inline]
    pub fn front(&self) -> Option<&Waiting> {
        match self {
            Self::Oldest(list) => list.front(),
            Self::Urgent(heap) => heap.peek(),
        }
    }

    #[inline]
    pub fn pop(&mut self) {
        match self {
            Self::Oldest(list) => drop(list.pop_front()),
            Self::Urgent(heap) => drop(heap.pop()),
        }
    }
}

impl Default for Waitlist {
    fn default() -> Self {
        Self::Oldest(VecDeque::new())
    }
}
