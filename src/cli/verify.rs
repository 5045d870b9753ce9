//! `heard verify`: the simulator against exact results.

use std::time::{Duration, Instant};

use clap::{Args, ValueEnum};

use super::end::{End, note, print, print_document, print_json};
use super::progress;
use heard_lab::job::Job;
use heard_lab::verify::bench::{Effort, Halt};
use heard_lab::verify::run::{Request, choose};
use heard_lab::verify::table::Table;
use heard_lab::verify::{CHECKS, Check};
use heard_report::pages::verify;
use heard_scenario::source::nearest;
use heard_text::list::counted;

/// Check the simulator against exact results
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct Verify {
    /// Run only these checks [default: all of them]
    #[arg(value_name = "CHECK")]
    checks: Vec<String>,
    /// Do a tenth of the work: about half a minute on one core
    #[arg(long, conflicts_with = "thorough")]
    quick: bool,
    /// Do all of the work: several minutes [default: half of it]
    #[arg(long)]
    thorough: bool,
    /// Random seed, 0 to 2^63-1
    #[arg(long, value_name = "N", default_value_t = 1, allow_negative_numbers = true, value_parser = clap::value_parser!(u64).range(0..=i64::MAX as u64))]
    seed: u64,
    /// Number of threads [default: one per core]; results do not depend on it
    #[arg(long, value_name = "N", allow_negative_numbers = true, value_parser = clap::value_parser!(u16).range(1..=1024))]
    threads: Option<u16>,
    /// Format of the results on standard output
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
    /// List the checks instead of running them
    #[arg(long)]
    list: bool,
    /// Suppress progress and notes
    #[arg(long, short)]
    quiet: bool,
}

const EXAMPLES: &str = "\
Examples:
  heard verify                           every check, in about a minute
  heard verify --quick                   a tenth of the work
  heard verify --thorough > table.txt    all of the work, to show to others
  heard verify erlang-a shifts           only these two
  heard verify --seed 2026               with other random numbers
  heard verify --format json | jq '.checks[].rows[] | select(.verdict == \"off\")'

The exit code is 1 if a row is off. All rows are judged together: if the program is correct, one
table in a hundred has a row marked off. In that case try another seed: a real error stays off.";

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// A table to read
    Table,
    /// JSON for other programs
    Json,
}

impl Verify {
    pub fn run(&self) -> Result<(), End> {
        let request = Request {
            checks: choose(&self.checks).map_err(unknown)?,
            effort: self.effort(),
            seed: self.seed,
            threads: self.threads.map_or_else(heard_lab::job::threads::all, usize::from),
        };
        if self.list {
            return print(list(&request.checks).as_bytes());
        }
        let effort = request.effort;
        let clock = Instant::now();
        let table = self.table(request)?;
        match self.format {
            Format::Table => print_document(&verify::document(&table)),
            Format::Json => print_json(&verify::json::table(&table, effort, self.seed)),
        }?;
        if !self.quiet {
            let seconds = heard_text::number::fixed(clock.elapsed().as_secs_f64(), 1);
            note(&format!("Seed {}, {} effort, {seconds} s.", self.seed, effort.name()));
        }
        match table.off().count() {
            0 => Ok(()),
            1 => Err(End::failed("a row is off")),
            several => Err(End::failed(format!("{several} rows are off"))),
        }
    }

    fn effort(&self) -> Effort {
        match (self.quick, self.thorough) {
            (true, _) => Effort::Quick,
            (_, true) => Effort::Thorough,
            _ => Effort::Usual,
        }
    }

    /// Runs the checks under a progress bar.
    fn table(&self, request: Request) -> Result<Table, End> {
        let all = counted(request.checks.len() as f64, "check", "checks");
        let (mut watch, bar) = progress::watch(self.quiet, super::stop_on_interrupt()?);
        bar.enable_steady_tick(Duration::from_millis(200));
        let table = request.run(&mut watch);
        let done = bar.position();
        bar.finish_and_clear();
        table.map_err(|halt| match halt {
            Halt::Stopped => {
                note(&format!("Interrupted after {done} of {all}; there is no table."));
                End::Interrupted
            }
            Halt::Refused(diagnostic) => End::Failed(diagnostic),
        })
    }
}

fn unknown(name: &str) -> End {
    let help = match nearest(name, CHECKS.iter().map(|check| check.name)) {
        Some(close) => format!("did you mean `{close}`? `heard verify --list` lists all checks"),
        None => "`heard verify --list` lists all checks".to_owned(),
    };
    End::refused(format!("there is no check `{name}`"), help)
}

fn list(checks: &[&'static Check]) -> String {
    let width = checks.iter().map(|check| check.name.len()).max().unwrap_or_default();
    let line = |check: &&Check| format!("{:width$}  {}\n", check.name, check.what);
    checks.iter().map(line).collect()
}
