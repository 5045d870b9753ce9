//! What becomes of a team's time, window by window.

use crate::plan::counted::{Span, clip};

/// What became of a team's time within one window.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Hours {
    /// Hours of conversations in progress.
    pub busy: f64,
    /// Hours of conversations that its people could hold, and of those that outlasted a shift.
    pub staffed: f64,
    /// Wages of the hours that its people were paid for, at the wage in force in each.
    pub wages: f64,
}

/// How many at once.
#[derive(Clone, Copy, Debug)]
pub(super) struct Numbers {
    /// Conversations in progress.
    pub busy: f64,
    /// Conversations that people are there for.
    pub staffed: f64,
    /// People who are paid.
    pub paid: f64,
}

/// A team's time within one window, as it is counted.
#[derive(Clone, Copy, Debug)]
pub(super) struct Worked {
    window: Span,
    busy: f64,
    staffed: f64,
    /// Paid hours at the wage in force, and what was earned at other wages before.
    paid: f64,
    earned: f64,
}

impl Worked {
    pub fn new(window: Span) -> Self {
        Self { window, busy: 0.0, staffed: 0.0, paid: 0.0, earned: 0.0 }
    }

    /// From one moment to another these were the numbers.
    #[inline]
    pub fn add(&mut self, (from, to): Span, numbers: Numbers) {
        let hours = clip(self.window, to) - clip(self.window, from);
        self.busy += numbers.busy * hours;
        self.staffed += numbers.staffed * hours;
        self.paid += numbers.paid * hours;
    }

    /// The hours paid so far were worth this wage; those to come are worth another.
    pub fn settle(&mut self, wage: f64) {
        self.earned += self.paid * wage;
        self.paid = 0.0;
    }

    /// What it comes to at the wage now in force.
    pub fn hours(&self, wage: f64) -> Hours {
        Hours { busy: self.busy, staffed: self.staffed, wages: self.earned + self.paid * wage }
    }
}
