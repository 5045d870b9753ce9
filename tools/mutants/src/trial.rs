//! Runs the unit tests against one mutant after another.
//!
//! Each test is first run alone, with no mutant switched on. A mutant is then tried only on the tests
//! that reach its place, since nothing changes for the others.

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::io::{BufRead, BufReader};
use std::os::unix::process::ExitStatusExt;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::mpsc;
use std::time::{Duration, Instant};

use crate::mutant::Mutant;
use crate::package::{Package, Program};

/// Memory that a mutant may take, in KiB.
const MEMORY: u64 = 4_000_000;
/// What ends a program that has used up its time: SIGXCPU, or SIGKILL after it.
const OVERTIME: [Option<i32>; 2] = [Some(24), Some(9)];
/// Tests that are slower than this are run after all others.
const SLOW: Duration = Duration::from_millis(300);

/// What happened to a mutant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// This test failed.
    Caught(String),
    /// The tests did not end.
    TimedOut,
    /// No test noticed; this many reach it.
    Survived(usize),
}

/// A unit test.
#[derive(Clone, Debug)]
pub struct Test {
    /// The crate, such as `heard_math`.
    pub program: String,
    /// Its path in the crate.
    pub name: String,
    /// How long it takes.
    pub time: Duration,
    /// The mutants that it reaches.
    pub reaches: BTreeSet<u32>,
}

/// Every unit test of the workspace, run once, alone, with no mutant switched on.
pub fn tests(package: &Package, work: &Path) -> Result<Vec<Test>, Box<dyn Error>> {
    let kept = work.join("reached.txt");
    let text = std::fs::read_to_string(&kept).unwrap_or_default();
    let mut lines = text.lines();
    if lines.next() == Some(&package.fingerprint) {
        return Ok(lines.filter_map(read).collect());
    }
    let mut tests = Vec::new();
    let mut text = format!("{}\n", package.fingerprint);
    for program in &package.programs {
        let listing = Command::new(&program.path).args(["--list", "--format", "terse"]).output()?;
        let listing = String::from_utf8(listing.stdout)?;
        for name in listing.lines().filter_map(|line| line.strip_suffix(": test")) {
            let Some(test) = alone(program, name, work)? else {
                eprintln!("{}::{name} fails with no mutant switched on: left out", program.name);
                continue;
            };
            let list: Vec<String> = test.reaches.iter().map(u32::to_string).collect();
            let (time, list) = (test.time.as_millis(), list.join(" "));
            text += &format!("{}\t{name}\t{time}\t{list}\n", program.name);
            tests.push(test);
        }
    }
    std::fs::write(kept, text)?;
    Ok(tests)
}

/// Runs one test; `None` if it fails.
fn alone(program: &Program, name: &str, work: &Path) -> Result<Option<Test>, Box<dyn Error>> {
    let reached = work.join("reached.now");
    std::fs::remove_file(&reached).unwrap_or_default();
    let begun = Instant::now();
    let mut command = command(program, &["--exact", name], 600);
    let status = command.env("MUTANTS_REACHED", &reached).stdout(Stdio::null()).status()?;
    let numbers = std::fs::read_to_string(&reached).unwrap_or_default();
    Ok(status.success().then(|| Test {
        program: program.name.clone(),
        name: name.to_owned(),
        time: begun.elapsed(),
        reaches: numbers.lines().filter_map(|number| number.parse().ok()).collect(),
    }))
}

fn read(line: &str) -> Option<Test> {
    let mut parts = line.split('\t');
    Some(Test {
        program: parts.next()?.to_owned(),
        name: parts.next()?.to_owned(),
        time: Duration::from_millis(parts.next()?.parse().ok()?),
        reaches: parts.next()?.split(' ').filter_map(|number| number.parse().ok()).collect(),
    })
}

/// The outcome of one mutant. Tests of its own crate go first, and slow ones last.
pub fn outcome(
    package: &Package,
    tests: &[Test],
    number: u32,
    mutant: &Mutant,
) -> Result<Outcome, Box<dyn Error>> {
    let own = mutant.package();
    let mut chunks: BTreeMap<(u8, &str), Vec<&Test>> = BTreeMap::new();
    let reaching: Vec<&Test> = tests.iter().filter(|test| test.reaches.contains(&number)).collect();
    for &test in &reaching {
        let turn = 2 * u8::from(test.time > SLOW) + u8::from(test.program != own);
        chunks.entry((turn, &test.program)).or_default().push(test);
    }
    for ((_, name), chunk) in &chunks {
        let program = package.programs.iter().find(|program| program.name == *name);
        match run(program.ok_or("a test belongs to no program")?, chunk, number)? {
            Outcome::Survived(_) => {}
            found => return Ok(found),
        }
    }
    Ok(Outcome::Survived(reaching.len()))
}

fn command(program: &Program, arguments: &[&str], seconds: u64) -> Command {
    let mut command = Command::new("sh");
    // Processor time: a busy machine makes no difference.
    let limits = format!("ulimit -v {MEMORY}; ulimit -c 0; ulimit -t {seconds}");
    command.arg("-c").arg(format!("{limits}; exec nice -n 10 \"$0\" \"$@\""));
    command.arg(&program.path).args(arguments).arg("--test-threads=1");
    command.current_dir(&program.folder);
    // The same cases in every run, and no files of failures among the sources.
    command.env("PROPTEST_RNG_SEED", "2011").env("PROPTEST_MAX_SHRINK_ITERS", "0");
    command.env("PROPTEST_DISABLE_FAILURE_PERSISTENCE", "1").env("RAYON_NUM_THREADS", "1");
    command.env("RUST_BACKTRACE", "0").stderr(Stdio::null());
    command
}

fn run(program: &Program, tests: &[&Test], number: u32) -> Result<Outcome, Box<dyn Error>> {
    let names: Vec<&str> = tests.iter().map(|test| test.name.as_str()).collect();
    let usual: Duration = tests.iter().map(|test| test.time).sum();
    let seconds = 5 * usual.as_secs() + 3;
    let mut command = command(program, &["--exact"], seconds);
    command.args(&names).env("MUTANT", number.to_string()).stdout(Stdio::piped());
    let mut child = command.spawn()?;
    let (sender, lines) = mpsc::channel();
    let output = child.stdout.take();
    let reader = std::thread::spawn(move || {
        let lines = output.into_iter().flat_map(|output| BufReader::new(output).lines());
        for line in lines.map_while(Result::ok) {
            if sender.send(line).is_err() {
                break;
            }
        }
    });
    let caught = |name: &str| Outcome::Caught(format!("{}::{name}", program.name));
    // A test that waits forever uses no processor time.
    let end = Instant::now() + Duration::from_secs(600 + 20 * seconds);
    let mut passed = 0;
    let found = loop {
        match lines.recv_timeout(end.saturating_duration_since(Instant::now())) {
            Ok(line) if line.starts_with("test ") && line.ends_with("FAILED") => {
                let name = line.trim_start_matches("test ").split(" ...").next();
                break Some(caught(name.unwrap_or_default()));
            }
            Ok(line) => passed += usize::from(line.starts_with("test ") && line.ends_with(" ok")),
            Err(mpsc::RecvTimeoutError::Timeout) => break Some(Outcome::TimedOut),
            Err(mpsc::RecvTimeoutError::Disconnected) => break None,
        }
    };
    if found.is_some() {
        child.kill()?;
    }
    let status = child.wait()?;
    reader.join().unwrap_or_default();
    Ok(match found {
        Some(found) => found,
        None if status.success() => Outcome::Survived(passed),
        None if OVERTIME.contains(&status.signal()) => Outcome::TimedOut,
        // The program crashed before it could say in which test.
        None => caught(names.get(passed).copied().unwrap_or("all")),
    })
}
