//! Logs of contacts: what really happened between customers and companies.
//!
//! A log is read row by row and never kept. Each format has a file of its own that turns rows into
//! [`Contact`]s; what is made of them is the business of those who read.

mod about;
mod assemble;
mod body;
pub mod caveat;
mod checks;
pub mod contact;
pub mod field;
pub mod files;
mod fold;
pub mod formats;
mod guard;
mod guess;
mod ids;
pub mod input;
pub mod length;
pub mod limits;
mod log;
pub mod look;
pub mod measure;
pub mod moment;
pub mod names;
pub mod note;
mod opened;
mod records;
pub mod rows;
mod values;
pub mod words;
mod workbook;

pub use about::{About, Known, Options};
pub use caveat::{Caveat, LeftOut};
pub use contact::{Contact, Outcome, Talk};
pub use field::{Field, Mapping};
pub use formats::{FORMATS, Format};
pub use guess::fit::Misfit;
pub use log::read;
pub use look::{Container, Encoding, Header, Look, Wanted};
pub use measure::Measure;
pub use moment::Moment;
pub use names::Names;
