//! What can be watched while the world runs.

use crate::scenario::answer::Action;
use crate::scenario::triage::Kind;

/// Something that happened to a case. Cases are numbered by their candidate occasion, which is the
/// same in every arm. Channels and teams are indices among those of the case's company.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Happening {
    /// A failure, a question, a misconception or a delight came about.
    Occasion {
        /// What it is.
        kind: Kind,
        /// How bad, how pressing, or how pleasing: 0 to 1.
        severity: f64,
        /// Index of the company that it happened with.
        company: usize,
        /// Place of the customer.
        customer: u32,
    },
    /// The customer kept it to themselves.
    Silent,
    /// The customer spoke up on this channel.
    Voiced {
        /// Index of the channel.
        channel: usize,
        /// Whether the message names the company.
        tagged: bool,
        /// How likely the customer held it that speaking up there helps, 0 to 1; `None` where
        /// nobody weighed that.
        belief: Option<f64>,
    },
    /// The customer wrote or called again about it.
    WroteAgain {
        /// Index of the channel.
        channel: usize,
        /// Which message it is, the first is 1.
        message: u16,
    },
    /// After a private attempt that failed, the customer took it to this public channel.
    WentPublic {
        /// Index of the channel.
        channel: usize,
    },
    /// Triage sorted the latest message.
    Sorted {
        /// What it took the message for.
        kind: Kind,
        /// What is to be done.
        action: Action,
        /// Rank in the queue, 1 first.
        rank: u8,
    },
    /// A person of the company read it.
    Seen,
    /// Somebody picked up the line, or began to write.
    PickedUp {
        /// Index of the team.
        team: usize,
        /// Which of its people, where they are told apart.
        person: Option<u16>,
    },
    /// The customer hung up before anybody picked up, or found nobody there.
    HungUp,
    /// Something came back.
    Answered {
        /// What was done.
        action: Action,
        /// Whether it was on topic and from a person.
        heard: bool,
        /// How satisfied the customer was with it, -1 to 1.
        satisfaction: f64,
    },
    /// The customer was sent to this private channel, and goes there.
    SentTo {
        /// Index of the channel.
        channel: usize,
    },
    /// Nobody answered in time, or at all, and the customer took it so.
    Ignored {
        /// How satisfied the customer was with that, -1 to 1.
        satisfaction: f64,
    },
    /// Somebody shared the post.
    Shared {
        /// How many have seen it in all.
        views: f64,
    },
    /// The problem is gone.
    Resolved,
    /// The customer stopped waiting.
    GaveUp,
    /// The customer went on without a solution.
    Settled,
    /// The customer left the company before the case was over.
    Left,
    /// The customer left the company because of it.
    Quit,
    /// The customer, having left, buys from this company now.
    WentTo {
        /// Index of the company.
        company: usize,
    },
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
