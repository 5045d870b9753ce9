//! The mystery shopper within the simulation: a scenario is played with probes on every channel that
//! its companies present, and what becomes of them is graded like any log.

use std::sync::atomic::AtomicBool;

use super::{Audit, table};
use crate::contacts::input::Input;
use crate::contacts::{LogError, Moment, Options};
use crate::experiment::contact_log::{ContactLog, Keep, Table, Writing, beginning_ms, wall_ms};
use crate::experiment::{Experiment, runner};
use crate::report::number::count;
use crate::report::tables::{Field, Row};
use crate::scenario::study::Study;

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

/// Why there are no visits.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// They could not be played or written down.
    #[error(transparent)]
    Played(#[from] runner::Error<Writing>),
    /// They could not be written down.
    #[error(transparent)]
    Written(#[from] Writing),
    /// They could not be read back.
    #[error("{}", .0.render())]
    Read(LogError),
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
) -> Result<Visits, Failure> {
    let wanted = experiment.study.base.run.replications;
    let arms = 0..experiment.plans.len();
    let mut tables =
        arms.clone().map(|arm| Table::new(experiment, arm)).collect::<Result<Vec<_>, _>>()?;
    let (mut probes, mut replications) = (vec![0; tables.len()], 0);
    let play = |replication| {
        let log = |arm| {
            let mut log = ContactLog::new(Keep::Probes);
            experiment.play(arm, replication, stop, &mut log).map(|_| log)
        };
        arms.clone().map(log).collect::<Option<Vec<ContactLog>>>()
    };
    runner::each(0..wanted, threads, stop, play, |replication, logs| {
        for ((table, log), probes) in tables.iter_mut().zip(&logs).zip(&mut probes) {
            table.add(log, Some(replication))?;
            *probes += log.rows.iter().filter(|row| row.message == 1).count() as u64;
        }
        replications += 1;
        done();
        Ok(())
    })?;
    let names = experiment.study.arms.iter().map(|arm| arm.name.as_str());
    let visits = names.zip(tables).zip(probes).map(|((arm, table), probes)| {
        let name = format!("{arm}, simulated with {} probes", count(probes));
        let audit = if table.rows() == 0 { None } else { Some(table.bytes()?) };
        let audit = audit.map(|bytes| graded(&name, bytes, experiment)).transpose()?;
        Ok(Visit { arm: arm.to_owned(), probes, audit })
    });
    Ok(Visits { replications, arms: visits.collect::<Result<_, Failure>>()? })
}

fn graded(name: &str, bytes: Vec<u8>, experiment: &Experiment) -> Result<Audit, Failure> {
    let broken =
        |error: std::io::Error| Failure::Read(LogError::new(name, None, error.to_string()));
    let input = Input::of_bytes(name, bytes).map_err(broken)?;
    let mut audit = Audit::of_log(input, &Options::default()).map_err(Failure::Read)?;
    let about = &mut audit.about;
    // Whatever is not in a simulated log did not happen: all probes answered is no sample's fault,
    // and who was not answered by the end of the run was not answered by then.
    about.biases.clear();
    about.tells_answer_rate = true;
    let beginning = beginning_ms(&experiment.study);
    let end = Moment::local(wall_ms(beginning, experiment.study.base.run.days * 24.0));
    if let Some((_, last)) = &mut about.span {
        *last = end;
    }
    Ok(audit)
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
