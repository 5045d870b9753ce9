//! What is tested: a copy of the workspace with the sample behind switches, built once.

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;

use crate::draw::{self, Folder};
use crate::instrument;
use crate::mutant::{Mutant, hash};

/// The crate that holds the switches: the lowest whose code is changed.
const SWITCHES: &str = "crates/math/src";
/// Crates whose code is changed.
const CHANGED: [&str; 2] = ["heard-math", "heard-world"];
/// Crates of the workspace, built quickly for tests that are short anyway; their dependencies are
/// built as in every test.
const QUICK: [&str; 8] = [
    "heard-text",
    "heard-math",
    "heard-contacts",
    "heard-scenario",
    "heard-world",
    "heard-lab",
    "heard-report",
    "heard",
];
/// Rounds of checking after which something else must be wrong.
const ROUNDS: usize = 30;

/// The unit tests of one crate.
pub struct Program {
    /// The crate, such as `heard_math`.
    pub name: String,
    /// The executable.
    pub path: PathBuf,
    /// The folder of the crate, in which its tests run.
    pub folder: PathBuf,
}

/// The copy, built.
pub struct Package {
    /// The unit tests of every crate of the workspace: of those that are changed, and of all that
    /// stand above them.
    pub programs: Vec<Program>,
    /// Changes with every source and every mutant.
    pub fingerprint: String,
    /// What was drawn.
    pub folders: Vec<Folder>,
}

/// The mutants with the numbers of their switches.
pub fn numbered(folders: &[Folder]) -> Vec<(u32, &Mutant)> {
    folders
        .iter()
        .flat_map(|folder| &folder.sample)
        .zip(1..)
        .map(|(m, number)| (number, m))
        .collect()
}

/// Draws, writes and checks until all that is drawn compiles, then builds the unit tests.
pub fn build(root: &Path, work: &Path, sample: usize) -> Result<Package, Box<dyn Error>> {
    let folder = work.join("package");
    let known = work.join("unviable.txt");
    let text = std::fs::read_to_string(&known).unwrap_or_default();
    let mut unviable: BTreeSet<String> = text.lines().map(str::to_owned).collect();
    for round in 0..ROUNDS {
        let folders = draw::draw(root, sample, &unviable)?;
        let fingerprint = write(root, &folder, &folders)?;
        let bad = check(root, &folder)?;
        if bad.is_empty() {
            let programs = programs(root, &folder)?;
            return Ok(Package { programs, fingerprint, folders });
        }
        let all: BTreeMap<u32, &Mutant> = numbered(&folders).into_iter().collect();
        let keys = bad.iter().filter_map(|number| all.get(number)).map(|mutant| mutant.key());
        unviable.extend(keys);
        eprintln!("round {}: {} do not compile", round + 1, bad.len());
        let lines: Vec<String> = unviable.iter().map(|key| format!("{key}\n")).collect();
        std::fs::write(&known, lines.concat())?;
    }
    Err("too many rounds of checking".into())
}

/// Writes the copy; returns a number that all of it decides.
fn write(root: &Path, folder: &Path, folders: &[Folder]) -> Result<String, Box<dyn Error>> {
    let mut by_file: BTreeMap<&str, Vec<(u32, &Mutant)>> = BTreeMap::new();
    for (number, mutant) in numbered(folders) {
        by_file.entry(&mutant.file).or_default().push((number, mutant));
    }
    let mut all = Vec::new();
    for name in listed(root)? {
        let bytes = std::fs::read(root.join(&name))?;
        let bytes = match by_file.get(name.as_str()) {
            Some(mutants) => instrument::instrument(std::str::from_utf8(&bytes)?, mutants).into(),
            None if name == format!("{SWITCHES}/lib.rs") => {
                let switches: &[u8] =
                    b"\n/// Switches.\npub mod mutant;\nextern crate self as heard_math;\n";
                [&bytes[..], switches].concat()
            }
            None => bytes,
        };
        all.push((name, bytes));
    }
    all.push((format!("{SWITCHES}/mutant.rs"), include_bytes!("switch.rs").to_vec()));
    let mut fingerprint = 0;
    for (name, bytes) in all {
        if ["src/", "crates/", "Cargo", "scenarios/"].iter().any(|start| name.starts_with(start)) {
            fingerprint = hash(&String::from_utf8_lossy(&bytes), fingerprint);
        }
        let path = folder.join(&name);
        if std::fs::read(&path).is_ok_and(|now| now == bytes) {
            continue;
        }
        std::fs::create_dir_all(path.parent().unwrap_or(folder))?;
        std::fs::write(path, bytes)?;
    }
    Ok(format!("{fingerprint:016x}"))
}

/// The files of the repository, new ones too.
fn listed(root: &Path) -> Result<Vec<String>, Box<dyn Error>> {
    let mut git = Command::new("git");
    git.args(["ls-files", "--cached", "--others", "--exclude-standard"]).current_dir(root);
    let output = git.output()?;
    let names = std::str::from_utf8(&output.stdout)?.lines();
    let mut names: Vec<String> = names
        .filter(|name| !name.starts_with("tools/") && root.join(name).is_file())
        .map(str::to_owned)
        .collect();
    names.sort();
    names.dedup();
    Ok(names)
}

fn cargo(root: &Path, folder: &Path, arguments: &[&str]) -> Command {
    let mut cargo = Command::new("nice");
    cargo.args(["-n", "10", "cargo"]).args(arguments).args(["--message-format", "json"]);
    cargo.current_dir(folder).env("CARGO_TARGET_DIR", root.join("target/mutants/build"));
    cargo.stdout(Stdio::piped());
    cargo
}

/// Whether cargo succeeded, and what it says in JSON, line by line.
fn messages(mut cargo: Command) -> Result<(bool, Vec<Value>), Box<dyn Error>> {
    let mut child = cargo.spawn()?;
    let mut messages = Vec::new();
    if let Some(output) = child.stdout.take() {
        for line in BufReader::new(output).lines() {
            messages.extend(serde_json::from_str::<Value>(&line?));
        }
    }
    Ok((child.wait()?.success(), messages))
}

/// The numbers of the mutants that do not compile, as far as the compiler got.
fn check(root: &Path, folder: &Path) -> Result<BTreeSet<u32>, Box<dyn Error>> {
    let mut arguments = vec!["check", "--lib", "--quiet"];
    arguments.extend(CHANGED.iter().flat_map(|name| ["--package", name]));
    let (passed, messages) = messages(cargo(root, folder, &arguments))?;
    let mut bad = BTreeSet::new();
    for message in &messages {
        if message["message"]["level"] != "error" {
            continue;
        }
        let spans = message["message"]["spans"].as_array().map_or(&[][..], Vec::as_slice);
        let blamed = |primary: bool| -> BTreeSet<u32> {
            let spans = spans.iter().filter(|span| span["is_primary"] == primary);
            spans.flat_map(|span| culprits(folder, span)).collect()
        };
        let primary = blamed(true);
        bad.extend(if primary.is_empty() { blamed(false) } else { primary });
        if bad.is_empty() && !spans.is_empty() {
            eprintln!("{}", message["message"]["rendered"].as_str().unwrap_or_default());
        }
    }
    if bad.is_empty() && !passed {
        return Err("the copy does not compile, and no mutant is the reason".into());
    }
    Ok(bad)
}

fn culprits(folder: &Path, span: &Value) -> Vec<u32> {
    let file = span["file_name"].as_str().unwrap_or_default();
    let byte = span["byte_start"].as_u64().unwrap_or(0) as usize;
    let text = std::fs::read_to_string(folder.join(file)).unwrap_or_default();
    instrument::at(&text, byte)
}

fn programs(root: &Path, folder: &Path) -> Result<Vec<Program>, Box<dyn Error>> {
    let quick = QUICK.map(|name| format!("profile.dev.package.{name}.opt-level=0"));
    let mut arguments = vec!["test", "--workspace", "--lib", "--no-run"];
    arguments.extend(quick.iter().flat_map(|setting| ["--config", setting]));
    let (passed, messages) = messages(cargo(root, folder, &arguments))?;
    let programs: Vec<Program> = messages.iter().filter_map(program).collect();
    if passed && !programs.is_empty() { Ok(programs) } else { Err("the tests do not build".into()) }
}

/// The unit tests that one of cargo's messages is about, if it is about any.
fn program(message: &Value) -> Option<Program> {
    Some(Program {
        path: PathBuf::from(message["executable"].as_str()?),
        name: message["target"]["name"].as_str()?.replace('-', "_"),
        folder: Path::new(message["manifest_path"].as_str()?).parent()?.to_owned(),
    })
}
