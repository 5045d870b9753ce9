//! `heard list`.

use clap::Args;

use super::end::{End, print};
use heard_scenario::bundled::BUNDLED;
use heard_scenario::study::{Request, Study};

/// List the scenarios that come with the program
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  heard list\n  heard run listening-vs-responding")]
pub struct List {}

impl List {
    pub fn run(&self) -> Result<(), End> {
        let mut text = String::new();
        for bundled in &BUNDLED {
            let request = Request { scenario: bundled.name.to_owned(), ..Request::default() };
            let study =
                Study::load(&request).map_err(|refusal| End::Failed(refusal.render(false)))?;
            let arms: Vec<&str> = study.arms.iter().map(|arm| arm.name.as_str()).collect();
            text += &format!(
                "{}\n    {}\n    arms: {}\n",
                bundled.name,
                study.base.claim,
                arms.join(", ")
            );
        }
        print(text.as_bytes())
    }
}
