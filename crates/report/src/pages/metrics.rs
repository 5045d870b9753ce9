//! What is measured of contacts: the definitions, for people and as Markdown.

use heard_contacts::Measure;
use heard_text::list::capital;

use crate::document::{Align, Document, Table};

/// Columns of the table of definitions.
const COLUMNS: [(&str, Align); 5] = [
    ("measure", Align::Left),
    ("unit", Align::Left),
    ("of", Align::Wrapped),
    ("better", Align::Left),
    ("what it is", Align::Wrapped),
];

/// Every measure of a report card.
#[must_use]
pub fn document() -> Document {
    let mut table = Table::new(COLUMNS).apart();
    for row in rows() {
        table.row(row);
    }
    let mut document = Document::new();
    document.table(table);
    document
}

/// The same as a table in Markdown.
#[must_use]
pub fn markdown() -> String {
    let headings = COLUMNS.map(|(heading, _)| capital(heading)).join(" | ");
    let mut text = format!("| {headings} |\n|{}\n", "---|".repeat(COLUMNS.len()));
    for [name, rest @ ..] in rows() {
        text += &format!("| `{name}` | {} |\n", rest.join(" | "));
    }
    text
}

fn rows() -> impl Iterator<Item = [&'static str; 5]> {
    Measure::ALL.iter().map(|measure| {
        let of = measure.definition();
        [of.name, of.unit, of.of, of.better.word(), of.meaning]
    })
}
