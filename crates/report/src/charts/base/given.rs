//! What charts are given: what stands around them, lines, rows, dots, days, points.

use super::axis::Unit;
use super::estimate::Estimate;

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

/// One line of a chart.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Line {
    /// The arm's name, written at the line's right end.
    pub name: String,
    /// The points, in any order; those that are not finite are left out.
    pub points: Vec<(f64, Estimate)>,
}

/// What a panel or an axis measures.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Measure {
    /// Its name.
    pub name: String,
    /// What it means, in a few words.
    pub meaning: String,
    /// How its numbers are written.
    pub unit: Unit,
}

/// A published figure, drawn beside the simulated ones.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Published {
    /// The day that it belongs to; of charts over the days only.
    pub day: Option<f64>,
    /// The figure.
    pub value: f64,
    /// What is said beside it.
    pub label: String,
}

/// Rows below a common heading.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Rows {
    /// The heading; may be empty.
    pub heading: String,
    /// The names of the rows.
    pub names: Vec<String>,
}

/// A panel of dots, one or several to a row.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Dots {
    /// What is measured.
    pub measure: Measure,
    /// The values, row after row; `None` where there is nothing to show.
    pub values: Vec<Option<Estimate>>,
    /// Figures to hold against them.
    pub published: Vec<Published>,
}

/// A panel of lines over the days.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Days {
    /// What is measured.
    pub measure: Measure,
    /// The lines; the same number in every panel, in the same order.
    pub lines: Vec<Line>,
    /// Figures to hold against them.
    pub published: Vec<Published>,
}

/// Days that are shaded behind lines.
#[derive(Clone, Debug, PartialEq)]
pub enum Shaded {
    /// The warm-up, which ends on this day.
    WarmUp(f64),
    /// Windows, each with its name.
    Windows(Vec<Stretch>),
}

/// A stretch of days.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Stretch {
    /// What is said about it.
    pub name: String,
    /// The day on which it begins.
    pub from: f64,
    /// The day before which it ends.
    pub to: f64,
}

/// Something that happens on a day.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Happening {
    /// The day.
    pub day: f64,
    /// What happens.
    pub label: String,
}

/// A point of a trade-off between two measures.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Point {
    /// Its name.
    pub name: String,
    /// Where it stands from left to right.
    pub across: Estimate,
    /// Where it stands from the bottom up.
    pub upwards: Estimate,
}
