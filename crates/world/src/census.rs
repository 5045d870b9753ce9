//! The census: counts what happens and turns the counts into metrics.
//!
//! Cases are counted whose occasion falls into the window between warm-up and margin. Undefined is
//! NaN.

use super::case::Case;
use super::column::{
    Check, Column, DAILY, Dimension, KINDS, MISTAKE_HOURS, RATES, SEVERITY_CLASSES, answer_hours,
};
use super::customers::Customers;
use super::desk::{Contact, Desk, Work};
use super::leaving::Outcome;
use super::plan::Setting;
use super::policy::{Policy, Stream};
use heard_math::stats::Incidence;
use heard_scenario::metric::Metric;

#[cfg(test)]
mod tests;

const MONTH_HOURS: f64 = 720.0;
const SECONDS: f64 = 3600.0;

/// What became of one voiced problem.
#[derive(Clone, Copy, Debug, Default)]
pub struct Fate {
    /// A person of the company read it.
    pub seen: bool,
    /// Anything came back.
    pub answered: bool,
    /// An on-topic answer came from a person.
    pub heard: bool,
    /// The problem is gone.
    pub resolved: bool,
}

#[derive(Clone, Copy, Debug, Default)]
struct Tally {
    voiced: u64,
    seen: u64,
    answered: u64,
    heard: u64,
    resolved: u64,
}

impl Tally {
    fn add(&mut self, fate: Fate) {
        self.seen += u64::from(fate.seen);
        self.answered += u64::from(fate.answered);
        self.heard += u64::from(fate.heard);
        self.resolved += u64::from(fate.resolved);
    }

    fn rate(&self, metric: Metric) -> f64 {
        let part = match metric {
            Metric::SeenRate => self.seen,
            Metric::AnswerRate => self.answered,
            Metric::HeardRate => self.heard,
            Metric::ResolutionRate => self.resolved,
            _ => return f64::NAN,
        };
        ratio(part as f64, self.voiced as f64)
    }
}

#[derive(Clone, Copy, Debug, Default)]
struct Waits {
    arrivals: u64,
    waited: u64,
    abandoned: u64,
    hours: f64,
}

impl Waits {
    fn add(&mut self, hours: f64, waited: bool, abandoned: bool) {
        self.arrivals += 1;
        self.waited += u64::from(waited);
        self.abandoned += u64::from(abandoned);
        self.hours += hours;
    }

    fn rate(&self, metric: Metric) -> f64 {
        let part = match metric {
            Metric::WaitSecondsMean => self.hours * SECONDS,
            Metric::WaitProbability => self.waited as f64,
            Metric::AbandonRate => self.abandoned as f64,
            _ => return f64::NAN,
        };
        ratio(part, self.arrivals as f64)
    }
}

impl std::ops::AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        self.voiced += other.voiced;
        self.seen += other.seen;
        self.answered += other.answered;
        self.heard += other.heard;
        self.resolved += other.resolved;
    }
}

impl std::ops::AddAssign for Waits {
    fn add_assign(&mut self, other: Self) {
        self.arrivals += other.arrivals;
        self.waited += other.waited;
        self.abandoned += other.abandoned;
        self.hours += other.hours;
    }
}

/// A part of a whole, or a sum and the number of its terms.
#[derive(Clone, Copy, Debug, Default)]
struct Share {
    part: f64,
    whole: f64,
}

impl Share {
    fn add(&mut self, part: f64) {
        self.part += part;
        self.whole += 1.0;
    }

    fn ratio(self) -> f64 {
        ratio(self.part, self.whole)
    }
}

impl std::ops::AddAssign for Share {
    fn add_assign(&mut self, other: Self) {
        self.part += other.part;
        self.whole += other.whole;
    }
}

/// The state of things at the end of a day.
#[derive(Clone, Copy, Debug)]
pub struct State {
    /// Public sentiment.
    pub sentiment: f64,
    /// Mean attitude of the customers of day 0.
    pub attitude: f64,
    /// Mean expectation of care of the customers.
    pub expectation: f64,
    /// Share of the market that knows of the company.
    pub awareness: f64,
    /// Customers / customers of day 0.
    pub kept: f64,
}

impl State {
    const UNKNOWN: Self = Self {
        sentiment: f64::NAN,
        attitude: f64::NAN,
        expectation: f64::NAN,
        awareness: f64::NAN,
        kept: f64::NAN,
    };

    /// The mean of this one, which stands for `mine` customers, and another that stands for `others`.
    fn take_in(&mut self, other: &Self, mine: f64, others: f64) {
        let mix = |value: &mut f64, other: f64| *value = mean((*value, mine), (other, others));
        mix(&mut self.sentiment, other.sentiment);
        mix(&mut self.attitude, other.attitude);
        mix(&mut self.expectation, other.expectation);
        mix(&mut self.awareness, other.awareness);
        mix(&mut self.kept, other.kept);
    }
}

#[derive(Clone, Copy, Debug)]
struct Day {
    tally: Tally,
    failures: u64,
    complaints: u64,
    public: u64,
    left: u64,
    views: f64,
    satisfaction: Share,
    negative: Share,
    state: State,
}

impl Day {
    const EMPTY: Self = Self {
        tally: Tally { voiced: 0, seen: 0, answered: 0, heard: 0, resolved: 0 },
        failures: 0,
        complaints: 0,
        public: 0,
        left: 0,
        views: 0.0,
        satisfaction: Share { part: 0.0, whole: 0.0 },
        negative: Share { part: 0.0, whole: 0.0 },
        state: State::UNKNOWN,
    };
}

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

/// A part of a whole; NaN where there is no whole.
#[must_use]
pub fn ratio(part: f64, whole: f64) -> f64 {
    if whole > 0.0 { part / whole } else { f64::NAN }
}

/// The mean of two values that stand for so many customers each; one that stands for none is left out.
fn mean((mine, weight): (f64, f64), (other, others): (f64, f64)) -> f64 {
    match (weight > 0.0, others > 0.0) {
        (_, false) => mine,
        (false, true) => other,
        (true, true) => (mine * weight + other * others) / (weight + others),
    }
}

/// The count of the part that has this name, a new one if there is none.
fn part<'a, T: Default>(names: &mut Vec<String>, counts: &'a mut Vec<T>, name: &str) -> &'a mut T {
    let at = names.iter().position(|known| known == name).unwrap_or_else(|| {
        names.push(name.to_owned());
        counts.push(T::default());
        counts.len() - 1
    });
    &mut counts[at]
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
        self.paid += cost * counted.max(0.0) / MONTH_HOURS;
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

    /// A caller's wait is over: served, or hung up.
    #[inline]
    pub fn wait(&mut self, contact: &Contact, hours: f64, abandoned: bool) {
        if !self.counts(contact.arrived) {
            return;
        }
        let waited = hours > 0.0;
        self.waits.add(hours, waited, abandoned);
        self.channel_waits[usize::from(contact.line)].add(hours, waited, abandoned);
        if let Work::Stream(stream) = contact.work {
            self.streams[usize::from(stream)].1.add(hours, waited, abandoned);
        }
    }

    /// A caller found nobody there.
    pub fn turned_away(&mut self, channel: usize, now: f64) {
        if self.counts(now) {
            self.waits.add(0.0, false, true);
            self.channel_waits[channel].add(0.0, false, true);
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
        for (index, team) in policy.teams.iter().enumerate() {
            let (busy, staffed, paid) = desk.hours(index);
            self.hours[index] = (busy, staffed);
            self.wages += paid * team.wage;
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

    /// Counts another company of the same replication together with this one. Where means over
    /// companies are taken, each weighs by its customers of day 0.
    pub fn absorb(&mut self, other: &Self) {
        fn add<T: std::ops::AddAssign + Copy>(mine: &mut [T], others: &[T]) {
            mine.iter_mut().zip(others).for_each(|(mine, other)| *mine += *other);
        }
        for (name, hours) in other.team_names.iter().zip(&other.hours) {
            let mine = part(&mut self.team_names, &mut self.hours, name);
            *mine = (mine.0 + hours.0, mine.1 + hours.1);
        }
        for (name, &(tally, waits)) in other.stream_names.iter().zip(&other.streams) {
            let mine = part(&mut self.stream_names, &mut self.streams, name);
            mine.0 += tally;
            mine.1 += waits;
        }
        self.total += other.total;
        add(&mut self.channels, &other.channels);
        add(&mut self.channel_waits, &other.channel_waits);
        add(&mut self.probes, &other.probes);
        add(&mut self.load, &other.load);
        add(&mut self.loyalty, &other.loyalty);
        add(&mut self.kinds, &other.kinds);
        add(&mut self.severities, &other.severities);
        add(&mut self.tenths, &other.tenths);
        self.satisfaction += other.satisfaction;
        self.negative += other.negative;
        self.waits += other.waits;
        if self.mistake_views.is_empty() {
            self.mistake_views.clone_from(&other.mistake_views);
        } else {
            add(&mut self.mistake_views, &other.mistake_views);
        }
        self.complaints_resolved += other.complaints_resolved;
        self.failures += other.failures;
        self.complaints += other.complaints;
        self.public += other.public;
        self.left += other.left;
        self.firestorms += other.firestorms;
        self.views += other.views;
        self.paid += other.paid;
        self.wages += other.wages;
        let customers = (self.customers, other.customers);
        for (mine, other) in self.days.iter_mut().zip(&other.days) {
            mine.tally += other.tally;
            mine.failures += other.failures;
            mine.complaints += other.complaints;
            mine.public += other.public;
            mine.left += other.left;
            mine.views += other.views;
            mine.satisfaction += other.satisfaction;
            mine.negative += other.negative;
            mine.state.take_in(&other.state, customers.0, customers.1);
        }
        self.first_answer.merge(&other.first_answer);
        self.resolution.merge(&other.resolution);
        let all = self.customers + other.customers;
        let weigh = |mine: f64, others: f64| mean((mine, customers.0), (others, customers.1));
        self.attitude = weigh(self.attitude, other.attitude);
        self.nps = weigh(self.nps, other.nps);
        self.customers = all;
        self.unaccounted += other.unaccounted;
        self.little_gap = self.little_gap.max(other.little_gap);
        self.censored += other.censored;
    }

    /// Counts a case whose fate is known, as far as it ever will be.
    pub fn count_case(&mut self, case: &Case) {
        let fate = Fate {
            seen: case.seen,
            answered: case.answered(),
            heard: case.heard,
            resolved: case.resolved(),
        };
        if case.probe {
            let probes = &mut self.probes[usize::from(case.first_channel)];
            probes.voiced += 1;
            probes.add(fate);
        }
        if case.asks() {
            self.count_asked(case, fate);
        }
    }

    fn count_asked(&mut self, case: &Case, fate: Fate) {
        let public = self.public_channels[usize::from(case.first_channel)];
        let complaint = case.kind.is_failure();
        let day = self.day(case.voiced_at);
        day.complaints += u64::from(complaint);
        day.public += u64::from(complaint && public);
        day.tally.voiced += 1;
        day.tally.add(fate);
        if !self.counts(case.voiced_at) {
            return;
        }
        self.complaints += u64::from(complaint);
        self.public += u64::from(complaint && public);
        self.complaints_resolved += u64::from(complaint && fate.resolved);
        let class = ((case.severity * 3.0) as usize).min(2);
        let tenth = self.tenth_ends.partition_point(|&end| end <= case.followers);
        for tally in [
            &mut self.total,
            &mut self.channels[usize::from(case.first_channel)],
            &mut self.kinds[case.kind as usize],
            &mut self.severities[class],
            &mut self.tenths[tenth],
        ] {
            tally.voiced += 1;
            tally.add(fate);
        }
        let ended = case.ended_at - case.voiced_at;
        let still_open = self.end - case.voiced_at;
        let follow = |incidence: &mut Incidence, reached: f64| {
            let reached = (reached - case.voiced_at).max(0.0);
            if reached <= ended && reached.is_finite() {
                incidence.event(reached);
            } else if ended.is_finite() {
                incidence.competing(ended);
            } else {
                incidence.censored(still_open);
            }
        };
        follow(&mut self.first_answer, case.answered_at);
        follow(&mut self.resolution, case.resolved_at);
        self.censored += u64::from(case.ending.is_none());
    }

    /// The numbers for these columns.
    #[must_use]
    pub fn values(&self, columns: &[Column]) -> Vec<f64> {
        let curve = self.answer_curve();
        columns
            .iter()
            .map(|column| match column {
                Column::Total(metric) => self.total(*metric),
                Column::Level { metric, dimension, level } => self.part(*metric, *dimension, level),
                Column::Day { metric, day } => self.daily(*metric, *day as usize),
                Column::AnsweredBy(point) => curve.get(*point).copied().unwrap_or(f64::NAN),
                Column::MistakeSeen(hour) => self.mistake_seen_by(*hour as usize),
                Column::Inside(stretch) => self.load[*stretch as usize],
                Column::Check(check) => self.check(*check),
            })
            .collect()
    }

    /// So many more contacts were inside, on average, during a stretch of the run.
    pub fn read_load(&mut self, stretch: usize, inside: f64) {
        self.load[stretch] += inside;
    }

    fn answer_curve(&self) -> Vec<f64> {
        if self.first_answer.total() == 0 {
            return Vec::new();
        }
        self.first_answer.curve_at(&answer_hours())
    }

    fn total(&self, metric: Metric) -> f64 {
        let months = (self.window.1 - self.window.0) / MONTH_HOURS;
        let of_population = |value: f64| if self.population { value } else { f64::NAN };
        let cost = self.wages + self.paid;
        let quantile = |incidence: &Incidence, p: f64| incidence.quantile(p).unwrap_or(f64::NAN);
        match metric {
            Metric::SeenRate | Metric::AnswerRate | Metric::HeardRate | Metric::ResolutionRate => {
                self.total.rate(metric)
            }
            Metric::ResolvedPerFailure => {
                ratio(self.complaints_resolved as f64, self.failures as f64)
            }
            Metric::FirstAnswerHoursP50 => quantile(&self.first_answer, 0.5),
            Metric::FirstAnswerHoursP90 => quantile(&self.first_answer, 0.9),
            Metric::ResolutionHoursP50 => quantile(&self.resolution, 0.5),
            Metric::WaitSecondsMean | Metric::WaitProbability | Metric::AbandonRate => {
                self.waits.rate(metric)
            }
            Metric::Occupancy => {
                let busy: f64 = self.hours.iter().map(|hours| hours.0).sum();
                ratio(busy, self.hours.iter().map(|hours| hours.1).sum())
            }
            Metric::PublicShare => ratio(self.public as f64, self.complaints as f64),
            Metric::ComplaintsPerFailure => ratio(self.complaints as f64, self.failures as f64),
            Metric::Attitude => self.attitude,
            Metric::Nps => self.nps,
            Metric::Stars => 3.0 + 2.0 * self.attitude,
            Metric::Reputation => self.mean_sentiment(),
            Metric::ChurnRate => of_population(ratio(self.left as f64 / months, self.customers)),
            Metric::Firestorms => of_population(self.firestorms as f64 / months),
            Metric::Audience => of_population(self.views / months),
            Metric::Cost => ratio(cost, months),
            Metric::CostPerResolution => ratio(cost, self.total.resolved as f64),
            Metric::ReachGap => {
                let mut rest = Tally::default();
                for tenth in &self.tenths[..5] {
                    rest.voiced += tenth.voiced;
                    rest.resolved += tenth.resolved;
                }
                self.tenths[9].rate(Metric::ResolutionRate) - rest.rate(Metric::ResolutionRate)
            }
            Metric::ChannelGap => {
                let (mut public, mut private) = (Tally::default(), Tally::default());
                for (tally, is_public) in self.channels.iter().zip(&self.public_channels) {
                    let side = if *is_public { &mut public } else { &mut private };
                    side.voiced += tally.voiced;
                    side.resolved += tally.resolved;
                }
                public.rate(Metric::ResolutionRate) - private.rate(Metric::ResolutionRate)
            }
            Metric::Satisfaction => self.satisfaction.ratio(),
            Metric::Expectation => self.at_end().expectation,
            Metric::LoyaltyRate => {
                let mut all = Share::default();
                self.loyalty.iter().for_each(|share| all += *share);
                all.ratio()
            }
            Metric::NegativeShare => self.negative.ratio(),
            Metric::Awareness => self.at_end().awareness,
            Metric::CustomersKept => self.at_end().kept,
        }
    }

    fn at_end(&self) -> State {
        self.days.last().map_or(State::UNKNOWN, |day| day.state)
    }

    /// How many have seen the first mistake by the end of an hour after it.
    fn mistake_seen_by(&self, hour: usize) -> f64 {
        let views = self.mistake_views.get(..=hour);
        views.map_or(f64::NAN, |views| views.iter().sum())
    }

    /// Sentiment at the ends of the days that the window holds.
    fn mean_sentiment(&self) -> f64 {
        let counted = self.days.iter().enumerate().filter(|(day, _)| {
            let end = ((*day + 1) as f64 * 24.0).min(self.end);
            self.window.0 < end && end <= self.window.1
        });
        let (sum, count) = counted
            .fold((0.0, 0.0), |(sum, count), (_, day)| (sum + day.state.sentiment, count + 1.0));
        ratio(sum, count)
    }

    fn part(&self, metric: Metric, dimension: Dimension, level: &str) -> f64 {
        let is = |name: &str| name == level;
        let find = |names: &[String]| names.iter().position(|name| is(name));
        let rate = |tally: &Tally| tally.rate(metric);
        let wanted_rate = RATES.contains(&metric);
        let value = match dimension {
            Dimension::Team => find(&self.team_names).map(|team| {
                let (busy, staffed) = self.hours[team];
                ratio(busy, staffed)
            }),
            Dimension::Probe => {
                find(&self.channel_names).map(|channel| rate(&self.probes[channel]))
            }
            Dimension::Outcome => {
                let outcome = Outcome::ALL.iter().position(|outcome| is(outcome.name()));
                outcome.map(|outcome| self.loyalty[outcome].ratio())
            }
            Dimension::Channel => find(&self.channel_names).map(|channel| {
                if wanted_rate {
                    rate(&self.channels[channel])
                } else {
                    self.channel_waits[channel].rate(metric)
                }
            }),
            Dimension::Kind => {
                KINDS.iter().position(|kind| is(kind.name())).map(|k| rate(&self.kinds[k]))
            }
            Dimension::FollowersTenth => level
                .parse()
                .ok()
                .and_then(|tenth: usize| self.tenths.get(tenth.wrapping_sub(1)))
                .map(rate),
            Dimension::Class => match find(&self.stream_names) {
                Some(stream) if wanted_rate => Some(rate(&self.streams[stream].0)),
                Some(stream) => Some(self.streams[stream].1.rate(metric)),
                None => SEVERITY_CLASSES
                    .iter()
                    .position(|&name| is(name))
                    .map(|c| rate(&self.severities[c])),
            },
        };
        value.unwrap_or(f64::NAN)
    }

    fn daily(&self, metric: Metric, day: usize) -> f64 {
        debug_assert!(DAILY.contains(&metric));
        let Some(day) = self.days.get(day) else { return f64::NAN };
        let of_population = |value: f64| if self.population { value } else { f64::NAN };
        match metric {
            Metric::PublicShare => ratio(day.public as f64, day.complaints as f64),
            Metric::ComplaintsPerFailure => ratio(day.complaints as f64, day.failures as f64),
            Metric::Attitude => day.state.attitude,
            Metric::Reputation => day.state.sentiment,
            Metric::Satisfaction => day.satisfaction.ratio(),
            Metric::Expectation => day.state.expectation,
            Metric::NegativeShare => day.negative.ratio(),
            Metric::Awareness => day.state.awareness,
            Metric::CustomersKept => day.state.kept,
            Metric::ChurnRate => of_population(ratio(30.0 * day.left as f64, self.customers)),
            Metric::Audience => of_population(30.0 * day.views),
            _ => day.tally.rate(metric),
        }
    }

    fn check(&self, check: Check) -> f64 {
        match check {
            Check::Unaccounted => self.unaccounted as f64,
            Check::LittleGap => self.little_gap,
            Check::Censored => ratio(self.censored as f64, self.total.voiced as f64),
            Check::Voiced => self.total.voiced as f64,
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
