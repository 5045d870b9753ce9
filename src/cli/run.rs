//! `heard run`: the main job.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

use clap::{Args, ValueEnum};
use jiff::Timestamp;

use super::end::{End, note, print_document, print_json, print_table};
use super::{Chosen, progress, threads};
use heard_lab::experiment::Experiment;
use heard_lab::experiment::folder::{self, Earlier};
use heard_lab::experiment::inputs;
use heard_lab::experiment::results::Results;
use heard_lab::job::{Ended, InFolder, Job, RunError};
use heard_report::document::Document;
use heard_report::manifest::{Making, manifest};
use heard_report::tables::Tables;
use heard_report::{Output, figures, json, pages};
use heard_text::diagnostic::Diagnostic;
use heard_text::list::{counted, replications};
use heard_text::time::rounded;

/// Run every policy (arm) of a scenario on the same customers and compare them
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct Run {
    #[command(flatten)]
    chosen: Chosen,
    /// Folder for the results [default: output/NAME]
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Random seed, 0 to 2^63-1
    #[arg(long, value_name = "N", allow_negative_numbers = true, value_parser = clap::value_parser!(u64).range(0..=i64::MAX as u64))]
    seed: Option<u64>,
    /// Number of replications: every arm is run this many times
    #[arg(long, value_name = "N", allow_negative_numbers = true, value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    replications: Option<u32>,
    /// Number of threads [default: as many as the machine has]; results do not depend on it
    #[arg(long, value_name = "N", allow_negative_numbers = true, value_parser = clap::value_parser!(u16).range(1..=1024))]
    threads: Option<u16>,
    /// What to print on standard output
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
    /// Skip the charts
    #[arg(long)]
    no_charts: bool,
    /// Also write the contacts of the first replication of every arm: contacts-ARM.csv
    #[arg(long)]
    log: bool,
    /// Suppress progress and notes
    #[arg(long, short)]
    quiet: bool,
    /// Continue an unfinished run, or add replications to a finished one
    #[arg(long, conflicts_with = "restart")]
    resume: bool,
    /// Discard an unfinished run and start again
    #[arg(long)]
    restart: bool,
}

const EXAMPLES: &str = "\
Examples:
  heard run listening-vs-responding --replications 10      a first try, in seconds
  heard run mine.toml --out output/night                   keep this result separately
  heard run mine.toml --set customers.count=50_000
  heard run mine.toml --set 'arm.responding.team.care.shifts=[{ days = \"Mon-Sun\", hours = \"00:00-24:00\", people = 2 }]'
  heard run mine.toml --resume --replications 400          more replications of the same run
  heard run mine.toml --resume --log                       contact by contact, for `heard audit`
  heard run mine.toml --format csv | head                  summary.csv on standard output";

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// Tables to read
    Table,
    /// Summary and comparison as JSON
    Json,
    /// The contents of summary.csv
    Csv,
}

impl Run {
    pub fn run(&self) -> Result<(), End> {
        let study = self.chosen.load(self.seed, self.replications, self.quiet)?;
        let folder = self.out.clone().unwrap_or_else(|| PathBuf::from("output").join(&study.name));
        let experiment = Arc::new(Experiment::new(study));
        let threads = threads::fitting(self.threads, &experiment)?;
        spare_in(&folder, heard_report::is_output, &experiment.study.files)?;
        let (earlier, logs) = (self.earlier(), self.log);
        let job = InFolder { experiment, folder: folder.clone(), earlier, threads, logs };
        let opened = job.open()?;
        if opened.replaces() && !self.resume && !self.quiet {
            note(&format!(
                "note: the finished run in {} will be replaced once this one is complete",
                folder.display()
            ));
        }
        let (mut watch, bar) = progress::watch(self.quiet, super::stop_on_interrupt()?);
        let ended = opened.run(&mut watch);
        bar.finish_and_clear();
        let ended = ended.map_err(end_of_run)?;
        if !ended.is_complete() {
            tell_interrupted(&ended.results);
        }
        if !ended.is_worth_publishing() {
            return Err(End::Interrupted);
        }
        let page = self.page(&ended)?;
        let outputs = self.publish(&ended, &page, &folder)?;
        self.show(&ended.results, &page, &outputs)?;
        if ended.is_complete() && !self.lacks_logs(&ended) { Ok(()) } else { Err(End::Interrupted) }
    }

    /// Whether logs of contacts were asked for and are not there.
    fn lacks_logs(&self, ended: &Ended) -> bool {
        self.log && ended.logs.is_empty()
    }

    fn earlier(&self) -> Earlier {
        match (self.resume, self.restart) {
            (true, _) => Earlier::Resume,
            (_, true) => Earlier::Restart,
            _ => Earlier::Refuse,
        }
    }

    /// The page of the results, with the charts unless they are unwanted.
    fn page(&self, ended: &Ended) -> Result<Document, End> {
        let results = &ended.results;
        let figures = match self.no_charts {
            true => Vec::new(),
            false => figures::figures(results).map_err(End::failed)?,
        };
        Ok(pages::run::document(results, &ended.looks(), figures))
    }

    /// Writes all files of the results, and returns them.
    fn publish(&self, ended: &Ended, page: &Document, folder: &Path) -> Result<Vec<Output>, End> {
        let mut outputs =
            heard_report::outputs(&ended.results, page.figures()).map_err(End::failed)?;
        let logs = ended.logs.iter().cloned();
        outputs.extend(logs.map(|(name, bytes)| Output { name, bytes }));
        if self.lacks_logs(ended) {
            note(if ended.is_complete() {
                "Interrupted after all replications, but before the logs of contacts were complete; `--resume --log` writes them."
            } else {
                "note: logs of contacts will be written once the run is complete"
            });
        }
        let making = Making {
            threads: ended.threads,
            started: timestamp(ended.started),
            seconds: ended.elapsed().as_secs_f64(),
            looks: ended.looks(),
        };
        let manifest = format!("{:#}\n", manifest(&ended.results, &making, &outputs));
        let files: Vec<(&str, &[u8])> =
            outputs.iter().map(|output| (output.name.as_str(), output.bytes.as_slice())).collect();
        let kept = ended.publish(&files, &manifest)?;
        if !self.quiet {
            let (number, shown) = ((files.len() + 1) as f64, folder.display());
            let (files, time) = (counted(number, "file", "files"), rounded(making.seconds));
            note(&format!("Wrote {files} to {shown} in {time}."));
            for name in kept {
                note(&format!(
                    "note: {name} is from an earlier run but has been changed since: it stays in {shown}"
                ));
            }
        }
        Ok(outputs)
    }

    fn show(&self, results: &Results, page: &Document, outputs: &[Output]) -> Result<(), End> {
        match self.format {
            Format::Table => print_document(page),
            Format::Json => print_json(&json::tables(&Tables::new(results))),
            Format::Csv => {
                let summary = outputs.iter().find(|output| output.name == "summary.csv");
                print_table(summary.map_or(&[], |output| &output.bytes))
            }
        }
    }
}

fn tell_interrupted(results: &Results) {
    let (done, wanted) = (results.replications(), results.experiment.study.base.run.replications);
    note(&format!(
        "Interrupted after {done} of {}; `--resume` continues, `--restart` starts over.",
        replications(wanted.into())
    ));
}

/// Why a run failed, as the end of the verb.
fn end_of_run(error: RunError) -> End {
    match error {
        RunError::Folder(error) => error.into(),
        RunError::Failed { kept, wanted, .. } => {
            End::Failed(Diagnostic::new(error.to_string()).help(format!(
                "the folder keeps {kept} of {}; `--resume` continues from there",
                replications(wanted.into())
            )))
        }
        RunError::Log(error) => End::failed(error),
    }
}

/// A time of the system clock in RFC 3339. It is only recorded, so a clock that is out of range is no
/// reason to stop.
fn timestamp(time: SystemTime) -> String {
    Timestamp::try_from(time).map_or("unknown".to_owned(), |time| time.to_string())
}

/// Refuses a folder in which an input lies under a name that the verb may write to.
pub fn spare_in(
    out: &Path,
    is_output: impl Fn(&str) -> bool,
    inputs: &[PathBuf],
) -> Result<(), End> {
    let ours = |name: &str| folder::is_reserved(name) || is_output(name);
    inputs::spare_in(out, ours, inputs)
        .map_err(|error| End::refused(error, "name another folder: `--out DIR`"))
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, UNIX_EPOCH};

    use super::*;

    #[test]
    fn any_time_that_a_clock_can_show_is_written_down() {
        assert_eq!(timestamp(UNIX_EPOCH), "1970-01-01T00:00:00Z");
        assert_eq!(timestamp(UNIX_EPOCH - Duration::from_secs(86_400)), "1969-12-31T00:00:00Z");
        let eons = Duration::from_secs(1 << 60);
        let beyond = [UNIX_EPOCH.checked_add(eons), UNIX_EPOCH.checked_sub(eons)];
        beyond.into_iter().flatten().for_each(|time| assert_eq!(timestamp(time), "unknown"));
    }
}
