//! What can be watched while the world runs.

use crate::scenario::triage::Kind;

/// Something that happened to a case. Cases are numbered by their candidate occasion, which is the
/// same in every arm.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Happening {
    /// A failure, a question or a delight came about.
    Occasion(Kind),
    /// The customer kept it to themselves.
    Silent,
    /// The customer spoke up on this channel.
    Voiced {
        /// Index of the channel.
        channel: usize,
        /// Whether the message names the company.
        tagged: bool,
    },
    /// A person of the company read it.
    Seen,
    /// Something came back.
    Answered {
        /// Whether it was on topic and from a person.
        heard: bool,
    },
    /// The problem is gone.
    Resolved,
    /// The customer stopped waiting.
    GaveUp,
    /// The customer went on without a solution.
    Settled,
    /// The customer left the company before the case was over.
    Left,
}

/// Watches a replication. Resolved at compile time: watching nothing costs nothing.
pub trait Observer {
    /// `what` happened at `hours` to the case of `candidate`.
    fn happened(&mut self, hours: f64, candidate: u32, what: Happening);
}

/// Watches nothing.
impl Observer for () {
    #[inline]
    fn happened(&mut self, _: f64, _: u32, _: Happening) {}
}
