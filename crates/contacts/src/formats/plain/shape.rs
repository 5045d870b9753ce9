//! What kind of log it is, as its columns and first rows show: what it can tell, whether contacts last
//! minutes, and which columns do not hold what they seem to.

use std::collections::BTreeMap;

use crate::assemble::Tells;
use crate::field::Field;
use crate::fold::words;
use crate::formats::plan::{Columns, Plan, ends_settle};
use crate::guess::{Sight, asks_for_the_lost, says_replied};
use crate::length::Unit;
use crate::note::{How, Note};
use crate::rows::{Column, Row, Rows};
use crate::words::{Word, truth};

/// What the columns can tell at all.
pub(super) fn tells(rows: &Rows, columns: &Columns, sight: &Sight<'_>) -> Tells {
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
            .is_some_and(|column| says_replied(&words(&rows.header()[column]))),
        resolution: has(Field::Resolution),
        ends_settle: ends_settle(rows, columns),
        brief: false,
    }
}

/// On which channels answered contacts are over within minutes, as calls and chats are: nobody who has
/// neither an answer nor an end still waits there.
#[derive(Default)]
pub(super) struct Brief {
    /// What the first rows show of a channel, by what stands in its column.
    of: BTreeMap<Vec<u8>, bool>,
    /// What is taken where they show nothing: what all the others show.
    otherwise: bool,
}

impl Brief {
    pub fn of(plan: &Plan, rows: &[Row]) -> Self {
        let mut shown: BTreeMap<Vec<u8>, Lasting> = BTreeMap::new();
        for row in rows {
            shown.entry(channel(plan, row).to_vec()).or_default().add(plan, row);
        }
        let of: BTreeMap<Vec<u8>, bool> = shown
            .into_iter()
            .filter_map(|(channel, lasting)| Some((channel, lasting.brief()?)))
            .collect();
        let otherwise = !of.is_empty() && of.values().all(|brief| *brief);
        Self { of, otherwise }
    }

    /// On the channel of this row.
    pub fn at(&self, plan: &Plan, row: &Row) -> bool {
        self.of.get(channel(plan, row)).copied().unwrap_or(self.otherwise)
    }
}

fn channel<'a>(plan: &Plan, row: &'a Row) -> &'a [u8] {
    plan.get(row, Field::Channel).unwrap_or_default()
}

/// How long contacts of one channel last.
#[derive(Default)]
struct Lasting {
    waits: Vec<i64>,
    talks: Vec<i64>,
    answers: usize,
}

impl Lasting {
    fn add(&mut self, plan: &Plan, row: &Row) {
        let Ok(Some(arrived)) = plan.time(row, Field::Arrived, None) else { return };
        let lengths = plan.lengths(row).0;
        let time = |field| plan.time(row, field, Some(arrived)).ok().flatten();
        let wait = time(Field::Answered).map(|answered| arrived.until(answered)).or(lengths.wait);
        let talk = time(Field::Answered)
            .zip(time(Field::Closed))
            .map(|(from, to)| from.until(to))
            .or(lengths.talk)
            .or(lengths.handle)
            .filter(|ms| *ms > 0);
        self.answers += usize::from(time(Field::Answered).is_some());
        if let (Some(wait), Some(talk)) = (wait, talk) {
            self.waits.push(wait);
            self.talks.push(talk);
        }
    }

    /// Whether they are over within minutes; `None` where too few show it.
    fn brief(mut self) -> Option<bool> {
        const WAIT_MS: i64 = 10 * 60_000;
        const TALK_MS: i64 = 30 * 60_000;
        const FEWEST: usize = 5;
        let median = |all: &mut Vec<i64>| {
            all.sort_unstable();
            all.get(all.len() / 2).copied().unwrap_or(i64::MAX)
        };
        let told = self.talks.len() * 10 >= self.answers * 9;
        if self.talks.len().max(self.answers) < FEWEST {
            return None;
        }
        let short = median(&mut self.waits) <= WAIT_MS && median(&mut self.talks) <= TALK_MS;
        Some(told && short)
    }
}

/// Takes assumed seconds to be milliseconds, where as seconds most waits or talks would be longer than
/// their contacts.
pub(super) fn settle_units(plan: &mut Plan, rows: &[Row], notes: &mut [Note]) {
    let assumed: Vec<Field> = notes.iter().filter_map(Note::assumes_seconds).collect();
    let is_too_long = |plan: &Plan| {
        let (mut long, mut all) = (0, 0);
        for row in rows {
            let Ok(Some(arrived)) = plan.time(row, Field::Arrived, None) else { continue };
            let Ok(Some(closed)) = plan.time(row, Field::Closed, Some(arrived)) else { continue };
            let lengths = plan.lengths(row).0;
            let parts = [(Field::Wait, lengths.wait), (Field::Talk, lengths.talk)];
            let parts = parts.into_iter().filter(|(field, _)| assumed.contains(field));
            let length: i64 = parts.filter_map(|(_, ms)| ms).sum();
            if length > 0 {
                // Times may be cut to the minute.
                long += usize::from(length > arrived.until(closed) + 60_000);
                all += 1;
            }
        }
        long * 2 > all
    };
    if !is_too_long(plan) {
        return;
    }
    for field in &assumed {
        plan.forms.take_unit(*field, Unit::Milliseconds);
    }
    let unit = if is_too_long(plan) { Unit::Seconds } else { Unit::Milliseconds };
    for field in assumed {
        plan.forms.take_unit(field, unit);
    }
    notes.iter_mut().for_each(|note| note.assume(unit));
}

/// Whether the words of a log answer the question whether a contact was lost: then yes means
/// that nobody answered.
pub(super) fn is_inverted(rows: &Rows, columns: &Columns, sight: &Sight<'_>) -> bool {
    let is_truth =
        |value: &&[u8]| std::str::from_utf8(value).is_ok_and(|text| truth(text).is_some());
    columns.at(Field::Outcome).is_some_and(|column| {
        asks_for_the_lost(&words(&rows.header()[column]))
            && sight.values(column).iter().all(is_truth)
    })
}

/// The column of a guessed field, if most of its times in these rows are before the arrivals.
pub(super) fn early(plan: &Plan, rows: &[Row], field: Field) -> Option<Column> {
    plan.columns.how(field).filter(|how| *how == How::Guessed)?;
    let (mut early, mut all) = (0, 0);
    for row in rows {
        let Ok(Some(arrived)) = plan.time(row, Field::Arrived, None) else { continue };
        let Ok(Some(moment)) = plan.time(row, field, Some(arrived)) else { continue };
        early += usize::from(arrived.until(moment) < 0);
        all += 1;
    }
    plan.columns.at(field).filter(|_| early * 2 > all)
}

/// The fields that contacts have: times that follow from lengths among them.
pub(super) fn fields(plan: &Plan, tells: &Tells) -> Vec<Field> {
    let has = |field| plan.columns.at(field).is_some();
    let any = |fields: &[Field]| fields.iter().any(|field| has(*field));
    let is_there = |field: &Field| match field {
        Field::Answered => {
            any(&[Field::Answered, Field::Wait])
                || has(Field::Duration) && has(Field::Talk) && !plan.columns.holds_more
        }
        Field::Closed => {
            let lengths = [Field::Talk, Field::Handle, Field::Duration, Field::Resolution];
            has(Field::Closed) || any(&lengths) || has(Field::Wait) && tells.answer_rate()
        }
        field => has(*field),
    };
    Field::ALL.into_iter().filter(is_there).collect()
}
