//! One voiced problem, across all its messages.

use crate::independent::people::Standing;
use crate::independent::triage::Kind;

#[derive(Clone, Copy, PartialEq, Debug)]
pub enum End {
    Resolved,
    /// Answered by a person, not solved, dropped; or nothing was asked.
    Settled,
    GaveUp,
    Left,
}

pub struct Case {
    pub place: usize,
    pub generation: u32,
    pub followers: f64,
    pub kind: Kind,
    /// What triage takes it for.
    pub read_as: Kind,
    pub severity: f64,
    pub cause: Option<usize>,
    /// Whether it is a failure after an earlier one of the same customer.
    pub second: bool,
    pub voiced: f64,
    /// Voiced in the counted window.
    pub counted: bool,
    pub first_public: bool,
    pub standing: Standing,
    /// Uniform that decides whether a search finds it.
    pub finding: f64,
    /// Uniforms that decide whether an answer is expected, and by when.
    pub expects: (f64, f64),

    /// Messages so far, the latest included.
    pub messages: u32,
    pub channel: usize,
    pub written: f64,
    /// Hours within which an answer to the latest message is expected.
    pub expected: Option<f64>,
    /// Whether the customer waits for an answer to the latest message.
    pub waiting: bool,
    /// Whether a person answered the latest message, or its silence is judged.
    pub judged: bool,
    /// What envy had counted when the latest message was written.
    pub seen_before: f64,

    pub thread: Thread,
    pub escalated: bool,
    pub money_given: bool,
    pub seen: bool,
    pub answered: Option<f64>,
    pub heard: bool,
    pub resolved: Option<f64>,
    pub end: Option<(f64, End)>,
}

/// Messages in one place: those of a case before it is taken to the public, and those after.
#[derive(Clone, Default)]
pub struct Thread {
    pub number: u32,
    pub tagged: bool,
    /// A search finds it although it does not name the company.
    pub found: bool,
    pub answered: bool,
    pub post: Option<usize>,
}

impl Case {
    pub fn asks(&self) -> bool {
        self.kind.asks()
    }

    pub fn is_open(&self) -> bool {
        self.end.is_none()
    }
}
