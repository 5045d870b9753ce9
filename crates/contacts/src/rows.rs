//! The rows of a log: comma-separated values under a header that names their columns.

use csv::{ByteRecord, ErrorKind, ReaderBuilder, Trim};
use heard_text::number::{count, percent};

use super::input::{Endless, Guarded, Input, MARK};
use crate::values::shown;
use heard_text::diagnostic::Diagnostic;

/// Examples of bad rows that are kept.
const EXAMPLES: usize = 5;
/// Columns that a message names.
const MOST_SHOWN: usize = 25;
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
    pub fn open(input: Input, delimiter: u8) -> Result<Self, Diagnostic> {
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
            let field = if at == 0 { field.strip_prefix(MARK).unwrap_or(field) } else { field };
            std::str::from_utf8(field).map(|field| field.trim().to_owned())
        });
        let header = fields.collect::<Result<Vec<_>, _>>();
        rows.header = header.map_err(|_| {
            rows.error_at(1, "the first line is not text in UTF-8")
                .help("a log is comma-separated values, plain or gzipped; save it as \"CSV UTF-8\"")
        })?;
        let names = rows.header.concat();
        if rows.header.iter().all(|field| field.len() > 200)
            || names.contains(|c: char| c.is_control() && !c.is_whitespace())
        {
            return Err(rows
                .error_at(1, "the first line names no columns")
                .help("a log is comma-separated values, plain or gzipped"));
        }
        rows.check_delimiter(delimiter)?;
        rows.rows = 0;
        Ok(rows)
    }

    fn check_delimiter(&self, delimiter: u8) -> Result<(), Diagnostic> {
        let [only] = self.header.as_slice() else { return Ok(()) };
        let others = [(b';', "';'"), (b'\t', "'\\t'"), (b'|', "'|'"), (b',', "','")];
        let used = others
            .iter()
            .find(|(other, _)| *other != delimiter && only.contains(char::from(*other)));
        let Some((_, written)) = used else { return Ok(()) };
        Err(self
            .error_at(1, format!("the columns are not separated by {:?}", char::from(delimiter)))
            .help(format!("name the separator: `--delimiter {written}`")))
    }

    /// The names of the columns.
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

    /// The place of a column, if the log has it.
    #[must_use]
    pub fn column(&self, name: &str) -> Option<Column> {
        self.header.iter().position(|column| column.eq_ignore_ascii_case(name))
    }

    /// The place of a column, if the log has it once or not at all.
    ///
    /// # Errors
    /// Where several columns have this name.
    pub fn only_column(&self, name: &str) -> Result<Option<Column>, Diagnostic> {
        let same = self.header.iter().filter(|column| column.eq_ignore_ascii_case(name)).count();
        if same > 1 {
            return Err(self
                .error_at(1, format!("{same} columns are called `{name}`"))
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
        loop {
            match self.reader.read_byte_record(&mut self.record) {
                Ok(false) => return Ok(false),
                Ok(true) => {
                    // Where the reader stands now, less the lines of this row: it passes over blank
                    // lines, which the row's own position does not tell from the row.
                    let inner = self.record.as_slice().iter().filter(|&&byte| byte == b'\n');
                    let lines = 1 + inner.count() as u64;
                    self.line = self.reader.position().line().saturating_sub(lines);
                    // A blank line says nothing, nor does one of separators alone.
                    if self.record.iter().all(|field| field.trim_ascii().is_empty()) {
                        continue;
                    }
                    self.rows += 1;
                    return Ok(true);
                }
                Err(error) => return Err(self.unreadable(error)),
            }
        }
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
        let last = self.line;
        match error.kind() {
            std::io::ErrorKind::UnexpectedEof => self
                .error(format!("the gzipped file breaks off after line {last}"))
                .help("it was cut off in the middle: download or compress it again"),
            std::io::ErrorKind::InvalidInput | std::io::ErrorKind::InvalidData => self
                .error(format!("the gzipped file is damaged after line {last}: {error}"))
                .help("download or compress it again"),
            _ => self.error(format!("the log cannot be read after line {last}: {error}")),
        }
    }

    /// The line that the row begins on.
    #[must_use]
    pub fn line(&self) -> u64 {
        self.line
    }

    /// Whether the row has as many fields as the header.
    ///
    /// # Errors
    /// Where it has not: why it cannot be read.
    pub fn has_all_fields(&self) -> Result<(), String> {
        let (fields, header) = (self.record.len(), self.header.len());
        if fields == header {
            return Ok(());
        }
        Err(format!("{fields} fields where the header has {header}"))
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
    pub fn end(self, most: f64) -> Result<(u64, Skipped), Diagnostic> {
        if self.rows == 0 {
            return Err(self
                .error("the log has a header and no rows")
                .help("export a longer time: this one has no contacts"));
        }
        if self.skipped.rows as f64 > most * self.rows as f64 || self.skipped.rows == self.rows {
            return Err(self.too_many_skipped());
        }
        Ok((self.rows, self.skipped))
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
            error.notes.push(format!("line {line}: {why}"));
        }
        // Where most cannot be read, it is not the rows that are wrong.
        error.help(if share < 0.2 {
            "fix them, or allow a larger share of rows to be left out: `--skip 5%`"
        } else {
            "is it the right log, with the right --map and --delimiter? docs/logs.md describes the formats"
        })
    }

    /// What the log is called.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// An error with the log as a whole.
    #[must_use]
    pub fn error(&self, message: impl Into<String>) -> Diagnostic {
        Diagnostic::in_source(&self.name, None, message)
    }

    /// An error with one line.
    #[must_use]
    pub fn error_at(&self, line: u64, message: impl Into<String>) -> Diagnostic {
        Diagnostic::in_source(&self.name, Some(line), message)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn open(text: &str) -> Result<Rows, Diagnostic> {
        Rows::open(Input::of_bytes("log", text.as_bytes().to_vec()).unwrap(), b',')
    }

    fn lines(text: &str) -> Vec<(u64, String)> {
        let mut rows = open(text).unwrap();
        let mut all = Vec::new();
        while rows.go_on().unwrap() {
            all.push((rows.line(), rows.text(Some(0)).unwrap_or_default().into_owned()));
        }
        all
    }

    fn refused(text: &str) -> String {
        let error = match open(text) {
            Err(error) => error,
            Ok(mut rows) => loop {
                match rows.go_on() {
                    Ok(true) => rows.skip("bad"),
                    Ok(false) => break rows.end(0.4).unwrap_err(),
                    Err(error) => break error,
                }
            },
        };
        error.to_string()
    }

    #[test]
    fn rows_know_the_line_that_they_begin_on() {
        let expected = |list: &[(u64, &str)]| -> Vec<(u64, String)> {
            list.iter().map(|&(line, text)| (line, text.to_owned())).collect()
        };
        for end in ["\n", "\r\n", "\r"] {
            let text = ["a,b", "1,2", "", "", "2,3", ",", "3,4", ""].join(end);
            assert_eq!(lines(&text), expected(&[(2, "1"), (5, "2"), (7, "3")]), "{end:?}");
            assert_eq!(lines(text.trim_end()), lines(&text), "without an end: {end:?}");
        }
        let quoted = "a,b\n\"1\n1\",2\n\n2,\"\n\"\n3,4";
        assert_eq!(lines(quoted), expected(&[(2, "1\n1"), (5, "2"), (7, "3")]));
        assert_eq!(lines("\n\n\"a\n\",b\n1,2\n"), expected(&[(5, "1")]));
    }

    #[test]
    fn columns_are_found_by_name_behind_a_mark_and_in_quotation_marks() {
        let rows = open("\u{feff}\"Id\", Arrived \n").unwrap();
        assert_eq!(rows.header(), ["Id", "Arrived"]);
        assert_eq!(
            (rows.column("id"), rows.column("arrived"), rows.column("x")),
            (Some(0), Some(1), None)
        );
        let many = open(&"x,".repeat(30)).unwrap();
        assert!(many.columns_shown().ends_with("x, x, ..."), "{}", many.columns_shown());
        let twice = open("id,x,ID\n").unwrap();
        assert!(twice.only_column("id").unwrap_err().message.contains("2 columns are called `id`"));
        assert_eq!(twice.only_column("x").unwrap(), Some(1));
    }

    #[test]
    fn what_is_no_table_is_refused_with_a_reason() {
        for (text, says) in [
            ("", "the log is empty"),
            ("\n\r\n \n", "the log is empty"),
            ("a;b\n1;2\n", "--delimiter ';'"),
            ("a\tb\n1\t2\n", "--delimiter '\\t'"),
            ("a,b\n", "a header and no rows"),
            ("a\0,b\n", "names no columns"),
            ("a,b\n1,\"2\n3,4\n", "log:2"),
            ("a\n1\n", "the only row cannot be read: bad\n --> log:2"),
            (
                "a\n1\n2\n",
                "2 of 2 rows (100.0%) cannot be read; the first: bad\n --> log:2\n  = note: line 3: bad",
            ),
        ] {
            let shown = refused(text);
            assert!(shown.contains(says), "{text:?}: {shown}");
        }
    }

    #[test]
    fn a_log_of_hardly_any_good_row_is_given_up_early() {
        let mut rows = open(&("a\n".to_owned() + &"1\n".repeat(30_000))).unwrap();
        let error = loop {
            match rows.go_on() {
                Ok(more) => assert!(more, "read to its end"),
                Err(error) => break error,
            }
            rows.skip("bad");
        };
        assert!(error.message.starts_with("10,000 of 10,000 rows"), "{error:?}");
        assert_eq!(error.notes.len(), EXAMPLES - 1);
    }
}
