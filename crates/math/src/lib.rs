//! The mathematics under the simulator: nothing in here knows of customers or companies.
//!
//! [`engine`] has the clock, the event queue, keyed draws and samplers; [`stats`] has estimators,
//! intervals, paired comparisons and exact queueing formulas; [`normal`] serves both.

pub mod engine;
pub mod normal;
pub mod stats;
