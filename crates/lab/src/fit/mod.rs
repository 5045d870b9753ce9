//! From a log to a scenario that reproduces it, or replays it.
//!
//! Each part of the scenario is estimated in a file of its own, with how sure it is; [`Estimates`] holds
//! them all. [`scenario`] writes the scenario from them, and [`goodness`] compares it with the log. What
//! the log cannot tell takes the documented default, and the scenario says so.

pub mod arrivals;
pub mod calls;
pub mod channels;
pub mod classes;
pub mod crews;
pub mod days;
mod enough;
pub mod estimates;
pub mod goodness;
pub mod habits;
pub mod handling;
pub mod likelihood;
mod name;
mod nameless;
pub mod order;
pub mod patience;
pub mod people;
pub mod pickup;
pub mod redials;
pub mod replay;
pub mod scenario;
mod services;
pub mod staff;
mod usual;
mod waiting;

pub use calls::{Calls, Contacts};
pub use estimates::Estimates;
