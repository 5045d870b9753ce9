//! The census: counts what happens and turns the counts into metrics.
//!
//! Cases are counted whose occasion falls into the window between warm-up and margin. Undefined values
//! are NaN.

mod cases;
mod day;
mod merge;
mod tally;
mod values;

use super::column::{KINDS, MISTAKE_HOURS};
use crate::customers::Customers;
use crate::desk::contact::{Contact, Work};
use crate::desk::{Desk, Hours};
use crate::plan::policy::Policy;
use crate::plan::rates::HOURS_PER_MONTH;
use crate::plan::setting::Setting;
use crate::plan::stream::Stream;
use crate::terms::outcome::Outcome;
use crate::terms::ratio::ratio;
use day::Day;
use heard_math::stats::Incidence;
use tally::{Share, Tally, Waits};

pub use day::State;
pub use tally::{Caller, Fate};

#[cfg(test)]
mod tests;

/// All counts of one company in one replication, or of several together.
#[derive(Clone, Debug)]
pub struct Census {
    window: (f64, f64),
    end: f64,
    /// Customers on day 0.
    customers: f64,
    /// Whether each channel is public.
    public_channels: Vec<bool>,
    channel_names: Vec<String>,
    team_names: Vec<String>,
    stream_names: Vec<String>,
    /// What the tools of listening cost now, and since when (hours).
    tools: (f64, f64),
    population: bool,
    total: Tally,
    complaints_resolved: u64,
    channels: Vec<Tally>,
    channel_waits: Vec<Waits>,
    probes: Vec<Tally>,
    loyalty: [Share; 4],
    satisfaction: Share,
    negative: Share,
    mistake_views: Vec<f64>,
    /// Mean number of contacts inside, by stretch of the run.
    load: Vec<f64>,
    kinds: [Tally; KINDS.len()],
    severities: [Tally; 3],
    streams: Vec<(Tally, Waits)>,
    tenths: [Tally; 10],
    waits: Waits,
    failures: u64,
    complaints: u64,
    public: u64,
    left: u64,
    firestorms: u64,
    views: f64,
    paid: f64,
    days: Vec<Day>,
    first_answer: Incidence,
    resolution: Incidence,
    tenth_ends: Vec<f64>,
    /// Busy and staffed hours of each team.
    hours: Vec<(f64, f64)>,
    wages: f64,
    attitude: f64,
    nps: f64,
    unaccounted: i64,
    little_gap: f64,
    censored: u64,
}

impl Census {
    /// Nothing counted yet. `tenth_ends`: followers at which the tenths of customers end.
    #[must_use]
    pub fn new(setting: &Setting, policy: &Policy, tenth_ends: Vec<f64>) -> Self {
        let channels = policy.channels.len();
        let mut census = Self {
            window: setting.window,
            end: setting.end,
            customers: 0.0,
            public_channels: policy.channels.iter().map(|channel| channel.public).collect(),
            channel_names: policy.channels.iter().map(|channel| channel.name.clone()).collect(),
            team_names: policy.teams.iter().map(|team| team.name.clone()).collect(),
            stream_names: policy.streams.iter().map(|stream| stream.name.clone()).collect(),
            tools: (0.0, 0.0),
            population: setting.customers.count > 0,
            total: Tally::default(),
            complaints_resolved: 0,
            channels: vec![Tally::default(); channels],
            channel_waits: vec![Waits::default(); channels],
            probes: vec![Tally::default(); channels],
            loyalty: [Share::default(); 4],
            satisfaction: Share::default(),
            negative: Share::default(),
            mistake_views: Vec::new(),
            load: vec![0.0; setting.readings.map_or(0, |readings| readings.stretches as usize)],
            kinds: [Tally::default(); KINDS.len()],
            severities: [Tally::default(); 3],
            streams: vec![Default::default(); policy.streams.len()],
            tenths: [Tally::default(); 10],
            waits: Waits::default(),
            failures: 0,
            complaints: 0,
            public: 0,
            left: 0,
            firestorms: 0,
            views: 0.0,
            paid: 0.0,
            days: vec![Day::EMPTY; setting.days as usize],
            first_answer: Incidence::new(),
            resolution: Incidence::new(),
            tenth_ends,
            hours: vec![(0.0, 0.0); policy.teams.len()],
            wages: 0.0,
            attitude: f64::NAN,
            nps: f64::NAN,
            unaccounted: 0,
            little_gap: 0.0,
            censored: 0,
        };
        census.pay_tools(policy, 0.0);
        census
    }

    /// From now on (hours) the tools of listening cost what they cost under this policy.
    pub fn pay_tools(&mut self, policy: &Policy, now: f64) {
        let (cost, since) = self.tools;
        let counted = now.min(self.window.1) - since.max(self.window.0);
        self.paid += cost * counted.max(0.0) / HOURS_PER_MONTH;
        let listening = &policy.listening;
        let cost = if listening.coverage > 0.0 { listening.cost_per_month } else { 0.0 };
        self.tools = (cost, now);
    }

    /// Whether an occasion at this time is counted.
    #[inline]
    #[must_use]
    pub fn counts(&self, hours: f64) -> bool {
        self.window.0 <= hours && hours < self.window.1
    }

    fn day(&mut self, hours: f64) -> &mut Day {
        let last = self.days.len() - 1;
        &mut self.days[((hours / 24.0) as usize).min(last)]
    }

    /// A failure happened.
    pub fn failure(&mut self, now: f64) {
        self.day(now).failures += 1;
        self.failures += u64::from(self.counts(now));
    }

    /// A customer left.
    pub fn left(&mut self, now: f64) {
        self.day(now).left += 1;
        self.left += u64::from(self.counts(now));
    }

    /// People saw something about the company; perhaps the view that makes it a firestorm.
    pub fn viewed(&mut self, now: f64, views: f64, firestorm: bool) {
        self.day(now).views += views;
        if self.counts(now) {
            self.views += views;
            self.firestorms += u64::from(firestorm);
        }
    }

    /// Money was given.
    pub fn pay(&mut self, now: f64, money: f64) {
        if self.counts(now) {
            self.paid += money;
        }
    }

    /// A public message came out.
    pub fn posted(&mut self, now: f64, negative: bool) {
        let negative = f64::from(u8::from(negative));
        self.day(now).negative.add(negative);
        if self.counts(now) {
            self.negative.add(negative);
        }
    }

    /// People saw the first mistake, `hours` after it was made.
    pub fn mistake_seen(&mut self, hours: f64, views: f64) {
        if self.mistake_views.is_empty() {
            self.mistake_views = vec![0.0; MISTAKE_HOURS as usize];
        }
        if let Some(hour) = self.mistake_views.get_mut(hours as usize) {
            *hour += views;
        }
    }

    /// A customer judged an answer, or silence, to what they had voiced at `voiced_at` (hours).
    pub fn satisfied(&mut self, voiced_at: f64, now: f64, satisfaction: f64) {
        self.day(now).satisfaction.add(satisfaction);
        if self.counts(voiced_at) {
            self.satisfaction.add(satisfaction);
        }
    }

    /// A failure is over for the customer, who stays or leaves.
    pub fn loyalty(&mut self, now: f64, outcome: Outcome, stays: bool) {
        if self.counts(now) {
            self.loyalty[outcome as usize].add(f64::from(u8::from(stays)));
        }
    }

    /// The state of things at the end of a day.
    pub fn end_of_day(&mut self, now: f64, state: State) {
        if self.population {
            self.day(now - 1e-6).state = state;
        }
    }

    /// A caller's wait is over.
    #[inline]
    pub fn wait(&mut self, contact: &Contact, hours: f64, caller: Caller) {
        if !self.counts(contact.arrived) {
            return;
        }
        self.waits.add(hours, caller);
        self.channel_waits[usize::from(contact.line)].add(hours, caller);
        if let Work::Stream(stream) = contact.work {
            self.streams[usize::from(stream)].1.add(hours, caller);
        }
    }

    /// A caller found nobody there, or a busy line.
    pub fn turned_away(&mut self, channel: usize, now: f64) {
        if self.counts(now) {
            self.waits.add(0.0, Caller::TurnedAway);
            self.channel_waits[channel].add(0.0, Caller::TurnedAway);
        }
    }

    /// Changes the counts that a problem of a stream belongs to: of its day, and, where it is
    /// counted, all others.
    #[inline]
    fn tally_stream(
        &mut self,
        stream: usize,
        settings: &Stream,
        voiced_at: f64,
        change: impl Fn(&mut Tally),
    ) {
        if !settings.kind.asks() {
            return;
        }
        change(&mut self.day(voiced_at).tally);
        if self.counts(voiced_at) {
            change(&mut self.total);
            change(&mut self.channels[settings.channel]);
            change(&mut self.kinds[settings.kind as usize]);
            change(&mut self.streams[stream].0);
        }
    }

    /// A contact of a stream came in for the first time.
    #[inline]
    pub fn stream_voiced(&mut self, stream: usize, settings: &Stream, now: f64) {
        self.tally_stream(stream, settings, now, |tally| tally.voiced += 1);
    }

    /// A contact of a stream got what it gets; the first answer took `hours`.
    #[inline]
    pub fn stream_served(
        &mut self,
        stream: usize,
        settings: &Stream,
        contact: &Contact,
        hours: f64,
        fate: Fate,
    ) {
        let voiced_at = contact.voiced_at;
        self.tally_stream(stream, settings, voiced_at, |tally| tally.add(fate));
        if !self.counts(voiced_at) || !settings.kind.asks() {
            return;
        }
        if fate.answered {
            self.first_answer.event(hours.max(0.0));
        } else {
            self.first_answer.competing(hours.max(0.0));
        }
    }

    /// A contact of a stream will never be answered: its caller hung up for good, or nobody takes
    /// it, `hours` after it first came in.
    pub fn stream_lost(&mut self, settings: &Stream, contact: &Contact, hours: f64) {
        if self.counts(contact.voiced_at) && settings.kind.asks() {
            self.first_answer.competing(hours);
        }
    }

    /// Adds to the mean number of contacts inside during a stretch of the run.
    pub fn read_load(&mut self, stretch: usize, inside: f64) {
        self.load[stretch] += inside;
    }

    /// The run is over, and all cases are counted: counts the contacts that are still at the desk or
    /// will call again. `lost`: cases that nothing will ever end.
    pub fn close(
        &mut self,
        policy: &Policy,
        desk: &Desk,
        calls: impl Iterator<Item = Contact>,
        lost: usize,
    ) {
        for contact in desk.still_inside().copied().chain(calls) {
            if let Work::Stream(stream) = contact.work {
                let asks = policy.streams[usize::from(stream)].kind.asks();
                if asks && self.counts(contact.voiced_at) {
                    self.first_answer.censored(self.end - contact.voiced_at);
                    self.censored += 1;
                }
            }
        }
        for (team, counted) in self.hours.iter_mut().enumerate() {
            let Hours { busy, staffed, wages } = desk.hours(team);
            *counted = (busy, staffed);
            self.wages += wages;
        }
        for check in desk.checks() {
            self.unaccounted += check.unaccounted.abs();
            let size = check.number_hours.abs().max(check.sojourn_hours.abs());
            if size > 0.0 {
                let gap = (check.number_hours - check.sojourn_hours).abs() / size;
                self.little_gap = self.little_gap.max(gap);
            }
        }
        // Every counted problem has one place in the curve of first answers, and no case is adrift.
        let curve = self.first_answer.total() as i64 - self.total.voiced as i64;
        self.unaccounted += curve.abs() + lost as i64;
        self.pay_tools(policy, self.end);
    }

    /// Asks the company's customers of day 0 what they think.
    pub fn ask(&mut self, customers: &mut Customers, company: usize) {
        if self.population {
            self.customers = customers.members(company).1 as f64;
            self.attitude = customers.mean_attitude_of_first(company, self.end);
            let score: f64 = customers.attitudes_of_first(company, self.end).map(promoter).sum();
            self.nps = 100.0 * ratio(score, self.customers);
        }
    }
}

/// 1 for a promoter, -1 for a detractor: the likelihood to recommend is 5 + 5 x attitude, rounded.
fn promoter(attitude: f64) -> f64 {
    let likelihood = (5.0 + 5.0 * attitude).round();
    if likelihood >= 9.0 {
        1.0
    } else if likelihood <= 6.0 {
        -1.0
    } else {
        0.0
    }
}
