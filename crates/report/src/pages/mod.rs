//! Pages: what each analysis found, as a document. One file or folder per page.

pub mod check;
pub mod list;
pub mod run;
