//! Runs the unit tests against one mutant after another.
//!
//! Each test was run alone first, with no mutant on: a mutant is tried on the tests that come by
//! its spot and on no others, since nothing is different for those.

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::io::{BufRead, BufReader};
use std::os::unix::process::ExitStatusExt;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::mpsc;
use std::time::{Duration, Instant};

use crate::package::Package;

/// Memory that a mutant may take, in KiB.
const MEMORY: u64 = 4_000_000;
/// What ends a program that has used up its time: SIGXCPU, or SIGKILL after it.
const OVERTIME: [Option<i32>; 2] = [Some(24), Some(9)];
/// Tests that are slower than this are run after all others.
const SLOW: Duration = Duration::from_millis(300);

/// What became of a mutant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// This test failed.
    Caught(String),
    /// The tests did not come to an end.
    TimedOut,
    /// No test noticed, and so many came by.
    Survived(usize),
}

/// A unit test.
#[derive(Clone, Debug)]
pub struct Test {
    /// Its path.
    pub name: String,
    /// How long it takes.
    pub time: Duration,
    /// The mutants that it comes by.
    pub reaches: BTreeSet<u32>,
}

/// Every unit test of the package, run once, alone, with no mutant on.
pub fn tests(package: &Package, work: &Path) -> Result<Vec<Test>, Box<dyn Error>> {
    let kept = work.join("reached.txt");
    let text = std::fs::read_to_string(&kept).unwrap_or_default();
    let mut lines = text.lines();
    if lines.next() == Some(&package.fingerprint) {
        return Ok(lines.filter_map(read).collect());
    }
    let listing = Command::new(&package.tests).args(["--list", "--format", "terse"]).output()?;
    let listing = String::from_utf8(listing.stdout)?;
    let mut tests = Vec::new();
    let mut text = format!("{}\n", package.fingerprint);
    for name in listing.lines().filter_map(|line| line.strip_suffix(": test")) {
        let reached = work.join("reached.now");
        std::fs::remove_file(&reached).unwrap_or_default();
        let begun = Instant::now();
        let mut command = program(package, &["--exact", name], 600);
        let status = command.env("MUTANTS_REACHED", &reached).stdout(Stdio::null()).status()?;
        if !status.success() {
            // What fails anyway notices nothing.
            eprintln!("{name} fails, alone and with no mutant on: left out");
            continue;
        }
        let numbers = std::fs::read_to_string(&reached).unwrap_or_default();
        let reaches: BTreeSet<u32> = numbers.lines().filter_map(|n| n.parse().ok()).collect();
        let time = begun.elapsed();
        let list: Vec<String> = reaches.iter().map(u32::to_string).collect();
        text += &format!("{name}\t{}\t{}\n", time.as_millis(), list.join(" "));
        tests.push(Test { name: name.to_owned(), time, reaches });
    }
    std::fs::write(kept, text)?;
    Ok(tests)
}

fn read(line: &str) -> Option<Test> {
    let mut parts = line.split('\t');
    Some(Test {
        name: parts.next()?.to_owned(),
        time: Duration::from_millis(parts.next()?.parse().ok()?),
        reaches: parts.next()?.split(' ').filter_map(|number| number.parse().ok()).collect(),
    })
}

/// The outcome of one mutant. Tests of its own folder go first and slow ones last.
pub fn play(
    package: &Package,
    tests: &[Test],
    number: u32,
    folder: &str,
) -> Result<Outcome, Box<dyn Error>> {
    let own = format!("{folder}::");
    let mut chunks: BTreeMap<u8, Vec<&Test>> = BTreeMap::new();
    let reaching: Vec<&Test> = tests.iter().filter(|test| test.reaches.contains(&number)).collect();
    for &test in &reaching {
        let turn = 2 * u8::from(test.time > SLOW) + u8::from(!test.name.starts_with(&own));
        chunks.entry(turn).or_default().push(test);
    }
    for chunk in chunks.values() {
        match run(package, chunk, number)? {
            Outcome::Survived(_) => {}
            found => return Ok(found),
        }
    }
    Ok(Outcome::Survived(reaching.len()))
}

fn program(package: &Package, arguments: &[&str], seconds: u64) -> Command {
    let mut command = Command::new("sh");
    // Time is the processor's: how much else the machine has to do decides nothing.
    let limits = format!("ulimit -v {MEMORY}; ulimit -c 0; ulimit -t {seconds}");
    command.arg("-c").arg(format!("{limits}; exec nice -n 10 \"$0\" \"$@\""));
    command.arg(&package.tests).args(arguments).arg("--test-threads=1");
    command.current_dir(&package.folder);
    // The same cases in every run, and no notes of failures in the sources.
    command.env("PROPTEST_RNG_SEED", "2011").env("PROPTEST_MAX_SHRINK_ITERS", "0");
    command.env("PROPTEST_DISABLE_FAILURE_PERSISTENCE", "1").env("RAYON_NUM_THREADS", "1");
    command.env("RUST_BACKTRACE", "0").stderr(Stdio::null());
    command
}

fn run(package: &Package, tests: &[&Test], number: u32) -> Result<Outcome, Box<dyn Error>> {
    let names: Vec<&str> = tests.iter().map(|test| test.name.as_str()).collect();
    let usual: Duration = tests.iter().map(|test| test.time).sum();
    let seconds = 5 * usual.as_secs() + 3;
    let mut command = program(package, &["--exact"], seconds);
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
    // What waits for ever uses no processor.
    let end = Instant::now() + Duration::from_secs(600 + 20 * seconds);
    let mut passed = 0;
    let found = loop {
        match lines.recv_timeout(end.saturating_duration_since(Instant::now())) {
            Ok(line) if line.starts_with("test ") && line.ends_with("FAILED") => {
                let name = line.trim_start_matches("test ").split(" ...").next();
                break Some(Outcome::Caught(name.unwrap_or_default().to_owned()));
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
        // The program fell over before it could say which test did it.
        None => Outcome::Caught(names.get(passed).copied().unwrap_or("all").to_owned()),
    })
}
