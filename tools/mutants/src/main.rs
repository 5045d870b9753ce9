//! Breaks the program on purpose, one spot at a time, and counts what the unit tests notice.
//!
//! ```text
//! find  ->  draw  ->  instrument  ->  package  ->  play  ->  tally
//! every     sample    all behind      one build    tests,    docs/mutants.md
//! mutant              switches                     each on
//! ```
//!
//! Nothing is built but once: in a copy of the package, every mutant of the sample stands behind a
//! switch that an environment variable turns on. Outcomes are kept in `target/mutants/` as they
//! come; a run that was stopped goes on where it was, as long as the sources are the same.

mod draw;
mod find;
mod instrument;
mod mutant;
mod package;
mod play;
mod tally;
mod values;

use std::collections::BTreeMap;
use std::error::Error;
use std::io::Write;
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use mutant::Mutant;
use package::Package;
use play::Outcome;

const HELP: &str = "\
Usage: mutants [--survivors] [--jobs N] [--tally]

  --survivors  after a change: plays only what was not caught by a failing test or is new
  --tally      plays nothing: writes down what is known so far
  --jobs N     mutants played at a time (default 1)
";

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if arguments.iter().any(|argument| argument == "--help") {
        print!("{HELP}");
        return Ok(());
    }
    let survivors = arguments.iter().any(|argument| argument == "--survivors");
    let jobs = arguments.iter().position(|argument| argument == "--jobs");
    let jobs = jobs.and_then(|at| arguments.get(at + 1)?.parse().ok()).unwrap_or(1);
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize()?;
    let work = root.join("target/mutants");
    std::fs::create_dir_all(&work)?;
    let (folders, outcomes) = if arguments.iter().any(|argument| argument == "--tally") {
        let unviable = std::fs::read_to_string(work.join("unviable.txt")).unwrap_or_default();
        let unviable = unviable.lines().map(str::to_owned).collect();
        let text = std::fs::read_to_string(work.join("outcomes.txt"))?;
        (draw::draw(&root, &unviable)?, text.lines().skip(1).filter_map(read).collect())
    } else {
        let package = package::build(&root, &work)?;
        let outcomes = outcomes(&package, &work, survivors, jobs)?;
        (package.folders, outcomes)
    };
    let reasons = std::fs::read_to_string(root.join("tools/mutants/equivalent.txt"))?;
    let notes = std::fs::read_to_string(root.join("tools/mutants/notes.md"))?;
    let page = tally::page(&folders, &outcomes, &tally::reasons(&reasons), &notes)?;
    print!("{page}");
    std::fs::write(root.join("docs/mutants.md"), page)?;
    Ok(())
}

/// Plays what has not been played.
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
    let tests = play::tests(package, work)?;
    let all = package::numbered(&package.folders);
    // The folder with the fewest tests of its own comes first.
    let left: Vec<(u32, &Mutant)> =
        all.into_iter().rev().filter(|(_, mutant)| !known.contains_key(&mutant.key())).collect();
    eprintln!("{} tests, {} mutants to play", tests.len(), left.len());
    let file = std::fs::OpenOptions::new().append(true).open(&kept)?;
    let shared = Mutex::new((file, known));
    let next = AtomicUsize::new(0);
    let work_through = || -> Result<(), String> {
        while let Some((number, mutant)) = left.get(next.fetch_add(1, Ordering::Relaxed)) {
            let outcome = play::play(package, &tests, *number, mutant.folder());
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
        threads
            .into_iter()
            .try_for_each(|thread| thread.join().map_err(|_| "a thread fell over")?)
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
