//! Running an experiment in memory.

use std::convert::Infallible;
use std::sync::Arc;

use super::{Job, Progress, Watch};
use crate::experiment::results::Results;
use crate::experiment::{Experiment, runner};

/// Runs all replications that a study asks for and keeps the results in memory.
#[derive(Clone, Debug)]
pub struct Simulate {
    /// What to run.
    pub experiment: Arc<Experiment>,
    /// Worker threads; 0 counts as 1. The results do not depend on it.
    pub threads: usize,
}

impl Job for Simulate {
    type Output = Results;
    type Error = runner::Error<Infallible>;

    /// # Errors
    /// If worker threads cannot be started.
    fn run(self, watch: &mut Watch) -> Result<Results, Self::Error> {
        let Self { experiment, threads } = self;
        let wanted = experiment.study.base.run.replications;
        let stop = watch.stop();
        let mut results = Results::new(&experiment);
        runner::rows(&experiment, 0..wanted, threads, stop.flag(), |row| {
            if let Some((_, row)) = row {
                results.push(&row);
            }
            watch.report(Progress::replications(results.replications(), wanted));
            Ok(())
        })?;
        Ok(results)
    }
}
