//! The plain format: one row a contact, in columns of any names.
//!
//! Which column holds what is said by `--map`, by the fields' own names, or guessed by names and values;
//! how times, lengths and words are written is decided over whole columns. Only `arrived` must be there.

mod columns;
mod doubts;
mod forms;
mod left_out;
mod sample;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use super::reader::{Fault, Reader, Told, number as numbered};
use crate::about::{Known, Options};
use crate::assemble::{Lengths, Odd, Parts, Said, Tells, When, assemble};
use crate::caveat::Caveat;
use crate::checks::{Checks, hash_of};
use crate::contact::{Contact, Outcome};
use crate::field::Field;
use crate::guess::Sight;
use crate::guess::fit::{number, rank};
use crate::moment::{Moment, Unread, Written};
use crate::names::Names;
use crate::note::{Note, Reading};
use crate::rows::{Row, Rows};
use crate::values::shown;
use crate::words::{Word, is_empty_mark, truth};
use columns::Columns;
use doubts::Doubts;
use forms::{Forms, TIMES};
use heard_text::diagnostic::Diagnostic;
use left_out::Compared;
use sample::Samples;

/// Different words that are remembered.
const MOST_WORDS: usize = 1_000;

/// How the columns of a log are read.
struct Plan {
    columns: Columns,
    header: Vec<String>,
    forms: Forms,
    tells: Tells,
    meanings: Meanings,
}

/// What the user says that values mean.
struct Meanings(Vec<(String, Option<Word>)>);

impl Meanings {
    /// What a word says.
    fn of(&self, word: &str) -> Option<Word> {
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

/// A plain log on its way.
struct Plain {
    name: String,
    plan: Plan,
    checks: Checks,
    odd: Odd,
    doubts: Doubts,
    compared: Compared,
    samples: Samples,
    words: BTreeMap<Vec<u8>, Option<Word>>,
    /// Times that clocks show twice.
    twice: u64,
    notes: Vec<Note>,
    read: u64,
}

pub(crate) fn open(rows: &Rows, options: &Options) -> Result<Box<dyn Reader>, Diagnostic> {
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
    let tells = tells(rows, &columns, &sight);
    let waits = columns.at(Field::Wait).filter(|_| !tells.answer_rate() && !tells.words);
    notes.extend(waits.map(|column| Note::WaitsWithoutOutcome(rows.header()[column].clone())));
    let header = rows.header().to_vec();
    let mut plan = Plan { columns, header, forms, tells, meanings };
    plan.tells.brief = plan.is_brief(rows.ahead());
    Ok(Box::new(Plain {
        name: rows.name().to_owned(),
        plan,
        checks: Checks::default(),
        odd: Odd::default(),
        doubts: Doubts::default(),
        compared: Compared::default(),
        samples: Samples::default(),
        words: BTreeMap::new(),
        twice: 0,
        notes,
        read: 0,
    }))
}

/// What the columns can tell at all.
fn tells(rows: &Rows, columns: &Columns, sight: &Sight<'_>) -> Tells {
    let has = |field| columns.at(field).is_some();
    let words = columns.at(Field::Outcome).map(|column| sight.values(column)).unwrap_or_default();
    let is_about_answers = |value: &&[u8]| {
        let text = String::from_utf8_lossy(value);
        (sight.meaning)(&text).is_some_and(Word::is_about_answers)
    };
    Tells {
        answers: has(Field::Answered),
        answers_in_words: words.iter().any(is_about_answers),
        words: has(Field::Outcome),
        talk: has(Field::Talk) || has(Field::Handle),
        reply: columns.at(Field::Wait).is_some_and(|column| {
            crate::guess::says_replied(&crate::fold::words(&rows.header()[column]))
        }),
        resolution: has(Field::Resolution),
        ends_settle: forms::ends_settle(rows, columns),
        brief: false,
    }
}

/// What a field that holds a time says, where it cannot be read.
struct Trouble<'a> {
    field: Field,
    value: &'a [u8],
    why: Unread,
}

impl Plan {
    /// What stands in a field; nothing where it is empty, or says so.
    fn get<'a>(&self, row: &'a Row, field: Field) -> Option<&'a [u8]> {
        self.filled(row.get(self.columns.at(field))?)
    }

    fn filled<'a>(&self, value: &'a [u8]) -> Option<&'a [u8]> {
        let is_empty =
            is_empty_mark(value) || !self.meanings.0.is_empty() && self.meanings.is_empty(value);
        (!is_empty).then_some(value)
    }

    /// The time in a field. A clock alone belongs to the day of `beside`.
    fn time<'a>(
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
    fn shown(&self, row: &Row, field: Field) -> String {
        shown(self.get(row, field).unwrap_or_default())
    }

    fn lengths<'a>(&self, row: &'a Row) -> (Lengths, Option<(Field, &'a [u8])>) {
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
}

impl Reader for Plain {
    fn row(
        &mut self,
        rows: &Rows,
        names: &mut Known,
        each: &mut dyn FnMut(&Contact),
    ) -> Result<(), Fault> {
        self.read += 1;
        match self.contact(rows, names) {
            Ok(contact) => {
                self.compared.keep(contact.arrived, contact.outcome.is_answered());
                self.samples.look(&contact, names);
                each(&contact);
                Ok(())
            }
            Err(fault) => {
                if matches!(fault, Fault::Row(_)) {
                    let row = rows.row();
                    let arrived = self.plan.time(row, Field::Arrived, None).ok().flatten();
                    let answered = self.plan.time(row, Field::Answered, arrived).ok().flatten();
                    self.compared.leave_out(arrived.or(answered), answered.is_some());
                }
                Err(fault)
            }
        }
    }

    fn end(
        self: Box<Self>,
        _: &mut Known,
        _: &mut dyn FnMut(&Contact),
    ) -> Result<Told, Diagnostic> {
        self.doubts.settle(&self.name, self.read)?;
        self.not_mostly_early()?;
        let tells = self.plan.tells.answer_rate();
        let some = |number: u64, caveat: fn(u64) -> Caveat| (number > 0).then(|| caveat(number));
        let caveats = [
            (!tells).then_some(Caveat::NoAnswers),
            self.doubts.caveat(),
            some(self.odd.early_answers, Caveat::EarlyAnswers),
            some(self.odd.early_ends, Caveat::EarlyEnds),
            some(self.odd.unended, Caveat::Unended),
            some(self.twice, Caveat::ShownTwice),
            self.compared.caveat(tells),
        ];
        let mut notes = self.notes;
        notes.extend(self.doubts.note());
        Ok(Told {
            fields: fields(&self.plan),
            left_out: Vec::new(),
            caveats: caveats.into_iter().flatten().collect(),
            tells_answer_rate: tells,
            reading: Reading {
                taken: self.plan.columns.taken(&self.plan.header),
                samples: self.samples.all(),
                notes,
            },
        })
    }
}

/// The fields that contacts have: times that follow from lengths among them.
fn fields(plan: &Plan) -> Vec<Field> {
    let has = |field| plan.columns.at(field).is_some();
    let any = |fields: &[Field]| fields.iter().any(|field| has(*field));
    let is_there = |field: &Field| match field {
        Field::Answered => {
            any(&[Field::Answered, Field::Wait]) || has(Field::Duration) && has(Field::Talk)
        }
        Field::Closed => {
            let lengths = [Field::Talk, Field::Handle, Field::Duration, Field::Resolution];
            has(Field::Closed) || any(&lengths) || has(Field::Wait) && plan.tells.answer_rate()
        }
        field => has(*field),
    };
    Field::ALL.into_iter().filter(is_there).collect()
}

impl Plain {
    fn contact(&mut self, rows: &Rows, names: &mut Known) -> Result<Contact, Fault> {
        rows.has_all_fields()?;
        let row = rows.row();
        let line = row.line;
        let arrived = match self.plan.time(row, Field::Arrived, None) {
            Ok(Some(arrived)) => arrived,
            Ok(None) => return Err("`arrived` is empty".to_owned().into()),
            Err(trouble) => return Err(self.fault(rows, &trouble)),
        };
        let plan = &self.plan;
        self.checks.zone("arrived", arrived, || plan.shown(row, Field::Arrived))?;
        let answered = self.when(rows, Field::Answered, arrived)?;
        let closed = self.when(rows, Field::Closed, arrived)?;
        self.count_twice(row, [Some(arrived), at(answered), at(closed)]);
        let (lengths, bad) = self.plan.lengths(row);
        if let Some((field, value)) = bad {
            let why =
                format!("`{}` is not a length of time: `{}`", self.column(field), shown(value));
            self.doubts.time(line, value, why);
        }
        let word = self.word(row);
        if let Some(id) = self.plan.get(row, Field::Id)
            && !self.checks.is_new(id)
        {
            return Err(Fault::Row(format!("the id `{}` has come before", shown(id))));
        }
        let text = |field| self.plan.get(row, field).map(String::from_utf8_lossy);
        let named = |field, names: &mut Names, otherwise: &str| match text(field) {
            Some(name) => numbered(field, &name, names),
            None => Ok(names.number(otherwise).unwrap_or(0)),
        };
        let some = |field, names: &mut Names| {
            text(field).map(|name| numbered(field, &name, names)).transpose()
        };
        let contact = Contact {
            customer: self.plan.get(row, Field::Customer).map(hash_of),
            company: named(Field::Company, &mut names.companies, "company")?,
            channel: named(Field::Channel, &mut names.channels, "channel")?,
            kind: some(Field::Kind, &mut names.kinds)?,
            agent: some(Field::Agent, &mut names.agents)?,
            // These are optional: one that does not fit is not known.
            priority: self.plan.get(row, Field::Priority).and_then(rank),
            public: text(Field::Public).and_then(|text| truth(&text)),
            followers: self.plan.get(row, Field::Followers).and_then(number),
            ..Contact::arrived_at(line, arrived)
        };
        let unclear = contact.clone();
        let parts = Parts { contact, answered, closed, word, lengths };
        Ok(assemble(parts, &self.plan.tells, &mut self.odd).unwrap_or_else(|_| {
            let (column, word) =
                (self.column(Field::Outcome), self.plan.shown(row, Field::Outcome));
            let why = format!(
                "`{column}` is `{word}`, but `{}` has a time",
                self.column(Field::Answered)
            );
            self.doubts.add(line, why);
            Contact { outcome: Outcome::Unknown, ..unclear }
        }))
        .and_then(|contact| {
            doubts::given_up(&self.doubts, rows, self.read).map_err(Fault::Log)?;
            Ok(contact)
        })
    }

    /// When something happened that may not have: what cannot be read is a doubt.
    fn when(&mut self, rows: &Rows, field: Field, arrived: Moment) -> Result<When, Fault> {
        let row = rows.row();
        let moment = match self.plan.time(row, field, Some(arrived)) {
            Ok(None) => return Ok(When::Never),
            Ok(Some(moment)) => moment,
            Err(trouble) => {
                let value = trouble.value;
                return match self.fault(rows, &trouble) {
                    Fault::Row(why) => {
                        self.doubts.time(row.line, value, why);
                        Ok(When::Unclear)
                    }
                    fault => Err(fault),
                };
            }
        };
        let plan = &self.plan;
        if let Err(why) = self.checks.zone(field.name(), moment, || plan.shown(row, field)) {
            self.doubts.add(row.line, why);
            return Ok(When::Unclear);
        }
        Ok(When::At(moment))
    }

    fn word(&mut self, row: &Row) -> Option<Said> {
        let raw = self.plan.get(row, Field::Outcome)?;
        let known = match self.words.get(raw) {
            Some(word) => *word,
            None => {
                let word = self.plan.meanings.of(&String::from_utf8_lossy(raw));
                if self.words.len() < MOST_WORDS {
                    self.words.insert(raw.to_vec(), word);
                }
                word
            }
        };
        Some(known.map_or_else(
            || {
                let column = self.column(Field::Outcome);
                self.doubts.word(row.line, &column, raw);
                Said::Unknown
            },
            Said::Word,
        ))
    }

    /// What is wrong with a time.
    fn fault(&self, rows: &Rows, trouble: &Trouble<'_>) -> Fault {
        let Trouble { field, value, why } = *trouble;
        let (column, value) = (self.column(field), shown(value));
        let dates = self.plan.forms.dates(field);
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
    fn column(&self, field: Field) -> String {
        let column = self.plan.columns.at(field).and_then(|column| self.plan.header.get(column));
        column.map_or_else(|| field.name().to_owned(), |name| shown(name.as_bytes()))
    }

    /// Counts times that clocks show twice, where a zone gives them their offset.
    fn count_twice(&mut self, row: &Row, moments: [Option<Moment>; TIMES.len()]) {
        let zone = &self.plan.forms.zone;
        if zone.name().is_none() {
            return;
        }
        for (field, moment) in TIMES.into_iter().zip(moments) {
            let is_twice = moment.is_some_and(|moment| zone.comes_twice(moment.wall_ms));
            let is_local = || self.plan.get(row, field).is_some_and(Written::is_local);
            self.twice += u64::from(is_twice && is_local());
        }
    }

    /// Refuses a log most of whose answers come before the contacts: the wrong column was taken.
    fn not_mostly_early(&self) -> Result<(), Diagnostic> {
        let early = self.odd.early_answers.max(self.odd.early_ends);
        if early <= 10 || early * 2 <= self.read {
            return Ok(());
        }
        let (field, what) = if self.odd.early_answers >= self.odd.early_ends {
            (Field::Answered, "answers")
        } else {
            (Field::Closed, "ends")
        };
        Err(Diagnostic::in_source(
            &self.name,
            None,
            format!("most {what} come before the contacts: `{}` is earlier than `{}`", self.column(field), self.column(Field::Arrived)),
        )
        .help("take other columns: `--map COLUMN=arrived --map COLUMN=answered`, or the right `--dates`"))
    }
}

fn at(when: When) -> Option<Moment> {
    match when {
        When::At(moment) => Some(moment),
        When::Never | When::Unclear => None,
    }
}
