//! What stands below the names of the columns: contacts, without blank lines, totals and footers.

use std::collections::VecDeque;

use heard_text::diagnostic::Diagnostic;

use crate::look::cells::is_dated;
use crate::records::{Records, Row};

/// Rows below the contacts that may be a footer: more are contacts that cannot be read.
const FOOTER: usize = 10;

/// Beginnings of lines of totals, in lower case.
const TOTALS: [&str; 20] = [
    "total",
    "totals",
    "grand total",
    "sub total",
    "subtotal",
    "sub-total",
    "overall",
    "sum",
    "summe",
    "gesamt",
    "gesamtsumme",
    "insgesamt",
    "totale",
    "totaal",
    "totales",
    "total general",
    "suma",
    "soma",
    "average",
    "итого",
];

/// The shape of the table, as its first rows show it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Shape {
    /// Columns that have a name, up to the last.
    pub width: usize,
    /// Which columns hold dates.
    pub dates: Vec<bool>,
    /// The one of them that holds most.
    pub dated: Option<usize>,
    /// Whether empty cells at the end of a row are left out of it.
    pub drops_empty: bool,
}

impl Shape {
    /// What the first rows show.
    pub(crate) fn of(rows: &[Row], width: usize) -> Self {
        let rows: Vec<&Row> = rows.iter().filter(|row| !Self::is_total(row)).collect();
        let dates: Vec<(usize, bool)> = (0..width)
            .map(|column| {
                let cells = || rows.iter().filter_map(|row| row.get(Some(column)));
                let dated = cells().filter(|cell| is_dated(cell)).count();
                (dated, dated > 0 && dated * 2 > cells().count())
            })
            .collect();
        let columns = dates.iter().enumerate().rev().filter(|(_, (_, is_date))| *is_date);
        let dated = columns.max_by_key(|(_, (dated, _))| *dated).map(|(column, _)| column);
        let is_whole = |row: &&&Row| row.record.len() >= width && !row.is_blank();
        let mut whole = rows.iter().filter(is_whole).peekable();
        let some = whole.peek().is_some();
        let drops_empty = some && whole.all(|row| row.get(width.checked_sub(1)).is_some());
        let dates = dates.into_iter().map(|(_, is_date)| is_date).collect();
        Self { width, dates, dated, drops_empty }
    }

    /// Whether a row may be short because empty cells at its end were left out: then its cells hold
    /// dates where others hold them, and nowhere else.
    pub(crate) fn may_be_short(&self, row: &Row) -> bool {
        let fits = |(column, cell): (usize, &[u8])| {
            cell.trim_ascii().is_empty() || is_dated(cell) == self.dates[column]
        };
        self.drops_empty
            && self.dated.is_some_and(|column| row.get(Some(column)).is_some())
            && row.record.len() < self.width
            && row.record.iter().enumerate().all(fits)
    }

    /// Whether a row begins as totals do and holds no date.
    fn is_total(row: &Row) -> bool {
        let Some(first) = row.record.iter().map(<[u8]>::trim_ascii).find(|cell| !cell.is_empty())
        else {
            return false;
        };
        let Ok(text) = std::str::from_utf8(first) else { return false };
        let words = text.trim_end_matches(|c: char| !c.is_alphabetic()).to_lowercase();
        let is_total = TOTALS.contains(&words.as_str())
            || ["total ", "grand total "].iter().any(|begin| words.starts_with(begin));
        is_total && !row.record.iter().any(is_dated)
    }

    /// Whether a row may stand below the contacts, such as `(12 rows)`.
    fn may_be_footer(&self, row: &Row) -> bool {
        let is_word = |cell: &[u8]| cell.iter().any(|byte| byte.is_ascii_alphabetic());
        self.dated.is_some()
            && row.fault.is_none()
            && row.filled() * 2 <= self.width
            && (row.record.len() == 1 || row.record.len() >= self.width)
            && row.record.iter().any(is_word)
            && !row.record.iter().any(is_dated)
    }
}

/// The rows below the names of the columns.
pub(crate) struct Body {
    pub records: Records,
    pub shape: Shape,
    /// Rows that have been read and come next.
    pending: VecDeque<Row>,
    /// How many of them are known to be no footer.
    cleared: usize,
    /// Lines of totals and footers so far.
    pub totals: u64,
}

impl Body {
    pub(crate) fn new(records: Records, pending: VecDeque<Row>, shape: Shape) -> Self {
        Self { records, shape, pending, cleared: 0, totals: 0 }
    }

    /// Rows that come next.
    pub(crate) fn put(&mut self, rows: VecDeque<Row>) {
        self.pending = rows;
    }

    /// Goes on to the next row that may be a contact; false at the end.
    pub(crate) fn next(&mut self, row: &mut Row) -> Result<bool, Diagnostic> {
        loop {
            if !self.take(row)? {
                return Ok(false);
            }
            let cleared = self.cleared > 0;
            self.cleared = self.cleared.saturating_sub(1);
            if self.is_plain(row) {
                return Ok(true);
            }
            // A blank line says nothing, nor does one of separators alone.
            if row.is_blank() {
                continue;
            }
            if Shape::is_total(row) {
                self.totals += 1;
                continue;
            }
            if !cleared && self.shape.may_be_footer(row) && self.only_footers_follow()? {
                self.totals += 1 + self.pending.len() as u64;
                self.pending.clear();
                return Ok(false);
            }
            return Ok(true);
        }
    }

    fn take(&mut self, row: &mut Row) -> Result<bool, Diagnostic> {
        match self.pending.pop_front() {
            Some(next) => {
                *row = next;
                Ok(true)
            }
            None => self.records.next(row),
        }
    }

    /// Whether a row holds something where dates stand and does not begin with a word: most rows, so
    /// that the others may be looked at closely.
    fn is_plain(&self, row: &Row) -> bool {
        let has_digit =
            |column| row.record.get(column).is_some_and(|cell| cell.iter().any(u8::is_ascii_digit));
        let begins = row.record.get(0).and_then(<[u8]>::first);
        self.shape.dated.is_some_and(has_digit)
            && begins
                .is_some_and(|byte| !matches!(byte, b' ' | b'\t' | 0x80..) && !is_initial(*byte))
    }

    /// Whether the file ends with rows that may be footers, after one that may be.
    fn only_footers_follow(&mut self) -> Result<bool, Diagnostic> {
        // Those that have been read already are the next ones.
        let mut at = 0;
        loop {
            if at == self.pending.len() {
                let mut next = Row::default();
                if !self.records.next(&mut next)? {
                    self.pending.retain(|row| !row.is_blank());
                    return Ok(true);
                }
                self.pending.push_back(next);
            }
            let row = &self.pending[at];
            let is_footer = row.is_blank() || Shape::is_total(row) || self.shape.may_be_footer(row);
            if !is_footer || at > FOOTER {
                self.cleared = at + 1;
                return Ok(false);
            }
            at += 1;
        }
    }
}

/// Whether a line of totals may begin with this letter.
fn is_initial(byte: u8) -> bool {
    matches!(byte.to_ascii_lowercase(), b't' | b'g' | b's' | b'o' | b'i' | b'a')
}
