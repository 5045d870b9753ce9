//! Pages: what each analysis found, as a document. One file or folder per page.

pub mod audit;
pub mod check;
mod cost;
pub mod fit;
pub mod list;
pub mod metrics;
pub mod run;
pub mod trace;
pub mod verify;
