//! `heard list`.

use clap::Args;

use super::end::{End, print_document};
use heard_report::pages::list;
use heard_scenario::bundled::BUNDLED;
use heard_scenario::study::{Request, Study};

/// List the scenarios that come with the program
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct List {
    /// List the formats of logs instead
    #[arg(long)]
    formats: bool,
}

const EXAMPLES: &str = "\
Examples:
  heard list
  heard list --formats
  heard run listening-vs-responding";

impl List {
    pub fn run(&self) -> Result<(), End> {
        if self.formats {
            return print_document(&list::formats());
        }
        let load = |name: &str| {
            let request = Request { scenario: name.to_owned(), ..Request::default() };
            Study::load(&request).map_err(End::Failed)
        };
        let studies: Vec<Study> =
            BUNDLED.iter().map(|bundled| load(bundled.name)).collect::<Result<_, _>>()?;
        print_document(&list::document(&studies))
    }
}
