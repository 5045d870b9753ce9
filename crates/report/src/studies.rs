//! Small studies for the tests of the report.

use std::convert::Infallible;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use heard_contacts::files::Disk;
use heard_lab::experiment::{Experiment, results::Results, runner};
use heard_scenario::study::{Request, Study, find};

/// Seven arms, kept for these tests: the bundled scenario of this name goes its own way.
const SEVEN_ARMS: &str =
    concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/scenarios/listening-vs-responding.toml");

fn load(scenario: &str, sets: &[&str]) -> Arc<Experiment> {
    let request = Request {
        scenario: scenario.to_owned(),
        sets: sets.iter().map(|&set| set.to_owned()).collect(),
        ..Request::default()
    };
    let study = Study::load(&request).map_err(|refusal| refusal.render(false));
    Arc::new(Experiment::new(study.unwrap_or_else(|text| panic!("{text}"))))
}

/// Seven arms with few customers and days.
pub fn bundled(sets: &[&str]) -> Arc<Experiment> {
    let small = ["customers.count=300", "run.days=40"];
    load(SEVEN_ARMS, &[&small, sets].concat())
}

/// The same with more written below it.
pub fn bundled_with(text: &str, sets: &[&str]) -> Arc<Experiment> {
    let small = ["customers.count=300", "run.days=40"];
    let (_, source) = find(SEVEN_ARMS, &Disk).unwrap();
    from_file(&format!("{}\n{text}", source.text), &[&small, sets].concat())
}

/// Two rivals, which have the same policies.
pub fn market(text: &str) -> Arc<Experiment> {
    bundled_with(&format!("[company.acme]\n[company.bolt]\n{text}"), &[])
}

/// A scenario written by the test.
pub fn written(text: &str) -> Arc<Experiment> {
    from_file(text, &[])
}

fn from_file(text: &str, sets: &[&str]) -> Arc<Experiment> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("written.toml");
    std::fs::write(&path, text).unwrap();
    load(path.to_str().unwrap(), sets)
}

/// A plain queue: no population, one stream of callers, one arm.
pub fn queue() -> Arc<Experiment> {
    written(QUEUE)
}

/// The text of [`queue`].
pub const QUEUE: &str = r#"
[run]
days = 10
warmup_days = 1
margin_days = 1

[customers]
count = 0

[channel.phone]
seen_by = "private"
waits = "on the line"

[stream.callers]
channel = "phone"
per_hour = 10.0

[team.desk]
channels = ["phone"]
shifts = [{ days = "Mon-Sun", hours = "00:00-24:00", people = 2 }]
"#;

/// Arms with names that break what is not careful. Scenarios may not hold all of them: the report does
/// not rest on that.
pub fn strange() -> Arc<Experiment> {
    let long = "a name that goes on and on ".repeat(12);
    let names = [
        long.as_str(),
        "<b>&, \"quoted\"\nand\u{7} \u{1b}[31m",
        "一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十",
        "",
    ];
    let mut experiment = written(
        "[run]\ndays = 40\n[customers]\ncount = 300\n[channel.twitter]\nseen_by = \"public\"\n\
         waits = \"in an inbox\"\n[team.care]\nchannels = [\"twitter\"]\n\
         shifts = [{ days = \"Mon-Sun\", hours = \"09:00-17:00\", people = 3 }]\n\
         [[triage]]\ndo = \"restore\"\n[arm.a]\n[arm.b]\n[arm.c]\n[arm.d]\n",
    );
    for (arm, name) in Arc::make_mut(&mut experiment).study.arms.iter_mut().zip(names) {
        arm.name = name.to_owned();
    }
    experiment
}

/// Plays some replications.
pub fn play(experiment: &Arc<Experiment>, replications: u32) -> Results {
    let mut results = Results::new(experiment);
    let stop = AtomicBool::new(false);
    let take = |_, row: Vec<f64>| {
        results.push(&for_every_company(experiment, row));
        Ok::<(), Infallible>(())
    };
    runner::run(experiment, 0..replications, 2, &stop, take).unwrap();
    results
}

/// The row with numbers for every company, also where the world plays only one: the others' are then
/// larger by a tenth for each company before them.
fn for_every_company(experiment: &Experiment, row: Vec<f64>) -> Vec<f64> {
    if row.len() == experiment.row_length() {
        return row;
    }
    let companies = experiment.subjects().len();
    let of = |arm: &[f64]| -> Vec<f64> {
        let larger =
            |company: usize| arm.iter().map(move |value| value * (1.0 + 0.1 * company as f64));
        (0..companies).flat_map(larger).collect()
    };
    row.chunks(experiment.columns.len()).flat_map(of).collect()
}
