//! Running an experiment in a folder, where finished replications outlast an interrupt or a crash.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::{Duration, Instant, SystemTime};

use super::{Job, Progress, Watch};
use crate::experiment::contact_log::{ContactLog, Keep, Table, Writing, file_names};
use crate::experiment::folder::{Earlier, Folder, FolderError};
use crate::experiment::journal::{Journal, JournalError};
use crate::experiment::looks::Looks;
use crate::experiment::results::Results;
use crate::experiment::runner::Turn;
use crate::experiment::schedule::Piece;
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
    looks: Looks,
    threads: usize,
    logs: bool,
}

/// A run that has come to its end, or was stopped. Its results are not published yet: what the files
/// hold is for the caller to say.
#[derive(Debug)]
pub struct Ended {
    /// The results of the replications that are complete.
    pub results: Results,
    /// Logs of contacts, by file name; empty unless asked for, the run is complete, and it was not
    /// stopped before they were made.
    pub logs: Vec<(String, Vec<u8>)>,
    /// Worker threads that it used.
    pub threads: usize,
    /// When it started.
    pub started: SystemTime,
    clock: Instant,
    looks: Looks,
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
    Log(#[from] runner::Error<Writing>),
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
        let looks = folder.looks(&experiment);
        let mut results = Results::new(&experiment);
        let journal = folder.journal(&experiment, earlier, |row| {
            if results.replications() < wanted {
                results.push(row);
            }
        })?;
        Ok(Opened { folder, journal, results, looks, threads, logs })
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
        let Self { folder, mut journal, mut results, looks, threads, logs } = self;
        let (started, clock) = (SystemTime::now(), Instant::now());
        let experiment = Arc::clone(&results.experiment);
        let wanted = experiment.study.base.run.replications;
        let first = results.replications();
        let stop = watch.stop();
        watch.report(Progress::replications(first, wanted));
        let ran = runner::rows(&experiment, first..wanted, threads, stop.flag(), |row| {
            if let Some((index, row)) = row {
                journal.append(index, &row)?;
                results.push(&row);
            }
            watch.report(Progress::replications(results.replications(), wanted));
            Ok(())
        });
        let kept = results.replications();
        ran.map_err(|error| RunError::Failed { error, kept, wanted })?;
        // A power cut must not take back rows that the manifest is about to count.
        journal.sync().map_err(FolderError::from)?;
        if looks.clone().and(kept).are_several(results.is_complete()) {
            results.judge_at_any_look();
        }
        let mut ended = Ended { results, logs: Vec::new(), threads, started, clock, looks, folder };
        if logs && ended.is_complete() {
            ended.logs = contact_logs(&experiment, threads, watch)?;
        }
        Ok(ended)
    }
}

impl Ended {
    /// Whether all replications that the study asks for are there.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        self.results.is_complete()
    }

    /// The looks at the results, this one included if the run is complete.
    #[must_use]
    pub fn looks(&self) -> Looks {
        let looks = self.looks.clone();
        if self.is_complete() { looks.and(self.results.replications()) } else { looks }
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
        let inputs = &self.results.experiment.study.files;
        self.folder.publish(files, manifest, self.is_complete(), inputs)
    }
}

/// The log of contacts of the first replication of every arm, by file name; empty if it was stopped.
fn contact_logs(
    experiment: &Experiment,
    threads: usize,
    watch: &mut Watch,
) -> Result<Vec<(String, Vec<u8>)>, runner::Error<Writing>> {
    let log = |Piece { replication, arm }: Piece, stop: &AtomicBool| {
        let mut log = ContactLog::new(Keep::All);
        experiment.play(arm, replication, stop, &mut log)?;
        Some(csv(experiment, arm, &log))
    };
    let (stop, wanted) = (watch.stop(), experiment.study.base.run.replications);
    let mut logs = Vec::new();
    runner::pieces(0..1, experiment.costs(), threads, stop.flag(), log, |turn| {
        if let Turn::Replication(_, made) = turn {
            logs = made.into_iter().collect::<Result<_, _>>()?;
        }
        watch.report(Progress::replications(wanted, wanted));
        Ok(())
    })?;
    let names = file_names(experiment.study.arms.iter().map(|arm| arm.name.as_str()));
    Ok(names.into_iter().map(|name| format!("contacts-{name}.csv")).zip(logs).collect())
}

/// A log of one arm as the bytes of a file.
fn csv(experiment: &Experiment, arm: usize, log: &ContactLog) -> Result<Vec<u8>, Writing> {
    let mut table = Table::new(experiment, arm)?;
    table.add(log)?;
    table.bytes()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::job::Stop;
    use heard_scenario::study::{Request, Study};

    fn job(folder: &std::path::Path, earlier: Earlier) -> InFolder {
        let request = Request {
            scenario: "listening-vs-responding".to_owned(),
            sets: vec!["customers.count=200".to_owned()],
            replications: Some(2),
            ..Request::default()
        };
        let experiment = Arc::new(Experiment::new(Study::load(&request).unwrap()));
        InFolder { experiment, folder: folder.to_owned(), earlier, threads: 2, logs: true }
    }

    #[test]
    fn a_stop_while_logs_are_made_keeps_the_finished_run_and_resuming_makes_them() {
        let folder = tempfile::tempdir().unwrap();
        let stop = Stop::default();
        let (flag, mut after) = (stop.clone(), 0);
        let mut watch = Watch::new(stop, move |Progress { done, total, .. }| {
            // Of the turns at which all is done, the first is that of the last replication; others
            // before the logs come only if a piece ends after it, which none does.
            after += u32::from(done == total);
            if after == 2 {
                flag.raise();
            }
        });
        let ended = job(folder.path(), Earlier::Refuse).run(&mut watch).unwrap();
        assert!(watch.stop().is_raised());
        assert!(ended.is_complete() && ended.is_worth_publishing());
        assert_eq!(ended.logs, []);
        ended.publish(&[("summary.csv", b"x")], "{}").unwrap();
        drop(ended);

        let ended = job(folder.path(), Earlier::Resume).run(&mut Watch::none()).unwrap();
        assert_eq!(ended.logs.len(), ended.results.experiment.plans.len());
        assert!(ended.logs.iter().all(|(_, bytes)| bytes.starts_with(b"id,")));
    }
}
