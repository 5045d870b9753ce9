//! `heard`: who gets heard?
//!
//! An engagement-audit simulator. Customers run into problems and say so, in public, in private, or
//! not at all; companies staff and answer in different ways. `heard` plays each way many times over
//! on the very same customers and compares what becomes of resolution and reputation.
//!
//! The folders stand in the order in which data flows:
//!
//! ```text
//! scenario  ->  experiment  ->  world (on engine)  ->  stats  ->  report
//! what the      which runs,     one replication        numbers     tables,
//! user wrote    paired how                             with CIs    charts, files
//! ```
//!
//! Beside that, [`trace`] tells one case as a story: what happened to it, when, under two arms;
//! [`heard_contacts`] reads logs of what really happened, [`heard_lab::audit`] grades them, and
//! [`heard_lab::fit`] turns them into scenarios; [`verify`] compares the simulator with exact results.
//!
//! # Example
//!
//! ```
//! use std::sync::{Arc, atomic::AtomicBool};
//! use heard_lab::experiment::{Experiment, results::Results, runner};
//! use heard_scenario::{metric::Metric, study::{Request, Study}};
//!
//! let request = Request {
//!     scenario: "listening-vs-responding".to_owned(),
//!     sets: vec!["customers.count=500".to_owned()],
//!     replications: Some(2),
//!     ..Request::default()
//! };
//! let study = Study::load(&request).map_err(|refusal| refusal.render(false)).unwrap();
//! let experiment = Arc::new(Experiment::new(study));
//! let mut results = Results::new(&experiment);
//! let stop = AtomicBool::new(false);
//! runner::run(&experiment, 0..2, 2, &stop, |_, row| {
//!     results.push(&row);
//!     Ok::<(), std::convert::Infallible>(())
//! })
//! .unwrap();
//! let presence_only = results.total(results.whole(1), Metric::HeardRate).unwrap();
//! assert_eq!(presence_only.mean, 0.0);
//! ```

pub mod cli;
pub mod trace;
pub mod verify;
