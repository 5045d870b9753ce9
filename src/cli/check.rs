//! `heard check`: what a scenario says, in words.

use clap::{Args, ValueEnum};

use super::Chosen;
use super::end::{End, print_document, print_json};
use heard_report::pages::check;

/// Check a scenario and describe it in words
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct Check {
    #[command(flatten)]
    chosen: Chosen,
    /// What to print on standard output
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

const EXAMPLES: &str = "\
Examples:
  heard check mine.toml
  heard check mine.toml --set team.care.wage_per_hour=30
  heard check mine.toml --format json | jq -r '.blocks[].lines[]?.text'";

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// Sentences for people
    Text,
    /// The same as headings, paragraphs and lines, for other programs
    Json,
}

impl Check {
    pub fn run(&self) -> Result<(), End> {
        let study = self.chosen.load(None, None, false)?;
        let document = check::document(&self.chosen.scenario, &study);
        match self.format {
            Format::Text => print_document(&document),
            Format::Json => print_json(&document),
        }
    }
}
