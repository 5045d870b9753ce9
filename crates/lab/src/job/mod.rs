//! Jobs: the one way to run work.
//!
//! A job is plain data. Running it reports progress, can be stopped, and returns data of its own. The
//! command line runs jobs; a language binding, a web page or a cluster's worker runs the same ones.

mod in_folder;
mod simulate;
pub mod threads;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

pub use in_folder::{Ended, InFolder, Opened, RunError};
pub use simulate::Simulate;

/// Work that can be run.
pub trait Job {
    /// What it returns.
    type Output: Send + 'static;
    /// Why it fails.
    type Error: std::error::Error + Send + Sync + 'static;

    /// Runs it on the caller's thread, with workers of its own. A job that is stopped returns what
    /// it has finished.
    ///
    /// # Errors
    /// What each job says.
    fn run(self, watch: &mut Watch) -> Result<Self::Output, Self::Error>;
}

/// How far a job is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// Steps done, those of earlier runs included.
    pub done: u64,
    /// Steps in all.
    pub total: u64,
    /// What a step is, in the plural: `replications`.
    pub unit: &'static str,
    /// What the step at hand is about, where steps differ: a check's one line.
    pub now: Option<&'static str>,
}

impl Progress {
    /// In replications.
    #[must_use]
    pub fn replications(done: u32, total: u32) -> Self {
        Self { done: done.into(), total: total.into(), unit: "replications", now: None }
    }
}

/// A flag that ends a job early. Clones share the flag.
#[derive(Clone, Debug, Default)]
pub struct Stop(Arc<AtomicBool>);

impl Stop {
    /// Raises the flag; returns whether it was raised before.
    pub fn raise(&self) -> bool {
        self.0.swap(true, Ordering::Relaxed)
    }

    /// Whether the flag is raised.
    #[must_use]
    pub fn is_raised(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }

    /// The flag itself, for those that look at it often.
    #[must_use]
    pub fn flag(&self) -> &AtomicBool {
        &self.0
    }
}

/// How a caller follows a job and stops it.
pub struct Watch {
    stop: Stop,
    report: Box<dyn FnMut(Progress) + Send>,
}

impl Watch {
    /// Calls `report` with every step, and while replications run at least every 100 ms, on the thread
    /// that runs the job. It may raise the flag.
    pub fn new(stop: Stop, report: impl FnMut(Progress) + Send + 'static) -> Self {
        Self { stop, report: Box::new(report) }
    }

    /// Follows nothing and never stops.
    #[must_use]
    pub fn none() -> Self {
        Self::new(Stop::default(), |_| {})
    }

    /// The flag that ends the job.
    #[must_use]
    pub fn stop(&self) -> Stop {
        self.stop.clone()
    }

    /// Reports how far the job is.
    pub fn report(&mut self, progress: Progress) {
        (self.report)(progress);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audit::shopper::MysteryShopper;
    use crate::fit::goodness::Compare;
    use crate::trace::Follow;
    use crate::verify::run::Request;

    /// What a binding needs: to start a job on a thread of its own, with its watch, and to get the
    /// result back.
    fn moves<J: Job + Send + 'static>() -> bool {
        fn sent<T: Send + 'static>() {}
        sent::<Watch>();
        sent::<Result<J::Output, J::Error>>();
        true
    }

    #[test]
    fn every_job_runs_on_any_thread_and_its_result_comes_back() {
        assert!(moves::<Simulate>() && moves::<InFolder>() && moves::<Opened>());
        assert!(moves::<MysteryShopper>() && moves::<Compare>());
        assert!(moves::<Follow>() && moves::<Request>());
    }
}
