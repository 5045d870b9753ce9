//! Rows that have been read from a file whose rows cannot be read twice, such as a workbook, and are
//! kept for reading.

use std::io::{self, BufReader, Read, Seek, SeekFrom, Write};
use std::sync::{Arc, Mutex, PoisonError};

#[cfg(test)]
use csv::ByteRecord;
use tempfile::SpooledTempFile;

use super::Row;

/// Bytes of rows that are kept in memory; what comes after them goes to a temporary file.
const IN_MEMORY: usize = 4 << 20;
const BUFFER: usize = 1 << 16;

/// Rows to be kept.
pub(crate) struct Keeping {
    file: SpooledTempFile,
    buffer: Vec<u8>,
}

impl Keeping {
    pub(crate) fn new() -> Self {
        Self { file: SpooledTempFile::new(IN_MEMORY), buffer: Vec::with_capacity(BUFFER) }
    }

    /// Keeps a row: its line, the number of its cells, and each with its length before it.
    pub(crate) fn keep(&mut self, line: u64, cells: &[String]) -> io::Result<()> {
        self.buffer.extend(line.to_le_bytes());
        self.buffer.extend((cells.len() as u64).to_le_bytes());
        for cell in cells {
            self.buffer.extend((cell.len() as u64).to_le_bytes());
            self.buffer.extend(cell.as_bytes());
        }
        if self.buffer.len() >= BUFFER { self.flush() } else { Ok(()) }
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.write_all(&self.buffer)?;
        self.buffer.clear();
        Ok(())
    }

    /// Ends keeping.
    pub(crate) fn end(mut self) -> io::Result<Kept> {
        self.flush()?;
        Ok(Kept(Arc::new(Mutex::new(self.file))))
    }
}

/// Rows that are kept.
#[derive(Clone)]
pub(crate) struct Kept(Arc<Mutex<SpooledTempFile>>);

impl Kept {
    /// Reads them from the first.
    pub(crate) fn rows(&self) -> KeptRows {
        let again = Again { file: Arc::clone(&self.0), at: 0 };
        KeptRows { reader: BufReader::with_capacity(BUFFER, again), cell: Vec::new() }
    }
}

/// A file, read from its beginning while others may read it, too.
struct Again {
    file: Arc<Mutex<SpooledTempFile>>,
    at: u64,
}

impl Read for Again {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        file.seek(SeekFrom::Start(self.at))?;
        let read = file.read(buffer)?;
        self.at += read as u64;
        Ok(read)
    }
}

/// Rows that are kept, one after the other.
pub(crate) struct KeptRows {
    reader: BufReader<Again>,
    cell: Vec<u8>,
}

impl KeptRows {
    /// Reads the next row; false at the end.
    pub(crate) fn next(&mut self, row: &mut Row) -> io::Result<bool> {
        let Some(line) = self.number_or_end()? else { return Ok(false) };
        row.line = line;
        row.fault = None;
        row.record.clear();
        for _ in 0..self.number()? {
            let length = self.number()? as usize;
            self.cell.resize(length, 0);
            self.reader.read_exact(&mut self.cell)?;
            row.record.push_field(&self.cell);
        }
        Ok(true)
    }

    fn number(&mut self) -> io::Result<u64> {
        self.number_or_end()?.ok_or_else(|| io::ErrorKind::UnexpectedEof.into())
    }

    fn number_or_end(&mut self) -> io::Result<Option<u64>> {
        let mut bytes = [0; 8];
        if self.reader.read(&mut bytes[..1])? == 0 {
            return Ok(None);
        }
        self.reader.read_exact(&mut bytes[1..])?;
        Ok(Some(u64::from_le_bytes(bytes)))
    }
}

/// A row from cells.
#[cfg(test)]
pub(crate) fn row(line: u64, cells: &[&str]) -> Row {
    Row { line, record: ByteRecord::from(cells.to_vec()), fault: None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_can_be_read_twice() {
        let mut keeping = Keeping::new();
        for line in 1..=100_000_u64 {
            keeping.keep(line * 2, &[line.to_string(), String::new(), "ü\n".repeat(20)]).unwrap();
        }
        let kept = keeping.end().unwrap();
        let (mut first, mut second) = (kept.rows(), kept.rows());
        let (mut one, mut two) = (Row::default(), Row::default());
        let mut rows = 0;
        while first.next(&mut one).unwrap() {
            assert!(second.next(&mut two).unwrap());
            rows += 1;
            let expected = row(rows * 2, &[&rows.to_string(), "", &"ü\n".repeat(20)]);
            assert_eq!((one.line, &one.record), (expected.line, &expected.record));
            assert_eq!(one.record, two.record);
        }
        assert_eq!(rows, 100_000);
    }
}
