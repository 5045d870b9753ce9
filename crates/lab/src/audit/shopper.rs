//! The mystery shopper within the simulation: a scenario runs with probes on every channel that its
//! companies present, and what becomes of them is graded like any log.

use std::convert::Infallible;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use super::settings::Settings;
use super::{Audit, Grader};
use crate::experiment::contact_log::{ContactLog, Keep, Row as Probe, beginning_ms, wall_ms};
use crate::experiment::runner::Turn;
use crate::experiment::schedule::Piece;
use crate::experiment::{Experiment, runner};
use crate::job::{Job, Progress, Watch};
use heard_contacts::Known;
use heard_contacts::note::Reading;
use heard_contacts::rows::Skipped;
use heard_contacts::{About, Contact, Moment, formats};
use heard_scenario::run::Run;
use heard_scenario::study::Study;
use heard_text::number::count;
use heard_world::plan::policy::Policy;

/// Probes on each channel where a scenario has none of its own.
pub const PROBES: u32 = 30;

/// What the shopper found in one arm.
#[derive(Clone, Debug)]
pub struct Visit {
    /// The arm.
    pub arm: String,
    /// Probes that were posted, in all replications.
    pub probes: u64,
    /// How they were answered; `None` where no channel is presented, so that there was nothing to probe.
    pub audit: Option<Audit>,
}

/// Everything that the shopper found.
#[derive(Clone, Debug)]
pub struct Visits {
    /// The scenario.
    pub scenario: String,
    /// When it ran, and from which seed.
    pub run: Run,
    /// Probes on each channel in each replication.
    pub probes_per_channel: u32,
    /// Replications that ran to their end.
    pub replications: u32,
    /// Arm by arm.
    pub arms: Vec<Visit>,
}

/// Gives a scenario without probes [`PROBES`] on each channel.
pub fn send_out(study: &mut Study) {
    let probes = &mut study.base.audit.probes_per_channel;
    if *probes == 0 {
        *probes = PROBES;
    }
}

/// Runs all replications of a scenario and grades how its probes are answered.
#[derive(Clone, Debug)]
pub struct MysteryShopper {
    /// What to run; [`send_out`] makes sure that there are probes.
    pub experiment: Arc<Experiment>,
    /// Worker threads; 0 counts as 1. The grades do not depend on it.
    pub threads: usize,
    /// What the cards are asked for.
    pub settings: Settings,
}

impl Job for MysteryShopper {
    type Output = Visits;
    type Error = runner::Error<Infallible>;

    /// # Errors
    /// If worker threads cannot be started.
    fn run(self, watch: &mut Watch) -> Result<Visits, Self::Error> {
        let Self { experiment, threads, settings } = self;
        let wanted = experiment.study.base.run.replications;
        let arms = 0..experiment.plans.len();
        let mut notes: Vec<Notes<'_>> =
            arms.map(|arm| Notes::new(&experiment, arm, &settings)).collect();
        let mut replications = 0;
        let log = |Piece { replication, arm }: Piece, stop: &AtomicBool| {
            let mut log = ContactLog::new(Keep::Probes);
            experiment.play(arm, replication, stop, &mut log).map(|_| log)
        };
        let stop = watch.stop();
        runner::pieces(0..wanted, experiment.costs(), threads, stop.flag(), log, |turn| {
            if let Turn::Replication(_, logs) = turn {
                for (notes, log) in notes.iter_mut().zip(&logs) {
                    log.rows.iter().for_each(|row| notes.take(row));
                }
                replications += 1;
            }
            watch.report(Progress::replications(replications, wanted));
            Ok(())
        })?;
        Ok(visits(&experiment, replications, notes))
    }
}

fn visits(experiment: &Experiment, replications: u32, notes: Vec<Notes<'_>>) -> Visits {
    let names = experiment.study.arms.iter().map(|arm| arm.name.as_str());
    let visits = names.zip(notes).map(|(arm, notes)| {
        let probes = notes.probes;
        Visit { arm: arm.to_owned(), probes, audit: notes.graded(arm) }
    });
    let base = &experiment.study.base;
    Visits {
        scenario: experiment.study.name.clone(),
        run: base.run.clone(),
        probes_per_channel: base.audit.probes_per_channel,
        replications,
        arms: visits.collect(),
    }
}

/// What the shopper has seen of one arm so far.
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
    fn new(experiment: &'a Experiment, arm: usize, settings: &Settings) -> Self {
        Self {
            study: &experiment.study,
            policies: experiment.plans[arm].policies(),
            beginning_ms: beginning_ms(&experiment.study),
            names: Known::default(),
            grader: Grader::new(settings.clone()),
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
            handled_ms: None,
            resolved: None,
            talk: None,
        });
    }

    /// `None` where there was nothing to probe.
    fn graded(self, arm: &str) -> Option<Audit> {
        let end = wall_ms(self.beginning_ms, self.study.base.run.end_hours());
        let first = self.first?;
        let about = About {
            name: format!("{arm}, simulated with {} probes", count(self.probes)),
            format: formats::PLAIN.name,
            rows: self.contacts,
            skipped: Skipped::default(),
            look: None,
            contacts: self.contacts,
            span: Some((first, Moment::local(end))),
            names: self.names,
            fields: Vec::new(),
            left_out: Vec::new(),
            // All that happened is known.
            caveats: Vec::new(),
            reading: Reading::default(),
            tells_answer_rate: true,
        };
        Some(self.grader.audit(about))
    }
}
