//! How fast the world plays: a plain queue, whose arrivals a second can be held against other
//! simulators (`benches/README.md`), and each arm of the bundled scenario.

use std::process;
use std::sync::LazyLock;
use std::sync::atomic::AtomicBool;

use divan::Bencher;
use divan::counter::ItemsCount;
use heard_lab::experiment::Experiment;
use heard_scenario::study::{Request, Study};

static BUNDLED: LazyLock<Experiment> = LazyLock::new(|| load("listening-vs-responding"));

fn main() {
    divan::main();
}

fn load(scenario: &str) -> Experiment {
    let request = Request { scenario: scenario.to_owned(), ..Request::default() };
    match Study::load(&request) {
        Ok(study) => Experiment::new(study),
        Err(refusal) => {
            eprintln!("{}", refusal.render(false));
            process::exit(2);
        }
    }
}

/// One replication with everything that belongs to it, from the plan to the row of values.
#[divan::bench(sample_count = 30, sample_size = 1)]
fn queue(bencher: Bencher) {
    let experiment = load(concat!(env!("CARGO_MANIFEST_DIR"), "/benches/erlang-a.toml"));
    let base = &experiment.study.base;
    let per_hour: f64 = base.stream.values().map(|stream| stream.per_hour).sum();
    let arrivals = (per_hour * base.run.days * 24.0) as u64;
    let stop = AtomicBool::new(false);
    bencher.counter(ItemsCount::new(arrivals)).bench(|| experiment.row(0, &stop));
}

fn arms() -> impl Iterator<Item = &'static str> {
    BUNDLED.study.arms.iter().map(|arm| arm.name.as_str())
}

/// One replication of one arm: 20,000 customers for 90 days.
#[divan::bench(args = arms(), sample_count = 20, sample_size = 1)]
fn bundled(bencher: Bencher, name: &str) {
    let stop = AtomicBool::new(false);
    let arm = BUNDLED.study.arms.iter().position(|arm| arm.name == name).unwrap_or(0);
    bencher.bench(|| BUNDLED.play(arm, 0, &stop, &mut ()));
}
