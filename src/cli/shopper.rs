//! `heard audit SCENARIO`: the mystery shopper within the simulation.

use std::sync::Arc;

use clap::Args;

use super::audit::{Audit, Format};
use super::end::{End, note, print_document, print_json, print_table};
use super::{Chosen, progress, threads};
use heard_lab::audit::shopper::{self, MysteryShopper};
use heard_lab::experiment::Experiment;
use heard_lab::job::Job;
use heard_report::pages::audit::shopper as page;
use heard_scenario::bundled;
use heard_text::list::replications;

/// How a scenario runs for the mystery shopper.
#[derive(Debug, Args)]
pub struct Shopper {
    /// Scenarios only: a log to compare with, read as the options above say
    #[arg(long, value_name = "LOG")]
    pub beside: Option<std::path::PathBuf>,
    /// Scenarios only: replace one value; the key as in the file
    #[arg(long = "set", value_name = "KEY=VALUE")]
    pub sets: Vec<String>,
    /// Scenarios only: random seed, 0 to 2^63-1
    #[arg(long, value_name = "N", allow_negative_numbers = true, value_parser = clap::value_parser!(u64).range(0..=i64::MAX as u64))]
    pub seed: Option<u64>,
    /// Scenarios only: replications of every arm
    #[arg(long, value_name = "N", allow_negative_numbers = true, value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    pub replications: Option<u32>,
    /// Scenarios only: threads [default: as many as the machine has]
    #[arg(long, value_name = "N", allow_negative_numbers = true, value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub threads: Option<u16>,
}

impl Shopper {
    /// Refuses options that do not apply to a log.
    pub fn refuse(&self) -> Result<(), End> {
        let given = [
            ("--beside", self.beside.is_some()),
            ("--set", !self.sets.is_empty()),
            ("--seed", self.seed.is_some()),
            ("--replications", self.replications.is_some()),
            ("--threads", self.threads.is_some()),
        ];
        match given.into_iter().find(|(_, given)| *given) {
            Some((option, _)) => Err(End::refused(
                format!("{option} applies only to scenarios; this is a log"),
                "a scenario is a path that ends in `.toml`, or a name that `heard list` shows",
            )),
            None => Ok(()),
        }
    }
}

/// Whether an argument of `heard audit` is a scenario; anything else is a log.
pub fn is_scenario(argument: &str) -> bool {
    argument.ends_with(".toml") || bundled::find(argument).is_some()
}

/// Runs the scenario, and grades how the probes were answered.
pub fn run(verb: &Audit, scenario: &str) -> Result<(), End> {
    let shopper = &verb.shopper;
    if verb.divides() {
        return Err(End::refused(
            "--by applies only to logs; this is a scenario",
            "`heard run --log` writes the contacts of a run as a log",
        ));
    }
    let settings = verb.settings()?;
    let chosen = Chosen { scenario: scenario.to_owned(), sets: shopper.sets.clone() };
    let mut study = chosen.load(shopper.seed, shopper.replications, verb.quiet)?;
    shopper::send_out(&mut study);
    let experiment = Arc::new(Experiment::new(study));
    let threads = threads::fitting(shopper.threads, &experiment)?;
    let inputs = experiment.study.files.iter().chain(&shopper.beside).cloned();
    verb.spare(&inputs.collect::<Vec<_>>())?;
    // Better to refuse a log before the run than after it.
    let beside = shopper.beside.as_ref().map(|path| verb.graded(path)).transpose()?;
    let stop = super::stop_on_interrupt()?;
    let wanted = experiment.study.base.run.replications;
    let (mut watch, bar) = progress::watch(verb.quiet, stop);
    let visits = MysteryShopper { experiment, threads, settings }.run(&mut watch);
    bar.finish_and_clear();
    let visits = visits.map_err(End::failed)?;
    let done = visits.replications;
    if done < wanted {
        note(&format!("Interrupted after {done} of {}.", replications(wanted.into())));
        if done == 0 {
            return Err(End::Interrupted);
        }
    }
    let beside = beside.as_ref();
    let figures = verb.figures(|| page::figures(&visits, beside))?;
    let document = page::document(&visits, beside, figures);
    if verb.out.is_some() {
        verb.put(page::files(&visits, beside, document.figures()).map_err(End::failed)?)?;
    }
    match verb.format {
        Format::Table => print_document(&document),
        Format::Json => print_json(&page::json(&visits, beside)),
        Format::Csv => print_table(&page::tables(&visits).map_err(End::failed)?.measures),
    }?;
    if done < wanted { Err(End::Interrupted) } else { Ok(()) }
}
