//! Workbooks: Excel's (`.xlsx`) and those of LibreOffice (`.ods`).
//!
//! One sheet is read, row by row, into rows that are kept for reading. What a workbook may hold is
//! limited, and checked before calamine sees it: a small file can unpack to a very large one.

mod cells;
mod excel;
mod open_document;
mod pack;

use heard_text::diagnostic::Diagnostic;
use heard_text::list::list;
use heard_text::number::count;

use crate::input::{Input, Seekable};
use crate::limits::{MOST_CELLS, MOST_COLUMNS, MOST_OF_ROW, MOST_SHEETS, MOST_UNPACKED};
use crate::look::cells::is_dated;
use crate::records::{Keeping, Kept};
use crate::values::shown;

/// Rows of a sheet by which it is told whether it is a log.
const TELLING: usize = 200;
/// Sheets that a message names.
const MOST_SHOWN: usize = 25;

/// The rows of one sheet.
pub(crate) struct Sheet {
    /// What kind of workbook holds it.
    pub kind: &'static str,
    /// Its name.
    pub name: String,
    /// The names of the others.
    pub others: Vec<String>,
    /// Its rows.
    pub rows: Kept,
}

/// Why a workbook cannot be read.
pub(crate) enum Trouble {
    /// It holds more than it may.
    TooMuch(String),
    /// It is damaged, or not what it seems to be.
    Damaged(String),
    /// It is something else.
    Other { what: String, help: &'static str },
    /// No more is needed of it.
    Enough,
}

impl Trouble {
    fn cells() -> Self {
        Self::TooMuch(format!("more than {} cells", count(MOST_CELLS)))
    }
}

impl From<std::io::Error> for Trouble {
    fn from(error: std::io::Error) -> Self {
        Self::Damaged(error.to_string())
    }
}

/// A workbook of any kind.
trait Book {
    /// What kind it is.
    fn kind(&self) -> &'static str;
    /// The names of its sheets, those that are hidden last.
    fn sheets(&self) -> Vec<String>;
    /// Shows the cells of a sheet, row by row.
    fn read(&mut self, sheet: usize, to: &mut dyn Sink) -> Result<(), Trouble>;
}

/// What is told of the cells of a sheet, in their order.
trait Sink {
    /// What stands in a cell: rows count from 1 and columns from 0.
    fn cell(&mut self, row: u64, column: usize, text: &str) -> Result<(), Trouble>;
}

/// Reads a sheet of a workbook: the one that is wanted, by its name or number, or the first that looks
/// like a log.
pub(crate) fn open(input: &Input, wanted: Option<&str>) -> Result<Sheet, Diagnostic> {
    let refused = |trouble| refusal(&input.name, trouble);
    let mut book = pack::open(input).map_err(refused)?;
    let names = book.sheets();
    if names.len() > MOST_SHEETS {
        let most = count(MOST_SHEETS as u64);
        return Err(refused(Trouble::TooMuch(format!("more than {most} sheets"))));
    }
    let at = match wanted {
        Some(wanted) => position(&names, wanted).ok_or_else(|| no_sheet(input, &names, wanted))?,
        None => first_log(&mut *book, names.len()).map_err(refused)?,
    };
    let mut rows =
        Rows { keeping: Keeping::new(), row: Vec::new(), line: 0, bytes: 0, cells: 0, kept: 0 };
    book.read(at, &mut rows).and_then(|()| rows.end_row()).map_err(refused)?;
    let kept = rows.keeping.end().map_err(|error| refused(error.into()))?;
    let mut others = names;
    let name = if at < others.len() { others.remove(at) } else { String::new() };
    Ok(Sheet { kind: book.kind(), name, others, rows: kept })
}

fn position(names: &[String], wanted: &str) -> Option<usize> {
    let number = || wanted.parse::<usize>().ok()?.checked_sub(1).filter(|at| *at < names.len());
    let same = |name: &String| name.trim().to_lowercase() == wanted.trim().to_lowercase();
    names.iter().position(same).or_else(number)
}

fn no_sheet(input: &Input, names: &[String], wanted: &str) -> Diagnostic {
    let shown_names: Vec<String> =
        names.iter().take(MOST_SHOWN).map(|name| shown(name.as_bytes())).collect();
    let shown_names: Vec<&str> = shown_names.iter().map(String::as_str).collect();
    let message = format!("there is no sheet `{}`, which --sheet names", shown(wanted.as_bytes()));
    Diagnostic::in_source(&input.name, None, message)
        .help(format!("the sheets are: {}", list(&shown_names)))
}

fn refusal(name: &str, trouble: Trouble) -> Diagnostic {
    let error = |message: String| Diagnostic::in_source(name, None, message);
    match trouble {
        Trouble::TooMuch(what) => error(format!("the workbook holds {what}"))
            .help("save the sheet as CSV: a log in CSV may have any size"),
        Trouble::Damaged(why) => error(format!("the workbook cannot be read: {why}"))
            .help("open it in a spreadsheet and save it again, or save the sheet as CSV"),
        Trouble::Other { what, help } => error(format!("this is {what}")).help(help),
        Trouble::Enough => error("the workbook holds no sheet".to_owned()),
    }
}

/// The first sheet with dates in many of its rows; or else the first that is not empty.
fn first_log(book: &mut dyn Book, sheets: usize) -> Result<usize, Trouble> {
    let mut filled = None;
    for at in 0..sheets {
        let mut first = First { rows: Vec::new(), line: 0 };
        match book.read(at, &mut first) {
            Ok(()) | Err(Trouble::Enough) => {}
            Err(trouble) => return Err(trouble),
        }
        let dated =
            first.rows.iter().filter(|row| row.iter().any(|cell| is_dated(cell.as_bytes())));
        if dated.count() * 3 >= first.rows.len().max(1) {
            return Ok(at);
        }
        if !first.rows.is_empty() {
            filled = filled.or(Some(at));
        }
    }
    filled.ok_or_else(|| Trouble::Other {
        what: "a workbook without any rows".to_owned(),
        help: "export a longer time: this one has no contacts",
    })
}

/// The first rows of a sheet.
struct First {
    rows: Vec<Vec<String>>,
    line: u64,
}

impl Sink for First {
    fn cell(&mut self, row: u64, _: usize, text: &str) -> Result<(), Trouble> {
        if text.trim().is_empty() {
            return Ok(());
        }
        if row != self.line || self.rows.is_empty() {
            if self.rows.len() == TELLING {
                return Err(Trouble::Enough);
            }
            self.line = row;
            self.rows.push(Vec::new());
        }
        if let Some(last) = self.rows.last_mut().filter(|cells| cells.len() < TELLING) {
            last.push(text.chars().take(100).collect());
        }
        Ok(())
    }
}

/// All rows of a sheet.
struct Rows {
    keeping: Keeping,
    row: Vec<String>,
    line: u64,
    bytes: usize,
    cells: u64,
    kept: u64,
}

impl Rows {
    fn end_row(&mut self) -> Result<(), Trouble> {
        if !self.row.is_empty() {
            self.keeping.keep(self.line, &self.row)?;
        }
        self.row.clear();
        self.kept += self.bytes as u64;
        self.bytes = 0;
        if self.kept > MOST_UNPACKED {
            return Err(Trouble::TooMuch("more than 1 GiB of text".to_owned()));
        }
        Ok(())
    }
}

impl Sink for Rows {
    fn cell(&mut self, row: u64, column: usize, text: &str) -> Result<(), Trouble> {
        if row != self.line {
            self.end_row()?;
            self.line = row;
        }
        if text.is_empty() {
            return Ok(());
        }
        if column >= MOST_COLUMNS {
            let most = count(MOST_COLUMNS as u64);
            return Err(Trouble::TooMuch(format!("more than {most} columns: row {row}")));
        }
        if column >= self.row.len() {
            self.cells += (column + 1 - self.row.len()) as u64;
            if self.cells > MOST_CELLS {
                return Err(Trouble::cells());
            }
            self.row.resize(column + 1, String::new());
        }
        self.bytes += text.len();
        if self.bytes > MOST_OF_ROW {
            return Err(Trouble::TooMuch(format!("a row of more than 1 MiB: row {row}")));
        }
        text.clone_into(&mut self.row[column]);
        Ok(())
    }
}

#[cfg(test)]
mod tests;
