//! The contacts that a scenario is fitted to, in memory: some 250 bytes each while they are read, then
//! 80.

use std::ops::Range;

use indexmap::IndexMap;

use super::channels::{Channel, Told, by_channel, channels};
use super::classes::{Class, classes};
use super::days;
use super::usual::Usual;
use heard_contacts::input::Input;
use heard_contacts::moment::DAY_MS;
use heard_contacts::{About, Contact, Moment, Options, Outcome, read};
use heard_scenario::source::nearest;
use heard_text::diagnostic::Diagnostic;
use heard_text::list::list;

/// Channels that one scenario can have.
const MOST_CHANNELS: usize = 255;

/// A log in memory.
#[derive(Clone, Debug)]
pub struct Contacts {
    /// What is known of it.
    pub about: About,
    all: Vec<Contact>,
    told: Told,
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
    ) -> Result<Self, Diagnostic> {
        let mut all: Vec<Contact> = Vec::new();
        let about = read(input, options, &mut |contact| {
            if wanted(contact.arrived.day()) {
                all.push(contact.clone());
            }
        })?;
        Ok(Self { about, all, told: Told::default() })
    }

    /// Takes channels for what somebody says that they are. One that the log does not have does not
    /// matter: [`Told::check`] refuses it.
    #[must_use]
    pub fn told(self, told: &Told) -> Self {
        Self { told: told.clone(), ..self }
    }

    /// The log.
    #[must_use]
    pub fn about(&self) -> &About {
        &self.about
    }

    /// The company with this name or, without a name, the one with most contacts.
    fn company(&self, name: Option<&str>, meant: &[&Contact]) -> Result<u32, Diagnostic> {
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
                    let more = companies.len().saturating_sub(10);
                    let more = (more > 0).then(|| format!("{more} more"));
                    let some = companies.iter().take(10).map(ToString::to_string).chain(more);
                    format!("the companies are: {}", list(&some.collect::<Vec<_>>()))
                }
            };
            Diagnostic::in_source(&self.about.name, None, message).help(help)
        })
    }
}

/// One contact, in hours.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Call {
    /// When it came in, since midnight of the first Monday, by a clock that nobody changes.
    pub arrived: f64,
    /// The same by the clock on the wall.
    pub clock: f64,
    /// How long until somebody answered, or the customer gave up (0 where the log does not say when), or
    /// the log ends.
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
    /// Somebody answered; how long that took, `None` where the log does not say, as with messages.
    Served(Option<f64>),
    /// The customer gave up.
    GaveUp,
    /// It had not when the log ends.
    Waiting,
    /// The log does not tell.
    Unknown,
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
    /// The days that are fitted, counted from that Monday.
    pub days: Range<usize>,
    /// Of those, the days that tell how many come and who is there.
    pub counted: Vec<usize>,
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
    /// Where there are none.
    pub fn of(
        contacts: &Contacts,
        days: Option<&Range<i64>>,
        company: Option<&str>,
    ) -> Result<Self, Diagnostic> {
        let about = &contacts.about;
        let meant =
            |contact: &&Contact| days.is_none_or(|days| days.contains(&contact.arrived.day()));
        let mut kept: Vec<&Contact> = contacts.all.iter().filter(meant).collect();
        let company = contacts.company(company, &kept)?;
        kept.retain(|contact| contact.company == company);
        let of_company = || kept.iter().map(|contact| contact.arrived.day());
        let (Some(mut first), Some(mut last)) = (of_company().min(), of_company().max()) else {
            return Err(Diagnostic::in_source(
                &about.name,
                None,
                "the log has no contacts on these days",
            )
            .help("`heard audit` shows which days it has"));
        };
        // Days that were asked for count, with contacts or without, as far as the log goes.
        if let (Some(days), Some((from, to))) = (days, about.span) {
            first = first.min(days.start.max(from.day()));
            last = last.max((days.end - 1).min(to.day()));
        }
        let by_channel = by_channel(&kept);
        if by_channel.len() > MOST_CHANNELS {
            let message = format!(
                "a scenario has at most {MOST_CHANNELS} channels; the log has {}",
                by_channel.len()
            );
            return Err(Diagnostic::in_source(&about.name, None, message)
                .help("map fewer, or another column: `--map COLUMN=channel`"));
        }
        let monday = first - (Moment::local(first * DAY_MS).hour_of_week() / 24) as i64;
        let channels = channels(&by_channel, about, &contacts.told);
        let usual = Usual::of(&by_channel, &channels, about.span.map(|(_, last)| last));
        let taken: Vec<bool> = kept.iter().map(|contact| !usual.passed_over(contact)).collect();
        let (mut classes, class_of, guessed) =
            classes(&kept, &by_channel, &channels, about, &taken);
        let mut this = Self {
            company: about.names.companies.name(company).to_owned(),
            monday,
            days: (first - monday) as usize..(last - monday) as usize + 1,
            counted: Vec::new(),
            channels,
            classes: Vec::new(),
            calls: Vec::new(),
            guessed,
            about: about.clone(),
        };
        let ahead_minutes = usual_offset(&kept);
        this.calls = kept
            .iter()
            .zip(&class_of)
            .map(|(contact, class)| {
                classes[*class].calls += 1;
                this.call(
                    contact,
                    *class,
                    this.channels[classes[*class].channel].live,
                    ahead_minutes,
                )
            })
            .collect();
        this.classes = classes;
        this.close_the_open();
        this.calls.sort_by(|a, b| a.arrived.total_cmp(&b.arrived));
        this.counted = days::counted(&this.calls, &this.days);
        Ok(this)
    }

    /// A call that neither was answered nor ended, and longer ago than anybody held the line, has been
    /// given up at a time that the log does not hold.
    fn close_the_open(&mut self) {
        let live = |call: &Call| self.channels[self.classes[call.class].channel].live;
        let told = |call: &&Call| matches!(call.end, End::Served(_) | End::GaveUp) && live(call);
        let longest = self.calls.iter().filter(told).map(|call| call.wait).fold(0.0, f64::max);
        let over: Vec<bool> = self
            .calls
            .iter()
            .map(|call| call.end == End::Waiting && live(call) && call.wait > longest)
            .collect();
        for (call, _) in self.calls.iter_mut().zip(over).filter(|(_, over)| *over) {
            (call.wait, call.end) = (0.0, End::GaveUp);
        }
    }

    fn call(&self, contact: &Contact, class: usize, live: bool, ahead_minutes: i64) -> Call {
        let hours = |milliseconds: i64| milliseconds as f64 / 3_600_000.0;
        let until = |moment: Moment| hours(contact.arrived.until(moment));
        let (wait, end) = match (contact.outcome, contact.answered, contact.closed) {
            (outcome, Some(answered), _) if outcome.is_answered() => {
                // A message is closed when its matter is: that is not a conversation.
                let service = contact.busy_ms().filter(|_| live).map(hours);
                (until(answered), End::Served(service))
            }
            (Outcome::GaveUp, _, closed) => (closed.map_or(0.0, until), End::GaveUp),
            (Outcome::Waiting, ..) => {
                let log_ends = self.about.span.map_or(contact.arrived, |(_, last)| last);
                (until(log_ends), End::Waiting)
            }
            _ => (0.0, End::Unknown),
        };
        let monday_ms = self.monday * DAY_MS;
        Call {
            arrived: hours(contact.arrived.instant_ms() + ahead_minutes * 60_000 - monday_ms),
            clock: hours(contact.arrived.wall_ms - monday_ms).max(0.0),
            wait,
            end,
            class,
            agent: contact.agent.filter(|_| matches!(end, End::Served(_))),
            customer: contact.customer,
        }
    }

    /// The days that are fitted, counted since 1970.
    #[must_use]
    pub fn dates(&self) -> Range<i64> {
        self.monday + self.days.start as i64..self.monday + self.days.end as i64
    }

    /// Whether a contact came on a day that counts for arrivals.
    #[must_use]
    pub fn counts(&self, call: &Call) -> bool {
        self.counted.binary_search(&((call.clock / 24.0) as usize)).is_ok()
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

/// Minutes by which most clocks of the log are ahead of UTC.
fn usual_offset(kept: &[&Contact]) -> i64 {
    let mut times: IndexMap<i16, usize> = IndexMap::new();
    kept.iter().for_each(|contact| {
        *times.entry(contact.arrived.ahead_minutes.unwrap_or(0)).or_default() += 1;
    });
    times.iter().max_by_key(|(_, times)| **times).map_or(0, |(minutes, _)| i64::from(*minutes))
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::line::Basis;

    /// A contact of the first class.
    pub fn call(arrived: f64, wait: f64, end: End) -> Call {
        Call { arrived, clock: arrived, wait, end, class: 0, agent: None, customer: None }
    }

    /// These contacts on one line, in as many classes as they have.
    pub fn calls(mut calls: Vec<Call>) -> Calls {
        calls.sort_by(|a, b| a.arrived.total_cmp(&b.arrived));
        let last = calls.iter().map(|call| call.arrived).fold(0.0, f64::max);
        let classes = calls.iter().map(|call| call.class).max().unwrap_or(0) + 1;
        let about = heard_contacts::read(
            Input::of_bytes("log", b"arrived\n2026-03-02T09:00:00\n".to_vec()).unwrap(),
            &Options::default(),
            &mut |_| {},
        );
        let class = |class: usize| Class {
            key: ("phone".to_owned(), None, None, true),
            name: format!("class {class}"),
            channel: 0,
            taken: true,
            calls: calls.iter().filter(|call| call.class == class).count(),
        };
        Calls {
            about: about.unwrap(),
            company: "company".to_owned(),
            monday: 4,
            days: 0..(last / 24.0) as usize + 1,
            counted: (0..(last / 24.0) as usize + 1).collect(),
            channels: vec![Channel {
                name: "phone".to_owned(),
                public: false,
                live: true,
                basis: Basis::ToldLine,
                redirected: 0,
                answered: calls.len(),
                gave_up: calls.iter().filter(|call| call.end == End::GaveUp).count(),
            }],
            classes: (0..classes).map(class).collect(),
            calls,
            guessed: 0,
        }
    }

    pub fn read(text: &str, days: Option<&Range<i64>>) -> Calls {
        let input = Input::of_bytes("log", text.as_bytes().to_vec()).unwrap();
        let contacts = Contacts::read(input, &Options::default(), |_| true).unwrap();
        Calls::of(&contacts, days, None).unwrap()
    }

    #[test]
    fn a_call_without_an_end_is_open_only_where_the_log_ends() {
        let log = "arrived,answered,closed,outcome\n\
                   2026-03-02T09:00,2026-03-02T09:05,2026-03-02T09:10,\n\
                   2026-03-02T10:00,,2026-03-02T10:02,\n\
                   2026-03-02T10:30,,,abandoned\n\
                   2026-03-02T11:00,,,\n\
                   2026-03-02T16:58,,,\n\
                   2026-03-02T17:00,2026-03-02T17:00,2026-03-02T17:01,\n";
        let calls = read(log, None);
        let ends: Vec<End> = calls.calls.iter().map(|call| call.end).collect();
        let served = |minutes: f64| End::Served(Some(minutes / 60.0));
        assert_eq!(ends[1..5], [End::GaveUp, End::GaveUp, End::GaveUp, End::Waiting]);
        assert_eq!((ends[0], ends[5]), (served(5.0), served(1.0)));
        // When who gave up did so is not known of one.
        assert_eq!((calls.calls[2].wait, calls.calls[3].wait), (0.0, 0.0));
    }

    #[test]
    fn clocks_that_are_changed_do_not_change_what_follows_what() {
        // The same three moments, the second written by another clock.
        let log = "arrived,answered,closed\n\
                   2026-03-02T09:00+01:00,2026-03-02T09:00+01:00,2026-03-02T09:10+01:00\n\
                   2026-03-02T03:05-05:00,2026-03-02T03:10-05:00,2026-03-02T03:20-05:00\n\
                   2026-03-02T09:15+01:00,2026-03-02T09:20+01:00,2026-03-02T09:30+01:00\n";
        let calls = read(log, None);
        let times: Vec<(f64, f64)> =
            calls.calls.iter().map(|call| (60.0 * call.arrived, 60.0 * call.clock)).collect();
        assert_eq!(times, [(540.0, 540.0), (545.0, 185.0), (555.0, 555.0)]);
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
}
