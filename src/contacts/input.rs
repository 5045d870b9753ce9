//! Where a log comes from: a file or standard input, packed with gzip or not.

use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, ErrorKind, Read};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use flate2::bufread::MultiGzDecoder;

/// Bytes in one row, at the most.
pub const MOST_OF_ROW: usize = 1 << 20;

const BUFFER: usize = 1 << 16;
const GZIP: [u8; 2] = [0x1f, 0x8b];

/// A log, open to be read.
pub struct Input {
    /// What it is called in messages.
    pub name: String,
    /// Bytes of the file as it lies there; `None` where that is not known.
    pub bytes: Option<u64>,
    /// How many of them have been read.
    pub done: Arc<AtomicU64>,
    reader: Box<dyn Read + Send>,
}

impl Input {
    /// Opens a file, or standard input where the path is `-`.
    ///
    /// # Errors
    /// Where there is no such file or it cannot be read: the message and what would help.
    pub fn open(path: &Path) -> Result<Self, (String, String)> {
        if path == Path::new("-") {
            return Self::of("standard input".to_owned(), None, io::stdin()).map_err(|error| {
                (
                    format!("standard input cannot be read: {error}"),
                    "name a file instead".to_owned(),
                )
            });
        }
        let name = path.display().to_string();
        let unreadable = |error: io::Error| match error.kind() {
            ErrorKind::NotFound | ErrorKind::NotADirectory => (
                format!("there is no file {name}"),
                "name a log, or `-` for standard input".to_owned(),
            ),
            _ => (
                format!("{name} cannot be read: {error}"),
                "name a log that you may read".to_owned(),
            ),
        };
        let info = fs::metadata(path).map_err(unreadable)?;
        if info.is_dir() {
            return Err((format!("{name} is a folder"), "name the log in it".to_owned()));
        }
        // What is no plain file, such as a named pipe, does not say how long it is.
        let bytes = info.is_file().then_some(info.len());
        let file = File::open(path).map_err(unreadable)?;
        Self::of(name.clone(), bytes, file).map_err(unreadable)
    }

    /// A log that lies in memory.
    ///
    /// # Errors
    /// Never, in practice: reading memory does not fail.
    pub fn of_bytes(name: &str, bytes: Vec<u8>) -> io::Result<Self> {
        Self::of(name.to_owned(), Some(bytes.len() as u64), io::Cursor::new(bytes))
    }

    fn of(
        name: String,
        bytes: Option<u64>,
        source: impl Read + Send + 'static,
    ) -> io::Result<Self> {
        let done = Arc::new(AtomicU64::new(0));
        let counted = Counted { source, done: Arc::clone(&done) };
        let mut buffered = BufReader::with_capacity(BUFFER, counted);
        let packed = buffered.fill_buf()?.starts_with(&GZIP);
        let reader: Box<dyn Read + Send> =
            if packed { Box::new(MultiGzDecoder::new(buffered)) } else { Box::new(buffered) };
        Ok(Self { name, bytes, done, reader })
    }

    /// What is read, guarded against rows without end.
    #[must_use]
    pub fn guarded(self, delimiter: u8) -> Guarded {
        Guarded {
            reader: self.reader,
            delimiter,
            state: State::FieldStart,
            line: 1,
            row: 0,
            begun: 1,
        }
    }
}

/// Counts the bytes that go by.
struct Counted<R> {
    source: R,
    done: Arc<AtomicU64>,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.source.read(buffer)?;
        self.done.fetch_add(read as u64, Ordering::Relaxed);
        Ok(read)
    }
}

/// Passes on what it reads as long as no row is longer than [`MOST_OF_ROW`]: a reader of rows keeps
/// a whole one in memory.
pub struct Guarded {
    reader: Box<dyn Read + Send>,
    delimiter: u8,
    state: State,
    line: u64,
    row: usize,
    begun: u64,
}

/// Where in a row of comma-separated values a byte stands (RFC 4180).
#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    FieldStart,
    Plain,
    Quoted,
    QuoteInQuoted,
}

/// A row that is too long.
#[derive(Debug, thiserror::Error)]
#[error("the row that begins on line {line} is longer than 1 MiB")]
pub struct TooLong {
    /// Where it begins.
    pub line: u64,
    /// Whether it is a quoted field that goes on.
    pub quoted: bool,
}

impl Read for Guarded {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.reader.read(buffer)?;
        for &byte in &buffer[..read] {
            self.row += 1;
            self.state = match (self.state, byte) {
                (State::FieldStart, b'"') | (State::QuoteInQuoted, b'"') => State::Quoted,
                (State::Quoted, b'"') => State::QuoteInQuoted,
                (State::Quoted, b'\n') => {
                    self.line += 1;
                    State::Quoted
                }
                (State::Quoted, _) => State::Quoted,
                (_, b'\n') => {
                    self.line += 1;
                    (self.row, self.begun) = (0, self.line);
                    State::FieldStart
                }
                (_, byte) if byte == self.delimiter => State::FieldStart,
                _ => State::Plain,
            };
            if self.row > MOST_OF_ROW {
                let quoted = self.state == State::Quoted;
                return Err(io::Error::other(TooLong { line: self.begun, quoted }));
            }
        }
        Ok(read)
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use flate2::Compression;
    use flate2::write::GzEncoder;

    use super::*;

    fn read(bytes: &[u8]) -> io::Result<Vec<u8>> {
        let mut all = Vec::new();
        let input = Input::of_bytes("log", bytes.to_vec()).unwrap();
        input.guarded(b',').read_to_end(&mut all).map(|_| all)
    }

    fn packed(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    #[test]
    fn packed_or_not_the_same_is_read() {
        assert_eq!(read(b"a,b\n1,2\n").unwrap(), b"a,b\n1,2\n");
        assert_eq!(read(&packed(b"a,b\n1,2\n")).unwrap(), b"a,b\n1,2\n");
        let twice = [packed(b"a,b\n"), packed(b"1,2\n")].concat();
        assert_eq!(read(&twice).unwrap(), b"a,b\n1,2\n");
        assert_eq!(read(b"").unwrap(), b"");
    }

    #[test]
    fn a_pack_that_is_cut_off_is_an_error() {
        let noise: Vec<u8> =
            (0..9_000u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 24) as u8).collect();
        let whole = packed(&noise);
        let error = read(&whole[..whole.len() / 2]).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::UnexpectedEof);
    }

    #[test]
    fn a_row_without_end_is_stopped_and_named() {
        let long = [b"a,b\n1,2\n".to_vec(), vec![b'x'; MOST_OF_ROW + 1]].concat();
        assert_eq!(
            read(&long).unwrap_err().to_string(),
            "the row that begins on line 3 is longer than 1 MiB"
        );
        let quote = [b"a\n1\n\"never closed\n".to_vec(), b"1\n".repeat(MOST_OF_ROW)].concat();
        let error = read(&quote).unwrap_err();
        let error = error.get_ref().unwrap().downcast_ref::<TooLong>().unwrap();
        assert_eq!((error.line, error.quoted), (3, true));
        // A quote within a field that is not quoted is a quote and nothing else.
        let stray = [b"a\n5\" pipe\n".to_vec(), b"1\n".repeat(MOST_OF_ROW)].concat();
        assert!(read(&stray).is_ok());
    }
}
