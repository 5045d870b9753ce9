//! The folder of a run: one run at a time, finished work never lost, results replaced only whole.
//!
//! While a run is under way, its rows are in `journal.partial`. When it is complete, its files are
//! written aside, the old manifest gets another name, the files that only it names are removed, the
//! journal becomes `journal.bin`, from which a later run with more replications can continue, and the
//! files are renamed into place, the manifest last. Without a manifest a folder holds no finished run,
//! whatever else is in it, and a run that continues from its journal puts everything right.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

use heard_text::diagnostic::Diagnostic;
use heard_text::list::replications;

use super::Experiment;
use super::aside::{self, Aside, WriteError, sync};
use super::identity;
use super::inputs;
use super::journal::{self, Journal, JournalError};
use super::looks::Looks;
use super::written;

const LOCK: &str = ".lock";
const PARTIAL: &str = "journal.partial";
const FINISHED: &str = "journal.bin";
const COPY: &str = ".journal.copy";
const MANIFEST: &str = "manifest.json";
/// The manifest of the run that is being replaced, and the one of the run that replaces it.
const OLD: &str = ".manifest.old";
const NEXT: &str = ".manifest.next";

/// What to do with work that is already there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Earlier {
    /// Refuse unfinished work; a finished run is replaced once this one is complete.
    Refuse,
    /// Continue it.
    Resume,
    /// Throw unfinished work away.
    Restart,
}

/// What is wrong with a folder.
#[derive(Debug, thiserror::Error)]
pub enum FolderError {
    /// It cannot be created or written to.
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
    #[error("{} holds {} of an unfinished run", path.display(), replications(*rows as u64))]
    Unfinished {
        /// The folder.
        path: PathBuf,
        /// Whole rows in its journal.
        rows: usize,
    },
    /// A run there has more replications than are wanted now.
    #[error("{} holds {} run of {}, more than the {wanted} wanted", path.display(),
        if *finished { "a finished" } else { "an unfinished" }, replications(*rows as u64))]
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
    #[error(transparent)]
    Write(#[from] WriteError),
}

impl FolderError {
    /// Whether the system failed; otherwise what was asked for is at fault, and nothing was written.
    #[must_use]
    pub fn is_failure(&self) -> bool {
        matches!(self, Self::Journal(JournalError::Io { .. }) | Self::Write(_))
    }

    /// What would be right.
    fn help(&self) -> Option<String> {
        Some(match self {
            Self::Unusable { .. } => {
                "name a folder that you may write to: `--out DIR`".to_owned()
            }
            Self::Unfinished { .. } => {
                "`--resume` continues it, `--restart` discards it, `--out DIR` leaves it alone".to_owned()
            }
            Self::Fewer { rows, .. } => {
                format!("ask for {rows} or more, or name another folder: `--out DIR`")
            }
            Self::Busy { .. } => {
                "wait for it to end, or name another folder: `--out DIR`".to_owned()
            }
            Self::Journal(JournalError::Damaged { path, whole, .. }) => format!(
                "to keep what is whole, cut the file off at {whole} bytes (`truncate -s {whole} {}`) and \
                 `--resume`; `--restart` discards all of it; `--out DIR` leaves it alone",
                path.display()
            ),
            Self::Journal(JournalError::Foreign { .. } | JournalError::OtherRows { .. }) => {
                "`--restart` discards it; `--out DIR` leaves it alone; to continue it, use the scenario \
                 and seed that it was made with"
                    .to_owned()
            }
            Self::Journal(JournalError::Io { .. }) | Self::Write(_) => return None,
        })
    }
}

impl From<FolderError> for Diagnostic {
    fn from(error: FolderError) -> Self {
        let help = error.help();
        Self { help, ..Self::new(error.to_string()) }
    }
}

/// A folder that this run alone writes to.
#[derive(Debug)]
pub struct Folder {
    path: PathBuf,
    _lock: File,
}

impl Folder {
    /// Creates the folder if it is missing, and locks it.
    ///
    /// # Errors
    /// If that cannot be done, or another run has locked it.
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
                folder.clean_up();
                Ok(folder)
            }
            Err(TryLockError::WouldBlock) => Err(FolderError::Busy { path: path.to_owned() }),
            Err(TryLockError::Error(error)) => Err(unusable(error)),
        }
    }

    /// Names the keys in which the experiment of a journal differs, if its manifest is still there.
    fn explained(&self, error: JournalError, experiment: &Experiment) -> JournalError {
        let JournalError::OtherRows { path, hash, .. } = error else { return error };
        let manifests =
            [MANIFEST, OLD, NEXT].map(|name| written::manifest_at(&self.path.join(name)));
        let its_own = manifests.iter().find(|manifest| manifest["hash"] == hash);
        let differs = its_own.map(|manifest| identity::differences(manifest, &experiment.study));
        JournalError::OtherRows { path, hash, differs: differs.unwrap_or_default() }
    }

    /// The journal to write to, once the rows that it holds already have been handed over.
    ///
    /// # Errors
    /// If there is unfinished work and `earlier` does not say what to do with it, or if it belongs to
    /// another experiment.
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
                let rows = journal::count(&finished, &hash, length)
                    .map_err(|error| self.explained(error, experiment))?;
                if rows > wanted as usize {
                    return Err(self.fewer(true, rows, wanted));
                }
                self.copy_journal()?;
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
        })
        .map_err(|error| self.explained(error, experiment))?;
        if rows > wanted as usize { Err(self.fewer(false, rows, wanted)) } else { Ok(journal) }
    }

    /// A copy of the finished journal, to continue from: whole or not at all, as half a copy would hide
    /// the finished one. It is a new file: through a link, another file would be written to.
    fn copy_journal(&self) -> Result<(), WriteError> {
        let (copy, partial) = (self.path.join(COPY), self.path.join(PARTIAL));
        let copied = File::create_new(&copy)
            .and_then(|mut file| io::copy(&mut File::open(self.path.join(FINISHED))?, &mut file))
            .and_then(|_| fs::rename(&copy, &partial));
        copied.map_err(|error| {
            let _ = fs::remove_file(&copy);
            WriteError { path: partial, error }
        })
    }

    fn fewer(&self, finished: bool, rows: usize, wanted: u32) -> FolderError {
        FolderError::Fewer { path: self.path.clone(), finished, rows, wanted }
    }

    /// Whether the folder holds the results of a finished run: its manifest says so.
    #[must_use]
    pub fn is_finished(&self) -> bool {
        let manifest = written::manifest_at(&self.path.join(MANIFEST));
        manifest["complete"] == true && there(&self.path.join(FINISHED))
    }

    /// The looks at this experiment's results that the folder knows of, before a run of `wanted`
    /// replications. A run that was killed while it published has left its manifest under another name.
    #[must_use]
    pub fn looks(&self, experiment: &Experiment) -> Looks {
        let (hash, wanted) = (experiment.hash(), experiment.study.base.run.replications);
        let mut looks = Looks::default();
        for name in [MANIFEST, OLD, NEXT] {
            looks.take(&written::manifest_at(&self.path.join(name)), &hash, wanted);
        }
        looks
    }

    /// Puts results in place of those that are there, the manifest last. A complete run's journal
    /// becomes the finished one. Nothing is touched before all is written aside and on the disk.
    ///
    /// Files that earlier runs wrote and this one does not are removed, unless they are among the
    /// inputs of this one. Returns the names of those
    /// that somebody has changed since, and that are kept for it.
    ///
    /// # Errors
    /// Where a file cannot be written; what was there before then stays.
    pub fn publish(
        &self,
        files: &[(&str, &[u8])],
        manifest: &str,
        complete: bool,
        inputs: &[PathBuf],
    ) -> Result<Vec<String>, FolderError> {
        let aside =
            self.written_aside(files.iter().copied().chain([(MANIFEST, manifest.as_bytes())]))?;
        for name in [OLD, NEXT, FINISHED] {
            let path = self.path.join(name);
            aside::refuse_folder(&path).map_err(|error| WriteError { path, error })?;
        }
        // Until all is in place, the manifests under other names tell which files are ours: a run
        // that is killed here, and resumed, still knows.
        if there(&self.path.join(MANIFEST)) {
            self.rename(MANIFEST, OLD)?;
        }
        let is_needed = |name: &str| {
            let path = self.path.join(name);
            files.iter().any(|(new, _)| *new == name)
                || inputs.iter().any(|input| inputs::same(&path, input))
        };
        let stale = written::stale(&self.path, &[OLD, NEXT], is_needed);
        aside.replace(MANIFEST, NEXT)?;
        sync(&self.path);
        for name in &stale.unchanged {
            self.clear(name)?;
        }
        if complete {
            self.rename(PARTIAL, FINISHED)?;
        }
        for (name, _) in files {
            aside.replace(name, name)?;
        }
        sync(&self.path);
        self.rename(NEXT, MANIFEST)?;
        self.clear(OLD)?;
        sync(&self.path);
        Ok(stale.changed)
    }

    /// Puts files in place of those that are there, and leaves all others alone. Nothing is touched
    /// before all is written aside and on the disk.
    ///
    /// # Errors
    /// Where a file cannot be written; what was there before then stays.
    pub fn put(&self, files: &[(String, Vec<u8>)]) -> Result<(), FolderError> {
        let files = files.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice()));
        Ok(self.written_aside(files)?.replace_all()?)
    }

    fn written_aside<'a>(
        &self,
        files: impl Iterator<Item = (&'a str, &'a [u8])>,
    ) -> Result<Aside, FolderError> {
        let mut aside = Aside::new(&self.path)
            .map_err(|error| FolderError::Unusable { path: self.path.clone(), error })?;
        for (name, bytes) in files {
            aside.write(name, bytes)?;
        }
        Ok(aside)
    }

    /// Removes what a run left behind that was killed while publishing.
    fn clean_up(&self) {
        let _ = fs::remove_file(self.path.join(COPY));
        for entry in fs::read_dir(&self.path).into_iter().flatten().flatten() {
            if entry.file_name().to_string_lossy().starts_with(aside::PREFIX) {
                let _ = fs::remove_dir_all(entry.path());
            }
        }
    }

    fn clear(&self, name: &str) -> Result<(), WriteError> {
        let path = self.path.join(name);
        match fs::remove_file(&path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                Err(WriteError { path, error })
            }
            _ => Ok(()),
        }
    }

    fn rename(&self, from: &str, to: &str) -> Result<(), WriteError> {
        let path = self.path.join(to);
        fs::rename(self.path.join(from), &path).map_err(|error| WriteError { path, error })
    }
}

/// Whether a folder uses a name for itself, be it of a run or of an audit.
#[must_use]
pub fn is_reserved(name: &str) -> bool {
    [LOCK, PARTIAL, FINISHED, COPY, MANIFEST, OLD, NEXT].contains(&name)
        || name.starts_with(aside::PREFIX)
}

/// Whether anything has this name, be it a link that leads nowhere.
fn there(path: &Path) -> bool {
    path.symlink_metadata().is_ok()
}
