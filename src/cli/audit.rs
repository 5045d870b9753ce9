//! `heard audit`: the report card.

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use super::channels::Channels;
use super::end::{End, note, print_document, print_json, print_table};
use super::log::{self, Log};
use super::shopper::{self, Shopper};
use heard_contacts::length::{LengthForm, Unit};
use heard_lab::audit;
use heard_lab::audit::groups::By;
use heard_lab::audit::settings::Settings;
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
    /// A log: a table as text, workbook or JSON, plain or gzipped; `-` for standard input. Or a
    /// scenario: a path that ends in `.toml`, or the name of a bundled one
    #[arg(value_name = "LOG or SCENARIO")]
    path: PathBuf,
    #[command(flatten)]
    log: Log,
    /// Time within which contacts should be answered, may be repeated: `--within 20s --within 1h` [default:
    /// 20s where customers hold the line, 1h elsewhere]
    #[arg(long, value_name = "TIME", value_parser = time)]
    within: Vec<u32>,
    /// Logs only: divide each company and channel by who answered, what contacts are about, or when they
    /// came in
    #[arg(long, value_enum)]
    by: Option<Division>,
    #[command(flatten)]
    channels: Channels,
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
A log is a table: text in any encoding and with any separator, a workbook (.xlsx,
.ods) or JSON, with one row per contact. Which column holds what is guessed by
names and values, and shown; --map changes it. Only the time of arrival is
needed. Logs of one row per event, Asterisk's CDR and queue_log, and two public
data sets are formats of their own: heard list --formats. See docs/logs.md.

Examples:
  heard audit contacts.csv
  heard audit tickets.csv.gz --map created=arrived --map first_reply=answered --out output/tickets
  heard audit export.csv --encoding CP850 --delimiter ';' --format csv | head
  heard audit calls.xlsx --sheet March
  heard audit calls.csv --within 10s --within 20s --by month
  zcat contacts-*.csv.gz | heard audit -

A scenario runs with probes (30 on each channel, or what its [audit] says), and
how they are answered is graded arm by arm, as if it were a log:
  heard audit students-audit
  heard audit mine.toml --replications 20 --set audit.probes_per_channel=100
  heard audit mine.toml --beside contacts.csv              with a real log beside it";

/// What contacts are divided by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Division {
    /// The person who answered first
    Agent,
    /// What contacts are about
    Kind,
    /// The day on which they came in
    Day,
    /// The hour of the day in which they came in
    Hour,
    /// The month in which they came in
    Month,
}

impl Division {
    fn by(self) -> By {
        match self {
            Self::Agent => By::Agent,
            Self::Kind => By::Kind,
            Self::Day => By::Day,
            Self::Hour => By::Hour,
            Self::Month => By::Month,
        }
    }
}

/// Most times that service levels are given for.
const MOST_TIMES: usize = 5;

/// A time in seconds: `20s`, `5min`, `1h`, `2d`.
fn time(text: &str) -> Result<u32, String> {
    let length = LengthForm::of_unit(Unit::Seconds).read(text.as_bytes());
    let seconds = length.filter(|ms| *ms > 0 && ms % 1000 == 0).map(|ms| ms / 1000);
    let has_unit = text.contains(|c: char| c.is_alphabetic() || c == ':');
    seconds.filter(|_| has_unit).and_then(|seconds| u32::try_from(seconds).ok()).ok_or_else(|| {
        "write whole seconds, minutes, hours or days: `20s`, `5min`, `1h`, `2d`".to_owned()
    })
}

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
        self.settings()?;
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

    /// What the cards are asked for.
    pub fn settings(&self) -> Result<Settings, End> {
        let mut within = self.within.clone();
        within.sort_unstable();
        within.dedup();
        if within.len() > MOST_TIMES {
            return Err(End::refused(
                format!("--within is given {} times", within.len()),
                format!("at most {MOST_TIMES} are counted in one go"),
            ));
        }
        let told = self.channels.told();
        Ok(Settings { within, by: self.by.map(Division::by), told })
    }

    /// Whether contacts are to be divided.
    pub fn divides(&self) -> bool {
        self.by.is_some()
    }

    /// Reads a log and grades it.
    pub fn graded(&self, path: &Path) -> Result<audit::Audit, End> {
        let (input, options) = (log::open(path)?, self.log.options());
        let settings = self.settings()?;
        let audit = log::watched(input, self.quiet, |input| {
            audit::Audit::of_log(input, &options, settings)
        });
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
