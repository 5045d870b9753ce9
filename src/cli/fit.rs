//! `heard fit`: from a log to a scenario.

use std::ffi::OsStr;
use std::fs;
use std::io::stdout;
use std::ops::Range;
use std::path::{Path, PathBuf};

use clap::Args;

use super::end::{End, may_colour, note, print};
use super::log::{self, Log};
use super::{Chosen, progress, threads};
use crate::fit::goodness::{Goodness, Outcomes};
use crate::fit::{Calls, Contacts, Fitted, fit, page};
use heard_contacts::moment::{day_text, parse_day};
use heard_lab::experiment::aside::{Aside, WriteError};
use heard_lab::experiment::{Experiment, inputs};
use heard_report::charts;

/// Turn a log of contacts into a scenario that reproduces it
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct Fit {
    /// The log: comma-separated values, plain or packed with gzip
    path: PathBuf,
    #[command(flatten)]
    log: Log,
    /// Where the scenario goes; the arrivals of a replay go beside it
    #[arg(long, short, value_name = "FILE.toml")]
    out: PathBuf,
    /// Replace the scenario, the arrivals and the charts of an earlier fit
    #[arg(long)]
    force: bool,
    /// The days to fit, the last one included, by the log's own clock [default: all]
    #[arg(long, value_name = "FROM..TO", value_parser = days)]
    days: Option<Range<i64>>,
    /// Replay the contacts of these days, with the people seen then
    #[arg(long, value_name = "FROM..TO", value_parser = days)]
    replay: Option<Range<i64>>,
    /// The log that holds what is replayed, written as the other [default: the same log]
    #[arg(long, value_name = "PATH")]
    replay_log: Option<PathBuf>,
    /// The company to fit [default: the one with most contacts]
    #[arg(long, value_name = "NAME")]
    company: Option<String>,
    /// How many times the scenario is played to hold it against the log; 0: not at all
    #[arg(long, value_name = "N", default_value_t = 50, value_parser = clap::value_parser!(u32).range(0..=10_000))]
    check: u32,
    /// Draw no charts
    #[arg(long)]
    no_charts: bool,
    /// No progress and no notes
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
    let help = "write two days, such as 2026-03-01..2026-03-31";
    let (from, to) = text.split_once("..").ok_or(help)?;
    let day = |text: &str| parse_day(text).ok_or_else(|| format!("`{text}` is no day; {help}"));
    let (from, to) = (day(from)?, day(to.trim_start_matches('='))?);
    if to < from { Err("the last day is before the first".to_owned()) } else { Ok(from..to + 1) }
}

fn name_of(path: &Path) -> &OsStr {
    path.file_name().unwrap_or_default()
}

impl Fit {
    pub fn run(&self) -> Result<(), End> {
        let beside = self.out.with_extension("arrivals.csv");
        self.may_write(&beside)?;
        let (calls, replayed) = self.read()?;
        self.tell_days(&calls, self.days.as_ref());
        if let Some(other) = &replayed {
            self.tell_days(other, self.replay.as_ref());
        }
        let name = name_of(&beside).to_string_lossy().into_owned();
        let fitted = fit(&calls, replayed.as_ref().map(|calls| (calls, name.as_str())));
        let (experiment, threads) = self.write(&fitted, &beside)?;
        if self.check == 0 {
            return Ok(());
        }
        let held_against = replayed.as_ref().unwrap_or(&calls);
        if Outcomes::of_calls(held_against).served.is_empty() {
            if !self.quiet {
                note(
                    "Nobody was answered at a time that the log tells: the scenario is held against nothing.",
                );
            }
            return Ok(());
        }
        let (fitted, replayed) = (calls.dates(), held_against.dates());
        let foretells = fitted.end <= replayed.start || replayed.end <= fitted.start;
        let earlier = foretells.then(|| Outcomes::of_calls(&calls));
        self.check(&experiment, threads, held_against, earlier.as_ref())
    }

    /// Refuses what is no place for a scenario, or is taken.
    fn may_write(&self, beside: &Path) -> Result<(), End> {
        if self.out.extension().is_none_or(|ending| ending != "toml") {
            let help = "a scenario's name ends in .toml: `--out mine.toml`";
            return Err(End::refused(
                format!("{} is no name for a scenario", self.out.display()),
                help,
            ));
        }
        if self.path.extension().is_some_and(|ending| ending == "toml") {
            let help = "`heard fit` takes a log; `heard audit` and `heard run` take scenarios";
            let what = format!("{} is a scenario, not a log", self.path.display());
            return Err(End::refused(what, help));
        }
        let mut files = vec![self.out.clone()];
        if self.replays() {
            files.push(beside.to_owned());
        }
        if self.check > 0 && !self.no_charts {
            let both = |name| ["svg", "png"].map(|ending| self.chart(name, ending));
            files.extend(page::PICTURES.into_iter().flat_map(both));
        }
        let inputs: Vec<PathBuf> =
            std::iter::once(&self.path).chain(&self.replay_log).cloned().collect();
        inputs::spare(&files, &inputs)
            .map_err(|error| End::refused(error, "name another file: `--out FILE.toml`"))?;
        if let Some(folder) = files.iter().find(|path| path.is_dir()) {
            let help = "name another file: `--out FILE.toml`";
            return Err(End::refused(format!("{} is a folder", folder.display()), help));
        }
        let taken = |path: &Path| path.symlink_metadata().is_ok();
        if let Some(there) = files.iter().find(|path| taken(path) && !self.force) {
            let help = "`--force` replaces it; or name another file";
            return Err(End::refused(format!("{} is there already", there.display()), help));
        }
        Ok(())
    }

    /// Puts the scenario and its arrivals in place, once it is known that it can be read and
    /// simulated: on so many threads.
    fn write(&self, fitted: &Fitted, beside: &Path) -> Result<(Experiment, usize), End> {
        let mut files = vec![(&*self.out, fitted.scenario.as_bytes())];
        files.extend(fitted.arrivals.as_ref().map(|arrivals| (beside, arrivals.as_bytes())));
        let refused = |error: WriteError| {
            End::refused(error, "name a file that you may write to: `--out FILE.toml`")
        };
        let mut aside = Aside::new(self.folder())
            .map_err(|error| refused(WriteError { path: self.out.clone(), error }))?;
        // The scenario last: without its arrivals it would be no scenario.
        for (path, bytes) in files.iter().rev() {
            aside.write(name_of(path), bytes).map_err(refused)?;
        }
        let experiment = self.experiment(&aside)?;
        let threads = if self.check == 0 { 1 } else { threads::fitting(None, &experiment)? };
        aside.replace_all().map_err(End::failed)?;
        if !self.quiet {
            files.iter().for_each(|(path, _)| note(&format!("Wrote {}.", path.display())));
        }
        Ok((experiment, threads))
    }

    /// The scenario as it lies aside.
    fn experiment(&self, aside: &Aside) -> Result<Experiment, End> {
        let scenario = aside.path(name_of(&self.out)).display().to_string();
        let chosen = Chosen { scenario, sets: Vec::new() };
        let study = chosen.load(None, Some(self.check.max(1)), self.quiet);
        // What is wrong is told of the file that it was to become.
        let [aside, there] =
            [&aside.path(""), &self.folder().join("")].map(|folder| folder.display().to_string());
        study.map(Experiment::new).map_err(|end| match end {
            End::Refused(text) => End::Refused(text.replace(&aside, &there)),
            end => end,
        })
    }

    /// Plays the scenario that was written, and shows how near it comes to `calls`.
    fn check(
        &self,
        experiment: &Experiment,
        threads: usize,
        calls: &Calls,
        earlier: Option<&Outcomes>,
    ) -> Result<(), End> {
        let stop = super::stop_on_interrupt()?;
        let bar = progress::replications(self.quiet, self.check, 0);
        let goodness = Goodness::of(calls, experiment, self.check, threads, &stop, || bar.inc(1));
        bar.finish_and_clear();
        let goodness = goodness.map_err(End::failed)?;
        let done = goodness.simulated.len();
        let interrupted = done < self.check as usize;
        if interrupted {
            note(&format!("Interrupted after {done} of {} replications.", self.check));
        }
        if done == 0 {
            return Err(End::Interrupted);
        }
        if !self.no_charts {
            let pictures = page::pictures(calls, &goodness, earlier).map_err(End::failed)?;
            self.put(&pictures)?;
        }
        print(page::text(&goodness, earlier, may_colour(&stdout())).as_bytes())?;
        if interrupted { Err(End::Interrupted) } else { Ok(()) }
    }

    /// Says so where the log has not all the days that were asked for.
    fn tell_days(&self, calls: &Calls, wanted: Option<&Range<i64>>) {
        let there = calls.dates();
        if let Some(wanted) = wanted.filter(|wanted| **wanted != there && !self.quiet) {
            let span = |days: &Range<i64>| {
                format!("{} to {}", day_text(days.start), day_text(days.end - 1))
            };
            note(&format!("Of the days {}, the log has {} only.", span(wanted), span(&there),));
        }
    }

    /// Puts pictures beside the scenario. Those of an earlier fit would be taken for those of this
    /// one, so none of them stays.
    fn put(&self, pictures: &[(&str, String)]) -> Result<(), End> {
        let failed = |error: WriteError| End::failed(error);
        let mut aside = Aside::new(self.folder()).map_err(End::failed)?;
        for (name, svg) in pictures {
            let png = charts::png(svg, 1200).map_err(End::failed)?;
            aside.write(name_of(&self.chart(name, "svg")), svg.as_bytes()).map_err(failed)?;
            aside.write(name_of(&self.chart(name, "png")), &png).map_err(failed)?;
        }
        let drawn = |name: &str| pictures.iter().any(|(drawn, _)| *drawn == name);
        for name in page::PICTURES.into_iter().filter(|name| !drawn(name)) {
            ["svg", "png"].iter().for_each(|end| drop(fs::remove_file(self.chart(name, end))));
        }
        aside.replace_all().map_err(failed)
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
            Calls::of(contacts, days.as_ref(), company).map_err(|error| log::refused(&error))
        };
        let both = self.replay_log.is_none() && self.replay.is_some();
        let first = self.contacts(&self.path, |day| {
            within(&self.days, day) || (both && within(&self.replay, day))
        })?;
        let calls = of(&first, &self.days, self.company.as_deref())?;
        let other = match &self.replay_log {
            _ if !self.replays() => return Ok((calls, None)),
            None => first,
            Some(path) => {
                drop(first);
                self.contacts(path, |day| within(&self.replay, day))?
            }
        };
        let replayed = of(&other, &self.replay, Some(&calls.company))?;
        Ok((calls, Some(replayed)))
    }

    fn contacts(&self, path: &Path, wanted: impl Fn(i64) -> bool + Send) -> Result<Contacts, End> {
        let (input, options) = (log::open(path)?, self.log.options());
        let read = |input| Contacts::read(input, &options, wanted);
        log::watched(input, self.quiet, read).map_err(|error| log::refused(&error))
    }
}
