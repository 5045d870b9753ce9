//! The census: counts what happens and turns the counts into metrics.
//!
//! Cases are counted whose occasion falls into the window between warm-up and margin. Undefined is
//! NaN.

use super::case::Case;
use super::column::{Check, Column, DAILY, Dimension, RATES, SEVERITY_CLASSES, answer_hours};
use super::customers::Customers;
use super::desk::{Contact, Desk, Work};
use super::plan::{Plan, Stream};
use crate::normal;
use crate::scenario::metric::Metric;
use crate::scenario::triage::Kind;
use crate::stats::Incidence;

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

#[derive(Clone, Copy, Debug, Default)]
struct Day {
    tally: Tally,
    failures: u64,
    complaints: u64,
    public: u64,
    left: u64,
    views: f64,
    sentiment: f64,
    attitude: f64,
}

/// All counts of one replication.
#[derive(Clone, Debug)]
pub struct Census {
    window: (f64, f64),
    end: f64,
    population: bool,
    total: Tally,
    complaints_resolved: u64,
    channels: Vec<Tally>,
    channel_waits: Vec<Waits>,
    kinds: [Tally; 3],
    severities: [Tally; 3],
    streams: Vec<Tally>,
    stream_waits: Vec<Waits>,
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
    occupancy: Vec<f64>,
    overall_occupancy: f64,
    wages: f64,
    attitude: f64,
    nps: f64,
    unaccounted: i64,
    little_gap: f64,
    censored: u64,
}

fn ratio(part: f64, whole: f64) -> f64 {
    if whole > 0.0 { part / whole } else { f64::NAN }
}

impl Census {
    /// Nothing counted yet.
    #[must_use]
    pub fn new(plan: &Plan) -> Self {
        let followers = &plan.customers.followers;
        let tenth_end = |tenth: i32| {
            followers.median
                * libm::exp(followers.sigma * normal::quantile(f64::from(tenth) / 10.0))
        };
        let nan_day = Day { sentiment: f64::NAN, attitude: f64::NAN, ..Day::default() };
        Self {
            window: plan.window,
            end: plan.end,
            population: plan.customers.count > 0,
            total: Tally::default(),
            complaints_resolved: 0,
            channels: vec![Tally::default(); plan.channels.len()],
            channel_waits: vec![Waits::default(); plan.channels.len()],
            kinds: [Tally::default(); 3],
            severities: [Tally::default(); 3],
            streams: vec![Tally::default(); plan.streams.len()],
            stream_waits: vec![Waits::default(); plan.streams.len()],
            tenths: [Tally::default(); 10],
            waits: Waits::default(),
            failures: 0,
            complaints: 0,
            public: 0,
            left: 0,
            firestorms: 0,
            views: 0.0,
            paid: 0.0,
            days: vec![nan_day; plan.days as usize],
            first_answer: Incidence::new(),
            resolution: Incidence::new(),
            tenth_ends: (1..10).map(tenth_end).collect(),
            occupancy: Vec::new(),
            overall_occupancy: f64::NAN,
            wages: 0.0,
            attitude: f64::NAN,
            nps: f64::NAN,
            unaccounted: 0,
            little_gap: 0.0,
            censored: 0,
        }
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

    /// The state of things at the end of a day.
    pub fn end_of_day(&mut self, now: f64, sentiment: f64, attitude: f64) {
        let population = self.population;
        let day = self.day(now - 1e-6);
        if population {
            day.sentiment = sentiment;
            day.attitude = attitude;
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
            self.stream_waits[usize::from(stream)].add(hours, waited, abandoned);
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
        if settings.kind == Kind::Praise {
            return;
        }
        change(&mut self.day(voiced_at).tally);
        if self.counts(voiced_at) {
            change(&mut self.total);
            change(&mut self.channels[settings.channel]);
            change(&mut self.kinds[settings.kind as usize]);
            change(&mut self.streams[stream]);
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
        if !self.counts(voiced_at) || settings.kind == Kind::Praise {
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
        if self.counts(contact.voiced_at) && settings.kind != Kind::Praise {
            self.first_answer.competing(hours);
        }
    }

    /// The run is over: counts the cases, and the contacts that are still at the desk or will call
    /// again. `lost`: cases that nothing will ever end.
    pub fn close(
        &mut self,
        plan: &Plan,
        cases: &[Case],
        desk: &Desk,
        calls: impl Iterator<Item = Contact>,
        lost: usize,
    ) {
        for case in cases.iter().filter(|case| case.asks()) {
            self.count_case(case);
        }
        for contact in desk.still_inside().copied().chain(calls) {
            if let Work::Stream(stream) = contact.work {
                let asks = plan.streams[usize::from(stream)].kind != Kind::Praise;
                if asks && self.counts(contact.voiced_at) {
                    self.first_answer.censored(self.end - contact.voiced_at);
                    self.censored += 1;
                }
            }
        }
        let (mut busy, mut staffed) = (0.0, 0.0);
        for (index, team) in plan.teams.iter().enumerate() {
            let (team_busy, team_staffed, paid) = desk.hours(index);
            self.occupancy.push(ratio(team_busy, team_staffed));
            self.wages += paid * team.wage;
            busy += team_busy;
            staffed += team_staffed;
        }
        self.overall_occupancy = ratio(busy, staffed);
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
        if plan.listening.coverage > 0.0 {
            self.paid +=
                plan.listening.cost_per_month * (self.window.1 - self.window.0) / MONTH_HOURS;
        }
    }

    /// Asks the customers of day 0 what they think.
    pub fn ask(&mut self, plan: &Plan, customers: &mut Customers) {
        if self.population {
            self.attitude = customers.mean_attitude_of_first(self.end);
            let score: f64 = customers.attitudes_of_first(self.end).map(promoter).sum();
            self.nps = 100.0 * score / f64::from(plan.customers.count);
        }
    }

    fn count_case(&mut self, case: &Case) {
        let fate = Fate {
            seen: case.seen,
            answered: case.answered(),
            heard: case.heard,
            resolved: case.resolved(),
        };
        let public = case.post.is_some();
        let complaint = case.kind == Kind::Complaint;
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
    pub fn values(&self, plan: &Plan, columns: &[Column]) -> Vec<f64> {
        let curve = self.answer_curve();
        columns
            .iter()
            .map(|column| match column {
                Column::Total(metric) => self.total(plan, *metric),
                Column::Level { metric, dimension, level } => {
                    self.part(plan, *metric, *dimension, level)
                }
                Column::Day { metric, day } => self.daily(plan, *metric, *day as usize),
                Column::AnsweredBy(point) => curve.get(*point).copied().unwrap_or(f64::NAN),
                Column::Check(check) => self.check(*check),
            })
            .collect()
    }

    fn answer_curve(&self) -> Vec<f64> {
        if self.first_answer.total() == 0 {
            return Vec::new();
        }
        self.first_answer.curve_at(&answer_hours())
    }

    fn total(&self, plan: &Plan, metric: Metric) -> f64 {
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
            Metric::Occupancy => self.overall_occupancy,
            Metric::PublicShare => ratio(self.public as f64, self.complaints as f64),
            Metric::ComplaintsPerFailure => ratio(self.complaints as f64, self.failures as f64),
            Metric::Attitude => self.attitude,
            Metric::Nps => self.nps,
            Metric::Stars => 3.0 + 2.0 * self.attitude,
            Metric::Reputation => self.mean_sentiment(),
            Metric::ChurnRate => {
                of_population(ratio(self.left as f64 / months, f64::from(plan.customers.count)))
            }
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
                for (tally, channel) in self.channels.iter().zip(&plan.channels) {
                    let side = if channel.public { &mut public } else { &mut private };
                    side.voiced += tally.voiced;
                    side.resolved += tally.resolved;
                }
                public.rate(Metric::ResolutionRate) - private.rate(Metric::ResolutionRate)
            }
            _ => f64::NAN,
        }
    }

    /// Sentiment at the ends of the days that the window holds.
    fn mean_sentiment(&self) -> f64 {
        let counted = self.days.iter().enumerate().filter(|(day, _)| {
            let end = ((*day + 1) as f64 * 24.0).min(self.end);
            self.window.0 < end && end <= self.window.1
        });
        let (sum, count) =
            counted.fold((0.0, 0.0), |(sum, count), (_, day)| (sum + day.sentiment, count + 1.0));
        ratio(sum, count)
    }

    fn part(&self, plan: &Plan, metric: Metric, dimension: Dimension, level: &str) -> f64 {
        let is = |name: &str| name == level;
        let rate = |tally: &Tally| tally.rate(metric);
        let wanted_rate = RATES.contains(&metric);
        let value = match dimension {
            Dimension::Team => {
                plan.teams.iter().position(|t| is(&t.name)).map(|t| self.occupancy[t])
            }
            Dimension::Channel => plan.channels.iter().position(|c| is(&c.name)).map(|channel| {
                if wanted_rate {
                    rate(&self.channels[channel])
                } else {
                    self.channel_waits[channel].rate(metric)
                }
            }),
            Dimension::Kind => {
                Kind::ALL.iter().position(|kind| is(kind.name())).map(|k| rate(&self.kinds[k]))
            }
            Dimension::FollowersTenth => level
                .parse()
                .ok()
                .and_then(|tenth: usize| self.tenths.get(tenth.wrapping_sub(1)))
                .map(rate),
            Dimension::Class => match plan.streams.iter().position(|stream| is(&stream.name)) {
                Some(stream) if wanted_rate => Some(rate(&self.streams[stream])),
                Some(stream) => Some(self.stream_waits[stream].rate(metric)),
                None => SEVERITY_CLASSES
                    .iter()
                    .position(|&name| is(name))
                    .map(|c| rate(&self.severities[c])),
            },
        };
        value.unwrap_or(f64::NAN)
    }

    fn daily(&self, plan: &Plan, metric: Metric, day: usize) -> f64 {
        debug_assert!(DAILY.contains(&metric));
        let Some(day) = self.days.get(day) else { return f64::NAN };
        let of_population = |value: f64| if self.population { value } else { f64::NAN };
        match metric {
            Metric::PublicShare => ratio(day.public as f64, day.complaints as f64),
            Metric::ComplaintsPerFailure => ratio(day.complaints as f64, day.failures as f64),
            Metric::Attitude => day.attitude,
            Metric::Reputation => day.sentiment,
            Metric::ChurnRate => {
                of_population(30.0 * day.left as f64 / f64::from(plan.customers.count))
            }
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
