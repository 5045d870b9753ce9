//! `heard fit`: from a log to a scenario.

use std::ffi::OsStr;
use std::fs;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::Args;

use super::channels::Channels;
use super::end::{End, note, print_document};
use super::log::{self, Log};
use super::{progress, threads};
use heard_contacts::moment::{day_text, parse_day};
use heard_lab::experiment::aside::{Aside, WriteError};
use heard_lab::experiment::{Experiment, inputs};

use heard_lab::fit::goodness::{Compare, Outcomes};
use heard_lab::fit::scenario::Scenario;
use heard_lab::fit::{Calls, Contacts, Estimates};
use heard_lab::job::Job;
use heard_report::document::Document;
use heard_report::pages::fit as page;
use heard_report::pictures::pictures;
use heard_text::list::replications;

/// Turn a log of contacts into a scenario that reproduces it
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct Fit {
    /// The log: comma-separated values, plain or gzipped
    path: PathBuf,
    #[command(flatten)]
    log: Log,
    /// Where to write the scenario; the arrivals of a replay go beside it
    #[arg(long, short, value_name = "FILE.toml")]
    out: PathBuf,
    /// Replace the scenario, the arrivals and the charts of an earlier fit
    #[arg(long)]
    force: bool,
    /// Days to fit, both included, by the log's own clock [default: all]
    #[arg(long, value_name = "FROM..TO", value_parser = days)]
    days: Option<Range<i64>>,
    /// Replay the contacts of these days, with the people seen on them
    #[arg(long, value_name = "FROM..TO", value_parser = days)]
    replay: Option<Range<i64>>,
    /// Log of the contacts to replay, in the same format [default: the same log]
    #[arg(long, value_name = "PATH")]
    replay_log: Option<PathBuf>,
    /// Company to fit [default: the one with most contacts]
    #[arg(long, value_name = "NAME")]
    company: Option<String>,
    #[command(flatten)]
    channels: Channels,
    /// Replications to compare the scenario with the log; 0: no comparison
    #[arg(long, value_name = "N", default_value_t = 50, value_parser = clap::value_parser!(u32).range(0..=10_000))]
    check: u32,
    /// Draw no charts
    #[arg(long)]
    no_charts: bool,
    /// Suppress progress and notes
    #[arg(long, short)]
    quiet: bool,
}

const EXAMPLES: &str = "\
Examples:
  heard fit calls.csv --out mine.toml
  heard run mine.toml                       the log's usual week, many times over
  heard fit calls.csv --days 2026-03-01..2026-03-31 --replay 2026-04-01..2026-04-30 --out april.toml
  heard run april.toml                      April's own contacts, with April's people
  heard fit 2025.csv.gz --replay-log 2026.csv.gz --out 2026.toml
  heard fit tickets.csv --map created=arrived --map replied=answered --out tickets.toml";

fn days(text: &str) -> Result<Range<i64>, String> {
    let help = "write two dates, such as 2026-03-01..2026-03-31";
    let (from, to) = text.split_once("..").ok_or(help)?;
    let day =
        |text: &str| parse_day(text).ok_or_else(|| format!("`{text}` is not a valid date; {help}"));
    let (from, to) = (day(from)?, day(to.trim_start_matches('='))?);
    if to < from { Err("the last day is before the first".to_owned()) } else { Ok(from..to + 1) }
}

fn name_of(path: &Path) -> &OsStr {
    path.file_name().unwrap_or_default()
}

impl Fit {
    pub fn run(&self) -> Result<(), End> {
        let arrivals = self.out.with_extension("arrivals.csv");
        self.may_write(&arrivals)?;
        let (calls, replayed) = self.read()?;
        self.tell_days(&calls, self.days.as_ref());
        if let Some(other) = &replayed {
            self.tell_days(other, self.replay.as_ref());
        }
        let estimates = Estimates::of(&calls, replayed.as_ref());
        let scenario = estimates.scenario(&name_of(&arrivals).to_string_lossy());
        let experiment = self.experiment(&scenario)?;
        let threads = if self.check == 0 { 1 } else { threads::fitting(None, &experiment)? };
        self.write(&scenario, &arrivals)?;
        let fitted = Arc::new(calls);
        let calls = replayed.map_or_else(|| Arc::clone(&fitted), Arc::new);
        if self.check == 0 {
            return Ok(());
        }
        if Outcomes::of_calls(&calls).served.is_empty() {
            if !self.quiet {
                note(
                    "The log gives no time of an answer, so it does not show when anybody is there: the \
                     scenario has no people, and is not compared with the log. `--map COLUMN=answered` \
                     says which column has the time.",
                );
            }
            return Ok(());
        }
        self.check(Compare { calls, fitted, experiment: Arc::new(experiment), threads })
    }

    /// What the scenario runs, built in memory: nothing is written before it is known to be right.
    fn experiment(&self, scenario: &Scenario) -> Result<Experiment, End> {
        let name = self.out.file_stem().unwrap_or_default().to_string_lossy();
        let study = scenario.study(&name, self.check.max(1)).map_err(End::Refused)?;
        if !self.quiet {
            study.warnings.iter().for_each(|warning| note(&format!("warning: {warning}")));
        }
        Ok(Experiment::new(study))
    }

    /// Refuses a place where no scenario can go, and one that is taken.
    fn may_write(&self, beside: &Path) -> Result<(), End> {
        if self.out.extension().is_none_or(|ending| ending != "toml") {
            let help = "a scenario's name ends in .toml: `--out mine.toml`";
            return Err(End::refused(
                format!("{} is not a name for a scenario", self.out.display()),
                help,
            ));
        }
        // The scenario names the file beside it, and TOML is Unicode.
        if self.replays() && name_of(beside).to_str().is_none() {
            let what = format!("the name {} is not valid Unicode", self.out.display());
            return Err(End::refused(what, "choose another name: `--out mine.toml`"));
        }
        if self.path.extension().is_some_and(|ending| ending == "toml") {
            let help = "`heard fit` takes a log; `heard audit` and `heard run` take scenarios";
            let what = format!("{} is a scenario, not a log", self.path.display());
            return Err(End::refused(what, help));
        }
        let pipe = |path: &Path| path == Path::new("-");
        if pipe(&self.path) && self.replay_log.as_deref().is_some_and(pipe) {
            let help =
                "name a file for one of them; without `--replay-log`, the same log is replayed";
            return Err(End::refused("standard input can hold only one log", help));
        }
        let mut files = vec![self.out.clone()];
        if self.replays() {
            files.push(beside.to_owned());
        }
        if self.check > 0 && !self.no_charts {
            let both = |name| ["svg", "png"].map(|ending| self.chart(name, ending));
            files.extend(page::FIGURES.into_iter().flat_map(both));
        }
        let inputs: Vec<PathBuf> =
            std::iter::once(&self.path).chain(&self.replay_log).cloned().collect();
        inputs::spare(&files, &inputs)
            .map_err(|error| End::refused(error, "name another file: `--out FILE.toml`"))?;
        if let Some(folder) = files.iter().find(|path| inputs::resolved(path).is_dir()) {
            let help = "name another file: `--out FILE.toml`";
            return Err(End::refused(format!("{} is a folder", folder.display()), help));
        }
        let taken = |path: &Path| inputs::resolved(path).symlink_metadata().is_ok();
        if let Some(there) = files.iter().find(|path| taken(path) && !self.force) {
            let help = "`--force` replaces it; or name another file";
            return Err(End::refused(format!("{} already exists", there.display()), help));
        }
        Ok(())
    }

    /// Puts the scenario and its arrivals in place.
    fn write(&self, scenario: &Scenario, arrivals: &Path) -> Result<(), End> {
        let mut files = vec![(&*self.out, scenario.toml.as_bytes())];
        files.extend(scenario.arrivals.as_ref().map(|(_, text)| (arrivals, text.as_bytes())));
        let refused = |error: WriteError| {
            End::refused(error, "name a file that you may write to: `--out FILE.toml`")
        };
        let mut aside = Aside::new(self.folder())
            .map_err(|error| refused(WriteError { path: self.out.clone(), error }))?;
        // The scenario last: without its arrivals it cannot be run.
        for (path, bytes) in files.iter().rev() {
            aside.write(name_of(path), bytes).map_err(refused)?;
        }
        aside.replace_all().map_err(End::failed)?;
        if self.force && (self.no_charts || self.check == 0) {
            self.remove(page::FIGURES);
        }
        if !self.quiet {
            files.iter().for_each(|(path, _)| note(&format!("Wrote {}.", path.display())));
        }
        Ok(())
    }

    /// Runs the scenario, and compares it with the contacts of the log.
    fn check(&self, job: Compare) -> Result<(), End> {
        let (mut watch, bar) = progress::watch(self.quiet, super::stop_on_interrupt()?);
        let goodness = job.run(&mut watch);
        bar.finish_and_clear();
        let goodness = goodness.map_err(End::failed)?;
        let done = goodness.simulated.len();
        let interrupted = done < self.check as usize;
        if interrupted {
            note(&format!("Interrupted after {done} of {}.", replications(self.check.into())));
        }
        if done == 0 {
            return Err(End::Interrupted);
        }
        let figures = match self.no_charts {
            true => Vec::new(),
            false => page::figures(&goodness).map_err(End::failed)?,
        };
        let page = page::document(&goodness, figures);
        if !self.no_charts {
            self.put(&page)?;
        }
        print_document(&page)?;
        if interrupted { Err(End::Interrupted) } else { Ok(()) }
    }

    /// Says so where the log has not all the days that were asked for.
    fn tell_days(&self, calls: &Calls, wanted: Option<&Range<i64>>) {
        let there = calls.dates();
        if let Some(wanted) = wanted.filter(|wanted| **wanted != there && !self.quiet) {
            let span = |days: &Range<i64>| {
                format!("{} to {}", day_text(days.start), day_text(days.end - 1))
            };
            note(&format!("Of the days {}, the log has only {}.", span(wanted), span(&there)));
        }
    }

    /// Puts the charts of the page beside the scenario. Those of an earlier fit would be taken for those of this one,
    /// so none of them stays.
    fn put(&self, page: &Document) -> Result<(), End> {
        let mut aside = Aside::new(self.folder()).map_err(End::failed)?;
        for figure in page.figures() {
            for (ending, bytes) in pictures(figure).map_err(End::failed)? {
                let place = self.chart(&figure.name, ending);
                aside.write(name_of(&place), &bytes).map_err(End::failed)?;
            }
        }
        let drawn = |name: &str| page.figures().any(|figure| figure.name == name);
        self.remove(page::FIGURES.into_iter().filter(|name| !drawn(name)));
        aside.replace_all().map_err(End::failed)
    }

    /// Removes charts of an earlier fit.
    fn remove(&self, charts: impl IntoIterator<Item = &'static str>) {
        for name in charts {
            ["svg", "png"].iter().for_each(|end| drop(fs::remove_file(self.chart(name, end))));
        }
    }

    fn folder(&self) -> &Path {
        self.out.parent().unwrap_or(Path::new(""))
    }

    fn chart(&self, name: &str, ending: &str) -> PathBuf {
        self.out.with_extension(format!("{name}.{ending}"))
    }

    fn replays(&self) -> bool {
        self.replay.is_some() || self.replay_log.is_some()
    }

    /// The contacts that are fitted, and those that are replayed. A log is read once: it may be
    /// standard input.
    fn read(&self) -> Result<(Calls, Option<Calls>), End> {
        let within =
            |days: &Option<Range<i64>>, day| days.as_ref().is_none_or(|days| days.contains(&day));
        let of = |contacts: &Contacts, days: &Option<Range<i64>>, company: Option<&str>| {
            Calls::of(contacts, days.as_ref(), company).map_err(End::Refused)
        };
        let both = self.replay_log.is_none() && self.replay.is_some();
        let first = self.contacts(&self.path, |day| {
            within(&self.days, day) || (both && within(&self.replay, day))
        })?;
        let told = self.channels.told();
        told.check(first.about()).map_err(End::Refused)?;
        let first = first.told(&told);
        let calls = of(&first, &self.days, self.company.as_deref())?;
        let other = match &self.replay_log {
            _ if !self.replays() => return Ok((calls, None)),
            None => first,
            Some(path) => {
                drop(first);
                self.contacts(path, |day| within(&self.replay, day))?.told(&told)
            }
        };
        let replayed = of(&other, &self.replay, Some(&calls.company))?;
        Ok((calls, Some(replayed)))
    }

    fn contacts(&self, path: &Path, wanted: impl Fn(i64) -> bool + Send) -> Result<Contacts, End> {
        let (input, options) = (log::open(path)?, self.log.options());
        let read = |input| Contacts::read(input, &options, wanted);
        let contacts = log::watched(input, self.quiet, read).map_err(End::Refused)?;
        if !self.quiet {
            log::say(&contacts.about.reading, true);
        }
        Ok(contacts)
    }
}
