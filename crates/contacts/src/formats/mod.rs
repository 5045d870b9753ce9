//! The formats that a log can have: one table, and a file for each reader.
//!
//! To add one, write a file with a type that implements [`Reader`](reader::Reader), and add an entry to
//! [`FORMATS`].

mod bank;
mod plain;
mod reader;
mod texts;
mod tweets;

use crate::about::{About, Options};
use crate::contact::Contact;
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
    /// How it is recognized, in one line.
    pub known_by: &'static str,
    recognize: fn(&Rows) -> bool,
    open: fn(&Rows, &Options) -> Result<Box<dyn Reader>, Diagnostic>,
}

/// One row a contact, in columns of any names: what a log is that is nothing else.
pub static PLAIN: Format = Format {
    key: "plain",
    name: "one row per contact",
    about: "one row per contact, in columns of any names",
    known_by: "anything that is none of the others, and anything with --map",
    recognize: |_| true,
    open: plain::open,
};

/// "Customer Support on Twitter".
pub static TWEETS: Format = Format {
    key: "tweets",
    name: "Customer Support on Twitter",
    about: "\"Customer Support on Twitter\" (ThoughtVector): one row per tweet",
    known_by: "its columns tweet_id, author_id, inbound, ...",
    recognize: |rows| has_all(rows, &tweets::COLUMNS),
    open: tweets::open,
};

/// "Anonymous Bank".
pub static BANK: Format = Format {
    key: "bank",
    name: "Anonymous Bank",
    about: "\"Anonymous Bank\" (Guedj and Mandelbaum, Technion): one row per call",
    known_by: "its columns vru_exit, q_start, q_exit, ser_start, ...",
    recognize: |rows| has_all(rows, &bank::COLUMNS),
    open: bank::open,
};

/// Every format. A log has the first that recognizes it; the last recognizes any.
pub static FORMATS: [&Format; 3] = [&TWEETS, &BANK, &PLAIN];

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
}

/// The format of an open log. Mapped columns make it a plain one.
pub(crate) fn of(rows: &Rows, options: &Options) -> &'static Format {
    let known = FORMATS.into_iter().find(|format| (format.recognize)(rows));
    known.filter(|_| options.map.is_empty()).unwrap_or(&PLAIN)
}

fn has_all(rows: &Rows, columns: &[&str]) -> bool {
    columns.iter().all(|column| rows.column(column).is_some())
}
