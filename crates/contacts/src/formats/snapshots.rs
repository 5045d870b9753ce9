//! One row a state: the whole contact again whenever something about it changes, as ServiceNow exports
//! incidents. The last row of an id tells what became of it: the latest by the column that says when the
//! row was written, or else the one furthest down.

use indexmap::{IndexMap, IndexSet};

use super::events::{NAMES, named};
use super::plain::Plain;
use super::plan::{Plan, Samples};
use super::reader::{Fault, Reader, Told};
use super::repeats::Repeats;
use crate::about::{Known, Options};
use crate::caveat::Caveat;
use crate::checks::hash_of;
use crate::contact::Contact;
use crate::field::Field;
use crate::rows::{Column, Row, Rows};
use heard_text::diagnostic::Diagnostic;

/// Names of columns that say when a row was written, folded and parted by blanks.
const WRITTEN: [&str; 12] = [
    "sys updated at",
    "sys updated on",
    "updated at",
    "updated on",
    "updated",
    "last updated",
    "last modified",
    "modified at",
    "modified",
    "last changed",
    "changed at",
    "geandert am",
];

/// Share of ids with several rows whose arrival must be the same in all of them.
const SAME: f64 = 0.9;

/// Whether a row of the log is a state of a contact: ids repeat, with the same arrival.
pub(crate) fn recognize(rows: &Rows, options: &Options) -> bool {
    let mapped = options.map.iter().find(|mapping| mapping.field == Some(Field::Id));
    let id = match mapped {
        Some(mapping) => rows.column(&mapping.column),
        None => named(rows, options, NAMES.id),
    };
    let Some(id) = id.filter(|id| Repeats::of(rows.ahead(), *id).are_many()) else { return false };
    let Ok((plan, _)) = Plan::of(rows, options, &[(Field::Id, id)]) else { return false };
    let ends = [Field::Answered, Field::Closed].iter().any(|field| plan.has(*field));
    ends && plan
        .columns
        .at(Field::Arrived)
        .is_some_and(|arrived| is_same(rows.ahead(), id, arrived))
}

/// Whether a column says the same in all rows of an id.
fn is_same(rows: &[Row], id: Column, column: Column) -> bool {
    let mut seen: IndexMap<&[u8], (usize, IndexSet<&[u8]>)> = IndexMap::new();
    for row in rows {
        let Some(id) = row.get(Some(id)) else { continue };
        let (rows, values) = seen.entry(id).or_default();
        *rows += 1;
        values.insert(row.get(Some(column)).unwrap_or_default());
    }
    let several = || seen.values().filter(|(rows, _)| *rows > 1);
    let same = several().filter(|(_, values)| values.len() == 1).count();
    same as f64 >= SAME * several().count() as f64
}

/// The states of contacts.
struct Snapshots {
    plain: Box<Plain>,
    /// When a row was written.
    written: Option<Plan>,
    last: IndexMap<u64, (i64, Contact)>,
}

pub(crate) fn open(rows: &Rows, options: &Options) -> Result<Box<dyn Reader>, Diagnostic> {
    let id = named(rows, options, NAMES.id).map(|id| (Field::Id, id));
    let plain = Plain::with_repeats(rows, options, id.as_slice())?;
    let written = named(rows, options, &WRITTEN);
    let written = written.map(|column| Plan::fixed(rows, options, &[(Field::Arrived, column)]));
    let written = written.transpose()?.map(|(plan, _)| plan);
    Ok(Box::new(Snapshots { plain: Box::new(plain), written, last: IndexMap::new() }))
}

impl Reader for Snapshots {
    fn row(
        &mut self,
        rows: &Rows,
        names: &mut Known,
        _: &mut dyn FnMut(&Contact),
    ) -> Result<(), Fault> {
        let mut contact = None;
        self.plain.row(rows, names, &mut |read| contact = Some(read.clone()))?;
        let (Some(contact), row) = (contact, rows.row()) else { return Ok(()) };
        let id = self.plain.id(row).ok_or_else(|| "the id is empty".to_owned())?;
        let written = self.written.as_ref().and_then(|plan| {
            plan.time(row, Field::Arrived, None).ok().flatten().map(|moment| moment.instant_ms())
        });
        let written = written.unwrap_or(i64::MIN);
        let (last, kept) = self.last.entry(hash_of(id)).or_insert((written, contact.clone()));
        if written >= *last {
            (*last, *kept) = (written, contact);
        }
        Ok(())
    }

    fn end(
        self: Box<Self>,
        names: &mut Known,
        each: &mut dyn FnMut(&Contact),
    ) -> Result<Told, Diagnostic> {
        let mut samples = Samples::default();
        for (_, contact) in self.last.into_values() {
            samples.look(&contact, names);
            each(&contact);
        }
        let mut told = self.plain.end(names, each)?;
        told.reading.samples = samples.all();
        told.caveats.insert(0, Caveat::LastStates);
        Ok(told)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contact::Outcome;
    use crate::log::tests::contacts;

    const HEADER: &str = "number,incident_state,opened_at,sys_updated_at,resolved_at,assigned_to\n";

    #[test]
    fn the_last_row_of_an_id_tells_what_became_of_it() {
        // In the order of the file, the last row of INC2 is not the latest.
        let rows = "\
INC1,New,29/2/2016 01:16,29/2/2016 01:23,?,?
INC2,New,29/2/2016 02:00,29/2/2016 02:10,?,?
INC1,Active,29/2/2016 01:16,29/2/2016 08:53,?,ann
INC2,Closed,29/2/2016 02:00,5/3/2016 12:00,3/3/2016 10:00,bob
INC1,Closed,29/2/2016 01:16,5/3/2016 12:00,29/2/2016 11:29,ann
INC2,Resolved,29/2/2016 02:00,3/3/2016 10:00,?,bob
INC3,New,1/3/2016 02:00,1/3/2016 02:10,?,?
INC3,Active,1/3/2016 02:00,1/3/2016 02:20,?,?
INC3,Active,1/3/2016 02:00,1/3/2016 02:30,?,?
";
        let (about, all) = contacts(&(HEADER.to_owned() + rows), &Options::default()).unwrap();
        assert_eq!((about.format, about.rows, about.contacts), ("one row per state", 9, 3));
        let closed =
            |contact: &Contact| contact.closed.map(|closed| contact.arrived.until(closed) / 60_000);
        let fates: Vec<_> =
            all.iter().map(|all| (all.outcome, closed(all), all.resolved)).collect();
        // From 1:16 to 11:29; from 29 February 2:00 to 3 March 10:00.
        let expected = [
            (Outcome::Unknown, Some(10 * 60 + 13), Some(true)),
            (Outcome::Unknown, Some((3 * 24 + 8) * 60), Some(true)),
            (Outcome::Unknown, None, Some(false)),
        ];
        assert_eq!(fates, expected);
        assert!(about.caveats.contains(&Caveat::LastStates));
    }
}
