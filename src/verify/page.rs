//! The table for people.

use comfy_table::{Cell, CellAlignment, Color, ContentArrangement, Table as Grid, TableStyle};

use super::row::Row;
use super::table::{FALSE_ALARM, Judged, Table};
use heard_text::number::{count, decimals, fixed, percent, significant};

/// Confidence of the intervals shown. What is judged are the p-values, all of them together.
const CONFIDENCE: f64 = 0.95;

/// Every check under a heading, and what it all comes to.
#[must_use]
pub fn text(table: &Table, colour: bool) -> String {
    let mut grid = Grid::new();
    grid.load_style(TableStyle::new()).set_content_arrangement(ContentArrangement::Disabled);
    grid.force_no_tty();
    if colour {
        grid.enforce_styling().style_text_only();
    }
    grid.add_row(["", "exactly", "simulated", "95% interval", "z", ""]);
    for Judged { rows, .. } in &table.checks {
        grid.add_rows(rows.iter().map(|(row, off)| cells(row, *off)));
    }
    for index in 1..=4 {
        if let Some(column) = grid.column_mut(index) {
            column.set_cell_alignment(CellAlignment::Right);
        }
    }
    let mut lines = grid.lines().map(|line| line.trim_end().to_owned() + "\n");
    let mut text = lines.next().unwrap_or_default();
    for Judged { check, rows } in &table.checks {
        text += &format!("{}: {} ({})\n", check.name, check.what, check.source);
        text.extend(lines.by_ref().take(rows.len()));
    }
    text + "\n" + &verdict(table)
}

fn cells(row: &Row, off: bool) -> Vec<Cell> {
    let interval = row.interval(CONFIDENCE);
    let digits = match interval {
        Some((low, high)) if high > low => decimals(0.5 * (high - low), 2),
        _ => decimals(row.exact, 6).min(9),
    };
    let number = |value: f64| {
        if value.is_nan() { "none".to_owned() } else { fixed(value, digits) }
    };
    let exact = match row.allowance {
        0.0 => number(row.exact),
        allowance => format!("{} ± {}", number(row.exact), significant(allowance, 2)),
    };
    let found = match (row.has_chance(), row.estimate()) {
        // What is not quite 0 should not look like it.
        (false, value) if value != row.exact && value.abs() < 1e-6 => format!("{value:.0e}"),
        (_, value) => number(value),
    };
    let interval = interval
        .map_or(String::new(), |(low, high)| format!("{} to {}", number(low), number(high)));
    let verdict = match off {
        false => Cell::new("agrees"),
        true => Cell::new("OFF").fg(Color::Red),
    };
    let quantity = match row.unit {
        "" => format!("  {}", row.quantity),
        unit => format!("  {}, {unit}", row.quantity),
    };
    let z = row.z().map_or(String::new(), |z| format!("{z:+.1}"));
    vec![
        Cell::new(quantity),
        Cell::new(exact),
        Cell::new(found),
        Cell::new(interval),
        Cell::new(z),
        verdict,
    ]
}

/// What it all comes to.
#[must_use]
pub fn verdict(table: &Table) -> String {
    let rows = table.rows().count() as u64;
    let checks = table.checks.len() as u64;
    let off: Vec<String> =
        table.off().map(|(check, row)| format!("{} ({})", check.name, row.quantity)).collect();
    let said = match off.len() {
        0 => format!(
            "All {} rows of {} agree with what is known exactly.",
            count(rows),
            plural(checks)
        ),
        _ => format!("{} of {} rows are OFF: {}.", off.len(), count(rows), off.join(", ")),
    };
    let furthest = table.rows().filter_map(Row::normal_score).map(f64::abs).fold(0.0, f64::max);
    let chances = table.rows().filter(|row| row.has_chance()).count() as u64;
    if chances == 0 {
        return said + "\n";
    }
    let missed = table.rows().filter(|row| misses(row)).count() as u64;
    let open = if table.rows().any(|row| row.allowance > 0.0) {
        "\n± says how far theory itself leaves a value open. "
    } else {
        "\n"
    };
    format!(
        "{said}\nOf {} intervals of 95%, {} miss what is exact: by chance alone about one in twenty does. \
         The furthest is as rare\nas {} standard deviations of a normal. A row is called off when it lies too far for the whole \
         table: a sound program has any\nrow off in {} of such tables (Holm's procedure).{open}Rows without \
         chance must be equal to rounding.\n",
        count(chances),
        count(missed),
        fixed(furthest, 1),
        percent(FALSE_ALARM),
    )
}

/// Whether all that is allowed lies outside of the row's interval.
fn misses(row: &Row) -> bool {
    row.interval(CONFIDENCE).is_some_and(|(low, high)| {
        row.exact + row.allowance < low || row.exact - row.allowance > high
    })
}

fn plural(checks: u64) -> String {
    if checks == 1 { "1 check".to_owned() } else { format!("{} checks", count(checks)) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::verify::CHECKS;
    use heard_math::stats::Share;

    fn table(found: f64) -> Table {
        let rows = vec![
            Row::mean("mean wait", "s", 7.835_94, [7.7, 7.9, 8.0, 7.8]),
            Row::count("coverage", 0.95, Share { hits: 940, trials: 1000 }).within(0.014),
            Row::number("cases lost", "", 0.0, found),
        ];
        Table::new(vec![(&CHECKS[0], rows)])
    }

    #[test]
    fn every_row_has_its_exact_value_its_interval_and_its_verdict() {
        let text = text(&table(0.0), false);
        assert!(
            text.contains("erlang-c: M/M/14 at 71%: waiting, nobody hangs up (Erlang (1917))\n")
        );
        for part in [
            "mean wait, s",
            "7.84",
            "7.64 to 8.06",
            "0.950 ± 0.014",
            "agrees",
            "All 3 rows of 1 check agree",
        ] {
            assert!(text.contains(part), "{part}: {text}");
        }
        assert!(!text.contains("OFF") && !text.contains(" \n"));
    }

    #[test]
    fn a_row_that_is_off_is_named_at_the_end() {
        let text = text(&table(1.0), false);
        assert!(text.contains("1 of 3 rows are OFF: erlang-c (cases lost)."), "{text}");
        assert!(text.lines().any(|line| line.contains("cases lost") && line.ends_with("OFF")));
    }
}
