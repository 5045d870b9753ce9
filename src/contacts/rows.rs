//! The rows of a log: comma-separated values under a header that names their columns.

use csv::{ByteRecord, ErrorKind, ReaderBuilder, Trim};

use super::input::{Guarded, Input, TooLong};
use super::log::LogError;

/// Examples of bad rows that are kept.
const EXAMPLES: usize = 5;
/// Bad rows after which a log is given up where they are more than half of all.
const HOPELESS: u64 = 10_000;

/// A log, open to be read row by row.
pub struct Rows {
    name: String,
    reader: csv::Reader<Guarded>,
    header: Vec<String>,
    record: ByteRecord,
    line: u64,
    rows: u64,
    /// The rows that could not be read.
    pub skipped: Skipped,
}

/// Rows that could not be read.
#[derive(Clone, Debug, Default)]
pub struct Skipped {
    /// How many.
    pub rows: u64,
    /// The first of them: line and what is wrong.
    pub examples: Vec<(u64, String)>,
}

/// A column of a log, by its place in the header.
pub type Column = usize;

impl Rows {
    /// Reads the header.
    ///
    /// # Errors
    /// Where there is none, or its columns are separated by something else.
    pub fn open(input: Input, delimiter: u8) -> Result<Self, LogError> {
        let name = input.name.clone();
        let reader = ReaderBuilder::new()
            .delimiter(delimiter)
            .flexible(true)
            .trim(Trim::None)
            .buffer_capacity(1 << 16)
            .has_headers(false)
            .from_reader(input.guarded(delimiter));
        let mut rows = Self {
            name,
            reader,
            header: Vec::new(),
            record: ByteRecord::new(),
            line: 0,
            rows: 0,
            skipped: Skipped::default(),
        };
        if !rows.advance()? {
            return Err(rows.error("the log is empty").help("its first line names the columns"));
        }
        let fields = rows.record.iter().enumerate().map(|(at, field)| {
            let field =
                if at == 0 { field.strip_prefix(b"\xef\xbb\xbf").unwrap_or(field) } else { field };
            std::str::from_utf8(field).map(|field| field.trim().to_owned())
        });
        let header = fields.collect::<Result<Vec<_>, _>>();
        rows.header = header.map_err(|_| {
            rows.error("the first line is not text in UTF-8")
                .help("a log is comma-separated values, plain or packed with gzip; save it as \"CSV UTF-8\"")
        })?;
        if rows.header.iter().all(|field| field.len() > 200) || rows.header.concat().contains('\0')
        {
            return Err(rows
                .error("the first line names no columns")
                .help("a log is comma-separated values, plain or packed with gzip"));
        }
        rows.check_delimiter(delimiter)?;
        rows.rows = 0;
        Ok(rows)
    }

    fn check_delimiter(&self, delimiter: u8) -> Result<(), LogError> {
        let [only] = self.header.as_slice() else { return Ok(()) };
        let others = [(b';', "';'"), (b'\t', "'\\t'"), (b'|', "'|'"), (b',', "','")];
        let used = others
            .iter()
            .find(|(other, _)| *other != delimiter && only.contains(char::from(*other)));
        let Some((_, written)) = used else { return Ok(()) };
        Err(self
            .error_at(1, format!("the columns are not separated by {:?}", char::from(delimiter)))
            .help(format!("say what they are separated by: `--delimiter {written}`")))
    }

    /// The names of the columns.
    #[must_use]
    pub fn header(&self) -> &[String] {
        &self.header
    }

    /// The place of a column, if the log has it.
    #[must_use]
    pub fn column(&self, name: &str) -> Option<Column> {
        self.header.iter().position(|column| column.eq_ignore_ascii_case(name))
    }

    /// Goes on to the next row; false at the end.
    ///
    /// # Errors
    /// Where the log cannot be read to its end, or hardly any row can be.
    pub fn next_row(&mut self) -> Result<bool, LogError> {
        if self.skipped.rows >= HOPELESS && self.skipped.rows * 2 > self.rows {
            return Err(self.too_many_skipped());
        }
        self.advance()
    }

    fn advance(&mut self) -> Result<bool, LogError> {
        loop {
            match self.reader.read_byte_record(&mut self.record) {
                Ok(false) => return Ok(false),
                Ok(true) => {
                    self.line = self.record.position().map_or(0, csv::Position::line);
                    // A blank line says nothing.
                    if self.record.len() == 1 && self.record[0].trim_ascii().is_empty() {
                        continue;
                    }
                    self.rows += 1;
                    return Ok(true);
                }
                Err(error) => return Err(self.unreadable(error)),
            }
        }
    }

    fn unreadable(&self, error: csv::Error) -> LogError {
        let message = error.to_string();
        let ErrorKind::Io(error) = error.into_kind() else {
            return self.error_at(self.line + 1, message);
        };
        if let Some(long) = error.get_ref().and_then(|inner| inner.downcast_ref::<TooLong>()) {
            let help = if long.quoted {
                "a quotation mark at the start of a field is never closed"
            } else {
                "no row of a log of contacts is that long: is it a table of lines?"
            };
            return self.error_at(long.line, "the row is longer than 1 MiB").help(help);
        }
        let last = self.line;
        match error.kind() {
            std::io::ErrorKind::UnexpectedEof => self
                .error(format!("the packed file breaks off after line {last}"))
                .help("it was cut off in the middle: fetch or pack it again"),
            std::io::ErrorKind::InvalidInput | std::io::ErrorKind::InvalidData => self
                .error(format!("the packed file is damaged after line {last}: {error}"))
                .help("fetch or pack it again"),
            _ => self.error(format!("the log cannot be read after line {last}: {error}")),
        }
    }

    /// The line that the row begins on.
    #[must_use]
    pub fn line(&self) -> u64 {
        self.line
    }

    /// Rows so far, the bad ones included.
    #[must_use]
    pub fn count(&self) -> u64 {
        self.rows
    }

    /// Fields of the row.
    #[must_use]
    pub fn fields(&self) -> usize {
        self.record.len()
    }

    /// What stands in a column of the row, without blanks around it; nothing where it is empty.
    #[must_use]
    pub fn get(&self, column: Option<Column>) -> Option<&[u8]> {
        let field = self.record.get(column?)?.trim_ascii();
        (!field.is_empty()).then_some(field)
    }

    /// The same as text.
    #[must_use]
    pub fn text(&self, column: Option<Column>) -> Option<std::borrow::Cow<'_, str>> {
        self.get(column).map(String::from_utf8_lossy)
    }

    /// The row cannot be read.
    pub fn skip(&mut self, why: impl Into<String>) {
        self.skipped.rows += 1;
        if self.skipped.examples.len() < EXAMPLES {
            self.skipped.examples.push((self.line, why.into()));
        }
    }

    /// Ends reading.
    ///
    /// # Errors
    /// Where there was no row, or more than `most` of them could not be read.
    pub fn end(self, most: f64) -> Result<(u64, Skipped), LogError> {
        if self.rows == 0 {
            return Err(self
                .error("the log has a header and no rows")
                .help("an export of a time without contacts? take a longer one"));
        }
        if self.skipped.rows as f64 > most * self.rows as f64 || self.skipped.rows == self.rows {
            return Err(self.too_many_skipped());
        }
        Ok((self.rows, self.skipped))
    }

    fn too_many_skipped(&self) -> LogError {
        let Skipped { rows, examples } = &self.skipped;
        let share = 100.0 * *rows as f64 / self.rows as f64;
        let (line, why) = examples.first().cloned().unwrap_or_default();
        let message = match *rows {
            1 => format!("the row cannot be read, of {} so far or in all: {why}", self.rows),
            rows => format!(
                "{rows} of {} rows ({share:.1}%) cannot be read; the first: {why}",
                self.rows
            ),
        };
        let mut error = self.error_at(line, message);
        for (line, why) in examples.iter().skip(1) {
            error.notes.push(format!("line {line}: {why}"));
        }
        error.help("mend them, or say up to which share rows may be left out: `--skip 5%`")
    }

    /// An error with the log as a whole.
    #[must_use]
    pub fn error(&self, message: impl Into<String>) -> LogError {
        LogError::new(&self.name, None, message)
    }

    /// An error with one line.
    #[must_use]
    pub fn error_at(&self, line: u64, message: impl Into<String>) -> LogError {
        LogError::new(&self.name, Some(line), message)
    }
}
