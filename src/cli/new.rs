//! `heard new`.

use std::fs::OpenOptions;
use std::io::{ErrorKind, Write};
use std::path::PathBuf;

use clap::Args;

use super::end::{End, note};
use heard_scenario::study;

/// Start a scenario of your own from a bundled one
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  heard new mine.toml\n  heard new mine.toml --from listening-vs-responding"
)]
pub struct New {
    /// The file to write; it must not exist yet
    file: PathBuf,
    /// The scenario to start from
    #[arg(long, default_value = "listening-vs-responding")]
    from: String,
}

impl New {
    pub fn run(&self) -> Result<(), End> {
        let (_, source) = study::find(&self.from).map_err(|problem| {
            let help = problem.help.unwrap_or_default();
            End::refused(problem.message, help)
        })?;
        let path = self.file.display().to_string();
        let named = if study::is_path(&path) { path.clone() } else { format!("./{path}") };
        let mut file =
            OpenOptions::new().write(true).create_new(true).open(&self.file).map_err(|error| {
                match error.kind() {
                    ErrorKind::AlreadyExists => End::refused(
                        format!("{path} exists already"),
                        "name a file that does not exist yet",
                    ),
                    _ => End::refused(
                        format!("{path} cannot be written: {error}"),
                        "name a file in a folder that exists and that you may write to",
                    ),
                }
            })?;
        if let Err(error) = file.write_all(without_finding(&source.text).as_bytes()) {
            drop(file);
            let _ = std::fs::remove_file(&self.file);
            return Err(End::failed(format!("{path} cannot be written: {error}")));
        }
        note(&format!("Wrote {path}. Change it, then: heard check {named}; heard run {named}"));
        Ok(())
    }
}

/// The scenario without what was found with it: what comes out of the copy is still to be seen.
fn without_finding(text: &str) -> String {
    let mut skips = false;
    let kept = text.lines().filter(|line| {
        if line.starts_with('[') {
            skips = *line == "[finding]";
        }
        !skips
    });
    kept.fold(String::new(), |text, line| text + line + "\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_has_no_finding_yet() {
        let text = "title = \"a\"\n\n[finding]\nsays = \"b\"\nnumbers = [\n    { arm = \"c\" },\n]\n\n[run]\ndays = 3\n";
        assert_eq!(without_finding(text), "title = \"a\"\n\n[run]\ndays = 3\n");
    }
}
