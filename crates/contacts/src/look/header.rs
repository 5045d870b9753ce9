//! Where the names of the columns stand: below titles, in the first line, or nowhere.

use super::cells::{is_dated, is_numeric, is_value};
use crate::field::Field;
use crate::records::Row;

/// The line that names the columns, among the first rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Found {
    /// The row at this place.
    At(usize),
    /// The first row is a contact.
    Nowhere,
}

/// Finds it. `names` are those that a column is expected to have.
pub(crate) fn find(rows: &[Row], names: &[&str]) -> Found {
    let width = usual_width(rows);
    let known = |row: &Row| {
        let is_known = |cell: &&[u8]| {
            names.iter().any(|name| name.as_bytes().eq_ignore_ascii_case(cell.trim_ascii()))
                || Field::ALL
                    .iter()
                    .any(|field| field.name().as_bytes().eq_ignore_ascii_case(cell.trim_ascii()))
        };
        row.record.iter().filter(is_known).count()
    };
    let holds_values = |row: &Row| {
        let cells = || row.record.iter().map(<[u8]>::trim_ascii).enumerate();
        cells().any(|(_, cell)| is_dated(cell))
            || known(row) == 0
                && !is_counted(row)
                && cells().any(|(at, cell)| is_numeric(cell) && stands_above_values(rows, row, at))
    };
    let is_full = |row: &&(usize, &Row)| row.1.filled() * 5 >= width * 3 && row.1.filled() > 0;
    let full: Vec<(usize, &Row)> = rows.iter().enumerate().filter(|row| is_full(&row)).collect();
    let before: Vec<(usize, &Row)> =
        full.iter().copied().take_while(|(_, row)| !holds_values(row)).collect();
    // The fullest with most of the names that are looked for, the first of several.
    let best = before.iter().rev().max_by_key(|(_, row)| (known(row), row.filled().min(width)));
    let is_known = best.is_some_and(|(_, row)| known(row) > 0);
    let below = || full.iter().find(|(at, row)| stands_below_titles(&full, *at, row));
    match (best.filter(|_| is_known).or_else(below).or(best), full.first()) {
        (Some((at, _)), _) => Found::At(*at),
        (None, Some(_)) => Found::Nowhere,
        (None, None) => Found::At(0),
    }
}

/// Whether a row of words has dates below it, and values above it that are no contacts, such as the first
/// and the last day of a report: words stand where contacts hold dates.
fn stands_below_titles(full: &[(usize, &Row)], at: usize, row: &Row) -> bool {
    if row.filled() < 2 || row.record.iter().any(is_value) {
        return false;
    }
    let below = || full.iter().filter(|(other, _)| *other > at).map(|(_, row)| *row);
    let is_dates = |column: usize| {
        let cells = || below().filter_map(|row| row.get(Some(column)));
        cells().filter(|cell| is_dated(cell)).count() * 4 > cells().count() * 3
    };
    let dates: Vec<usize> = (0..row.record.len()).filter(|column| is_dates(*column)).collect();
    let mut above = full.iter().filter(|(other, _)| *other < at).map(|(_, row)| *row).peekable();
    let has_word = |row: &Row| {
        dates.iter().any(|column| row.get(Some(*column)).is_some_and(|cell| !is_dated(cell)))
    };
    !dates.is_empty() && above.peek().is_some() && above.all(has_word)
}

/// Whether most of what stands below in a column are values.
fn stands_above_values(rows: &[Row], row: &Row, at: usize) -> bool {
    let below = rows.iter().filter(|other| other.line > row.line);
    let cells = below.filter_map(|other| other.get(Some(at)));
    let (all, values) =
        cells.fold((0, 0), |(all, values), cell| (all + 1, values + usize::from(is_value(cell))));
    all == 0 || values * 2 > all
}

/// Whether the columns are called by their numbers, from 0 or 1.
fn is_counted(row: &Row) -> bool {
    let mut cells = row.record.iter().map(<[u8]>::trim_ascii).enumerate();
    let mut counted = 0;
    let is_number =
        |at: usize, cell: &[u8], from: usize| cell == (at + from).to_string().as_bytes();
    let fits = cells.all(|(at, cell)| {
        counted += usize::from(!cell.is_empty());
        cell.is_empty() && at == 0
            || [0, 1].iter().any(|&from| is_number(at, cell, from))
            || at > 0 && is_number(at - 1, cell, 0)
    });
    fits && counted > 1
}

/// The number of columns that most rows have; the larger of two that are equally frequent.
pub(crate) fn usual_width(rows: &[Row]) -> usize {
    let widths = || rows.iter().map(|row| row.width());
    widths()
        .max_by_key(|&width| (widths().filter(|&other| other == width).count(), width))
        .unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use csv::ByteRecord;

    fn found(text: &str) -> Found {
        let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
        let rows: Vec<Row> = lines
            .map(|(at, line)| Row {
                line: at as u64 + 1,
                record: ByteRecord::from(line.split(',').collect::<Vec<_>>()),
                fault: None,
            })
            .collect();
        find(&rows, &["Opened"])
    }

    #[test]
    fn titles_above_the_names_are_passed_over() {
        assert_eq!(found("id,arrived\n1,2026-03-02 08:00\n"), Found::At(0));
        let titles = "Call detail report\nPeriod: 1 to 31 March 2026\n\nid,arrived,x\n1,2026-03-02,y\n2,2026-03-02,y\n";
        assert_eq!(found(titles), Found::At(2));
        let padded = "Report,,,\nTeam,,A,\nid,arrived,x,y\n1,2026-03-02,,y\n2,2026-03-02,,y\n";
        assert_eq!(found(padded), Found::At(2));
        // A title as wide as the table: the names that are looked for tell.
        assert_eq!(found("Report,March\nNr,Opened\n1,2026-03-02\n"), Found::At(1));
        let dated = "Created:,2026-03-20,,,\nid,arrived,x,y,z\n1,2026-03-02,2,3,4\n";
        assert_eq!(found(dated), Found::At(1));
    }

    #[test]
    fn titles_with_dates_that_are_as_wide_as_the_table_are_passed_over() {
        let log = "Nr,Eingang,Ende,Wer\n1,2026-03-02,2026-03-02,Ann\n2,2026-03-03,,Bo\n";
        for titles in [
            "From,2026-03-01,To,2026-03-31\n",
            "Report date:,2026-03-31,,\nFrom,2026-03-01,To,2026-03-31\n",
            "Calls, March 2026, all queues, v2\n",
            "Call report,Generated: 2026-03-31 10:00,Queue: support,UTC\n",
        ] {
            let at = titles.lines().count();
            assert_eq!(found(&format!("{titles}{log}")), Found::At(at), "{titles}");
        }
        // One contact that cannot be read is no line of names.
        let bare = "1,2026-03-02,2026-03-02,Ann\nx,never,never,Cy\n2,2026-03-03,,Bo\n";
        assert_eq!(found(bare), Found::Nowhere);
    }

    #[test]
    fn a_first_line_of_data_is_no_line_of_names() {
        assert_eq!(found("C1,2026-03-02 08:00,x\nC2,2026-03-02 08:00,x\n"), Found::Nowhere);
        assert_eq!(found("1772355900,a,b\n1772355901,a,b\n"), Found::Nowhere);
        assert_eq!(found("17,a,b\n18,a,b\n"), Found::Nowhere);
        // Names that are numbers, and a name that is one.
        assert_eq!(found(",0,1\n0,2026-03-02,5\n"), Found::At(0));
        assert_eq!(found("1,2,3\n7,2026-03-02,5\n"), Found::At(0));
        assert_eq!(found("id,911\na,yes\nb,no\n"), Found::At(0));
    }

    #[test]
    fn what_holds_nothing_but_words_begins_with_names() {
        assert_eq!(found("id,arrived\nx,y\n"), Found::At(0));
        assert_eq!(found("id,arrived\n"), Found::At(0));
        assert_eq!(found("arrived\nnever\n2026-03-02\n"), Found::At(0));
    }
}
