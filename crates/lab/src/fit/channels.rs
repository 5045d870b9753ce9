//! The channels of a log, and whether customers hold the line on them.

use indexmap::IndexMap;

use super::name;
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
pub fn channels(by_channel: &ByChannel<'_>, about: &About) -> Vec<Channel> {
    let names = by_channel.keys().map(|number| name::plain(about.names.channels.name(*number)));
    let names = name::unique(names);
    names.into_iter().zip(by_channel.values()).map(|(name, all)| Channel::of(name, all)).collect()
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
    /// Contacts whose first answer sends the customer elsewhere.
    pub redirected: usize,
    /// Contacts that were answered.
    pub answered: usize,
    /// Contacts whose customer gave up.
    pub gave_up: usize,
}

impl Channel {
    fn of(name: String, contacts: &[&Contact]) -> Self {
        let count =
            |which: fn(&Contact) -> bool| contacts.iter().filter(|contact| which(contact)).count();
        let public = count(|contact| contact.public == Some(true)) * 2 > contacts.len();
        let gave_up = count(|contact| contact.outcome == Outcome::GaveUp);
        Self {
            name,
            public,
            live: !public && holds_the_line(contacts, gave_up),
            gave_up,
            redirected: count(|contact| contact.outcome == Outcome::Redirected),
            answered: count(|contact| contact.outcome.is_answered()),
        }
    }
}

/// Where fewer than this share give up, that may be a slip of the log.
const HANG_UPS: f64 = 0.01;

/// Whether customers hold the line, as far as times show it. Most of those who are served wait at most
/// half an hour; where the log says when conversations ended, most take some time; and some
/// hang up, or those who serve have one conversation at a time. Tickets that are closed long after the
/// first reply overlap.
fn holds_the_line(contacts: &[&Contact], gave_up: usize) -> bool {
    const LONGEST: i64 = 30 * 60 * 1000;
    let mut waits: Vec<i64> = contacts
        .iter()
        .filter_map(|contact| contact.answered.map(|answered| contact.arrived.until(answered)))
        .collect();
    waits.sort_unstable();
    let patient = waits.get(waits.len() / 2).is_some_and(|median| *median > LONGEST);
    let gave_up = gave_up as f64 >= HANG_UPS * contacts.len() as f64;
    let mut spoken: Vec<(Option<u32>, i64, i64)> = contacts
        .iter()
        .filter_map(|contact| {
            let (from, to) = contact.answered.zip(contact.closed)?;
            Some((contact.agent, from.instant_ms(), to.instant_ms()))
        })
        .collect();
    if spoken.is_empty() {
        return gave_up && !patient;
    }
    let takes_time = spoken.iter().filter(|(_, from, to)| to > from).count();
    spoken.sort_unstable();
    let overlap = |pair: &&[(Option<u32>, i64, i64)]| {
        pair[0].0.is_some() && pair[0].0 == pair[1].0 && pair[1].1 < pair[0].2
    };
    let overlapping = spoken.windows(2).filter(overlap).count();
    !patient && takes_time * 2 > spoken.len() && (gave_up || overlapping * 4 < spoken.len())
}

#[cfg(test)]
mod tests {
    use crate::fit::calls::tests::read;

    #[test]
    fn tickets_that_overlap_or_lie_long_are_no_calls() {
        let live = |rows: &str| {
            let calls = read(&format!("arrived,answered,closed,agent,outcome\n{rows}"), None);
            calls.channels[0].live
        };
        // One after another, some at once, some after minutes.
        assert!(live(
            "2026-03-02T09:00,2026-03-02T09:00,2026-03-02T09:10,ann,\n\
                      2026-03-02T09:05,2026-03-02T09:10,2026-03-02T09:20,ann,\n\
                      2026-03-02T09:15,2026-03-02T09:20,2026-03-02T09:30,ann,\n"
        ));
        // Answered as fast, but closed hours later, one beside another.
        let tickets = "2026-03-02T09:00,2026-03-02T09:00,2026-03-02T15:10,ann,\n\
                       2026-03-02T09:05,2026-03-02T09:10,2026-03-02T12:20,ann,\n\
                       2026-03-02T09:15,2026-03-02T09:20,2026-03-02T19:30,ann,\n";
        assert!(!live(tickets));
        // Somebody hung up: these are several conversations at once.
        assert!(live(&format!("{tickets}2026-03-02T09:15,,2026-03-02T09:20,,abandoned\n")));
        // Nobody holds the line for an hour.
        assert!(!live(
            "2026-03-02T09:00,2026-03-02T10:00,2026-03-02T10:10,ann,\n\
                       2026-03-02T09:15,,2026-03-02T09:20,,abandoned\n"
        ));
        // Closed as it was answered.
        assert!(!live(
            "2026-03-02T09:00,2026-03-02T09:10,2026-03-02T09:10,ann,\n\
                       2026-03-02T09:15,,2026-03-02T09:20,,abandoned\n"
        ));
    }
}
