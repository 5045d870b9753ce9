//! What each random draw is for. The numbers are part of the results: never reuse or reorder them.

use crate::engine::keyed;

/// The purposes of the world's draws, with the entity that each is keyed by.
#[derive(Clone, Copy, Debug)]
pub enum Purpose {
    /// Time since the candidate occasion before (candidate).
    Gap = 1,
    /// Which kind of occasion, and how willingly it is thinned out; who it happens to (candidate).
    Mark = 2,
    /// How bad it is, and which root cause it has (candidate).
    Severity = 3,
    /// Speak up where, or not at all (candidate).
    Voice = 4,
    /// Name the company or not; be found by a search or not (candidate, message).
    Notice = 5,
    /// Expect an answer or not, and by when (candidate).
    Expectation = 6,
    /// Give up waiting when; patience on the line (candidate, message).
    Patience = 7,
    /// Handle time, and whether the answer solves the problem (candidate, message).
    Handling = 8,
    /// Write again or not, and when (candidate, message).
    Again = 9,
    /// Call again or not, and when (candidate, message).
    Redial = 10,
    /// The tree of shares of a post (candidate).
    Shares = 11,
    /// Leave the company or not (candidate).
    Leaving = 12,
    /// Followers and base attitude (customer, generation).
    Person = 13,
    /// Expectation of care; time until the place is taken again (customer, generation).
    Habit = 14,
    /// Common factor of a day (day, source).
    Day = 15,
    /// Time since the arrival before, and handle time (arrival, stream).
    StreamArrival = 16,
    /// Patience, and whether the answer solves the problem (arrival, stream).
    StreamPatience = 17,
    /// Call again or not, and when (arrival, stream and attempt).
    StreamRedial = 18,
    /// How many followers, and who they are (customer).
    Network = 19,
}

impl keyed::Purpose for Purpose {
    fn number(self) -> u16 {
        self as u16
    }
}
