//! Experiments: which replications run, how they are paired, and what they add up to; and what is done
//! with them. Everything here returns data; `heard_report` has the words.

pub mod experiment;
pub mod trace;
pub mod verify;
