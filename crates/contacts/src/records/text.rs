//! Rows of a text whose columns are separated by a character.

use std::io;

use csv::{ByteRecord, ErrorKind, ReaderBuilder, Trim};
use heard_text::diagnostic::Diagnostic;

use super::Row;
use crate::guard::{Endless, Guarded, MARK};
use crate::input::Input;
use crate::look::Encoding;
use crate::values::shown;

/// A text, read row by row.
pub(crate) struct Text {
    input: Input,
    reader: csv::Reader<Guarded>,
    /// What its letters are written in, as far as is known.
    encoding: Encoding,
    /// Whether that is sure: given, marked, or told by a letter that is not ASCII.
    is_sure: bool,
    line: u64,
}

impl Text {
    /// Opens it at its beginning, in an encoding where that is known.
    pub(crate) fn open(
        input: &Input,
        delimiter: u8,
        encoding: Option<Encoding>,
        counted: bool,
    ) -> io::Result<Self> {
        let mut source = input.reader(counted)?;
        let is_sure = encoding.is_some();
        let mut encoding = encoding.unwrap_or(Encoding::UTF8);
        if !encoding.is_like_ascii() {
            source = encoding.reader(source);
            encoding = Encoding::UTF8;
        }
        let reader = ReaderBuilder::new()
            .delimiter(delimiter)
            .flexible(true)
            .trim(Trim::None)
            .buffer_capacity(1 << 16)
            .has_headers(false)
            .from_reader(Guarded::new(source, delimiter));
        Ok(Self { input: input.clone(), reader, encoding, is_sure, line: 0 })
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
        if !row.record.as_slice().is_ascii() {
            self.decode(row)?;
        }
        Ok(true)
    }

    /// What its letters are written in, as far as it has been read.
    pub(crate) fn encoding(&self) -> Encoding {
        self.encoding
    }

    /// Turns the cells of a row into UTF-8, or says why they are no text.
    fn decode(&mut self, row: &mut Row) -> Result<(), Diagnostic> {
        if self.encoding == Encoding::UTF8 {
            if row.record.iter().all(|cell| std::str::from_utf8(cell).is_ok()) {
                self.is_sure = true;
                return Ok(());
            }
            if !self.is_sure {
                self.encoding = Encoding::told(&self.input)
                    .map_err(|error| broken(&self.input.name, self.line, &error))?;
                self.is_sure = true;
            }
        }
        let mut record = ByteRecord::new();
        for cell in &row.record {
            match self.encoding.decode(cell) {
                Some(text) => record.push_field(text.as_bytes()),
                None => {
                    let name = self.encoding.name();
                    row.fault.get_or_insert(format!("it is not text in {name}: `{}`", shown(cell)));
                    record.push_field(cell);
                }
            }
        }
        row.record = record;
        Ok(())
    }

    fn error_at(&self, line: u64, message: impl Into<String>) -> Diagnostic {
        Diagnostic::in_source(&self.input.name, Some(line), message)
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
                Endless::TooWide { line } => {
                    self.error_at(line, "the row has more than 16,384 columns").help(
                        "a log has no more columns than a spreadsheet: is the `--delimiter` right?",
                    )
                }
                Endless::Unclosed { line } => {
                    self.error_at(line, "a quotation mark is opened here and never closed").help(
                        "close it, or write it twice within quotation marks: `\"say \"\"hi\"\"\"`",
                    )
                }
            };
        }
        broken(&self.input.name, self.line, &error)
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
