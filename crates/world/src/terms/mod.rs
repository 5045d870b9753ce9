//! What all of the world speaks of: cases, occasions, outcomes, purposes of draws, what can be watched,
//! when to stop.

pub mod candidate;
pub mod case;
pub mod observer;
pub mod occasion;
pub mod outcome;
pub mod purpose;
pub mod ratio;
pub mod stop;
