//! Files as seen by those that read them: on disk, or in memory.
//!
//! What reads a scenario is handed its files, so that it also works where there is no file system.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

/// What a path leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// An ordinary file.
    File,
    /// A folder.
    Folder,
    /// Anything else, such as a pipe or a device.
    Other,
}

/// What is known of a path before it is opened: opening a pipe would wait for its other end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Info {
    /// What it is.
    pub kind: Kind,
    /// Its size in bytes; 0 for what has none.
    pub bytes: u64,
}

/// A place to read files from.
pub trait Files {
    /// What a path leads to.
    ///
    /// # Errors
    /// If there is nothing, or it may not be looked at.
    fn info(&self, path: &Path) -> io::Result<Info>;

    /// Opens a file, to be read as a stream.
    ///
    /// # Errors
    /// If it cannot be opened.
    fn open(&self, path: &Path) -> io::Result<Box<dyn Read + '_>>;

    /// Names of what a folder holds, in no particular order, at most 1000; none if it cannot be listed.
    fn names(&self, folder: &Path) -> Vec<String>;
}

/// The file system.
#[derive(Clone, Copy, Debug, Default)]
pub struct Disk;

impl Files for Disk {
    fn info(&self, path: &Path) -> io::Result<Info> {
        let info = fs::metadata(path)?;
        let kind = match info.file_type() {
            kind if kind.is_file() => Kind::File,
            kind if kind.is_dir() => Kind::Folder,
            _ => Kind::Other,
        };
        Ok(Info { kind, bytes: info.len() })
    }

    fn open(&self, path: &Path) -> io::Result<Box<dyn Read + '_>> {
        Ok(Box::new(File::open(path)?))
    }

    fn names(&self, folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).into_iter().flatten().take(1000).flatten();
        entries.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect()
    }
}

/// Files in memory, by path. A folder is whatever lies above a file.
#[derive(Clone, Debug, Default)]
pub struct Memory(BTreeMap<PathBuf, Vec<u8>>);

impl Memory {
    /// Adds a file, or replaces it.
    pub fn put(&mut self, path: impl Into<PathBuf>, bytes: impl Into<Vec<u8>>) {
        self.0.insert(path.into(), bytes.into());
    }

    fn below<'a>(&'a self, folder: &'a Path) -> impl Iterator<Item = &'a Path> {
        self.0.keys().filter_map(move |path| path.strip_prefix(folder).ok())
    }
}

impl Files for Memory {
    fn info(&self, path: &Path) -> io::Result<Info> {
        match self.0.get(path) {
            Some(bytes) => Ok(Info { kind: Kind::File, bytes: bytes.len() as u64 }),
            None if self.below(path).next().is_some() => Ok(Info { kind: Kind::Folder, bytes: 0 }),
            None => Err(io::ErrorKind::NotFound.into()),
        }
    }

    fn open(&self, path: &Path) -> io::Result<Box<dyn Read + '_>> {
        match self.0.get(path) {
            Some(bytes) => Ok(Box::new(bytes.as_slice())),
            None => Err(io::ErrorKind::NotFound.into()),
        }
    }

    fn names(&self, folder: &Path) -> Vec<String> {
        let first =
            |path: &Path| path.iter().next().map(|name| name.to_string_lossy().into_owned());
        let mut names: Vec<String> = self.below(folder).filter_map(first).collect();
        names.dedup();
        names.truncate(1000);
        names
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The same files in either place.
    fn both() -> (tempfile::TempDir, Memory) {
        let folder = tempfile::tempdir().unwrap();
        let mut memory = Memory::default();
        fs::create_dir(folder.path().join("below")).unwrap();
        for (name, text) in [("a.toml", "a = 1"), ("below/b", ""), ("below/c", "ccc")] {
            fs::write(folder.path().join(name), text).unwrap();
            memory.put(folder.path().join(name), text);
        }
        (folder, memory)
    }

    #[test]
    fn files_in_memory_are_like_files_on_disk() {
        let (folder, memory) = both();
        for name in ["a.toml", "below", "below/c", "none", "a.toml/x"] {
            let path = folder.path().join(name);
            let seen = |files: &dyn Files| {
                let info = files.info(&path).ok();
                let mut text = String::new();
                let read = info.is_some_and(|info| info.kind == Kind::File)
                    && files
                        .open(&path)
                        .and_then(|mut file| file.read_to_string(&mut text))
                        .is_ok();
                let mut names = files.names(&path);
                names.sort();
                (
                    info.map(|info| (info.kind, (info.kind == Kind::File).then_some(info.bytes))),
                    read,
                    text,
                    names,
                )
            };
            assert_eq!(seen(&memory), seen(&Disk), "{name}");
        }
        assert_eq!(memory.names(folder.path()), ["a.toml", "below"]);
    }
}
