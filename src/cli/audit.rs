//! `heard audit`: the report card.

use std::io::stdout;
use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::end::{End, harmless_json, may_colour, note, print, print_table};
use super::log::{self, Log};
use crate::audit::{self, page, pictures, table};
use crate::experiment::folder::Folder;
use crate::report::{charts, csv};

/// Grade a log of contacts: who is answered, how fast, when, and how
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct Audit {
    /// The log: comma-separated values, plain or packed with gzip; `-` for standard input
    path: PathBuf,
    #[command(flatten)]
    log: Log,
    /// Where tables and charts go; left out: nothing is written
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// What to print on standard output
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
    /// Draw no charts
    #[arg(long)]
    no_charts: bool,
    /// No progress and no notes
    #[arg(long, short)]
    quiet: bool,
}

const EXAMPLES: &str = "\
A log has one row a contact, and of the columns id, customer, channel, company, arrived, answered,
closed, outcome, agent, public, followers, kind and priority at least `arrived`. Two public data sets
are read as they are: \"Customer Support on Twitter\" and \"Anonymous Bank\". docs/logs.md tells more.

Examples:
  heard audit contacts.csv
  heard audit tickets.csv.gz --map created=arrived --map first_reply=answered --out output/tickets
  heard audit export.csv --delimiter ';' --format csv | head
  zcat contacts-*.csv.gz | heard audit -";

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// Tables for people
    Table,
    /// Every measure, and what is known of the log
    Json,
    /// The bytes of audit.csv
    Csv,
}

impl Audit {
    pub fn run(&self) -> Result<(), End> {
        let (input, options) = (log::open(&self.path)?, self.log.options());
        let audit = log::watched(input, self.quiet, |input| audit::Audit::of_log(input, &options));
        let audit = audit.map_err(|error| log::refused(&error))?;
        let lines = csv::table(&table::lines(&audit)).map_err(End::failed)?;
        if let Some(out) = &self.out {
            let mut files = vec![
                ("audit.csv".to_owned(), lines.clone()),
                (
                    "audit-hours.csv".to_owned(),
                    csv::table(&table::hours(&audit)).map_err(End::failed)?,
                ),
            ];
            if !self.no_charts {
                for (name, svg) in pictures::pictures(&audit).map_err(End::failed)? {
                    let png = charts::png(&svg, 1200).map_err(End::failed)?;
                    files.push((format!("chart-audit-{name}.svg"), svg.into_bytes()));
                    files.push((format!("chart-audit-{name}.png"), png));
                }
            }
            Folder::open(out).and_then(|folder| folder.put(&files)).map_err(super::run::end_of)?;
            if !self.quiet {
                note(&format!("Wrote {} files to {}.", files.len(), out.display()));
            }
        }
        match self.format {
            Format::Table => print(page::text(&audit, may_colour(&stdout())).as_bytes()),
            Format::Json => {
                print(harmless_json(&format!("{:#}\n", table::json(&audit))).as_bytes())
            }
            Format::Csv => print_table(&lines),
        }
    }
}
