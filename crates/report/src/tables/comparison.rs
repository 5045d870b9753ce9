//! `comparison.csv`: every arm against the baseline, company by company, on the same replications.

use super::{Field, Row};
use heard_lab::experiment::results::{Results, Subject};
use heard_math::stats::{Comparison, Verdict};
use heard_scenario::metric::Metric;

/// The difference of one arm from the baseline in one metric, for one company, over one window.
#[derive(Clone, Debug, PartialEq)]
pub struct Difference<'a> {
    /// Who is compared.
    pub subject: Subject,
    /// The arm.
    pub arm: &'a str,
    /// The company; `all` for all of them together, where there are several.
    pub company: &'a str,
    /// The arm that it is compared with.
    pub baseline: &'a str,
    /// What is measured.
    pub metric: Metric,
    /// What was found, with a simultaneous interval; `None` where no replication defines both.
    pub found: Option<Comparison>,
    /// What the interval says.
    pub verdict: Verdict,
    /// The window that it is counted over.
    pub window: &'a str,
}

impl Row for Difference<'_> {
    const COLUMNS: &'static [&'static str] = &[
        "arm",
        "baseline",
        "company",
        "metric",
        "unit",
        "difference",
        "ci_low",
        "ci_high",
        "verdict",
        "variance_reduction",
        "replications",
        "window",
        "any_look_low",
        "any_look_high",
        "any_look_verdict",
    ];

    fn fields(&self) -> Vec<Field<'_>> {
        let difference = self.found.map(|found| found.difference);
        let any_look = self.found.map(|found| found.any_look);
        let any_look_verdict = self.found.map_or(self.verdict, |found| found.any_look_verdict);
        let reduction = self.found.and_then(|found| found.variance_reduction);
        vec![
            Field::Text(self.arm),
            Field::Text(self.baseline),
            Field::Text(self.company),
            Field::Text(self.metric.name()),
            Field::Text(self.metric.unit()),
            Field::Number(difference.map(|difference| difference.mean)),
            Field::Number(difference.and_then(|difference| difference.low)),
            Field::Number(difference.and_then(|difference| difference.high)),
            Field::Text(self.verdict.as_str()),
            Field::Number(reduction),
            Field::Count(self.found.map_or(0, |found| found.replications)),
            Field::Text(self.window),
            Field::Number(any_look.and_then(|interval| interval.low)),
            Field::Number(any_look.and_then(|interval| interval.high)),
            Field::Text(any_look_verdict.as_str()),
        ]
    }
}

impl Difference<'_> {
    /// The same with the interval and the verdict that hold at any number of looks.
    #[must_use]
    pub fn at_any_look(mut self) -> Self {
        self.found = self.found.map(Comparison::at_any_look);
        self.verdict = self.found.map_or(self.verdict, |found| found.verdict);
        self
    }
}

/// All rows: arms, companies and windows as in the scenario, then metrics; those that no arm defines are left
/// out.
#[must_use]
pub fn rows<'a>(results: &'a Results) -> Vec<Difference<'a>> {
    let study = &results.experiment.study;
    let metrics = results.metrics();
    let baseline = study.arms[study.baseline].name.as_str();
    let mut rows = Vec::new();
    for subject in results.subjects().filter(|subject| subject.arm != study.baseline) {
        let (arm, company) = (results.arm_name(subject), results.company_name(subject));
        let window = results.window_name(subject);
        rows.extend(metrics.iter().map(|&metric| {
            let found = results.compare(subject, metric);
            let verdict = match found {
                Some(found) => found.verdict,
                None if study.base.run.headline.contains(&metric) => Verdict::CannotTell,
                None => Verdict::NotTested,
            };
            Difference { subject, arm, company, baseline, metric, found, verdict, window }
        }));
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::studies;

    #[test]
    fn every_arm_but_the_baseline_is_compared_on_every_metric() {
        let experiment = studies::bundled(&[]);
        let results = studies::play(&experiment, 3);
        let rows = rows(&results);
        assert_eq!(rows.len(), 6 * results.metrics().len());
        assert!(rows.iter().all(|row| row.arm != "presence-only"));
        assert!(rows.iter().all(|row| row.baseline == "presence-only"));
        assert_eq!(rows[0].fields().len(), Difference::COLUMNS.len());
    }

    #[test]
    fn verdicts_are_given_on_headline_metrics_only() {
        let experiment = studies::bundled(&[]);
        let headline = &experiment.study.base.run.headline;
        for row in rows(&studies::play(&experiment, 3)) {
            let tested = row.verdict != Verdict::NotTested;
            assert_eq!(tested, headline.contains(&row.metric), "{row:?}");
        }
    }

    #[test]
    fn a_headline_metric_without_a_difference_cannot_tell() {
        // Nobody answers in the baseline: no difference has two sides.
        let headline = "run.headline=[\"first_answer_hours_p50\"]";
        let effects = "run.smallest_effect_of_interest={first_answer_hours_p50=1}";
        let experiment = studies::bundled(&[headline, effects]);
        let results = studies::play(&experiment, 3);
        let rows = rows(&results);
        let row = rows
            .iter()
            .find(|row| row.metric == Metric::FirstAnswerHoursP50 && row.arm == "automatic-reply");
        let row = row.unwrap();
        assert_eq!((row.found, row.verdict), (None, Verdict::CannotTell));
        assert_eq!(row.fields()[5..8], [const { Field::Number(None) }; 3]);
    }

    #[test]
    fn one_arm_is_compared_with_nothing() {
        let experiment = studies::queue();
        assert!(rows(&studies::play(&experiment, 2)).is_empty());
    }
}
