//! What all of the world speaks of: cases, occasions, outcomes, purposes of draws, what can be watched.

pub mod candidate;
pub mod case;
pub mod observer;
pub mod occasion;
pub mod outcome;
pub mod purpose;
pub mod ratio;
