//! The charts of a report: plain numbers in, an SVG or a PNG out.
//!
//! Nothing here knows files or the simulator. Every chart is 1200 pixels wide, as high as its
//! content needs, and made to be read on a slide: the text is set in an embedded font, so that
//! the same numbers give the same bytes on every machine.

mod answer_time;
mod arms;
mod axis;
mod beside;
mod by_hour;
mod canvas;
mod curves;
mod days;
mod flags;
mod fonts;
mod forest;
mod funnel;
mod given;
mod heat;
mod hours;
mod labels;
mod look;
mod marks;
mod page;
mod panels;
mod parts;
mod picture;
mod resolution;
mod sentiment;
#[cfg(test)]
mod tests;
mod trade_off;
mod verdicts;

pub use answer_time::answer_time;
pub use arms::arms;
pub use axis::Unit;
pub use by_hour::by_hour;
pub use days::days;
pub use forest::forest;
pub use funnel::funnel;
pub use given::{Days, Dots, Happening, Measure, Point, Published, Rows};
pub use heat::{Heat, heat};
pub use hours::hours;
pub use parts::parts;
pub use picture::png;
pub use resolution::resolution;
pub use sentiment::sentiment;
pub use trade_off::trade_off;

/// What stands around a chart.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Frame {
    /// Says what the chart shows; wrapped when long.
    pub title: String,
    /// Explains the title; wrapped when long.
    pub subtitle: String,
    /// What the reader should know, below the chart; may be empty.
    pub note: String,
    /// Where the numbers come from: version, seed, replications, kind of interval.
    pub footer: String,
}

/// A mean with its interval.
///
/// A mean that is not finite counts as missing; so does an interval of which either end is
/// missing or not finite.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Estimate {
    /// The mean over the replications.
    pub mean: f64,
    /// The lower end of the interval.
    pub low: Option<f64>,
    /// The upper end of the interval.
    pub high: Option<f64>,
}

/// One bar of [`resolution()`].
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Bar {
    /// The arm's name.
    pub arm: String,
    /// A share from 0 to 1; `None` when there is nothing to show.
    pub value: Option<Estimate>,
}

/// One row of [`funnel()`].
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Funnel {
    /// The arm's name.
    pub arm: String,
    /// The share that reaches each stage, in the order of the stages' names.
    pub stages: Vec<Option<Estimate>>,
}

/// One line of [`sentiment()`], [`answer_time()`], [`days()`] or [`hours()`].
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Line {
    /// The arm's name, written at the line's right end.
    pub name: String,
    /// The points, in any order; those that are not finite are left out.
    pub points: Vec<(f64, Estimate)>,
}

/// One row of a [`Group`] of [`forest()`].
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Difference {
    /// The arm's name.
    pub arm: String,
    /// The arm minus the baseline.
    pub estimate: Estimate,
    /// `higher`, `lower`, `equivalent`, `cannot-tell`, `identical` or `not-tested`.
    pub verdict: String,
    /// The value as it is printed at the right, such as `+0.031`.
    pub label: String,
}

/// One panel of [`forest()`]: one metric, on its own scale.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Group {
    /// The metric's name.
    pub metric: String,
    /// The metric's unit; may be empty.
    pub unit: String,
    /// Differences smaller than this do not matter; shaded around zero.
    pub smallest_effect: Option<f64>,
    /// The arms.
    pub rows: Vec<Difference>,
}

/// Why there is no chart.
#[derive(Debug, thiserror::Error)]
pub enum ChartError {
    /// There is nothing to draw.
    #[error("there is nothing to draw")]
    Nothing,
    /// The embedded font could not be read.
    #[error("the embedded font could not be read")]
    Font,
    /// The SVG could not be written.
    #[error("the chart could not be drawn: {0}")]
    Draw(String),
    /// The SVG could not be turned into a PNG.
    #[error("the picture could not be made: {0}")]
    Picture(String),
}

/// Numbers beyond this are taken for missing: no chart of shares, days or hours needs them.
const BEYOND: f64 = 1e12;

/// The number, if it can be drawn.
fn drawable(value: f64) -> Option<f64> {
    (value.is_finite() && value.abs() <= BEYOND).then_some(value)
}

impl Estimate {
    /// The estimate, if its mean can be drawn; without an interval that cannot be.
    fn drawable(self) -> Option<Self> {
        let mean = drawable(self.mean)?;
        let ends = self.low.and_then(drawable).zip(self.high.and_then(drawable));
        let (low, high) = ends.map(|(a, b)| (a.min(b), a.max(b))).unzip();
        Some(Self { mean, low, high })
    }

    /// The interval, if it has both ends.
    fn interval(self) -> Option<(f64, f64)> {
        self.low.zip(self.high)
    }

    /// The smallest and the largest number of the estimate.
    fn reach(self) -> (f64, f64) {
        let (low, high) = self.interval().unwrap_or((self.mean, self.mean));
        (low.min(self.mean), high.max(self.mean))
    }
}
