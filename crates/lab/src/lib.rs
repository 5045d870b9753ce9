//! Experiments, which replications run and how they are paired, and the jobs that run them.

pub mod experiment;
pub mod job;
