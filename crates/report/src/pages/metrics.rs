//! What is measured of contacts: the definitions, for people and as Markdown.

use heard_contacts::Measure;
use heard_text::list::capital;

use crate::document::{Block, Document, Line};

/// Columns of the table of definitions.
const COLUMNS: [&str; 5] = ["measure", "unit", "of", "better", "what it is"];

/// Every measure of a report card.
#[must_use]
pub fn document() -> Document {
    let mut document = Document::new();
    for [name, unit, of, better, meaning] in rows() {
        let mut head = format!("{name}: {unit}");
        if !of.is_empty() {
            head += &format!(", of {of}");
        }
        if !better.is_empty() {
            head += &format!("; {better} is better");
        }
        let lines = [(0, head), (2, meaning.to_owned())];
        let lines = lines.map(|(depth, text)| Line { depth, text }).into();
        document.push(Block::Outline { lines });
    }
    document
}

/// The same as a table in Markdown.
#[must_use]
pub fn markdown() -> String {
    let headings = COLUMNS.map(capital).join(" | ");
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
