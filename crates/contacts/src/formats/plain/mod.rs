//! The plain format: one row a contact, in columns of any names.
//!
//! Which column holds what is said by `--map`, by the fields' own names, or guessed by names and values;
//! how times, lengths and words are written is decided over whole columns. Only `arrived` must be there.

pub(super) mod doubts;
mod left_out;
mod shape;
mod sums;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use super::plan::{Plan, Samples, TIMES};
use super::reader::{Fault, Reader, Told};
use super::repeats::Repeats;
use crate::about::{Known, Options};
use crate::assemble::{Odd, Parts, Said, Tells, When, assemble};
use crate::caveat::Caveat;
use crate::checks::Checks;
use crate::contact::{Contact, Outcome};
use crate::field::Field;
use crate::ids::Ids;
use crate::moment::{Moment, Written};
use crate::names::Names;
use crate::note::{Note, Reading};
use crate::rows::{Column, REPEATED, Row, Rows};
use crate::values::shown;
use crate::words::Word;
use doubts::Doubts;
use heard_text::diagnostic::Diagnostic;
use left_out::Compared;

/// Different words that are remembered.
const MOST_WORDS: usize = 1_000;

/// A plain log on its way.
pub(super) struct Plain {
    name: String,
    /// Whether an id may come again.
    repeats: bool,
    plan: Plan,
    tells: Tells,
    brief: shape::Brief,
    /// Whether yes means that nobody answered.
    inverted: bool,
    checks: Checks,
    ids: Ids,
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
    if options.format.is_none()
        && let Some(refusal) = sums::refusal(rows)
    {
        return Err(refusal);
    }
    let plain = Plain::new(rows, options, &[])?;
    if let Some(id) = plain.plan.columns.at(Field::Id) {
        let repeats = Repeats::of(rows.ahead(), id);
        if repeats.are_many() {
            return Err(repeats.refusal(rows, id));
        }
    }
    Ok(Box::new(plain))
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
        let tells = self.tells.answer_rate();
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
            fields: shape::fields(&self.plan, &self.tells),
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
    fn new(rows: &Rows, options: &Options, given: &[(Field, Column)]) -> Result<Self, Diagnostic> {
        let (mut plan, mut notes) = Plan::of(rows, options, given)?;
        for field in [Field::Answered, Field::Closed] {
            if let Some(column) = shape::early(&plan, rows.ahead(), field) {
                plan.columns.drop(field);
                notes.push(Note::Earlier { column: rows.header()[column].clone(), field });
            }
        }
        shape::settle_units(&mut plan, rows.ahead(), &mut notes);
        let (tells, inverted) = Plan::sight(rows, &plan.meanings, |sight| {
            let columns = &plan.columns;
            (shape::tells(rows, columns, sight), shape::is_inverted(rows, columns, sight))
        });
        let waits = plan.columns.at(Field::Wait).filter(|_| !tells.answer_rate() && !tells.words);
        notes.extend(waits.map(|column| Note::WaitsWithoutOutcome(rows.header()[column].clone())));
        let brief = shape::Brief::of(&plan, rows.ahead());
        Ok(Self {
            name: rows.name().to_owned(),
            repeats: false,
            plan,
            tells,
            brief,
            inverted,
            checks: Checks::default(),
            ids: Ids::default(),
            odd: Odd::default(),
            doubts: Doubts::default(),
            compared: Compared::default(),
            samples: Samples::default(),
            words: BTreeMap::new(),
            twice: 0,
            notes,
            read: 0,
        })
    }

    /// A log whose ids may come again; these columns are taken before any that is guessed.
    pub(super) fn with_repeats(
        rows: &Rows,
        options: &Options,
        given: &[(Field, Column)],
    ) -> Result<Self, Diagnostic> {
        Ok(Self { repeats: true, ..Self::new(rows, options, given)? })
    }

    /// The id of a row's contact.
    pub(super) fn id<'a>(&self, row: &'a Row) -> Option<&'a [u8]> {
        self.plan.get(row, Field::Id)
    }

    fn contact(&mut self, rows: &Rows, names: &mut Known) -> Result<Contact, Fault> {
        rows.has_all_fields()?;
        let row = rows.row();
        let line = row.line;
        let arrived = self.plan.arrival(rows, &mut self.checks)?;
        let answered = self.when(rows, Field::Answered, arrived)?;
        let closed = self.when(rows, Field::Closed, arrived)?;
        self.count_twice(row, [Some(arrived), at(answered), at(closed)]);
        let (lengths, bad) = self.plan.lengths(row);
        if let Some((field, value)) = bad {
            let why = format!(
                "`{}` is not a length of time: `{}`",
                self.plan.column(field),
                shown(value)
            );
            self.doubts.time(line, value, why);
        }
        let word = self.word(row);
        let rest = |each: &mut dyn FnMut(&[u8])| {
            rows.scan(&mut |row| {
                if row.line > line
                    && let Some(id) = self.plan.get(row, Field::Id)
                {
                    each(id);
                }
                ControlFlow::Continue(())
            })
        };
        if let Some(id) = self.plan.get(row, Field::Id)
            && !self.repeats
            && !self.ids.is_new(id, &rest).map_err(Fault::Log)?
        {
            return Err(Fault::Row(format!("the id `{}` {REPEATED}", shown(id))));
        }
        let traits = self.plan.traits(row, names)?;
        let or_else = |number: Option<u32>, names: &mut Names, otherwise: &str| {
            number.or_else(|| names.number(otherwise)).unwrap_or(0)
        };
        let contact = Contact {
            customer: traits.customer,
            company: or_else(traits.company, &mut names.companies, "company"),
            channel: or_else(traits.channel, &mut names.channels, "channel"),
            kind: traits.kind,
            agent: self.plan.agent(row, names)?,
            priority: traits.priority,
            public: traits.public,
            followers: traits.followers,
            ..Contact::arrived_at(line, arrived)
        };
        let unclear = contact.clone();
        let parts = Parts { contact, answered, closed, word, lengths };
        let tells = Tells { brief: self.brief.at(&self.plan, row), ..self.tells };
        Ok(assemble(parts, &tells, &mut self.odd).unwrap_or_else(|_| {
            let (column, word) =
                (self.plan.column(Field::Outcome), self.plan.shown(row, Field::Outcome));
            let why = format!(
                "`{column}` is `{word}`, but `{}` has a time",
                self.plan.column(Field::Answered)
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
                return match self.plan.fault(rows, &trouble) {
                    Fault::Row(why) => {
                        self.doubts.time(row.line, value, why);
                        Ok(When::Unclear)
                    }
                    fault => Err(fault),
                };
            }
        };
        let value = || self.plan.shown(row, field);
        if let Err(why) = self.checks.zone(field.name(), moment, value) {
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
                let word = match self.plan.meanings.word(&String::from_utf8_lossy(raw)) {
                    Some(Word::Answered) if self.inverted => Some(Word::Abandoned),
                    Some(Word::NotAnswered) if self.inverted => Some(Word::Answered),
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
                let column = self.plan.column(Field::Outcome);
                self.doubts.word(row.line, &column, raw);
                Said::Unknown
            },
            Said::Word,
        ))
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
            format!("most {what} come before the contacts: `{}` is earlier than `{}`", self.plan.column(field), self.plan.column(Field::Arrived)),
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
