//! Workbooks of LibreOffice and others (`.ods`), read here: calamine holds all sheets in memory.

use std::io::{BufRead, BufReader};

use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::{Reader as Xml, XmlVersion};
use zip::ZipArchive;

use crate::limits::{MOST_CELLS, MOST_COLUMNS, MOST_OF_ROW};

use super::{Book, Seekable, Sink, Trouble, cells};

/// Rows that a sheet can have.
const MOST_ROWS: u64 = 1 << 20;

struct OpenDocument {
    archive: ZipArchive<Box<dyn Seekable>>,
    sheets: Vec<String>,
}

/// Opens a workbook that has been checked.
pub(crate) fn open(archive: ZipArchive<Box<dyn Seekable>>) -> Result<Box<dyn Book>, Trouble> {
    let mut book = OpenDocument { archive, sheets: Vec::new() };
    let mut sheets = Vec::new();
    let mut content = book.content()?;
    let mut buffer = Vec::new();
    loop {
        match content.read_event_into(&mut buffer).map_err(damaged)? {
            Event::Start(start) | Event::Empty(start) if is(&start, "table:table") => {
                sheets.push(attribute(&start, "table:name")?.unwrap_or_default());
            }
            Event::Eof => break,
            _ => {}
        }
        buffer.clear();
    }
    drop(content);
    book.sheets = sheets;
    Ok(Box::new(book))
}

fn damaged(error: impl std::fmt::Display) -> Trouble {
    Trouble::Damaged(error.to_string())
}

fn is(start: &BytesStart<'_>, name: &str) -> bool {
    start.name().as_ref() == name
}

fn attribute(start: &BytesStart<'_>, name: &str) -> Result<Option<String>, Trouble> {
    let Some(attribute) = start.try_get_attribute(name).map_err(damaged)? else { return Ok(None) };
    Ok(Some(attribute.normalized_value(XmlVersion::Implicit1_0).map_err(damaged)?.into_owned()))
}

/// How often a row or cell is repeated.
fn times(start: &BytesStart<'_>, name: &str) -> Result<u64, Trouble> {
    let times = attribute(start, name)?.and_then(|times| times.trim().parse().ok());
    Ok(times.unwrap_or(1).max(1))
}

impl OpenDocument {
    fn content(&mut self) -> Result<Xml<impl BufRead + '_>, Trouble> {
        let file = self.archive.by_name("content.xml").map_err(damaged)?;
        Ok(Xml::from_reader(BufReader::new(file)))
    }
}

impl Book for OpenDocument {
    fn kind(&self) -> &'static str {
        "OpenDocument spreadsheet"
    }

    fn sheets(&self) -> Vec<String> {
        self.sheets.clone()
    }

    fn read(&mut self, sheet: usize, to: &mut dyn Sink) -> Result<(), Trouble> {
        let mut content = self.content()?;
        let mut buffer = Vec::new();
        let mut at = None;
        let mut table = Table::default();
        loop {
            let event = content.read_event_into(&mut buffer).map_err(damaged)?;
            match &event {
                Event::Eof => return Ok(()),
                Event::Start(start) | Event::Empty(start) if is(start, "table:table") => {
                    at = Some(at.map_or(0, |at: usize| at + 1));
                }
                Event::End(end) if end.name().as_ref() == "table:table" && at == Some(sheet) => {
                    return Ok(());
                }
                _ => {}
            }
            if at == Some(sheet) {
                table.hear(&event, to)?;
                if table.open.as_ref().is_some_and(|cell| cell.text.len() > MOST_OF_ROW) {
                    return Err(Trouble::TooMuch("a text of more than 1 MiB".to_owned()));
                }
            }
            buffer.clear();
        }
    }
}

/// A sheet while it goes by.
#[derive(Default)]
struct Table {
    /// The row that is being read, counted from 1, and how often it stands there.
    row: u64,
    times: u64,
    cells: Vec<Cell>,
    column: usize,
    /// The cell that is open.
    open: Option<Cell>,
    /// Elements within the cell whose text is not the cell's, such as notes.
    aside: usize,
}

#[derive(Default)]
struct Cell {
    column: usize,
    times: usize,
    /// What its attributes say; otherwise its text counts.
    value: Option<String>,
    text: String,
    paragraphs: usize,
}

impl Table {
    fn hear(&mut self, event: &Event<'_>, to: &mut dyn Sink) -> Result<(), Trouble> {
        match event {
            Event::Start(start) => self.begin(start)?,
            Event::Empty(start) => {
                self.begin(start)?;
                self.end(start.name().as_ref(), to)?;
            }
            Event::End(end) => self.end(end.name().as_ref(), to)?,
            Event::Text(text) => self.say(&text.xml10_content()),
            Event::CData(text) => self.say(&text.xml10_content()),
            Event::GeneralRef(reference) => {
                if let Some(c) = letter(reference)? {
                    self.say(c.encode_utf8(&mut [0; 4]));
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn begin(&mut self, start: &BytesStart<'_>) -> Result<(), Trouble> {
        match start.name().as_ref() {
            "table:table-row" => {
                self.row += 1;
                self.times = times(start, "table:number-rows-repeated")?;
                (self.column, self.open) = (0, None);
                self.cells.clear();
            }
            "table:table-cell" | "table:covered-table-cell" if self.open.is_none() => {
                let times = times(start, "table:number-columns-repeated")?;
                self.open = Some(Cell {
                    column: self.column,
                    times: times.min(MOST_COLUMNS as u64) as usize,
                    value: value(start)?,
                    ..Cell::default()
                });
            }
            "office:annotation" => self.aside += 1,
            "text:p" => {
                if let Some(cell) = &mut self.open {
                    cell.paragraphs += 1;
                    if cell.paragraphs > 1 && self.aside == 0 {
                        cell.text.push('\n');
                    }
                }
            }
            "text:s" | "text:tab" | "text:line-break" => self.say(" "),
            _ => {}
        }
        Ok(())
    }

    fn say(&mut self, text: &str) {
        if let Some(cell) = self.open.as_mut().filter(|cell| self.aside == 0 && cell.paragraphs > 0)
        {
            cell.text.push_str(text);
        }
    }

    fn end(&mut self, name: &str, to: &mut dyn Sink) -> Result<(), Trouble> {
        match name {
            "table:table-row" => {
                let filled = self.cells.iter().any(|cell| !cell.said().is_empty());
                let width: u64 = self.cells.iter().map(|cell| cell.times as u64).sum();
                if width.saturating_mul(self.times) > MOST_CELLS {
                    return Err(Trouble::cells());
                }
                if filled {
                    for _ in 0..self.times.min(MOST_ROWS) {
                        for cell in &self.cells {
                            for repeat in 0..cell.times {
                                to.cell(self.row, cell.column + repeat, cell.said())?;
                            }
                        }
                        self.row += 1;
                    }
                    self.row -= 1;
                } else {
                    self.row = self.row.saturating_add(self.times - 1);
                }
                self.cells.clear();
            }
            "table:table-cell" | "table:covered-table-cell" => {
                if let Some(cell) = self.open.take() {
                    self.column = (self.column + cell.times).min(MOST_COLUMNS);
                    if !cell.said().is_empty() && cell.column + cell.times <= MOST_COLUMNS {
                        self.cells.push(cell);
                    }
                }
            }
            "office:annotation" => self.aside = self.aside.saturating_sub(1),
            _ => {}
        }
        Ok(())
    }
}

impl Cell {
    fn said(&self) -> &str {
        self.value.as_deref().unwrap_or(&self.text)
    }
}

/// What the attributes of a cell say.
fn value(start: &BytesStart<'_>) -> Result<Option<String>, Trouble> {
    if attribute(start, "calcext:value-type")?.as_deref() == Some("error") {
        return Ok(Some(String::new()));
    }
    for name in ["office:date-value", "office:boolean-value", "office:string-value"] {
        if let Some(value) = attribute(start, name)? {
            return Ok(Some(value));
        }
    }
    if let Some(length) = attribute(start, "office:time-value")? {
        return Ok(Some(cells::length_of(&length).unwrap_or(length)));
    }
    let Some(number) = attribute(start, "office:value")? else { return Ok(None) };
    Ok(Some(number.trim().parse().map_or(number, cells::number)))
}

/// The letter of `&amp;` or `&#228;`.
fn letter(reference: &BytesRef<'_>) -> Result<Option<char>, Trouble> {
    if let Some(c) = reference.resolve_char_ref().map_err(damaged)? {
        return Ok(Some(c));
    }
    Ok(match reference.as_ref() {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => None,
    })
}
