//! Logs of contacts: what really happened between customers and companies.
//!
//! A log is read row by row and never kept. Each format has a file of its own that turns rows into
//! [`Contact`]s; what is made of them is the business of those who read.

pub mod bank;
pub mod caveat;
pub mod contact;
pub mod files;
pub mod input;
pub mod log;
pub mod moment;
pub mod names;
pub mod plain;
pub mod rows;
pub mod texts;
pub mod tweets;

pub use caveat::{Caveat, LeftOut};
pub use contact::{Contact, Outcome, Talk};
pub use log::{About, Format, LogError, Options, read};
pub use moment::Moment;
pub use names::Names;
