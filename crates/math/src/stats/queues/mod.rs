//! What theory says of queues, to hold simulated ones against: exact formulas for their steady state,
//! and the equations of one that is never in a steady state.

mod cobham;
mod dm1;
mod erlang_a;
mod erlang_c;
mod error;
mod mg1;
mod mmck;
mod staffed;

pub use cobham::{PriorityClass, PriorityQueue};
pub use dm1::DM1;
pub use erlang_a::ErlangA;
pub use erlang_c::{ErlangC, erlang_b};
pub use error::QueueError;
pub use mg1::MG1;
pub use mmck::MMCK;
pub use staffed::{DayOfQueue, StaffedQueue};
