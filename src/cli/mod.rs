//! The command line: one file for each verb. clap lives here and nowhere else.

mod audit;
mod channels;
mod check;
mod end;
mod fit;
mod list;
mod log;
mod new;
mod progress;
mod run;
mod schema;
mod shell;
mod shopper;
mod threads;
mod trace;
mod verify;

use std::process::ExitCode;

use clap::{Args, CommandFactory, Parser, Subcommand};

use end::End;
use heard_lab::job::Stop;
use heard_scenario::study::{Request, Study};

/// Who gets heard? Simulates policies for answering customers many times, on exactly the same
/// customers, and compares resolution and reputation with confidence intervals.
#[derive(Debug, Parser)]
#[command(name = "heard", version, after_help = EXAMPLES)]
struct Cli {
    #[command(subcommand)]
    verb: Verb,
}

const EXAMPLES: &str = "\
Examples:
  heard run listening-vs-responding --replications 10   a first try, in seconds
  heard run listening-vs-responding                     the full run
  heard new mine.toml                                   a scenario of your own to edit
  heard check mine.toml                                 what it says, in words
  heard run mine.toml                                   results in output/mine/
  heard trace mine.toml                                 the story of one case under two arms
  heard verify --quick                                  check the simulator against exact results

Exit codes: 0 success, 1 failure, 2 invalid input (nothing was written), 130 interrupted
(finished work is kept).";

#[derive(Debug, Subcommand)]
enum Verb {
    /// Run every policy (arm) of a scenario on the same customers and compare them
    Run(run::Run),
    /// Grade a log of contacts, or a scenario's companies by a mystery shopper: who is answered, how
    /// fast, when, and how
    Audit(audit::Audit),
    /// Turn a log of contacts into a scenario that reproduces it
    Fit(fit::Fit),
    /// Show what happened to one customer's case, side by side under two policies (arms)
    Trace(trace::Trace),
    /// Check the simulator against exact results
    Verify(verify::Verify),
    /// List the scenarios that come with the program
    List(list::List),
    /// Start a scenario of your own from a bundled one
    New(new::New),
    /// Check a scenario and describe it in words
    Check(check::Check),
    /// Print the JSON Schema of scenarios, for editors
    Schema(schema::Schema),
    /// Print a completion script for a shell
    Completions(shell::Completions),
    /// Print the manual page
    Manual(shell::Manual),
}

/// A scenario, with overrides of its values.
#[derive(Debug, Args)]
struct Chosen {
    /// A path (with a `/` or ending in `.toml`), or the name of a bundled scenario
    scenario: String,
    /// Override one value: the key as in the file, the value as TOML or plain text
    #[arg(long = "set", value_name = "KEY=VALUE")]
    sets: Vec<String>,
}

impl Chosen {
    /// Reads and checks the scenario, and prints its warnings.
    fn load(
        &self,
        seed: Option<u64>,
        replications: Option<u32>,
        quiet: bool,
    ) -> Result<Study, End> {
        let request = Request {
            scenario: self.scenario.clone(),
            sets: self.sets.clone(),
            seed,
            replications,
        };
        let study = Study::load(&request).map_err(End::Refused)?;
        if !quiet {
            for warning in &study.warnings {
                end::note(&format!("warning: {warning}"));
            }
        }
        Ok(study)
    }
}

/// The first interrupt lets a verb end cleanly; the second ends it at once.
fn stop_on_interrupt() -> Result<Stop, End> {
    let stop = Stop::default();
    let raised = stop.clone();
    ctrlc::set_handler(move || {
        if raised.raise() {
            std::process::exit(130);
        }
    })
    .map_err(|error| End::failed(format!("cannot catch interrupts: {error}")))?;
    Ok(stop)
}

/// Runs the program.
#[must_use]
pub fn main() -> ExitCode {
    let end = match Cli::try_parse() {
        Ok(cli) => match cli.verb {
            Verb::Run(verb) => verb.run(),
            Verb::Audit(verb) => verb.run(),
            Verb::Fit(verb) => verb.run(),
            Verb::Trace(verb) => verb.run(),
            Verb::Verify(verb) => verb.run(),
            Verb::List(verb) => verb.run(),
            Verb::New(verb) => verb.run(),
            Verb::Check(verb) => verb.run(),
            Verb::Schema(verb) => verb.run(),
            Verb::Completions(verb) => verb.run(Cli::command()),
            Verb::Manual(verb) => verb.run(Cli::command()),
        },
        Err(error) if error.use_stderr() => Err(End::Misused(end::styled(&error.render()))),
        Err(help) => end::print(help.render().to_string().as_bytes()),
    };
    end::exit_code(end)
}

#[cfg(test)]
mod tests {
    use clap::Command;

    use super::*;

    /// A command and all below it, each with its whole name.
    fn all(command: &Command, above: &str) -> Vec<(String, Command)> {
        let name = format!("{above}{}", command.get_name());
        let below: Vec<_> =
            command.get_subcommands().flat_map(|verb| all(verb, &format!("{name} "))).collect();
        [(name, command.clone())].into_iter().chain(below).collect()
    }

    #[test]
    fn every_verb_and_every_argument_says_what_it_is_for() {
        for (name, command) in all(&Cli::command(), "") {
            assert!(command.get_about().is_some(), "{name}: what does it do?");
            let examples = command.get_after_help().map(ToString::to_string).unwrap_or_default();
            let (_, examples) = examples.split_once("Examples:\n").unwrap_or_default();
            let shown =
                |line: &str| line.strip_prefix("  ").is_some_and(|line| line.starts_with(&name));
            assert!(examples.lines().any(shown), "{name}: {examples}");
            for argument in command.get_arguments() {
                let help = argument.get_help().map(ToString::to_string).unwrap_or_default();
                assert!(!help.is_empty(), "{name} {}: what is it for?", argument.get_id());
            }
        }
    }
}
