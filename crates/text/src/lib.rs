//! How numbers, lists, times, names, lines and diagnostics are written for people: each in one place,
//! for every table, sentence, chart and file.

pub mod diagnostic;
pub mod list;
pub mod name;
pub mod number;
pub mod time;
pub mod wrap;
