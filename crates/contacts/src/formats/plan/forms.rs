//! How the columns of a log write times and lengths: decided once, over whole columns.

use std::ops::ControlFlow;

use heard_text::diagnostic::Diagnostic;

use super::columns::Columns;
use crate::about::Options;
use crate::field::{Field, Values};
use crate::guess::Sight;
use crate::length::{LengthForm, Unit};
use crate::moment::{Evidence, Order, Seen, Verdict, Zone};
use crate::note::{How, Note};
use crate::rows::{Column, Row, Rows};
use crate::values::shown;

/// The fields that hold times.
pub(in crate::formats) const TIMES: [Field; 3] = [Field::Arrived, Field::Answered, Field::Closed];

/// The order of a column's dates.
#[derive(Clone, Debug, Default)]
pub(in crate::formats) struct Dates {
    /// What comes first.
    pub order: Option<Order>,
    /// What decided it; `None` where the user says so.
    pub because: Option<Seen>,
}

/// How the columns of a log write times and lengths.
#[derive(Clone, Debug)]
pub(in crate::formats) struct Forms {
    dates: [Dates; TIMES.len()],
    lengths: [Option<LengthForm>; Field::ALL.len()],
    /// The zone of times without an offset.
    pub zone: Zone,
}

impl Forms {
    /// Decides them.
    pub fn of(
        rows: &Rows,
        options: &Options,
        columns: &Columns,
        sight: &Sight<'_>,
        notes: &mut Vec<Note>,
    ) -> Result<Self, Diagnostic> {
        let mut lengths = [None; Field::ALL.len()];
        for field in Field::ALL.into_iter().filter(|field| field.values() == Values::Lengths) {
            let Some(column) = columns.at(field) else { continue };
            let name = &rows.header()[column];
            let values = sight.values(column);
            let decided = LengthForm::decide(name, columns.unit(field), values.iter().copied());
            if decided.ambiguous {
                return Err(unclear_mark(rows, sight, field, column, decided.form.unit));
            }
            if decided.assumed_clock && is_of_hours_or_minutes(field, name) {
                return Err(unclear_clock(rows, sight, field, column));
            }
            if decided.assumed && !is_known_in_seconds(name) {
                let (column, unit) = (name.clone(), decided.form.unit);
                notes.push(Note::AssumedUnit { column, field, unit });
            }
            if decided.assumed_clock {
                notes.push(Note::AssumedClock { column: name.clone(), field });
            }
            lengths[field as usize] = Some(decided.form);
        }
        let dates = dates(rows, options, columns)?;
        Ok(Self { dates, lengths, zone: options.zone.clone() })
    }

    /// The order of the dates of a field.
    pub fn dates(&self, field: Field) -> &Dates {
        match field {
            Field::Answered => &self.dates[1],
            Field::Closed => &self.dates[2],
            _ => &self.dates[0],
        }
    }

    /// Takes bare numbers of a field to be in another unit.
    pub fn take_unit(&mut self, field: Field, unit: Unit) {
        if let Some(form) = &mut self.lengths[field as usize] {
            form.unit = unit;
        }
    }

    /// The form of the lengths of a field.
    pub fn lengths(&self, field: Field) -> Option<LengthForm> {
        self.lengths[field as usize]
    }
}

/// Whether the lengths of a field may as well be hours and minutes as minutes and seconds: replies and
/// solutions take either.
fn is_of_hours_or_minutes(field: Field, name: &str) -> bool {
    let words = crate::fold::words(name);
    let is_of_calls = words.iter().any(|word| matches!(word.as_str(), "speed" | "asa"));
    field == Field::Resolution
        || field == Field::Wait && crate::guess::says_replied(&words) && !is_of_calls
}

/// The first value of a column that is so, and its line.
fn first(sight: &Sight<'_>, column: Column, is_so: impl Fn(&[u8]) -> bool) -> (u64, String) {
    let found = sight.rows.iter().find_map(|row| {
        let value = row.get(Some(column)).filter(|value| is_so(value))?;
        Some((row.line, shown(value)))
    });
    found.unwrap_or((1, String::new()))
}

/// A comma or a point may separate thousands or decimals.
fn unclear_mark(
    rows: &Rows,
    sight: &Sight<'_>,
    field: Field,
    column: Column,
    unit: Unit,
) -> Diagnostic {
    let (line, value) =
        first(sight, column, |value| value.contains(&b',') || value.contains(&b'.'));
    let (name, field, unit) = (shown(rows.header()[column].as_bytes()), field.name(), unit.name());
    let decimals = if unit == Unit::Seconds.name() {
        format!("`--map \"{name}={field}:milliseconds\"`")
    } else {
        "write it with one decimal more or less".to_owned()
    };
    rows.error_at(
        line,
        format!(
            "`{name}` is ambiguous: `{value}` may be a thousand and more or a number with three decimals, \
             and no row decides it"
        ),
    )
    .help(format!(
        "if it is a thousand and more: `--map \"{name}={field}:{unit}\"`; if it has three decimals: \
         {decimals}; `--map \"{name}=\"` leaves the column out"
    ))
}

/// `5:30` may be hours and minutes or minutes and seconds.
fn unclear_clock(rows: &Rows, sight: &Sight<'_>, field: Field, column: Column) -> Diagnostic {
    let (line, value) = first(sight, column, |value| value.contains(&b':'));
    let (name, field) = (shown(rows.header()[column].as_bytes()), field.name());
    rows.error_at(
        line,
        format!(
            "`{name}` is ambiguous: `{value}` may be hours and minutes or minutes and seconds, and no row \
             decides it"
        ),
    )
    .help(format!(
        "say which: `--map \"{name}={field}:hours\"` (hours and minutes) or \
         `--map \"{name}={field}:minutes\"` (minutes and seconds)"
    ))
}

/// Whether a system that is known counts seconds under this name.
fn is_known_in_seconds(name: &str) -> bool {
    ["billsec", "holdtime", "calltime"].iter().any(|known| name.eq_ignore_ascii_case(known))
}

/// Whether days or months come first in each column: by the first rows, and by all of them where those
/// leave it open.
fn dates(
    rows: &Rows,
    options: &Options,
    columns: &Columns,
) -> Result<[Dates; TIMES.len()], Diagnostic> {
    if let Some(order) = options.dates {
        return Ok(TIMES.map(|_| Dates { order: Some(order), because: None }));
    }
    let mut evidence = TIMES.map(|_| Evidence::default());
    let look = |evidence: &mut [Evidence], row: &Row| {
        for (field, evidence) in TIMES.into_iter().zip(evidence) {
            if let Some(value) = row.get(columns.at(field)) {
                evidence.look(row.line, value);
            }
        }
    };
    for row in rows.ahead() {
        look(&mut evidence, row);
    }
    let is_open = |evidence: &[Evidence]| {
        let verdicts: Vec<Verdict> = evidence.iter().map(Evidence::verdict).collect();
        verdicts.iter().any(|verdict| matches!(verdict, Verdict::Open(_)))
            && !verdicts
                .iter()
                .any(|verdict| matches!(verdict, Verdict::Decided(..) | Verdict::Contradiction(..)))
    };
    if is_open(&evidence) {
        evidence = TIMES.map(|_| Evidence::default());
        rows.scan(&mut |row| {
            look(&mut evidence, row);
            let decided = evidence.iter().any(Evidence::is_settled);
            if decided { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        })?;
    }
    let verdicts = evidence.map(|evidence| evidence.verdict());
    let name =
        |at: usize| columns.at(TIMES[at]).map_or("", |column| rows.header()[column].as_str());
    if let Some((at, one, other)) =
        verdicts.iter().enumerate().find_map(|(at, verdict)| match verdict {
            Verdict::Contradiction(one, other) => Some((at, one, other)),
            _ => None,
        })
    {
        return Err(contradiction(rows, name(at), one, other.line, &other.value));
    }
    let decided: Vec<(Order, Seen)> = verdicts
        .iter()
        .filter_map(|verdict| match verdict {
            Verdict::Decided(order, seen) => Some((*order, seen.clone())),
            _ => None,
        })
        .collect();
    let is_one = decided.windows(2).all(|pair| pair[0].0 == pair[1].0);
    let mut all = TIMES.map(|_| Dates::default());
    for (at, verdict) in verdicts.into_iter().enumerate() {
        let (order, seen) = match (verdict, decided.first()) {
            (Verdict::Decided(order, seen), _) => (order, seen),
            (Verdict::Open(_), Some((order, seen))) if is_one => (*order, seen.clone()),
            (Verdict::Open(seen), _) => return Err(ambiguous(rows, name(at), &seen)),
            // One order for the log, should later dates need one.
            (_, Some((order, seen))) if is_one => (*order, seen.clone()),
            _ => continue,
        };
        all[at] = Dates { order: Some(order), because: Some(seen) };
    }
    Ok(all)
}

/// The dates of a column can be read in several ways.
pub(in crate::formats) fn ambiguous(rows: &Rows, column: &str, seen: &Seen) -> Diagnostic {
    rows.error_at(
        seen.line,
        format!(
            "`{column}` is ambiguous: in `{}` the day or the month may come first, and no row of the log \
             decides it",
            seen.value
        ),
    )
    .help("say which: `--dates DMY` (day, month, year), `--dates MDY` or `--dates YMD`")
}

/// A date has another order than the one that decided it.
pub(in crate::formats) fn contradiction(
    rows: &Rows,
    column: &str,
    one: &Seen,
    line: u64,
    value: &str,
) -> Diagnostic {
    rows.error_at(
        line,
        format!(
            "`{column}` is `{value}`, and `{}` on line {}: one has the day first, the other the month",
            one.value, one.line
        ),
    )
    .help("say which is meant: `--dates DMY` or `--dates MDY`; dates of the other kind cannot then be read")
}

/// Notes on guessed or named columns whose dates have no clock.
pub(in crate::formats) fn dates_alone(
    rows: &Rows,
    columns: &Columns,
    sight: &Sight<'_>,
) -> Vec<Note> {
    let alone = TIMES.into_iter().filter_map(|field| {
        let column = columns.at(field).filter(|_| columns.clock(field).is_none())?;
        let values = sight.values(column);
        let is_alone = !values.is_empty()
            && values
                .iter()
                .all(|value| crate::guess::fit::is_date_alone(value) && !value.contains(&b':'));
        is_alone.then(|| Note::DatesAlone(rows.header()[column].clone()))
    });
    alone.collect()
}

/// Whether the end of a log's contacts is that of a matter: nothing says who was answered, or the name
/// of the column says so.
pub(in crate::formats) fn ends_settle(rows: &Rows, columns: &Columns) -> bool {
    let Some(column) = columns.at(Field::Closed) else { return false };
    let has = |field| columns.at(field).is_some();
    let nothing_else = [Field::Answered, Field::Outcome, Field::Wait, Field::Talk, Field::Handle];
    !nothing_else.into_iter().any(has)
        || columns.how(Field::Closed) != Some(How::Named)
            && crate::guess::says_settled(&crate::fold::words(&rows.header()[column]))
}
