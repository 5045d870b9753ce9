//! Looking at a file before it is read: what it is, how its letters are written, what separates its
//! columns, and where their names stand.

pub(crate) mod cells;
pub(crate) mod delimiter;
mod encoding;
pub(crate) mod header;
pub(crate) mod kind;
mod said;

pub use encoding::Encoding;

/// How a file is to be read as a table. What is `None` is found out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    /// How its letters are written.
    pub encoding: Option<Encoding>,
    /// The sheet of a workbook, by its name or its number, from 1.
    pub sheet: Option<String>,
    /// What separates the columns.
    pub delimiter: Option<u8>,
    /// Where the names of the columns stand.
    pub header: Option<Header>,
    /// Names that columns are expected to have: they tell the line of names from titles.
    pub names: Vec<String>,
}

/// Where the names of the columns stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Header {
    /// In the row that begins on this line.
    Line(u64),
    /// Nowhere: columns are called by their numbers, from 1.
    Missing,
}

/// What a file turned out to be.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Look {
    /// What holds the rows.
    pub container: Container,
    /// Whether it is gzipped.
    pub gzipped: bool,
    /// How its letters are written: UTF-8 where nothing says otherwise.
    pub encoding: Option<Encoding>,
    /// What separates the columns of a text.
    pub delimiter: Option<u8>,
    /// The line that names the columns; `None` where none does.
    pub header: Option<u64>,
    /// Rows above it.
    pub titles: u64,
    /// Rows below the contacts, or among them, that sum them up.
    pub totals: u64,
    /// In JSON, a key that the first objects have not, and how many objects have such keys.
    pub late: Option<(String, u64)>,
}

/// What holds the rows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Container {
    /// Text whose columns are separated by a character.
    #[default]
    Text,
    /// Objects of JSON.
    Json {
        /// Whether every object has a line of its own.
        lines: bool,
    },
    /// A sheet of a workbook.
    Sheet {
        /// What kind of workbook.
        kind: &'static str,
        /// The sheet.
        name: String,
        /// The other sheets.
        others: Vec<String>,
    },
}
