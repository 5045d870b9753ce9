//! The columns of a result row: every number that one replication of one arm yields.

use crate::plan::Plan;
use crate::plan::policy::Policy;
use crate::terms::outcome::Outcome;
pub use heard_scenario::figure::Dimension;
use heard_scenario::metric::Metric;
use heard_scenario::triage::Kind;

/// One number that a replication yields.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Column {
    /// A metric over everything.
    Total(Metric),
    /// A metric of a part.
    Level {
        /// What is measured.
        metric: Metric,
        /// How the whole is split.
        dimension: Dimension,
        /// Which part.
        level: String,
    },
    /// A metric of one day, warm-up and margin included.
    Day {
        /// What is measured.
        metric: Metric,
        /// Which day; the first is 0.
        day: u32,
    },
    /// Share of voiced complaints and questions with a first answer by [`answer_hours`] of this
    /// number, giving up and leaving competing.
    AnsweredBy(usize),
    /// How many have seen the first mistake by the end of this hour after it.
    MistakeSeen(u32),
    /// Number of contacts inside, read during this stretch of the run, warm-up included: once, or the
    /// mean of a reading an hour.
    Inside(u32),
    /// Something that must hold.
    Check(Check),
}

impl Column {
    /// Whether each window has a number of its own; the run has one of the others.
    #[must_use]
    pub fn is_of_window(&self) -> bool {
        match self {
            Self::Total(_) | Self::Level { .. } | Self::AnsweredBy(_) => true,
            Self::Check(check) => matches!(check, Check::Censored | Check::Voiced),
            Self::Day { .. } | Self::MistakeSeen(_) | Self::Inside(_) => false,
        }
    }
}

/// Numbers that these columns come to over this many windows, at least one: all of them once, and for
/// each further window those that a window has.
#[must_use]
pub fn length(columns: &[Column], windows: usize) -> usize {
    let of_window = columns.iter().filter(|column| column.is_of_window()).count();
    columns.len() + (windows - 1) * of_window
}

/// Something that must hold in every replication, or be known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Check {
    /// Contacts and cases that are neither over nor still there: 0.
    Unaccounted,
    /// Largest relative gap between the two sides of Little's law over all lines: 0 to rounding.
    LittleGap,
    /// Complaints and questions voiced between warm-up and margin.
    Cases,
    /// Share of counted complaints and questions that are still open at the end.
    Censored,
    /// Counted complaints and questions.
    Voiced,
    /// Customers on day 0.
    Customers,
}

impl Check {
    /// All checks.
    pub const ALL: [Self; 6] = [
        Self::Unaccounted,
        Self::LittleGap,
        Self::Cases,
        Self::Censored,
        Self::Voiced,
        Self::Customers,
    ];
}

/// Severity classes of a population's cases.
pub const SEVERITY_CLASSES: [&str; 3] = ["mild", "moderate", "serious"];

/// Kinds of what is asked of a company, in the order of their numbers.
pub const KINDS: [Kind; 4] = [Kind::Complaint, Kind::Question, Kind::Misguided, Kind::Rage];

/// Hours after the first mistake for which its audience is followed.
pub const MISTAKE_HOURS: u32 = 96;

/// Metrics that are split into parts by what was voiced.
pub const RATES: [Metric; 4] =
    [Metric::SeenRate, Metric::AnswerRate, Metric::HeardRate, Metric::ResolutionRate];

/// Metrics of live channels.
pub const WAITS: [Metric; 5] = [
    Metric::WaitSecondsMean,
    Metric::WaitSecondsServed,
    Metric::WaitSecondsAbandoned,
    Metric::WaitProbability,
    Metric::AbandonRate,
];

/// Metrics that are followed from day to day.
pub const DAILY: [Metric; 15] = [
    Metric::SeenRate,
    Metric::AnswerRate,
    Metric::HeardRate,
    Metric::ResolutionRate,
    Metric::PublicShare,
    Metric::ComplaintsPerFailure,
    Metric::Attitude,
    Metric::Reputation,
    Metric::ChurnRate,
    Metric::Audience,
    Metric::Satisfaction,
    Metric::Expectation,
    Metric::NegativeShare,
    Metric::Awareness,
    Metric::CustomersKept,
];

/// Hours at which the curve of first answers is read: 8 points a decade from 20 seconds, the
/// service level of call centres, to 42 days.
#[must_use]
pub fn answer_hours() -> Vec<f64> {
    (0..=42).map(|step| libm::pow(10.0, f64::from(step) / 8.0) * 20.0 / 3600.0).collect()
}

/// The columns that the arms of an experiment share. A part that only one arm has is undefined in
/// the others.
#[must_use]
pub fn columns(arms: &[Plan]) -> Vec<Column> {
    let mut columns: Vec<Column> = Metric::ALL.into_iter().map(Column::Total).collect();
    let mut split = |dimension: Dimension, levels: Vec<String>, metrics: &[Metric]| {
        for &metric in metrics {
            let parts = levels.iter().cloned();
            columns.extend(parts.map(|level| Column::Level { metric, dimension, level }));
        }
    };
    let channels = names(arms, |policy| policy.channels.iter().map(|c| c.name.clone()).collect());
    let teams = names(arms, |policy| policy.teams.iter().map(|t| t.name.clone()).collect());
    let streams = names(arms, |policy| policy.streams.iter().map(|s| s.name.clone()).collect());
    let setting = arms.first().map(|plan| &plan.setting);
    let population = setting.is_some_and(|setting| setting.customers.count > 0);
    let probes = setting.is_some_and(|setting| setting.audit.probes_per_channel > 0);
    let severities = SEVERITY_CLASSES.iter().filter(|_| population).map(|&name| name.to_owned());
    let classes: Vec<String> = severities.chain(streams.iter().cloned()).collect();
    let kinds = KINDS.map(|kind| kind.name().to_owned()).to_vec();
    if probes {
        split(Dimension::Probe, channels.clone(), &RATES);
    }
    split(Dimension::Channel, channels.clone(), &RATES);
    split(Dimension::Channel, channels, &WAITS);
    split(Dimension::Team, teams, &[Metric::Occupancy]);
    split(Dimension::Kind, kinds, &RATES);
    split(Dimension::Class, classes, &RATES);
    split(Dimension::Class, streams, &WAITS);
    if population {
        split(Dimension::FollowersTenth, (1..=10).map(|tenth| tenth.to_string()).collect(), &RATES);
        let outcomes = Outcome::ALL.map(|outcome| outcome.name().to_owned()).to_vec();
        split(Dimension::Outcome, outcomes, &[Metric::LoyaltyRate]);
    }
    let days = setting.map_or(0, |setting| setting.days);
    for metric in DAILY {
        columns.extend((0..days).map(|day| Column::Day { metric, day }));
    }
    columns.extend((0..answer_hours().len()).map(Column::AnsweredBy));
    if arms.iter().any(|plan| plan.policies().iter().any(|policy| !policy.mistakes.is_empty())) {
        columns.extend((0..MISTAKE_HOURS).map(Column::MistakeSeen));
    }
    let readings = setting.and_then(|setting| setting.readings);
    columns.extend((0..readings.map_or(0, |readings| readings.stretches)).map(Column::Inside));
    columns.extend(Check::ALL.into_iter().map(Column::Check));
    columns
}

fn names(arms: &[Plan], of: impl Fn(&Policy) -> Vec<String>) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for name in arms.iter().flat_map(Plan::policies).flat_map(of) {
        if !all.contains(&name) {
            all.push(name);
        }
    }
    all
}
