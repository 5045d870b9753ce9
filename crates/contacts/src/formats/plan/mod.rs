//! How the columns of a log are read, whatever a row is: which holds which field, how times and lengths
//! are written, and what the user says that values mean.

mod columns;
mod forms;
mod sample;

use heard_text::diagnostic::Diagnostic;

use super::case::Traits;
use super::reader::{Fault, number as numbered};
use crate::about::{Known, Options};
use crate::assemble::Lengths;
use crate::checks::{Checks, hash_of};
use crate::field::Field;
use crate::guess::Sight;
use crate::guess::fit::{number, rank};
use crate::moment::{Moment, Unread, Written};
use crate::note::Note;
use crate::rows::{Column, Row, Rows};
use crate::values::shown;
use crate::words::{Word, is_empty_mark, truth};
pub(super) use columns::Columns;
use forms::Forms;
pub(super) use forms::{TIMES, ends_settle};
pub(super) use sample::Samples;

/// The longest time before midnight at which `0:00:00` without a date is taken for the coming midnight.
const MOST_TO_MIDNIGHT_MS: i64 = 3_600_000;

/// How the columns of a log are read.
pub(super) struct Plan {
    pub columns: Columns,
    pub header: Vec<String>,
    pub forms: Forms,
    pub meanings: Meanings,
}

/// What the user says that values mean.
pub(super) struct Meanings(Vec<(String, Option<Word>)>);

impl Meanings {
    pub fn of(options: &Options) -> Self {
        Self(options.values.clone())
    }

    /// What a word says.
    pub fn word(&self, word: &str) -> Option<Word> {
        self.said(word).unwrap_or_else(|| Word::of(word))
    }

    /// What the user says that a word says, which may be nothing.
    pub fn said(&self, word: &str) -> Option<Option<Word>> {
        let folded = crate::fold::folded(word);
        let said = self.0.iter().find(|(value, _)| {
            value.trim() == word.trim()
                || !folded.is_empty() && crate::fold::folded(value) == folded
        });
        said.map(|(_, word)| *word)
    }

    /// Whether a value says that a field is empty.
    fn is_empty(&self, value: &[u8]) -> bool {
        self.0.iter().any(|(mark, word)| word.is_none() && mark.trim().as_bytes() == value)
    }
}

/// What a field that holds a time says, where it cannot be read.
pub(super) struct Trouble<'a> {
    pub field: Field,
    pub value: &'a [u8],
    pub why: Unread,
}

impl Plan {
    /// Finds the columns by `--map`, name and values, those `given` before any that is guessed; with what
    /// the user should know of it.
    ///
    /// # Errors
    /// Where `--map` cannot be, nothing says when contacts arrived, or the order of dates is open.
    pub fn of(
        rows: &Rows,
        options: &Options,
        given: &[(Field, Column)],
    ) -> Result<(Self, Vec<Note>), Diagnostic> {
        Self::with(rows, options, |sight| Columns::of(rows, options, given, sight))
    }

    /// Takes these columns and no others.
    ///
    /// # Errors
    /// Where the order of dates is open.
    pub fn fixed(
        rows: &Rows,
        options: &Options,
        given: &[(Field, Column)],
    ) -> Result<(Self, Vec<Note>), Diagnostic> {
        Self::with(rows, options, |_| Ok(Columns::fixed(given)))
    }

    fn with(
        rows: &Rows,
        options: &Options,
        columns: impl FnOnce(&Sight<'_>) -> Result<Columns, Diagnostic>,
    ) -> Result<(Self, Vec<Note>), Diagnostic> {
        let meanings = Meanings::of(options);
        let (columns, forms, notes) = Self::sight(rows, &meanings, |sight| {
            let mut columns = columns(sight)?;
            let mut notes = std::mem::take(&mut columns.notes);
            let forms = Forms::of(rows, options, &columns, sight, &mut notes)?;
            notes.extend(forms::dates_alone(rows, &columns, sight));
            Ok::<_, Diagnostic>((columns, forms, notes))
        })?;
        Ok((Self { columns, header: rows.header().to_vec(), forms, meanings }, notes))
    }

    /// Looks at the first rows.
    pub fn sight<T>(rows: &Rows, meanings: &Meanings, look: impl FnOnce(&Sight<'_>) -> T) -> T {
        look(&Sight {
            header: rows.header(),
            rows: rows.ahead(),
            meaning: &|word| meanings.word(word),
            empty: &|value| meanings.is_empty(value),
        })
    }

    /// Whether the log has a column for a field.
    pub fn has(&self, field: Field) -> bool {
        self.columns.at(field).is_some()
    }

    /// What stands in a field; nothing where it is empty, or says so.
    pub fn get<'a>(&self, row: &'a Row, field: Field) -> Option<&'a [u8]> {
        self.filled(row.get(self.columns.at(field))?)
    }

    fn filled<'a>(&self, value: &'a [u8]) -> Option<&'a [u8]> {
        let is_empty =
            is_empty_mark(value) || !self.meanings.0.is_empty() && self.meanings.is_empty(value);
        (!is_empty).then_some(value)
    }

    /// The time in a field. A clock alone belongs to the day of `beside`.
    ///
    /// # Errors
    /// Where it cannot be read.
    pub fn time<'a>(
        &self,
        row: &'a Row,
        field: Field,
        beside: Option<Moment>,
    ) -> Result<Option<Moment>, Trouble<'a>> {
        let Some(value) = self.get(row, field) else { return Ok(None) };
        let trouble = |why| Trouble { field, value, why };
        let zone = &self.forms.zone;
        let order = self.forms.dates(field).order;
        let written = Written::read(value, order, zone).map_err(trouble)?;
        let moment = match written {
            Written::Moment(moment) | Written::Day(moment) => moment,
            Written::Never => return Ok(None),
            Written::Clock(clock) => {
                let beside = beside.ok_or_else(|| trouble(Unread::NoTime))?;
                let moment = beside.at_clock(clock, zone);
                // `0:00:00` long before midnight: it did not happen.
                let is_zero = clock == 0 && moment.wall_ms - beside.wall_ms > MOST_TO_MIDNIGHT_MS;
                return Ok((!is_zero).then_some(moment));
            }
        };
        let Some(clock) = self.columns.clock(field) else { return Ok(Some(moment)) };
        let Some(clock) = row.get(Some(clock)).and_then(|clock| self.filled(clock)) else {
            return Ok(Some(moment));
        };
        match Written::read(clock, order, zone) {
            Ok(Written::Clock(clock)) => Ok(Some(moment.on_day(clock, zone))),
            Ok(_) => Err(Trouble { field, value: clock, why: Unread::NoTime }),
            Err(why) => Err(Trouble { field, value: clock, why }),
        }
    }

    /// The lengths of time in a row, and a value that is not one.
    pub fn lengths<'a>(&self, row: &'a Row) -> (Lengths, Option<(Field, &'a [u8])>) {
        let mut bad = None;
        let mut read = |field: Field| {
            let form = self.forms.lengths(field)?;
            // -1 says that there is no length.
            let value = self.get(row, field).filter(|value| *value != b"-1")?;
            let ms = form.read(value);
            if ms.is_none() {
                bad = Some((field, value));
            }
            ms
        };
        let lengths = Lengths {
            wait: read(Field::Wait),
            talk: read(Field::Talk),
            handle: read(Field::Handle),
            duration: read(Field::Duration),
            resolution: read(Field::Resolution),
            holds_more: self.columns.holds_more,
        };
        (lengths, bad)
    }

    /// When the contact of a row arrived, or its event was.
    ///
    /// # Errors
    /// Where that cannot be read.
    pub fn arrival(&self, rows: &Rows, checks: &mut Checks) -> Result<Moment, Fault> {
        let row = rows.row();
        let arrived = match self.time(row, Field::Arrived, None) {
            Ok(Some(arrived)) => arrived,
            Ok(None) => return Err(format!("`{}` is empty", self.column(Field::Arrived)).into()),
            Err(trouble) => return Err(self.fault(rows, &trouble)),
        };
        checks.zone("arrived", arrived, || self.shown(row, Field::Arrived))?;
        Ok(arrived)
    }

    /// What a row says of a contact besides times and words. What does not fit is not known, for all of it
    /// is optional.
    ///
    /// # Errors
    /// Where there are too many different names.
    pub fn traits(&self, row: &Row, names: &mut Known) -> Result<Traits, Fault> {
        let text = |field| self.get(row, field).map(String::from_utf8_lossy);
        let named =
            |field, names| text(field).map(|name| numbered(field, &name, names)).transpose();
        Ok(Traits {
            customer: self.get(row, Field::Customer).map(hash_of),
            company: named(Field::Company, &mut names.companies)?,
            channel: named(Field::Channel, &mut names.channels)?,
            kind: named(Field::Kind, &mut names.kinds)?,
            priority: self.get(row, Field::Priority).and_then(rank),
            public: text(Field::Public).and_then(|text| truth(&text)),
            followers: self.get(row, Field::Followers).and_then(number),
        })
    }

    /// Who answered, or did what a row says.
    ///
    /// # Errors
    /// Where there are too many different people.
    pub fn agent(&self, row: &Row, names: &mut Known) -> Result<Option<u32>, Fault> {
        let name = self.get(row, Field::Agent).map(String::from_utf8_lossy);
        name.map(|name| numbered(Field::Agent, &name, &mut names.agents)).transpose()
    }

    /// What is wrong with a time.
    pub fn fault(&self, rows: &Rows, trouble: &Trouble<'_>) -> Fault {
        let Trouble { field, value, why } = *trouble;
        let (column, value) = (self.column(field), shown(value));
        let dates = self.forms.dates(field);
        match (why, &dates.because, dates.order) {
            (Unread::OtherOrder, Some(seen), _) => {
                Fault::Log(forms::contradiction(rows, &column, seen, rows.line(), &value))
            }
            (Unread::OtherOrder, None, Some(order)) => {
                Fault::Row(format!("`{column}` is not a date in the order {order}: `{value}`"))
            }
            (Unread::Ambiguous, ..) => {
                let seen = crate::moment::Seen { line: rows.line(), value };
                Fault::Log(forms::ambiguous(rows, &column, &seen))
            }
            (Unread::Outside, ..) => Fault::Row(format!(
                "`{column}` is `{value}`, outside of 1970 to 2099; leave empty what did not happen"
            )),
            _ => Fault::Row(format!(
                "`{column}` is not a valid timestamp: `{value}`; write for instance 2026-03-01T09:30:00"
            )),
        }
    }

    /// The name of the column of a field.
    pub fn column(&self, field: Field) -> String {
        let column = self.columns.at(field).and_then(|column| self.header.get(column));
        column.map_or_else(|| field.name().to_owned(), |name| shown(name.as_bytes()))
    }

    pub fn shown(&self, row: &Row, field: Field) -> String {
        shown(self.get(row, field).unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use crate::about::Options;
    use crate::log::tests::contacts;

    #[test]
    fn a_clock_of_zeros_far_from_midnight_did_not_happen() {
        let text = "arrived,answered,closed\n\
                    2026-03-02 15:14:48,15:15:46,15:25:43\n\
                    2026-03-02 15:34:39,0:00:00,15:38:08\n\
                    2026-03-02 15:34:39,00:00,15:38:08\n\
                    2026-03-02 23:59:40,0:00:00,0:01:00\n";
        let (_, all) = contacts(text, &Options::default()).unwrap();
        let waits: Vec<Option<i64>> = all
            .iter()
            .map(|contact| contact.answered.map(|answered| contact.arrived.until(answered)))
            .collect();
        assert_eq!(waits, [Some(58_000), None, None, Some(20_000)]);
    }
}
