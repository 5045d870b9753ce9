//! Draws the sample of each folder: the first so many that compile, in an order shuffled by a seed.

use std::collections::BTreeSet;
use std::error::Error;
use std::path::{Path, PathBuf};

use crate::find;
use crate::mutant::{Mutant, hash};

/// The folders of `src` that are held to the share.
pub const FOLDERS: [&str; 3] = ["engine", "stats", "world"];
/// Mutants of a folder.
pub const SAMPLE: usize = 200;
const SEED: u64 = 2011;

/// One folder's mutants.
pub struct Folder {
    /// Its name.
    pub name: &'static str,
    /// How many mutants were found.
    pub found: usize,
    /// Those drawn, in the order of the source.
    pub sample: Vec<Mutant>,
    /// How many that were drawn did not compile.
    pub unviable: usize,
}

/// Draws every folder's sample; those known not to compile are replaced by the next of the order.
pub fn draw(root: &Path, unviable: &BTreeSet<String>) -> Result<Vec<Folder>, Box<dyn Error>> {
    FOLDERS.into_iter().map(|name| folder(root, name, unviable)).collect()
}

fn folder(
    root: &Path,
    name: &'static str,
    unviable: &BTreeSet<String>,
) -> Result<Folder, Box<dyn Error>> {
    let mut mutants = Vec::new();
    for path in sources(&root.join("src").join(name))? {
        let file = path.strip_prefix(root)?.to_string_lossy().into_owned();
        let source = std::fs::read_to_string(&path)?;
        mutants.extend(find::mutants(&file, &source)?);
    }
    let found = mutants.len();
    // Each mutant's place depends on nothing but its own name, so that a change of the program
    // draws few others.
    mutants.sort_by_cached_key(|mutant| hash(&mutant.key(), SEED));
    let (mut sample, mut lost) = (Vec::new(), 0);
    for mutant in mutants {
        if sample.len() == SAMPLE {
            break;
        }
        if unviable.contains(&mutant.key()) {
            lost += 1;
        } else {
            sample.push(mutant);
        }
    }
    sample.sort_by(|a, b| {
        (&a.file, a.start, a.end, &a.change).cmp(&(&b.file, b.start, b.end, &b.change))
    });
    Ok(Folder { name, found, sample, unviable: lost })
}

/// The sources below a folder, without the tests that have a file of their own.
fn sources(folder: &Path) -> Result<Vec<PathBuf>, Box<dyn Error>> {
    let mut paths: Vec<PathBuf> = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            paths.extend(sources(&path)?);
        } else if path.extension().is_some_and(|end| end == "rs")
            && path.file_name().is_some_and(|name| name != "tests.rs")
        {
            paths.push(path);
        }
    }
    paths.sort();
    Ok(paths)
}
