//! What can go wrong around a run: it is killed, the disk is full, the journal is damaged, nobody reads
//! what is printed. Nothing falls over, no finished work is lost, and none is mixed with other work.

mod folders;
#[cfg(unix)]
mod inputs;
#[cfg(unix)]
mod interrupts;
mod journals;
#[cfg(unix)]
mod kills;
#[cfg(unix)]
mod names;
#[cfg(unix)]
mod outlets;
#[cfg(unix)]
mod writing;

use std::collections::BTreeMap;
use std::fs;

use sha2::{Digest, Sha256};

use crate::program::{Desk, Outcome, SEVEN_ARMS, SMALL};

/// The arguments of a small run of a file into a folder.
fn small<'a>(file: &'a str, out: &'a str, more: &[&'a str]) -> Vec<&'a str> {
    [&["run", file, "--out", out], &SMALL[..], more].concat()
}

/// A desk with a scenario of seven arms.
fn desk() -> Desk {
    let desk = Desk::new();
    desk.write("mine.toml", SEVEN_ARMS);
    desk
}

/// Plays a few replications of it into a folder.
fn run(desk: &Desk, out: &str, more: &[&str]) -> Outcome {
    desk.heard(&small("mine.toml", out, more))
}

/// All that a folder holds, by name; the manifest, which tells the time, and the lock left out.
fn contents(desk: &Desk, folder: &str) -> BTreeMap<String, Vec<u8>> {
    let names = desk.files(folder).into_iter().filter(|name| name != "manifest.json");
    names.map(|name| (name.clone(), desk.read(format!("{folder}/{name}")))).collect()
}

/// Whether a folder's manifest says that the run there is complete. Every file that a manifest names
/// must then be the one that it means: a mixture of two runs is never taken for a finished one.
fn finished(desk: &Desk, folder: &str) -> bool {
    let Ok(manifest) = fs::read(desk.path(folder).join("manifest.json")) else { return false };
    let manifest: serde_json::Value = serde_json::from_slice(&manifest).unwrap();
    for (name, sum) in manifest["files"].as_object().unwrap() {
        let bytes = desk.read(format!("{folder}/{name}"));
        let found: String = Sha256::digest(&bytes).iter().map(|b| format!("{b:02x}")).collect();
        assert_eq!(sum, &found, "{folder}/{name} is not the file that the manifest means");
    }
    let complete = manifest["complete"] == true;
    assert!(!complete || desk.path(folder).join("journal.bin").is_file());
    complete
}
