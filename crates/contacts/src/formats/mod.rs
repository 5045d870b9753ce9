//! The formats that a log can have: one table, and a file for each reader.
//!
//! To add one, write a file with a type that implements `Reader` in `reader.rs`, and add an entry to
//! [`FORMATS`].

mod bank;
mod case;
mod cdr;
mod events;
mod extra;
mod plain;
mod plan;
mod queue_log;
mod reader;
mod repeats;
mod snapshots;
mod steps;
mod texts;
mod tweets;

use crate::about::{About, Options};
use crate::contact::Contact;
use crate::field::{Field, Mapping};
use crate::rows::Rows;
use heard_text::diagnostic::Diagnostic;
use reader::Reader;

/// One format.
#[derive(Debug)]
pub struct Format {
    /// What `--as` calls it.
    pub key: &'static str,
    /// Its name in a sentence.
    pub name: &'static str,
    /// What it is, in one line.
    pub about: &'static str,
    /// What it is recognized by, in one line.
    pub known_by: &'static str,
    recognize: fn(&Rows, &Options) -> bool,
    /// Columns that its reader takes for a field by itself: a `--map` that says the same changes nothing.
    takes: &'static [(&'static str, Field)],
    /// Fields that `--map` adds to it. Any other makes a log plain.
    adds: &'static [Field],
    open: fn(&Rows, &Options) -> Opened,
}

/// A reader that is ready for the first row.
type Opened = Result<Box<dyn Reader>, Diagnostic>;

/// One row a contact, in columns of any names: the format of any log that no other fits.
pub static PLAIN: Format = Format {
    key: "plain",
    name: "one row per contact",
    about: "One row per contact, in columns of any names",
    known_by: "Nothing: it is taken where no other format is recognized",
    recognize: |_, _| true,
    takes: &[],
    adds: &Field::ALL,
    open: plain::open,
};

/// One row an event.
pub static EVENTS: Format = Format {
    key: "events",
    name: "one row per event",
    about: "One row per event: ServiceNow, Jira, process mining (XES)",
    known_by: "Ids that repeat, and a column of activities that differ from row to row of an id",
    recognize: events::recognize,
    takes: &[],
    adds: &Field::ALL,
    open: events::open,
};

/// One row a state.
pub static STATES: Format = Format {
    key: "states",
    name: "one row per state",
    about: "One row per state: the whole contact again whenever it changes, as in ServiceNow",
    known_by: "Ids that repeat with the same arrival, and a column that says when a contact was answered or closed",
    recognize: snapshots::recognize,
    takes: &[],
    adds: &Field::ALL,
    open: snapshots::open,
};

/// Asterisk's call detail records.
pub static CDR: Format = Format {
    key: "cdr",
    name: "Asterisk CDR",
    about: "Asterisk's call detail records, from a database or Master.csv",
    known_by: "Its columns: calldate or start, duration, billsec and disposition; in Master.csv, their places",
    recognize: |rows, _| cdr::recognize(rows),
    takes: &cdr::TAKES,
    adds: &extra::ADDS,
    open: cdr::open,
};

/// Asterisk's log of queues.
pub static QUEUE_LOG: Format = Format {
    key: "queue-log",
    name: "Asterisk queue_log",
    about: "Asterisk's queue_log, the file or the table of a database",
    known_by: "Its events, such as ENTERQUEUE and CONNECT",
    recognize: |rows, _| queue_log::recognize(rows),
    takes: &queue_log::TAKES,
    adds: &extra::ADDS,
    open: queue_log::open,
};

/// "Customer Support on Twitter".
pub static TWEETS: Format = Format {
    key: "tweets",
    name: "Customer Support on Twitter",
    about: "\"Customer Support on Twitter\" (ThoughtVector): one row per tweet",
    known_by: "Its columns: tweet_id, author_id, inbound and others",
    recognize: |rows, _| has_all(rows, &tweets::COLUMNS),
    takes: &[],
    adds: &[],
    open: tweets::open,
};

/// "Anonymous Bank".
pub static BANK: Format = Format {
    key: "bank",
    name: "Anonymous Bank",
    about: "\"Anonymous Bank\" (Guedj and Mandelbaum, Technion): one row per call",
    known_by: "Its columns: vru_exit, q_start, q_exit, ser_start and others",
    recognize: |rows, _| has_all(rows, &bank::COLUMNS),
    takes: &[],
    adds: &[],
    open: bank::open,
};

/// Every format. A log has the first that recognizes it; the last recognizes any.
pub static FORMATS: [&Format; 7] = [&TWEETS, &BANK, &CDR, &QUEUE_LOG, &STATES, &EVENTS, &PLAIN];

impl Format {
    /// The format that `--as` calls so.
    #[must_use]
    pub fn of_key(key: &str) -> Option<&'static Self> {
        FORMATS.into_iter().find(|format| format.key == key)
    }

    /// Reads a log and shows every contact to `each`. The number of contacts and the span of time are
    /// filled in by the caller.
    ///
    /// # Errors
    /// Where the log breaks off, lacks what the format needs, or too many of its rows cannot be read.
    pub(crate) fn read(
        &self,
        rows: Rows,
        options: &Options,
        each: &mut dyn FnMut(&Contact),
    ) -> Result<About, Diagnostic> {
        let reader = (self.open)(&rows, options)?;
        reader::read(self.name, reader, rows, options, each)
    }

    /// Whether the reader can do as `--map` says.
    fn admits(&self, map: &[Mapping]) -> bool {
        map.iter().all(|Mapping { column, field, .. }| {
            // A column that is left out was not taken, unless the format takes it.
            let Some(field) = field else {
                return !self.takes.iter().any(|(name, _)| name.eq_ignore_ascii_case(column));
            };
            let takes =
                |(name, taken): &(&str, Field)| taken == field && name.eq_ignore_ascii_case(column);
            self.adds.contains(field) || self.takes.iter().any(takes)
        })
    }
}

/// The format of an open log: what `--as` says, or else the first that recognizes it and can do as
/// `--map` says.
pub(crate) fn of(rows: &Rows, options: &Options) -> &'static Format {
    let is_it = |format: &&Format| (format.recognize)(rows, options) && format.admits(&options.map);
    options.format.or_else(|| FORMATS.into_iter().find(is_it)).unwrap_or(&PLAIN)
}

fn has_all(rows: &Rows, columns: &[&str]) -> bool {
    columns.iter().all(|column| rows.column(column).is_some())
}
