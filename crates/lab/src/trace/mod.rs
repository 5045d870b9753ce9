//! One case as a story: the same customer, the same problem and the same luck under two arms.
//!
//! Cases are numbered by their candidate occasion, which is the same in every arm. Replications are
//! pure functions of (seed, replication, arm), so each arm is simulated once, keeping only what became
//! of every case ([`fate`]), and again to record everything that happens to one case ([`story`]).
//!
//! ```text
//! watch -> fate -> choose -> story
//! ```

pub mod choose;
pub mod fate;
pub mod names;
pub mod story;
mod watch;

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use choose::Differs;
use fate::Fate;
use names::Names;
use story::Story;
use watch::{Diary, Survey};

use crate::experiment::cost::Costs;
use crate::experiment::runner::Turn;
use crate::experiment::schedule::Piece;
use crate::experiment::{Experiment, runner};
use crate::job::{Job, Progress, Watch};

/// The first number that does not belong to a customer's occasion: detractors' posts begin there.
pub const DETRACTORS: u32 = 0x8000_0000;
/// The first number of an auditor's probes.
pub const PROBES: u32 = 0xC000_0000;
/// The first number of the companies' mistakes.
pub const MISTAKES: u32 = 0xE000_0000;

/// A replication of one or two arms, with the fate of every case.
#[derive(Clone, Debug)]
pub struct Trace {
    /// What is simulated.
    pub experiment: Arc<Experiment>,
    /// Which replication; the first is 0.
    pub replication: u32,
    /// Its arms, in the order in which they are shown.
    pub sides: Vec<Side>,
}

/// One arm.
#[derive(Clone, Debug)]
pub struct Side {
    /// Index of the arm.
    pub arm: usize,
    /// Its name.
    pub name: String,
    /// What its companies, channels and teams are called.
    pub names: Names,
    /// What became of each case.
    pub fates: BTreeMap<u32, Fate>,
}

/// Simulates the arms of a trace once and keeps the fate of every case.
#[derive(Clone, Debug)]
pub struct Follow {
    /// What to simulate.
    pub experiment: Arc<Experiment>,
    /// Indices of its arms, in the order in which they are shown.
    pub arms: Vec<usize>,
    /// Which replication; the first is 0.
    pub replication: u32,
}

impl Job for Follow {
    /// `None` if it was stopped.
    type Output = Option<Trace>;
    type Error = runner::Error<Infallible>;

    /// # Errors
    /// If a worker thread cannot be started.
    fn run(self, watch: &mut Watch) -> Result<Option<Trace>, Self::Error> {
        let Self { experiment, arms, replication } = self;
        let side = |piece: Piece, stop: &AtomicBool| {
            let arm = arms[piece.arm];
            let names = Names::new(&experiment.study, arm);
            let name = experiment.study.arms.get(arm).map(|arm| arm.name.clone());
            let mut survey = Survey::new(&names);
            experiment.play(arm, replication, stop, &mut survey)?;
            let fates = survey.fates();
            Some(Side { arm, name: name.unwrap_or_default(), names, fates })
        };
        // One arm after the other: what two need at once may be more memory than there is.
        let (costs, stop) = (Costs::new(arms.iter().map(|_| 1.0)), watch.stop());
        let mut sides = None;
        runner::pieces(0..1, costs, 1, stop.flag(), side, |turn| {
            if let Turn::Replication(_, made) = turn {
                sides = Some(made);
            }
            watch.report(Progress::replications(sides.is_some().into(), 1));
            Ok(())
        })?;
        Ok(sides.map(|sides| Trace { experiment: Arc::clone(&experiment), replication, sides }))
    }
}

impl Trace {
    /// The counted cases, the most instructive first: see [`choose::ranked`] and [`choose::busiest`].
    #[must_use]
    pub fn ranked(&self, differs: Option<Differs>) -> Vec<u32> {
        let windows = self.experiment.windows.iter().map(|window| window.hours());
        let windows: Vec<(f64, f64)> = windows.collect();
        match self.sides.as_slice() {
            [first, second] => choose::ranked(&first.fates, &second.fates, &windows, differs),
            [only] => choose::busiest(&only.fates, &windows),
            _ => Vec::new(),
        }
    }

    /// Whether any of the arms has this case.
    #[must_use]
    pub fn has(&self, case: u32) -> bool {
        self.sides.iter().any(|side| side.fates.contains_key(&case))
    }

    /// Simulates the arms again and records everything that happens to one case. `None` if `stop` was
    /// raised.
    #[must_use]
    pub fn story(&self, case: u32, stop: &AtomicBool) -> Option<Story> {
        let diary = |side: &Side| {
            let mut diary = Diary::new(case);
            self.experiment.play(side.arm, self.replication, stop, &mut diary)?;
            Some(diary.lines)
        };
        let diaries: Vec<_> = self.sides.iter().map(diary).collect::<Option<_>>()?;
        Some(Story::new(case, &self.sides, &diaries))
    }
}

#[cfg(test)]
mod tests {
    use super::names::{Channel, Company, Names};
    use super::*;
    use crate::job::Stop;
    use heard_scenario::study::{Request, Study};

    /// Names of companies with three channels and a team each.
    pub fn example(companies: &[&str]) -> Names {
        let channel = |name: &str, public, live| Channel { name: name.to_owned(), public, live };
        let company = |name: &&str| Company {
            name: (*name).to_owned(),
            channels: vec![
                channel("twitter", true, false),
                channel("email", false, false),
                channel("phone", false, true),
            ],
            teams: vec!["care".to_owned()],
        };
        Names::of(companies.iter().map(company).collect())
    }

    fn experiment() -> Arc<Experiment> {
        let request = Request {
            scenario: "listening-vs-responding".to_owned(),
            sets: vec!["customers.count=100".to_owned()],
            ..Request::default()
        };
        Arc::new(Experiment::new(Study::load(&request).unwrap()))
    }

    fn follow(experiment: Arc<Experiment>, arms: &[usize], stop: Stop) -> Option<Trace> {
        let job = Follow { experiment, arms: arms.to_vec(), replication: 0 };
        job.run(&mut Watch::new(stop, |_| {})).unwrap()
    }

    #[test]
    fn a_story_has_everything_that_its_fates_counted() {
        let experiment = experiment();
        let arms = [experiment.study.baseline, experiment.study.arms.len() - 1];
        let trace = follow(experiment, &arms, Stop::default()).unwrap();
        let case = trace.ranked(None)[0];
        let story = trace.story(case, &AtomicBool::new(false)).unwrap();
        for (index, part) in story.parts.iter().enumerate() {
            let steps = story.moments.iter().map(|moment| moment.happenings[index].len());
            assert_eq!(steps.sum::<usize>(), part.fate.as_ref().unwrap().steps as usize);
        }
        assert!(trace.has(case) && !trace.has(u32::MAX));
    }

    #[test]
    fn a_raised_flag_stops_a_trace() {
        let trace = follow(experiment(), &[1], Stop::default()).unwrap();
        let stop = Stop::default();
        stop.raise();
        assert!(follow(experiment(), &[1], stop.clone()).is_none());
        assert!(trace.story(0, stop.flag()).is_none());
    }
}
