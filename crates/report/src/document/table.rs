//! Tables of words and numbers.

use serde::Serialize;

/// Rows under headings.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Table {
    /// The columns, from left to right.
    pub columns: Vec<Column>,
    /// The rows, from top to bottom. A row may be shorter than the columns are many.
    pub rows: Vec<Row>,
    /// Whether rows stand apart from each other, as rows of several lines should.
    pub apart: bool,
}

/// A column's heading and where its cells stand.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Column {
    /// The heading; may have several lines.
    pub heading: String,
    /// Where the cells stand.
    pub align: Align,
}

/// Where the cells of a column stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Align {
    /// At the left, as words do.
    Left,
    /// At the right, as numbers do.
    Right,
    /// At the left and wrapped, as sentences are: such columns share the room that the others leave.
    Wrapped,
}

/// A row.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "type", rename_all = "kebab-case")]
pub enum Row {
    /// What the rows below are about, across the whole table.
    Group {
        /// In words.
        text: String,
    },
    /// One cell for each column.
    Cells {
        /// How deep the row stands below the first level, which is 0.
        depth: usize,
        /// From left to right.
        cells: Vec<Cell>,
    },
}

/// What stands in one row and column.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Cell {
    /// The text.
    pub text: String,
    /// What it says of the matter.
    #[serde(skip_serializing_if = "Tone::is_plain")]
    pub tone: Tone,
}

/// What a text says of the matter, for renderers that have colours.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Tone {
    /// Nothing.
    #[default]
    Plain,
    /// More than what it is compared with.
    Higher,
    /// Less than what it is compared with.
    Lower,
    /// No different from what it is compared with.
    Alike,
    /// It cannot be told.
    Open,
    /// Wrong.
    Wrong,
}

impl Tone {
    fn is_plain(&self) -> bool {
        *self == Self::Plain
    }
}

impl Table {
    /// A table without rows: columns of words (`Left`), numbers (`Right`) and sentences (`Wrapped`)
    /// under headings.
    #[must_use]
    pub fn new<S: Into<String>>(columns: impl IntoIterator<Item = (S, Align)>) -> Self {
        let column = |(heading, align): (S, Align)| Column { heading: heading.into(), align };
        Self { columns: columns.into_iter().map(column).collect(), ..Self::default() }
    }

    /// The same with its rows apart from each other.
    #[must_use]
    pub fn apart(self) -> Self {
        Self { apart: true, ..self }
    }

    /// Adds what the rows below are about.
    pub fn group(&mut self, text: impl Into<String>) -> &mut Self {
        self.rows.push(Row::Group { text: text.into() });
        self
    }

    /// Adds a row.
    pub fn row<C: Into<Cell>>(&mut self, cells: impl IntoIterator<Item = C>) -> &mut Self {
        self.row_at(0, cells)
    }

    /// Adds a row that stands `depth` levels below the first.
    pub fn row_at<C: Into<Cell>>(
        &mut self,
        depth: usize,
        cells: impl IntoIterator<Item = C>,
    ) -> &mut Self {
        self.rows.push(Row::Cells { depth, cells: cells.into_iter().map(Into::into).collect() });
        self
    }
}

impl Cell {
    /// A text with what it says of the matter.
    #[must_use]
    pub fn toned(text: impl Into<String>, tone: Tone) -> Self {
        Self { text: text.into(), tone }
    }
}

impl<S: Into<String>> From<S> for Cell {
    fn from(text: S) -> Self {
        Self::toned(text, Tone::Plain)
    }
}
