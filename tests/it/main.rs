//! Integration tests, one program, split by topic.

mod bad_input;
mod conservation;
mod pairing;
mod program;
#[cfg(test)]
mod queues;
mod runs;
mod support;
mod verbs;
