//! `heard run --log` and the mystery shopper of `heard audit SCENARIO`.

use serde_json::Value;

use crate::program::{Desk, SEVEN_ARMS, SMALL};

/// A queue that is open by day, with all sorts of characters in its names.
const QUEUE: &str = r#"
[run]
days = 10
warmup_days = 1
margin_days = 1
replications = 2
[customers]
count = 0
[channel."phone, \"hot\""]
seen_by = "private"
waits = "on the line"
[stream.callers]
channel = "phone, \"hot\""
per_hour = 10.0
[team.desk]
channels = ["phone, \"hot\""]
shifts = [{ days = "Mon-Sun", hours = "08:00-20:00", people = 2 }]
[arm."a/b"]
[arm."a b"]
team.desk.shifts = [{ days = "Mon-Sun", hours = "08:00-20:00", people = 3 }]
"#;

fn column(reader: &[csv::StringRecord], at: usize) -> impl Iterator<Item = &str> {
    reader.iter().map(move |record| &record[at])
}

fn records(bytes: &[u8]) -> Vec<csv::StringRecord> {
    csv::Reader::from_reader(bytes).records().map(Result::unwrap).collect()
}

fn measure(card: &Value, channel: &str, measure: &str) -> Option<f64> {
    let lines = card["audit"].as_array().unwrap();
    let line = lines.iter().find(|line| line["channel"] == channel && line["measure"] == measure);
    line.and_then(|line| line["value"].as_f64())
}

#[test]
fn logs_of_a_run_are_audited_without_a_row_skipped() {
    let desk = Desk::new();
    desk.write("queue.toml", QUEUE);
    let run = desk.heard(&["run", "queue.toml", "--log", "--no-charts", "--out", "out"]);
    assert_eq!(run.code, 0, "{}", run.err);
    let files = desk.files("out");
    let manifest: Value = serde_json::from_slice(&desk.read("out/manifest.json")).unwrap();
    for name in ["contacts-a-b.csv", "contacts-a-b-2.csv"] {
        assert!(files.contains(&name.to_owned()), "{files:?}");
        assert!(manifest["files"][name].is_string(), "{name}");
        let path = format!("out/{name}");
        let rows = records(&desk.read(&path));
        let audit = desk.heard(&["audit", &path, "--format", "json"]);
        assert_eq!(audit.code, 0, "{}", audit.err);
        let card: Value = serde_json::from_str(&audit.out).unwrap();
        assert_eq!(card["log"]["rows_that_cannot_be_read"], 0);
        assert_eq!(card["log"]["contacts"], rows.len());
        let share = |outcome: &str| {
            column(&rows, 7).filter(|word| *word == outcome).count() as f64 / rows.len() as f64
        };
        let channel = "phone, \"hot\"";
        assert_eq!(measure(&card, channel, "answered"), Some(share("answered")));
        assert!(share("abandoned") > 0.0 && share("answered") > 0.3);
        assert!(column(&rows, 2).all(|name| name == channel));
        assert!(column(&rows, 4).next().unwrap().starts_with("2001-01-01T"));
    }
}

#[test]
fn logs_are_the_same_however_often_and_however_they_are_made() {
    let desk = Desk::new();
    desk.write("mine.toml", SEVEN_ARMS);
    let run = |out: &str, more: &[&str]| {
        let arguments = ["run", "mine.toml", "--replications", "2", "--no-charts", "--out", out];
        let outcome = desk.heard(&[&arguments[..], &SMALL, more].concat());
        assert_eq!(outcome.code, 0, "{}", outcome.err);
    };
    run("a", &["--log", "--threads", "2"]);
    run("b", &["--threads", "1"]);
    let logs = |folder: &str| -> Vec<String> {
        desk.files(folder).into_iter().filter(|name| name.starts_with("contacts-")).collect()
    };
    assert_eq!((logs("a").len(), logs("b").len()), (7, 0));
    run("b", &["--log", "--resume"]);
    assert_eq!(logs("a"), logs("b"));
    for name in logs("a").iter().map(String::as_str).chain(["summary.csv"]) {
        assert!(desk.read(format!("a/{name}")) == desk.read(format!("b/{name}")), "{name}");
    }
    // A run without logs leaves none of an earlier one behind, and what is not its own alone.
    desk.write("a/contacts-2025.csv", "mine");
    run("a", &[]);
    assert_eq!(logs("a"), ["contacts-2025.csv"]);
}

#[test]
fn the_mystery_shopper_grades_every_arm_of_a_scenario() {
    let desk = Desk::new();
    desk.write("mine.toml", SEVEN_ARMS);
    let audit = |more: &[&str]| {
        let absent = "arm.no-presence.channel.email.presented=false";
        let arguments = ["audit", "mine.toml", "--replications", "3", "--set", absent];
        let outcome = desk.heard(&[&arguments[..], &SMALL, more].concat());
        assert_eq!(outcome.code, 0, "{}", outcome.err);
        outcome.out
    };
    let json: Value = serde_json::from_str(&audit(&["--format", "json"])).unwrap();
    assert_eq!(json["simulation"]["replications"], 3);
    assert_eq!(json["simulation"]["probes_per_channel"], 30);
    let arm = |name: &str| {
        json["arms"].as_array().unwrap().iter().find(|arm| arm["arm"] == name).unwrap().clone()
    };
    assert_eq!(json["arms"].as_array().unwrap().len(), 7);
    // Where nobody is present there is nothing to probe; where nobody reads, nobody answers.
    assert_eq!(arm("no-presence")["card"], Value::Null);
    let only = arm("presence-only");
    let channels = only["probes"].as_u64().unwrap() / 90;
    assert!(channels > 0 && only["probes"] == channels * 90, "{only}");
    assert_eq!(measure(&only["card"], "all", "answered").unwrap_or(0.0), 0.0);
    assert!(measure(&arm("responding")["card"], "all", "answered").unwrap() > 0.1);
    let text = audit(&[]);
    let says = ["A simulation of mine, not a measurement", "30 probes", "3 replications"];
    let plain = text.replace('\n', " ");
    assert!(says.iter().all(|part| plain.contains(part)), "{text}");
    assert!(plain.contains("responding, simulated with "), "{text}");
    let csv = records(audit(&["--format", "csv"]).as_bytes());
    assert!(column(&csv, 9).any(|name| name == "responding"));
    let windows = audit(&["--set", "run.windows={ early='9-12', late='12-15' }"]);
    let plain = windows.replace('\n', " ");
    assert!(plain.contains("over early, days 9-12 of") && !plain.contains("12-15"), "{windows}");
}

#[test]
fn a_real_log_stands_beside_the_simulation_and_files_of_both_are_written() {
    let desk = Desk::new();
    desk.write("mine.toml", SEVEN_ARMS);
    desk.write(
        "log.csv",
        "arrived,answered\n2026-03-01T09:30:00,2026-03-01T09:40:00\n2026-03-01T10:30:00,\n",
    );
    let arguments =
        ["audit", "mine.toml", "--replications", "1", "--beside", "log.csv", "--out", "out"];
    let outcome = desk.heard(&[&arguments[..], &SMALL].concat());
    assert_eq!(outcome.code, 0, "{}", outcome.err);
    let beside = outcome.out.find("log.csv: 2 contacts").unwrap();
    assert!(outcome.out.find("responding, simulated with").unwrap() < beside);
    let files = desk.files("out");
    for name in [
        "audit.csv",
        "audit-hours.csv",
        "audit-beside.csv",
        "chart-audit-answer-time-responding.svg",
        "chart-audit-beside-hours.png",
    ] {
        assert!(files.contains(&name.to_owned()), "{name}: {files:?}");
    }
}

#[test]
fn what_is_for_scenarios_is_refused_for_a_log() {
    let desk = Desk::new();
    desk.write("log.csv", "arrived\n2026-03-01T09:30:00\n");
    for option in [["--replications", "3"], ["--beside", "log.csv"], ["--set", "a=1"]] {
        let outcome = desk.heard(&[&["audit", "log.csv"][..], &option].concat());
        assert_eq!(outcome.code, 2, "{}", outcome.out);
        assert!(outcome.err.contains("applies only to scenarios"), "{}", outcome.err);
    }
    let missing = desk.heard(&["audit", "missing.toml"]);
    assert_eq!(missing.code, 2);
    assert!(missing.err.contains("missing.toml"), "{}", missing.err);
}
