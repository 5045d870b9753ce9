//! What is counted, and the columns that it fills.

pub mod census;
pub mod column;
