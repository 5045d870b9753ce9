//! `heard audit SCENARIO`: the mystery shopper within the simulation.

use heard_text::name::safe;
use std::io::stdout;

use clap::Args;
use serde_json::{Value, json};

use super::audit::{Audit, Format, Graded};
use super::end::{End, harmless_json, may_colour, note, print, print_table};
use super::{Chosen, progress, threads};
use crate::audit::shopper::{self, Visit, Visits};
use crate::audit::{self, page, table};
use heard_lab::experiment::Experiment;
use heard_lab::experiment::contact_log::file_names;
use heard_report::csv;
use heard_report::terminal::layout;
use heard_scenario::bundled;
use heard_text::number::count;

/// How a scenario is played for the mystery shopper.
#[derive(Debug, Args)]
pub struct Shopper {
    /// Of a scenario: lay this log beside it, read as the options above say
    #[arg(long, value_name = "LOG")]
    pub beside: Option<std::path::PathBuf>,
    /// Of a scenario: replace one value; the key as in the file
    #[arg(long = "set", value_name = "KEY=VALUE")]
    pub sets: Vec<String>,
    /// Of a scenario: what all draws are made from, 0 to 2^63-1
    #[arg(long, value_name = "N", allow_negative_numbers = true, value_parser = clap::value_parser!(u64).range(0..=i64::MAX as u64))]
    pub seed: Option<u64>,
    /// Of a scenario: how many times every arm is played
    #[arg(long, value_name = "N", allow_negative_numbers = true, value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    pub replications: Option<u32>,
    /// Of a scenario: threads [default: as many as the machine has]
    #[arg(long, value_name = "N", allow_negative_numbers = true, value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub threads: Option<u16>,
}

impl Shopper {
    /// Refuses what a log has no use for.
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
                format!("{option} is for scenarios, and a log is what it is"),
                "a scenario is a path that ends in `.toml`, or a name that `heard list` shows",
            )),
            None => Ok(()),
        }
    }
}

/// Whether an argument of `heard audit` is a scenario; all else is a log.
pub fn is_scenario(argument: &str) -> bool {
    argument.ends_with(".toml") || bundled::find(argument).is_some()
}

/// Plays the scenario, and grades what became of the probes.
pub fn run(verb: &Audit, scenario: &str) -> Result<(), End> {
    let shopper = &verb.shopper;
    let chosen = Chosen { scenario: scenario.to_owned(), sets: shopper.sets.clone() };
    let mut study = chosen.load(shopper.seed, shopper.replications, verb.quiet)?;
    shopper::send_out(&mut study);
    let experiment = Experiment::new(study);
    let threads = threads::fitting(shopper.threads, &experiment)?;
    let inputs = experiment.study.files.iter().chain(&shopper.beside).cloned();
    verb.spare(&inputs.collect::<Vec<_>>())?;
    // A log that cannot be read is better known before the playing than after it.
    let beside = shopper.beside.as_ref().map(|path| verb.graded(path)).transpose()?;
    let stop = super::stop_on_interrupt()?;
    let wanted = experiment.study.base.run.replications;
    let bar = progress::replications(verb.quiet, wanted, 0);
    let visits = shopper::visit(&experiment, threads, stop.flag(), || bar.inc(1));
    bar.finish_and_clear();
    let visits = visits.map_err(End::failed)?;
    let done = visits.replications;
    if done < wanted {
        note(&format!("Interrupted after {done} of {wanted} replications."));
        if done == 0 {
            return Err(End::Interrupted);
        }
    }
    let shown = Shown { experiment: &experiment, visits: &visits, beside: beside.as_ref() };
    shown.put(verb)?;
    shown.say(verb.format)?;
    if done < wanted { Err(End::Interrupted) } else { Ok(()) }
}

/// All that there is to show.
struct Shown<'a> {
    experiment: &'a Experiment,
    visits: &'a Visits,
    beside: Option<&'a audit::Audit>,
}

impl Shown<'_> {
    fn tables(&self) -> Result<(Vec<u8>, Vec<u8>), End> {
        let lines = csv::table(&self.visits.lines(table::lines)).map_err(End::failed)?;
        let hours = csv::table(&self.visits.lines(table::hours)).map_err(End::failed)?;
        Ok((lines, hours))
    }

    fn put(&self, verb: &Audit) -> Result<(), End> {
        if verb.out.is_none() {
            return Ok(());
        }
        let (lines, hours) = self.tables()?;
        let mut files =
            vec![("audit.csv".to_owned(), lines), ("audit-hours.csv".to_owned(), hours)];
        let names = file_names(self.visits.arms.iter().map(|visit| visit.arm.as_str()));
        for (visit, name) in self.visits.arms.iter().zip(names) {
            if let Some(audit) = &visit.audit {
                files.extend(verb.charts(audit, &format!("-{name}"))?);
            }
        }
        if let Some(audit) = self.beside {
            let Graded { lines, hours } = Graded::of(audit)?;
            files.push(("audit-beside.csv".to_owned(), lines));
            files.push(("audit-beside-hours.csv".to_owned(), hours));
            for (name, bytes) in verb.charts(audit, "")? {
                files.push((name.replacen("chart-audit-", "chart-audit-beside-", 1), bytes));
            }
        }
        verb.put(&files)
    }

    fn say(&self, format: Format) -> Result<(), End> {
        match format {
            Format::Table => print(self.text(may_colour(&stdout())).as_bytes()),
            Format::Json => print(harmless_json(&format!("{:#}\n", self.json())).as_bytes()),
            Format::Csv => print_table(&self.tables()?.0),
        }
    }

    fn text(&self, colour: bool) -> String {
        let mut parts = vec![layout::paragraph(&self.about())];
        parts.extend(self.visits.arms.iter().map(|visit| card(visit, colour)));
        if let Some(audit) = self.beside {
            parts.push(layout::paragraph("Beside it, a log of what really happened."));
            parts.push(page::text(audit, colour));
        }
        parts.join("\n")
    }

    fn about(&self) -> String {
        let study = &self.experiment.study;
        let (run, audit) = (&study.base.run, &study.base.audit);
        let several = |number: u64, thing: &str| {
            let plural = if number == 1 { "" } else { "s" };
            format!("{} {thing}{plural}", count(number))
        };
        format!(
            "A simulation of {}, not a measurement. A mystery shopper posts {} on each channel that a company \
             presents, in {} of every arm (seed {}), over days {} to {} of {}; who writes again is another \
             contact. Brackets take probes as independent of one another, which those of one replication \
             are not quite.",
            safe(&study.name),
            several(audit.probes_per_channel.into(), "probe"),
            several(self.visits.replications.into(), "replication"),
            run.seed,
            run.warmup_days,
            run.days - run.margin_days,
            run.days,
        )
    }

    fn json(&self) -> Value {
        let study = &self.experiment.study;
        let arms = self.visits.arms.iter().map(|visit| {
            let Visit { arm, probes, audit } = visit;
            json!({ "arm": arm, "probes": probes, "card": audit.as_ref().map(table::json) })
        });
        json!({
            "simulation": {
                "scenario": study.name, "seed": study.base.run.seed,
                "replications": self.visits.replications,
                "probes_per_channel": study.base.audit.probes_per_channel,
            },
            "arms": arms.collect::<Vec<Value>>(),
            "beside": self.beside.map(table::json),
        })
    }
}

fn card(visit: &Visit, colour: bool) -> String {
    match &visit.audit {
        Some(audit) => page::text(audit, colour),
        None => layout::paragraph(&format!(
            "{}, simulated: no company presents itself on any channel, so there is nothing to probe.",
            safe(&visit.arm)
        )),
    }
}
