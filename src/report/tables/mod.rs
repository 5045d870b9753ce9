//! The tables of a report, as typed rows: CSV and JSON are two ways of writing the same rows.

pub mod breakdown;
pub mod comparison;
pub mod summary;
pub mod timeseries;

use crate::experiment::results::Results;
use crate::stats::Interval;

/// The company of every row, until a scenario can hold a market.
pub const COMPANY: &str = "company";

/// One value of a row.
#[derive(Clone, Debug, PartialEq)]
pub enum Field<'a> {
    /// A word.
    Text(&'a str),
    /// A measured number; `None` where it is undefined.
    Number(Option<f64>),
    /// A whole number.
    Count(u64),
}

/// A row of a table.
pub trait Row {
    /// The names of the columns.
    const COLUMNS: &'static [&'static str];

    /// The values, in the order of the columns.
    fn fields(&self) -> Vec<Field<'_>>;
}

/// All tables of an experiment.
#[derive(Clone, Debug)]
pub struct Tables<'a> {
    /// Every metric of every arm.
    pub summary: Vec<summary::Summary<'a>>,
    /// Every metric of every arm but the baseline, against the baseline.
    pub comparison: Vec<comparison::Difference<'a>>,
    /// Every metric of every part of every arm.
    pub breakdown: Vec<breakdown::Part<'a>>,
    /// Every daily metric of every arm.
    pub timeseries: Vec<timeseries::Day<'a>>,
}

impl<'a> Tables<'a> {
    /// The tables of these results.
    #[must_use]
    pub fn new(results: &Results<'a>) -> Self {
        Self {
            summary: summary::rows(results),
            comparison: comparison::rows(results),
            breakdown: breakdown::rows(results),
            timeseries: timeseries::rows(results),
        }
    }
}

/// A mean over the replications in which a quantity is defined, which may be none.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Estimate {
    /// The mean.
    pub mean: Option<f64>,
    /// The lower end of the interval.
    pub ci_low: Option<f64>,
    /// The upper end of the interval.
    pub ci_high: Option<f64>,
    /// How many replications define it.
    pub replications: u64,
}

impl From<Option<Interval>> for Estimate {
    fn from(interval: Option<Interval>) -> Self {
        interval.map_or_else(Self::default, |interval| Self {
            mean: Some(interval.mean),
            ci_low: interval.low,
            ci_high: interval.high,
            replications: interval.count,
        })
    }
}

impl Estimate {
    fn fields(self) -> [Field<'static>; 4] {
        [
            Field::Number(self.mean),
            Field::Number(self.ci_low),
            Field::Number(self.ci_high),
            Field::Count(self.replications),
        ]
    }
}
