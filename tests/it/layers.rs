//! The order of the crates: each depends only on those before it.

use std::fs;
use std::path::{Path, PathBuf};

/// From the lowest layer to the program.
const ORDER: [&str; 8] = [
    "heard-text",
    "heard-math",
    "heard-contacts",
    "heard-scenario",
    "heard-world",
    "heard-lab",
    "heard-report",
    "heard",
];

/// The manifests of all crates in the workspace.
fn manifests() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let crates = fs::read_dir(root.join("crates")).unwrap().map(|entry| entry.unwrap().path());
    let below = crates.map(|folder| folder.join("Cargo.toml")).filter(|path| path.exists());
    below.chain([root.join("Cargo.toml")]).collect()
}

/// A crate's name, and our own crates that it depends on in any way.
fn of_ours(manifest: &Path) -> (String, Vec<String>) {
    let manifest: toml::Table = fs::read_to_string(manifest).unwrap().parse().unwrap();
    let sections = ["dependencies", "dev-dependencies", "build-dependencies"];
    let named = sections.iter().filter_map(|section| manifest.get(*section)?.as_table());
    let ours = named.flat_map(toml::Table::keys).filter(|name| name.starts_with("heard"));
    (manifest["package"]["name"].as_str().unwrap().to_owned(), ours.cloned().collect())
}

#[test]
fn no_crate_depends_on_a_higher_one() {
    let crates: Vec<_> = manifests().iter().map(|path| of_ours(path)).collect();
    let layer = |name: &str| {
        let found = ORDER.iter().position(|known| *known == name);
        found.unwrap_or_else(|| panic!("{name} has no place in the order of layers"))
    };
    assert_eq!(crates.len(), ORDER.len());
    for (name, ours) in &crates {
        for other in ours {
            assert!(layer(other) < layer(name), "{name} depends on {other}, which is not below it");
        }
    }
    // The program, which sees all, would show if names were not found at all.
    assert!(crates.iter().any(|(name, ours)| name == "heard" && ours.len() == ORDER.len() - 1));
}

/// A crate's sources without their tests.
fn sources(folder: &Path, found: &mut Vec<(PathBuf, String)>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let is_test = path.file_stem().is_some_and(|stem| stem == "tests");
        if path.is_dir() && !is_test {
            sources(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "rs") && !is_test {
            let text = fs::read_to_string(&path).unwrap();
            let code =
                text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default().to_owned();
            found.push((path, code));
        }
    }
}

/// What a browser does not have, and what would make a row depend on more than its inputs. The last
/// one would hide the others.
const OUTSIDE: [&str; 6] =
    ["std::env", "std::fs", "std::net", "std::thread", "std::time", "use std::{"];

/// Files of the lower layers that use one of these nevertheless, by name.
const EXCEPTIONS: [(&str, &str); 3] = [
    // Compiled for tests only: a limit on processor time.
    ("scenario/src/quick.rs", "std::fs"),
    // The TOML parser takes nested input down by recursion: it needs a larger stack than most have.
    ("scenario/src/source/parse.rs", "std::thread"),
    // Compiled for tests only: a stage that writes scenarios.
    ("world/src/process/stage.rs", "std::fs"),
];

#[test]
fn the_lower_layers_use_no_files_threads_or_clocks() {
    let crates = Path::new(env!("CARGO_MANIFEST_DIR")).join("crates");
    let mut used = Vec::new();
    for layer in ["text", "math", "scenario", "world"] {
        let mut found = Vec::new();
        sources(&crates.join(layer).join("src"), &mut found);
        for (path, code) in found {
            let name = path.strip_prefix(&crates).unwrap().to_string_lossy().into_owned();
            let code: Vec<&str> =
                code.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
            let uses = |outside: &&str| code.iter().any(|line| line.contains(*outside));
            used.extend(OUTSIDE.into_iter().filter(uses).map(|outside| (name.clone(), outside)));
        }
    }
    used.sort();
    assert_eq!(used, EXCEPTIONS.map(|(name, outside)| (name.to_owned(), outside)));
}
