//! What separates the columns of a text.

use csv::{ByteRecord, ReaderBuilder};

use super::cells::is_dated;

/// What may separate columns; the first is taken where nothing tells.
pub(crate) const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];
/// Rows that are looked at.
const ROWS: usize = 200;

/// A line that spreadsheets write above a table: `sep=;`. What it says, and how many bytes it takes
/// with its end.
pub(crate) fn announced(text: &[u8]) -> Option<u8> {
    let line = text.split(|&byte| matches!(byte, b'\n' | b'\r')).next()?.trim_ascii_start();
    let line =
        line.strip_prefix(b"\"").map_or(line, |line| line.strip_suffix(b"\"").unwrap_or(line));
    match line {
        [s, e, p, b'=', delimiter] if [s, e, p].map(u8::to_ascii_lowercase) == *b"sep" => {
            (*delimiter != b'"').then_some(*delimiter)
        }
        _ => None,
    }
}

/// The separator by which most rows have the same number of columns.
pub(crate) fn guessed(text: &[u8]) -> u8 {
    let mut best = (DELIMITERS[0], Score::default());
    for delimiter in DELIMITERS {
        let score = Score::of(text, delimiter);
        if score.is_better_than(&best.1) {
            best = (delimiter, score);
        }
    }
    best.0
}

/// How well a separator divides a text into a table.
#[derive(Default)]
struct Score {
    /// Share of the rows that have as many columns as most.
    even: f64,
    /// Columns of most rows.
    columns: usize,
    /// Whether some cell of those rows is a date and nothing else.
    dated: bool,
}

impl Score {
    fn of(text: &[u8], delimiter: u8) -> Self {
        let mut reader = ReaderBuilder::new()
            .delimiter(delimiter)
            .flexible(true)
            .has_headers(false)
            .from_reader(text);
        let mut widths = [0_u32; 1024];
        let mut dated = false;
        let (mut rows, mut record) = (0_u32, ByteRecord::new());
        while rows < ROWS as u32 && reader.read_byte_record(&mut record).is_ok_and(|more| more) {
            if record.iter().all(|cell| cell.trim_ascii().is_empty()) {
                continue;
            }
            rows += 1;
            widths[record.len().min(widths.len() - 1)] += 1;
            dated |= record.len() > 1 && record.iter().any(is_dated);
        }
        // Titles and totals are of one cell: they say nothing of the others.
        let most = (2..widths.len()).max_by_key(|&width| widths[width]).unwrap_or(0);
        if rows == 0 || widths[most] == 0 {
            return Self::default();
        }
        Self { even: f64::from(widths[most]) / f64::from(rows), columns: most, dated }
    }

    fn is_better_than(&self, other: &Self) -> bool {
        let key = |score: &Self| (score.columns > 1, score.dated);
        if key(self) != key(other) {
            return key(self) > key(other);
        }
        // A column or two more are no reason to break rows that are even.
        let apart = self.even - other.even;
        if apart.abs() > 0.05 { apart > 0.0 } else { self.columns > other.columns }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_separator_is_what_divides_rows_evenly() {
        for (text, delimiter) in [
            ("a,b\n1,2\n", b','),
            ("a;b\n1;2\n", b';'),
            ("a\tb\n1\t2\n", b'\t'),
            ("a|b\n1|2\n", b'|'),
            ("arrived\n2026-03-02 09:30\n", b','),
            ("", b','),
            // Decimal commas.
            ("id;wait;talk\n1;2,5;3,5\n2;1,5;0,5\n", b';'),
            // Separators within quotation marks and in free text.
            ("id,text\n1,\"a;b;c\"\n2,\"d;e;f\"\n", b','),
            ("id;when;text\n1;2026-03-02;a, b\n2;2026-03-03;c, d\n3;2026-03-03;e\n", b';'),
            // Times with fractions behind a comma in every row.
            ("1772355900|1|q\n1772355901|2|q\n", b'|'),
            ("x;2026-03-02 09:30:00,123\ny;2026-03-02 09:31:00,456\n", b';'),
            ("Report, March\n\nid;arrived;x\n1;2026-03-02 09:30;2\n", b';'),
        ] {
            assert_eq!(char::from(guessed(text.as_bytes())), char::from(delimiter), "{text:?}");
        }
    }

    #[test]
    fn a_line_that_names_the_separator_is_known() {
        for (text, delimiter) in [
            ("sep=;\na;b\n", Some(b';')),
            ("\"sep=\t\"\r\na", Some(b'\t')),
            ("SEP=,", Some(b',')),
            ("sep=\na", None),
            ("sep=;;\na", None),
            ("separated=;\n", None),
        ] {
            assert_eq!(announced(text.as_bytes()), delimiter, "{text:?}");
        }
    }
}
