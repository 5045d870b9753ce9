//! The rows of a file, whatever holds them.

pub(crate) mod json;
mod kept;
mod text;

use csv::ByteRecord;
use heard_text::diagnostic::Diagnostic;

use crate::look::Encoding;

pub(crate) use json::Json;
pub(crate) use kept::{Keeping, Kept, KeptRows};
pub(crate) use text::{Text, broken};

/// The rows of a file, one after the other.
pub(crate) enum Records {
    /// A text whose columns are separated by a character.
    Text(Text),
    /// Objects of JSON.
    Json(Json),
    /// A sheet of a workbook.
    Sheet { name: String, rows: KeptRows },
}

impl Records {
    /// Reads the next row; false at the end.
    pub(crate) fn next(&mut self, row: &mut Row) -> Result<bool, Diagnostic> {
        match self {
            Self::Text(text) => text.next(row),
            Self::Json(json) => json.next(row),
            Self::Sheet { name, rows } => {
                let last = row.line;
                rows.next(row).map_err(|error| broken(name, last, &error))
            }
        }
    }

    /// How letters are written, as far as it has been read.
    pub(crate) fn encoding(&self) -> Option<Encoding> {
        match self {
            Self::Text(text) => Some(text.encoding()),
            Self::Json(_) | Self::Sheet { .. } => None,
        }
    }
}

/// A row: its cells, and where it stands.
#[derive(Clone, Debug, Default)]
pub struct Row {
    /// The line of the file that it begins on, or the row of the sheet, from 1.
    pub line: u64,
    /// Its cells.
    pub record: ByteRecord,
    /// Why it cannot be read, where that is known before its cells are looked at.
    pub fault: Option<String>,
}

impl Row {
    /// What stands in a column, without blanks around it; nothing where it is empty.
    #[must_use]
    pub fn get(&self, column: Option<usize>) -> Option<&[u8]> {
        let field = self.record.get(column?)?.trim_ascii();
        (!field.is_empty()).then_some(field)
    }

    /// Whether nothing stands in it.
    pub(crate) fn is_blank(&self) -> bool {
        self.record.iter().all(|field| field.trim_ascii().is_empty())
    }

    /// How many cells hold something.
    pub(crate) fn filled(&self) -> usize {
        self.record.iter().filter(|field| !field.trim_ascii().is_empty()).count()
    }

    /// The number of cells, without empty ones at the end.
    pub(crate) fn width(&self) -> usize {
        let ends = self.record.iter().rposition(|field| !field.trim_ascii().is_empty());
        ends.map_or(0, |at| at + 1)
    }
}
