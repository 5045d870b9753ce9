//! What comes out of an experiment: tables, files and charts.

pub mod charts;
