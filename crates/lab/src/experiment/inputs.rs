//! Inputs are never outputs: what a verb reads, it does not replace.

use std::fs;
use std::path::{Component, Path, PathBuf};

/// An input in the place of an output.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{} is an input{}: it cannot be an output too", output.display(), also(output, input))]
pub struct InputAsOutput {
    /// The path of the output.
    pub output: PathBuf,
    /// The path that is read.
    pub input: PathBuf,
}

fn also(output: &Path, input: &Path) -> String {
    if output == input { String::new() } else { format!(" (the same file as {})", input.display()) }
}

/// Refuses outputs that are inputs, under any name: through links of either kind as well.
///
/// # Errors
/// The first output that is an input.
pub fn spare(outputs: &[PathBuf], inputs: &[PathBuf]) -> Result<(), InputAsOutput> {
    for output in outputs {
        if let Some(input) = inputs.iter().find(|input| same(output, input)) {
            return Err(InputAsOutput { output: output.clone(), input: input.clone() });
        }
    }
    Ok(())
}

/// Refuses a folder in which an input has the name of an output: one that `is_output` knows.
///
/// # Errors
/// The first output, by name, that is an input.
pub fn spare_in(
    folder: &Path,
    is_output: impl Fn(&str) -> bool,
    inputs: &[PathBuf],
) -> Result<(), InputAsOutput> {
    let real = resolved(folder);
    let entries = fs::read_dir(&real).into_iter().flatten().flatten();
    let mut outputs: Vec<PathBuf> = entries
        // In lower case: some file systems take `Summary.csv` for `summary.csv`.
        .filter(|entry| is_output(&entry.file_name().to_string_lossy().to_lowercase()))
        .map(|entry| folder.join(entry.file_name()))
        .collect();
    outputs.sort();
    spare(&outputs, inputs)?;
    // By the first name below the folder, too: the folder may be one that cannot be listed, and the
    // name that of a folder that is cleared away.
    let lies_below = |input: &&PathBuf| {
        let place = resolved(input);
        let first = place.strip_prefix(&real).ok().and_then(|path| path.iter().next());
        first.is_some_and(|name| is_output(&name.to_string_lossy().to_lowercase()))
    };
    match inputs.iter().find(lies_below) {
        Some(input) => Err(InputAsOutput { output: input.clone(), input: input.clone() }),
        None => Ok(()),
    }
}

/// Where a path leads once the folders that are missing have been created, without links as far as it
/// exists.
#[must_use]
pub fn resolved(path: &Path) -> PathBuf {
    let mut real = match path.is_absolute() {
        true => PathBuf::new(),
        false => fs::canonicalize(".").unwrap_or_default(),
    };
    for part in path.components() {
        match part {
            Component::CurDir => {}
            // Nothing before it is a link any more.
            Component::ParentDir => drop(real.pop()),
            _ => real.push(part),
        }
        if let Ok(path) = fs::canonicalize(&real) {
            real = path;
        }
    }
    real
}

/// Whether two paths lead to the same file; `-` stands for standard input.
#[must_use]
pub fn same(a: &Path, b: &Path) -> bool {
    let standard_input = Path::new("/dev/stdin");
    let [a, b] = [a, b].map(|path| if path == Path::new("-") { standard_input } else { path });
    identical(a, b) || resolved(a) == resolved(b)
}

#[cfg(unix)]
fn identical(a: &Path, b: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let identity = |path| fs::metadata(path).map(|info| (info.dev(), info.ino())).ok();
    identity(a).is_some_and(|a| identity(b) == Some(a))
}

#[cfg(not(unix))]
fn identical(_: &Path, _: &Path) -> bool {
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_input_is_known_under_every_name() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        fs::write(at("log"), "a").unwrap();
        fs::write(at("other"), "a").unwrap();
        let mut names =
            vec![at("log"), at("../").join(folder.path().file_name().unwrap()).join("log")];
        #[cfg(unix)]
        {
            std::os::unix::fs::symlink(at("log"), at("link")).unwrap();
            fs::hard_link(at("log"), at("hard")).unwrap();
            names.extend([at("link"), at("hard")]);
        }
        for name in names {
            let found = spare(&[at("new"), at("other"), name.clone()], &[at("log")]).unwrap_err();
            assert_eq!(found, InputAsOutput { output: name, input: at("log") });
        }
        assert_eq!(spare(&[at("new"), at("other")], &[at("log"), at("none")]), Ok(()));
    }

    #[test]
    fn an_input_is_known_through_folders_that_are_still_to_be_created() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        fs::write(at("table.csv"), "a").unwrap();
        assert!(spare(&[at("none/../table.csv")], &[at("table.csv")]).is_err());
        let into = at("none/deeper/../..");
        assert!(spare_in(&into, |name| name == "table.csv", &[at("table.csv")]).is_err());
        assert_eq!(resolved(&into), fs::canonicalize(folder.path()).unwrap());
    }

    #[test]
    fn an_input_below_a_name_that_is_cleared_away_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("cleared")).unwrap();
        let input = folder.path().join("cleared/mine.toml");
        fs::write(&input, "a").unwrap();
        let inputs = [input];
        assert!(spare_in(folder.path(), |name| name == "cleared", &inputs).is_err());
        assert_eq!(spare_in(folder.path(), |name| name == "other", &inputs), Ok(()));
    }

    #[test]
    fn in_a_folder_only_names_of_outputs_are_looked_at() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        fs::write(at("Table.csv"), "a").unwrap();
        fs::write(at("mine.toml"), "a").unwrap();
        let spare = |input| spare_in(folder.path(), |name| name == "table.csv", &[at(input)]);
        assert_eq!(spare("mine.toml"), Ok(()));
        assert!(spare("Table.csv").unwrap_err().to_string().contains("is an input: "));
        assert_eq!(spare_in(&at("none"), |_| true, &[at("mine.toml")]), Ok(()));
    }
}
