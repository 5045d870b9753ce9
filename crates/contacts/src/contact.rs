//! One contact of a log.

use super::Moment;

/// A customer turned to a company once, on one channel, and this became of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Contact {
    /// The line of the log that it begins on, counted from 1.
    pub line: u64,
    /// Names the customer: equal for contacts of one customer.
    pub customer: Option<u64>,
    /// The company, by its number among the log's companies.
    pub company: u32,
    /// The channel, by its number among the log's channels.
    pub channel: u32,
    /// What it is about, by its number among the log's kinds.
    pub kind: Option<u32>,
    /// Rank that the log gives it; what a higher one means is the log's business.
    pub priority: Option<u8>,
    /// Who answered first, by number among the log's people.
    pub agent: Option<u32>,
    /// When it came in.
    pub arrived: Moment,
    /// When a person first answered: picked up, or replied.
    pub answered: Option<Moment>,
    /// When it was over: hung up, or closed.
    pub closed: Option<Moment>,
    /// How long the person who answered was busy, in milliseconds, where the log gives a length instead
    /// of two times.
    pub handled_ms: Option<i64>,
    /// What became of it.
    pub outcome: Outcome,
    /// Whether the matter was settled; `None` where the log does not say.
    pub resolved: Option<bool>,
    /// Whether everybody could read it.
    pub public: Option<bool>,
    /// Followers of the customer.
    pub followers: Option<f64>,
    /// The conversation, where the log holds its words.
    pub talk: Option<Talk>,
}

impl Contact {
    /// A contact that begins on a line of a log and came in then; nothing else is known of it.
    #[must_use]
    pub fn arrived_at(line: u64, arrived: Moment) -> Self {
        Self {
            line,
            customer: None,
            company: 0,
            channel: 0,
            kind: None,
            priority: None,
            agent: None,
            arrived,
            answered: None,
            closed: None,
            handled_ms: None,
            outcome: Outcome::Unknown,
            resolved: None,
            public: None,
            followers: None,
            talk: None,
        }
    }

    /// How long the person who answered was busy, in milliseconds: as the log says, or else from the
    /// first answer to the end.
    #[must_use]
    pub fn busy_ms(&self) -> Option<i64> {
        let between = || self.answered.zip(self.closed).map(|(from, to)| from.until(to));
        self.handled_ms.or_else(between)
    }
}

/// What became of a contact.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Somebody answered.
    Answered,
    /// Somebody answered and sent the customer to another channel.
    Redirected,
    /// The customer gave up before anybody answered.
    GaveUp,
    /// Nobody had answered when the log ends.
    Waiting,
    /// The log does not tell: somebody may have answered.
    Unknown,
}

impl Outcome {
    /// Whether somebody answered.
    #[must_use]
    pub fn is_answered(self) -> bool {
        matches!(self, Self::Answered | Self::Redirected)
    }
}

/// What the words of a conversation show.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Talk {
    /// Messages of both sides.
    pub turns: u32,
    /// Messages of the company.
    pub replies: u32,
    /// The first answer says sorry.
    pub apologizes: bool,
    /// The first answer has nearly the words of another reply of the company.
    pub copied: bool,
    /// It has, and came within a minute.
    pub automatic: bool,
    /// Where the first answer sends the customer, if it does.
    pub sent_to: Option<SentTo>,
    /// Whether all replies are signed by one person; `None` where fewer than two are signed.
    pub same_person: Option<bool>,
    /// Whether the customer wrote again after the first answer.
    pub wrote_again: bool,
}

/// Where an answer sends a customer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SentTo {
    /// To private messages.
    PrivateMessages,
    /// To the telephone.
    Phone,
    /// To electronic mail.
    Mail,
    /// To a page of the company's.
    Page,
}
