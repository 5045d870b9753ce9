//! The journal: rows on disk, as they are finished, so that no finished work is lost.
//!
//! An append-only file: a line that says which experiment it belongs to, then records of the same
//! length: index, numbers, checksum. A record that was cut off is dropped; a journal of another
//! experiment is refused.

use std::fs::{File, OpenOptions};
use std::io::{self, BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};

const MAGIC: &str = "heard-journal 1";

/// Rows being written.
#[derive(Debug)]
pub struct Journal {
    file: File,
    path: PathBuf,
}

/// What a journal cannot do.
#[derive(Debug, thiserror::Error)]
pub enum JournalError {
    /// The file system said no.
    #[error("{}: {error}", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// What it said.
        error: io::Error,
    },
    /// The file belongs to another experiment.
    #[error("{}: {why}", path.display())]
    Foreign {
        /// The file.
        path: PathBuf,
        /// In which way.
        why: String,
    },
}

impl Journal {
    /// A new journal for the experiment of this hash. Replaces what is there.
    ///
    /// # Errors
    /// Where the file cannot be written.
    pub fn create(path: &Path, hash: &str, row_length: usize) -> Result<Self, JournalError> {
        let io = |error| JournalError::Io { path: path.to_owned(), error };
        let mut file = File::create(path).map_err(io)?;
        file.write_all(header(hash, row_length).as_bytes()).map_err(io)?;
        Ok(Self { file, path: path.to_owned() })
    }

    /// Opens a journal, hands its rows over in order, and goes on writing behind the last whole one.
    ///
    /// # Errors
    /// Where the file cannot be read or written, or belongs to another experiment.
    pub fn open(
        path: &Path,
        hash: &str,
        row_length: usize,
        take: impl FnMut(&[f64]),
    ) -> Result<Self, JournalError> {
        let io = |error| JournalError::Io { path: path.to_owned(), error };
        let file = OpenOptions::new().read(true).append(true).open(path).map_err(io)?;
        let whole = read(&file, path, hash, row_length, take)?;
        file.set_len(whole).map_err(io)?;
        Ok(Self { file, path: path.to_owned() })
    }

    /// Adds the row of replication `index`.
    ///
    /// # Errors
    /// Where the file cannot be written.
    pub fn append(&mut self, index: u32, row: &[f64]) -> Result<(), JournalError> {
        let record = encode(u64::from(index), row);
        self.file
            .write_all(&record)
            .map_err(|error| JournalError::Io { path: self.path.clone(), error })
    }
}

/// How many whole rows a journal holds. Changes nothing.
///
/// # Errors
/// As for [`Journal::open`].
pub fn count(path: &Path, hash: &str, row_length: usize) -> Result<usize, JournalError> {
    let file =
        File::open(path).map_err(|error| JournalError::Io { path: path.to_owned(), error })?;
    let mut rows = 0;
    read(&file, path, hash, row_length, |_| rows += 1)?;
    Ok(rows)
}

/// Hands over the whole rows of a journal; returns how many bytes they and the header take.
fn read(
    file: &File,
    path: &Path,
    hash: &str,
    row_length: usize,
    mut take: impl FnMut(&[f64]),
) -> Result<u64, JournalError> {
    let io = |error| JournalError::Io { path: path.to_owned(), error };
    let mut reader = BufReader::new(file);
    let expected = header(hash, row_length);
    let mut found = Vec::new();
    reader.by_ref().take(4096).read_until(b'\n', &mut found).map_err(io)?;
    if found != expected.as_bytes() {
        let why = if found.starts_with(MAGIC.as_bytes()) {
            "these replications are of another version, scenario or seed"
        } else {
            "this is not a journal of replications, or it is damaged"
        };
        return Err(JournalError::Foreign { path: path.to_owned(), why: why.to_owned() });
    }
    let mut whole = expected.len() as u64;
    let mut record = vec![0; record_length(row_length)];
    for index in 0u64.. {
        match reader.read_exact(&mut record) {
            Ok(()) => {}
            Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => break,
            Err(error) => return Err(io(error)),
        }
        let Some(row) = decode(&record, index) else { break };
        take(&row);
        whole += record.len() as u64;
    }
    Ok(whole)
}

fn header(hash: &str, row_length: usize) -> String {
    format!("{MAGIC} {hash} {row_length}\n")
}

fn record_length(row_length: usize) -> usize {
    8 + row_length * 8 + 4
}

fn encode(index: u64, row: &[f64]) -> Vec<u8> {
    let mut record = Vec::with_capacity(record_length(row.len()));
    record.extend(index.to_le_bytes());
    row.iter().for_each(|value| record.extend(value.to_le_bytes()));
    record.extend(crc32fast::hash(&record).to_le_bytes());
    record
}

fn decode(record: &[u8], index: u64) -> Option<Vec<f64>> {
    let (body, checksum) = record.split_last_chunk::<4>()?;
    let (found, numbers) = body.split_first_chunk::<8>()?;
    if crc32fast::hash(body).to_le_bytes() != *checksum || u64::from_le_bytes(*found) != index {
        return None;
    }
    let (numbers, _) = numbers.as_chunks::<8>();
    Some(numbers.iter().map(|bytes| f64::from_le_bytes(*bytes)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    fn rows_of(path: &Path) -> Result<Vec<Vec<f64>>, JournalError> {
        let mut rows = Vec::new();
        Journal::open(path, "abc", 3, |row| rows.push(row.to_vec()))?;
        Ok(rows)
    }

    fn written(rows: u32) -> (tempfile::TempDir, PathBuf) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("journal");
        let mut journal = Journal::create(&path, "abc", 3).unwrap();
        for index in 0..rows {
            journal.append(index, &[f64::from(index), -0.0, 1e-300]).unwrap();
        }
        (folder, path)
    }

    #[test]
    fn rows_come_back_bit_for_bit_and_the_journal_goes_on() {
        let (_folder, path) = written(2);
        let mut journal = Journal::open(&path, "abc", 3, |_| {}).unwrap();
        journal.append(2, &[2.0, f64::NAN, 0.1]).unwrap();
        let rows = rows_of(&path).unwrap();
        assert_eq!(rows.len(), 3);
        assert_eq!(rows[1][1].to_bits(), (-0.0f64).to_bits());
        assert!(rows[2][1].is_nan());
    }

    #[test]
    fn a_journal_cut_off_at_any_byte_keeps_its_whole_records() {
        let (_folder, path) = written(3);
        let bytes = fs::read(&path).unwrap();
        let head = bytes.len() - 3 * record_length(3);
        for length in head..bytes.len() {
            fs::write(&path, &bytes[..length]).unwrap();
            assert_eq!(rows_of(&path).unwrap().len(), (length - head) / record_length(3));
        }
    }

    #[test]
    fn a_flipped_bit_ends_the_journal_before_its_record() {
        let (_folder, path) = written(3);
        let mut bytes = fs::read(&path).unwrap();
        let at = bytes.len() - record_length(3) - 5;
        bytes[at] ^= 1;
        fs::write(&path, &bytes).unwrap();
        assert_eq!(rows_of(&path).unwrap().len(), 1);
    }

    #[test]
    fn a_foreign_journal_is_refused_by_name() {
        let (_folder, path) = written(1);
        let other = Journal::open(&path, "abd", 3, |_| {}).unwrap_err();
        assert!(other.to_string().contains("another version, scenario or seed"), "{other}");
        fs::write(&path, "nonsense").unwrap();
        assert!(rows_of(&path).unwrap_err().to_string().contains("not a journal"));
    }
}
