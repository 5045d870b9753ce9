//! Exact formulas for queues in their steady state, to hold simulated ones against.

mod cobham;
mod erlang_a;
mod erlang_c;
mod error;
mod mg1;

pub use cobham::{PriorityClass, PriorityQueue};
pub use erlang_a::ErlangA;
pub use erlang_c::{ErlangC, erlang_b};
pub use error::QueueError;
pub use mg1::MG1;
