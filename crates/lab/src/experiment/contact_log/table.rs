//! Rows of a simulated log as comma-separated values, in the plain format of logs.

use jiff::Timestamp;
use jiff::tz::Offset;

use super::row::{About, Row, Who};
use super::{ContactLog, Experiment};
use heard_contacts::Field;
use heard_contacts::Outcome;
use heard_contacts::moment::DAY_MS;
use heard_scenario::study::Study;
use heard_world::observer::Author;
use heard_world::plan::policy::Policy;

/// Midnight of Monday, the first of January 2001, by the clock on the wall: hour 0 of a run.
pub(super) const BEGINNING: i64 = 978_307_200_000;
/// The kind of a mystery shopper's probe.
const PROBE: &str = "probe";

/// Why a log cannot be written.
#[derive(Debug, thiserror::Error)]
#[error("a log of contacts could not be written as CSV: {0}")]
pub struct Writing(String);

impl Writing {
    fn new(error: impl std::fmt::Display) -> Self {
        Self(error.to_string())
    }
}

/// A log of one arm on its way to a file.
pub struct Table<'a> {
    companies: &'a [String],
    policies: &'a [Policy],
    beginning_ms: i64,
    writer: ::csv::Writer<Vec<u8>>,
}

impl<'a> Table<'a> {
    /// A log with its header alone.
    ///
    /// # Errors
    /// Never, in practice: memory does not fail.
    pub fn new(experiment: &'a Experiment, arm: usize) -> Result<Self, Writing> {
        let mut writer = ::csv::WriterBuilder::new()
            .terminator(::csv::Terminator::Any(b'\n'))
            .from_writer(Vec::new());
        writer.write_record(Field::WRITTEN.map(Field::name)).map_err(Writing::new)?;
        let policies = experiment.plans[arm].policies();
        let (companies, beginning_ms) =
            (experiment.study.companies.as_slice(), beginning_ms(&experiment.study));
        Ok(Self { companies, policies, beginning_ms, writer })
    }

    /// Adds what one replication left.
    ///
    /// # Errors
    /// As [`Table::new`] says.
    pub fn add(&mut self, log: &ContactLog) -> Result<(), Writing> {
        for (index, row) in log.rows.iter().enumerate() {
            let id = (index + 1).to_string();
            let record = Field::WRITTEN.map(|field| match field {
                Field::Id => id.clone(),
                Field::Customer => self.customer(row),
                _ => self.text(row, field),
            });
            self.writer.write_record(&record).map_err(Writing::new)?;
        }
        Ok(())
    }

    /// The bytes of the file.
    ///
    /// # Errors
    /// As [`Table::new`] says.
    pub fn bytes(self) -> Result<Vec<u8>, Writing> {
        self.writer.into_inner().map_err(Writing::new)
    }

    fn text(&self, row: &Row, field: Field) -> String {
        let policy = &self.policies[usize::from(row.company)];
        let channel = &policy.channels[usize::from(row.channel)];
        let time = |hours: Option<f64>| {
            hours.map_or(String::new(), |hours| moment(self.beginning_ms, hours))
        };
        let answered = row.outcome().is_answered();
        match field {
            Field::Channel => channel.name.clone(),
            Field::Company => self.company(row).to_owned(),
            Field::Arrived => moment(self.beginning_ms, row.arrived),
            Field::Answered => time(row.answered),
            Field::Closed => time(row.over()),
            Field::Outcome => outcome(row.outcome()).to_owned(),
            Field::Agent => {
                row.agent.filter(|_| answered).map_or(String::new(), |(team, person)| {
                    let team = &policy.teams[usize::from(team)].name;
                    self.of_company(row, &format!("{team}-{person}"))
                })
            }
            Field::Public => channel.public.to_string(),
            Field::Followers => row.followers.map_or(String::new(), |number| number.to_string()),
            Field::Kind => match row.about {
                About::Stream(stream) => policy.streams[usize::from(stream)].name.clone(),
                About::Kind(kind) => kind.name().to_owned(),
                About::Probe => PROBE.to_owned(),
            },
            Field::Priority => row.rank.map_or(String::new(), |rank| rank.to_string()),
            // Names are written above; lengths follow from times.
            _ => String::new(),
        }
    }

    /// Names the person who contacted the company: customers by their numbers, all others in words.
    fn customer(&self, row: &Row) -> String {
        let named = |name: &str, number: u32| self.of_company(row, &format!("{name}-{number}"));
        match row.who {
            Who::Caller { stream, number } => {
                let streams = &self.policies[usize::from(row.company)].streams;
                named(&streams[usize::from(stream)].name, number + 1)
            }
            Who::Case(Author::Customer { place, generation: 0 }) => place.to_string(),
            Who::Case(Author::Customer { place, generation }) => format!("{place}.{generation}"),
            Who::Case(Author::Auditor { probe }) => format!("{PROBE}-{probe}"),
            Who::Case(Author::Detractor { number }) => named("detractor", number + 1),
            Who::Case(Author::Crowd { mistake }) => named("outcry", mistake + 1),
        }
    }

    fn company(&self, row: &Row) -> &'a str {
        self.companies.get(usize::from(row.company)).map_or("", String::as_str)
    }

    /// A name that is a company's own: where there are several, others may have the same one.
    fn of_company(&self, row: &Row, name: &str) -> String {
        match self.companies.len() {
            0 | 1 => name.to_owned(),
            _ => format!("{}-{name}", self.company(row)),
        }
    }
}

/// When hour 0 of a run is, by the clock on the wall: on the first day of the log where one is replayed.
#[must_use]
pub fn beginning_ms(study: &Study) -> i64 {
    let first = study.base.replay.as_ref().and_then(|replay| replay.first_day().ok());
    first.map_or(BEGINNING, |day| day * DAY_MS)
}

/// The moment of an hour of a run that began then, to the millisecond.
#[must_use]
pub fn wall_ms(beginning_ms: i64, hours: f64) -> i64 {
    beginning_ms + (hours * 3_600_000.0).round() as i64
}

fn moment(beginning_ms: i64, hours: f64) -> String {
    let wall = Timestamp::from_millisecond(wall_ms(beginning_ms, hours));
    wall.map_or(String::new(), |wall| format!("{:.3}", Offset::UTC.to_datetime(wall)))
}

/// The word of the plain format for an outcome.
fn outcome(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Answered => "answered",
        Outcome::Redirected => "redirected",
        Outcome::GaveUp => "abandoned",
        Outcome::Waiting | Outcome::Unknown => "unanswered",
    }
}
