//! `heard new`.

use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use clap::Args;

use super::end::{End, note};
use heard_contacts::files::Disk;
use heard_lab::experiment::aside::Aside;
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
        let (_, source) = study::find(&self.from, &Disk).map_err(End::Refused)?;
        let path = self.file.display().to_string();
        let named = if study::is_path(&path) { path.clone() } else { format!("./{path}") };
        self.write(&without_finding(&source.text)).map_err(|error| match error.kind() {
            ErrorKind::AlreadyExists => End::refused(
                format!("{path} already exists"),
                "name a file that does not exist yet",
            ),
            _ => End::refused(
                format!("{path} cannot be written: {error}"),
                "name a file in a folder that exists and that you may write to",
            ),
        })?;
        note(&format!("Wrote {path}. Edit it, then: heard check {named}; heard run {named}"));
        Ok(())
    }

    /// Writes the file whole or not at all. The folder must exist: a mistyped one is not created.
    fn write(&self, text: &str) -> io::Result<()> {
        let name = self.file.file_name().ok_or(ErrorKind::InvalidFilename)?;
        let folder = self.file.parent().unwrap_or(Path::new(""));
        if !folder.as_os_str().is_empty() && !fs::metadata(folder)?.is_dir() {
            return Err(ErrorKind::NotADirectory.into());
        }
        if self.file.as_os_str().to_string_lossy().ends_with(std::path::is_separator) {
            return Err(ErrorKind::IsADirectory.into());
        }
        if self.file.symlink_metadata().is_ok() {
            return Err(ErrorKind::AlreadyExists.into());
        }
        let mut aside = Aside::new(folder)?;
        aside.write(name, text.as_bytes()).and_then(|()| aside.create_all()).map_err(|e| e.error)
    }
}

/// The scenario without its finding: what the copy shows is not known yet.
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
