//! A small world that a check simulates: its rows, or what happened to each case.

use std::sync::atomic::AtomicBool;

use super::bench::{Bench, Halt};
use crate::experiment::Experiment;
use heard_scenario::metric::Metric;
use heard_scenario::study::Study;
use heard_world::column::{Check, Column, Dimension};
use heard_world::observer::{Happening, Observer};

/// A compiled scenario.
#[derive(Debug)]
pub struct World<'a> {
    pub experiment: Experiment,
    stop: &'a AtomicBool,
}

/// What happened in one replication, in order: when, to which case, what.
pub type Story = Vec<(f64, u32, Happening)>;

struct Diary(Story);

impl Observer for Diary {
    fn happened(&mut self, hours: f64, candidate: u32, what: Happening) {
        self.0.push((hours, candidate, what));
    }
}

impl<'a> World<'a> {
    pub fn new(study: Study, stop: &'a AtomicBool) -> Self {
        Self { experiment: Experiment::new(study), stop }
    }

    /// Hours that are counted.
    pub fn hours(&self) -> f64 {
        24.0 * self.experiment.study.base.run.counted_days()
    }

    /// The index of a column in a row.
    pub fn position(&self, column: &Column) -> Result<usize, Halt> {
        let at = self.experiment.columns.iter().position(|other| other == column);
        at.ok_or_else(|| Halt::refused(format!("no column {column:?}")))
    }

    /// One row of replication `index`.
    pub fn row(&self, index: u32) -> Option<Vec<f64>> {
        self.experiment.row(index, self.stop)
    }

    /// What happened in replication `index` under the first arm.
    pub fn story(&self, index: u32) -> Option<Story> {
        Some(self.watched(index, Diary(Story::new()))?.0)
    }

    /// Replication `index` under the first arm, watched.
    pub fn watched<O: Observer>(&self, index: u32, mut observer: O) -> Option<O> {
        self.experiment.play(0, index, self.stop, &mut observer)?;
        Some(observer)
    }

    /// Simulates the replications that the scenario states, or fewer if the effort is smaller.
    pub fn simulate(&self, bench: &Bench<'_>) -> Result<Sample<'_>, Halt> {
        let replications = self.experiment.study.base.run.replications;
        let rows = bench.try_times(bench.of(replications), |index| self.row(index))?;
        Ok(Sample { world: self, rows })
    }
}

/// The rows of a world.
#[derive(Debug)]
pub struct Sample<'a> {
    pub world: &'a World<'a>,
    rows: Vec<Vec<f64>>,
}

impl Sample<'_> {
    /// The values of a column, one per replication; empty where there is no such column.
    pub fn column(&self, column: &Column) -> Vec<f64> {
        let columns = &self.world.experiment.columns;
        let at = columns.iter().position(|other| other == column);
        at.map_or(Vec::new(), |at| self.rows.iter().map(|row| row[at]).collect())
    }

    pub fn metric(&self, metric: Metric) -> Vec<f64> {
        self.column(&Column::Total(metric))
    }

    /// A metric of one stream.
    pub fn of_stream(&self, metric: Metric, stream: &str) -> Vec<f64> {
        let (dimension, level) = (Dimension::Class, stream.to_owned());
        self.column(&Column::Level { metric, dimension, level })
    }

    pub fn check(&self, check: Check) -> Vec<f64> {
        self.column(&Column::Check(check))
    }
}
