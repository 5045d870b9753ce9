//! `heard audit`: the report card.

use std::io::stdout;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use super::end::{End, harmless_json, may_colour, note, print, print_table};
use super::log::{self, Log};
use super::shopper::{self, Shopper};
use crate::audit::{self, page, pictures, table};
use heard_lab::experiment::folder::Folder;
use heard_report::{charts, csv};

/// Grade a log of contacts, or a scenario's companies by a mystery shopper: who is answered, how
/// fast, when, and how
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct Audit {
    /// A log: comma-separated values, plain or packed with gzip; `-` for standard input. Or a
    /// scenario: a path that ends in `.toml`, or the name of a bundled one
    #[arg(value_name = "LOG or SCENARIO")]
    path: PathBuf,
    #[command(flatten)]
    log: Log,
    #[command(flatten)]
    pub shopper: Shopper,
    /// Where tables and charts go; left out: nothing is written
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// What to print on standard output
    #[arg(long, value_enum, default_value_t = Format::Table)]
    pub format: Format,
    /// Draw no charts
    #[arg(long)]
    no_charts: bool,
    /// No progress and no notes
    #[arg(long, short)]
    pub quiet: bool,
}

const EXAMPLES: &str = "\
A log has one row a contact, and of the columns id, customer, channel, company,
arrived, answered, closed, outcome, agent, public, followers, kind and priority
at least `arrived`. Two public data sets are read as they are: \"Customer Support
on Twitter\" and \"Anonymous Bank\". docs/logs.md tells more.

Examples:
  heard audit contacts.csv
  heard audit tickets.csv.gz --map created=arrived --map first_reply=answered --out output/tickets
  heard audit export.csv --delimiter ';' --format csv | head
  zcat contacts-*.csv.gz | heard audit -

A scenario is played, with probes (30 on each channel, or what its [audit] says),
and how they are met is graded arm by arm, as if it were a log:
  heard audit students-audit
  heard audit mine.toml --replications 20 --set audit.probes_per_channel=100
  heard audit mine.toml --beside contacts.csv              a real log beside it";

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// Tables for people
    Table,
    /// Every measure, and what is known of the log
    Json,
    /// The bytes of audit.csv
    Csv,
}

/// The tables of an audit.
pub struct Graded {
    /// The bytes of audit.csv.
    pub lines: Vec<u8>,
    /// The bytes of audit-hours.csv.
    pub hours: Vec<u8>,
}

impl Graded {
    pub fn of(audit: &audit::Audit) -> Result<Self, End> {
        let lines = csv::table(&table::lines(audit)).map_err(End::failed)?;
        let hours = csv::table(&table::hours(audit)).map_err(End::failed)?;
        Ok(Self { lines, hours })
    }
}

impl Audit {
    pub fn run(&self) -> Result<(), End> {
        if let Some(scenario) = self.path.to_str().filter(|path| shopper::is_scenario(path)) {
            return shopper::run(self, scenario);
        }
        self.shopper.refuse()?;
        self.spare(std::slice::from_ref(&self.path))?;
        let audit = self.graded(&self.path)?;
        let Graded { lines, hours } = Graded::of(&audit)?;
        if self.out.is_some() {
            let mut files = vec![
                ("audit.csv".to_owned(), lines.clone()),
                ("audit-hours.csv".to_owned(), hours),
            ];
            files.extend(self.charts(&audit, "")?);
            self.put(&files)?;
        }
        match self.format {
            Format::Table => print(page::text(&audit, may_colour(&stdout())).as_bytes()),
            Format::Json => {
                print(harmless_json(&format!("{:#}\n", table::json(&audit))).as_bytes())
            }
            Format::Csv => print_table(&lines),
        }
    }

    /// Reads a log and grades it.
    pub fn graded(&self, path: &Path) -> Result<audit::Audit, End> {
        let (input, options) = (log::open(path)?, self.log.options());
        let audit = log::watched(input, self.quiet, |input| audit::Audit::of_log(input, &options));
        audit.map_err(|error| log::refused(&error))
    }

    /// The charts of an audit, if they are wanted, with `end` at the end of their names.
    pub fn charts(&self, audit: &audit::Audit, end: &str) -> Result<Vec<(String, Vec<u8>)>, End> {
        let mut files = Vec::new();
        if !self.no_charts {
            for (name, svg) in pictures::pictures(audit).map_err(End::failed)? {
                let png = charts::png(&svg, 1200).map_err(End::failed)?;
                files.push((format!("chart-audit-{name}{end}.svg"), svg.into_bytes()));
                files.push((format!("chart-audit-{name}{end}.png"), png));
            }
        }
        Ok(files)
    }

    /// Refuses to write over what is read.
    pub fn spare(&self, inputs: &[PathBuf]) -> Result<(), End> {
        let tables = ["audit.csv", "audit-hours.csv", "audit-beside.csv", "audit-beside-hours.csv"];
        let ours = |name: &str| tables.contains(&name) || name.starts_with("chart-audit-");
        self.out.iter().try_for_each(|out| super::run::spare_in(out, ours, inputs))
    }

    /// Writes files where they are wanted.
    pub fn put(&self, files: &[(String, Vec<u8>)]) -> Result<(), End> {
        let Some(out) = &self.out else { return Ok(()) };
        Folder::open(out).and_then(|folder| folder.put(files)).map_err(super::run::end_of)?;
        if !self.quiet {
            note(&format!("Wrote {} files to {}.", files.len(), out.display()));
        }
        Ok(())
    }
}
