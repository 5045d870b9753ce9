//! The flag that ends a replication early.

use std::sync::atomic::{AtomicBool, Ordering};

/// Events, or customers while a world is built, between two looks at the flag. Few, as an event can
/// take a millisecond in a large world; a look costs nothing.
pub const LOOK_EVERY: u32 = 256;

/// Whether to stop at this step: looks at the flag at one step in [`LOOK_EVERY`].
#[inline]
#[must_use]
pub fn at(step: u32, stop: &AtomicBool) -> bool {
    step.is_multiple_of(LOOK_EVERY) && stop.load(Ordering::Relaxed)
}
