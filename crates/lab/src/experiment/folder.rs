//! The folder of a run: one run at a time, finished work never lost, results replaced only whole.
//!
//! While a run goes on, its rows are in `journal.partial`. When it is complete, its files are
//! written aside, the old manifest is taken away, the journal becomes `journal.bin`, from which a
//! later run with more replications can go on, and the files are renamed into place, the manifest
//! last. Without a manifest a folder holds no finished run, whatever else is in it, and a run that
//! goes on from its journal puts everything right.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use super::Experiment;
use super::journal::{self, Journal, JournalError};

const LOCK: &str = ".lock";
const PARTIAL: &str = "journal.partial";
const FINISHED: &str = "journal.bin";
const COPY: &str = ".journal.copy";
/// Whatever begins like this is swept up: nobody else may call their files so.
const ASIDE: &str = ".heard-new-";
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
    /// A run there has more replications than are wanted now.
    #[error("{} holds {} run of {rows} replications, more than the {wanted} wanted", path.display(),
        if *finished { "a finished" } else { "an unfinished" })]
    Fewer {
        /// The folder.
        path: PathBuf,
        /// Whether that run is finished.
        finished: bool,
        /// Its replications.
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
        // Never cut short: where the name is a link, it leads to somebody else's file.
        let lock =
            OpenOptions::new().write(true).create(true).truncate(false).open(path.join(LOCK));
        let lock = lock.map_err(unusable)?;
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
        mut take: impl FnMut(&[f64]),
    ) -> Result<Journal, FolderError> {
        let (hash, length) = (experiment.hash(), experiment.row_length());
        let (partial, finished) = (self.path.join(PARTIAL), self.path.join(FINISHED));
        let wanted = experiment.study.base.run.replications;
        match earlier {
            Earlier::Refuse if there(&partial) || (there(&finished) && !self.is_finished()) => {
                let left = if there(&partial) { &partial } else { &finished };
                // Unreadable or foreign: unfinished work of which no replication can be used.
                let rows = journal::count(left, &hash, length).unwrap_or(0);
                return Err(FolderError::Unfinished { path: self.path.clone(), rows });
            }
            Earlier::Resume if !there(&partial) && there(&finished) => {
                let rows = journal::count(&finished, &hash, length)?;
                if rows > wanted as usize {
                    return Err(self.fewer(true, rows, wanted));
                }
                // Whole or not at all: half a copy would hide the finished journal.
                let copy = self.path.join(COPY);
                let copied = fs::copy(&finished, &copy).and_then(|_| fs::rename(&copy, &partial));
                if let Err(error) = copied {
                    let _ = fs::remove_file(&copy);
                    return Err(FolderError::Write { path: partial, error });
                }
            }
            _ => {}
        }
        if earlier != Earlier::Resume || !there(&partial) {
            return Ok(Journal::create(&partial, &self.path.join(COPY), &hash, length)?);
        }
        let mut rows = 0;
        let journal = Journal::open(&partial, &hash, length, |row| {
            rows += 1;
            take(row);
        })?;
        if rows > wanted as usize { Err(self.fewer(false, rows, wanted)) } else { Ok(journal) }
    }

    fn fewer(&self, finished: bool, rows: usize, wanted: u32) -> FolderError {
        FolderError::Fewer { path: self.path.clone(), finished, rows, wanted }
    }

    /// Whether the folder holds the results of a finished run: its manifest says so.
    #[must_use]
    pub fn is_finished(&self) -> bool {
        self.manifest()["complete"] == true && there(&self.path.join(FINISHED))
    }

    /// The manifest that lies there; null where there is none.
    fn manifest(&self) -> serde_json::Value {
        let manifest = fs::read(self.path.join(MANIFEST)).unwrap_or_default();
        serde_json::from_slice(&manifest).unwrap_or_default()
    }

    /// Puts results in place of those that are there, the manifest last. A complete run's journal
    /// becomes the finished one. Nothing is touched before all is written aside and on the disk.
    ///
    /// # Errors
    /// Where a file cannot be written; what was there before then stays.
    pub fn publish(
        &self,
        files: &[(&str, &[u8])],
        manifest: &str,
        complete: bool,
    ) -> Result<(), FolderError> {
        let manifest = (MANIFEST, manifest.as_bytes());
        let aside = self.written_aside(files.iter().copied().chain([manifest]))?;
        let logs = self.logs();
        self.clear(MANIFEST)?;
        self.sync();
        for old in self.charts().into_iter().chain(logs) {
            if !files.iter().any(|(name, _)| *name == old) {
                self.clear(&old)?;
            }
        }
        if complete {
            self.rename(&self.path.join(PARTIAL), FINISHED)?;
        }
        for (name, _) in files {
            self.rename(&aside.path().join(name), name)?;
        }
        self.sync();
        self.rename(&aside.path().join(MANIFEST), MANIFEST)?;
        self.sync();
        Ok(())
    }

    /// Puts files in place of those that are there, and leaves all others alone. Nothing is touched
    /// before all is written aside and on the disk.
    ///
    /// # Errors
    /// Where a file cannot be written; what was there before then stays.
    pub fn put(&self, files: &[(String, Vec<u8>)]) -> Result<(), FolderError> {
        let files = || files.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice()));
        let aside = self.written_aside(files())?;
        for (name, _) in files() {
            self.rename(&aside.path().join(name), name)?;
        }
        self.sync();
        Ok(())
    }

    fn written_aside<'a>(
        &self,
        files: impl Iterator<Item = (&'a str, &'a [u8])>,
    ) -> Result<TempDir, FolderError> {
        let aside = tempfile::Builder::new()
            .prefix(ASIDE)
            .tempdir_in(&self.path)
            .map_err(|error| FolderError::Unusable { path: self.path.clone(), error })?;
        for (name, bytes) in files {
            let written = File::create(aside.path().join(name)).and_then(|mut file| {
                file.write_all(bytes)?;
                file.sync_all()
            });
            written.map_err(|error| FolderError::Write { path: self.path.join(name), error })?;
        }
        Ok(aside)
    }

    /// Waits until the names in the folder are on the disk. Not every system can; after a power cut
    /// there, the manifest's checksums tell.
    fn sync(&self) {
        let _ = File::open(&self.path).and_then(|folder| folder.sync_all());
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

    /// Logs of contacts of an earlier run: those that its manifest names, for anybody may call
    /// their own files so.
    fn logs(&self) -> Vec<String> {
        let manifest = self.manifest();
        let files = manifest["files"].as_object().into_iter().flat_map(serde_json::Map::keys);
        let plain = |name: &&String| !name.contains(['/', '\\']);
        let log = |name: &&String| name.starts_with("contacts-") && name.ends_with(".csv");
        files.filter(plain).filter(log).cloned().collect()
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

/// Whether anything has this name, be it a link that leads nowhere.
fn there(path: &Path) -> bool {
    path.symlink_metadata().is_ok()
}
