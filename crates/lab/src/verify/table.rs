//! All rows together, and which of them are off.

use super::Check;
use super::row::Row;
use heard_math::stats::holm;

/// The probability that a correct program has any row of a table called off.
pub const FALSE_ALARM: f64 = 0.01;

/// A check and its rows, each judged.
#[derive(Clone, Debug)]
pub struct Judged {
    /// The check.
    pub check: &'static Check,
    /// Its rows, and whether each is off.
    pub rows: Vec<(Row, bool)>,
}

/// Every check's rows, judged together.
#[derive(Clone, Debug)]
pub struct Table {
    /// In the order in which they ran.
    pub checks: Vec<Judged>,
}

impl Table {
    /// Judges the rows: those that involve chance together, by Holm's procedure at [`FALSE_ALARM`]; the
    /// others one by one.
    #[must_use]
    pub fn new(checks: Vec<(&'static Check, Vec<Row>)>) -> Self {
        let rows = || checks.iter().flat_map(|(_, rows)| rows);
        let p_values: Vec<f64> = rows().filter(|row| row.has_chance()).map(Row::p_value).collect();
        let mut rejected = holm(&p_values, FALSE_ALARM).into_iter();
        let mut judge = |row: Row| {
            let off = if row.has_chance() { rejected.next() } else { Some(row.p_value() == 0.0) };
            (row, off.unwrap_or(true))
        };
        let checks = checks
            .into_iter()
            .map(|(check, rows)| Judged { check, rows: rows.into_iter().map(&mut judge).collect() })
            .collect();
        Self { checks }
    }

    /// Rows that are off, with their checks.
    pub fn off(&self) -> impl Iterator<Item = (&'static Check, &Row)> {
        self.checks.iter().flat_map(|judged| {
            let off = judged.rows.iter().filter(|(_, off)| *off);
            off.map(|(row, _)| (judged.check, row))
        })
    }

    /// All rows.
    pub fn rows(&self) -> impl Iterator<Item = &Row> {
        self.checks.iter().flat_map(|judged| judged.rows.iter().map(|(row, _)| row))
    }
}

#[cfg(test)]
mod tests {
    use super::super::CHECKS;
    use super::*;
    use heard_math::stats::Share;

    fn table(rows: Vec<Row>) -> Vec<bool> {
        let table = Table::new(vec![(&CHECKS[0], rows)]);
        table.checks[0].rows.iter().map(|(_, off)| *off).collect()
    }

    #[test]
    fn rows_share_one_chance_of_a_false_alarm() {
        // 8 of 8 at one half: p = 0.0078. Alone it is off at 1%; one of two needs 0.005.
        let eight = || Row::count("eight", 0.5, Share { hits: 8, trials: 8 });
        let fine = || Row::count("fine", 0.5, Share { hits: 4, trials: 8 });
        assert_eq!(table(vec![eight()]), [true]);
        assert_eq!(table(vec![eight(), fine()]), [false, false]);
        // A row without chance does not use up any of the level.
        let number = |found| Row::number("number", "", 1.0, found);
        assert_eq!(table(vec![number(1.0), eight(), number(2.0)]), [false, true, true]);
    }

    #[test]
    fn a_row_that_is_off_comes_with_its_check() {
        let table = Table::new(vec![(&CHECKS[3], vec![Row::number("x", "", 0.0, 1.0)])]);
        assert_eq!(table.off().map(|(check, _)| check.name).collect::<Vec<_>>(), ["full-house"]);
        assert_eq!(table.rows().count(), 1);
    }
}
