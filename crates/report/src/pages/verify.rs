//! The table of `heard verify`: every check with its rows, and what they add up to.

pub mod json;

use heard_lab::experiment::results::CONFIDENCE;
use heard_lab::verify::row::Row;
use heard_lab::verify::table::{FALSE_ALARM, Judged, Table};
use heard_text::list::{counted, form, list};
use heard_text::number::{count, decimals, fixed, percent_trimmed, rounding, signed, trimmed};

use crate::document::{Align, Cell, Document, Table as Grid, Tone};

/// Every check under its heading, and the verdict.
#[must_use]
pub fn document(table: &Table) -> Document {
    let mut grid = Grid::new([
        ("", Align::Left),
        ("exact", Align::Right),
        ("simulated", Align::Right),
        ("95% interval", Align::Right),
        ("z", Align::Right),
        ("", Align::Left),
    ]);
    for Judged { check, rows } in &table.checks {
        grid.group(format!("{}: {} ({})", check.name, check.what, check.source));
        for (row, off) in rows {
            grid.row_at(1, cells(row, *off));
        }
    }
    let mut document = Document::new();
    document.table(grid).paragraph(verdict(table)).paragraph(explanation(table));
    document
}

fn cells(row: &Row, off: bool) -> [Cell; 6] {
    let interval = row.interval(CONFIDENCE);
    let digits = match interval {
        Some((low, high)) if high > low => decimals(0.5 * (high - low), 2),
        _ => decimals(row.exact, 6),
    };
    let number = |value: f64| {
        if value.is_nan() { "none".to_owned() } else { fixed(value, digits) }
    };
    let quantity = match row.unit {
        "" => row.quantity.clone(),
        unit => format!("{}, {unit}", row.quantity),
    };
    let exact = match row.allowance {
        0.0 => number(row.exact),
        allowance => format!("{} ±{}", number(row.exact), trimmed(allowance)),
    };
    let simulated = match (row.has_chance(), row.estimate()) {
        // A gap that is not quite 0 should not look like 0.
        (false, value) if value != row.exact && value.abs() < 1e-6 => rounding(value),
        (_, value) => number(value),
    };
    let interval = interval
        .map_or(String::new(), |(low, high)| format!("{} to {}", number(low), number(high)));
    let z = row.z().map_or(String::new(), |z| signed(z, 1));
    let verdict = if off { Cell::toned("OFF", Tone::Wrong) } else { Cell::from("ok") };
    [quantity.into(), exact.into(), simulated.into(), interval.into(), z.into(), verdict]
}

/// Whether all rows agree with the exact results, and which do not.
#[must_use]
pub fn verdict(table: &Table) -> String {
    let off: Vec<String> =
        table.off().map(|(check, row)| format!("{} ({})", check.name, row.quantity)).collect();
    let rows = table.rows().count();
    match off.len() {
        0 => format!(
            "{} of {} agree with the exact results.",
            counted(rows as f64, "row", "rows"),
            counted(table.checks.len() as f64, "check", "checks"),
        ),
        several => format!(
            "{} of {} {} OFF: {}.",
            count(several as u64),
            counted(rows as f64, "row", "rows"),
            form(several as f64, "is", "are"),
            list(&off)
        ),
    }
}

/// How the rows are judged; nothing where no row involves chance.
fn explanation(table: &Table) -> String {
    let chances = table.rows().filter(|row| row.has_chance()).count();
    if chances == 0 {
        return String::new();
    }
    let missed = table.rows().filter(|row| misses(row)).count();
    let furthest = table.rows().filter_map(Row::normal_score).map(f64::abs).fold(0.0, f64::max);
    let open = if table.rows().any(|row| row.allowance > 0.0) {
        " ± is how far the exact value itself is open."
    } else {
        ""
    };
    format!(
        "Of {}, {} missed the exact value; by chance alone, about one in twenty does. The row furthest \
         off is as rare as {} standard deviations of a normal distribution. Rows are judged together, \
         by Holm's procedure: a correct program has a row marked OFF in {} of tables.{open} Rows \
         without an interval involve no chance and must be equal up to rounding.",
        counted(chances as f64, "interval at 95%", "intervals at 95%"),
        count(missed as u64),
        fixed(furthest, 1),
        percent_trimmed(FALSE_ALARM),
    )
}

/// Whether the row's interval lies outside of everything that is allowed.
fn misses(row: &Row) -> bool {
    row.interval(CONFIDENCE).is_some_and(|(low, high)| {
        row.exact + row.allowance < low || row.exact - row.allowance > high
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::terminal::{PAGE, text};
    use heard_lab::verify::CHECKS;
    use heard_math::stats::Share;

    fn table(found: f64) -> Table {
        let rows = vec![
            Row::mean("mean wait", "s", 7.835_94, [7.7, 7.9, 8.0, 7.8]),
            Row::count("coverage", 0.95, Share { hits: 940, trials: 1000 }).within(0.014),
            Row::number("cases lost", "", 0.0, found),
        ];
        Table::new(vec![(&CHECKS[0], rows)])
    }

    fn page(table: &Table) -> String {
        text(&document(table), PAGE, false)
    }

    #[test]
    fn every_row_has_its_exact_value_its_interval_and_its_verdict() {
        let text = page(&table(0.0));
        assert!(
            text.contains("erlang-c: M/M/14 at 71%: waiting, nobody hangs up (Erlang, 1917)\n")
        );
        for part in [
            "mean wait, s",
            "7.84",
            "7.64 to 8.06",
            "0.950 ±0.014",
            "  ok\n",
            "\n3 rows of 1 check agree",
        ] {
            assert!(text.contains(part), "{part}: {text}");
        }
        assert!(!text.contains("OFF\n") && !text.contains(" \n"));
    }

    #[test]
    fn a_row_that_is_off_is_named_at_the_end() {
        let text = page(&table(1.0));
        assert!(text.contains("1 of 3 rows is OFF: erlang-c (cases lost)."), "{text}");
        assert!(text.lines().any(|line| line.contains("cases lost") && line.ends_with("OFF")));
    }

    #[test]
    fn a_gap_of_rounding_does_not_look_like_nothing() {
        let text = page(&table(1e-14));
        let line = text.lines().find(|line| line.contains("cases lost")).unwrap();
        assert_eq!(
            line.split_whitespace().collect::<Vec<_>>(),
            ["cases", "lost", "0", "1e-14", "ok"]
        );
    }

    #[test]
    fn every_check_has_a_name_of_its_own_and_a_heading_of_one_line() {
        let all = CHECKS.iter().map(|check| (check, vec![Row::number("x", "", 1.0, 1.0)]));
        let text = page(&Table::new(all.collect()));
        for check in &CHECKS {
            let named = |line: &&str| line.starts_with(&format!("{}: ", check.name));
            let headings: Vec<&str> = text.lines().filter(named).collect();
            assert_eq!(headings.len(), 1, "{}", check.name);
            assert!(headings[0].ends_with(&format!("({})", check.source)), "{}", headings[0]);
        }
    }
}
