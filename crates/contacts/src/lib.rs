//! Logs of contacts: what really happened between customers and companies.
//!
//! A log is read row by row and never kept. Each format has a file of its own that turns rows into
//! [`Contact`]s; what is made of them is the business of those who read.

mod about;
pub mod caveat;
mod checks;
pub mod contact;
mod field;
pub mod files;
pub mod formats;

pub mod input;
pub mod limits;
mod log;
pub mod measure;
pub mod moment;
pub mod names;
pub mod rows;
mod values;

pub use about::{About, Known, Options};
pub use caveat::{Caveat, LeftOut};
pub use contact::{Contact, Outcome, Talk};
pub use field::Field;
pub use formats::Format;
pub use log::read;
pub use measure::Measure;
pub use moment::Moment;
pub use names::Names;
