//! The channels of a log, and what they are taken for.

use indexmap::IndexMap;

use super::name;
use crate::line::{Basis, Evidence, Finding};
use heard_contacts::{About, Contact, Outcome};
use heard_scenario::source::nearest;
use heard_text::diagnostic::Diagnostic;
use heard_text::list::list;

/// The contacts of each channel, by its number in the log.
pub type ByChannel<'a> = IndexMap<u32, Vec<&'a Contact>>;

/// Sorts contacts by channel.
#[must_use]
pub fn by_channel<'a>(kept: &[&'a Contact]) -> ByChannel<'a> {
    let mut channels = ByChannel::new();
    kept.iter().for_each(|contact| channels.entry(contact.channel).or_default().push(contact));
    channels
}

/// What channels are said to be, by their names in the log, whatever their contacts show.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Told {
    /// Customers hold the line there.
    pub line: Vec<String>,
    /// Messages lie there until somebody has time.
    pub inbox: Vec<String>,
}

impl Told {
    /// Whether it is said that customers hold the line on this channel; `None` where nothing is.
    #[must_use]
    pub fn of(&self, channel: &str) -> Option<bool> {
        let says = |names: &[String]| names.iter().any(|name| name == channel);
        says(&self.line).then_some(true).or_else(|| says(&self.inbox).then_some(false))
    }

    /// # Errors
    /// Where the log has no such channel, or one is said to be both.
    pub fn check(&self, about: &About) -> Result<(), Diagnostic> {
        let channels = &about.names.channels;
        let refused = |message: String| Diagnostic::in_source(&about.name, None, message);
        if let Some(both) = self.line.iter().find(|name| self.inbox.contains(name)) {
            let message = format!("channel `{both}` cannot be both a line and an inbox");
            return Err(refused(message).help("leave out `--line` or `--inbox`"));
        }
        let unknown = |name: &&String| !channels.iter().any(|channel| channel == name.as_str());
        let Some(name) = self.line.iter().chain(&self.inbox).find(unknown) else { return Ok(()) };
        let help = match nearest(name, channels.iter()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => {
                let more = channels.len().saturating_sub(10);
                let more = (more > 0).then(|| format!("{more} more"));
                let some = channels.iter().take(10).map(ToString::to_string).chain(more);
                format!("the channels are: {}", list(&some.collect::<Vec<_>>()))
            }
        };
        Err(refused(format!("there is no channel `{name}` in the log")).help(help))
    }
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
