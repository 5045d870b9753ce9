//! Rows without end are stopped before they fill the memory.

use std::io::{self, Read};

use crate::limits::{MOST_COLUMNS, MOST_OF_ROW};

/// Passes on what it reads as long as no row is longer than [`MOST_OF_ROW`] and no quotation mark
/// stays open: a reader of rows keeps a whole one in memory. Every row ends with one line feed,
/// however its lines end.
pub(crate) struct Guarded {
    reader: Box<dyn Read + Send>,
    delimiter: u8,
    state: State,
    line: u64,
    row: usize,
    begun: u64,
    /// Delimiters of the row so far.
    delimiters: usize,
    /// Whether the last byte was a carriage return that ended a row.
    after_return: bool,
}

/// What some programs write in front of text in UTF-8.
pub(crate) const MARK: &[u8] = b"\xef\xbb\xbf";

/// Where in a row of comma-separated values a byte stands (RFC 4180).
#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    FieldStart,
    Plain,
    Quoted,
    QuoteInQuoted,
}

/// A row without end.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Endless {
    /// It is longer than any row of a log.
    #[error("the row that begins on line {line} is longer than 1 MiB")]
    TooLong {
        /// Where it begins.
        line: u64,
    },
    /// It has more columns than any row of a log.
    #[error("the row that begins on line {line} has more than 16,384 columns")]
    TooWide {
        /// Where it begins.
        line: u64,
    },
    /// It holds a quotation mark that is not closed before the log ends, or not in time.
    #[error("the row that begins on line {line} opens a quotation mark and never closes it")]
    Unclosed {
        /// Where it begins.
        line: u64,
    },
}

impl Guarded {
    /// Guards what is read.
    pub(crate) fn new(reader: Box<dyn Read + Send>, delimiter: u8) -> Self {
        Self {
            reader,
            delimiter,
            state: State::FieldStart,
            line: 1,
            row: 0,
            begun: 1,
            delimiters: 0,
            after_return: false,
        }
    }

    /// What becomes of a byte: nothing where it is the second half of a line's end.
    fn pass(&mut self, byte: u8) -> Result<Option<u8>, Endless> {
        let after_return = std::mem::take(&mut self.after_return);
        if after_return && byte == b'\n' {
            return Ok(None);
        }
        self.row += 1;
        let mut passed = byte;
        self.state = match (self.state, byte) {
            (State::FieldStart, b'"') | (State::QuoteInQuoted, b'"') => State::Quoted,
            (State::Quoted, b'"') => State::QuoteInQuoted,
            (State::Quoted, _) => {
                self.line += u64::from(byte == b'\n');
                State::Quoted
            }
            (_, b'\n' | b'\r') => {
                self.line += 1;
                (self.row, self.begun, self.delimiters) = (0, self.line, 0);
                self.after_return = byte == b'\r';
                passed = b'\n';
                State::FieldStart
            }
            (_, byte) if byte == self.delimiter => {
                self.delimiters += 1;
                if self.delimiters >= MOST_COLUMNS {
                    return Err(Endless::TooWide { line: self.begun });
                }
                State::FieldStart
            }
            // A quotation mark behind the mark of UTF-8 still opens the first field.
            (State::FieldStart, byte)
                if self.begun == 1 && MARK.get(self.row - 1) == Some(&byte) =>
            {
                State::FieldStart
            }
            _ => State::Plain,
        };
        if self.row <= MOST_OF_ROW {
            return Ok(Some(passed));
        }
        let line = self.begun;
        Err(match self.state {
            State::Quoted => Endless::Unclosed { line },
            _ => Endless::TooLong { line },
        })
    }

    /// What is missing where the source has ended: nothing, or the end of the last row.
    fn end(&mut self, buffer: &mut [u8]) -> Result<usize, Endless> {
        match (self.state, self.row, buffer) {
            (State::Quoted, ..) => Err(Endless::Unclosed { line: self.begun }),
            (_, 0, _) | (_, _, []) => Ok(0),
            (_, _, [first, ..]) => {
                (self.row, self.state) = (0, State::FieldStart);
                *first = b'\n';
                Ok(1)
            }
        }
    }
}

impl Read for Guarded {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            let read = self.reader.read(buffer)?;
            if read == 0 {
                return self.end(buffer).map_err(io::Error::other);
            }
            let mut kept = 0;
            for at in 0..read {
                if let Some(byte) = self.pass(buffer[at]).map_err(io::Error::other)? {
                    buffer[kept] = byte;
                    kept += 1;
                }
            }
            if kept > 0 {
                return Ok(kept);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8]) -> io::Result<Vec<u8>> {
        let mut all = Vec::new();
        let source = Box::new(io::Cursor::new(bytes.to_vec()));
        Guarded::new(source, b',').read_to_end(&mut all).map(|_| all)
    }

    #[test]
    fn rows_end_with_a_line_feed_however_their_lines_end() {
        for text in ["a,b\r\n1,2\r\n", "a,b\r1,2\r", "a,b\n1,2", "a,b\r\n1,2\r"] {
            assert_eq!(read(text.as_bytes()).unwrap(), b"a,b\n1,2\n", "{text:?}");
        }
        assert_eq!(read(b"a\r\n\"1\r\n2\"\r\n").unwrap(), b"a\n\"1\r\n2\"\n");
        assert_eq!(read(b"a\n\r\n\r\n1\n").unwrap(), b"a\n\n\n1\n");
    }

    #[test]
    fn a_row_has_as_many_columns_as_a_spreadsheet_and_no_more() {
        let wide = |columns: usize| format!("a,b\n{}\n", ",".repeat(columns - 1));
        assert!(read(wide(16_384).repeat(3).as_bytes()).is_ok());
        let error = read(wide(16_385).as_bytes()).unwrap_err().to_string();
        assert_eq!(error, "the row that begins on line 2 has more than 16,384 columns");
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
        let error = error.get_ref().unwrap().downcast_ref::<Endless>().unwrap();
        assert!(matches!(error, Endless::Unclosed { line: 3 }), "{error}");
        let error = read(b"a,b\n1,\"never closed\n2,3\n").unwrap_err();
        assert!(error.to_string().contains("line 2 opens a quotation mark"), "{error}");
        // The mark of UTF-8 does not hide a quotation mark from the guard.
        let marked = [MARK, b"\"a\n", &b"1\n".repeat(MOST_OF_ROW)].concat();
        assert!(read(&marked).unwrap_err().to_string().contains("line 1 opens"));
        // A quote within a field that is not quoted is a quote and nothing else.
        let stray = [b"a\n5\" pipe\n".to_vec(), b"1\n".repeat(MOST_OF_ROW)].concat();
        assert!(read(&stray).is_ok());
    }
}
