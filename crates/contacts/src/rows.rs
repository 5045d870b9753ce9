//! The rows of a log: a table under a header that names its columns, whatever file it stands in.

use std::collections::VecDeque;
use std::ops::ControlFlow;

use heard_text::diagnostic::Diagnostic;
use heard_text::number::{count, percent};

use crate::body::{Body, Shape};
use crate::input::Input;
use crate::look::delimiter::DELIMITERS;
use crate::look::header::{self, Found};
use crate::look::{Header, Look, Wanted};
use crate::opened::{HEAD, Opened};
use crate::records::Records;
use crate::values::shown;

pub use crate::records::Row;

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
    /// Where it is no table, or cannot be read.
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
        while first.len() < most && records.next(&mut row)? {
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

    fn take_names(&mut self, names: Vec<String>) -> Result<(), Diagnostic> {
        if names.is_empty() {
            return Err(self
                .error("the log is empty")
                .help("its objects have keys that name the columns"));
        }
        self.header = names;
        Ok(())
    }

    fn find_header(&mut self, first: &[Row], wanted: &Wanted) -> Result<(), Diagnostic> {
        let begin = usize::from(self.opened.is_announced && !first.is_empty());
        let all: Vec<Row> = first[begin..].iter().filter(|row| !row.is_blank()).cloned().collect();
        if all.is_empty() {
            return Err(self.error("the log is empty").help("its first line names the columns"));
        }
        let names: Vec<&str> = wanted.names.iter().map(String::as_str).collect();
        let found = match wanted.header {
            None => header::find(&all, &names),
            Some(Header::Missing) => Found::Nowhere,
            Some(Header::Line(line)) => {
                let at = all.iter().position(|row| row.line == line);
                Found::At(at.ok_or_else(|| self.no_header_there(&all, line))?)
            }
        };
        let row = match found {
            Found::At(at) => &all[at],
            Found::Nowhere => {
                let width = header::usual_width(&all);
                let is_full = |row: &&Row| row.filled() * 5 >= width * 3;
                let start = all.iter().find(is_full).unwrap_or(&all[0]);
                self.above = first.iter().take_while(|row| row.line < start.line).count();
                self.opened.look.titles =
                    first[..self.above].iter().filter(|row| !row.is_blank()).count() as u64;
                let width = all.iter().map(Row::width).max().unwrap_or(0).max(width);
                self.header = (1..=width).map(|column| column.to_string()).collect();
                return Ok(());
            }
        };
        self.opened.look.header = Some(row.line);
        let place = first.iter().position(|other| other.line == row.line).unwrap_or(0);
        self.above = place + 1;
        self.opened.look.titles =
            first[begin..place].iter().filter(|row| !row.is_blank()).count() as u64;
        if let Some(fault) = &row.fault {
            return Err(self
                .error_at(row.line, format!("the names of the columns cannot be read: {fault}"))
                .help(ENCODINGS));
        }
        let name = |field: &[u8]| String::from_utf8_lossy(field).trim().to_owned();
        self.header = row.record.iter().map(name).collect();
        let names = self.header.concat();
        if self.header.iter().all(|field| field.len() > 200)
            || names.contains(|c: char| c.is_control() && !c.is_whitespace())
        {
            return Err(self
                .error_at(row.line, "the first line names no columns")
                .help("a log is comma-separated values, plain or gzipped"));
        }
        self.check_delimiter()
    }

    fn no_header_there(&self, all: &[Row], line: u64) -> Diagnostic {
        let error =
            self.error_at(line, format!("no row begins on line {line}, which --header names"));
        match all.first() {
            Some(row) => error.help(format!("the first row begins on line {}", row.line)),
            None => error,
        }
    }

    fn check_delimiter(&self) -> Result<(), Diagnostic> {
        let ([only], Some(delimiter)) = (self.header.as_slice(), self.opened.look.delimiter) else {
            return Ok(());
        };
        let used = DELIMITERS
            .iter()
            .find(|other| **other != delimiter && only.contains(char::from(**other)));
        let Some(other) = used else { return Ok(()) };
        let written = char::from(*other).escape_default();
        Err(self
            .error_at(
                self.header_line(),
                format!("the columns are not separated by {:?}", char::from(delimiter)),
            )
            .help(format!("name the separator: `--delimiter '{written}'`")))
    }

    /// Reads the first rows, and keeps them.
    fn look_ahead(&mut self) -> Result<(), Diagnostic> {
        let mut bytes = 0;
        let mut row = Row::default();
        while self.ahead.len() < AHEAD.0 && bytes < AHEAD.1 && self.body.next(&mut row)? {
            bytes += row.record.as_slice().len();
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
                && (fields >= self.width() || self.body.shape.may_be_short(&self.row));
        if fits {
            return Ok(());
        }
        Err(match self.opened.look.header {
            Some(_) => format!("{fields} fields where the header has {header}"),
            None => format!("{fields} fields where other rows have {header}"),
        })
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
            error.notes.push(format!("line {line}: {why}"));
        }
        if self.garbled * 2 > *rows {
            return error.help(ENCODINGS);
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::look::Encoding;

    fn open(text: &str) -> Result<Rows, Diagnostic> {
        Rows::open(Input::of_bytes("log", text.as_bytes().to_vec()).unwrap(), &Wanted::default())
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

    #[test]
    fn rows_ahead_are_looked_at_without_being_read_and_all_can_be_gone_over() {
        let text: String = (0..3_000).map(|row| format!("{row},x\n")).collect();
        let mut rows = open(&format!("id,name\n\n{text}")).unwrap();
        assert_eq!(rows.ahead().len(), 1_000);
        assert_eq!(
            (rows.ahead()[999].line, rows.ahead()[999].get(Some(0))),
            (1_002, Some(&b"999"[..]))
        );
        let mut read = 0;
        while rows.go_on().unwrap() {
            assert_eq!(rows.get(Some(0)), Some(read.to_string().as_bytes()));
            read += 1;
            if read == 2_000 {
                let mut seen = Vec::new();
                rows.scan(&mut |row| {
                    seen.push((row.line, row.get(Some(0)).unwrap_or_default().to_vec()));
                    ControlFlow::Continue(())
                })
                .unwrap();
                assert_eq!(seen.len(), 3_000);
                assert_eq!((seen[0].0, &seen[0].1[..]), (3, &b"0"[..]));
                assert_eq!(seen[2_999], (3_002, b"2999".to_vec()));
            }
        }
        assert_eq!(read, 3_000);
        let mut seen = 0;
        rows.scan(&mut |_| {
            seen += 1;
            if seen == 7 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        })
        .unwrap();
        assert_eq!(seen, 7);
    }

    #[test]
    fn titles_and_totals_are_no_contacts() {
        let text = "Call report\nMarch 2026\n\nid,arrived,x,y\n1,2026-03-02 08:00,a,b\nTotal,1,,\n\
                    2,2026-03-02 08:00,a,b\n\nGrand total,2,,\n(2 rows)\n";
        let mut rows = open(text).unwrap();
        assert_eq!((rows.header_line(), rows.look().titles), (4, 2));
        let mut lines = Vec::new();
        while rows.go_on().unwrap() {
            assert_eq!(rows.has_all_fields(), Ok(()));
            lines.push(rows.line());
        }
        assert_eq!(lines, [5, 7]);
        let ended = rows.end(0.0).unwrap();
        assert_eq!((ended.rows, ended.look.totals), (5, 3));
        // A remark among contacts is a row that cannot be read, and so is one that breaks off.
        let text = "id,arrived,x,y\n1,2026-03-02 08:00,a,b\nremark\n2,2026-03-02 08:00,a,b\n3,ab\n";
        let mut rows = open(text).unwrap();
        let mut bad = Vec::new();
        while rows.go_on().unwrap() {
            if rows.has_all_fields().is_err() {
                bad.push(rows.line());
            }
        }
        assert_eq!(bad, [3, 5]);
    }

    #[test]
    fn cells_may_be_missing_or_too_many_at_the_end_where_they_are_empty() {
        let faults = |text: &str| {
            let mut rows = open(text).unwrap();
            let mut faults = Vec::new();
            while rows.go_on().unwrap() {
                faults.push(rows.has_all_fields().is_ok());
            }
            faults
        };
        assert_eq!(faults("id,at,\n1,2026-03-02,\n2,2026-03-02,\n"), [true, true]);
        assert_eq!(
            faults("id,at\n1,2026-03-02,\n2,2026-03-02,,\n3,2026-03-02,x\n"),
            [true, true, false]
        );
        assert_eq!(faults("id,at,x\n1,2026-03-02,a\n2,2026-03-02\n"), [true, true]);
        // Others write empty cells out, or a cell is missing in the middle.
        assert_eq!(faults("id,at,x\n1,2026-03-02,\n2,2026-03-02\n"), [true, false]);
        assert_eq!(faults("id,who,at,x\n1,a,2026-03-02,a\n2,2026-03-02,b\n"), [true, false]);
    }

    #[test]
    fn columns_without_names_are_called_by_their_numbers() {
        let text = "C1,2026-03-02 08:00,x\nC2,2026-03-02 09:00,y\n";
        let rows = open(text).unwrap();
        assert_eq!(rows.header(), ["1", "2", "3"]);
        assert_eq!((rows.look().header, rows.ahead().len(), rows.column("2")), (None, 2, Some(1)));
        let named = open("id,3,at\n1,2,2026-03-02\n").unwrap();
        assert_eq!(
            (named.column("3"), named.column("1"), named.column("4")),
            (Some(1), Some(0), None)
        );
        let wanted = |header| Wanted { header: Some(header), ..Wanted::default() };
        let input = || Input::of_bytes("log", b"a,b\n1,2\n\nc,d\n3,4\n".to_vec()).unwrap();
        let rows = Rows::open(input(), &wanted(Header::Line(4))).unwrap();
        assert_eq!((rows.header(), rows.ahead().len()), (&["c".to_owned(), "d".to_owned()][..], 1));
        let rows = Rows::open(input(), &wanted(Header::Missing)).unwrap();
        assert_eq!(rows.ahead().len(), 4);
        let error = Rows::open(input(), &wanted(Header::Line(3))).err().unwrap();
        assert!(error.message.contains("no row begins on line 3"), "{error}");
    }

    #[test]
    fn letters_are_read_as_they_were_written_wherever_the_first_of_them_stands() {
        let companies = |bytes: &[u8], encoding: Option<&str>| {
            let encoding = encoding.map(|name| Encoding::of(name).unwrap());
            let input = Input::of_bytes("log", bytes.to_vec()).unwrap();
            let mut rows = Rows::open(input, &Wanted { encoding, ..Wanted::default() })?;
            let (mut all, mut faults) = (Vec::new(), Vec::new());
            while rows.go_on()? {
                match rows.has_all_fields() {
                    Ok(()) => all.push(rows.text(Some(1)).unwrap_or_default().into_owned()),
                    Err(why) => faults.push(why),
                }
            }
            let names = (rows.header()[1].clone(), rows.look().encoding.unwrap().name());
            Ok::<_, Diagnostic>((names, all, faults))
        };
        let german = |gap: usize| {
            let plain = "0,plain\n".repeat(gap);
            format!("id,firm\n{plain}1,Müller\n2,Möller\n").replace('\n', "\r\n")
        };
        for gap in [0, 50_000] {
            let text = german(gap);
            let (latin, utf16) = (
                encoding_rs::WINDOWS_1252.encode(&text).0.into_owned(),
                text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>(),
            );
            for (bytes, name) in
                [(text.as_bytes(), "UTF-8"), (&latin, "windows-1252"), (&utf16, "UTF-16LE")]
            {
                let (names, all, faults) = companies(bytes, None).unwrap();
                assert_eq!((names.1, faults.len(), all.len()), (name, 0, gap + 2));
                assert_eq!(all[gap..], ["Müller", "Möller"], "{name}");
            }
        }
        let latin = encoding_rs::WINDOWS_1252.encode("id,größe\n1,größer\n").0.into_owned();
        assert_eq!(companies(&latin, None).unwrap().0, ("größe".to_owned(), "windows-1252"));
        let dos = b"id,firm\n1,M\x81ller\n2,M\x94ller\n";
        let (_, all, _) = companies(dos, Some("CP850")).unwrap();
        assert_eq!(all, ["Müller", "Möller"]);
        // No letter of Windows-1252: the row is not read as something else.
        let (_, all, faults) = companies(dos, Some("windows-1252")).unwrap();
        assert_eq!((all.len(), faults.len()), (1, 1), "{faults:?}");
        // One broken letter of UTF-8.
        let broken = b"id,firm\n1,M\xfcller\n2,M\xc3\xb6ller\n3,M\xc3\xbcller\n";
        let (names, all, faults) = companies(broken, None).unwrap();
        assert_eq!((names.1, all), ("UTF-8", vec!["Möller".to_owned(), "Müller".to_owned()]));
        assert_eq!(faults, ["it is not text in UTF-8: `M\u{fffd}ller`"]);
        let error =
            companies(b"id,firm\xfc\n1,M\xc3\xb6ller\n2,M\xc3\xbcller\n", None).unwrap_err();
        assert!(error.to_string().contains("--encoding windows-1252"), "{error}");
    }
}
