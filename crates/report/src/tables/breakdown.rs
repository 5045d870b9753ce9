//! `breakdown.csv`: metrics of the parts of the whole: channels, teams, kinds, classes, followers.

use super::{Estimate, Field, Row};
use heard_lab::experiment::results::{MAIN, Results};
use heard_scenario::metric::Metric;
use heard_world::column::{Column, Dimension};

/// One metric of one part of one company in one arm.
#[derive(Clone, Debug, PartialEq)]
pub struct Part<'a> {
    /// The arm.
    pub arm: &'a str,
    /// The company; `all` for all of them together, where there are several.
    pub company: &'a str,
    /// What is measured.
    pub metric: Metric,
    /// What was found, with a 95% interval.
    pub estimate: Estimate,
    /// How the whole is split.
    pub dimension: Dimension,
    /// Which part.
    pub level: &'a str,
    /// The window that it is counted over.
    pub window: &'a str,
}

impl Row for Part<'_> {
    const COLUMNS: &'static [&'static str] = &[
        "arm",
        "company",
        "metric",
        "unit",
        "mean",
        "ci_low",
        "ci_high",
        "replications",
        "dimension",
        "level",
        "window",
    ];

    fn fields(&self) -> Vec<Field<'_>> {
        let names = [self.arm, self.company, self.metric.name(), self.metric.unit()];
        let part = [self.dimension.name(), self.level, self.window].map(Field::Text);
        names.into_iter().map(Field::Text).chain(self.estimate.fields()).chain(part).collect()
    }
}

/// All rows: arms, companies and windows as in the scenario, then metrics, dimensions, and levels; parts that
/// no arm defines are left out, and so are probes but in the main window, where they are posted.
#[must_use]
pub fn rows<'a>(results: &'a Results) -> Vec<Part<'a>> {
    let columns = results.experiment.columns.iter().enumerate();
    let part = |(at, column): (usize, &'a Column)| match column {
        Column::Level { metric, dimension, level } if results.is_defined(at) => {
            Some((at, *metric, *dimension, level.as_str()))
        }
        _ => None,
    };
    let mut parts: Vec<_> = columns.filter_map(part).collect();
    // Stable: dimensions and levels keep the order in which the columns have them.
    parts.sort_by_key(|(_, metric, ..)| *metric);
    let mut rows = Vec::new();
    for subject in results.subjects() {
        let has = |dimension| dimension != Dimension::Probe || subject.window == MAIN;
        let here = parts.iter().filter(|(.., dimension, _)| has(*dimension));
        rows.extend(here.map(|&(at, metric, dimension, level)| Part {
            arm: results.arm_name(subject),
            company: results.company_name(subject),
            metric,
            estimate: results.interval(subject, at).into(),
            dimension,
            level,
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
    fn parts_are_those_that_some_arm_defines() {
        let experiment = studies::bundled(&[]);
        let results = studies::play(&experiment, 2);
        let rows = rows(&results);
        let levels = |dimension: &str, metric: Metric| -> Vec<&str> {
            let here = rows.iter().filter(|row| row.arm == "responding" && row.metric == metric);
            here.filter(|row| row.dimension.name() == dimension).map(|row| row.level).collect()
        };
        assert_eq!(levels("channel", Metric::HeardRate), ["twitter", "forum", "email"]);
        assert_eq!(levels("team", Metric::Occupancy), ["care"]);
        assert_eq!(levels("channel", Metric::WaitSecondsMean), [""; 0]);
        assert_eq!(levels("followers_tenth", Metric::SeenRate).len(), 10);
        assert_eq!(rows[0].fields().len(), Part::COLUMNS.len());
    }

    #[test]
    fn a_team_without_shifts_keeps_its_row_with_nothing_in_it() {
        let experiment = studies::bundled(&[]);
        let results = studies::play(&experiment, 2);
        let rows = rows(&results);
        let team = rows.iter().find(|r| r.arm == "presence-only" && r.metric == Metric::Occupancy);
        assert_eq!(team.unwrap().estimate, Estimate::default());
    }
}
