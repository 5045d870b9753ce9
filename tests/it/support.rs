//! What the tests share: loading studies, playing them, watching cases.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use heard_lab::experiment::Experiment;
use heard_lab::experiment::results::Results;
use heard_lab::experiment::runner;
use heard_scenario::study::{Request, Study};
use heard_world::observer::{Happening, Observer};

/// A log that may not be passed on, and so is not in the repository: it lies beside it.
pub fn public_log(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data").join(name)
}

/// A scenario by path or name, with `--set` values.
pub fn experiment(scenario: &str, sets: &[&str], replications: u32) -> Arc<Experiment> {
    let request = Request {
        scenario: scenario.to_owned(),
        sets: sets.iter().map(|&set| set.to_owned()).collect(),
        replications: Some(replications),
        ..Request::default()
    };
    let study = Study::load(&request).unwrap_or_else(|refusal| panic!("{}", refusal.render(false)));
    Arc::new(Experiment::new(study))
}

/// A scenario from its text.
pub fn experiment_of(text: &str, replications: u32) -> Arc<Experiment> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("scenario.toml");
    std::fs::write(&path, text).unwrap();
    experiment(path.to_str().unwrap(), &[], replications)
}

/// Plays all replications.
pub fn play(experiment: &Arc<Experiment>) -> Results {
    let mut results = Results::new(experiment);
    let wanted = experiment.study.base.run.replications;
    runner::run(experiment, 0..wanted, 2, &AtomicBool::new(false), |_, row| {
        results.push(&row);
        Ok::<(), std::convert::Infallible>(())
    })
    .unwrap();
    results
}

/// Index of an arm.
pub fn arm(experiment: &Experiment, name: &str) -> usize {
    experiment.study.arms.iter().position(|arm| arm.name == name).unwrap()
}

/// Remembers what happened to every case, in order.
#[derive(Default)]
pub struct Diary {
    pub cases: BTreeMap<u32, Vec<(f64, Happening)>>,
}

impl Observer for Diary {
    fn happened(&mut self, hours: f64, candidate: u32, what: Happening) {
        self.cases.entry(candidate).or_default().push((hours, what));
    }
}

/// The diary of one arm in one replication.
pub fn diary(experiment: &Experiment, arm: usize, replication: u32) -> Diary {
    let mut diary = Diary::default();
    experiment.play(arm, replication, &AtomicBool::new(false), &mut diary).unwrap();
    diary
}
