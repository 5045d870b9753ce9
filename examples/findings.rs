//! Writes the numbers of bundled scenarios' findings anew, as their headers have them:
//!
//! ```text
//! cargo run --release --example findings                         all of them
//! cargo run --release --example findings -- squeaky-wheel        one
//! ```
//!
//! Every headline metric of every arm against the baseline, for each company where there are several.
//! The sentences of a finding are written by hand: read them again when the numbers change.

use std::fmt::Write as _;
use std::io::{self, Write as _};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::{env, error, fs, thread};

use heard_lab::experiment::results::Results;
use heard_lab::experiment::{Experiment, runner};
use heard_scenario::bundled::BUNDLED;
use heard_scenario::study::{Request, Study};

fn main() -> Result<(), Box<dyn error::Error>> {
    let wanted: Vec<String> = env::args().skip(1).collect();
    let chosen = |name: &str| wanted.is_empty() || wanted.iter().any(|other| other == name);
    for bundled in BUNDLED.iter().filter(|bundled| chosen(bundled.name)) {
        let path = format!("{}/scenarios/{}.toml", env!("CARGO_MANIFEST_DIR"), bundled.name);
        let request = Request { scenario: path.clone(), ..Request::default() };
        let study = Study::load(&request).map_err(|refusal| refusal.render(false))?;
        let experiment = Arc::new(Experiment::new(study));
        let numbers = numbers(&experiment)?;
        let text = fs::read_to_string(&path)?;
        fs::write(&path, with_numbers(&text, &numbers))?;
        writeln!(io::stdout(), "{}: {} numbers", bundled.name, numbers.lines().count())?;
    }
    Ok(())
}

/// A line of TOML for each number.
fn numbers(experiment: &Arc<Experiment>) -> Result<String, Box<dyn error::Error>> {
    let mut results = Results::new(experiment);
    let replications = experiment.study.base.run.replications;
    let threads = thread::available_parallelism().map_or(1, usize::from);
    runner::run(experiment, 0..replications, threads, &AtomicBool::new(false), |_, row| {
        results.push(&row);
        Ok::<(), std::convert::Infallible>(())
    })?;
    let mut text = String::new();
    let several = experiment.study.companies.len() > 1;
    let arms = results.subjects().filter(|subject| subject.arm != experiment.study.baseline);
    for subject in arms {
        for &metric in &experiment.study.base.run.headline {
            let Some(found) = results.compare(subject, metric) else { continue };
            let (Some(low), Some(high)) = (found.difference.low, found.difference.high) else {
                continue;
            };
            let company = if several {
                format!(", company = \"{}\"", results.company_name(subject))
            } else {
                String::new()
            };
            writeln!(
                text,
                "    {{ arm = \"{}\"{company}, metric = \"{metric}\", difference = {}, interval = [{}, {}] }},",
                results.arm_name(subject),
                short(found.difference.mean),
                short(low),
                short(high)
            )?;
        }
    }
    Ok(text)
}

/// A number to four digits, as TOML has it.
fn short(value: f64) -> String {
    if value == 0.0 {
        return "0.0".to_owned();
    }
    let digits = (3 - libm::log10(value.abs()).floor() as i32).clamp(0, 12) as usize;
    let text = format!("{value:.digits$}");
    if text.contains('.') { text } else { format!("{text}.0") }
}

/// The scenario's text with these numbers in its finding.
fn with_numbers(text: &str, numbers: &str) -> String {
    let block = format!("numbers = [\n{numbers}]\n");
    if let Some(start) = text.find("\nnumbers = [\n").map(|at| at + 1)
        && let Some(end) = text[start..].find("\n]\n").map(|at| start + at + 3)
    {
        return format!("{}{block}{}", &text[..start], &text[end..]);
    }
    match text.find("\n[run]\n").map(|at| at + 1) {
        Some(at) => format!("{}[finding]\n{block}\n{}", &text[..at], &text[at..]),
        None => format!("{text}\n[finding]\n{block}"),
    }
}
