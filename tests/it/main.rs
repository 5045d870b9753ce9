//! Integration tests, one program, split by topic.
//!
//! `cfg(test)` tells clippy that helper functions, too, are test code and may unwrap.
#![cfg(test)]

mod air_force;
mod bad_input;
mod card;
mod cases;
mod columns;
mod conservation;
mod contact_log;
mod edges;
mod english;
mod faults;
mod findings;
mod fit;
mod forecasts;
mod golden;
mod independent;
mod kinds;
mod layers;
mod limits;
mod logs;
mod merged;
mod model;
mod own_logs;
mod pairing;
mod parameters;
mod patience;
mod policies;
mod program;
mod queues;
mod runs;
mod support;
mod trace;
mod validation;
mod verbs;
mod verify;
mod windows;
