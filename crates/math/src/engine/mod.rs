//! The engine: a clock with its pending events, keyed random draws, and samplers.
//!
//! It knows nothing of complaints. Time is in hours since the start of a replication.
//!
//! Two decisions shape everything above:
//!
//! * **Draws are keyed, not sequenced.** [`keyed::Draws`] answers "the uniform of this entity, for
//!   this purpose, at this ordinal" and has no state, so two policies that treat a customer
//!   differently still share every draw that the policy cannot change: common random numbers
//!   without bookkeeping.
//! * **One math library.** Logarithms and exponentials come from `libm`, written in Rust, so the
//!   same seed gives the same bytes on every platform.

pub mod keyed;
pub mod queue;
pub mod sample;
