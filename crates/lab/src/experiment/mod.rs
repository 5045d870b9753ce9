//! The experiment: every arm of a study, run many times on the same customers.
//!
//! A row is the result of one replication: the columns of every arm's companies and of all companies
//! together, one arm after another. It is a pure function of (version, study, seed, index), so rows,
//! and the arms within them, may be computed in any order, on any number of threads, in any number of
//! runs; they are folded in order.

pub mod aside;
pub mod contact_log;
pub mod cost;
pub mod folder;
mod identity;
pub mod inputs;
pub mod journal;
pub mod looks;
pub mod memory;
pub mod net;
pub mod results;
pub mod runner;
pub mod schedule;
mod written;

use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use sha2::{Digest, Sha256};

use cost::Costs;
use heard_scenario::study::Study;
use heard_scenario::window::Window;
use heard_world::column::{Column, columns, length};
use heard_world::footprint;
use heard_world::observer::Observer;
use heard_world::plan::Plan;
use heard_world::plan::setting::Setting;
use heard_world::replicate;

pub use heard_scenario::figure::ALL;

/// A study compiled to run.
#[derive(Clone, Debug)]
pub struct Experiment {
    /// What the user wants to know.
    pub study: Study,
    /// Its arms, compiled.
    pub plans: Vec<Plan>,
    /// The windows that results are counted over; the first is the main one.
    pub windows: Vec<Window>,
    /// The columns that each company of each arm has in a row, those of a window once for each.
    pub columns: Vec<Column>,
}

impl Experiment {
    /// Compiles the arms.
    #[must_use]
    pub fn new(study: Study) -> Self {
        let setting = Arc::new(Setting::new(&study));
        let plans: Vec<Plan> = study.arms.iter().map(|arm| Plan::new(arm, &setting)).collect();
        let columns = columns(&plans);
        Self { windows: study.base.run.counted_windows(), study, plans, columns }
    }

    /// Runs all arms of one replication; `None` if `stop` was raised.
    #[must_use]
    pub fn row(&self, replication: u32, stop: &AtomicBool) -> Option<Vec<f64>> {
        let mut row = Vec::with_capacity(self.row_length());
        for arm in 0..self.plans.len() {
            row.extend(self.play(arm, replication, stop, &mut ())?);
        }
        Some(row)
    }

    /// Runs one arm of one replication under an observer; `None` if `stop` was raised.
    #[must_use]
    pub fn play<O: Observer>(
        &self,
        arm: usize,
        replication: u32,
        stop: &AtomicBool,
        observer: &mut O,
    ) -> Option<Vec<f64>> {
        let seed = self.study.base.run.seed;
        replicate(&self.plans[arm], &self.columns, seed, replication, stop, observer)
    }

    /// What one replication of each arm costs, as far as its plan tells.
    #[must_use]
    pub fn costs(&self) -> Costs {
        Costs::new(self.plans.iter().map(footprint::events))
    }

    /// Whom the columns are about: each company and, where there are several, all of them together.
    #[must_use]
    pub fn subjects(&self) -> Vec<&str> {
        let companies = self.study.companies.iter().map(String::as_str);
        let all = (self.study.companies.len() > 1).then_some(ALL);
        companies.chain(all).collect()
    }

    /// Numbers in a row.
    #[must_use]
    pub fn row_length(&self) -> usize {
        self.plans.len() * self.subjects().len() * length(&self.columns, self.windows.len())
    }

    /// Identifies everything that the rows depend on, as 64 hexadecimal digits: version, scenario and
    /// seed, but neither its texts, nor the number of replications, nor which arm is the baseline.
    #[must_use]
    pub fn hash(&self) -> String {
        let mut study = self.study.clone();
        let phases = study.arms.iter_mut().flat_map(|arm| &mut arm.phases);
        let scenarios = phases.flat_map(|phase| &mut phase.companies);
        for scenario in scenarios.chain([&mut study.base]) {
            identity::strip(scenario);
        }
        let mut hasher = Sha256::new();
        hasher.update(env!("CARGO_PKG_VERSION"));
        hasher.update(study.to_json().to_string());
        if let Some(edges) = &study.edges {
            hasher.update(edges.sha256());
        }
        if let Some(replayed) = &study.replayed {
            hasher.update(replayed.sha256());
        }
        base16ct::lower::encode_string(&hasher.finalize())
    }
}
