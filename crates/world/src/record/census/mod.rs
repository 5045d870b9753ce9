//! The census: counts what happens and turns the counts into metrics.
//!
//! Cases are counted in each window that holds their occasion; what is of the run as a whole is counted
//! once. Undefined values are NaN.

mod cases;
mod counts;
mod day;
mod merge;
mod tally;
mod values;

use super::column::MISTAKE_HOURS;
use crate::desk::Desk;
use crate::desk::contact::{Contact, Work};
use crate::plan::counted::{Span, clip, holds};
use crate::plan::policy::Policy;
use crate::plan::rates::HOURS_PER_MONTH;
use crate::plan::setting::Setting;
use crate::plan::stream::Stream;
use crate::terms::outcome::Outcome;
use counts::Counts;
use day::Day;
use tally::Tally;

pub use day::State;
pub use tally::{Caller, Fate};

#[cfg(test)]
mod tests;

/// All counts of one company in one replication, or of several together.
#[derive(Clone, Debug)]
pub struct Census {
    /// What can be counted, and the end of the run, in hours.
    span: Span,
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
    /// Followers at which the tenths of customers end.
    tenth_ends: Vec<f64>,
    /// What is counted over each window; the first is the main one.
    windows: Vec<Counts>,
    days: Vec<Day>,
    mistake_views: Vec<f64>,
    /// Mean number of contacts inside, by stretch of the run.
    load: Vec<f64>,
    /// Complaints and questions voiced within the span.
    cases: u64,
    unaccounted: i64,
    little_gap: f64,
}

impl Census {
    /// Nothing counted yet. `tenth_ends`: followers at which the tenths of customers end.
    #[must_use]
    pub fn new(setting: &Setting, policy: &Policy, tenth_ends: Vec<f64>) -> Self {
        let windows = setting.counted.windows.iter();
        let mut census = Self {
            span: setting.counted.span,
            end: setting.end,
            customers: 0.0,
            public_channels: policy.channels.iter().map(|channel| channel.public).collect(),
            channel_names: policy.channels.iter().map(|channel| channel.name.clone()).collect(),
            team_names: policy.teams.iter().map(|team| team.name.clone()).collect(),
            stream_names: policy.streams.iter().map(|stream| stream.name.clone()).collect(),
            tools: (0.0, 0.0),
            population: setting.customers.count > 0,
            tenth_ends,
            windows: windows.map(|&window| Counts::new(window, policy)).collect(),
            days: vec![Day::EMPTY; setting.days as usize],
            mistake_views: Vec::new(),
            load: vec![0.0; setting.readings.map_or(0, |readings| readings.stretches as usize)],
            cases: 0,
            unaccounted: 0,
            little_gap: 0.0,
        };
        census.pay_tools(policy, 0.0);
        census
    }

    /// From now on (hours) the tools of listening cost what they cost under this policy.
    pub fn pay_tools(&mut self, policy: &Policy, now: f64) {
        let (cost, since) = self.tools;
        for counts in &mut self.windows {
            let hours = clip(counts.window, now) - clip(counts.window, since);
            counts.paid += cost * hours / HOURS_PER_MONTH;
        }
        let listening = &policy.listening;
        let cost = if listening.coverage > 0.0 { listening.cost_per_month } else { 0.0 };
        self.tools = (cost, now);
    }

    /// The windows in which something is counted that happens at this hour.
    #[inline]
    fn holding(&mut self, hours: f64) -> impl Iterator<Item = &mut Counts> {
        self.windows.iter_mut().filter(move |counts| counts.holds(hours))
    }

    fn day(&mut self, hours: f64) -> &mut Day {
        let last = self.days.len() - 1;
        &mut self.days[((hours / 24.0) as usize).min(last)]
    }

    /// A failure happened.
    pub fn failure(&mut self, now: f64) {
        self.day(now).failures += 1;
        self.holding(now).for_each(|counts| counts.failures += 1);
    }

    /// A customer left.
    pub fn left(&mut self, now: f64) {
        self.day(now).left += 1;
        self.holding(now).for_each(|counts| counts.left += 1);
    }

    /// People saw something about the company; perhaps the view that makes it a firestorm.
    pub fn viewed(&mut self, now: f64, views: f64, firestorm: bool) {
        self.day(now).views += views;
        for counts in self.holding(now) {
            counts.views += views;
            counts.firestorms += u64::from(firestorm);
        }
    }

    /// Money was given.
    pub fn pay(&mut self, now: f64, money: f64) {
        self.holding(now).for_each(|counts| counts.paid += money);
    }

    /// A public message came out.
    pub fn posted(&mut self, now: f64, negative: bool) {
        let negative = f64::from(u8::from(negative));
        self.day(now).negative.add(negative);
        self.holding(now).for_each(|counts| counts.negative.add(negative));
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
        self.holding(voiced_at).for_each(|counts| counts.satisfaction.add(satisfaction));
    }

    /// A failure is over for the customer, who stays or leaves.
    pub fn loyalty(&mut self, now: f64, outcome: Outcome, stays: bool) {
        let stays = f64::from(u8::from(stays));
        self.holding(now).for_each(|counts| counts.loyalty[outcome as usize].add(stays));
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
        for counts in self.holding(contact.arrived) {
            counts.wait(contact, hours, caller);
        }
    }

    /// A caller found nobody there, or a busy line.
    pub fn turned_away(&mut self, channel: usize, now: f64) {
        for counts in self.holding(now) {
            counts.waits.add(0.0, Caller::TurnedAway);
            counts.channel_waits[channel].add(0.0, Caller::TurnedAway);
        }
    }

    /// Changes the counts that a problem of a stream belongs to: of its day, and of each window that
    /// holds it.
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
        for counts in self.holding(voiced_at) {
            counts.tally_stream(stream, settings, &change);
        }
    }

    /// A contact of a stream came in for the first time.
    #[inline]
    pub fn stream_voiced(&mut self, stream: usize, settings: &Stream, now: f64) {
        self.cases += u64::from(settings.kind.asks() && holds(self.span, now));
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
        if !settings.kind.asks() {
            return;
        }
        for counts in self.holding(voiced_at) {
            if fate.answered {
                counts.first_answer.event(hours.max(0.0));
            } else {
                counts.first_answer.competing(hours.max(0.0));
            }
        }
    }

    /// A contact of a stream will never be answered: its caller hung up for good, or nobody takes
    /// it, `hours` after it first came in.
    pub fn stream_lost(&mut self, settings: &Stream, contact: &Contact, hours: f64) {
        if settings.kind.asks() {
            let counting = self.holding(contact.voiced_at);
            counting.for_each(|counts| counts.first_answer.competing(hours));
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
            if let Work::Stream(stream) = contact.work
                && policy.streams[usize::from(stream)].kind.asks()
            {
                let observed = self.end - contact.voiced_at;
                for counts in self.holding(contact.voiced_at) {
                    counts.first_answer.censored(observed);
                    counts.censored += 1;
                }
            }
        }
        for team in 0..self.team_names.len() {
            for (counts, hours) in self.windows.iter_mut().zip(desk.hours(team)) {
                counts.hours[team] = (hours.busy, hours.staffed);
                counts.wages += hours.wages;
            }
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
        self.unaccounted += self.windows.iter().map(Counts::missing_in_curve).sum::<i64>();
        self.unaccounted += lost as i64;
        self.pay_tools(policy, self.end);
    }

    /// The company had this many customers on day 0.
    pub fn customers_on_day_0(&mut self, customers: usize) {
        self.customers = customers as f64;
    }
}
