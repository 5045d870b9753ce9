//! `heard schema`.

use clap::Args;

use super::end::{End, print};
use heard_scenario::{reference, study};

/// Print the JSON Schema of scenarios, for editors
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct Schema {
    /// Print a reference in Markdown instead: every key with meaning, unit, default and source
    #[arg(long)]
    markdown: bool,
}

const EXAMPLES: &str = "\
Examples:
  heard schema > heard.schema.json
  heard schema --markdown | less

Put `#:schema ./heard.schema.json` at the top of a scenario: editors with TOML support then
complete keys and show their units, ranges, defaults and sources.";

impl Schema {
    pub fn run(&self) -> Result<(), End> {
        let schema = study::schema();
        let text =
            if self.markdown { reference::markdown(&schema) } else { format!("{schema:#}\n") };
        print(text.as_bytes())
    }
}
