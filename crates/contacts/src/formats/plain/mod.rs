//! The plain format: one row a contact, in columns of any names.
//!
//! Which column holds what is said by `--map`, by the fields' own names, or guessed by names and values;
//! how times, lengths and words are written is decided over whole columns. Only `arrived` must be there.

mod columns;
mod doubts;
mod forms;
mod left_out;
mod plan;
mod sample;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use super::reader::{Fault, Reader, Told, number as numbered};
use crate::about::{Known, Options};
use crate::assemble::{Odd, Parts, Said, When, assemble};
use crate::caveat::Caveat;
use crate::checks::{Checks, hash_of};
use crate::contact::{Contact, Outcome};
use crate::field::Field;
use crate::guess::fit::{number, rank};
use crate::moment::{Moment, Unread, Written};
use crate::names::Names;
use crate::note::{Note, Reading};
use crate::rows::{Row, Rows};
use crate::values::shown;
use crate::words::{Word, truth};
use doubts::Doubts;
use forms::TIMES;
use heard_text::diagnostic::Diagnostic;
use left_out::Compared;
use plan::{Plan, Trouble};
use sample::Samples;

/// Different words that are remembered.
const MOST_WORDS: usize = 1_000;

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
    let (plan, notes) = Plan::of(rows, options)?;
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
            fields: self.plan.fields(),
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
                let word = match self.plan.meanings.of(&String::from_utf8_lossy(raw)) {
                    Some(Word::Answered) if self.plan.inverted => Some(Word::Abandoned),
                    Some(Word::NotAnswered) if self.plan.inverted => Some(Word::Answered),
                    word => word,
                };
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
