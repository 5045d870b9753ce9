//! `heard list`.

use clap::Args;

use super::end::{End, print, print_document};
use heard_report::pages::{list, metrics};
use heard_scenario::bundled::BUNDLED;
use heard_scenario::study::{Request, Study};

/// List the scenarios that come with the program, or what a report card measures
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct List {
    /// List the formats of logs instead
    #[arg(long, conflicts_with = "metrics")]
    formats: bool,
    /// List the measures of a report card instead: name, unit, what each is of, and what it is
    #[arg(long)]
    metrics: bool,
    /// With --metrics: as a table in Markdown
    #[arg(long, requires = "metrics")]
    markdown: bool,
}

const EXAMPLES: &str = "\
Examples:
  heard list
  heard list --formats
  heard list --metrics
  heard run listening-vs-responding";

impl List {
    pub fn run(&self) -> Result<(), End> {
        if self.formats {
            return print_document(&list::formats());
        }
        if self.markdown {
            return print(metrics::markdown().as_bytes());
        }
        if self.metrics {
            return print_document(&metrics::document());
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
