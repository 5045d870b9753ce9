//! Running checks, one after another, into one table.

use super::bench::{Bench, Effort, Halt};
use super::table::Table;
use super::{CHECKS, Check};
use crate::job::{Job, Progress, Watch};

/// What to run.
#[derive(Clone, Debug)]
pub struct Request {
    /// The checks, in the order of the table.
    pub checks: Vec<&'static Check>,
    /// How much work to do.
    pub effort: Effort,
    /// The random seed, 0 to 2^63-1.
    pub seed: u64,
    /// Threads to run on; 0 counts as 1. The table does not depend on it.
    pub threads: usize,
}

impl Job for Request {
    type Output = Table;
    type Error = Halt;

    /// Runs the checks and judges their rows together. Reports before every check and after the last;
    /// the stop flag ends the run within a replication.
    ///
    /// # Errors
    /// If it was stopped, as half a table cannot be judged, or the worker threads cannot be started.
    fn run(self, watch: &mut Watch) -> Result<Table, Halt> {
        let stop = watch.stop();
        let bench = Bench::new(self.effort, self.seed, self.threads, stop.flag())?;
        let total = self.checks.len() as u64;
        let mut checks = Vec::with_capacity(self.checks.len());
        let at = |done: usize, now| Progress { done: done as u64, total, unit: "checks", now };
        for check in self.checks {
            watch.report(at(checks.len(), Some(check.what)));
            checks.push((check, check.rows(&bench)?));
        }
        watch.report(at(checks.len(), None));
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
    use std::sync::mpsc;

    use super::*;
    use crate::job::Stop;

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
        let (sender, seen) = mpsc::channel();
        let mut watch = Watch::new(Stop::default(), move |at| sender.send(at).unwrap());
        let table = request(&["sentiment", "draws"]).run(&mut watch).unwrap();
        drop(watch);
        let seen: Vec<_> = seen.iter().map(|at| (at.done, at.total, at.now)).collect();
        let what = |name: &str| Some(choose(&[name]).unwrap()[0].what);
        assert_eq!(seen, [(0, 2, what("sentiment")), (1, 2, what("draws")), (2, 2, None)]);
        assert_eq!((table.checks.len(), table.off().count()), (2, 0));
    }

    #[test]
    fn a_raised_flag_stops_a_run_between_checks_and_inside_one() {
        let stop = Stop::default();
        let (flag, (sender, begun)) = (stop.clone(), mpsc::channel());
        let mut watch = Watch::new(stop, move |at| {
            sender.send(at.done).unwrap();
            if at.done == 1 {
                flag.raise();
            }
        });
        let halted = request(&["sentiment", "draws"]).run(&mut watch);
        drop(watch);
        assert!(matches!(halted, Err(Halt::Stopped)));
        assert_eq!(begun.iter().collect::<Vec<_>>(), [0, 1]);
    }
}
