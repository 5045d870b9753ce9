//! What can be watched while the world runs.

use heard_scenario::answer::Action;
use heard_scenario::triage::Kind;

/// Something that happened to a case. Cases are numbered by their candidate occasion, which is the
/// same in every arm. Channels and teams are indices among those of the case's company.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Happening {
    /// A failure, a question, a misconception or a delight occurred.
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

/// What somebody turns to a company with, or what a company gives its people to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Matter {
    /// A message of a case, or a call about it.
    Message {
        /// Number of the case.
        candidate: u32,
        /// Which of its messages, the first is 1.
        message: u16,
    },
    /// A contact of an open stream.
    Call {
        /// Index of the stream.
        stream: usize,
        /// Which caller, the first is 0.
        number: u32,
        /// How often this caller has called again.
        attempt: u16,
    },
    /// Work of a team that no contact has brought.
    Chore,
}

/// Who is behind a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Author {
    /// A customer.
    Customer {
        /// Their place.
        place: u32,
        /// How many have held that place before.
        generation: u16,
    },
    /// A mystery shopper.
    Auditor {
        /// Number of the probe.
        probe: u32,
    },
    /// A determined detractor.
    Detractor {
        /// Which of the company's.
        number: u32,
    },
    /// Many at once, over a mistake.
    Crowd {
        /// Which of the company's mistakes.
        mistake: u32,
    },
}

/// What becomes of a matter at the company, whatever its customer has decided meanwhile.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Step {
    /// The message was written, or the call about a case made.
    Wrote {
        /// Index of the channel.
        channel: usize,
        /// What it is.
        kind: Kind,
        /// Who is behind it.
        author: Author,
        /// Followers of its author.
        followers: f64,
    },
    /// The contact of a stream came in.
    Called {
        /// Index of the channel.
        channel: usize,
        /// Rank in the queue, 1 first.
        rank: u8,
    },
    /// A machine answered at once.
    ByMachine {
        /// What was done.
        action: Action,
    },
    /// It was put in line for those who serve the line, who may take it in the same instant.
    InLine {
        /// Where the desk keeps it until it is over; nothing else of the company is there.
        place: u32,
        /// Index of the channel; of a team's chores, the number of channels + the index of the team.
        line: usize,
        /// Rank in the queue, 1 first.
        rank: u8,
        /// Among contacts of one rank the highest comes first, and of equals the oldest.
        urgency: f64,
        /// Time that it will take, in hours.
        handle: f64,
    },
    /// It rings at somebody who is free: they take nothing else until they pick up or the caller hangs
    /// up.
    Rings {
        /// Index of the team.
        team: usize,
        /// Which of its people, where they are told apart.
        person: Option<u16>,
        /// Where the desk keeps it until it is over; nothing else of the company is there.
        place: u32,
    },
    /// The caller hung up before anybody picked up, or found nobody there, or a busy line.
    HungUp,
    /// Somebody picked up, or began to read and write.
    Begun {
        /// Index of the team.
        team: usize,
        /// Which of its people, where they are told apart.
        person: Option<u16>,
        /// Where the desk keeps it until it is over; nothing else of the company is there.
        place: u32,
        /// What is done.
        action: Action,
        /// Whether this is the answer already: somebody is on the line.
        answers: bool,
    },
    /// It is done.
    Ended {
        /// Index of the team.
        team: usize,
        /// Where the desk kept it.
        place: u32,
        /// Whether the customer has been told anything.
        answers: bool,
    },
}

/// Watches a replication. Resolved at compile time: watching nothing costs nothing.
pub trait Observer {
    /// `what` happened at `hours` to the case of `candidate`.
    fn happened(&mut self, hours: f64, candidate: u32, what: Happening);

    /// `step` was taken at `hours` with a matter of this company's (index).
    #[inline]
    fn handled(&mut self, _hours: f64, _company: usize, _matter: Matter, _step: Step) {}

    /// From `hours` on a team (indices of company and team) has this many people on duty.
    #[inline]
    fn staffed(&mut self, _hours: f64, _company: usize, _team: usize, _people: u32) {}

    /// From `hours` on the companies do what this phase (index) says.
    #[inline]
    fn switched(&mut self, _hours: f64, _phase: usize) {}
}

/// Watches nothing.
impl Observer for () {
    #[inline]
    fn happened(&mut self, _: f64, _: u32, _: Happening) {}
}
