//! The model, written a second time from `docs/model.md` alone, and held against the program.
//!
//! It shares neither code nor random numbers with the program, so what both agree on is what the
//! documentation says. It covers a population with inboxes, a phone, searches and escalation;
//! networks, rivals, detractors, mistakes, the feed, probes, streams and switches are left out.

use std::fs;
use std::path::Path;

mod agenda;
mod answer;
mod case;
mod compare;
mod desk;
mod inbox;
mod incidence;
mod keys;
mod measure;
mod outcome;
mod people;
mod program;
mod public;
mod random;
mod readings;
mod rules;
mod scenarios;
mod service;
mod setting;
mod spread;
mod tally;
mod triage;
mod voice;
mod world;

use compare::{Comparison, compare, red};
use rules::Rules;
use scenarios::{EMAIL_WITH_ESCALATION, INBOX_AND_PHONE};

/// Both implementations on the same scenario.
fn both(scenario: &str, rules: Rules, replications: usize) -> Vec<Comparison> {
    let table: toml::Table = scenario.parse().expect("a table");
    let title = keys::text(&table["title"]);
    let mine = world::metrics(scenario, rules, replications);
    compare(title, &mine, &program::metrics(scenario, replications))
}

fn agree(replications: usize) {
    let mut all = both(INBOX_AND_PHONE, Rules::default(), replications);
    all.extend(both(EMAIL_WITH_ESCALATION, Rules::default(), replications));
    for comparison in &all {
        println!("{comparison}");
    }
    let red: Vec<String> = red(&all).iter().map(ToString::to_string).collect();
    assert!(red.is_empty(), "of {} comparisons:\n{}", all.len(), red.join("\n"));
}

#[test]
fn it_uses_nothing_of_the_program() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/independent");
    let mut seen = 0;
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let source = fs::read_to_string(&path).unwrap();
        if path.ends_with("program.rs") {
            assert!(source.contains("use heard_"), "imports would not be found at all");
        } else if !path.ends_with("mod.rs") && path.extension().is_some_and(|it| it == "rs") {
            assert!(!source.contains("use heard_"), "{}", path.display());
            seen += 1;
        }
    }
    assert!(seen > 15);
}

#[test]
fn an_independent_implementation_agrees_on_every_metric() {
    agree(150);
}

#[test]
#[ignore = "takes half a minute"]
fn an_independent_implementation_agrees_on_every_metric_in_1000_replications() {
    agree(1000);
}
