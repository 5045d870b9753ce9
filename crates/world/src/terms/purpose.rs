//! What each random draw is for. The numbers are part of the results: never reuse or reorder them.

use heard_math::engine::keyed;

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
    /// The network of followers (customer).
    Network = 19,
    /// Which company a customer of day 0 buys from (customer).
    FirstCompany = 20,
    /// Takes an apology or not; sees a gimmick or not (customer, generation).
    Temper = 21,
    /// Feels followed or not; rates people or not (customer, generation).
    Manner = 22,
    /// Which company an occasion is with, where one buys from each; comes as a rant or not
    /// (candidate).
    Which = 23,
    /// Kind misread or not, and for which other (candidate).
    Misread = 24,
    /// Take it to the public or not, and where; name the company or not (candidate).
    Escalation = 25,
    /// Which other company, if any (candidate, or customer and generation for newcomers).
    Choice = 26,
    /// Skill (person and team, company).
    Skill = 27,
    /// Which of those who are free (candidate, message).
    Who = 28,
    /// Time until a detractor's next candidate post, and how willingly it is thinned out (detractor
    /// and company, post).
    Detractor = 29,
    /// When a probe is posted (probe).
    Probe = 30,
    /// The tree of shares of a post on the way to the public after a private attempt (candidate).
    LaterShares = 31,
    /// How long a call rings at somebody who is free (candidate, message).
    Pickup = 32,
    /// The same (arrival, stream and attempt).
    StreamPickup = 33,
}

impl keyed::Purpose for Purpose {
    fn number(self) -> u16 {
        self as u16
    }
}
