//! The contacts that a scenario is fitted to, in memory: some 250 bytes each while they are read, then
//! 80.

use std::ops::Range;

use indexmap::IndexMap;

use crate::contacts::input::Input;
use crate::contacts::moment::DAY_MS;
use crate::contacts::{About, Contact, LogError, Moment, Options, Outcome, read};
use crate::scenario::source::nearest;

/// Fewer than this make no class of their own.
const FEW: usize = 50;

/// What contacts that are treated alike have in common: channel, kind and rank.
type Key = (usize, Option<u32>, Option<u8>);

/// A log in memory.
#[derive(Clone, Debug)]
pub struct Contacts {
    about: About,
    all: Vec<Contact>,
}

impl Contacts {
    /// Reads the contacts of the days that are wanted, counted since 1970 by the log's own clock.
    ///
    /// # Errors
    /// Where the log cannot be read.
    pub fn read(
        input: Input,
        options: &Options,
        wanted: impl Fn(i64) -> bool,
    ) -> Result<Self, LogError> {
        let mut all: Vec<Contact> = Vec::new();
        let about = read(input, options, &mut |contact| {
            if wanted(contact.arrived.day()) {
                all.push(contact.clone());
            }
        })?;
        Ok(Self { about, all })
    }

    /// The company that is meant: the one of this name, or else the one with most contacts.
    fn company(&self, name: Option<&str>, meant: &[&Contact]) -> Result<u32, LogError> {
        let companies = &self.about.names.companies;
        let Some(name) = name else {
            let mut contacts: IndexMap<u32, usize> = IndexMap::new();
            meant.iter().for_each(|contact| *contacts.entry(contact.company).or_default() += 1);
            let most = contacts.iter().max_by_key(|(at, times)| (**times, u32::MAX - **at));
            return Ok(most.map_or(0, |(at, _)| *at));
        };
        companies.iter().position(|other| other == name).map(|at| at as u32).ok_or_else(|| {
            let message = format!("there is no company `{name}` in the log");
            let help = match nearest(name, companies.iter()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => {
                    let some = companies.iter().take(10).collect::<Vec<_>>().join(", ");
                    let more = companies.len().saturating_sub(10);
                    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
                    format!("those that there are: {some}{more}")
                }
            };
            LogError::new(&self.about.name, None, message).help(help)
        })
    }
}

/// One contact, in hours.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Call {
    /// When it came in, since midnight of the first Monday.
    pub arrived: f64,
    /// How long until somebody answered, or the customer gave up, or the log ends.
    pub wait: f64,
    /// How that ended.
    pub end: End,
    /// Its class.
    pub class: usize,
    /// Who answered.
    pub agent: Option<u32>,
    /// The customer.
    pub customer: Option<u64>,
}

/// How waiting ended.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum End {
    /// Somebody answered, and that took so long; `None` where the log does not say, as of messages.
    Served(Option<f64>),
    /// The customer gave up.
    GaveUp,
    /// It had not when the log ends.
    Waiting,
    /// The log does not tell.
    Unknown,
}

/// Contacts that are treated alike.
#[derive(Clone, Debug, PartialEq)]
pub struct Class {
    /// Its name, made of what they have in common.
    pub name: String,
    /// Its channel, by number.
    pub channel: usize,
    /// Contacts in it.
    pub calls: usize,
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
}

impl Channel {
    fn of(name: &str, contacts: &[&Contact]) -> Self {
        let count =
            |which: fn(&Contact) -> bool| contacts.iter().filter(|contact| which(contact)).count();
        let public = count(|contact| contact.public == Some(true)) * 2 > contacts.len();
        Self {
            name: plain_name(name),
            public,
            live: !public && holds_the_line(contacts),
            redirected: count(|contact| contact.outcome == Outcome::Redirected),
            answered: count(|contact| contact.outcome.is_answered()),
        }
    }
}

/// Whether customers hold the line, as far as times show it. Most of those who are served wait half an
/// hour at the most; where the log says when conversations ended, most take some time; and somebody
/// hangs up, or those who serve have one conversation at a time. Tickets that are closed long after the
/// first reply overlap.
fn holds_the_line(contacts: &[&Contact]) -> bool {
    const LONGEST: i64 = 30 * 60 * 1000;
    let mut waits: Vec<i64> = contacts
        .iter()
        .filter_map(|contact| contact.answered.map(|answered| contact.arrived.until(answered)))
        .collect();
    waits.sort_unstable();
    let patient = waits.get(waits.len() / 2).is_some_and(|median| *median > LONGEST);
    let gave_up = contacts.iter().any(|contact| contact.outcome == Outcome::GaveUp);
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

/// The contacts of one company, by time of arrival.
#[derive(Clone, Debug)]
pub struct Calls {
    /// The log.
    pub about: About,
    /// The company.
    pub company: String,
    /// Midnight of the Monday on or before the first day, days since 1970.
    pub monday: i64,
    /// The days that are meant, counted from that Monday.
    pub days: Range<usize>,
    /// The channels.
    pub channels: Vec<Channel>,
    /// The classes, those with most contacts first.
    pub classes: Vec<Class>,
    /// The contacts, in the order in which they came.
    pub calls: Vec<Call>,
    /// Contacts whose rank was not known and taken for that of others of their kind.
    pub guessed: usize,
}

impl Calls {
    /// The contacts of these days, counted since 1970 by the log's own clock, with this company; left
    /// out: all days, and the company with most contacts.
    ///
    /// # Errors
    /// Where there is none of them.
    pub fn of(
        contacts: &Contacts,
        days: Option<&Range<i64>>,
        company: Option<&str>,
    ) -> Result<Self, LogError> {
        let about = &contacts.about;
        let meant =
            |contact: &&Contact| days.is_none_or(|days| days.contains(&contact.arrived.day()));
        let mut kept: Vec<&Contact> = contacts.all.iter().filter(meant).collect();
        let company = contacts.company(company, &kept)?;
        kept.retain(|contact| contact.company == company);
        let of_company = || kept.iter().map(|contact| contact.arrived.day());
        let (Some(first), Some(last)) = (of_company().min(), of_company().max()) else {
            return Err(LogError::new(&about.name, None, "the log holds no contact of these days")
                .help("see which days it has: `heard audit`"));
        };
        let monday = first - (Moment::local(first * DAY_MS).hour_of_week() / 24) as i64;
        let mut this = Self {
            company: about.names.companies.name(company).to_owned(),
            monday,
            days: (first - monday) as usize..(last - monday) as usize + 1,
            channels: Vec::new(),
            classes: Vec::new(),
            calls: Vec::new(),
            guessed: 0,
            about: about.clone(),
        };
        this.fill(&kept);
        Ok(this)
    }

    fn fill(&mut self, kept: &[&Contact]) {
        let mut channels: IndexMap<u32, Vec<&Contact>> = IndexMap::new();
        kept.iter().for_each(|contact| channels.entry(contact.channel).or_default().push(contact));
        self.channels = channels
            .iter()
            .map(|(number, contacts)| {
                Channel::of(self.about.names.channels.name(*number), contacts)
            })
            .collect();
        let channel_of = |contact: &Contact| channels.get_index_of(&contact.channel).unwrap_or(0);
        let ranks = ranks(kept);
        self.guessed =
            kept.iter().zip(&ranks).filter(|(contact, rank)| contact.priority != **rank).count();
        let mut classes: IndexMap<Key, usize> = IndexMap::new();
        let keys: Vec<_> = kept
            .iter()
            .zip(&ranks)
            .map(|(contact, rank)| (channel_of(contact), contact.kind, *rank))
            .collect();
        keys.iter().for_each(|key| *classes.entry(*key).or_default() += 1);
        classes.sort_by(|a, calls, b, other| other.cmp(calls).then(a.cmp(b)));
        // A class of few joins the largest of its kind, or else of its channel.
        let large = |key: &Key| {
            let find = |same: fn(&Key, &Key) -> bool| {
                let large = |(other, calls): &(&Key, &usize)| **calls >= FEW && same(other, key);
                classes.iter().find(large).map(|(other, _)| *other)
            };
            find(|a, b| a == b)
                .or_else(|| find(|a, b| (a.0, a.1) == (b.0, b.1)))
                .or_else(|| find(|a, b| a.0 == b.0))
                .or_else(|| classes.keys().find(|other| other.0 == key.0).copied())
                .unwrap_or(*key)
        };
        let mut kept_classes: IndexMap<Key, usize> = IndexMap::new();
        for key in classes.keys() {
            if large(key) == *key {
                kept_classes.insert(*key, 0);
            }
        }
        let several_ranks = |kind| {
            kept_classes.keys().filter(|other| other.1 == kind && other.2.is_some()).count() > 1
        };
        let names: Vec<String> = kept_classes
            .keys()
            .map(|(channel, kind, rank)| {
                let mut parts = Vec::new();
                match kind {
                    Some(kind) => parts.push(plain_name(self.about.names.kinds.name(*kind))),
                    None => parts.push(self.channels[*channel].name.clone()),
                }
                if self.channels.len() > 1 && kind.is_some() {
                    parts.push(self.channels[*channel].name.clone());
                }
                if let Some(rank) = rank.filter(|_| several_ranks(*kind)) {
                    parts.push(rank.to_string());
                }
                parts.join("-")
            })
            .collect();
        self.classes = kept_classes
            .keys()
            .zip(names)
            .map(|((channel, ..), name)| Class { name, channel: *channel, calls: 0 })
            .collect();
        let log_end = self.about.span.map_or(0, |(_, last)| last.instant_ms());
        for (contact, key) in kept.iter().zip(&keys) {
            let class = kept_classes.get_index_of(&large(key)).unwrap_or(0);
            self.classes[class].calls += 1;
            self.calls.push(self.call(contact, class, log_end));
        }
        self.calls.sort_by(|a, b| a.arrived.total_cmp(&b.arrived));
    }

    fn call(&self, contact: &Contact, class: usize, log_end: i64) -> Call {
        let hours = |milliseconds: i64| milliseconds as f64 / 3_600_000.0;
        let until = |moment: Moment| hours(contact.arrived.until(moment));
        let (wait, end) = match (contact.outcome, contact.answered, contact.closed) {
            (outcome, Some(answered), closed) if outcome.is_answered() => {
                // A message is closed when its matter is: that is no conversation.
                let live = self.channels[self.classes[class].channel].live;
                let service = closed.filter(|_| live).map(|closed| hours(answered.until(closed)));
                (until(answered), End::Served(service))
            }
            (Outcome::GaveUp, _, Some(closed)) => (until(closed), End::GaveUp),
            (Outcome::Waiting, ..) => (hours(log_end - contact.arrived.instant_ms()), End::Waiting),
            _ => (0.0, End::Unknown),
        };
        Call {
            arrived: hours(contact.arrived.wall_ms - self.monday * DAY_MS),
            wait,
            end,
            class,
            agent: contact.agent.filter(|_| matches!(end, End::Served(_))),
            customer: contact.customer,
        }
    }

    /// The days that are meant, counted since 1970.
    #[must_use]
    pub fn dates(&self) -> Range<i64> {
        self.monday + self.days.start as i64..self.monday + self.days.end as i64
    }

    /// Whether customers of a class hold the line.
    #[must_use]
    pub fn is_live(&self, class: usize) -> bool {
        self.channels[self.classes[class].channel].live
    }

    /// The contacts of one class.
    pub fn of_class(&self, class: usize) -> impl Iterator<Item = &Call> {
        self.calls.iter().filter(move |call| call.class == class)
    }
}

/// The rank of each contact. One that is not known is shared out among the ranks of its kind as those
/// that are.
fn ranks(kept: &[&Contact]) -> Vec<Option<u8>> {
    let mut known: IndexMap<Option<u32>, IndexMap<u8, (usize, f64)>> = IndexMap::new();
    for contact in kept {
        if let Some(rank) = contact.priority {
            known.entry(contact.kind).or_default().entry(rank).or_default().0 += 1;
        }
    }
    kept.iter()
        .map(|contact| {
            if contact.priority.is_some() {
                return contact.priority;
            }
            let ranks = known.get_mut(&contact.kind)?;
            let all: usize = ranks.values().map(|(times, _)| times).sum();
            // Each rank gathers its share of every contact; the one that is owed most gets it.
            ranks.values_mut().for_each(|(times, owed)| *owed += *times as f64 / all as f64);
            let (rank, (_, owed)) = ranks.iter_mut().max_by(|a, b| a.1.1.total_cmp(&b.1.1))?;
            *owed -= 1.0;
            Some(*rank)
        })
        .collect()
}

/// A name that a scenario can use: without control characters, and not too long.
fn plain_name(name: &str) -> String {
    let name: String = name.chars().filter(|c| !c.is_control()).take(40).collect();
    let name = name.trim();
    if name.is_empty() { "contacts".to_owned() } else { name.to_owned() }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// A contact of the first class.
    pub fn call(arrived: f64, wait: f64, end: End) -> Call {
        Call { arrived, wait, end, class: 0, agent: None, customer: None }
    }

    /// These contacts on one line, in as many classes as they have.
    pub fn calls(mut calls: Vec<Call>) -> Calls {
        calls.sort_by(|a, b| a.arrived.total_cmp(&b.arrived));
        let last = calls.iter().map(|call| call.arrived).fold(0.0, f64::max);
        let classes = calls.iter().map(|call| call.class).max().unwrap_or(0) + 1;
        let about = crate::contacts::read(
            Input::of_bytes("log", b"arrived\n2026-03-02T09:00:00\n".to_vec()).unwrap(),
            &Options::default(),
            &mut |_| {},
        );
        let class = |class: usize| Class {
            name: format!("class {class}"),
            channel: 0,
            calls: calls.iter().filter(|call| call.class == class).count(),
        };
        Calls {
            about: about.unwrap(),
            company: "company".to_owned(),
            monday: 4,
            days: 0..(last / 24.0) as usize + 1,
            channels: vec![Channel {
                name: "phone".to_owned(),
                public: false,
                live: true,
                redirected: 0,
                answered: calls.len(),
            }],
            classes: (0..classes).map(class).collect(),
            calls,
            guessed: 0,
        }
    }

    fn read(text: &str, days: Option<&Range<i64>>) -> Calls {
        let input = Input::of_bytes("log", text.as_bytes().to_vec()).unwrap();
        let contacts = Contacts::read(input, &Options::default(), |_| true).unwrap();
        Calls::of(&contacts, days, None).unwrap()
    }

    #[test]
    fn contacts_are_in_hours_since_monday_and_end_as_the_log_says() {
        // The third of March 2026 was a Tuesday.
        let log = "arrived,answered,closed\n\
                   2026-03-04T00:30:00,,2026-03-04T00:36:00\n\
                   2026-03-03T01:00:00,2026-03-03T01:06:00,2026-03-03T01:36:00\n\
                   2026-03-04T12:00:00,,\n";
        let calls = read(log, None);
        assert_eq!((calls.days.clone(), calls.monday), (1..3, 20_514));
        let ends: Vec<(f64, f64, End)> =
            calls.calls.iter().map(|call| (call.arrived, call.wait, call.end)).collect();
        assert_eq!(
            ends,
            [
                (25.0, 0.1, End::Served(Some(0.5))),
                (48.5, 0.1, End::GaveUp),
                (60.0, 0.0, End::Waiting)
            ]
        );
        assert!(calls.channels[0].live);
        assert_eq!(read(log, Some(&(20_515..20_516))).calls.len(), 1);
    }

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

    #[test]
    fn ranks_that_are_not_known_are_shared_out_as_the_others() {
        let mut log = "arrived,kind,priority\n".to_owned();
        for number in 0..300 {
            let rank = ["1", "2", "2", "", "", ""][number % 6];
            log += &format!("2026-03-02T09:{:02}:{:02},loans,{rank}\n", number / 60, number % 60);
        }
        let calls = read(&log, None);
        assert_eq!(calls.guessed, 150);
        let found: Vec<(&str, usize)> =
            calls.classes.iter().map(|class| (class.name.as_str(), class.calls)).collect();
        assert_eq!(found, [("loans-2", 200), ("loans-1", 100)]);
    }
}
