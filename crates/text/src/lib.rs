//! How numbers, lists, times, names and lines are written for people: each in one place, for every table,
//! sentence, chart and file.

pub mod list;
pub mod name;
pub mod number;
pub mod time;
pub mod wrap;
