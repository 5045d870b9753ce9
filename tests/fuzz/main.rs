//! Fuzzing every reader of what comes from outside: one file a target, one small driver.
//!
//! Each target is thrown a few thousand inputs by `cargo test`, the same ones each time.
//! `HEARD_FUZZ=1000000` throws a million at each, `HEARD_FUZZ_SEED=7` throws others. What makes a
//! reader panic, break a promise, take seconds or take too much memory is printed, kept in
//! `target/tmp/fuzz/findings/`, and belongs into `corpus/` under a name that says what it is: all
//! that lies there is thrown first, in every run.
//!
//! `cfg(test)` tells clippy that helper functions, too, are test code and may unwrap.
#![cfg(test)]

mod driver;
mod edges;
mod files;
mod journal;
mod log;
mod mutate;
mod random;
mod scenario;
mod set;
mod texts;
mod vocabulary;
mod watch;
