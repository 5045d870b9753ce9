//! What every check runs on: how much work to do, from which seed, on how many threads.

use std::sync::atomic::{AtomicBool, Ordering};

use rayon::iter::{IntoParallelIterator, ParallelIterator};
use rayon::{ThreadPool, ThreadPoolBuilder};

use super::world::World;
use heard_math::engine::keyed::Draws;
use heard_scenario::study::{Request, Study};
use heard_text::diagnostic::Diagnostic;

/// How much work to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effort {
    /// A tenth of it.
    Quick,
    /// Half of it.
    Usual,
    /// All of it: as much as each check states.
    Thorough,
}

impl Effort {
    /// Its name on the command line and in JSON.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Quick => "quick",
            Self::Usual => "usual",
            Self::Thorough => "thorough",
        }
    }

    fn of(self, thorough: u32) -> u32 {
        match self {
            Self::Quick => thorough.div_ceil(10),
            Self::Usual => thorough.div_ceil(2),
            Self::Thorough => thorough,
        }
    }
}

/// Why a check ended without rows.
#[derive(Debug, thiserror::Error)]
pub enum Halt {
    /// The stop flag was raised.
    #[error("stopped")]
    Stopped,
    /// Worker threads cannot be started, or the world of a check is invalid.
    #[error("{}", .0.message)]
    Refused(Diagnostic),
}

impl Halt {
    /// Something is refused that is nowhere in particular.
    pub(super) fn refused(message: impl std::fmt::Display) -> Self {
        Self::Refused(Diagnostic::new(message.to_string()))
    }
}

/// What a check runs on.
#[derive(Debug)]
pub struct Bench<'a> {
    effort: Effort,
    seed: u64,
    planted: Vec<String>,
    pool: ThreadPool,
    stop: &'a AtomicBool,
}

impl<'a> Bench<'a> {
    /// A bench with this many threads (0 counts as 1) that ends early when `stop` is raised.
    ///
    /// # Errors
    /// If the threads cannot be started.
    pub fn new(
        effort: Effort,
        seed: u64,
        threads: usize,
        stop: &'a AtomicBool,
    ) -> Result<Self, Halt> {
        let pool = ThreadPoolBuilder::new().num_threads(threads.max(1)).build();
        let pool =
            pool.map_err(|error| Halt::refused(format!("cannot start worker threads: {error}")))?;
        Ok(Self { effort, seed, planted: Vec::new(), pool, stop })
    }

    /// The same bench with changes to its worlds that the theory does not know about, written as for
    /// `--set`: faults that a check should notice.
    #[must_use]
    pub fn planted(self, sets: &[&str]) -> Self {
        Self { planted: sets.iter().map(|&set| set.to_owned()).collect(), ..self }
    }

    /// How many repetitions to run, out of those that a thorough check takes.
    #[must_use]
    pub fn of(&self, thorough: u32) -> u32 {
        self.effort.of(thorough)
    }

    /// Whether this is the smallest effort.
    #[must_use]
    pub fn is_quick(&self) -> bool {
        self.effort == Effort::Quick
    }

    /// The draws of trial `trial`.
    #[must_use]
    pub fn draws(&self, trial: u32) -> Draws {
        Draws::new(self.seed, trial)
    }

    /// Calls `each` with 0 to `count` - 1, in parallel; the results are in that order.
    ///
    /// # Errors
    /// If it was stopped.
    pub fn times<T: Send>(
        &self,
        count: u32,
        each: impl Fn(u32) -> T + Sync + Send,
    ) -> Result<Vec<T>, Halt> {
        let one = |index| (!self.stop.load(Ordering::Relaxed)).then(|| each(index));
        let all = self.pool.install(|| (0..count).into_par_iter().map(one).collect::<Option<_>>());
        all.ok_or(Halt::Stopped)
    }

    /// The same for work that gives `None` when it is stopped.
    ///
    /// # Errors
    /// If it was stopped.
    pub fn try_times<T: Send>(
        &self,
        count: u32,
        each: impl Fn(u32) -> Option<T> + Sync + Send,
    ) -> Result<Vec<T>, Halt> {
        self.times(count, each)?.into_iter().collect::<Option<_>>().ok_or(Halt::Stopped)
    }

    /// The world of a scenario, with `sets` and the planted faults applied.
    ///
    /// # Errors
    /// If the result is not a valid scenario.
    pub(super) fn world(&self, scenario: &str, sets: &[&str]) -> Result<World<'_>, Halt> {
        let sets = sets.iter().map(|&set| set.to_owned()).chain(self.planted.iter().cloned());
        let request = Request { sets: sets.collect(), seed: Some(self.seed), ..Request::default() };
        match Study::of_text("check", scenario, &request) {
            Ok(study) => Ok(World::new(study, self.stop)),
            Err(refusal) => Err(Halt::Refused(refusal)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quick_is_a_tenth_and_usual_a_half() {
        let sizes = [Effort::Quick, Effort::Usual, Effort::Thorough].map(|effort| effort.of(45));
        assert_eq!(sizes, [5, 23, 45]);
    }

    #[test]
    fn no_threads_count_as_one() {
        let stop = AtomicBool::new(false);
        let bench = Bench::new(Effort::Quick, 1, 0, &stop).unwrap();
        assert_eq!(bench.pool.current_num_threads(), 1);
    }

    #[test]
    fn work_comes_back_in_order_and_stops_when_asked() {
        let stop = AtomicBool::new(false);
        let bench = Bench::new(Effort::Quick, 1, 2, &stop).unwrap();
        assert_eq!(bench.times(5, |index| index * 2).unwrap(), [0, 2, 4, 6, 8]);
        assert!(matches!(
            bench.try_times(3, |index| (index < 2).then_some(())),
            Err(Halt::Stopped)
        ));
        stop.store(true, Ordering::Relaxed);
        assert!(matches!(bench.times(1, |_| ()), Err(Halt::Stopped)));
    }

    #[test]
    fn what_is_planted_must_fit_the_world() {
        let stop = AtomicBool::new(false);
        let bench = Bench::new(Effort::Quick, 1, 1, &stop).unwrap().planted(&["nonsense=1"]);
        let refused = bench.world(include_str!("scenarios/alike.toml"), &[]).unwrap_err();
        let said = refused.to_string();
        assert!(said.contains("nonsense") && !said.contains("error:"), "{said}");
        assert!(matches!(refused, Halt::Refused(found) if found.message == said));
    }
}
