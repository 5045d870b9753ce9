//! Which column holds which field: as the user says, by the field's own name, or as is likely.

use heard_text::diagnostic::Diagnostic;

use crate::about::Options;
use crate::field::{Field, Values};
use crate::guess::Sight;
use crate::guess::fit::{Misfit, is_clock, is_never};
use crate::length::{LengthForm, Unit};
use crate::note::{How, Note, Taken};
use crate::rows::{Column, Rows};
use crate::values::shown;
use crate::words::is_empty_mark;

/// Fields that are guessed by the names of columns, times first.
const GUESSED: [Field; 14] = [
    Field::Arrived,
    Field::Answered,
    Field::Closed,
    Field::Wait,
    Field::Talk,
    Field::Handle,
    Field::Duration,
    Field::Resolution,
    Field::Outcome,
    Field::Id,
    Field::Customer,
    Field::Agent,
    Field::Channel,
    Field::Kind,
];

/// Where a field stands in a row.
#[derive(Clone, Copy, Debug)]
struct Place {
    column: Column,
    /// Where its clock stands, if date and clock have a column each.
    clock: Option<Column>,
    unit: Option<Unit>,
    how: How,
}

/// Where the fields stand in a row.
#[derive(Clone, Debug)]
pub(in crate::formats) struct Columns {
    places: [Option<Place>; Field::ALL.len()],
    /// Columns that are taken, or left out.
    used: Vec<Column>,
    /// Whether the duration may hold more than the wait and the talk.
    pub holds_more: bool,
    /// What the user should know of it.
    pub notes: Vec<Note>,
}

impl Columns {
    pub fn of(
        rows: &Rows,
        options: &Options,
        given: &[(Field, Column)],
        sight: &Sight<'_>,
    ) -> Result<Self, Diagnostic> {
        let places = [None; Field::ALL.len()];
        let mut columns = Self { places, used: Vec::new(), holds_more: false, notes: Vec::new() };
        columns.map(rows, options, sight)?;
        for &(field, column) in given {
            if columns.at(field).is_none() && !columns.used.contains(&column) {
                columns.take(field, column, How::Guessed);
            }
        }
        columns.name(rows, sight)?;
        columns.guess(rows, sight);
        columns.clocks(rows, sight);
        columns.words(rows, sight);
        columns.drop_what_repeats(rows);
        columns.outbound(rows);
        if columns.at(Field::Arrived).is_none() {
            let times: Vec<String> = (0..rows.header().len())
                .filter(|column| sight.fits(Field::Arrived, *column).is_ok())
                .map(|column| shown(rows.header()[column].as_bytes()))
                .collect();
            let which = match times.as_slice() {
                [one] => {
                    format!("these hold times: {one}; if it says so: `--map \"{one}=arrived\"`")
                }
                [] => format!("the columns are: {}", rows.columns_shown()),
                [arrived, answered, closed] if rows.is_headless() => format!(
                    "these hold times: {}; if they stand in the order of what happened: `--map {arrived}=arrived \
                     --map {answered}=answered --map {closed}=closed`",
                    times.join(", ")
                ),
                times => format!("these hold times: {}", times.join(", ")),
            };
            return Err(rows
                .error_at(rows.header_line(), "no column says when contacts arrived")
                .help(format!("say which: `--map COLUMN=arrived`; {which}")));
        }
        Ok(columns)
    }

    /// Takes these and no others.
    pub fn fixed(given: &[(Field, Column)]) -> Self {
        let places = [None; Field::ALL.len()];
        let mut columns = Self { places, used: Vec::new(), holds_more: false, notes: Vec::new() };
        given.iter().for_each(|&(field, column)| columns.take(field, column, How::Named));
        columns
    }

    /// Takes what the user maps.
    fn map(&mut self, rows: &Rows, options: &Options, sight: &Sight<'_>) -> Result<(), Diagnostic> {
        let clocks =
            |column: Column| sight.values(column).first().is_some_and(|value| is_clock(value));
        for (at, mapping) in options.map.iter().enumerate() {
            let name = &mapping.column;
            let same = |other: &&crate::field::Mapping| other.column.eq_ignore_ascii_case(name);
            let earlier = options.map[..at].iter().find(same);
            if let Some(other) = earlier.filter(|other| other.field != mapping.field) {
                let what = |field: Option<Field>| field.map_or("nothing", Field::name);
                return Err(rows.error(format!(
                    "--map takes column `{name}` for `{}` and for `{}`",
                    what(other.field),
                    what(mapping.field)
                )));
            }
            let Some(column) = rows.only_column(name)? else {
                let message = format!("there is no column `{name}`, which --map names");
                return Err(rows
                    .error_at(rows.header_line(), message)
                    .help(format!("the columns are: {}", rows.columns_shown())));
            };
            let Some(field) = mapping.field else {
                self.used.push(column);
                continue;
            };
            self.check(rows, sight, field, column, mapping.unit)?;
            match &mut self.places[field as usize] {
                // Date and clock may have a column each.
                Some(place)
                    if field.values() == Values::Times
                        && place.clock.is_none()
                        && clocks(place.column) != clocks(column) =>
                {
                    let (date, clock) = if clocks(place.column) {
                        (column, place.column)
                    } else {
                        (place.column, column)
                    };
                    (place.column, place.clock) = (date, Some(clock));
                }
                Some(_) => {
                    return Err(rows.error(format!("--map gives `{}` two columns", field.name())));
                }
                place => {
                    let how = How::Mapped;
                    *place = Some(Place { column, clock: None, unit: mapping.unit, how });
                }
            }
            self.used.push(column);
        }
        Ok(())
    }

    /// Refuses a column that the user maps and whose values do not fit.
    fn check(
        &self,
        rows: &Rows,
        sight: &Sight<'_>,
        field: Field,
        column: Column,
        unit: Option<Unit>,
    ) -> Result<(), Diagnostic> {
        let what = match field.values() {
            Values::Truths => "it can be true or false",
            Values::Numbers => "which is not a number, 0 or more",
            Values::Ranks => "which is not a whole number from 0 to 255",
            Values::Lengths => "which is not a length of time",
            // Times and words are checked row by row; names may be any.
            _ => return Ok(()),
        };
        let values = sight.values(column);
        let name = &rows.header()[column];
        let fits = crate::guess::fit::fits(field, name, unit, &values, sight.meaning);
        let Err(Misfit::Value(at)) = fits else { return Ok(()) };
        let line = sight.rows.iter().find(|row| row.get(Some(column)) == Some(values[at]));
        let line = line.map_or(rows.header_line(), |row| row.line);
        let value = shown(values[at]);
        let help = match field.values() {
            Values::Lengths => format!(
                "name the unit: `--map \"{name}={}:milliseconds\"`, or leave it out: `--map \"{name}=\"`",
                field.name()
            ),
            _ => format!("leave the column out: `--map \"{name}=\"`"),
        };
        Err(rows.error_at(line, format!("`{name}` is `{value}`, {what}")).help(help))
    }

    /// Takes columns that have the name of a field, where their values fit.
    fn name(&mut self, rows: &Rows, sight: &Sight<'_>) -> Result<(), Diagnostic> {
        for field in Field::ALL {
            if self.at(field).is_some() {
                continue;
            }
            let Some(column) =
                rows.header().iter().position(|name| name.eq_ignore_ascii_case(field.name()))
            else {
                continue;
            };
            // A column that is taken for another field, or left out, is not this one.
            if self.used.contains(&column) {
                continue;
            }
            rows.only_column(field.name())?;
            let some_fit = || {
                let values = sight.values(column);
                let times = values.iter().filter(|value| !is_never(value));
                times.into_iter().any(|value| {
                    let name = &rows.header()[column];
                    crate::guess::fit::fits(field, name, None, &[*value], sight.meaning).is_ok()
                })
            };
            let fits = sight.fits(field, column);
            let is_taken = match (field, &fits) {
                (_, Ok(()) | Err(Misfit::Empty)) | (Field::Arrived | Field::Outcome, _) => true,
                (Field::Answered | Field::Closed, Err(_)) => some_fit(),
                (_, Err(_)) => false,
            };
            if is_taken {
                self.take(field, column, How::Named);
            } else if field == Field::Answered
                && self.at(Field::Outcome).is_none()
                && rows.column(Field::Outcome.name()).is_none()
                && sight.fits(Field::Outcome, column).is_ok()
            {
                self.take(Field::Outcome, column, How::Guessed);
            } else if let Err(misfit) = fits {
                let name = rows.header()[column].clone();
                let value = match &misfit {
                    Misfit::Value(at) => sight.values(column).get(*at).map(|value| shown(value)),
                    _ => None,
                };
                self.notes.push(Note::LeftOut { column: name, field, misfit, value });
                self.used.push(column);
            }
        }
        Ok(())
    }

    /// Takes what is likely for the fields that have no column yet.
    fn guess(&mut self, rows: &Rows, sight: &Sight<'_>) {
        let mut open: Vec<Field> =
            GUESSED.into_iter().filter(|field| self.at(*field).is_none()).collect();
        // Times that are there need no lengths.
        let has = |field| self.at(field).is_some();
        open.retain(|field| match field {
            Field::Wait => !has(Field::Answered),
            Field::Resolution => !has(Field::Closed),
            Field::Duration => !has(Field::Closed),
            _ => true,
        });
        let free: Vec<usize> = self.free(rows).collect();
        let guess = sight.guess(&free, &open);
        let name = |column: usize| rows.header()[column].clone();
        for (field, column) in guess.taken {
            self.take(field, column, How::Guessed);
        }
        for (field, column, misfit) in guess.misfits {
            if !self.used.contains(&column) {
                let value = match &misfit {
                    Misfit::Value(at) => sight.values(column).get(*at).map(|value| shown(value)),
                    _ => None,
                };
                self.notes.push(Note::LeftOut { column: name(column), field, misfit, value });
            }
        }
        for (field, column, other) in guess.doubtful {
            if !self.used.contains(&other) {
                let (column, other) = (name(column), name(other));
                self.notes.push(Note::Doubtful { field, column, other });
            }
        }
    }

    /// Says where a column would tell what became of contacts, if its words were known.
    fn words(&mut self, rows: &Rows, sight: &Sight<'_>) {
        if self.at(Field::Outcome).is_some() {
            return;
        }
        let free: Vec<usize> = self.free(rows).collect();
        if let Some((column, words)) = sight.unknown_words(&free) {
            let column = rows.header()[column].clone();
            self.notes.push(Note::WordsLeftOut { column, words });
        }
    }

    /// Joins dates with the clocks that have a column of their own.
    fn clocks(&mut self, rows: &Rows, sight: &Sight<'_>) {
        let free: Vec<usize> = self.free(rows).collect();
        let Some(place) = &mut self.places[Field::Arrived as usize] else { return };
        if place.clock.is_none()
            && let Some(clock) = sight.clock_of(place.column, &free)
        {
            place.clock = Some(clock);
            self.used.push(clock);
        }
    }

    /// Leaves out guessed lengths that other columns say better, and a duration that may be either.
    fn drop_what_repeats(&mut self, rows: &Rows) {
        let has = |columns: &Self, field| columns.at(field).is_some();
        for (field, other) in [(Field::Wait, Field::Answered), (Field::Resolution, Field::Closed)] {
            if has(self, other) && self.how(field) == Some(How::Guessed) {
                self.places[field as usize] = None;
            }
        }
        let more = self.more_than_talk(rows);
        if has(self, Field::Talk) && !has(self, Field::Handle) && !more.is_empty() {
            let talk = self.at(Field::Talk).map(|column| rows.header()[column].clone());
            self.notes.extend(talk.map(|talk| Note::TalkAlone { talk, more: more.clone() }));
        }
        let waits = has(self, Field::Wait) || has(self, Field::Answered);
        if self.how(Field::Duration).is_some_and(|how| how != How::Mapped) {
            let is_clear = has(self, Field::Talk) && !has(self, Field::Closed);
            if !is_clear {
                let column = self.at(Field::Duration).map(|column| rows.header()[column].clone());
                self.places[Field::Duration as usize] = None;
                if !has(self, Field::Closed) {
                    self.notes.extend(column.map(Note::WhichDuration));
                }
            } else if !waits
                && !more.is_empty()
                && let Some(column) = self.at(Field::Duration)
            {
                self.holds_more = true;
                let column = rows.header()[column].clone();
                self.notes.push(Note::MoreThanWait { column, more });
            }
        }
    }

    /// Free columns of what a contact takes besides waiting and talking: on hold, or after the call.
    fn more_than_talk(&self, rows: &Rows) -> Vec<String> {
        let is_more = |column: &usize| {
            let words = crate::fold::words(&rows.header()[*column]);
            let joined = words.concat();
            let is_hold = words.iter().any(|word| word == "hold" || word == "holding");
            is_hold
                || ["acw", "wrapup", "aftercall", "holdtime"].iter().any(|it| joined.contains(it))
        };
        let holds_lengths = |column: &usize| {
            let ahead = rows.ahead().iter().filter_map(|row| row.get(Some(*column)));
            let mut filled = ahead.filter(|value| !is_empty_mark(value)).peekable();
            let form = LengthForm::of_unit(Unit::Seconds);
            filled.peek().is_some() && filled.all(|value| form.read(value).is_some())
        };
        let free = self.free(rows).filter(is_more).filter(holds_lengths);
        free.map(|column| rows.header()[column].clone()).collect()
    }

    /// Says where contacts that the company began stand among those of customers.
    fn outbound(&mut self, rows: &Rows) {
        const NAMES: [&str; 6] =
            ["direction", "call direction", "richtung", "sens", "direccion", "direcao"];
        const OUT: [&str; 10] = [
            "outbound",
            "outgoing",
            "out",
            "outboundcall",
            "outboundapi",
            "outbounddial",
            "ausgehend",
            "sortant",
            "saliente",
            "efetuada",
        ];
        let is_named = |column: &usize| {
            NAMES.contains(&crate::fold::words(&rows.header()[*column]).join(" ").as_str())
        };
        let free: Vec<usize> = self.free(rows).filter(is_named).collect();
        for column in free {
            let values = rows.ahead().iter().filter_map(|row| row.get(Some(column)));
            let is_out = |value: &&[u8]| {
                OUT.contains(&crate::fold::folded(&String::from_utf8_lossy(value)).as_str())
            };
            let outbound = values.filter(is_out).count();
            if outbound > 0 {
                let (column, of) = (rows.header()[column].clone(), rows.ahead().len());
                self.notes.push(Note::Outbound { column, rows: outbound, of });
            }
        }
    }

    /// Leaves the column of a field out after all.
    pub fn drop(&mut self, field: Field) {
        self.places[field as usize] = None;
    }

    fn take(&mut self, field: Field, column: Column, how: How) {
        self.places[field as usize] = Some(Place { column, clock: None, unit: None, how });
        self.used.push(column);
    }

    fn free(&self, rows: &Rows) -> impl Iterator<Item = usize> {
        (0..rows.header().len()).filter(|column| !self.used.contains(column))
    }

    /// The column of a field.
    pub fn at(&self, field: Field) -> Option<Column> {
        self.places[field as usize].map(|place| place.column)
    }

    /// The column of a field's clock, where it has one of its own.
    pub fn clock(&self, field: Field) -> Option<Column> {
        self.places[field as usize].and_then(|place| place.clock)
    }

    /// The unit that the user gives for a field.
    pub fn unit(&self, field: Field) -> Option<Unit> {
        self.places[field as usize].and_then(|place| place.unit)
    }

    /// How the column of a field was found.
    pub fn how(&self, field: Field) -> Option<How> {
        self.places[field as usize].map(|place| place.how)
    }

    /// What is taken for what.
    pub fn taken(&self, header: &[String]) -> Vec<Taken> {
        let name = |column: Column| header.get(column).cloned().unwrap_or_default();
        let all = Field::ALL.into_iter().filter_map(|field| {
            let place = self.places[field as usize]?;
            Some((field, place))
        });
        all.flat_map(|(field, place)| {
            let columns = [Some(place.column), place.clock].into_iter().flatten();
            columns.map(move |column| Taken { column: name(column), field, how: place.how })
        })
        .collect()
    }
}
