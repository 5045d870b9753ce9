//! The rows of a file, whatever holds them.

mod text;

use csv::ByteRecord;

pub(crate) use text::{Text, broken};

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
