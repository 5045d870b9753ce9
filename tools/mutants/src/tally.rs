//! The page of results: the shares caught, and the mutants that no test noticed.

use std::collections::BTreeMap;
use std::fmt::Write;

use crate::draw::Folder;
use crate::trial::Outcome;

/// Reasons kept by hand why survivors make no difference, by their names.
pub fn reasons(text: &str) -> BTreeMap<&str, &str> {
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    lines
        .filter_map(|line| line.split_once(" => "))
        .map(|(key, why)| (key.trim(), why.trim()))
        .collect()
}

/// The page about all outcomes. `notes` is text kept by hand about the passes behind the table; it is
/// part of the page so that writing the page again does not lose it.
pub fn page(
    folders: &[Folder],
    sample: usize,
    outcomes: &BTreeMap<String, Outcome>,
    reasons: &BTreeMap<&str, &str>,
    notes: &str,
) -> Result<String, std::fmt::Error> {
    let mut page = format!(
        "# What the unit tests notice\n\n\
         Written by `cargo run --manifest-path tools/mutants/Cargo.toml --target-dir target/mutants/tool`, which breaks the program on purpose, \
         one place at a time, and runs the unit tests (`cargo test --workspace --lib`) each time. The changes are those of \
         [cargo-mutants](https://mutants.rs); from each folder, {sample} that compile are drawn with a fixed seed, \
         or all if there are fewer.\n\n\
         | Folder | Possible | Drawn | Caught | Of these, by not ending | Survived | Did not compile | Share caught |\n\
         |---|---|---|---|---|---|---|---|\n"
    );
    for folder in folders {
        let of = |what: fn(&Outcome) -> bool| {
            let found = folder.sample.iter().filter_map(|mutant| outcomes.get(&mutant.key()));
            found.filter(|outcome| what(outcome)).count()
        };
        let survived = of(|outcome| matches!(outcome, Outcome::Survived(_)));
        let slow = of(|outcome| *outcome == Outcome::TimedOut);
        let caught = slow + of(|outcome| matches!(outcome, Outcome::Caught(_)));
        writeln!(
            page,
            "| `{}` | {} | {} | {caught} | {slow} | {survived} | {} | {:.1}% |",
            folder.name,
            folder.found,
            caught + survived,
            folder.unviable,
            100.0 * caught as f64 / (caught + survived).max(1) as f64,
        )?;
    }
    if !notes.trim().is_empty() {
        writeln!(page, "\n{}", notes.trim())?;
    }
    page.push_str(
        "\nSurvivors count as not caught, even if no test could notice them; the reasons after the dash are kept \
         by hand in `tools/mutants/equivalent.txt`.\n",
    );
    for folder in folders {
        writeln!(page, "\n## Survivors in `{}`\n", folder.name)?;
        for mutant in &folder.sample {
            let Some(Outcome::Survived(tests)) = outcomes.get(&mutant.key()) else { continue };
            let why = match (reasons.get(mutant.key().as_str()), tests) {
                (Some(reason), _) => format!(" — {reason}"),
                (None, 0) => " — no unit test runs this line".to_owned(),
                (None, _) => String::new(),
            };
            let (file, line) = (&mutant.file, mutant.line);
            let again =
                if mutant.ordinal > 1 { format!(" ({})", mutant.ordinal) } else { String::new() };
            writeln!(
                page,
                "- `{file}:{line}` {}: `{}`{again}{why}",
                mutant.function, mutant.change
            )?;
        }
    }
    Ok(page)
}
