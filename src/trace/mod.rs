//! One case as a story: the same customer, the same problem and the same luck under two arms.
//!
//! Cases are numbered by their candidate occasion, which is the same in every arm. Replications are
//! pure functions of (seed, replication, arm), so a case is found by playing each arm once and
//! keeping only how every case ended ([`fate`]), and told by playing it again and writing down all
//! that happens to that one case (`watch`).
//!
//! ```text
//! watch -> fate -> choose -> story (in words) -> columns, difference -> page or json
//! ```

pub mod choose;
mod columns;
mod difference;
pub mod fate;
pub mod json;
pub mod names;
pub mod page;
pub mod story;
mod watch;
mod words;

use std::collections::BTreeMap;
use std::sync::atomic::AtomicBool;

use choose::Differs;
use fate::Fate;
use heard_lab::experiment::Experiment;
use names::Names;
use story::Story;
use watch::{Diary, Survey};

/// The first number that is no customer's occasion: detractors' posts begin there.
pub const DETRACTORS: u32 = 0x8000_0000;
/// The first number of an auditor's probes.
pub const PROBES: u32 = 0xC000_0000;
/// The first number of the companies' mistakes.
pub const MISTAKES: u32 = 0xE000_0000;

/// A replication of one or two arms, with the fate of every case.
#[derive(Debug)]
pub struct Trace<'a> {
    /// What is played.
    pub experiment: &'a Experiment,
    /// Which replication.
    pub replication: u32,
    /// Its arms, in the order in which they are told.
    pub sides: Vec<Side>,
}

/// One arm.
#[derive(Debug)]
pub struct Side {
    /// Index of the arm.
    pub arm: usize,
    /// What its channels and teams are called.
    pub names: Names,
    /// What became of each case.
    pub fates: BTreeMap<u32, Fate>,
}

impl<'a> Trace<'a> {
    /// Plays the arms once and keeps the fate of every case.
    #[must_use]
    pub fn new(experiment: &'a Experiment, arms: &[usize], replication: u32) -> Self {
        let side = |&arm: &usize| {
            let names = Names::new(&experiment.study, arm);
            let mut survey = Survey::new(&names);
            // Nobody raises the stop, so that the replication is always played to its end.
            let _ = experiment.play(arm, replication, &AtomicBool::new(false), &mut survey);
            let fates = survey.fates();
            Side { arm, names, fates }
        };
        let sides = arms.iter().map(side).collect();
        Self { experiment, replication, sides }
    }

    /// The counted cases worth telling, the most instructive first: see [`choose::ranked`].
    #[must_use]
    pub fn ranked(&self, differs: Option<Differs>) -> Vec<u32> {
        let run = &self.experiment.study.base.run;
        let window = (run.warmup_days * 24.0, (run.days - run.margin_days) * 24.0);
        match self.sides.as_slice() {
            [first, second] => choose::ranked(&first.fates, &second.fates, window, differs),
            [only] => choose::busiest(&only.fates, window),
            _ => Vec::new(),
        }
    }

    /// Plays the arms again and tells all that happens to one case; `None` where it came about in
    /// neither.
    #[must_use]
    pub fn story(&self, case: u32) -> Option<Story<'_>> {
        let diary = |side: &Side| {
            let mut diary = Diary::new(case);
            let stop = AtomicBool::new(false);
            let _ = self.experiment.play(side.arm, self.replication, &stop, &mut diary);
            diary.lines
        };
        let diaries: Vec<_> = self.sides.iter().map(diary).collect();
        diaries.iter().any(|lines| !lines.is_empty()).then(|| Story::new(self, case, &diaries))
    }

    /// What an arm is called.
    #[must_use]
    pub fn arm_name(&self, side: usize) -> &str {
        let arm = self.sides.get(side).and_then(|side| self.experiment.study.arms.get(side.arm));
        arm.map_or("", |arm| &arm.name)
    }
}

/// A case's number as `--case` takes it.
#[must_use]
pub fn case_number(case: u32) -> String {
    if case < DETRACTORS { case.to_string() } else { format!("0x{case:08X}") }
}
