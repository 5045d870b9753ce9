//! The contacts that a scenario is fitted to, in memory: some 250 bytes each while they are read, then
//! 80.

use std::ops::Range;

use indexmap::IndexMap;

use crate::contacts::input::Input;
use crate::contacts::moment::DAY_MS;
use crate::contacts::{About, Contact, LogError, Moment, Options, Outcome, read};

/// Fewer than this make no class of their own.
const FEW: usize = 50;

/// What contacts that are treated alike have in common: channel, kind and rank.
type Key = (usize, Option<u32>, Option<u8>);

/// Which contacts of a log are meant.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    /// Days, counted since 1970, by the log's own clock; left out: all.
    pub days: Option<Range<i64>>,
    /// The company; left out: the one with most contacts.
    pub company: Option<String>,
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
    /// Somebody answered, and that took so long; `None` where the log does not say.
    Served(Option<f64>),
    /// The customer gave up.
    GaveUp,
    /// The log does not tell.
    Cut,
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
    /// Whether customers hold the line: some hang up, or are served while they are there.
    pub live: bool,
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
    /// Reads the contacts that are meant.
    ///
    /// # Errors
    /// Where the log cannot be read, or holds none of them.
    pub fn read(input: Input, options: &Options, wanted: &Wanted) -> Result<Self, LogError> {
        let mut kept: Vec<Contact> = Vec::new();
        let days = wanted.days.clone();
        let about = read(input, options, &mut |contact| {
            if days.as_ref().is_none_or(|days| days.contains(&contact.arrived.day())) {
                kept.push(contact.clone());
            }
        })?;
        let mut by_company: IndexMap<u32, usize> = IndexMap::new();
        kept.iter().for_each(|contact| *by_company.entry(contact.company).or_default() += 1);
        let companies = &about.names.companies;
        let company = match &wanted.company {
            Some(name) => companies.iter().position(|other| other == name).map(|at| at as u32),
            None => by_company
                .iter()
                .max_by_key(|(at, calls)| (**calls, u32::MAX - **at))
                .map(|(at, _)| *at),
        };
        let unknown = || {
            let named = wanted.company.as_deref().unwrap_or_default();
            LogError::new(&about.name, None, format!("there is no company `{named}` in the log"))
                .help(format!(
                    "some of those that there are: {}",
                    companies.iter().take(10).collect::<Vec<_>>().join(", ")
                ))
        };
        let company = match (company, &wanted.company) {
            (None, Some(_)) => return Err(unknown()),
            (company, _) => company.unwrap_or(0),
        };
        kept.retain(|contact| contact.company == company);
        let (Some(first), Some(last)) = (
            kept.iter().map(|contact| contact.arrived.day()).min(),
            kept.iter().map(|contact| contact.arrived.day()).max(),
        ) else {
            return Err(LogError::new(&about.name, None, "the log holds no contact of these days")
                .help("see which days it has: `heard audit`"));
        };
        let monday = first - (Moment::local(first * DAY_MS).hour_of_week() / 24) as i64;
        let company = companies.name(company).to_owned();
        let mut this = Self {
            company,
            monday,
            days: (first - monday) as usize..(last - monday) as usize + 1,
            channels: Vec::new(),
            classes: Vec::new(),
            calls: Vec::new(),
            guessed: 0,
            about,
        };
        this.fill(&kept);
        Ok(this)
    }

    fn fill(&mut self, kept: &[Contact]) {
        let mut channels: IndexMap<u32, Vec<&Contact>> = IndexMap::new();
        kept.iter().for_each(|contact| channels.entry(contact.channel).or_default().push(contact));
        self.channels = channels
            .iter()
            .map(|(number, contacts)| {
                let served = || contacts.iter().filter(|contact| contact.answered.is_some());
                let stays = served().filter(|contact| {
                    let both = contact.answered.zip(contact.closed);
                    both.is_some_and(|(answered, closed)| answered.until(closed) > 0)
                });
                let stays = stays.count();
                let gave_up = contacts.iter().any(|contact| contact.outcome == Outcome::GaveUp);
                let public = contacts.iter().filter(|contact| contact.public == Some(true)).count();
                Channel {
                    name: plain_name(self.about.names.channels.name(*number)),
                    public: public * 2 > contacts.len(),
                    live: gave_up || stays * 2 > served().count(),
                }
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
                let service = closed.map(|closed| hours(answered.until(closed)));
                (until(answered), End::Served(service))
            }
            (Outcome::GaveUp, _, Some(closed)) => (until(closed), End::GaveUp),
            (Outcome::Waiting, ..) => (hours(log_end - contact.arrived.instant_ms()), End::Cut),
            _ => (0.0, End::Cut),
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

    /// The contacts of one class.
    pub fn of_class(&self, class: usize) -> impl Iterator<Item = &Call> {
        self.calls.iter().filter(move |call| call.class == class)
    }
}

/// The rank of each contact. One that is not known is shared out among the ranks of its kind as those
/// that are.
fn ranks(kept: &[Contact]) -> Vec<Option<u8>> {
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
            channels: vec![Channel { name: "phone".to_owned(), public: false, live: true }],
            classes: (0..classes).map(class).collect(),
            calls,
            guessed: 0,
        }
    }

    fn read(text: &str, wanted: &Wanted) -> Calls {
        let input = Input::of_bytes("log", text.as_bytes().to_vec()).unwrap();
        Calls::read(input, &Options::default(), wanted).unwrap()
    }

    #[test]
    fn contacts_are_in_hours_since_monday_and_end_as_the_log_says() {
        // The third of March 2026 was a Tuesday.
        let log = "arrived,answered,closed\n\
                   2026-03-04T00:30:00,,2026-03-04T00:36:00\n\
                   2026-03-03T01:00:00,2026-03-03T01:06:00,2026-03-03T01:36:00\n\
                   2026-03-04T12:00:00,,\n";
        let calls = read(log, &Wanted::default());
        assert_eq!((calls.days.clone(), calls.monday), (1..3, 20_514));
        let ends: Vec<(f64, f64, End)> =
            calls.calls.iter().map(|call| (call.arrived, call.wait, call.end)).collect();
        assert_eq!(
            ends,
            [(25.0, 0.1, End::Served(Some(0.5))), (48.5, 0.1, End::GaveUp), (60.0, 0.0, End::Cut)]
        );
        assert!(calls.channels[0].live);
        let tuesday = Wanted { days: Some(20_515..20_516), ..Wanted::default() };
        assert_eq!(read(log, &tuesday).calls.len(), 1);
    }

    #[test]
    fn ranks_that_are_not_known_are_shared_out_as_the_others() {
        let mut log = "arrived,kind,priority\n".to_owned();
        for number in 0..300 {
            let rank = ["1", "2", "2", "", "", ""][number % 6];
            log += &format!("2026-03-02T09:{:02}:{:02},loans,{rank}\n", number / 60, number % 60);
        }
        let calls = read(&log, &Wanted::default());
        assert_eq!(calls.guessed, 150);
        let found: Vec<(&str, usize)> =
            calls.classes.iter().map(|class| (class.name.as_str(), class.calls)).collect();
        assert_eq!(found, [("loans-2", 200), ("loans-1", 100)]);
    }
}
