//! The journal: rows on disk, as they are finished, so that no finished work is lost.
//!
//! An append-only file: a line that says which experiment it belongs to, then records of the same
//! length: index, numbers, checksum. What a run that died may leave behind is dropped, because the
//! same rows come out when they are run again: a first line or a last record that was cut off, or a
//! tail of zeros, as a power cut can leave. Anything else that does not fit is damage, or belongs to
//! another experiment, and is refused: nothing after it is read, and none of it is thrown away.

use std::fs::{self, File, OpenOptions};
use std::io::{self, BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};

use heard_text::list::{counted, list, replications};

const MAGIC: &str = "heard-journal 1";

/// Rows being written.
#[derive(Debug)]
pub struct Journal {
    file: File,
    path: PathBuf,
}

/// Why a journal cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum JournalError {
    /// The file system refused.
    #[error("{}: {error}", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// What the system said.
        error: io::Error,
    },
    /// The file is not a journal.
    #[error("{}: {why}", path.display())]
    Foreign {
        /// The file.
        path: PathBuf,
        /// Why it is foreign.
        why: String,
    },
    /// The file belongs to an experiment whose rows are others.
    #[error("{}: these replications are of another version, scenario or seed{}", path.display(), named(differs))]
    OtherRows {
        /// The file.
        path: PathBuf,
        /// The hash of its experiment.
        hash: String,
        /// Keys in which its scenario differs from the one at hand, as far as they are known.
        differs: Vec<String>,
    },
    /// The file was changed by something other than a run.
    #[error("{} is damaged: it has {} that can be read, what follows cannot", path.display(), replications(*rows))]
    Damaged {
        /// The file.
        path: PathBuf,
        /// Whole rows before the damage.
        rows: u64,
        /// Bytes that they and the first line take.
        whole: u64,
    },
}

/// Most keys that a message names.
const NAMED: usize = 3;

/// The first keys of those that differ; nothing where none is known.
fn named(differs: &[String]) -> String {
    let mut keys: Vec<String> = differs.iter().take(NAMED).map(|key| format!("`{key}`")).collect();
    let more = differs.len() - keys.len();
    if more > 0 {
        keys.push(counted(more as f64, "other key", "other keys"));
    }
    match keys.as_slice() {
        [] => String::new(),
        [_] => format!(": {} differs", list(&keys)),
        _ => format!(": {} differ", list(&keys)),
    }
}

impl Journal {
    /// A new journal for the experiment of this hash. Replaces what is there, whole: `aside` is the
    /// path at which it is made.
    ///
    /// # Errors
    /// Where the file cannot be written.
    pub fn create(
        path: &Path,
        aside: &Path,
        hash: &str,
        row_length: usize,
    ) -> Result<Self, JournalError> {
        let io = |error| JournalError::Io { path: path.to_owned(), error };
        let made = File::create_new(aside).and_then(|mut file| {
            file.write_all(header(hash, row_length).as_bytes())?;
            fs::rename(aside, path)?;
            Ok(file)
        });
        let file = made.map_err(|error| {
            let _ = fs::remove_file(aside);
            io(error)
        })?;
        Ok(Self { file, path: path.to_owned() })
    }

    /// Opens a journal, hands over its rows in order, and continues after the last whole one.
    ///
    /// # Errors
    /// Where the file cannot be read or written, is damaged, or belongs to another experiment. It is
    /// then as it was.
    pub fn open(
        path: &Path,
        hash: &str,
        row_length: usize,
        take: impl FnMut(&[f64]),
    ) -> Result<Self, JournalError> {
        let io = |error| JournalError::Io { path: path.to_owned(), error };
        plain(path)?;
        let mut file = OpenOptions::new().read(true).append(true).open(path).map_err(io)?;
        let whole = read(&file, path, hash, row_length, take)?;
        if whole == 0 {
            file.set_len(0).map_err(io)?;
            file.write_all(header(hash, row_length).as_bytes()).map_err(io)?;
        } else {
            file.set_len(whole).map_err(io)?;
        }
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

    /// Waits until all rows are on the disk and would outlast a power cut.
    ///
    /// # Errors
    /// Where they cannot be written.
    pub fn sync(&self) -> Result<(), JournalError> {
        let io = |error| JournalError::Io { path: self.path.clone(), error };
        self.file.sync_all().map_err(io)
    }
}

/// How many whole rows a journal holds. Changes nothing.
///
/// # Errors
/// As for [`Journal::open`].
pub fn count(path: &Path, hash: &str, row_length: usize) -> Result<usize, JournalError> {
    plain(path)?;
    let file =
        File::open(path).map_err(|error| JournalError::Io { path: path.to_owned(), error })?;
    let mut rows = 0;
    read(&file, path, hash, row_length, |_| rows += 1)?;
    Ok(rows)
}

/// Refuses what is not a file of its own: through a link, something outside of the run's folder would
/// be written to.
fn plain(path: &Path) -> Result<(), JournalError> {
    let info = fs::symlink_metadata(path)
        .map_err(|error| JournalError::Io { path: path.to_owned(), error })?;
    let why = match info.file_type() {
        kind if kind.is_file() => return Ok(()),
        kind if kind.is_dir() => "this is a folder, not a journal of replications",
        kind if kind.is_symlink() => "this is a link, not a journal of replications",
        _ => "this is not a journal of replications",
    };
    Err(JournalError::Foreign { path: path.to_owned(), why: why.to_owned() })
}

/// Hands over the whole rows of a journal; returns how many bytes they and the first line take, 0
/// where not even that is whole.
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
        if found.len() < expected.len() && expected.as_bytes().starts_with(&found) {
            return Ok(0);
        }
        let path = path.to_owned();
        return Err(match found.strip_prefix(MAGIC.as_bytes()) {
            Some(rest) => {
                let rest = String::from_utf8_lossy(rest);
                let hash = rest.split_whitespace().next().unwrap_or_default().to_owned();
                JournalError::OtherRows { path, hash, differs: Vec::new() }
            }
            None => {
                let why = "this is not a journal of replications, or it is damaged".to_owned();
                JournalError::Foreign { path, why }
            }
        });
    }
    let mut whole = expected.len() as u64;
    let mut record = vec![0; record_length(row_length)];
    for index in 0u64.. {
        let held = fill(&mut reader, &mut record).map_err(io)?;
        if held < record.len() {
            break;
        }
        match decode(&record) {
            Some((found, row)) if found == index => take(&row),
            // A checksum that holds under another number: records were moved, or written by two.
            None if cut_off(&mut reader, &record).map_err(io)? => break,
            _ => return Err(JournalError::Damaged { path: path.to_owned(), rows: index, whole }),
        }
        whole += record.len() as u64;
    }
    Ok(whole)
}

/// Whether a record that does not hold is the end of what a run left that died: nothing follows, or
/// nothing but zeros.
fn cut_off(reader: &mut impl Read, record: &[u8]) -> io::Result<bool> {
    let mut more = vec![0; 1 << 16];
    let mut zeros = record.ends_with(&[0; 4]);
    let mut followed = false;
    loop {
        let held = fill(reader, &mut more)?;
        if held == 0 {
            return Ok(zeros || !followed);
        }
        followed = true;
        zeros &= more[..held].iter().all(|&byte| byte == 0);
        if !zeros {
            return Ok(false);
        }
    }
}

/// Reads until the buffer is full or the file ends; returns how much was read.
fn fill(reader: &mut impl Read, buffer: &mut [u8]) -> io::Result<usize> {
    let mut held = 0;
    while held < buffer.len() {
        match reader.read(&mut buffer[held..]) {
            Ok(0) => break,
            Ok(count) => held += count,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(held)
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

/// The number and the values of a record whose checksum holds.
fn decode(record: &[u8]) -> Option<(u64, Vec<f64>)> {
    let (body, checksum) = record.split_last_chunk::<4>()?;
    let (index, numbers) = body.split_first_chunk::<8>()?;
    if crc32fast::hash(body).to_le_bytes() != *checksum {
        return None;
    }
    let (numbers, _) = numbers.as_chunks::<8>();
    let row = numbers.iter().map(|bytes| f64::from_le_bytes(*bytes)).collect();
    Some((u64::from_le_bytes(*index), row))
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
        let aside = folder.path().join("aside");
        let mut journal = Journal::create(&path, &aside, "abc", 3).unwrap();
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
    fn a_journal_cut_off_in_its_first_line_begins_anew() {
        let (_folder, path) = written(1);
        let bytes = fs::read(&path).unwrap();
        for length in 0..bytes.len() - record_length(3) {
            fs::write(&path, &bytes[..length]).unwrap();
            let mut journal = Journal::open(&path, "abc", 3, |_| {}).unwrap();
            journal.append(0, &[0.0, -0.0, 1e-300]).unwrap();
            assert_eq!(fs::read(&path).unwrap(), bytes);
        }
    }

    #[test]
    fn a_flipped_bit_in_the_last_record_drops_it_and_any_other_is_damage() {
        let (_folder, path) = written(4);
        let bytes = fs::read(&path).unwrap();
        let head = bytes.len() - 4 * record_length(3);
        for at in head..bytes.len() {
            let mut flipped = bytes.clone();
            flipped[at] ^= 1;
            fs::write(&path, &flipped).unwrap();
            let rows = (at - head) / record_length(3);
            if rows == 3 {
                assert_eq!(rows_of(&path).unwrap().len(), 3);
                continue;
            }
            let error = rows_of(&path).unwrap_err();
            let text = format!("is damaged: it has {} that", replications(rows as u64));
            assert!(error.to_string().contains(&text), "{error}");
            assert_eq!(fs::read(&path).unwrap(), flipped);
        }
    }

    #[test]
    fn records_that_were_moved_or_lost_are_damage() {
        let (_folder, path) = written(3);
        let bytes = fs::read(&path).unwrap();
        let record = record_length(3);
        let head = bytes.len() - 3 * record;
        let parts = |parts: &[std::ops::Range<usize>]| -> Vec<u8> {
            let parts = parts.iter().flat_map(|part| &bytes[part.clone()]);
            parts.copied().collect()
        };
        let end = bytes.len();
        let lost = [0..head, head + record..end];
        let twice = [0..end, end - record..end];
        let spliced = [0..head + 5, head..end];
        for (parts, rows) in [(parts(&lost), 0), (parts(&twice), 3), (parts(&spliced), 0)] {
            fs::write(&path, parts).unwrap();
            let error = rows_of(&path).unwrap_err();
            assert!(
                error.to_string().contains(&format!("it has {} that", replications(rows))),
                "{error}"
            );
        }
    }

    #[test]
    fn a_tail_of_zeros_is_what_a_power_cut_leaves() {
        let (_folder, path) = written(2);
        let bytes = fs::read(&path).unwrap();
        for zeros in [1, 30, 1000, 100_000] {
            // Of the last record, too, a part may never have reached the disk.
            let mut left = bytes[..bytes.len() - 7].to_vec();
            left.resize(bytes.len() + zeros, 0);
            fs::write(&path, &left).unwrap();
            assert_eq!(rows_of(&path).unwrap().len(), 1, "{zeros}");
            left.push(1);
            left.resize(left.len() + 100, 0);
            fs::write(&path, &left).unwrap();
            assert!(rows_of(&path).is_err(), "{zeros}");
        }
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
