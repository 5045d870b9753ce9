//! Windows: what each counts, which files say so, and which verdicts turn.

use std::sync::Arc;

use heard_lab::experiment::Experiment;
use heard_lab::experiment::results::{Results, Subject};
use heard_report::tables::Tables;
use heard_scenario::metric::Metric;
use heard_world::column::Dimension;

use crate::bad_input::refused;
use crate::program::{Desk, SEVEN_ARMS, SMALL};
use crate::support::{arm, experiment, play};

const SCENARIO: &str = "tests/scenarios/listening-vs-responding.toml";
const TWO: &str = "run.windows={ early='2-12', late='9.5-25' }";

fn small(more: &[&str]) -> Arc<Experiment> {
    let sets = ["customers.count=200", "run.days=30", "run.warmup_days=2", "run.margin_days=5"];
    experiment(SCENARIO, &[&sets[..], more].concat(), 4)
}

fn same(one: &[Option<f64>], other: &[Option<f64>]) -> bool {
    let bits = |values: &[Option<f64>]| -> Vec<Option<u64>> {
        values.iter().map(|value| value.map(f64::to_bits)).collect()
    };
    bits(one) == bits(other)
}

/// Both have the same numbers over their windows of this name.
fn assert_same_over(name: &str, one: &Results, other: &Results) {
    let of = |results: &Results| {
        results.experiment.windows.iter().position(|window| window.name == name).unwrap()
    };
    let window = of(other);
    for subject in other.subjects().filter(|subject| subject.window == window) {
        let here = Subject { window: of(one), ..subject };
        for metric in Metric::ALL {
            let (found, expected) = (one.values(here, metric), other.values(subject, metric));
            let arm = other.arm_name(subject);
            assert!(same(&found, &expected), "{arm}, {metric}, {name}: {found:?} {expected:?}");
        }
        for (at, column) in other.experiment.columns.iter().enumerate() {
            assert_eq!(one.interval(here, at), other.interval(subject, at), "{name}, {column:?}");
        }
    }
}

#[test]
fn a_window_has_the_numbers_that_it_would_have_alone() {
    let both = play(&small(&[TWO]));
    for (name, days) in [("early", "2-12"), ("late", "9.5-25")] {
        let alone = play(&small(&[&format!("run.windows={{ {name}='{days}' }}")]));
        assert_same_over(name, &both, &alone);
    }
}

#[test]
fn probes_are_of_the_main_window_and_no_other_window_changes_them() {
    let probed = |windows: &str| play(&small(&[windows, "audit.probes_per_channel=20"]));
    let (main, two) = (probed("run.windows={ early='2-12' }"), probed(TWO));
    let three = probed("run.windows={ early='2-12', between='12-16', late='9.5-25' }");
    assert_same_over("early", &two, &main);
    assert_same_over("early", &three, &main);
    assert_same_over("late", &three, &two);
    let tables = Tables::new(&three);
    let rows = || tables.breakdown.iter().filter(|row| row.dimension == Dimension::Probe);
    assert!(rows().count() > 0 && rows().all(|row| row.window == "early"));
}

#[test]
fn all_counted_days_are_one_window_where_none_is_named() {
    let (left_out, named) =
        (play(&small(&["run.windows={}"])), play(&small(&["run.windows={x='2-25'}"])));
    assert_eq!(left_out.experiment.windows[0].name, "2-25");
    let differ = |metric: &Metric| {
        let differs = |subject: Subject| {
            !same(&left_out.values(subject, *metric), &named.values(subject, *metric))
        };
        left_out.subjects().any(differs)
    };
    assert_eq!(Metric::ALL.into_iter().find(differ), None);
}

#[test]
fn verdicts_hold_for_all_windows_at_once() {
    let (one, two) = (play(&small(&["run.windows={ early='2-12' }"])), play(&small(&[TWO])));
    assert_eq!(two.comparisons(), 2 * one.comparisons());
    let width = |results: &Results| {
        let responding = results.whole(arm(&results.experiment, "responding"));
        let found = results.compare(responding, Metric::Reputation).unwrap();
        found.difference.half_width().unwrap()
    };
    assert!(width(&two) > width(&one));
}

/// The column `window` of a table, each value once, in the order in which they come.
fn windows_in(desk: &Desk, table: &str) -> Vec<String> {
    let mut reader = csv::Reader::from_reader(std::io::Cursor::new(desk.read(table)));
    let at = reader.headers().unwrap().iter().position(|column| column == "window").unwrap();
    let mut names: Vec<String> = Vec::new();
    for record in reader.records() {
        let name = record.unwrap()[at].to_owned();
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

#[test]
fn every_table_names_the_window_of_each_row_and_threads_change_no_byte() {
    let desk = Desk::new();
    desk.write("mine.toml", SEVEN_ARMS);
    let run = |threads: &str, out: &str| {
        let call = ["run", "mine.toml", "--replications", "3", "--no-charts"];
        let more = ["--set", TWO, "--threads", threads, "--out", out];
        let outcome = desk.heard(&[&call[..], &SMALL[..], &more[..]].concat());
        assert_eq!(outcome.code, 0, "{}", outcome.err);
    };
    run("1", "one");
    run("2", "two");
    for table in ["summary.csv", "comparison.csv", "breakdown.csv"] {
        assert_eq!(windows_in(&desk, &format!("one/{table}")), ["early", "late"]);
    }
    for table in ["summary.csv", "comparison.csv", "breakdown.csv", "timeseries.csv"] {
        let read = |out: &str| desk.read(format!("{out}/{table}"));
        assert_eq!(read("one"), read("two"), "{table}");
    }
    let days = String::from_utf8(desk.read("one/timeseries.csv")).unwrap();
    assert!(!days.lines().next().unwrap().contains("window"));
    assert_eq!(days.lines().filter(|l| l.starts_with("responding,company,attitude,")).count(), 30);
}

#[test]
fn a_window_outside_of_the_counted_days_is_refused_with_what_would_be_right() {
    let desk = Desk::new();
    let text = SEVEN_ARMS.replacen("[run]\n", "[run]\nwindows = { late = \"40-80\" }\n", 1);
    desk.write("mine.toml", text);
    let says =
        ["run.windows.late", "not within the days that can be counted, \"14-76\"", "mine.toml:"];
    refused(&desk, "mine.toml", &[], &says);
    refused(&desk, "mine.toml", &["--set", "run.windows={ x='9-3' }"], &["ends before it begins"]);
    let outcome = desk.heard(&["check", "mine.toml", "--set", "run.windows={}"]);
    assert_eq!(outcome.code, 0, "{}", outcome.err);
}
