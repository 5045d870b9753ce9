//! `heard trace`: one case as a story.

use std::io::stdout;

use clap::{Args, ValueEnum};

use super::Chosen;
use super::end::{End, harmless_json, may_colour, print};
use crate::trace::choose::Differs;
use crate::trace::page::Look;
use crate::trace::{Trace as Traced, case_number, json, page};
use heard_lab::experiment::Experiment;
use heard_scenario::source::nearest;
use heard_scenario::study::Study;

/// Tell what happened to one customer's case, side by side under two policies (arms)
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct Trace {
    #[command(flatten)]
    chosen: Chosen,
    /// The two arms; one alone stands beside the baseline [default: the baseline and the last]
    #[arg(long, value_name = "A,B")]
    arms: Option<String>,
    /// Which replication; the first is 0
    #[arg(long, value_name = "N", default_value_t = 0, allow_negative_numbers = true, value_parser = clap::value_parser!(u32).range(..1_000_000))]
    replication: u32,
    /// Which case, by its number [default: one that went very differently]
    #[arg(long, value_name = "ID", value_parser = case, conflicts_with_all = ["differs", "list"])]
    case: Option<u32>,
    /// Choose among cases of which this is true under one arm only
    #[arg(long, value_enum, value_name = "KIND")]
    differs: Option<Way>,
    /// List so many cases that went differently, a line each, instead of telling one
    #[arg(long, value_name = "N", allow_negative_numbers = true, value_parser = clap::value_parser!(u32).range(1..))]
    list: Option<u32>,
    /// What all draws are made from, 0 to 2^63-1
    #[arg(long, value_name = "N", allow_negative_numbers = true, value_parser = clap::value_parser!(u64).range(0..=i64::MAX as u64))]
    seed: Option<u64>,
    /// What to print on standard output
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

const EXAMPLES: &str = "\
Examples:
  heard trace listening-vs-responding                        a case that went very differently
  heard trace listening-vs-responding --list 10              ten such cases, to choose from
  heard trace listening-vs-responding --case 4711            this one
  heard trace mine.toml --arms responding,wrong-reply        two arms of your choice
  heard trace mine.toml --differs left --replication 7       a customer that one arm lost
  heard trace mine.toml --format json | jq .what_differed

Heard is who got an answer on topic from a person. Satisfaction goes from -1 to 1.
A case has the same number under every arm: the same customer, the same problem, the same luck.
Numbers from 0x80000000 on are no customers' cases: detractors' posts begin there, an auditor's
probes at 0xC0000000, the companies' own mistakes at 0xE0000000.";

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// A page for people
    Text,
    /// The same for programs
    Json,
}

/// What can go differently.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Way {
    /// The problem was solved
    Resolved,
    /// Anything came back
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
        let experiment = Experiment::new(study);
        let trace = Traced::new(&experiment, &arms, self.replication);
        if let Some(most) = self.list {
            let cases = self.cases(&trace)?;
            return print(self.list(&trace, &cases, most as usize).as_bytes());
        }
        let (case, chosen) = match self.case {
            Some(case) => (case, None),
            None => {
                let cases = self.cases(&trace)?;
                (cases[0], Some(cases.len()))
            }
        };
        let Some(story) = trace.story(case) else {
            let names: Vec<&str> = (0..arms.len()).map(|side| trace.arm_name(side)).collect();
            let (number, names) = (case_number(case), names.join(" or "));
            let replication = self.replication;
            return Err(End::refused(
                format!(
                    "case {number} did not come about in replication {replication} under {names}"
                ),
                "not every number is a case; `--list 10` instead of `--case` shows ten that are",
            ));
        };
        let text = match self.format {
            Format::Text => page::story(&trace, &story, chosen, look()),
            Format::Json => harmless_json(&format!("{:#}\n", json::story(&trace, &story))),
        };
        print(text.as_bytes())
    }

    /// The cases to choose from; there is at least one.
    fn cases(&self, trace: &Traced<'_>) -> Result<Vec<u32>, End> {
        let cases = trace.ranked(self.differs.map(Differs::from));
        if !cases.is_empty() {
            return Ok(cases);
        }
        if trace.sides.iter().all(|side| side.fates.is_empty()) {
            return Err(End::refused(
                "nobody has a case in this scenario: it has no customers, or none of them anything to say",
                "contacts of streams are anonymous and cannot be told; set `customers.count`",
            ));
        }
        let names: Vec<&str> = (0..trace.sides.len()).map(|side| trace.arm_name(side)).collect();
        let way = self.differs.and_then(|way| way.to_possible_value());
        let way = way.map(|way| format!(" in being {}", way.get_name())).unwrap_or_default();
        Err(End::refused(
            format!(
                "no counted case went differently{way} under {} in replication {}",
                names.join(" and "),
                self.replication
            ),
            "try other arms with `--arms A,B`, another `--replication`, or leave `--differs` out",
        ))
    }

    fn list(&self, trace: &Traced<'_>, cases: &[u32], most: usize) -> String {
        match self.format {
            Format::Text => page::list(trace, cases, most, look().colour),
            Format::Json => harmless_json(&format!("{:#}\n", json::list(trace, cases, most))),
        }
    }
}

/// As wide as the terminal, within reason; 100 columns where there is none.
fn look() -> Look {
    let width = comfy_table::Table::new().width().map_or(100, |width| width.clamp(40, 140));
    Look { width, colour: may_colour(&stdout()) }
}

/// A case's number, decimal or hexadecimal.
fn case(text: &str) -> Result<u32, String> {
    let plain = text.replace('_', "");
    let hexadecimal = plain.strip_prefix("0x").or_else(|| plain.strip_prefix("0X"));
    let number = match hexadecimal {
        Some(digits) => u32::from_str_radix(digits, 16),
        None => plain.parse(),
    };
    number.map_err(|_| "a case is a whole number from 0 to 4294967295, such as 4711 or 0x80000003; `--list 10` shows some".to_owned())
}

/// The arms to tell: one if the scenario has no more, else two.
fn arms(study: &Study, wanted: Option<&str>) -> Result<Vec<usize>, End> {
    let baseline = study.baseline;
    let Some(wanted) = wanted else {
        let other = (0..study.arms.len()).rev().find(|&arm| arm != baseline);
        return Ok([baseline].into_iter().chain(other).collect());
    };
    let known = |name: &str| study.arms.iter().position(|arm| arm.name == name);
    // Names may hold commas themselves: the first cut that gives two arms is taken.
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
            let all = names().collect::<Vec<_>>().join(", ");
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
                        "`--arms {wanted}` names {} arms, and two fit side by side",
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
