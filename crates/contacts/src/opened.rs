//! A file whose rows can be read, from the first, as often as is needed.

use std::io::{Cursor, Read};

use heard_text::diagnostic::Diagnostic;

use crate::guard::MARK;
use crate::input::Input;
use crate::look::kind::Kind;
use crate::look::{Container, Encoding, Look, Wanted, delimiter};
use crate::records::json::Shape;
use crate::records::{Json, Kept, Records, Text, broken};
use crate::workbook;

/// Bytes of a file that are looked at before its rows are told apart.
pub(crate) const HEAD: usize = 1 << 18;

/// A file, and what it turned out to be.
pub(crate) struct Opened {
    pub look: Look,
    /// Whether its first line names what separates the columns.
    pub is_announced: bool,
    source: Source,
}

enum Source {
    Text(u8),
    Json(Shape),
    Sheet(Kept),
}

impl Opened {
    /// Looks at the beginning of a file.
    pub(crate) fn of(input: &Input, head: &[u8], wanted: &Wanted) -> Result<Self, Diagnostic> {
        let gzipped = input.is_gzipped().map_err(|error| broken(&input.name, 0, &error))?;
        let encoding = wanted.encoding.or_else(|| Encoding::of_head(head));
        let look = Look { gzipped, ..Look::default() };
        let kind = match encoding.filter(|encoding| !encoding.is_like_ascii()) {
            Some(encoding) => Kind::of(&sample(head, Some(encoding))),
            None => Kind::of(head),
        };
        fits(kind, &input.name, wanted)?;
        match kind {
            Kind::Zip => {
                let sheet = workbook::open(input, wanted.sheet.as_deref())?;
                let (kind, name, others) = (sheet.kind, sheet.name, sheet.others);
                let look = Look { container: Container::Sheet { kind, name, others }, ..look };
                Ok(Self { look, is_announced: false, source: Source::Sheet(sheet.rows) })
            }
            Kind::Other(what, help) => {
                Err(Diagnostic::in_source(&input.name, None, format!("this is {what}")).help(help))
            }
            Kind::Json => {
                let head = sample(head, encoding);
                let shape = Shape::of(input, encoding, &head)?;
                let container = Container::Json { lines: shape.lines };
                let look = Look { container, encoding, ..look };
                Ok(Self { look, is_announced: false, source: Source::Json(shape) })
            }
            Kind::Text => {
                let sample = sample(head, encoding);
                let announced = delimiter::announced(&sample);
                let delimiter = wanted.delimiter.or(announced);
                let delimiter = delimiter.unwrap_or_else(|| delimiter::guessed(&sample));
                let look = Look { encoding, delimiter: Some(delimiter), ..look };
                let source = Source::Text(delimiter);
                Ok(Self { look, is_announced: announced.is_some(), source })
            }
        }
    }

    /// Reads its rows from the first.
    pub(crate) fn records(&self, input: &Input, counted: bool) -> Result<Records, Diagnostic> {
        Ok(match &self.source {
            Source::Text(delimiter) => {
                let text = Text::open(input, *delimiter, self.look.encoding, counted);
                Records::Text(text.map_err(|error| broken(&input.name, 0, &error))?)
            }
            Source::Json(shape) => {
                let json = Json::open(input, self.look.encoding, shape, counted);
                Records::Json(json.map_err(|error| broken(&input.name, 0, &error))?)
            }
            Source::Sheet(kept) => Records::Sheet { name: input.name.clone(), rows: kept.rows() },
        })
    }

    /// The names of the columns, where they do not stand in a row.
    pub(crate) fn names(&self) -> Option<Vec<String>> {
        match &self.source {
            Source::Json(shape) => Some(shape.columns.iter().cloned().collect()),
            _ => None,
        }
    }

    /// What a place is called in messages: a sheet has rows instead of lines.
    pub(crate) fn place(&self, name: &str, line: Option<u64>) -> (String, Option<u64>) {
        match (&self.look.container, line) {
            (Container::Json { lines: false }, Some(line)) => {
                (format!("{name}, object {line}"), None)
            }
            (Container::Text | Container::Json { .. }, line) => (name.to_owned(), line),
            (Container::Sheet { name: sheet, .. }, Some(line)) => {
                (format!("{name}, sheet {sheet}, row {line}"), None)
            }
            (Container::Sheet { name: sheet, .. }, None) => {
                (format!("{name}, sheet {sheet}"), None)
            }
        }
    }
}

impl Opened {
    /// What is wrong with one more row.
    pub(crate) fn note(&self, line: u64, why: &str) -> String {
        let what = match &self.look.container {
            Container::Text | Container::Json { lines: true } => "line",
            Container::Json { lines: false } => "object",
            Container::Sheet { .. } => "row",
        };
        format!("{what} {line}: {why}")
    }
}

/// Refuses what says how another kind of file is to be read.
fn fits(kind: Kind, name: &str, wanted: &Wanted) -> Result<(), Diagnostic> {
    let (is, others): (_, &[(&str, bool)]) = match kind {
        Kind::Zip => (
            "this is a workbook",
            &[("encoding", wanted.encoding.is_some()), ("delimiter", wanted.delimiter.is_some())],
        ),
        Kind::Json => (
            "this is JSON",
            &[
                ("sheet", wanted.sheet.is_some()),
                ("delimiter", wanted.delimiter.is_some()),
                ("header", wanted.header.is_some()),
            ],
        ),
        Kind::Text => ("this is text", &[("sheet", wanted.sheet.is_some())]),
        Kind::Other(..) => return Ok(()),
    };
    match others.iter().find(|(_, is_given)| *is_given) {
        Some((flag, _)) => {
            Err(Diagnostic::in_source(name, None, format!("{is}: --{flag} does not apply"))
                .help(format!("leave out --{flag}")))
        }
        None => Ok(()),
    }
}

/// The beginning of a text, in UTF-8 as far as separators go, without a line that is cut off.
fn sample(head: &[u8], encoding: Option<Encoding>) -> Vec<u8> {
    let mut text = match encoding.filter(|encoding| !encoding.is_like_ascii()) {
        None => head.strip_prefix(MARK).unwrap_or(head).to_vec(),
        Some(encoding) => {
            let mut text = Vec::new();
            let read = encoding.reader(Box::new(Cursor::new(head.to_vec()))).read_to_end(&mut text);
            read.map(|_| text).unwrap_or_default()
        }
    };
    if head.len() == HEAD
        && let Some(end) = text.iter().rposition(|byte| matches!(byte, b'\n' | b'\r'))
    {
        text.truncate(end);
    }
    text
}
