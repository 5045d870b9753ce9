//! Breaks the program on purpose, one spot at a time, and counts what the unit tests notice.
//!
//! ```text
//! find  ->  draw  ->  instrument  ->  package  ->  trial  ->  tally
//! every     sample    all behind      one build    tests,     docs/mutants.md
//! mutant              switches                     each on
//! ```
//!
//! Everything is built once: in a copy of the workspace, every mutant of the sample stands behind a
//! switch that an environment variable turns on. Outcomes are kept in `target/mutants/` as they
//! come; a run that was stopped continues where it was, as long as the sources are the same.

mod draw;
mod find;
mod instrument;
mod mutant;
mod package;
mod tally;
mod trial;
mod values;

use std::collections::BTreeMap;
use std::error::Error;
use std::io::Write;
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use mutant::Mutant;
use package::Package;
use trial::Outcome;

const HELP: &str = "\
Usage: mutants [--survivors] [--jobs N] [--sample N] [--tally]

  --survivors  after a change: runs only mutants that are new or were not caught by a failing test
  --tally      runs nothing: writes down what is known so far
  --jobs N     mutants run at a time (default 1)
  --sample N   a trial of N mutants of each folder: the page goes into target/mutants/sample/, and
               docs/mutants.md stays as it is
";

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if arguments.iter().any(|argument| argument == "--help") {
        print!("{HELP}");
        return Ok(());
    }
    let survivors = arguments.iter().any(|argument| argument == "--survivors");
    let number = |name: &str| {
        let at = arguments.iter().position(|argument| argument == name)?;
        arguments.get(at + 1)?.parse::<usize>().ok()
    };
    let jobs = number("--jobs").unwrap_or(1);
    let trial = number("--sample");
    let sample = trial.unwrap_or(draw::SAMPLE);
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize()?;
    let work = root.join(if trial.is_some() { "target/mutants/sample" } else { "target/mutants" });
    std::fs::create_dir_all(&work)?;
    let (folders, outcomes) = if arguments.iter().any(|argument| argument == "--tally") {
        let unviable = std::fs::read_to_string(work.join("unviable.txt")).unwrap_or_default();
        let unviable = unviable.lines().map(str::to_owned).collect();
        let text = std::fs::read_to_string(work.join("outcomes.txt"))?;
        (draw::draw(&root, sample, &unviable)?, text.lines().skip(1).filter_map(read).collect())
    } else {
        let package = package::build(&root, &work, sample)?;
        let outcomes = outcomes(&package, &work, survivors, jobs)?;
        (package.folders, outcomes)
    };
    let reasons = std::fs::read_to_string(root.join("tools/mutants/equivalent.txt"))?;
    let notes = std::fs::read_to_string(root.join("tools/mutants/notes.md"))?;
    let page = tally::page(&folders, sample, &outcomes, &tally::reasons(&reasons), &notes)?;
    print!("{page}");
    let path = match trial {
        Some(_) => work.join("mutants.md"),
        None => root.join("docs/mutants.md"),
    };
    std::fs::write(path, page)?;
    Ok(())
}

/// Runs the tests on every mutant whose outcome is not known.
fn outcomes(
    package: &Package,
    work: &Path,
    survivors: bool,
    jobs: usize,
) -> Result<BTreeMap<String, Outcome>, Box<dyn Error>> {
    let kept = work.join("outcomes.txt");
    let text = std::fs::read_to_string(&kept).unwrap_or_default();
    let same = text.lines().next() == Some(&package.fingerprint);
    let mut known: BTreeMap<String, Outcome> = text.lines().skip(1).filter_map(read).collect();
    if !same {
        known.retain(|_, outcome| survivors && matches!(outcome, Outcome::Caught(_)));
        let lines: Vec<String> = known.iter().map(|(key, outcome)| line(key, outcome)).collect();
        std::fs::write(&kept, format!("{}\n{}", package.fingerprint, lines.concat()))?;
    }
    let tests = trial::tests(package, work)?;
    let all = package::numbered(&package.folders);
    // The folder with the fewest tests of its own comes first.
    let left: Vec<(u32, &Mutant)> =
        all.into_iter().rev().filter(|(_, mutant)| !known.contains_key(&mutant.key())).collect();
    eprintln!("{} tests, {} mutants to run", tests.len(), left.len());
    let file = std::fs::OpenOptions::new().append(true).open(&kept)?;
    let shared = Mutex::new((file, known));
    let next = AtomicUsize::new(0);
    let work_through = || -> Result<(), String> {
        while let Some((number, mutant)) = left.get(next.fetch_add(1, Ordering::Relaxed)) {
            let outcome = trial::outcome(package, &tests, *number, mutant);
            let outcome = outcome.map_err(|error| error.to_string())?;
            let mut shared = shared.lock().map_err(|error| error.to_string())?;
            let text = line(&mutant.key(), &outcome);
            shared.0.write_all(text.as_bytes()).map_err(|error| error.to_string())?;
            shared.1.insert(mutant.key(), outcome);
        }
        Ok(())
    };
    std::thread::scope(|scope| -> Result<(), String> {
        let threads: Vec<_> = (0..jobs).map(|_| scope.spawn(work_through)).collect();
        threads.into_iter().try_for_each(|thread| thread.join().map_err(|_| "a thread panicked")?)
    })?;
    Ok(shared.into_inner()?.1)
}

fn line(key: &str, outcome: &Outcome) -> String {
    match outcome {
        Outcome::Caught(test) => format!("{key}\tcaught\t{test}\n"),
        Outcome::TimedOut => format!("{key}\ttimed out\t\n"),
        Outcome::Survived(tests) => format!("{key}\tsurvived\t{tests}\n"),
    }
}

fn read(line: &str) -> Option<(String, Outcome)> {
    let mut parts = line.split('\t');
    let (key, what, more) = (parts.next()?, parts.next()?, parts.next()?);
    let outcome = match what {
        "caught" => Outcome::Caught(more.to_owned()),
        "timed out" => Outcome::TimedOut,
        _ => Outcome::Survived(more.parse().ok()?),
    };
    Some((key.to_owned(), outcome))
}
