//! A case: one problem, however many messages it takes.

use super::candidate;
use super::observer::{Author, Matter};
use heard_scenario::triage::Kind;

/// How a voiced case came to its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// The problem is gone.
    Resolved,
    /// Answered, not solved, and the customer let it rest.
    Settled,
    /// The customer stopped waiting.
    GaveUp,
    /// The customer left the company.
    Left,
}

/// One voiced problem, question, praise, attack or probe.
#[derive(Clone, Debug)]
pub struct Case {
    /// The candidate occasion that it came from: its key in all draws.
    pub candidate: u32,
    /// The customer's place.
    pub place: u32,
    /// Who held the place.
    pub generation: u16,
    /// The company that it is about.
    pub company: u8,
    /// It is an auditor's.
    pub probe: bool,
    /// It belongs to no customer: a probe, a detractor's post, an outcry over a mistake.
    pub outsider: bool,
    /// Messages so far.
    pub messages: u16,
    /// What it is.
    pub kind: Kind,
    /// What triage takes it for.
    pub looks: Kind,
    /// How bad, 0 to 1.
    pub severity: f64,
    /// Where the customer spoke up first.
    pub first_channel: u16,
    /// Where the customer waits now.
    pub channel: u16,
    /// Root cause of a failure.
    pub cause: u32,
    /// Whether the message names the company.
    pub tagged: bool,
    /// Where the latest message was sent on to, if it was.
    pub sent_to: Option<u16>,
    /// Whether the customer writes in a thread in which the company has answered.
    pub in_thread: bool,
    /// Whether it was taken to the public after a private attempt that failed.
    pub escalated: bool,
    /// Who answered last, where people are told apart: team and person.
    pub person: Option<(u8, u16)>,
    /// How much of others' being answered could be seen when the message was written.
    pub seen_answers: f64,
    /// Whether the customer has had an earlier failure.
    pub not_first_failure: bool,
    /// Followers of the customer.
    pub followers: f64,
    /// When it was voiced, in hours.
    pub voiced_at: f64,
    /// Hours after which an answer is overdue where the customer waits now; infinite where none is
    /// expected.
    pub expected_within: f64,
    /// When the message that waits for an answer was written.
    pub asked_at: f64,
    /// When the first answer came; infinite: not yet.
    pub answered_at: f64,
    /// When the problem was solved; infinite: not yet.
    pub resolved_at: f64,
    /// When it came to its end; infinite: still open.
    pub ended_at: f64,
    /// How it ended, if it has.
    pub ending: Option<Ending>,
    /// A person of the company has read it.
    pub seen: bool,
    /// An on-topic answer came from a person.
    pub heard: bool,
    /// The customer waits for an answer.
    pub waiting: bool,
    /// The silence after the latest message has been judged.
    pub silence_judged: bool,
    /// Money has been given for it.
    pub compensated: bool,
    /// The public post, if there is one.
    pub post: Option<u32>,
}

impl Case {
    /// Whether anything came back.
    #[must_use]
    pub fn answered(&self) -> bool {
        self.answered_at.is_finite()
    }

    /// Whether the problem is gone.
    #[must_use]
    pub fn resolved(&self) -> bool {
        self.resolved_at.is_finite()
    }

    /// Whether its author waits for an answer and may write again.
    #[must_use]
    pub fn wants_answer(&self) -> bool {
        self.kind.asks()
    }

    /// Who is behind it.
    #[must_use]
    pub fn author(&self) -> Author {
        if self.probe {
            Author::Auditor { probe: self.candidate - candidate::PROBES }
        } else if !self.outsider {
            Author::Customer { place: self.place, generation: self.generation }
        } else if self.kind == Kind::Troll {
            Author::Detractor { number: candidate::detractor_of(self.candidate) }
        } else {
            Author::Crowd { mistake: candidate::mistake_of(self.candidate) }
        }
    }

    /// Its latest message.
    #[must_use]
    pub fn latest(&self) -> Matter {
        Matter::Message { candidate: self.candidate, message: self.messages }
    }

    /// Whether it counts in the rates of voiced complaints and questions.
    /// What belongs to no customer counts neither there nor among failures.
    #[must_use]
    pub fn asks(&self) -> bool {
        self.kind.asks() && !self.outsider
    }
}
