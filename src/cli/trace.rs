//! `heard trace`: one case as a story.

use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use clap::{Args, ValueEnum};

use super::Chosen;
use super::end::{End, print_json, print_wide};
use heard_lab::experiment::Experiment;
use heard_lab::job::{Job, Watch};
use heard_lab::trace::choose::Differs;
use heard_lab::trace::{Follow, Trace as Traced};
use heard_report::pages::trace::{self as page, case_number, json};
use heard_scenario::source::nearest;
use heard_scenario::study::Study;
use heard_text::list::joined;

/// Show what happened to one customer's case, side by side under two policies (arms)
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct Trace {
    #[command(flatten)]
    chosen: Chosen,
    /// The two arms; a single one is compared with the baseline [default: the baseline and the last]
    #[arg(long, value_name = "A,B")]
    arms: Option<String>,
    /// Replication; the first is 0
    #[arg(long, value_name = "N", default_value_t = 0, allow_negative_numbers = true, value_parser = clap::value_parser!(u32).range(..1_000_000))]
    replication: u32,
    /// Number of the case [default: one that went very differently]
    #[arg(long, value_name = "ID", value_parser = case, conflicts_with_all = ["differs", "list"])]
    case: Option<u32>,
    /// Choose only among cases for which this is true under one arm and not the other
    #[arg(long, value_enum, value_name = "KIND")]
    differs: Option<Way>,
    /// List this many cases that went differently, one per line, instead of showing one
    #[arg(long, value_name = "N", allow_negative_numbers = true, value_parser = clap::value_parser!(u32).range(1..))]
    list: Option<u32>,
    /// Random seed, 0 to 2^63-1 [default: the scenario's]
    #[arg(long, value_name = "N", allow_negative_numbers = true, value_parser = clap::value_parser!(u64).range(0..=i64::MAX as u64))]
    seed: Option<u64>,
    /// Format of the results on standard output
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

const EXAMPLES: &str = "\
Examples:
  heard trace listening-vs-responding                        a case that went very differently
  heard trace listening-vs-responding --list 10              ten such cases
  heard trace listening-vs-responding --case 4711            this case
  heard trace mine.toml --arms responding,wrong-reply        two arms of your choice
  heard trace mine.toml --differs left --replication 7       a customer that one arm lost
  heard trace mine.toml --format json | jq .what_differed

Heard means that a person answered, on topic. Satisfaction is between -1 and 1.
A case has the same number under every arm: the same customer, the same problem, the same luck.
Numbers from 0x80000000 are not customers' cases: detractors' posts begin there, an auditor's
probes at 0xC0000000, the companies' own mistakes at 0xE0000000.";

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// A page to read
    Text,
    /// JSON for other programs
    Json,
}

/// What can go differently.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Way {
    /// The problem was solved
    Resolved,
    /// There was an answer of any kind
    Answered,
    /// A person answered on topic
    Heard,
    /// It was said in public
    Public,
    /// The customer left the company
    Left,
    /// The customer kept it to themselves
    Silent,
}

impl From<Way> for Differs {
    fn from(way: Way) -> Self {
        match way {
            Way::Resolved => Self::Resolved,
            Way::Answered => Self::Answered,
            Way::Heard => Self::Heard,
            Way::Public => Self::Public,
            Way::Left => Self::Left,
            Way::Silent => Self::Silent,
        }
    }
}

impl Trace {
    pub fn run(&self) -> Result<(), End> {
        let study = self.chosen.load(self.seed, None, false)?;
        let arms = arms(&study, self.arms.as_deref())?;
        let stop = super::stop_on_interrupt()?;
        let experiment = Arc::new(Experiment::new(study));
        let job = Follow { experiment, arms, replication: self.replication };
        let trace = job.run(&mut Watch::new(stop.clone(), |_| {})).map_err(End::failed)?;
        let trace = trace.ok_or(End::Interrupted)?;
        match (self.list, self.case) {
            (Some(most), _) => self.list(&trace, &self.cases(&trace)?, most as usize),
            (None, Some(case)) => self.story(&trace, case, None, stop.flag()),
            (None, None) => {
                let cases = self.cases(&trace)?;
                self.story(&trace, cases[0], Some(cases.len()), stop.flag())
            }
        }
    }

    /// The cases to choose from; there is at least one.
    fn cases(&self, trace: &Traced) -> Result<Vec<u32>, End> {
        let cases = trace.ranked(self.differs.map(Differs::from));
        if !cases.is_empty() {
            return Ok(cases);
        }
        if trace.sides.iter().all(|side| side.fates.is_empty()) {
            return Err(End::refused(
                "there are no cases in this scenario: it has no customers, or none of them has anything to say",
                "contacts of streams are anonymous and have no story; set `customers.count`",
            ));
        }
        let way = self.differs.and_then(|way| way.to_possible_value());
        let way = way.map(|way| format!(" in being {}", way.get_name())).unwrap_or_default();
        Err(End::refused(
            format!(
                "no counted case went differently{way} under {} in replication {}",
                joined(&names(trace), "and"),
                self.replication
            ),
            "try other arms with `--arms A,B`, another `--replication`, or leave out `--differs`",
        ))
    }

    /// Prints the first `most` of these cases.
    fn list(&self, trace: &Traced, cases: &[u32], most: usize) -> Result<(), End> {
        match self.format {
            Format::Text => print_wide(&page::list(trace, cases, most)),
            Format::Json => print_json(&json::list(trace, cases, most)),
        }
    }

    /// Prints one case; `chosen` is the number of cases that it was chosen from.
    fn story(
        &self,
        trace: &Traced,
        case: u32,
        chosen: Option<usize>,
        stop: &AtomicBool,
    ) -> Result<(), End> {
        if !trace.has(case) {
            return Err(End::refused(
                format!(
                    "case {} did not happen in replication {} under {}",
                    case_number(case),
                    self.replication,
                    joined(&names(trace), "or")
                ),
                "not every number is a case; `--list 10` instead of `--case` lists ten",
            ));
        }
        let story = trace.story(case, stop).ok_or(End::Interrupted)?;
        match self.format {
            Format::Text => print_wide(&page::document(trace, &story, chosen)),
            Format::Json => print_json(&json::story(trace, &story)),
        }
    }
}

fn names(trace: &Traced) -> Vec<&str> {
    trace.sides.iter().map(|side| side.name.as_str()).collect()
}

/// A case's number, decimal or hexadecimal.
fn case(text: &str) -> Result<u32, String> {
    let plain = text.replace('_', "");
    let hexadecimal = plain.strip_prefix("0x").or_else(|| plain.strip_prefix("0X"));
    let number = match hexadecimal {
        Some(digits) => u32::from_str_radix(digits, 16),
        None => plain.parse(),
    };
    number.map_err(|_| "a case is a whole number from 0 to 4294967295, such as 4711 or 0x80000003; `--list 10` lists some".to_owned())
}

/// The arms to show: two, or one if the scenario has only one.
fn arms(study: &Study, wanted: Option<&str>) -> Result<Vec<usize>, End> {
    let baseline = study.baseline;
    let Some(wanted) = wanted else {
        let other = (0..study.arms.len()).rev().find(|&arm| arm != baseline);
        return Ok([baseline].into_iter().chain(other).collect());
    };
    let known = |name: &str| study.arms.iter().position(|arm| arm.name == name);
    // Names may contain commas: the first comma that separates two known names counts.
    let cuts =
        wanted.match_indices(',').map(|(at, _)| (wanted[..at].trim(), wanted[at + 1..].trim()));
    let both = cuts.clone().find_map(|(a, b)| Some(vec![known(a)?, known(b)?]));
    let chosen = match (known(wanted.trim()), both) {
        (Some(one), _) if one != baseline => vec![baseline, one],
        (Some(one), _) => vec![one],
        (None, Some(both)) => both,
        (None, None) => {
            let parts: Vec<&str> = wanted.split(',').map(str::trim).collect();
            let stranger = parts.iter().find(|name| known(name).is_none());
            let names = || study.arms.iter().map(|arm| arm.name.as_str());
            let all = joined(&names().collect::<Vec<_>>(), "and");
            return Err(match stranger {
                Some(name) => End::refused(
                    format!("there is no arm `{name}`"),
                    match nearest(name, names()) {
                        Some(close) => format!("did you mean `{close}`? The arms are {all}"),
                        None => format!("the arms are {all}"),
                    },
                ),
                None => End::refused(
                    format!(
                        "`--arms {wanted}` names {} arms; only two fit side by side",
                        parts.len()
                    ),
                    "name two: `--arms A,B`",
                ),
            });
        }
    };
    match chosen[..] {
        [a, b] if a == b => Err(End::refused(
            format!("`--arms {wanted}` names the same arm twice"),
            "name two: `--arms A,B`",
        )),
        _ => Ok(chosen),
    }
}
