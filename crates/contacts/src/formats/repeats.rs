//! Ids that come in several rows: then a row is not a contact.

use heard_text::diagnostic::Diagnostic;
use heard_text::number::{count, percent};
use indexmap::IndexSet;

use crate::rows::{Column, Row, Rows};
use crate::values::shown;

/// Share of the first rows, and number of them, that must repeat an id: fewer are contacts that were
/// written down twice.
const SHARE: f64 = 0.2;
const FEWEST: usize = 5;

/// How many of the first rows repeat an id.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Repeats {
    rows: usize,
    repeated: usize,
    /// The line of the first.
    line: u64,
}

impl Repeats {
    pub fn of(ahead: &[Row], id: Column) -> Self {
        let mut seen = IndexSet::new();
        let mut repeats = Self::default();
        for row in ahead {
            let Some(id) = row.get(Some(id)) else { continue };
            repeats.rows += 1;
            if !seen.insert(id) {
                repeats.repeated += 1;
                repeats.line = if repeats.repeated == 1 { row.line } else { repeats.line };
            }
        }
        repeats
    }

    /// Whether they are too many to be contacts that were written down twice.
    pub fn are_many(self) -> bool {
        self.repeated >= FEWEST && self.repeated as f64 >= SHARE * self.rows as f64
    }

    /// The log has several rows for an id, and nothing tells how to put them together.
    pub fn refusal(self, rows: &Rows, id: Column) -> Diagnostic {
        let name = shown(rows.header()[id].as_bytes());
        let value = rows.ahead().iter().find(|row| row.line == self.line);
        let value = value.and_then(|row| row.get(Some(id))).map(shown).unwrap_or_default();
        let share = percent(self.repeated as f64 / self.rows as f64);
        let (repeated, all) = (count(self.repeated as u64), count(self.rows as u64));
        let mut error = rows.error_at(
            self.line,
            format!(
                "the log has several rows for one `{name}`: `{value}` has come before, as have {repeated} of \
                 the first {all} ({share})"
            ),
        );
        error.notes.push(format!(
            "if a row is an event, name the column that says what happened, and the one that says when: \
             `--as events --map \"{name}=id\" --map COLUMN=outcome --map COLUMN=arrived`"
        ));
        error.notes.push(format!(
            "if a row is the state of a contact at some time: `--as states --map \"{name}=id\"`"
        ));
        error.help(format!("if each row is a contact, leave the column out: `--map \"{name}=\"`"))
    }
}

#[cfg(test)]
mod tests {
    use crate::about::Options;
    use crate::log::tests::contacts;

    #[test]
    fn a_log_with_several_rows_an_id_says_how_to_read_them() {
        let rows = (0..12).map(|at| format!("T{},2026-03-02T08:{at:02}:00,x\n", at / 2));
        let text = format!("Ticket ID,Created,Note\n{}", rows.collect::<String>());
        let error = contacts(&text, &Options::default()).unwrap_err();
        assert_eq!(error.line(), Some(3));
        let shown = error.to_string();
        for part in [
            "the log has several rows for one `Ticket ID`: `T0` has come before, as have 6 of the first 12 (50.0%)",
            "--as events --map \"Ticket ID=id\"",
            "--as states",
            "--map \"Ticket ID=\"",
        ] {
            assert!(shown.contains(part), "{shown}");
        }
    }
}
