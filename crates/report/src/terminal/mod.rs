//! The old way to lay out tables for a terminal, until its last users return documents.

pub mod layout;
