//! What came of it: the shares, and those that nobody noticed.

use std::collections::BTreeMap;
use std::fmt::Write;

use crate::draw::{Folder, SAMPLE};
use crate::play::Outcome;

/// Reasons kept by hand why survivors make no difference, by their names.
pub fn reasons(text: &str) -> BTreeMap<&str, &str> {
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    lines
        .filter_map(|line| line.split_once(" => "))
        .map(|(key, why)| (key.trim(), why.trim()))
        .collect()
}

/// The page about all outcomes.
pub fn page(
    folders: &[Folder],
    outcomes: &BTreeMap<String, Outcome>,
    reasons: &BTreeMap<&str, &str>,
) -> Result<String, std::fmt::Error> {
    let mut page = format!(
        "# What the unit tests notice\n\n\
         Written by `cargo run --manifest-path tools/mutants/Cargo.toml --target-dir target/mutants/tool`, which breaks the program on purpose, \
         one spot at a time, and runs the unit tests (`cargo test --lib`) each time. The changes are those of \
         [cargo-mutants](https://mutants.rs); of each folder, {SAMPLE} that compile are drawn with a fixed seed, \
         or all where there are fewer.\n\n\
         | Folder | Possible | Drawn | Caught | of these by not ending | Survived | Did not compile | Share caught |\n\
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
    page.push_str(
        "\nSurvivors count as not caught, whether or not there is a reason why nobody could notice them \
         (`tools/mutants/equivalent.txt`, kept by hand).\n",
    );
    for folder in folders {
        writeln!(page, "\n## Survivors in `{}`\n", folder.name)?;
        for mutant in &folder.sample {
            let Some(Outcome::Survived(tests)) = outcomes.get(&mutant.key()) else { continue };
            let why = match (reasons.get(mutant.key().as_str()), tests) {
                (Some(reason), _) => format!(" — {reason}"),
                (None, 0) => " — no unit test comes by".to_owned(),
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
