//! A file whose rows can be read, from the first, as often as is needed.

use std::io::{Cursor, Read};

use heard_text::diagnostic::Diagnostic;

use crate::guard::MARK;
use crate::input::Input;
use crate::look::kind::Kind;
use crate::look::{Container, Encoding, Look, Wanted, delimiter};
use crate::records::{Kept, Records, Text, broken};
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
    Sheet(Kept),
}

impl Opened {
    /// Looks at the beginning of a file.
    pub(crate) fn of(input: &Input, head: &[u8], wanted: &Wanted) -> Result<Self, Diagnostic> {
        let gzipped = input.is_gzipped().map_err(|error| broken(&input.name, 0, &error))?;
        let encoding = wanted.encoding.or_else(|| Encoding::of_head(head));
        let look = Look { gzipped, ..Look::default() };
        match Kind::of(head) {
            Kind::Zip => {
                let sheet = workbook::open(input, wanted.sheet.as_deref())?;
                let (kind, name, others) = (sheet.kind, sheet.name, sheet.others);
                let look = Look { container: Container::Sheet { kind, name, others }, ..look };
                Ok(Self { look, is_announced: false, source: Source::Sheet(sheet.rows) })
            }
            Kind::Other(what, help) => {
                Err(Diagnostic::in_source(&input.name, None, format!("this is {what}")).help(help))
            }
            Kind::Text | Kind::Json => {
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
            Source::Sheet(kept) => Records::Sheet { name: input.name.clone(), rows: kept.rows() },
        })
    }

    /// What a place is called in messages: a sheet has rows instead of lines.
    pub(crate) fn place(&self, name: &str, line: Option<u64>) -> (String, Option<u64>) {
        match (&self.look.container, line) {
            (Container::Text, line) => (name.to_owned(), line),
            (Container::Sheet { name: sheet, .. }, Some(line)) => {
                (format!("{name}, sheet {sheet}, row {line}"), None)
            }
            (Container::Sheet { name: sheet, .. }, None) => {
                (format!("{name}, sheet {sheet}"), None)
            }
        }
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
