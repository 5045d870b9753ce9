//! The mystery shopper within the simulation: a scenario is played with probes on every channel that
//! its companies present, and what becomes of them is graded like any log.

use std::convert::Infallible;
use std::sync::atomic::AtomicBool;

use super::{Audit, Grader, table};
use heard_contacts::log::Known;
use heard_contacts::rows::Skipped;
use heard_contacts::{About, Contact, Format, Moment};
use heard_lab::experiment::contact_log::{ContactLog, Keep, Row as Probe, beginning_ms, wall_ms};
use heard_lab::experiment::{Experiment, runner};
use heard_report::tables::{Field, Row};
use heard_scenario::study::Study;
use heard_text::number::count;
use heard_world::plan::policy::Policy;

/// Probes on each channel where a scenario has none of its own.
pub const PROBES: u32 = 30;

/// What the shopper came back with from one arm.
#[derive(Clone, Debug)]
pub struct Visit {
    /// The arm.
    pub arm: String,
    /// Probes that were posted, in all replications.
    pub probes: u64,
    /// How they were met; `None` where nothing is presented, so that there was nothing to probe.
    pub audit: Option<Audit>,
}

/// Everything that the shopper came back with.
#[derive(Clone, Debug)]
pub struct Visits {
    /// Replications that were played to their end.
    pub replications: u32,
    /// Arm by arm.
    pub arms: Vec<Visit>,
}

/// Sends the shopper out: a scenario without probes gets [`PROBES`] on each channel.
pub fn send_out(study: &mut Study) {
    let probes = &mut study.base.audit.probes_per_channel;
    if *probes == 0 {
        *probes = PROBES;
    }
}

/// Plays all replications on `threads` threads; `done` is told of each. Ends early, with what is
/// finished, when `stop` is raised.
///
/// # Errors
/// Where no threads can be had; all else does not fail in practice.
pub fn visit(
    experiment: &Experiment,
    threads: usize,
    stop: &AtomicBool,
    mut done: impl FnMut(),
) -> Result<Visits, runner::Error<Infallible>> {
    let wanted = experiment.study.base.run.replications;
    let arms = 0..experiment.plans.len();
    let mut notes: Vec<Notes<'_>> = arms.clone().map(|arm| Notes::new(experiment, arm)).collect();
    let mut replications = 0;
    let play = |replication| {
        let log = |arm| {
            let mut log = ContactLog::new(Keep::Probes);
            experiment.play(arm, replication, stop, &mut log).map(|_| log)
        };
        arms.clone().map(log).collect::<Option<Vec<ContactLog>>>()
    };
    runner::each(0..wanted, threads, stop, play, |_, logs| {
        for (notes, log) in notes.iter_mut().zip(&logs) {
            log.rows.iter().for_each(|row| notes.take(row));
        }
        replications += 1;
        done();
        Ok(())
    })?;
    let names = experiment.study.arms.iter().map(|arm| arm.name.as_str());
    let visits = names.zip(notes).map(|(arm, notes)| {
        let probes = notes.probes;
        Visit { arm: arm.to_owned(), probes, audit: notes.graded(arm) }
    });
    Ok(Visits { replications, arms: visits.collect() })
}

/// What the shopper writes down of one arm.
struct Notes<'a> {
    study: &'a Study,
    policies: &'a [Policy],
    beginning_ms: i64,
    names: Known,
    grader: Grader,
    contacts: u64,
    probes: u64,
    first: Option<Moment>,
}

impl<'a> Notes<'a> {
    fn new(experiment: &'a Experiment, arm: usize) -> Self {
        Self {
            study: &experiment.study,
            policies: experiment.plans[arm].policies(),
            beginning_ms: beginning_ms(&experiment.study),
            names: Known::default(),
            grader: Grader::default(),
            contacts: 0,
            probes: 0,
            first: None,
        }
    }

    fn take(&mut self, row: &Probe) {
        let beginning_ms = self.beginning_ms;
        let moment = |hours: f64| Moment::local(wall_ms(beginning_ms, hours));
        let company = self.study.companies.get(usize::from(row.company));
        let policy = &self.policies[usize::from(row.company)];
        let channel = &policy.channels[usize::from(row.channel)].name;
        let arrived = moment(row.arrived);
        let outcome = row.outcome();
        self.first = Some(match self.first {
            Some(first) if first.wall_ms <= arrived.wall_ms => first,
            _ => arrived,
        });
        self.contacts += 1;
        self.probes += u64::from(row.message == 1);
        self.grader.count(&Contact {
            line: self.contacts,
            customer: None,
            // A scenario has far fewer of both than there may be names.
            company: self.names.companies.number(company.map_or("", String::as_str)).unwrap_or(0),
            channel: self.names.channels.number(channel).unwrap_or(0),
            kind: None,
            priority: row.rank,
            agent: None,
            arrived,
            answered: row.answered.map(moment),
            closed: row.over().map(moment),
            outcome,
            public: None,
            followers: row.followers,
            talk: None,
        });
    }

    /// `None` where there was nothing to probe.
    fn graded(self, arm: &str) -> Option<Audit> {
        let end = wall_ms(self.beginning_ms, self.study.base.run.days * 24.0);
        let first = self.first?;
        let about = About {
            name: format!("{arm}, simulated with {} probes", count(self.probes)),
            format: Format::Plain,
            rows: self.contacts,
            skipped: Skipped::default(),
            contacts: self.contacts,
            // Who was not answered by the end of the run was not answered by then.
            span: Some((first, Moment::local(end))),
            names: self.names,
            fields: Vec::new(),
            left_out: Vec::new(),
            // All that happened is known.
            biases: Vec::new(),
            tells_answer_rate: true,
        };
        Some(self.grader.audit(about))
    }
}

/// One line of `audit.csv` with its arm.
#[derive(Clone, Debug, PartialEq)]
pub struct Line<'a, L> {
    line: L,
    arm: &'a str,
}

impl Row for Line<'_, table::Line> {
    const COLUMNS: &'static [&'static str] =
        &["company", "channel", "measure", "unit", "value", "ci_low", "ci_high", "n", "of", "arm"];

    fn fields(&self) -> Vec<Field<'_>> {
        let mut fields = self.line.fields();
        fields.push(Field::Text(self.arm));
        fields
    }
}

impl Row for Line<'_, table::Hour> {
    const COLUMNS: &'static [&'static str] =
        &["company", "channel", "weekday", "hour", "arrivals", "answers", "arm"];

    fn fields(&self) -> Vec<Field<'_>> {
        let mut fields = self.line.fields();
        fields.push(Field::Text(self.arm));
        fields
    }
}

impl Visits {
    /// The lines that `of` makes of the audit of each arm, with the arm's name.
    pub fn lines<L>(&self, of: impl Fn(&Audit) -> Vec<L>) -> Vec<Line<'_, L>> {
        let mut all = Vec::new();
        for visit in &self.arms {
            let lines = visit.audit.iter().flat_map(&of);
            all.extend(lines.map(|line| Line { line, arm: &visit.arm }));
        }
        all
    }
}
