//! What the rows add up to: means with intervals, and paired comparisons.

use super::Experiment;
use crate::scenario::metric::Metric;
use crate::stats::{Comparison, Interval, Moments, Verdict, bonferroni, compare};
use crate::world::column::{Check, Column};

/// Confidence of every interval.
pub const CONFIDENCE: f64 = 0.95;

/// Rows folded in order. Totals and checks keep their value of every replication; the many other
/// columns keep moments only, so that memory does not grow with the replications.
#[derive(Clone, Debug)]
pub struct Results<'a> {
    /// What was played.
    pub experiment: &'a Experiment,
    kept: Vec<Kept>,
    replications: u32,
}

#[derive(Clone, Debug)]
enum Kept {
    Values(Vec<f64>),
    Moments(Moments),
}

impl<'a> Results<'a> {
    /// No rows yet.
    #[must_use]
    pub fn new(experiment: &'a Experiment) -> Self {
        let keep = |column: &Column| match column {
            Column::Total(_) | Column::Check(_) => Kept::Values(Vec::new()),
            _ => Kept::Moments(Moments::new()),
        };
        let kept =
            experiment.plans.iter().flat_map(|_| experiment.columns.iter().map(keep)).collect();
        Self { experiment, kept, replications: 0 }
    }

    /// Takes the next row.
    pub fn push(&mut self, row: &[f64]) {
        self.replications += 1;
        for (kept, &value) in self.kept.iter_mut().zip(row) {
            match kept {
                Kept::Values(values) => values.push(value),
                Kept::Moments(moments) if !value.is_nan() => moments.push(value),
                Kept::Moments(_) => {}
            }
        }
    }

    /// Rows so far.
    #[must_use]
    pub fn replications(&self) -> u32 {
        self.replications
    }

    /// Names of the arms, in order.
    pub fn arms(&self) -> impl Iterator<Item = &'a str> + use<'a> {
        self.experiment.study.arms.iter().map(|arm| arm.name.as_str())
    }

    /// Mean and 95% Student interval of one column of one arm over the replications in which it is
    /// defined; `None` where that is none.
    #[must_use]
    pub fn interval(&self, arm: usize, column: usize) -> Option<Interval> {
        let moments = match &self.kept[arm * self.experiment.columns.len() + column] {
            Kept::Values(values) => {
                values.iter().copied().filter(|value| !value.is_nan()).collect()
            }
            Kept::Moments(moments) => *moments,
        };
        Interval::student(&moments, CONFIDENCE)
    }

    /// The same for a metric over everything.
    #[must_use]
    pub fn total(&self, arm: usize, metric: Metric) -> Option<Interval> {
        self.interval(arm, self.position(&Column::Total(metric))?)
    }

    /// The values of a metric over everything, one for each replication.
    #[must_use]
    pub fn values(&self, arm: usize, metric: Metric) -> Vec<Option<f64>> {
        let defined = |value: f64| (!value.is_nan()).then_some(value);
        self.raw(arm, &Column::Total(metric)).iter().copied().map(defined).collect()
    }

    /// What every replication says on a check.
    #[must_use]
    pub fn check(&self, arm: usize, check: Check) -> &[f64] {
        self.raw(arm, &Column::Check(check))
    }

    fn raw(&self, arm: usize, column: &Column) -> &[f64] {
        let values =
            self.position(column).map(|at| &self.kept[arm * self.experiment.columns.len() + at]);
        match values {
            Some(Kept::Values(values)) => values,
            _ => &[],
        }
    }

    fn position(&self, column: &Column) -> Option<usize> {
        self.experiment.columns.iter().position(|other| other == column)
    }

    /// Whether a column is defined in any replication of any arm.
    #[must_use]
    pub fn is_defined(&self, column: usize) -> bool {
        (0..self.experiment.plans.len()).any(|arm| self.interval(arm, column).is_some())
    }

    /// Metrics over everything that are defined in some arm, in the order of every table.
    #[must_use]
    pub fn metrics(&self) -> Vec<Metric> {
        let columns = self.experiment.columns.iter().enumerate();
        columns
            .filter_map(|(at, column)| match column {
                Column::Total(metric) if self.is_defined(at) => Some(*metric),
                _ => None,
            })
            .collect()
    }

    /// Comparisons that the simultaneous intervals hold for at once: headline metrics x arms other
    /// than the baseline.
    #[must_use]
    pub fn comparisons(&self) -> usize {
        let study = &self.experiment.study;
        study.base.run.headline.len() * (study.arms.len() - 1)
    }

    /// The paired difference of an arm from the baseline, on the replications in which both are
    /// defined, with a simultaneous interval. Verdicts are given on headline metrics only.
    #[must_use]
    pub fn compare(&self, arm: usize, metric: Metric) -> Option<Comparison> {
        let study = &self.experiment.study;
        let run = &study.base.run;
        let confidence = bonferroni(CONFIDENCE, self.comparisons().max(1));
        let (ours, theirs) = (self.values(arm, metric), self.values(study.baseline, metric));
        let smallest = run.smallest_effect_of_interest.get(&metric).copied();
        let mut comparison = compare(&ours, &theirs, confidence, smallest)?;
        if comparison.replications < u64::from(self.replications) {
            // Where a metric is not defined is no accident: the rest would not speak for all.
            comparison.verdict = Verdict::CannotTell;
        }
        if !run.headline.contains(&metric) {
            comparison.verdict = Verdict::NotTested;
        }
        Some(comparison)
    }
}
