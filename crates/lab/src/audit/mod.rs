//! The audit of a log: a report card for every company and channel.
//!
//! Contacts go by one at a time and leave counts behind, so that memory does not grow with the log.

pub mod card;
pub mod durations;
pub mod measure;
pub mod shopper;

use indexmap::IndexMap;

use card::Card;
use heard_contacts::input::Input;
use heard_contacts::{About, Caveat, Contact, Options, read};
use heard_text::diagnostic::Diagnostic;
use heard_text::number::count;
use measure::Finding;

pub use crate::experiment::ALL;

/// Companies and channels that may come together: each pair has a card of some kilobytes.
pub const MOST_CARDS: usize = 20_000;

/// The grades of a log.
#[derive(Clone, Debug)]
pub struct Audit {
    /// The log.
    pub about: About,
    /// All of it.
    pub all: Card,
    cards: IndexMap<(u32, u32), Card>,
}

/// One company on one channel.
#[derive(Clone, Debug)]
pub struct Subject<'a> {
    /// The company, or [`ALL`].
    pub company: &'a str,
    /// The channel, or [`ALL`].
    pub channel: &'a str,
    /// Its card.
    pub card: &'a Card,
    /// What the card says.
    pub findings: Vec<Finding>,
}

/// Cards while contacts go by.
#[derive(Clone, Debug, Default)]
pub struct Grader {
    all: Card,
    cards: IndexMap<(u32, u32), Card>,
    /// The line of the first contact of a pair too many.
    too_many: Option<u64>,
}

impl Grader {
    /// Adds a contact.
    pub fn count(&mut self, contact: &Contact) {
        self.all.count(contact);
        let key = (contact.company, contact.channel);
        if self.cards.len() < MOST_CARDS || self.cards.contains_key(&key) {
            self.cards.entry(key).or_default().count(contact);
        } else {
            self.too_many.get_or_insert(contact.line);
        }
    }

    /// The grades, with what is known of the contacts.
    #[must_use]
    pub fn audit(mut self, about: About) -> Audit {
        self.cards.sort_by(|key, card, other_key, other| {
            other.contacts().cmp(&card.contacts()).then(key.cmp(other_key))
        });
        Audit { about, all: self.all, cards: self.cards }
    }
}

impl Audit {
    /// Reads a log and grades it.
    ///
    /// # Errors
    /// As [`read`] says.
    pub fn of_log(input: Input, options: &Options) -> Result<Self, Diagnostic> {
        let mut grader = Grader::default();
        let mut about = read(input, options, &mut |contact| grader.count(contact))?;
        if grader.too_many.is_some() {
            let most = count(MOST_CARDS as u64);
            let message = format!("the log has more than {most} pairs of a company and a channel");
            return Err(Diagnostic::in_source(&about.name, grader.too_many, message).help(
                "if they are free text, map another column to `company` or `channel`, or none",
            ));
        }
        if grader.all.untimed > 0 {
            about.caveats.push(Caveat::UntimedAnswers(grader.all.untimed));
        }
        Ok(grader.audit(about))
    }

    /// When the log ends, milliseconds since 1970.
    #[must_use]
    pub fn log_ends(&self) -> i64 {
        self.about.span.map_or(0, |(_, last)| last.instant_ms())
    }

    /// The companies and channels of the log, those with most contacts first; after them all together, where there
    /// are several.
    #[must_use]
    pub fn subjects(&self) -> Vec<Subject<'_>> {
        let names = &self.about.names;
        let subject = |company, channel, card| {
            let findings = Card::findings(card, self.log_ends(), self.about.tells_answer_rate);
            Subject { company, channel, card, findings }
        };
        let named = |(&(company, channel), card)| {
            subject(names.companies.name(company), names.channels.name(channel), card)
        };
        let mut all: Vec<Subject<'_>> = self.cards.iter().map(named).collect();
        if all.len() > 1 {
            all.push(subject(ALL, ALL, &self.all));
        }
        all
    }
}
