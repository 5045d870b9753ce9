//! Running an experiment in a folder, where finished replications outlast an interrupt or a crash.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime};

use super::simulate::replications;
use super::{Job, Stop, Watch};
use crate::experiment::contact_log::{ContactLog, Keep, Table, Writing, file_names};
use crate::experiment::folder::{Earlier, Folder, FolderError};
use crate::experiment::journal::{Journal, JournalError};
use crate::experiment::results::Results;
use crate::experiment::{Experiment, runner};

/// Runs all replications that a study asks for, those aside that a folder's journal holds already.
#[derive(Clone, Debug)]
pub struct InFolder {
    /// What to run.
    pub experiment: Arc<Experiment>,
    /// Where the journal and the results go.
    pub folder: PathBuf,
    /// What to do with unfinished work in the folder.
    pub earlier: Earlier,
    /// Worker threads; 0 counts as 1. The results do not depend on it.
    pub threads: usize,
    /// Whether to make the log of contacts of every arm's first replication.
    pub logs: bool,
}

/// A run that is ready to start: the folder is locked and its earlier replications are read.
#[derive(Debug)]
pub struct Opened {
    folder: Folder,
    journal: Journal,
    results: Results,
    threads: usize,
    logs: bool,
}

/// A run that has come to its end, or was stopped. Its results are not published yet: what the files
/// hold is for the caller to say.
#[derive(Debug)]
pub struct Ended {
    /// The results of the replications that are complete.
    pub results: Results,
    /// Logs of contacts, by file name; empty unless asked for and the run is complete.
    pub logs: Vec<(String, Vec<u8>)>,
    /// Worker threads that it used.
    pub threads: usize,
    /// When it started.
    pub started: SystemTime,
    clock: Instant,
    folder: Folder,
}

/// Why a run failed.
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    /// The folder cannot be used.
    #[error(transparent)]
    Folder(#[from] FolderError),
    /// Running ended early; what was finished is in the journal.
    #[error("{error}")]
    Failed {
        /// What happened.
        error: runner::Error<JournalError>,
        /// Replications in the journal.
        kept: u32,
        /// Replications wanted.
        wanted: u32,
    },
    /// A log of contacts cannot be made.
    #[error(transparent)]
    Log(#[from] Writing),
    /// Stopped while logs of contacts were made: all replications are in the journal.
    #[error("interrupted while making logs of contacts")]
    Interrupted,
}

impl InFolder {
    /// Locks the folder and reads the replications that its journal holds.
    ///
    /// # Errors
    /// If the folder cannot be used, or holds unfinished work that `earlier` does not allow for.
    pub fn open(self) -> Result<Opened, FolderError> {
        let Self { experiment, folder, earlier, threads, logs } = self;
        let wanted = experiment.study.base.run.replications;
        let folder = Folder::open(&folder)?;
        let mut results = Results::new(&experiment);
        let journal = folder.journal(&experiment, earlier, |row| {
            if results.replications() < wanted {
                results.push(row);
            }
        })?;
        Ok(Opened { folder, journal, results, threads, logs })
    }
}

impl Job for InFolder {
    type Output = Ended;
    type Error = RunError;

    /// # Errors
    /// As for [`InFolder::open`] and [`Opened::run`].
    fn run(self, watch: &mut Watch) -> Result<Ended, RunError> {
        self.open()?.run(watch)
    }
}

impl Opened {
    /// Whether the folder holds a finished run, which this one will replace.
    #[must_use]
    pub fn replaces(&self) -> bool {
        self.folder.is_finished()
    }
}

impl Job for Opened {
    type Output = Ended;
    type Error = RunError;

    /// # Errors
    /// If worker threads cannot be started, the journal cannot be written, or a log of contacts cannot
    /// be made.
    fn run(self, watch: &mut Watch) -> Result<Ended, RunError> {
        let Self { folder, mut journal, mut results, threads, logs } = self;
        let (started, clock) = (SystemTime::now(), Instant::now());
        let experiment = Arc::clone(&results.experiment);
        let wanted = experiment.study.base.run.replications;
        let first = results.replications();
        let stop = watch.stop();
        watch.report(replications(first, wanted));
        let ran = runner::rows(&experiment, first..wanted, threads, stop.flag(), |row| {
            if let Some((index, row)) = row {
                journal.append(index, &row)?;
                results.push(&row);
            }
            watch.report(replications(results.replications(), wanted));
            Ok(())
        });
        let kept = results.replications();
        ran.map_err(|error| RunError::Failed { error, kept, wanted })?;
        // A power cut must not take back rows that the manifest is about to count.
        journal.sync().map_err(FolderError::from)?;
        let mut ended = Ended { results, logs: Vec::new(), threads, started, clock, folder };
        if logs && ended.is_complete() {
            ended.logs = contact_logs(&experiment, &stop)?;
        }
        Ok(ended)
    }
}

impl Ended {
    /// Whether all replications that the study asks for are there.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        self.results.replications() >= self.results.experiment.study.base.run.replications
    }

    /// Whether there is anything to publish: not for a run that was stopped before its first
    /// replication, or that would replace a finished one.
    #[must_use]
    pub fn is_worth_publishing(&self) -> bool {
        self.is_complete() || (self.results.replications() > 0 && !self.folder.is_finished())
    }

    /// Time since it started.
    #[must_use]
    pub fn elapsed(&self) -> Duration {
        self.clock.elapsed()
    }

    /// Puts the files of the results in place, as [`Folder::publish`] does. Returns the names of
    /// earlier files that were changed since, and are kept.
    ///
    /// # Errors
    /// If a file cannot be written; what was there before then stays.
    pub fn publish(
        &self,
        files: &[(&str, &[u8])],
        manifest: &str,
    ) -> Result<Vec<String>, FolderError> {
        self.folder.publish(files, manifest, self.is_complete())
    }
}

/// The log of contacts of the first replication of every arm.
fn contact_logs(experiment: &Experiment, stop: &Stop) -> Result<Vec<(String, Vec<u8>)>, RunError> {
    let names = file_names(experiment.study.arms.iter().map(|arm| arm.name.as_str()));
    let log = |(arm, name): (usize, String)| {
        let mut log = ContactLog::new(Keep::All);
        experiment.play(arm, 0, stop.flag(), &mut log).ok_or(RunError::Interrupted)?;
        let mut table = Table::new(experiment, arm)?;
        table.add(&log)?;
        Ok((format!("contacts-{name}.csv"), table.bytes()?))
    };
    names.into_iter().enumerate().map(log).collect()
}
