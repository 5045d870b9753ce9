//! The folder of a run: one run at a time, finished work never lost, results replaced only whole.
//!
//! While a run goes on, its rows are in `journal.partial`. When it is complete, its files are
//! written aside and renamed into place, the manifest last, and the journal becomes `journal.bin`,
//! from which a later run with more replications can go on.

use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

use super::Experiment;
use super::journal::{self, Journal, JournalError};

const LOCK: &str = ".lock";
const PARTIAL: &str = "journal.partial";
const FINISHED: &str = "journal.bin";
const COPY: &str = ".journal.copy";
const ASIDE: &str = ".new-";
const MANIFEST: &str = "manifest.json";

/// What to do with work that is already there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Earlier {
    /// Refuse unfinished work; a finished run is replaced once this one is complete.
    Refuse,
    /// Go on with it.
    Resume,
    /// Throw unfinished work away.
    Restart,
}

/// What is wrong with a folder.
#[derive(Debug, thiserror::Error)]
pub enum FolderError {
    /// It cannot be made or written to.
    #[error("the output folder {} cannot be written to: {error}", path.display())]
    Unusable {
        /// The folder.
        path: PathBuf,
        /// What the system said.
        error: io::Error,
    },
    /// Another run is writing there.
    #[error("another run is writing to {}", path.display())]
    Busy {
        /// The folder.
        path: PathBuf,
    },
    /// An earlier run was interrupted there.
    #[error("{} holds {rows} replications of an unfinished run", path.display())]
    Unfinished {
        /// The folder.
        path: PathBuf,
        /// Whole rows in its journal.
        rows: usize,
    },
    /// A finished run there has more replications than are wanted now.
    #[error("{} holds a finished run of {rows} replications, more than the {wanted} wanted", path.display())]
    Fewer {
        /// The folder.
        path: PathBuf,
        /// Replications of the finished run.
        rows: usize,
        /// Replications wanted.
        wanted: u32,
    },
    /// Its journal cannot be used.
    #[error(transparent)]
    Journal(#[from] JournalError),
    /// A result cannot be written.
    #[error("{} cannot be written: {error}", path.display())]
    Write {
        /// The file.
        path: PathBuf,
        /// What the system said.
        error: io::Error,
    },
}

/// A folder that this run alone writes to.
#[derive(Debug)]
pub struct Folder {
    path: PathBuf,
    _lock: File,
}

impl Folder {
    /// Makes the folder where it is missing, and takes hold of it.
    ///
    /// # Errors
    /// Where that cannot be done, or another run has hold of it.
    pub fn open(path: &Path) -> Result<Self, FolderError> {
        let unusable = |error| FolderError::Unusable { path: path.to_owned(), error };
        fs::create_dir_all(path).map_err(unusable)?;
        let lock = File::create(path.join(LOCK)).map_err(unusable)?;
        match lock.try_lock() {
            Ok(()) => {
                let folder = Self { path: path.to_owned(), _lock: lock };
                folder.sweep_up();
                Ok(folder)
            }
            Err(TryLockError::WouldBlock) => Err(FolderError::Busy { path: path.to_owned() }),
            Err(TryLockError::Error(error)) => Err(unusable(error)),
        }
    }

    /// The journal to write to, once the rows that it holds already have been handed over.
    ///
    /// # Errors
    /// Where there is unfinished work and `earlier` says neither what to do with it, or where it is
    /// of another experiment.
    pub fn journal(
        &self,
        experiment: &Experiment,
        earlier: Earlier,
        take: impl FnMut(&[f64]),
    ) -> Result<Journal, FolderError> {
        let (hash, length) = (experiment.hash(), experiment.row_length());
        let (partial, finished) = (self.path.join(PARTIAL), self.path.join(FINISHED));
        match earlier {
            Earlier::Refuse if partial.exists() || (finished.exists() && !self.is_finished()) => {
                let left = if partial.exists() { &partial } else { &finished };
                // Unreadable or foreign: unfinished work of which no replication can be used.
                let rows = journal::count(left, &hash, length).unwrap_or(0);
                return Err(FolderError::Unfinished { path: self.path.clone(), rows });
            }
            Earlier::Resume if partial.exists() => {
                return Ok(Journal::open(&partial, &hash, length, take)?);
            }
            Earlier::Resume if finished.exists() => {
                let wanted = experiment.study.base.run.replications;
                let rows = journal::count(&finished, &hash, length)?;
                if rows > wanted as usize {
                    return Err(FolderError::Fewer { path: self.path.clone(), rows, wanted });
                }
                // Whole or not at all: half a copy would hide the finished journal.
                let copy = self.path.join(COPY);
                let copied = fs::copy(&finished, &copy).and_then(|_| fs::rename(&copy, &partial));
                if let Err(error) = copied {
                    let _ = fs::remove_file(&copy);
                    return Err(FolderError::Write { path: partial, error });
                }
                return Ok(Journal::open(&partial, &hash, length, take)?);
            }
            _ => {}
        }
        Ok(Journal::create(&partial, &hash, length)?)
    }

    /// Whether the folder holds the results of a finished run.
    #[must_use]
    pub fn is_finished(&self) -> bool {
        self.path.join(MANIFEST).exists() && self.path.join(FINISHED).exists()
    }

    /// Puts results in place of those that are there: all of them or none, the manifest last. A
    /// complete run's journal becomes the finished one.
    ///
    /// # Errors
    /// Where a file cannot be written; what was there before then stays.
    pub fn publish(
        &self,
        files: &[(&str, &[u8])],
        manifest: &str,
        complete: bool,
    ) -> Result<(), FolderError> {
        let aside = tempfile::Builder::new()
            .prefix(ASIDE)
            .tempdir_in(&self.path)
            .map_err(|error| FolderError::Unusable { path: self.path.clone(), error })?;
        let all = files.iter().copied().chain([(MANIFEST, manifest.as_bytes())]);
        for (name, bytes) in all.clone() {
            let path = aside.path().join(name);
            fs::write(&path, bytes)
                .map_err(|error| FolderError::Write { path: self.path.join(name), error })?;
        }
        self.clear(MANIFEST)?;
        for old in self.charts() {
            if !files.iter().any(|(name, _)| *name == old) {
                self.clear(&old)?;
            }
        }
        if complete {
            self.rename(&self.path.join(PARTIAL), FINISHED)?;
        }
        for (name, _) in all {
            self.rename(&aside.path().join(name), name)?;
        }
        Ok(())
    }

    /// Clears away what a run that was killed while publishing has left aside.
    fn sweep_up(&self) {
        let _ = fs::remove_file(self.path.join(COPY));
        for entry in fs::read_dir(&self.path).into_iter().flatten().flatten() {
            if entry.file_name().to_string_lossy().starts_with(ASIDE) {
                let _ = fs::remove_dir_all(entry.path());
            }
        }
    }

    /// Charts that are there from an earlier run.
    fn charts(&self) -> Vec<String> {
        let entries = fs::read_dir(&self.path).into_iter().flatten().flatten();
        entries
            .filter_map(|entry| entry.file_name().into_string().ok())
            .filter(|name| {
                name.starts_with("chart-") && (name.ends_with(".svg") || name.ends_with(".png"))
            })
            .collect()
    }

    fn clear(&self, name: &str) -> Result<(), FolderError> {
        let path = self.path.join(name);
        match fs::remove_file(&path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                Err(FolderError::Write { path, error })
            }
            _ => Ok(()),
        }
    }

    fn rename(&self, from: &Path, name: &str) -> Result<(), FolderError> {
        let path = self.path.join(name);
        fs::rename(from, &path).map_err(|error| FolderError::Write { path, error })
    }
}
