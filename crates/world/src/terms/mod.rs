//! What all of the world speaks of: cases, occasions, outcomes, purposes of draws, what can be watched.

pub mod candidate;
pub mod case;
pub mod observer;
pub mod occasion;
pub mod outcome;
pub mod purpose;
pub mod ratio;

/// Events, or customers while a world is built, between two looks at the stop flag. Few, as an event
/// can take a millisecond in a large world; a look costs nothing.
pub const LOOK_EVERY: u32 = 256;
