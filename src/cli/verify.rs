//! `heard verify`: the simulator against what is known exactly.

use std::io::stdout;
use std::time::{Duration, Instant};

use clap::{Args, ValueEnum};
use indicatif::ProgressStyle;

use super::end::{End, may_colour, note, print};
use super::progress;
use crate::verify::bench::{Bench, Effort, Halt};
use crate::verify::table::{Table, find};
use crate::verify::{CHECKS, Check, json, page};
use heard_scenario::source::nearest;

/// Check the simulator against exact results, and print the table
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct Verify {
    /// Only these checks [default: all of them]
    #[arg(value_name = "CHECK")]
    checks: Vec<String>,
    /// A tenth of the work: half a minute of one core
    #[arg(long, conflicts_with = "thorough")]
    quick: bool,
    /// All of the work: some minutes
    #[arg(long)]
    thorough: bool,
    /// What all draws are made from, 0 to 2^63-1
    #[arg(long, value_name = "N", default_value_t = 1, allow_negative_numbers = true, value_parser = clap::value_parser!(u64).range(0..=i64::MAX as u64))]
    seed: u64,
    /// Threads [default: as many as the machine has]; the table does not depend on it
    #[arg(long, value_name = "N", allow_negative_numbers = true, value_parser = clap::value_parser!(u16).range(1..=1024))]
    threads: Option<u16>,
    /// What to print on standard output
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
    /// List the checks instead
    #[arg(long)]
    list: bool,
    /// No progress
    #[arg(long, short)]
    quiet: bool,
}

const EXAMPLES: &str = "\
Examples:
  heard verify                           every check, a minute or so
  heard verify --quick                   a tenth of it
  heard verify --thorough > table.txt    all of it, to be shown to others
  heard verify erlang-a shifts           these two alone
  heard verify --seed 2026               on other random numbers
  heard verify --format json | jq '.checks[].rows[] | select(.verdict == \"off\")'

Exit code 1 where a row is off. All rows are judged together: where the program is sound, one
table in a hundred has a row called off. Try another seed then: what is really off stays off.";

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// A table for people
    Table,
    /// The same for programs
    Json,
}

impl Verify {
    pub fn run(&self) -> Result<(), End> {
        let checks = self.chosen()?;
        if self.list {
            return print(list(&checks).as_bytes());
        }
        let threads = self.threads.map_or_else(heard_lab::job::threads::all, usize::from);
        let stop = super::stop_on_interrupt()?;
        let effort = match (self.quick, self.thorough) {
            (true, _) => Effort::Quick,
            (_, true) => Effort::Thorough,
            _ => Effort::Usual,
        };
        let bench = Bench::new(effort, self.seed, threads, stop.flag()).map_err(halted)?;
        let clock = Instant::now();
        let rows = self.play(&checks, &bench)?;
        let table = Table::new(checks.into_iter().zip(rows).collect());
        let text = match self.format {
            Format::Table => page::text(&table, may_colour(&stdout())),
            Format::Json => format!("{:#}\n", json::table(&table, effort, self.seed)),
        };
        print(text.as_bytes())?;
        if !self.quiet {
            let seconds = clock.elapsed().as_secs_f64();
            note(&format!("Seed {}, {} effort, {seconds:.1} s.", self.seed, effort.name()));
        }
        match table.off().count() {
            0 => Ok(()),
            1 => Err(End::failed("a row is off")),
            several => Err(End::failed(format!("{several} rows are off"))),
        }
    }

    fn chosen(&self) -> Result<Vec<&'static Check>, End> {
        if self.checks.is_empty() {
            return Ok(CHECKS.iter().collect());
        }
        let find = |name: &String| {
            find(name).ok_or_else(|| {
                let help = match nearest(name, CHECKS.iter().map(|check| check.name)) {
                    Some(close) => {
                        format!("did you mean `{close}`? `heard verify --list` shows them all")
                    }
                    None => "`heard verify --list` shows them".to_owned(),
                };
                End::refused(format!("there is no check `{name}`"), help)
            })
        };
        let chosen: Result<Vec<&'static Check>, End> = self.checks.iter().map(find).collect();
        let mut chosen = chosen?;
        let mut seen = Vec::new();
        chosen.retain(|check| {
            let new = !seen.contains(&check.name);
            seen.push(check.name);
            new
        });
        Ok(chosen)
    }

    fn play(
        &self,
        checks: &[&'static Check],
        bench: &Bench<'_>,
    ) -> Result<Vec<Vec<crate::verify::row::Row>>, End> {
        let bar = progress::bar(self.quiet, checks.len() as u64);
        let style = ProgressStyle::with_template("{bar:40} {pos}/{len} checks, {elapsed}: {msg}");
        bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
        bar.enable_steady_tick(Duration::from_millis(200));
        let mut rows = Vec::new();
        for check in checks {
            bar.set_message(check.what);
            let found = check.rows(bench);
            if found.is_err() {
                bar.finish_and_clear();
            }
            if matches!(found, Err(Halt::Stopped)) {
                let (done, all) = (rows.len(), checks.len());
                note(&format!("Interrupted after {done} of {all} checks: there is no table."));
            }
            rows.push(found.map_err(halted)?);
            bar.inc(1);
        }
        bar.finish_and_clear();
        Ok(rows)
    }
}

fn halted(halt: Halt) -> End {
    match halt {
        Halt::Stopped => End::Interrupted,
        Halt::Refused(text) => End::failed(text),
    }
}

fn list(checks: &[&'static Check]) -> String {
    let width = checks.iter().map(|check| check.name.len()).max().unwrap_or_default();
    let line = |check: &&Check| format!("{:width$}  {}\n", check.name, check.what);
    checks.iter().map(line).collect()
}
