//! The bench that checks stand on: how much is played, from which seed, on how many threads.

use std::sync::atomic::{AtomicBool, Ordering};

use rayon::iter::{IntoParallelIterator, ParallelIterator};
use rayon::{ThreadPool, ThreadPoolBuilder};

use super::world::World;
use heard_math::engine::keyed::Draws;
use heard_scenario::study::{Request, Study};

/// How much is played.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effort {
    /// A tenth: under 20 seconds.
    Quick,
    /// A half.
    Usual,
    /// All that a check states.
    Thorough,
}

impl Effort {
    /// The name in tables.
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
    /// Somebody wanted it to stop.
    #[error("stopped")]
    Stopped,
    /// No threads can be had, or its world is refused.
    #[error("{0}")]
    Refused(String),
}

/// What a check stands on.
#[derive(Debug)]
pub struct Bench<'a> {
    effort: Effort,
    seed: u64,
    planted: Vec<String>,
    pool: ThreadPool,
    stop: &'a AtomicBool,
}

impl<'a> Bench<'a> {
    /// A bench with this many threads that ends early when `stop` is raised.
    ///
    /// # Errors
    /// Where no threads can be had.
    pub fn new(
        effort: Effort,
        seed: u64,
        threads: usize,
        stop: &'a AtomicBool,
    ) -> Result<Self, Halt> {
        let pool = ThreadPoolBuilder::new().num_threads(threads).build();
        let pool =
            pool.map_err(|error| Halt::Refused(format!("no threads can be had: {error}")))?;
        Ok(Self { effort, seed, planted: Vec::new(), pool, stop })
    }

    /// The same with changes to the worlds that theory is not told of, as `--set` takes them: what a
    /// check should notice.
    #[must_use]
    pub fn planted(self, sets: &[&str]) -> Self {
        Self { planted: sets.iter().map(|&set| set.to_owned()).collect(), ..self }
    }

    /// How many of something are played, of those that a thorough check takes.
    #[must_use]
    pub fn of(&self, thorough: u32) -> u32 {
        self.effort.of(thorough)
    }

    /// Whether as little as possible is played.
    #[must_use]
    pub fn is_quick(&self) -> bool {
        self.effort == Effort::Quick
    }

    /// The draws of trial `trial`.
    #[must_use]
    pub fn draws(&self, trial: u32) -> Draws {
        Draws::new(self.seed, trial)
    }

    /// Does something `count` times, in parallel; in order.
    ///
    /// # Errors
    /// Where it was stopped.
    pub fn times<T: Send>(
        &self,
        count: u32,
        each: impl Fn(u32) -> T + Sync + Send,
    ) -> Result<Vec<T>, Halt> {
        let one = |index| (!self.stop.load(Ordering::Relaxed)).then(|| each(index));
        let all = self.pool.install(|| (0..count).into_par_iter().map(one).collect::<Option<_>>());
        all.ok_or(Halt::Stopped)
    }

    /// The same where each may be cut short.
    ///
    /// # Errors
    /// Where it was stopped.
    pub fn try_times<T: Send>(
        &self,
        count: u32,
        each: impl Fn(u32) -> Option<T> + Sync + Send,
    ) -> Result<Vec<T>, Halt> {
        self.times(count, each)?.into_iter().collect::<Option<_>>().ok_or(Halt::Stopped)
    }

    /// The world of a scenario, with `sets` and what is planted laid over it.
    ///
    /// # Errors
    /// Where it is refused.
    pub(super) fn world(&self, scenario: &str, sets: &[&str]) -> Result<World<'_>, Halt> {
        let sets = sets.iter().map(|&set| set.to_owned()).chain(self.planted.iter().cloned());
        let request = Request { sets: sets.collect(), seed: Some(self.seed), ..Request::default() };
        match Study::of_text("check", scenario, &request) {
            Ok(study) => Ok(World::new(study, self.stop)),
            Err(refusal) => Err(Halt::Refused(refusal.render(false))),
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
        let refused = bench.world(include_str!("scenarios/alike.toml"), &[]);
        assert!(matches!(refused, Err(Halt::Refused(text)) if text.contains("nonsense")));
    }
}
