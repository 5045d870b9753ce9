//! How the columns of a log are read: which hold what, how they are written, and what they tell at all.

use heard_text::diagnostic::Diagnostic;

use super::columns::Columns;
use super::forms::{self, Forms};
use crate::about::Options;
use crate::assemble::{Lengths, Tells};
use crate::field::Field;
use crate::fold::words;
use crate::guess::{Sight, asks_for_the_lost};
use crate::moment::{Moment, Unread, Written};
use crate::note::{How, Note};
use crate::rows::{Column, Row, Rows};
use crate::values::shown;
use crate::words::{Word, is_empty_mark, truth};

/// How the columns of a log are read.
pub(super) struct Plan {
    pub columns: Columns,
    pub header: Vec<String>,
    pub forms: Forms,
    pub tells: Tells,
    pub meanings: Meanings,
    /// Whether the words answer the question whether a contact was lost: yes is no answer.
    pub inverted: bool,
}

/// What the user says that values mean.
#[derive(Clone)]
pub(super) struct Meanings(Vec<(String, Option<Word>)>);

impl Meanings {
    /// What a word says.
    pub fn of(&self, word: &str) -> Option<Word> {
        let folded = crate::fold::folded(word);
        let said = self.0.iter().find(|(value, _)| {
            value.trim() == word.trim()
                || !folded.is_empty() && crate::fold::folded(value) == folded
        });
        said.map_or_else(|| Word::of(word), |(_, word)| *word)
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
    /// Decides how a log is read, by the names of its columns and its first rows, and says what the user
    /// should know of it.
    ///
    /// # Errors
    /// Where no column tells of arrivals, or a column cannot be read without being told how.
    pub fn of(rows: &Rows, options: &Options) -> Result<(Self, Vec<Note>), Diagnostic> {
        let meanings = Meanings(options.values.clone());
        let sight = Sight {
            header: rows.header(),
            rows: rows.ahead(),
            meaning: &|word| meanings.of(word),
            empty: &|value| meanings.is_empty(value),
        };
        let mut columns = Columns::of(rows, options, &sight)?;
        let mut notes = std::mem::take(&mut columns.notes);
        let forms = Forms::of(rows, options, &columns, &sight, &mut notes)?;
        notes.extend(forms::dates_alone(rows, &columns, &sight));
        let header = rows.header().to_vec();
        let inverted = columns.at(Field::Outcome).is_some_and(|column| {
            asks_for_the_lost(&words(&header[column]))
                && sight
                    .values(column)
                    .iter()
                    .all(|value| std::str::from_utf8(value).is_ok_and(|text| truth(text).is_some()))
        });
        let meanings = meanings.clone();
        let tells = Tells::default();
        let mut plan = Self { columns, header, forms, tells, meanings, inverted };
        for field in [Field::Answered, Field::Closed] {
            if let Some(column) = plan.is_early(rows.ahead(), field) {
                plan.columns.drop(field);
                notes.push(Note::Earlier { column: plan.header[column].clone(), field });
            }
        }
        plan.tells = tells_of(rows, &plan.columns, &sight);
        let tells = &plan.tells;
        let waits = plan.columns.at(Field::Wait).filter(|_| !tells.answer_rate() && !tells.words);
        notes.extend(waits.map(|column| Note::WaitsWithoutOutcome(plan.header[column].clone())));
        plan.tells.brief = plan.is_brief(rows.ahead());
        Ok((plan, notes))
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
                return Ok(Some(beside.at_clock(clock, zone)));
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

    /// What stands in a field, for people.
    pub fn shown(&self, row: &Row, field: Field) -> String {
        shown(self.get(row, field).unwrap_or_default())
    }

    pub fn lengths<'a>(&self, row: &'a Row) -> (Lengths, Option<(Field, &'a [u8])>) {
        let mut bad = None;
        let mut read = |field: Field| {
            let form = self.forms.lengths(field)?;
            let value = self.get(row, field)?;
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
        };
        (lengths, bad)
    }

    /// The column of a guessed field, if most of its times in these rows are before the arrivals.
    fn is_early(&self, rows: &[Row], field: Field) -> Option<Column> {
        self.columns.how(field).filter(|how| *how == How::Guessed)?;
        let (mut early, mut all) = (0, 0);
        for row in rows {
            let Ok(Some(arrived)) = self.time(row, Field::Arrived, None) else { continue };
            let Ok(Some(moment)) = self.time(row, field, Some(arrived)) else { continue };
            early += usize::from(arrived.until(moment) < 0);
            all += 1;
        }
        self.columns.at(field).filter(|_| early * 2 > all)
    }

    /// Whether answered contacts are over within minutes, as calls and chats are: then nobody who has
    /// neither an answer nor an end still waits.
    fn is_brief(&self, rows: &[Row]) -> bool {
        const WAIT_MS: i64 = 10 * 60_000;
        const TALK_MS: i64 = 30 * 60_000;
        const FEWEST: usize = 5;
        let (mut waits, mut talks, mut answers) = (Vec::new(), Vec::new(), 0);
        for row in rows {
            let Ok(Some(arrived)) = self.time(row, Field::Arrived, None) else { continue };
            let lengths = self.lengths(row).0;
            let time = |field| self.time(row, field, Some(arrived)).ok().flatten();
            let wait =
                time(Field::Answered).map(|answered| arrived.until(answered)).or(lengths.wait);
            let talk = time(Field::Answered)
                .zip(time(Field::Closed))
                .map(|(from, to)| from.until(to))
                .or(lengths.talk)
                .filter(|ms| *ms > 0);
            answers += usize::from(time(Field::Answered).is_some());
            if let (Some(wait), Some(talk)) = (wait, talk) {
                waits.push(wait);
                talks.push(talk);
            }
        }
        let median = |all: &mut Vec<i64>| {
            all.sort_unstable();
            all.get(all.len() / 2).copied().unwrap_or(i64::MAX)
        };
        talks.len() >= FEWEST
            && talks.len() * 10 >= answers * 9
            && median(&mut waits) <= WAIT_MS
            && median(&mut talks) <= TALK_MS
    }

    /// The fields that contacts have: times that follow from lengths among them.
    pub fn fields(&self) -> Vec<Field> {
        let has = |field| self.columns.at(field).is_some();
        let any = |fields: &[Field]| fields.iter().any(|field| has(*field));
        let is_there = |field: &Field| match field {
            Field::Answered => {
                any(&[Field::Answered, Field::Wait]) || has(Field::Duration) && has(Field::Talk)
            }
            Field::Closed => {
                let lengths = [Field::Talk, Field::Handle, Field::Duration, Field::Resolution];
                has(Field::Closed) || any(&lengths) || has(Field::Wait) && self.tells.answer_rate()
            }
            field => has(*field),
        };
        Field::ALL.into_iter().filter(is_there).collect()
    }
}

/// What the columns can tell at all.
fn tells_of(rows: &Rows, columns: &Columns, sight: &Sight<'_>) -> Tells {
    let has = |field| columns.at(field).is_some();
    let said = columns.at(Field::Outcome).map(|column| sight.values(column)).unwrap_or_default();
    let is_about_answers = |value: &&[u8]| {
        let text = String::from_utf8_lossy(value);
        (sight.meaning)(&text).is_some_and(Word::is_about_answers)
    };
    Tells {
        answers: has(Field::Answered),
        answers_in_words: said.iter().any(is_about_answers),
        words: has(Field::Outcome),
        talk: has(Field::Talk) || has(Field::Handle),
        reply: columns
            .at(Field::Wait)
            .is_some_and(|column| crate::guess::says_replied(&words(&rows.header()[column]))),
        resolution: has(Field::Resolution),
        ends_settle: forms::ends_settle(rows, columns),
        brief: false,
    }
}
