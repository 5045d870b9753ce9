//! Rows of a text whose columns are separated by a character.

use std::io;

use csv::{ErrorKind, ReaderBuilder, Trim};
use heard_text::diagnostic::Diagnostic;

use super::Row;
use crate::guard::{Endless, Guarded, MARK};
use crate::input::Input;

/// A text, read row by row.
pub(crate) struct Text {
    name: String,
    reader: csv::Reader<Guarded>,
    line: u64,
}

impl Text {
    /// Opens it at its beginning.
    pub(crate) fn open(input: &Input, delimiter: u8, counted: bool) -> io::Result<Self> {
        let reader = ReaderBuilder::new()
            .delimiter(delimiter)
            .flexible(true)
            .trim(Trim::None)
            .buffer_capacity(1 << 16)
            .has_headers(false)
            .from_reader(Guarded::new(input.reader(counted)?, delimiter));
        Ok(Self { name: input.name.clone(), reader, line: 0 })
    }

    /// Reads the next row; false at the end.
    pub(crate) fn next(&mut self, row: &mut Row) -> Result<bool, Diagnostic> {
        match self.reader.read_byte_record(&mut row.record) {
            Ok(false) => return Ok(false),
            Ok(true) => {}
            Err(error) => return Err(self.unreadable(error)),
        }
        // Where the reader stands now, less the lines of this row: it passes over blank lines, which
        // the row's own position does not tell from the row.
        let inner = row.record.as_slice().iter().filter(|&&byte| byte == b'\n');
        let lines = 1 + inner.count() as u64;
        if self.line == 0
            && let Some(first) = row.record.get(0).and_then(|cell| cell.strip_prefix(MARK))
        {
            let first = [first];
            row.record = first.into_iter().chain(row.record.iter().skip(1)).collect();
        }
        self.line = self.reader.position().line().saturating_sub(lines);
        row.line = self.line;
        row.fault = None;
        Ok(true)
    }

    fn error_at(&self, line: u64, message: impl Into<String>) -> Diagnostic {
        Diagnostic::in_source(&self.name, Some(line), message)
    }

    fn unreadable(&self, error: csv::Error) -> Diagnostic {
        let message = error.to_string();
        let ErrorKind::Io(error) = error.into_kind() else {
            return self.error_at(self.line + 1, message);
        };
        if let Some(endless) = error.get_ref().and_then(|inner| inner.downcast_ref::<Endless>()) {
            return match *endless {
                Endless::TooLong { line } => self
                    .error_at(line, "the row is longer than 1 MiB")
                    .help("a row of a log of contacts is not that long: is it a table of lines?"),
                Endless::Unclosed { line } => {
                    self.error_at(line, "a quotation mark is opened here and never closed").help(
                        "close it, or write it twice within quotation marks: `\"say \"\"hi\"\"\"`",
                    )
                }
            };
        }
        broken(&self.name, self.line, &error)
    }
}

/// What has happened to a file that breaks off or cannot be read after a line.
pub(crate) fn broken(name: &str, last: u64, error: &io::Error) -> Diagnostic {
    let error_in = |message| Diagnostic::in_source(name, None, message);
    match error.kind() {
        io::ErrorKind::UnexpectedEof => {
            error_in(format!("the gzipped file breaks off after line {last}"))
                .help("it was cut off in the middle: download or compress it again")
        }
        io::ErrorKind::InvalidInput | io::ErrorKind::InvalidData => {
            error_in(format!("the gzipped file is damaged after line {last}: {error}"))
                .help("download or compress it again")
        }
        _ => error_in(format!("the log cannot be read after line {last}: {error}")),
    }
}
