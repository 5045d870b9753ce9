//! `heard audit`: the report card.

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use super::end::{End, note, print_document, print_json, print_table};
use super::log::{self, Log};
use super::shopper::{self, Shopper};
use heard_lab::audit;
use heard_lab::experiment::folder::Folder;
use heard_report::document::Figure;
use heard_report::pages::audit::{self as page, Tables};
use heard_report::{Output, ReportError};
use heard_text::list::counted;

/// Grade a log of contacts, or a scenario's companies by a mystery shopper: who is answered, how
/// fast, when, and how
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct Audit {
    /// A log: comma-separated values, plain or gzipped; `-` for standard input. Or a scenario: a
    /// path that ends in `.toml`, or the name of a bundled one
    #[arg(value_name = "LOG or SCENARIO")]
    path: PathBuf,
    #[command(flatten)]
    log: Log,
    #[command(flatten)]
    pub shopper: Shopper,
    /// Folder for tables and charts [default: nothing is written]
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// What to print on standard output
    #[arg(long, value_enum, default_value_t = Format::Table)]
    pub format: Format,
    /// Draw no charts
    #[arg(long)]
    pub no_charts: bool,
    /// Suppress progress and notes
    #[arg(long, short)]
    pub quiet: bool,
}

const EXAMPLES: &str = "\
A log has one row per contact. Which column holds what is guessed by names and
values, and shown; --map changes it. Only the time of arrival is needed. Two
public data sets are read as they are: \"Customer Support on Twitter\" and
\"Anonymous Bank\". See docs/logs.md.

Examples:
  heard audit contacts.csv
  heard audit tickets.csv.gz --map created=arrived --map first_reply=answered --out output/tickets
  heard audit export.csv --delimiter ';' --format csv | head
  zcat contacts-*.csv.gz | heard audit -

A scenario runs with probes (30 on each channel, or what its [audit] says), and
how they are answered is graded arm by arm, as if it were a log:
  heard audit students-audit
  heard audit mine.toml --replications 20 --set audit.probes_per_channel=100
  heard audit mine.toml --beside contacts.csv              with a real log beside it";

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// Tables for people
    Table,
    /// Every measure, and what is known about the log
    Json,
    /// The bytes of audit.csv
    Csv,
}

impl Audit {
    pub fn run(&self) -> Result<(), End> {
        if let Some(scenario) = self.path.to_str().filter(|path| shopper::is_scenario(path)) {
            return shopper::run(self, scenario);
        }
        self.shopper.refuse()?;
        self.spare(std::slice::from_ref(&self.path))?;
        let audit = self.graded(&self.path)?;
        let figures = self.figures(|| page::figures(&audit))?;
        let document = page::document(&audit, figures);
        if self.out.is_some() {
            self.put(page::files(&audit, document.figures()).map_err(End::failed)?)?;
        }
        match self.format {
            Format::Table => print_document(&document),
            Format::Json => print_json(&page::json(&audit)),
            Format::Csv => print_table(&Tables::of(&audit).map_err(End::failed)?.measures),
        }
    }

    /// The charts, where they are wanted.
    pub fn figures(
        &self,
        draw: impl FnOnce() -> Result<Vec<Figure>, ReportError>,
    ) -> Result<Vec<Figure>, End> {
        if self.out.is_none() || self.no_charts {
            return Ok(Vec::new());
        }
        draw().map_err(End::failed)
    }

    /// Reads a log and grades it.
    pub fn graded(&self, path: &Path) -> Result<audit::Audit, End> {
        let (input, options) = (log::open(path)?, self.log.options());
        let audit = log::watched(input, self.quiet, |input| audit::Audit::of_log(input, &options));
        let audit = audit.map_err(End::Refused)?;
        if !self.quiet {
            log::say(&audit.about.reading, self.format == Format::Table);
        }
        Ok(audit)
    }

    /// Refuses to write over what is read.
    pub fn spare(&self, inputs: &[PathBuf]) -> Result<(), End> {
        self.out.iter().try_for_each(|out| super::run::spare_in(out, page::is_file, inputs))
    }

    /// Writes files where they are wanted.
    pub fn put(&self, files: Vec<Output>) -> Result<(), End> {
        let Some(out) = &self.out else { return Ok(()) };
        let files: Vec<(String, Vec<u8>)> =
            files.into_iter().map(|file| (file.name, file.bytes)).collect();
        Folder::open(out).and_then(|folder| folder.put(&files))?;
        if !self.quiet {
            note(&format!(
                "Wrote {} to {}.",
                counted(files.len() as f64, "file", "files"),
                out.display()
            ));
        }
        Ok(())
    }
}
