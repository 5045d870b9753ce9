//! The world: one replication of one arm.
//!
//! [`replicate`] runs a [`Plan`](plan::Plan) once and returns what was measured. The folders stand in
//! this order, and each imports only those above it:
//!
//! | Folder | Holds |
//! |---|---|
//! | `terms` | what all speak of: cases, occasions, outcomes, purposes of draws, what can be watched |
//! | `plan` | what an arm does, compiled: policies, teams, channels, streams, rotas, rates |
//! | `customers`, `desk` | who they are and what they think; who waits and who serves |
//! | `public`, `record` | what is said and seen; what is counted, and the columns of a row |
//! | `company` | one company: its desk and everything that it has gathered |
//! | `world` | the state of one replication, and the events that can change it |
//! | `process` | what happens: one file per process |
//! | `replication`, `footprint` | the run from start to end; the memory that it will need |
//!
//! Data flows one way through the processes:
//!
//! ```text
//! occasions -> voice -> inbox -> service -> answers -> justice, belief, attitude
//!                 \-> publicity -> sentiment          \-> leaving, improvement
//!     detractors, mistakes, audit -> inbox      feed -> publicity
//! ```
//!
//! Every draw is keyed by the candidate occasion that it belongs to ([`purpose`]), so that two arms
//! see the same customers with the same problems and the same luck, and differ in nothing but what
//! the companies do.

mod company;
mod customers;
mod desk;
pub mod footprint;
pub mod plan;
mod process;
mod public;
mod record;
mod replication;
mod terms;
mod world;

pub use customers::network;
pub use public::cascade;
pub use record::column;
pub use replication::replicate;
pub use terms::{observer, purpose};
