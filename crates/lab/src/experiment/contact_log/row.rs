//! One contact of a simulated log.

use heard_contacts::Outcome;
use heard_scenario::triage::Kind;
use heard_world::observer::Author;

/// One contact. Times are hours since the run began; companies, channels, teams and streams go by
/// their indices.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// The company.
    pub company: u8,
    /// The channel.
    pub channel: u16,
    /// Who turned to the company.
    pub who: Who,
    /// What it is about.
    pub about: About,
    /// Which contact of this customer about this very problem it is, the first is 1.
    pub message: u16,
    /// Rank that triage gave it, if it has come before triage.
    pub rank: Option<u8>,
    /// Followers, where they are known.
    pub followers: Option<f64>,
    /// When it came in.
    pub arrived: f64,
    /// When somebody picked up, or the reply was written.
    pub answered: Option<f64>,
    /// When the conversation ended.
    pub closed: Option<f64>,
    /// When the customer hung up or stopped waiting.
    pub gave_up: Option<f64>,
    /// Who attended to it: team, and person from 1.
    pub agent: Option<(u16, u32)>,
    /// What is done with it sends the customer elsewhere.
    pub redirects: bool,
}

/// Who turned to a company.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Who {
    /// A caller of a stream.
    Caller {
        /// Index of the stream.
        stream: u16,
        /// Which one, the first is 0.
        number: u32,
    },
    /// Who is behind a case.
    Case(Author),
}

/// What a contact is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum About {
    /// What its stream is about.
    Stream(u16),
    /// A case.
    Kind(Kind),
    /// Nothing but how it is answered.
    Probe,
}

impl Row {
    /// A contact that comes in at `arrived` at this company on this channel.
    #[must_use]
    pub fn new(arrived: f64, (company, channel): (usize, usize), who: Who, about: About) -> Self {
        Self {
            company: company as u8,
            channel: channel as u16,
            who,
            about,
            message: 1,
            rank: None,
            followers: None,
            arrived,
            answered: None,
            closed: None,
            gave_up: None,
            agent: None,
            redirects: false,
        }
    }

    /// The customer hangs up or stops waiting.
    pub(super) fn gives_up(&mut self, hours: f64) {
        self.gave_up = self.gave_up.or(Some(hours));
    }

    /// The work is done, with or without a word to the customer.
    pub(super) fn done(&mut self, hours: f64, answers: bool) {
        if answers {
            self.answered = self.answered.or(Some(hours));
        }
        self.closed = self.answered.map(|_| hours);
    }

    /// What became of it.
    #[must_use]
    pub fn outcome(&self) -> Outcome {
        match (self.answered, self.gave_up) {
            (Some(_), _) if self.redirects => Outcome::Redirected,
            (Some(_), _) => Outcome::Answered,
            (None, Some(_)) => Outcome::GaveUp,
            (None, None) => Outcome::Waiting,
        }
    }

    /// When it was over, if it is.
    #[must_use]
    pub fn over(&self) -> Option<f64> {
        if self.answered.is_some() { self.closed } else { self.gave_up }
    }
}
