//! Pages: what each analysis found, as a document. One file per page.

pub mod verify;
