//! Pages: what each analysis found, as a document. One file per page.

pub mod trace;
pub mod verify;
