//! `heard`: who gets heard?
//!
//! An engagement-audit simulator. Customers run into problems and say so, in public, in private, or
//! not at all; companies staff and answer in different ways. `heard` runs each policy many times on
//! the very same customers and compares resolution and reputation, with confidence intervals.
//!
//! # A tour
//!
//! A [`Request`] names a scenario; [`Study::load`] reads and checks it, or explains in a [`Diagnostic`]
//! what is wrong and where. An [`Experiment`] is a study compiled to run. [`Simulate`] runs it in memory,
//! [`InFolder`] with a journal that outlasts interrupts: both are [`Job`]s, which report their
//! [`Progress`] to a [`Watch`] and end early when its [`Stop`] flag is raised. A job returns [`Results`]:
//! an [`Interval`] for every [`Metric`] of every [`Subject`] (a company under a policy), and a
//! [`Comparison`] with the baseline, whose [`Verdict`] says what can be concluded. [`Tables`] are the
//! results in rows, [`outputs`] the files that a run writes. A [`Document`] is anything shown to people,
//! made by one of the [`pages`];
//! [`terminal::text`] is one way to render it.
//!
//! Beside the main road, [`trace`] follows one case under two policies, [`audit`] grades a log of
//! [`contacts`], [`fit`] turns a log into a scenario, and [`verify`] checks the simulator against
//! exact results.
//!
//! # Example
//!
//! ```
//! use std::sync::Arc;
//! use heard::{Experiment, Job, Metric, Request, Simulate, Study, Watch};
//!
//! let request = Request {
//!     scenario: "listening-vs-responding".to_owned(),
//!     sets: vec!["customers.count=500".to_owned()],
//!     replications: Some(2),
//!     ..Request::default()
//! };
//! let study = Study::load(&request).map_err(|refusal| refusal.render(false))?;
//! let experiment = Arc::new(Experiment::new(study));
//! let results = Simulate { experiment, threads: 2 }.run(&mut Watch::none())?;
//!
//! let presence_only = results.whole(1);
//! let heard = results.total(presence_only, Metric::HeardRate).ok_or("no customer spoke up")?;
//! assert_eq!(heard.mean, 0.0);
//! let difference = results.compare(presence_only, Metric::ResolutionRate);
//! println!("{:?}", difference.map(|found| found.difference));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Layers
//!
//! Each layer is a crate that knows only those before it; Cargo enforces the order.
//!
//! - `heard-text` writes numbers, lists, times and names for people.
//! - `heard-math` has the clock, the event queue, keyed draws, samplers and statistics.
//! - `heard-contacts` reads logs of contacts.
//! - `heard-scenario` holds what the user wrote: types, reading, checking.
//! - `heard-world` runs one replication of one policy.
//! - `heard-lab` decides which replications run, runs them as jobs, and returns data.
//! - `heard-report` turns data into documents, tables, charts and files.
//! - `heard` is this library and, with the feature `program`, the command line.

#[cfg(feature = "program")]
pub mod cli;

pub use heard_contacts as contacts;
pub use heard_lab::experiment::Experiment;
pub use heard_lab::experiment::folder::Earlier;
pub use heard_lab::experiment::results::{Results, Subject};
pub use heard_lab::job::{InFolder, Job, Progress, Simulate, Stop, Watch};
pub use heard_lab::{audit, fit, trace, verify};
pub use heard_math::stats::{Comparison, Interval, Verdict};
pub use heard_report::document::{Document, terminal};
pub use heard_report::tables::Tables;
pub use heard_report::{outputs, pages};
pub use heard_scenario::metric::Metric;
pub use heard_scenario::study::{Request, Study};
pub use heard_text::diagnostic::Diagnostic;
