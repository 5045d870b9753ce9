//! Reports by interval or day: each of their rows counts contacts instead of being one.

use heard_text::diagnostic::Diagnostic;

use crate::fold::words;
use crate::rows::{Column, Rows};
use crate::values::{shown, whole};
use crate::words::is_empty_mark;

/// The largest number that is taken for a count: moments as numbers are larger.
const MOST: u64 = 1_000_000;

/// The refusal of a log that has counts of contacts in two columns.
pub(super) fn refusal(rows: &Rows) -> Option<Diagnostic> {
    let counts: Vec<Column> = (0..rows.header().len())
        .filter(|column| is_of_counts(&rows.header()[*column]) && holds_counts(rows, *column))
        .collect();
    let (one, other) = (*counts.first()?, *counts.get(1)?);
    // Flags are 0 or 1.
    let is_above_1 = |value: Option<&[u8]>| value.and_then(whole).is_some_and(|number| number > 1);
    let row = rows
        .ahead()
        .iter()
        .find(|row| is_above_1(row.get(Some(one))) || is_above_1(row.get(Some(other))))?;
    let says = |column: Column| {
        let value = row.get(Some(column)).map(shown).unwrap_or_default();
        format!("`{}` is `{value}`", shown(rows.header()[column].as_bytes()))
    };
    let message = format!(
        "a row is a report of several contacts, not one contact: {} and {}",
        says(one),
        says(other)
    );
    let help = "export the contacts themselves, one row each, instead of a report by interval or day; if \
                each row is a contact all the same: `--as plain`";
    Some(rows.error_at(row.line, message).help(help))
}

/// Whether a column is named as one of counts: `Offered`, `Calls answered`.
fn is_of_counts(name: &str) -> bool {
    const COUNTED: [&str; 28] = [
        "calls",
        "contacts",
        "chats",
        "tickets",
        "offered",
        "answered",
        "abandoned",
        "handled",
        "missed",
        "received",
        "accepted",
        "entered",
        "presented",
        "lost",
        "anrufe",
        "angeboten",
        "angenommen",
        "verloren",
        "aufgelegt",
        "appels",
        "presentes",
        "repondus",
        "abandonnes",
        "llamadas",
        "ofrecidas",
        "atendidas",
        "abandonadas",
        "contestadas",
    ];
    const AROUND: [&str; 12] =
        ["number", "of", "no", "total", "count", "acd", "in", "sum", "anzahl", "nombre", "de", "d"];
    let mut words = words(name);
    words.retain(|word| !AROUND.contains(&word.as_str()));
    (1..=2).contains(&words.len()) && words.iter().all(|word| COUNTED.contains(&word.as_str()))
}

fn holds_counts(rows: &Rows, column: Column) -> bool {
    let filled = rows.ahead().iter().filter_map(|row| row.get(Some(column)));
    let mut filled = filled.filter(|value| !is_empty_mark(value)).peekable();
    filled.peek().is_some() && filled.all(|value| whole(value).is_some_and(|number| number < MOST))
}
