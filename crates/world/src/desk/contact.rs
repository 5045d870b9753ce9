//! A contact: one piece of work for a person.

use heard_scenario::answer::Action;

/// What a contact belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Work {
    /// A message of a case.
    Case(u32),
    /// A contact of an open stream.
    Stream(u16),
    /// Reading what a sweep found.
    Sweep(u32),
    /// Writing a post for the feed.
    Feed(Entry),
}

/// What a company posts unasked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Entry {
    /// A promotion.
    Promotion,
    /// A link.
    Link,
    /// A look behind the scenes.
    Face,
}

/// One piece of work for a person.
#[derive(Clone, Copy, Debug)]
pub struct Contact {
    /// What it belongs to.
    pub work: Work,
    /// The line it waits in.
    pub line: u16,
    /// Rank, 1 first, 9 last.
    pub priority: u8,
    /// Among contacts of one rank the highest comes first, and of equals the oldest.
    pub urgency: f64,
    /// What is to be done.
    pub action: Action,
    /// Time that it will take, in hours.
    pub handle: f64,
    /// Decides whether the answer solves the problem.
    pub solves: f64,
    /// Arrival within its stream, or message within its case.
    pub number: u32,
    /// How often this caller has called again.
    pub attempt: u16,
    /// When the problem was first voiced, in hours.
    pub voiced_at: f64,
    /// When this contact came in, in hours.
    pub arrived: f64,
}
