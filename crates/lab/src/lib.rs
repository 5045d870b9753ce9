//! Experiments: which replications run, how they are paired, and what they add up to.

pub mod experiment;
