//! `heard check`: what a scenario says, in words.

use std::fmt::Write;

use clap::Args;

use super::Chosen;
use super::end::{End, print};
use heard_scenario::describe;
use heard_text::name::harmless;

/// Check a scenario and say in words what it describes
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  heard check mine.toml\n  heard check mine.toml --set team.care.wage_per_hour=30"
)]
pub struct Check {
    #[command(flatten)]
    chosen: Chosen,
}

impl Check {
    pub fn run(&self) -> Result<(), End> {
        let study = self.chosen.load(None, None, false)?;
        let mut text = String::new();
        let _ = writeln!(text, "{} is in order.\n", self.chosen.scenario);
        text += &describe::study(&study);
        print(harmless(&text).as_bytes())
    }
}
