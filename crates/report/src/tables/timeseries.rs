//! `timeseries.csv`: metrics from day to day.

use super::{Estimate, Field, Row};
use heard_lab::experiment::results::{MAIN, Results};
use heard_scenario::metric::Metric;
use heard_world::column::Column;

/// One metric of one day of one company in one arm.
#[derive(Clone, Debug, PartialEq)]
pub struct Day<'a> {
    /// The arm.
    pub arm: &'a str,
    /// The company; `all` for all of them together, where there are several.
    pub company: &'a str,
    /// What is measured.
    pub metric: Metric,
    /// Which day; the first is 0. Warm-up and margin are included.
    pub day: u32,
    /// What was found, with a 95% interval for this day alone.
    pub estimate: Estimate,
}

impl Row for Day<'_> {
    const COLUMNS: &'static [&'static str] =
        &["arm", "company", "metric", "unit", "day", "mean", "ci_low", "ci_high", "replications"];

    fn fields(&self) -> Vec<Field<'_>> {
        let names =
            [self.arm, self.company, self.metric.name(), self.metric.unit()].map(Field::Text);
        let day = Field::Count(u64::from(self.day));
        names.into_iter().chain([day]).chain(self.estimate.fields()).collect()
    }
}

/// All rows: arms and companies as in the scenario, then metrics and days; those that no arm defines
/// are left out.
#[must_use]
pub fn rows<'a>(results: &'a Results) -> Vec<Day<'a>> {
    let columns = results.experiment.columns.iter().enumerate();
    let day = |(at, column): (usize, &Column)| match column {
        Column::Day { metric, day } if results.is_defined(at) => Some((*metric, *day, at)),
        _ => None,
    };
    let mut days: Vec<(Metric, u32, usize)> = columns.filter_map(day).collect();
    days.sort_unstable();
    let mut rows = Vec::new();
    for subject in results.subjects().filter(|subject| subject.window == MAIN) {
        rows.extend(days.iter().map(|&(metric, day, at)| Day {
            arm: results.arm_name(subject),
            company: results.company_name(subject),
            metric,
            day,
            estimate: results.interval(subject, at).into(),
        }));
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::studies;

    #[test]
    fn every_day_is_there_in_order() {
        let experiment = studies::bundled(&[]);
        let results = studies::play(&experiment, 2);
        let rows = rows(&results);
        let days: Vec<u32> = rows
            .iter()
            .filter(|row| row.arm == "responding" && row.metric == Metric::Reputation)
            .map(|row| row.day)
            .collect();
        assert_eq!(days, (0..40).collect::<Vec<u32>>());
        assert_eq!(rows[0].fields().len(), Day::COLUMNS.len());
    }

    #[test]
    fn a_plain_queue_has_no_sentiment_on_any_day() {
        let experiment = studies::queue();
        let results = studies::play(&experiment, 2);
        let rows = rows(&results);
        assert!(rows.iter().any(|row| row.metric == Metric::HeardRate));
        assert!(rows.iter().all(|row| row.metric != Metric::Reputation));
    }
}
