//! The formats that a log can have: one file each.
//!
//! To add one, write a file with a type that implements [`Format`], and name both below.

mod bank;
mod plain;
mod texts;
mod tweets;

pub use bank::Bank;
pub use plain::Plain;
pub use tweets::Tweets;

use crate::about::{About, Options};
use crate::contact::Contact;
use crate::rows::Rows;
use heard_text::diagnostic::Diagnostic;

/// Every format. The first whose columns a log has is taken; the last has any columns.
const FORMATS: [&dyn Format; 3] = [&Tweets, &Bank, &Plain];

/// What a log is written as.
pub trait Format: Sync {
    /// Its name in a sentence.
    fn name(&self) -> &'static str;

    /// The columns by which a log of this format is known.
    fn columns(&self) -> &'static [&'static str];

    /// Reads a log and shows every contact to `each`. The number of contacts and the span of time are
    /// filled in by the caller.
    ///
    /// # Errors
    /// Where the log breaks off, lacks what the format needs, or too many of its rows cannot be read.
    fn read(
        &self,
        rows: Rows,
        options: &Options,
        each: &mut dyn FnMut(&Contact),
    ) -> Result<About, Diagnostic>;
}

/// The format of an open log. Mapped columns make it a plain one.
pub(crate) fn of(rows: &Rows, options: &Options) -> &'static dyn Format {
    let has_all =
        |format: &&dyn Format| format.columns().iter().all(|column| rows.column(column).is_some());
    let known = FORMATS.into_iter().find(has_all);
    known.filter(|_| options.map.is_empty()).unwrap_or(&Plain)
}
