//! What all charts are drawn with, and what they are given. Nothing here knows a chart.

pub(crate) mod axis;
pub(crate) mod beside;
pub(crate) mod canvas;
pub(crate) mod curves;
pub(crate) mod error;
pub(crate) mod estimate;
pub(crate) mod flags;
pub(crate) mod fonts;
pub(crate) mod given;
pub(crate) mod labels;
pub(crate) mod look;
pub(crate) mod marks;
pub(crate) mod page;
pub(crate) mod panels;
pub(crate) mod picture;
pub(crate) mod shaded;
pub(crate) mod verdicts;
