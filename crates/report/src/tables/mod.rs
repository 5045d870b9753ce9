//! The tables of a report, as typed rows: CSV and JSON are two ways of writing the same rows.

pub mod breakdown;
pub mod comparison;
pub mod net;
pub mod summary;
pub mod timeseries;

use heard_lab::experiment::results::Results;
use heard_math::stats::Interval;

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
    /// Every metric of every arm and company.
    pub summary: Vec<summary::Summary<'a>>,
    /// The same of every arm but the baseline, against the baseline.
    pub comparison: Vec<comparison::Difference<'a>>,
    /// What every arm gains over the baseline net of cost; empty where nothing has a worth.
    pub net: Vec<net::Gain<'a>>,
    /// Every metric of every part of every arm and company.
    pub breakdown: Vec<breakdown::Part<'a>>,
    /// Every daily metric of every arm and company.
    pub timeseries: Vec<timeseries::Day<'a>>,
}

impl<'a> Tables<'a> {
    /// The tables of these results.
    #[must_use]
    pub fn new(results: &'a Results) -> Self {
        Self {
            summary: summary::rows(results),
            comparison: comparison::rows(results),
            net: net::rows(results),
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::studies;

    #[test]
    fn rows_come_by_arm_then_company_then_metric_with_all_companies_last() {
        let experiment = studies::market("");
        let results = studies::play(&experiment, 2);
        let tables = Tables::new(&results);
        let order: Vec<(&str, &str)> = results
            .subjects()
            .map(|subject| (results.arm_name(subject), results.company_name(subject)))
            .collect();
        assert_eq!(order[..3].iter().map(|o| o.1).collect::<Vec<_>>(), ["acme", "bolt", "all"]);
        let mut summary: Vec<(&str, &str)> =
            tables.summary.iter().map(|row| (row.arm, row.company)).collect();
        summary.dedup();
        assert_eq!(summary, order);
        let mut days: Vec<(&str, &str)> =
            tables.timeseries.iter().map(|row| (row.arm, row.company)).collect();
        days.dedup_by_key(|row| *row);
        assert_eq!(days, order);
        let mut parts: Vec<(&str, &str)> =
            tables.breakdown.iter().map(|row| (row.arm, row.company)).collect();
        parts.dedup();
        assert_eq!(parts, order);
        let mut compared: Vec<(&str, &str)> =
            tables.comparison.iter().map(|row| (row.arm, row.company)).collect();
        compared.dedup();
        let others: Vec<(&str, &str)> =
            order.into_iter().filter(|(arm, _)| *arm != "presence-only").collect();
        assert_eq!(compared, others);
    }

    #[test]
    fn every_company_has_its_own_numbers() {
        let experiment = studies::market("");
        let results = studies::play(&experiment, 2);
        for row in summary::rows(&results) {
            let mut subjects = results.subjects();
            let subject = subjects.find(|&s| {
                results.arm_name(s) == row.arm && results.company_name(s) == row.company
            });
            assert_eq!(row.estimate, results.total(subject.unwrap(), row.metric).into());
        }
    }

    #[test]
    fn a_single_company_is_called_company() {
        let experiment = studies::bundled(&[]);
        let results = studies::play(&experiment, 1);
        let tables = Tables::new(&results);
        assert!(tables.summary.iter().all(|row| row.company == heard_scenario::study::COMPANY));
    }
}
