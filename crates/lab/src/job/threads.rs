//! How many threads a job may use: as many as there is memory for.

use std::num::NonZeroUsize;
use std::thread::available_parallelism;

use crate::experiment::Experiment;
use crate::experiment::memory::{self, Need};

/// Threads for a job, and why they are not as many as wanted.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Threads {
    /// How many to use.
    pub count: usize,
    /// What more threads would need; `None` where there are as many as wanted.
    pub short: Option<Shortage>,
}

/// More memory is needed than is free.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Shortage {
    /// The threads that were wanted.
    pub wanted: usize,
    /// Bytes that they need.
    pub needed: f64,
    /// Bytes that are free.
    pub free: f64,
    /// Threads that fit; `None` where not even one does.
    pub fits: Option<usize>,
}

/// All processors that this process may use.
#[must_use]
pub fn all() -> usize {
    available_parallelism().map_or(1, NonZeroUsize::get)
}

/// Threads for an experiment, no more than it has pieces of work: as many as there is memory for, if
/// `given` does not say how many.
///
/// # Errors
/// If there is not enough memory for one thread, or for as many as `given`.
pub fn fitting(given: Option<usize>, experiment: &Experiment) -> Result<Threads, Shortage> {
    let replications = experiment.study.base.run.replications as usize;
    let wanted = given.unwrap_or_else(all).min(replications * experiment.plans.len());
    among(given, wanted, Need::of(experiment), memory::free())
}

fn among(
    given: Option<usize>,
    wanted: usize,
    need: Need,
    free: Option<f64>,
) -> Result<Threads, Shortage> {
    let fits = need.threads(wanted, free);
    let shortage =
        Shortage { wanted, needed: need.at(wanted), free: free.unwrap_or_default(), fits };
    match fits {
        Some(count) if count == wanted => Ok(Threads { count, short: None }),
        Some(count) if given.is_none() => Ok(Threads { count, short: Some(shortage) }),
        _ => Err(shortage),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NEED: Need = Need { common: 1e9, each: 2e9, row: 0.0 };

    #[test]
    fn threads_that_nobody_asked_for_are_fewer_where_memory_is_short() {
        let threads = among(None, 8, NEED, Some(10e9)).unwrap();
        assert_eq!(threads.count, 4);
        let short = threads.short.unwrap();
        assert_eq!((short.wanted, short.needed, short.fits), (8, 17e9, Some(4)));
        assert_eq!(among(None, 4, NEED, Some(10e9)), Ok(Threads { count: 4, short: None }));
        assert_eq!(among(None, 4, NEED, None), Ok(Threads { count: 4, short: None }));
    }

    #[test]
    fn threads_that_were_asked_for_are_refused_where_they_do_not_fit() {
        assert_eq!(among(Some(8), 8, NEED, Some(10e9)).unwrap_err().fits, Some(4));
        assert_eq!(among(Some(1), 1, NEED, Some(2e9)).unwrap_err().fits, None);
        assert_eq!(among(Some(4), 4, NEED, Some(10e9)), Ok(Threads { count: 4, short: None }));
    }
}
