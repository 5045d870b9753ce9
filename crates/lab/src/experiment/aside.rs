//! Files that are written aside and put in place whole.
//!
//! They are written into a folder with a name that cannot be guessed, next to the places where they
//! are to go, and are on the disk before the first of them is renamed into its place. Dropped before
//! that, they leave no trace.

use std::ffi::{OsStr, OsString};
use std::fs::{self, File};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

use tempfile::{TempDir, TempPath};

/// How the names of such folders begin: an interrupted program leaves one behind, and the next run
/// into the same folder removes it, so nobody else may use such names.
pub const PREFIX: &str = ".heard-new-";

/// A file that cannot be written.
#[derive(Debug, thiserror::Error)]
#[error("{} cannot be written: {error}", path.display())]
pub struct WriteError {
    /// The file.
    pub path: PathBuf,
    /// What the system said.
    pub error: io::Error,
}

/// Files on their way into one folder.
#[derive(Debug)]
pub struct Aside {
    into: PathBuf,
    aside: TempDir,
    names: Vec<OsString>,
}

impl Aside {
    /// Prepares to put files into a folder, which is created where it is missing.
    ///
    /// # Errors
    /// Where the folder cannot be created or written to.
    pub fn new(into: &Path) -> io::Result<Self> {
        // The folder of a bare file name.
        let into = if into.as_os_str().is_empty() { Path::new(".") } else { into };
        fs::create_dir_all(into)?;
        // Its error would show a name that means nothing to the user.
        let aside = tempfile::Builder::new().prefix(PREFIX).tempdir_in(into);
        let aside = aside.map_err(|error| io::Error::from(error.kind()))?;
        Ok(Self { into: into.to_owned(), aside, names: Vec::new() })
    }

    /// Writes one file aside, to the disk.
    ///
    /// # Errors
    /// Where that fails, or where a folder stands in its place: it could not be put there later.
    pub fn write(&mut self, name: impl AsRef<OsStr>, bytes: &[u8]) -> Result<(), WriteError> {
        let name = name.as_ref();
        let place = self.into.join(name);
        let written = refuse_folder(&place)
            .and_then(|()| File::create_new(self.path(name)))
            .and_then(|mut file| {
                file.write_all(bytes)?;
                file.sync_all()
            });
        written.map_err(|error| WriteError { path: place, error })?;
        self.names.push(name.to_owned());
        Ok(())
    }

    /// Where a file lies until it is put in its place.
    #[must_use]
    pub fn path(&self, name: impl AsRef<OsStr>) -> PathBuf {
        self.aside.path().join(name.as_ref())
    }

    /// Puts one of the files in its place, also under another name.
    ///
    /// # Errors
    /// Where the system refuses; what was there stays.
    pub fn replace(
        &self,
        name: impl AsRef<OsStr>,
        place: impl AsRef<OsStr>,
    ) -> Result<(), WriteError> {
        let path = self.into.join(place.as_ref());
        fs::rename(self.path(name), &path).map_err(|error| WriteError { path, error })
    }

    /// Puts every file in its place, in the order in which they were written.
    ///
    /// # Errors
    /// Where the system refuses; files not yet put in place are dropped.
    pub fn replace_all(self) -> Result<(), WriteError> {
        self.names.iter().try_for_each(|name| self.replace(name, name))?;
        sync(&self.into);
        Ok(())
    }

    /// Puts every file in its place, but replaces nothing, not even a link that leads nowhere.
    ///
    /// # Errors
    /// Where a place is taken ([`ErrorKind::AlreadyExists`]) or the system refuses.
    pub fn create_all(self) -> Result<(), WriteError> {
        for name in &self.names {
            let path = self.into.join(name);
            let put = TempPath::try_from_path(self.path(name))
                .and_then(|file| Ok(file.persist_noclobber(&path)?));
            put.map_err(|error| WriteError { path, error })?;
        }
        sync(&self.into);
        Ok(())
    }
}

/// Waits until the names in a folder are on the disk. Not every system can; after a power cut there,
/// the manifest's checksums tell.
pub fn sync(folder: &Path) {
    let _ = File::open(folder).and_then(|folder| folder.sync_all());
}

/// A file cannot take the place of a folder.
pub(super) fn refuse_folder(place: &Path) -> io::Result<()> {
    match place.symlink_metadata() {
        Ok(info) if info.is_dir() => Err(ErrorKind::IsADirectory.into()),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).unwrap();
        let mut names: Vec<String> =
            entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    #[test]
    fn nothing_is_in_place_before_all_are_put_there() {
        let folder = tempfile::tempdir().unwrap();
        let into = folder.path().join("made/for/them");
        let mut aside = Aside::new(&into).unwrap();
        aside.write("a", b"1").unwrap();
        aside.write("b", b"2").unwrap();
        assert!(!into.join("a").exists() && !into.join("b").exists());
        aside.replace_all().unwrap();
        assert_eq!(names(&into), ["a", "b"]);
        assert_eq!(fs::read(into.join("b")).unwrap(), b"2");
    }

    #[test]
    fn dropped_files_leave_no_trace() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("a"), "old").unwrap();
        let mut aside = Aside::new(folder.path()).unwrap();
        aside.write("a", b"new").unwrap();
        drop(aside);
        assert_eq!(names(folder.path()), ["a"]);
        assert_eq!(fs::read(folder.path().join("a")).unwrap(), b"old");
    }

    #[test]
    fn a_folder_in_the_way_is_known_before_anything_is_replaced() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("b")).unwrap();
        let mut aside = Aside::new(folder.path()).unwrap();
        aside.write("a", b"1").unwrap();
        let error = aside.write("b", b"2").unwrap_err();
        assert_eq!(error.path, folder.path().join("b"));
        drop(aside);
        assert_eq!(names(folder.path()), ["b"]);
    }

    #[test]
    fn create_replaces_nothing_and_replace_replaces_a_link_itself() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a");
        fs::write(&path, "old").unwrap();
        let put = |name: &str| {
            let mut aside = Aside::new(folder.path()).unwrap();
            aside.write(name, b"new").unwrap();
            aside
        };
        let error = put("a").create_all().unwrap_err();
        assert_eq!(error.error.kind(), ErrorKind::AlreadyExists);
        assert_eq!(fs::read(&path).unwrap(), b"old");
        put("b").create_all().unwrap();
        assert_eq!(names(folder.path()), ["a", "b"]);
        #[cfg(unix)]
        {
            let link = folder.path().join("c");
            std::os::unix::fs::symlink(&path, &link).unwrap();
            put("c").replace_all().unwrap();
            assert!(link.symlink_metadata().unwrap().is_file());
            assert_eq!(fs::read(&path).unwrap(), b"old");
        }
    }
}
