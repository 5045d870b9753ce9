//! What the charts made for a scenario's own question are given.

use super::{Estimate, Line, Unit};

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
    /// The day that it belongs to; of [`days()`](super::days()) only.
    pub day: Option<f64>,
    /// The figure.
    pub value: f64,
    /// What is said beside it.
    pub label: String,
}

/// Rows below a common heading, of [`arms()`](super::arms()).
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

/// Something that happens on a day.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Happening {
    /// The day.
    pub day: f64,
    /// What happens.
    pub label: String,
}

/// A point of [`trade_off()`](super::trade_off()).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Point {
    /// Its name.
    pub name: String,
    /// Where it stands from left to right.
    pub across: Estimate,
    /// Where it stands from the bottom up.
    pub upwards: Estimate,
}
