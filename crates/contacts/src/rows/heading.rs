//! What names the columns of a log.

use heard_text::diagnostic::Diagnostic;

use super::{ENCODINGS, Rows};
use crate::look::delimiter::DELIMITERS;
use crate::look::header::{self, Found};
use crate::look::{Header, Wanted};
use crate::records::Row;

impl Rows {
    pub(super) fn take_names(&mut self, names: Vec<String>) -> Result<(), Diagnostic> {
        if names.is_empty() {
            return Err(self
                .error("the log is empty")
                .help("its objects have keys that name the columns"));
        }
        self.header = names;
        Ok(())
    }

    pub(super) fn find_header(&mut self, first: &[Row], wanted: &Wanted) -> Result<(), Diagnostic> {
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
}
