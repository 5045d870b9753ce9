//! Draws the sample of each folder: the first that compile, in an order shuffled by a seed.

use std::collections::BTreeSet;
use std::error::Error;
use std::path::{Path, PathBuf};

use crate::find;
use crate::mutant::{Mutant, hash};

/// The folders whose share of caught mutants is measured: name and path.
pub const FOLDERS: [(&str, &str); 3] = [
    ("engine", "crates/math/src/engine"),
    ("stats", "crates/math/src/stats"),
    ("world", "crates/world/src"),
];
/// Mutants of a folder, unless `--sample` asks for another number.
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

/// Draws `sample` mutants of every folder; those known not to compile are replaced by the next ones.
pub fn draw(
    root: &Path,
    sample: usize,
    unviable: &BTreeSet<String>,
) -> Result<Vec<Folder>, Box<dyn Error>> {
    let one = |(name, path)| folder(root, name, path, sample, unviable);
    FOLDERS.into_iter().map(one).collect()
}

fn folder(
    root: &Path,
    name: &'static str,
    path: &str,
    size: usize,
    unviable: &BTreeSet<String>,
) -> Result<Folder, Box<dyn Error>> {
    let mut sources: Vec<(PathBuf, String)> = Vec::new();
    for path in paths(&root.join(path))? {
        let source = std::fs::read_to_string(&path)?;
        sources.push((path, source));
    }
    let mut tests = BTreeSet::new();
    for (path, source) in &sources {
        tests.extend(find::test_files(path, source)?);
    }
    let mut mutants = Vec::new();
    for (path, source) in sources.iter().filter(|(path, _)| !tests.contains(path)) {
        let file = path.strip_prefix(root)?.to_string_lossy().into_owned();
        mutants.extend(find::mutants(&file, source)?);
    }
    let found = mutants.len();
    // A mutant's place in the order depends only on its own name, so that a change to the program
    // draws few others.
    mutants.sort_by_cached_key(|mutant| hash(&mutant.key(), SEED));
    let (mut sample, mut lost) = (Vec::new(), 0);
    for mutant in mutants {
        if sample.len() == size {
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

/// The sources below a folder, in order.
fn paths(folder: &Path) -> Result<Vec<PathBuf>, Box<dyn Error>> {
    let mut found: Vec<PathBuf> = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            found.extend(paths(&path)?);
        } else if path.extension().is_some_and(|end| end == "rs") {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}
