//! The audit of a log: a report card for every company and channel.
//!
//! Contacts go by one at a time and leave counts behind, so that memory does not grow with the log.

pub mod card;
pub mod clock;
mod closings;
pub mod days;
pub mod durations;
pub mod finding;
mod followers;
pub mod groups;
mod lengths;
pub mod settings;
pub mod shopper;
mod talks;
pub mod tally;
#[cfg(test)]
mod tests;

use indexmap::{IndexMap, IndexSet};

use crate::line::{Evidence, Finding as Line};
use card::Card;
use finding::Finding;
use groups::By;
use heard_contacts::input::Input;
use heard_contacts::{About, Caveat, Contact, Options, Outcome, read};
use heard_text::diagnostic::Diagnostic;
use heard_text::number::count;
use settings::Settings;
use talks::Talks;
use tally::Tally;

pub use crate::experiment::ALL;

/// Companies and channels that may come together: each pair has a card of some kilobytes.
pub const MOST_CARDS: usize = 20_000;
/// Groups that all companies and channels together may be divided into.
pub const MOST_GROUPS: usize = 20_000;

/// The times in seconds within which service levels are shown.
type Within = Vec<u32>;

/// How a log ends.
#[derive(Clone, Copy, Debug)]
struct End {
    /// When, in milliseconds since 1970.
    log_ends: i64,
    /// The same by the clock on the wall.
    log_ends_wall: i64,
    /// Whether the log shows who was never answered.
    tells_answer_rate: bool,
}

/// The grades of a log.
#[derive(Clone, Debug)]
pub struct Audit {
    /// The log.
    pub about: About,
    /// What was asked for.
    pub settings: Settings,
    /// All of it, unless there is one card, which then is.
    all: Option<Card>,
    cards: IndexMap<(u32, u32), Card>,
    groups: IndexMap<(u32, u32, i64), Tally>,
    /// What channels are taken for, by their numbers.
    lines: IndexMap<u32, Line>,
}

/// One company on one channel, or a group of its contacts.
#[derive(Clone, Debug)]
pub struct Subject<'a> {
    /// The company, or [`ALL`].
    pub company: &'a str,
    /// The channel, or [`ALL`].
    pub channel: &'a str,
    /// The group, where contacts are divided.
    pub group: Option<String>,
    /// Whether customers hold the line; `None` where they do on one channel and not on another.
    pub holds_the_line: Option<bool>,
    /// What became of the contacts.
    pub tally: &'a Tally,
    /// What the card says.
    pub findings: Vec<Finding>,
}

impl Subject<'_> {
    /// What the card says of a measure; of a service level, the one within the shortest time.
    #[must_use]
    pub fn find(&self, measure: heard_contacts::Measure) -> Option<&Finding> {
        self.findings.iter().find(|finding| finding.measure == measure)
    }
}

/// What the contacts of a channel show of it.
#[derive(Clone, Debug, Default)]
struct Shown {
    /// How customers wait there.
    evidence: Evidence,
    /// Whether any contact was closed that did not give up, or is said to be settled or not.
    tells_closings: bool,
}

/// Cards while contacts go by.
#[derive(Clone, Debug)]
pub struct Grader {
    settings: Settings,
    within: Vec<u32>,
    talks: Talks,
    cards: IndexMap<(u32, u32), Card>,
    groups: IndexMap<(u32, u32, i64), Tally>,
    channels: IndexMap<u32, Shown>,
    /// The line of the first contact of a pair too many, and of a group too many.
    too_many: Option<u64>,
    too_many_groups: Option<u64>,
}

impl Grader {
    /// Nothing yet.
    #[must_use]
    pub fn new(settings: Settings) -> Self {
        Self {
            within: settings.counted(),
            settings,
            talks: Talks::default(),
            cards: IndexMap::new(),
            groups: IndexMap::new(),
            channels: IndexMap::new(),
            too_many: None,
            too_many_groups: None,
        }
    }

    /// Adds a contact.
    pub fn count(&mut self, contact: &Contact) {
        if let Some(talk) = contact.talk {
            self.talks.count(talk);
        }
        let key = (contact.company, contact.channel);
        if self.cards.len() >= MOST_CARDS && !self.cards.contains_key(&key) {
            self.too_many.get_or_insert(contact.line);
            return;
        }
        let card = self.cards.entry(key).or_insert_with(|| Card::new(&self.within));
        card.count(contact);
        let closed = contact.closed.is_some() && contact.outcome != Outcome::GaveUp;
        let shown = self.channels.entry(contact.channel).or_default();
        shown.tells_closings |= closed || contact.resolved.is_some();
        shown.evidence.add(contact);
        let Some(by) = self.settings.by else { return };
        let key = (contact.company, contact.channel, by.group(contact));
        if self.groups.len() >= MOST_GROUPS && !self.groups.contains_key(&key) {
            self.too_many_groups.get_or_insert(contact.line);
            return;
        }
        self.groups.entry(key).or_insert_with(|| Tally::new(&self.within)).count(contact);
    }

    /// The grades, with what is known of the contacts.
    #[must_use]
    pub fn audit(mut self, about: About) -> Audit {
        self.cards.sort_by(|key, card, other_key, other| {
            other.contacts().cmp(&card.contacts()).then(key.cmp(other_key))
        });
        let line = |(channel, shown): (&u32, &Shown)| {
            let shown = shown.evidence.finding();
            let told = self.settings.told.of(about.names.channels.name(*channel));
            (*channel, told.map_or(shown, |live| shown.told(live)))
        };
        let lines: IndexMap<u32, Line> = self.channels.iter().map(line).collect();
        let is_line = |channel: &u32| lines.get(channel).is_some_and(|line| line.live);
        let channels = self.channels;
        let tells_closings =
            |channel: &u32| channels.get(channel).is_some_and(|it| it.tells_closings);
        for ((_, channel), card) in &mut self.cards {
            card.settle(is_line(channel), tells_closings(channel));
        }
        let all = (self.cards.len() != 1).then(|| {
            let mut all = Card::new(&self.within);
            all.talks = self.talks;
            self.cards.values().for_each(|card| all.add(card));
            all
        });
        for ((_, channel, _), tally) in &mut self.groups {
            tally.settle(is_line(channel), tells_closings(channel));
        }
        let (cards, settings) = (self.cards, self.settings);
        let place = |(company, channel, _): &(u32, u32, i64)| {
            cards.get_index_of(&(*company, *channel)).unwrap_or_default()
        };
        let in_time = settings.by.is_some_and(By::is_time);
        self.groups.sort_by(|key, tally, other_key, other| {
            let by_size = other.contacts().cmp(&tally.contacts());
            let size = if in_time { std::cmp::Ordering::Equal } else { by_size };
            place(key).cmp(&place(other_key)).then(size).then(key.2.cmp(&other_key.2))
        });
        Audit { about, settings, all, groups: self.groups, lines, cards }
    }

    fn refusal(&self, name: &str) -> Option<Diagnostic> {
        if self.too_many.is_some() {
            let most = count(MOST_CARDS as u64);
            let message = format!("the log has more than {most} pairs of a company and a channel");
            return Some(Diagnostic::in_source(name, self.too_many, message).help(
                "if they are free text, map another column to `company` or `channel`, or none",
            ));
        }
        let by = self.settings.by.filter(|_| self.too_many_groups.is_some())?;
        let most = count(MOST_GROUPS as u64);
        let message = format!(
            "--by {} divides the companies and channels of the log into more than {most} groups",
            by.name()
        );
        let help = match by {
            By::Day => "write --by month or --by hour instead",
            _ => "keep fewer companies or channels, or divide by something else",
        };
        Some(Diagnostic::in_source(name, self.too_many_groups, message).help(help))
    }
}

impl Audit {
    /// Reads a log and grades it.
    ///
    /// # Errors
    /// As [`read`] says; where there are more companies and channels, or groups, than [`MOST_CARDS`] and
    /// [`MOST_GROUPS`].
    pub fn of_log(input: Input, options: &Options, settings: Settings) -> Result<Self, Diagnostic> {
        let mut grader = Grader::new(settings);
        let about = read(input, options, &mut |contact| grader.count(contact))?;
        if let Some(refusal) = grader.refusal(&about.name) {
            return Err(refusal);
        }
        grader.settings.told.check(&about)?;
        let mut audit = grader.audit(about);
        let untimed = audit.all().map(|all| (all.tally.untimed, all.tally.settled_untimed()));
        let (answers, ends) = untimed.unwrap_or_default();
        for (contacts, caveat) in
            [(answers, Caveat::UntimedAnswers as fn(u64) -> Caveat), (ends, Caveat::UntimedEnds)]
        {
            if contacts > 0 {
                audit.about.caveats.push(caveat(contacts));
            }
        }
        Ok(audit)
    }

    /// The card of all contacts together; `None` where there are none.
    #[must_use]
    pub fn all(&self) -> Option<&Card> {
        self.all.as_ref().or_else(|| self.cards.values().next())
    }

    /// When the log ends, milliseconds since 1970.
    #[must_use]
    pub fn log_ends(&self) -> i64 {
        self.about.span.map_or(0, |(_, last)| last.instant_ms())
    }

    fn log_ends_wall(&self) -> i64 {
        self.about.span.map_or(i64::MAX, |(_, last)| last.wall_ms)
    }

    fn end(&self) -> End {
        End {
            log_ends: self.log_ends(),
            log_ends_wall: self.log_ends_wall(),
            tells_answer_rate: self.about.tells_answer_rate,
        }
    }

    /// The channels, in the order of their first cards, with what each is taken for and why.
    pub fn lines(&self) -> impl Iterator<Item = (&str, &Line)> {
        let channels: IndexSet<u32> = self.cards.keys().map(|(_, channel)| *channel).collect();
        let line =
            |channel| Some((self.about.names.channels.name(channel), self.lines.get(&channel)?));
        channels.into_iter().filter_map(line)
    }

    /// Whether customers hold the line on all channels, or on none; `None` where it is one here and the other
    /// there.
    fn all_hold_the_line(&self) -> Option<bool> {
        let mut lines = self.lines.values().map(|line| line.live);
        let first = lines.next()?;
        lines.all(|line| line == first).then_some(first)
    }

    /// The companies and channels of the log with their cards, those with most contacts first; after them all
    /// together, where there are several.
    #[must_use]
    pub fn cards(&self) -> Vec<(Subject<'_>, &Card)> {
        let names = &self.about.names;
        let mut all = Vec::new();
        for ((company, channel), card) in &self.cards {
            let line = self.lines.get(channel).map(|line| line.live);
            let (company, channel) =
                (names.companies.name(*company), names.channels.name(*channel));
            all.push((self.subject(company, channel, line, card), card));
        }
        if let Some(card) = self.all.as_ref().filter(|_| all.len() > 1) {
            all.push((self.subject(ALL, ALL, self.all_hold_the_line(), card), card));
        }
        all
    }

    fn subject<'a>(
        &self,
        company: &'a str,
        channel: &'a str,
        holds_the_line: Option<bool>,
        card: &'a Card,
    ) -> Subject<'a> {
        let findings = card.findings(&self.end(), &self.settings.shown(holds_the_line));
        Subject { company, channel, group: None, holds_the_line, tally: &card.tally, findings }
    }

    /// The days of a card on which something happened, and the last of the log, with what was open at the end of
    /// each, if the log tells.
    #[must_use]
    pub fn days(&self, subject: &Subject<'_>, card: &Card) -> Vec<days::Day> {
        let tells_open = subject.find(heard_contacts::Measure::Open).is_some();
        let mut days = card.days(self.log_ends_wall());
        if !tells_open {
            days.iter_mut().for_each(|day| (day.backlog, day.oldest) = (None, None));
        }
        days
    }

    /// The same without their cards.
    #[must_use]
    pub fn subjects(&self) -> Vec<Subject<'_>> {
        self.cards().into_iter().map(|(subject, _)| subject).collect()
    }

    /// The groups that companies and channels are divided into: in the order of companies and channels, then of time
    /// or with most contacts first; none where nothing was asked for.
    #[must_use]
    pub fn groups(&self) -> Vec<Subject<'_>> {
        let Some(by) = self.settings.by else { return Vec::new() };
        let names = &self.about.names;
        let mut all = Vec::new();
        for ((company, channel, group), tally) in &self.groups {
            let line = self.lines.get(channel).map(|line| line.live);
            let within = self.settings.shown(line);
            let mut end = self.end();
            // Those who gave up have no agent: of those who were answered alone can anything be told.
            end.tells_answer_rate &= by != By::Agent;
            let mut findings = card::tally_findings(tally, &end, &within);
            tally.resolution(&end, &mut findings);
            all.push(Subject {
                company: names.companies.name(*company),
                channel: names.channels.name(*channel),
                group: Some(by.label(*group, &self.about)),
                holds_the_line: line,
                tally,
                findings,
            });
        }
        all
    }
}

fn earlier(a: Option<i64>, b: Option<i64>) -> Option<i64> {
    match (a, b) {
        (Some(a), Some(b)) => Some(a.min(b)),
        (a, b) => a.or(b),
    }
}
