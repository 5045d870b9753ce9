//! What all targets share: throwing inputs, keeping those that show something new, and telling what
//! went wrong.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::io::{Seek, SeekFrom, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use super::random::Random;
use super::watch::{self, Watch};

/// Inputs thrown where nothing else is asked for: few enough for everybody's `cargo test`.
const FEW: u64 = 2_000;

/// Inputs kept for what they have shown, of either kind, at the most.
const KEPT: usize = 2_000;

/// Larger inputs are not kept: they would slow down all that follows.
const LARGE: usize = 4_096;

/// A long run says how far it is after so many.
const OFTEN: u64 = 50_000;

/// After so many failures there is no point in going on.
const FAILURES: usize = 20;

/// One reader of what comes from outside.
pub trait Target {
    /// Its name, which is that of its folder in `corpus/`.
    const NAME: &'static str;

    /// The ending of the file that an input is read from.
    const ENDING: &'static str;

    /// Inputs to begin with, besides the corpus.
    fn seeds(&self) -> Vec<Vec<u8>>;

    /// A new input, made from others.
    fn mutate(&self, random: &mut Random, pool: &Pool) -> Vec<u8>;

    /// Reads one input, which lies in `file` as well. Returns what was seen of the reader in
    /// answer, without what is only this input's: an input is kept that shows something new. Panics
    /// where a promise is broken.
    fn read(&mut self, input: &[u8], file: &Path) -> String;
}

/// Throws inputs at a target: the corpus, the seeds, and as many new ones as are asked for.
pub fn fuzz<T: Target>(mut target: T) {
    let (count, seed) = (number("HEARD_FUZZ", FEW), number("HEARD_FUZZ_SEED", 1));
    let mut run = Run::new::<T>();
    let mut pool = Pool::default();
    for input in corpus(T::NAME).into_iter().chain(target.seeds()) {
        let outcome = run.throw(&mut target, &input);
        if input.len() <= LARGE {
            pool.keep(input, outcome, &mut Random::new(seed));
        }
    }
    let mut random = Random::new(seed);
    while run.thrown < count && run.failures.len() < FAILURES {
        let input = target.mutate(&mut random, &pool);
        let outcome = run.throw(&mut target, &input);
        if outcome.new && input.len() <= LARGE {
            pool.keep(input, outcome, &mut random);
        }
        if run.thrown.is_multiple_of(OFTEN) {
            println!("{}", run.figures());
        }
    }
    run.end();
}

/// What an input has shown.
#[derive(Clone, Copy)]
struct Outcome {
    accepted: bool,
    new: bool,
}

/// Inputs that others are made from.
#[derive(Default)]
pub struct Pool {
    accepted: Vec<Vec<u8>>,
    refused: Vec<Vec<u8>>,
}

impl Pool {
    /// One of them, mostly one that was accepted: a change to it gets further than its first error.
    pub fn pick(&self, random: &mut Random) -> &Vec<u8> {
        let refused = self.accepted.is_empty() || random.one_in(5) && !self.refused.is_empty();
        random.pick(if refused { &self.refused } else { &self.accepted })
    }

    fn keep(&mut self, input: Vec<u8>, outcome: Outcome, random: &mut Random) {
        let list = if outcome.accepted { &mut self.accepted } else { &mut self.refused };
        if list.len() < KEPT {
            list.push(input);
        } else {
            let place = random.below(KEPT);
            list[place] = input;
        }
    }
}

/// A number from the environment.
fn number(name: &str, otherwise: u64) -> u64 {
    std::env::var(name).ok().map_or(otherwise, |text| {
        text.replace('_', "").parse().unwrap_or_else(|_| panic!("{name}={text} is no number"))
    })
}

/// Everything in the target's folder, in the order of the names.
fn corpus(name: &str) -> Vec<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fuzz/corpus").join(name);
    let mut files: Vec<PathBuf> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files.iter().map(|file| fs::read(file).unwrap()).collect()
}

/// One run of one target.
struct Run {
    name: &'static str,
    ending: &'static str,
    folder: PathBuf,
    /// Where the input lies that is being read: if the process dies of it, it is found there.
    path: PathBuf,
    file: File,
    watch: Watch,
    begun: Instant,
    thrown: u64,
    accepted: u64,
    slowest: Duration,
    /// What was seen of the target, and how often.
    seen: BTreeMap<String, u64>,
    failures: BTreeSet<String>,
}

impl Run {
    fn new<T: Target>() -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("fuzz");
        fs::create_dir_all(folder.join("findings")).unwrap();
        let path = folder.join(format!("now-{}-{}.{}", T::NAME, std::process::id(), T::ENDING));
        Self {
            name: T::NAME,
            ending: T::ENDING,
            file: File::create(&path).unwrap(),
            watch: Watch::begin(T::NAME, &path, &folder),
            folder,
            path,
            begun: Instant::now(),
            thrown: 0,
            accepted: 0,
            slowest: Duration::ZERO,
            seen: BTreeMap::new(),
            failures: BTreeSet::new(),
        }
    }

    /// Throws one input.
    fn throw<T: Target>(&mut self, target: &mut T, input: &[u8]) -> Outcome {
        // Never cut to nothing first: file systems hurry to disk with files that are replaced so.
        self.file.seek(SeekFrom::Start(0)).unwrap();
        self.file.write_all(input).unwrap();
        self.file.set_len(input.len() as u64).unwrap();
        self.watch.starts();
        let begun = Instant::now();
        let read = catch_unwind(AssertUnwindSafe(|| target.read(input, &self.path)));
        let took = begun.elapsed();
        self.watch.ends();
        self.thrown += 1;
        if took > self.slowest {
            self.slowest = took;
            if took > Duration::from_millis(500) {
                let file = self.keep("slow", input);
                println!("{}: {took:?} for {}", self.name, file.display());
            }
        }
        match read {
            Ok(seen) => {
                let accepted = seen.starts_with("accepted");
                self.accepted += u64::from(accepted);
                let times = self.seen.entry(seen).or_default();
                *times += 1;
                Outcome { accepted, new: *times == 1 }
            }
            Err(panic) => {
                self.failed(input, &said(&*panic));
                Outcome { accepted: false, new: false }
            }
        }
    }

    fn failed(&mut self, input: &[u8], said: &str) {
        if self.failures.insert(shape(said)) {
            let file = self.keep("failure", input);
            let shown: String = String::from_utf8_lossy(input).chars().take(2_000).collect();
            println!(
                "{} fails at input {}, kept as {}:\n{said}\n----\n{shown}\n----",
                self.name,
                self.thrown,
                file.display()
            );
        }
    }

    /// Keeps an input as a file whose name tells its contents.
    fn keep(&self, why: &str, input: &[u8]) -> PathBuf {
        let sum = crc32fast::hash(input);
        let file = format!("{}-{why}-{sum:08x}.{}", self.name, self.ending);
        let path = self.folder.join("findings").join(file);
        fs::write(&path, input).unwrap();
        path
    }

    /// How far it is, in one line.
    fn figures(&self) -> String {
        let peak =
            watch::peak_mebibytes().map_or("unknown".to_owned(), |peak| format!("{peak} MiB"));
        format!(
            "{}: {} executions in {:.0?} ({} accepted, {} different answers), slowest {:.0?}, peak memory {peak}",
            self.name,
            self.thrown,
            self.begun.elapsed(),
            self.accepted,
            self.seen.len(),
            self.slowest,
        )
    }

    fn end(self) {
        println!("{}", self.figures());
        if std::env::var("HEARD_FUZZ_TELL").is_ok() {
            let mut seen: Vec<_> = self.seen.iter().collect();
            seen.sort_by_key(|(_, times)| std::cmp::Reverse(**times));
            seen.iter().for_each(|(what, times)| println!("{times:>9} {what}"));
        }
        fs::remove_file(&self.path).unwrap();
        let (failures, peak) = (self.failures.len(), watch::peak_mebibytes());
        assert!(failures == 0, "{}: {failures} different failures, see above", self.name);
        assert!(peak.is_none_or(|peak| peak < watch::MOST_MEBIBYTES), "{peak:?} MiB at the peak");
    }
}

/// What a panic said.
fn said(panic: &(dyn std::any::Any + Send)) -> String {
    let text = panic.downcast_ref::<String>().cloned();
    text.or_else(|| panic.downcast_ref::<&str>().map(|text| (*text).to_owned()))
        .unwrap_or_else(|| "a panic without a text".to_owned())
}

/// A text without what differs from input to input: names in backticks, strings and numbers.
pub fn shape(text: &str) -> String {
    let mut shape = String::new();
    let mut quote = None;
    for c in text.chars().take(300) {
        match (quote, c) {
            (Some(open), c) if c == open => quote = None,
            (Some(_), _) => {}
            (None, '`' | '"') => {
                shape.push(c);
                quote = Some(c);
            }
            (None, c) if c.is_ascii_digit() => {
                if !shape.ends_with('#') {
                    shape.push('#');
                }
            }
            (None, c) => shape.push(c),
        }
    }
    shape
}
