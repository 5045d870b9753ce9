//! The channels of a log, and what they are taken for.

use indexmap::IndexMap;

use super::name;
pub use crate::line::Told;
use crate::line::{Basis, Evidence, Finding};
use heard_contacts::{About, Contact, Outcome};

/// The contacts of each channel, by its number in the log.
pub type ByChannel<'a> = IndexMap<u32, Vec<&'a Contact>>;

/// Sorts contacts by channel.
#[must_use]
pub fn by_channel<'a>(kept: &[&'a Contact]) -> ByChannel<'a> {
    let mut channels = ByChannel::new();
    kept.iter().for_each(|contact| channels.entry(contact.channel).or_default().push(contact));
    channels
}

/// The channels, named apart.
#[must_use]
pub fn channels(by_channel: &ByChannel<'_>, about: &About, told: &Told) -> Vec<Channel> {
    let said = |number: &u32| about.names.channels.name(*number);
    let names = name::unique(by_channel.keys().map(|number| name::plain(said(number))));
    let channel = |(name, (number, all)): (String, (&u32, &Vec<&Contact>))| {
        Channel::of(name, all, told.of(said(number)))
    };
    names.into_iter().zip(by_channel).map(channel).collect()
}

/// One channel.
#[derive(Clone, Debug, PartialEq)]
pub struct Channel {
    /// Its name.
    pub name: String,
    /// Whether everybody can read it.
    pub public: bool,
    /// Whether customers hold the line.
    pub live: bool,
    /// What that rests on.
    pub basis: Basis,
    /// Contacts whose first answer sends the customer elsewhere.
    pub redirected: usize,
    /// Contacts that were answered.
    pub answered: usize,
    /// Contacts whose customer gave up.
    pub gave_up: usize,
}

impl Channel {
    fn of(name: String, contacts: &[&Contact], told: Option<bool>) -> Self {
        let count =
            |which: fn(&Contact) -> bool| contacts.iter().filter(|contact| which(contact)).count();
        let mut evidence = Evidence::default();
        contacts.iter().for_each(|contact| evidence.add(contact));
        let shown = evidence.finding();
        let Finding { public, live, basis } = told.map_or(shown, |live| shown.told(live));
        Self {
            name,
            public,
            live,
            basis,
            gave_up: count(|contact| contact.outcome == Outcome::GaveUp),
            redirected: count(|contact| contact.outcome == Outcome::Redirected),
            answered: count(|contact| contact.outcome.is_answered()),
        }
    }
}
