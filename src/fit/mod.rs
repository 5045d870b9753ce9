//! From a log to a scenario that reproduces it, or replays it.
//!
//! Each part of the scenario is estimated in a file of its own, with how sure it is; what the log
//! cannot tell takes the documented default and says so.

pub mod arrivals;
pub mod calls;
pub mod channels;
pub mod classes;
pub mod days;
pub mod goodness;
pub mod handling;
pub mod likelihood;
pub mod order;
pub mod page;
pub mod patience;
pub mod redials;
pub mod scenario;
pub mod staff;

pub use calls::{Calls, Contacts};
pub use scenario::{Fitted, fit};
