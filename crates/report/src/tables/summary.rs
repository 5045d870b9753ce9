//! `summary.csv`: every metric of every arm and company.

use super::{Estimate, Field, Row};
use heard_lab::experiment::results::Results;
use heard_scenario::metric::Metric;

/// One metric of one company in one arm.
#[derive(Clone, Debug, PartialEq)]
pub struct Summary<'a> {
    /// The arm.
    pub arm: &'a str,
    /// The company; `all` for all of them together, where there are several.
    pub company: &'a str,
    /// What is measured.
    pub metric: Metric,
    /// What was found, with a 95% interval.
    pub estimate: Estimate,
    /// The window that it is counted over.
    pub window: &'a str,
}

impl Row for Summary<'_> {
    const COLUMNS: &'static [&'static str] = &[
        "arm",
        "company",
        "metric",
        "unit",
        "mean",
        "ci_low",
        "ci_high",
        "replications",
        "window",
    ];

    fn fields(&self) -> Vec<Field<'_>> {
        let names = [self.arm, self.company, self.metric.name(), self.metric.unit()];
        let window = Field::Text(self.window);
        names.into_iter().map(Field::Text).chain(self.estimate.fields()).chain([window]).collect()
    }
}

/// All rows: arms, companies and windows as in the scenario, then metrics; those that no arm defines are left
/// out.
#[must_use]
pub fn rows<'a>(results: &'a Results) -> Vec<Summary<'a>> {
    let metrics = results.metrics();
    let mut rows = Vec::new();
    for subject in results.subjects() {
        rows.extend(metrics.iter().map(|&metric| Summary {
            arm: results.arm_name(subject),
            company: results.company_name(subject),
            metric,
            estimate: results.total(subject, metric).into(),
            window: results.window_name(subject),
        }));
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::studies;

    #[test]
    fn a_metric_undefined_in_one_arm_keeps_its_row_and_in_all_arms_is_left_out() {
        let experiment = studies::bundled(&[]);
        let results = studies::play(&experiment, 3);
        let rows = rows(&results);
        let silent = rows
            .iter()
            .find(|row| row.arm == "presence-only" && row.metric == Metric::FirstAnswerHoursP50);
        assert_eq!(silent.unwrap().estimate, Estimate::default());
        // Nobody waits on the line in this scenario.
        assert!(rows.iter().all(|row| row.metric != Metric::WaitSecondsMean));
    }

    #[test]
    fn arms_come_in_the_order_of_the_scenario_and_metrics_in_that_of_the_type() {
        let experiment = studies::bundled(&[]);
        let results = studies::play(&experiment, 2);
        let rows = rows(&results);
        let arm = |name: &str| results.arms().position(|arm| arm == name);
        assert!(rows.is_sorted_by_key(|row| (arm(row.arm), row.metric)));
        assert_eq!(rows.len(), 7 * results.metrics().len());
        assert_eq!(rows[0].arm, "no-presence");
        assert_eq!(rows[0].fields().len(), Summary::COLUMNS.len());
    }
}
