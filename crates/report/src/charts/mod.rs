//! The charts of a report: plain numbers in, an SVG or a PNG out.
//!
//! Nothing here knows files or the simulator. Every chart is 1200 pixels wide, as high as its
//! content needs, and made to be read on a slide: the text is set in an embedded font, so that
//! the same numbers give the same bytes on every machine.

mod answer_time;
mod arms;
pub(crate) mod base;
mod by_hour;
mod days;
mod forest;
mod funnel;
mod heat;
mod hours;
mod parts;
mod resolution;
mod sentiment;
#[cfg(test)]
mod tests;
mod trade_off;
mod waits;

pub use answer_time::answer_time;
pub use arms::arms;
pub use base::axis::Unit;
pub use base::error::ChartError;
pub use base::estimate::Estimate;
pub use base::given::{
    Days, Dots, Frame, Happening, Line, Measure, Point, Published, Rows, Shaded, Stretch,
};
pub use base::picture::png;
pub use by_hour::by_hour;
pub use days::days;
pub use forest::{Difference, Group, Over, forest};
pub use funnel::{Funnel, funnel};
pub use heat::{Heat, Scale, heat};
pub use hours::hours;
pub use parts::parts;
pub use resolution::{Bar, resolution};
pub use sentiment::sentiment;
pub use trade_off::trade_off;
pub use waits::{Waits, waits};
