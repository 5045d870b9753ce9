//! The rows of a log: a table under a header that names its columns, whatever file it stands in.

use std::collections::VecDeque;
use std::ops::ControlFlow;

use heard_text::diagnostic::Diagnostic;
use heard_text::number::{count, percent};

use crate::body::{Body, Shape};
use crate::input::Input;
use crate::look::{Encoding, Header, Look, Wanted};
use crate::opened::{HEAD, Opened};
use crate::records::Records;
use crate::values::shown;

pub use crate::records::Row;

mod heading;
#[cfg(test)]
mod tests;

/// Examples of bad rows that are kept.
const EXAMPLES: usize = 5;
/// Columns that a message names.
const MOST_SHOWN: usize = 25;
/// Bad rows after which a log is given up where they are more than half of all.
const HOPELESS: u64 = 10_000;
/// Rows, and bytes of them, that are looked at before any is read.
const AHEAD: (usize, usize) = (1_000, 1 << 20);
/// Rows among which the names of the columns are looked for.
const FIRST: usize = 100;

/// How it is said that an id was in an earlier row.
pub(crate) const REPEATED: &str = "has come before";

/// What to do about letters that cannot be read.
const ENCODINGS: &str = "say how they are written: `--encoding windows-1252`, `--encoding CP850` or \
                         another name";

/// A log, open to be read row by row.
pub struct Rows {
    input: Input,
    opened: Opened,
    header: Vec<String>,
    /// Rows of the file above the first that may be a contact.
    above: usize,
    body: Body,
    ahead: Vec<Row>,
    /// How many of those ahead have been read.
    passed: usize,
    row: Row,
    rows: u64,
    /// Rows whose letters cannot be read.
    garbled: u64,
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

/// A log that has been read to its end.
#[derive(Clone, Debug)]
pub struct Ended {
    /// Its rows, those that cannot be read and those that hold totals included.
    pub rows: u64,
    /// Those that cannot be read.
    pub skipped: Skipped,
    /// What the file turned out to be.
    pub look: Look,
}

/// A column of a log, by its place in the header.
pub type Column = usize;

impl Rows {
    /// Looks at a file, and reads the names of its columns and the first of its rows.
    ///
    /// # Errors
    /// Where it is not a table, or cannot be read.
    pub fn open(input: Input, wanted: &Wanted) -> Result<Self, Diagnostic> {
        let head = input.head(HEAD)?;
        let opened = Opened::of(&input, &head, wanted)?;
        let mut records = opened.records(&input, true)?;
        let mut first = VecDeque::new();
        let mut row = Row::default();
        let most = wanted.header.map_or(FIRST, |header| match header {
            Header::Line(line) => (line as usize).saturating_add(FIRST),
            Header::Missing => FIRST,
        });
        let names = opened.names();
        let most = if names.is_some() { 0 } else { most };
        let mut bytes = 0;
        let is_named = matches!(wanted.header, Some(Header::Line(_)));
        while first.len() < most && (is_named || bytes < AHEAD.1) && records.next(&mut row)? {
            bytes += held(&row);
            first.push_back(std::mem::take(&mut row));
        }
        let mut rows = Self {
            input,
            opened,
            header: Vec::new(),
            above: 0,
            body: Body::new(records, VecDeque::new(), Shape::default()),
            ahead: Vec::new(),
            passed: 0,
            row: Row::default(),
            rows: 0,
            garbled: 0,
            skipped: Skipped::default(),
        };
        match names {
            Some(names) => rows.take_names(names)?,
            None => rows.find_header(first.make_contiguous(), wanted)?,
        }
        first.drain(..rows.above);
        rows.body.shape = Shape::of(first.make_contiguous(), rows.width());
        rows.body.put(first);
        rows.look_ahead()?;
        Ok(rows)
    }

    /// Reads the first rows, and keeps them.
    fn look_ahead(&mut self) -> Result<(), Diagnostic> {
        let mut bytes = 0;
        let mut row = Row::default();
        while self.ahead.len() < AHEAD.0 && bytes < AHEAD.1 && self.body.next(&mut row)? {
            bytes += held(&row);
            self.ahead.push(std::mem::take(&mut row));
        }
        self.body.shape = Shape::of(&self.ahead, self.width());
        Ok(())
    }

    /// The first rows, up to 1,000 and 1 MiB of them. To look at them does not read them.
    #[must_use]
    pub fn ahead(&self) -> &[Row] {
        &self.ahead
    }

    /// Goes over all rows from the first, whatever has been read, until `each` breaks.
    ///
    /// # Errors
    /// Where the log cannot be read to its end.
    pub fn scan(&self, each: &mut dyn FnMut(&Row) -> ControlFlow<()>) -> Result<(), Diagnostic> {
        let mut records = self.opened.records(&self.input, false)?;
        let mut row = Row::default();
        for _ in 0..self.above {
            records.next(&mut row)?;
        }
        let mut body = Body::new(records, VecDeque::new(), self.body.shape.clone());
        while body.next(&mut row)? {
            if each(&row).is_break() {
                break;
            }
        }
        Ok(())
    }

    /// What the file turned out to be, as far as it has been read.
    #[must_use]
    pub fn look(&self) -> Look {
        let told = || self.body.records.encoding();
        Look {
            encoding: self.opened.look.encoding.or_else(told),
            totals: self.body.totals,
            late: match &self.body.records {
                Records::Json(json) => json.late.clone(),
                _ => None,
            },
            ..self.opened.look.clone()
        }
    }

    /// Columns that have a name, up to the last.
    fn width(&self) -> usize {
        self.header.iter().rposition(|name| !name.is_empty()).map_or(0, |at| at + 1)
    }

    /// The line that names the columns; the first where none does.
    #[must_use]
    pub fn header_line(&self) -> u64 {
        self.opened.look.header.unwrap_or(1)
    }

    /// Whether no line names the columns.
    #[must_use]
    pub fn is_headless(&self) -> bool {
        self.opened.look.header.is_none()
    }

    /// The names of the columns: their numbers, from 1, where none stand in the file.
    #[must_use]
    pub fn header(&self) -> &[String] {
        &self.header
    }

    /// The names of the columns for people: as many as help.
    #[must_use]
    pub fn columns_shown(&self) -> String {
        let names = self.header.iter().take(MOST_SHOWN).map(|name| shown(name.as_bytes()));
        let more = if self.header.len() > MOST_SHOWN { ", ..." } else { "" };
        names.collect::<Vec<_>>().join(", ") + more
    }

    /// The place of a column, if the log has it: by its name, or else by its number, from 1.
    #[must_use]
    pub fn column(&self, name: &str) -> Option<Column> {
        let named = self.header.iter().position(|column| column.eq_ignore_ascii_case(name));
        let numbered = || {
            let number = name.parse::<usize>().ok().filter(|number| number.to_string() == name)?;
            number.checked_sub(1).filter(|column| *column < self.header.len())
        };
        named.or_else(numbered)
    }

    /// The place of a column, if the log has it once or not at all.
    ///
    /// # Errors
    /// Where several columns have this name.
    pub fn only_column(&self, name: &str) -> Result<Option<Column>, Diagnostic> {
        let same = self.header.iter().filter(|column| column.eq_ignore_ascii_case(name)).count();
        if same > 1 {
            return Err(self
                .error_at(self.header_line(), format!("{same} columns are called `{name}`"))
                .help("rename all but the one that is meant"));
        }
        Ok(self.column(name))
    }

    /// Goes on to the next row; false at the end.
    ///
    /// # Errors
    /// Where the log cannot be read to its end, or hardly any row can be.
    pub fn go_on(&mut self) -> Result<bool, Diagnostic> {
        if self.skipped.rows >= HOPELESS && self.skipped.rows * 2 > self.rows {
            return Err(self.too_many_skipped());
        }
        self.advance()
    }

    fn advance(&mut self) -> Result<bool, Diagnostic> {
        match self.ahead.get(self.passed) {
            Some(row) => {
                self.row.clone_from(row);
                self.passed += 1;
            }
            None if !self.body.next(&mut self.row)? => return Ok(false),
            None => {}
        }
        self.rows += 1;
        Ok(true)
    }

    /// The row.
    #[must_use]
    pub fn row(&self) -> &Row {
        &self.row
    }

    /// The line that the row begins on.
    #[must_use]
    pub fn line(&self) -> u64 {
        self.row.line
    }

    /// Whether the row is text.
    ///
    /// # Errors
    /// Where it is not: why it cannot be read.
    pub fn is_text(&self) -> Result<(), String> {
        self.row.fault.clone().map_or(Ok(()), Err)
    }

    /// Whether the row is text and has as many fields as the header: empty ones at its end may be
    /// missing, or too many.
    ///
    /// # Errors
    /// Where it has not: why it cannot be read.
    pub fn has_all_fields(&self) -> Result<(), String> {
        self.is_text()?;
        let (fields, header) = (self.row.record.len(), self.header.len());
        let fits = fields == header
            || fields > header && self.row.width() <= header
            || fields < header
                && (fields >= self.width()
                    || self.is_sheet()
                    || self.body.shape.may_be_short(&self.row));
        if fits {
            return Ok(());
        }
        Err(match self.opened.look.header {
            Some(_) => format!("{fields} fields where the header has {header}"),
            None => format!("{fields} fields where other rows have {header}"),
        })
    }

    /// Whether the rows are those of a workbook's sheet, which holds no empty cells at their ends.
    fn is_sheet(&self) -> bool {
        matches!(self.body.records, Records::Sheet { .. })
    }

    /// What stands in a column of the row, without blanks around it; nothing where it is empty.
    #[must_use]
    pub fn get(&self, column: Option<Column>) -> Option<&[u8]> {
        self.row.get(column)
    }

    /// The same as text.
    #[must_use]
    pub fn text(&self, column: Option<Column>) -> Option<std::borrow::Cow<'_, str>> {
        self.get(column).map(String::from_utf8_lossy)
    }

    /// The row cannot be read.
    pub fn skip(&mut self, why: impl Into<String>) {
        self.skipped.rows += 1;
        self.garbled += u64::from(self.row.fault.is_some());
        if self.skipped.examples.len() < EXAMPLES {
            self.skipped.examples.push((self.row.line, why.into()));
        }
    }

    /// Ends reading.
    ///
    /// # Errors
    /// Where there was no row, or more than `most` of them could not be read.
    pub fn end(self, most: f64) -> Result<Ended, Diagnostic> {
        if self.rows == 0 {
            return Err(self
                .error("the log has a header and no rows")
                .help("export a longer time: this one has no contacts"));
        }
        if self.skipped.rows as f64 > most * self.rows as f64 || self.skipped.rows == self.rows {
            return Err(self.too_many_skipped());
        }
        let look = self.look();
        Ok(Ended { rows: self.rows + look.totals, skipped: self.skipped, look })
    }

    fn too_many_skipped(&self) -> Diagnostic {
        let Skipped { rows, examples } = &self.skipped;
        let share = *rows as f64 / self.rows as f64;
        let (line, why) = examples.first().cloned().unwrap_or_default();
        let message = match (*rows, self.rows) {
            (1, 1) => format!("the only row cannot be read: {why}"),
            (rows, all) => {
                let why =
                    if rows == 1 { format!(": {why}") } else { format!("; the first: {why}") };
                let (rows, all) = (count(rows), count(all));
                format!("{rows} of {all} rows ({}) cannot be read{why}", percent(share))
            }
        };
        let mut error = self.error_at(line, message);
        for (line, why) in examples.iter().skip(1) {
            error.notes.push(self.opened.note(*line, why));
        }
        if self.garbled * 2 > *rows
            && let Some(help) = self.help_with_letters(share)
        {
            return error.help(help);
        }
        // Where most cannot be read, it is not the rows that are wrong.
        if examples.iter().all(|(_, why)| why.ends_with(REPEATED)) {
            return error.help(
                "where each row is a part of a contact: `--as events`; where each is one of its own, map \
                 another id, or none: `--map \"COLUMN=\"`",
            );
        }
        error.help(if share < 0.2 {
            let most = ((share * 100.0).floor() as u64 + 1).max(5);
            format!("fix them, or allow a larger share of rows to be left out: `--skip {most}%`")
        } else {
            "is it the right log, with the right --map and --delimiter? docs/logs.md describes the formats"
                .to_owned()
        })
    }

    /// What to do where letters cannot be read: another encoding does not help a file that is UTF-8 but for
    /// a few rows, nor one that holds something else than text in columns.
    fn help_with_letters(&self, share: f64) -> Option<String> {
        let Records::Text(text) = &self.body.records else { return None };
        let is_given = self.opened.look.encoding.is_some();
        if is_given || share > 0.5 || text.encoding() != Encoding::UTF8 {
            return Some(ENCODINGS.to_owned());
        }
        let percent = (share * 100.0).ceil().max(1.0);
        Some(format!("the other letters are UTF-8: leave these rows out with `--skip {percent}%`"))
    }

    /// What the log is called.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.input.name
    }

    /// An error with the log as a whole.
    #[must_use]
    pub fn error(&self, message: impl Into<String>) -> Diagnostic {
        let (name, _) = self.opened.place(&self.input.name, None);
        Diagnostic::in_source(&name, None, message)
    }

    /// An error with one line.
    #[must_use]
    pub fn error_at(&self, line: u64, message: impl Into<String>) -> Diagnostic {
        let (name, line) = self.opened.place(&self.input.name, Some(line));
        Diagnostic::in_source(&name, line, message)
    }
}

/// Bytes that a row takes in memory: its text, and where each of its cells ends.
fn held(row: &Row) -> usize {
    row.record.as_slice().len() + row.record.len() * size_of::<usize>()
}
