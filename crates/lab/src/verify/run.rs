//! Running checks, one after another, into one table.

use std::sync::atomic::AtomicBool;

use super::bench::{Bench, Effort, Halt};
use super::table::Table;
use super::{CHECKS, Check};

/// What to run.
#[derive(Clone, Debug)]
pub struct Request {
    /// The checks, in the order of the table.
    pub checks: Vec<&'static Check>,
    /// How much work to do.
    pub effort: Effort,
    /// The random seed, 0 to 2^63-1.
    pub seed: u64,
    /// Threads to run on, at least 1; the table does not depend on it.
    pub threads: usize,
}

/// How far a run has got: it is about to run `next`, or done.
#[derive(Clone, Copy, Debug)]
pub struct Progress {
    /// Checks that are done.
    pub done: usize,
    /// The check that runs now; `None` when all are done.
    pub next: Option<&'static Check>,
}

impl Request {
    /// Runs the checks and judges their rows together. `progress` is called before every check and
    /// after the last; raising `stop` ends the run within a replication.
    ///
    /// # Errors
    /// If it was stopped, or the worker threads cannot be started.
    pub fn run(
        &self,
        stop: &AtomicBool,
        mut progress: impl FnMut(Progress),
    ) -> Result<Table, Halt> {
        let bench = Bench::new(self.effort, self.seed, self.threads, stop)?;
        let mut checks = Vec::with_capacity(self.checks.len());
        for check in &self.checks {
            progress(Progress { done: checks.len(), next: Some(*check) });
            checks.push((*check, check.rows(&bench)?));
        }
        progress(Progress { done: checks.len(), next: None });
        Ok(Table::new(checks))
    }
}

/// The checks with these names, without repetition; all of them where no name is given.
///
/// # Errors
/// The first name that no check has.
pub fn choose<S: AsRef<str>>(names: &[S]) -> Result<Vec<&'static Check>, &str> {
    if names.is_empty() {
        return Ok(CHECKS.iter().collect());
    }
    let mut chosen: Vec<&'static Check> = Vec::new();
    for name in names.iter().map(AsRef::as_ref) {
        let check = CHECKS.iter().find(|check| check.name == name).ok_or(name)?;
        if chosen.iter().all(|other| other.name != check.name) {
            chosen.push(check);
        }
    }
    Ok(chosen)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::Ordering;

    fn request(names: &[&str]) -> Request {
        Request { checks: choose(names).unwrap(), effort: Effort::Quick, seed: 1, threads: 2 }
    }

    #[test]
    fn names_choose_checks_once_and_an_unknown_one_is_given_back() {
        let names = |checks: Vec<&'static Check>| -> Vec<&str> {
            checks.into_iter().map(|check| check.name).collect()
        };
        assert_eq!(names(choose(&["holm", "draws", "holm"]).unwrap()), ["holm", "draws"]);
        assert_eq!(choose::<&str>(&[]).unwrap().len(), CHECKS.len());
        assert_eq!(choose(&["holm", "nonsense"]).unwrap_err(), "nonsense");
    }

    #[test]
    fn progress_names_each_check_before_it_runs_and_ends_with_all_done() {
        let mut seen = Vec::new();
        let stop = AtomicBool::new(false);
        let table = request(&["sentiment", "draws"])
            .run(&stop, |at| seen.push((at.done, at.next.map(|check| check.name))))
            .unwrap();
        assert_eq!(seen, [(0, Some("sentiment")), (1, Some("draws")), (2, None)]);
        assert_eq!((table.checks.len(), table.off().count()), (2, 0));
    }

    #[test]
    fn a_raised_flag_stops_a_run_between_checks_and_inside_one() {
        let stop = AtomicBool::new(false);
        let mut begun = 0;
        let halted = request(&["sentiment", "draws"]).run(&stop, |at| {
            begun += 1;
            stop.store(at.done == 1, Ordering::Relaxed);
        });
        assert!(matches!(halted, Err(Halt::Stopped)));
        assert_eq!(begun, 2);
    }
}
