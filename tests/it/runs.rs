//! Runs: the same bytes however they are cut up, files that other programs rely on, finished work
//! never lost.

use std::fs;
use std::process::{Command, Stdio};

use crate::patience::{ended, until};
use crate::program::{Desk, Outcome, SMALL};

const TABLES: [&str; 5] =
    ["summary.csv", "comparison.csv", "breakdown.csv", "timeseries.csv", "replications.parquet"];

fn run(desk: &Desk, more: &[&str]) -> Outcome {
    let arguments = [&["run", "listening-vs-responding"], &SMALL[..], more].concat();
    let outcome = desk.heard(&arguments);
    assert_eq!(outcome.code, 0, "{}", outcome.err);
    outcome
}

fn same_tables(desk: &Desk, one: &str, other: &str) {
    for table in TABLES {
        let (one, other) =
            (desk.read(format!("{one}/{table}")), desk.read(format!("{other}/{table}")));
        assert!(!one.is_empty() && one == other, "{table} differs");
    }
}

#[test]
fn a_run_leaves_the_files_that_other_programs_rely_on() {
    let desk = Desk::new();
    let outcome = run(&desk, &["--replications", "3"]);
    let files = desk.files("output/listening-vs-responding");
    for chart in ["resolution", "funnel", "sentiment", "differences", "answer-time"] {
        for kind in ["svg", "png"] {
            assert!(files.contains(&format!("chart-{chart}.{kind}")), "{files:?}");
        }
    }
    let first_lines = [
        ("summary.csv", "arm,company,metric,unit,mean,ci_low,ci_high,replications,window"),
        (
            "comparison.csv",
            "arm,baseline,company,metric,unit,difference,ci_low,ci_high,verdict,variance_reduction,replications,window,any_look_low,any_look_high,any_look_verdict",
        ),
        (
            "breakdown.csv",
            "arm,company,metric,unit,mean,ci_low,ci_high,replications,dimension,level,window",
        ),
        ("timeseries.csv", "arm,company,metric,unit,day,mean,ci_low,ci_high,replications"),
    ];
    for (table, head) in first_lines {
        let text = String::from_utf8(desk.read(format!("output/listening-vs-responding/{table}")))
            .unwrap();
        assert_eq!(text.lines().next(), Some(head));
        assert!(!text.contains('\r') && text.ends_with('\n'));
    }
    let manifest: serde_json::Value =
        serde_json::from_slice(&desk.read("output/listening-vs-responding/manifest.json")).unwrap();
    assert_eq!(manifest["complete"], true);
    assert_eq!(manifest["replications"], 3);
    for file in
        files.iter().filter(|file| !["manifest.json", "journal.bin"].contains(&file.as_str()))
    {
        assert_eq!(manifest["files"][file].as_str().map(str::len), Some(64), "{file}");
    }
    assert!(outcome.out.lines().all(|line| line.chars().count() <= 100), "{}", outcome.out);
}

#[test]
fn the_number_of_threads_changes_no_byte() {
    let desk = Desk::new();
    run(&desk, &["--replications", "5", "--threads", "1", "--out", "one"]);
    run(&desk, &["--replications", "5", "--threads", "2", "--out", "two"]);
    same_tables(&desk, "one", "two");
    run(&desk, &["--replications", "5", "--seed", "12", "--out", "other"]);
    assert_ne!(desk.read("one/summary.csv"), desk.read("other/summary.csv"));
}

#[test]
fn more_replications_extend_a_finished_run() {
    let desk = Desk::new();
    run(&desk, &["--replications", "6", "--out", "whole"]);
    run(&desk, &["--replications", "2", "--out", "cut"]);
    run(&desk, &["--replications", "6", "--out", "cut", "--resume"]);
    same_tables(&desk, "whole", "cut");
}

#[test]
fn looks_are_counted_and_change_the_page_but_no_table() {
    let desk = Desk::new();
    let looked_at = |out: &str| {
        let manifest: serde_json::Value =
            serde_json::from_slice(&desk.read(format!("{out}/manifest.json"))).unwrap();
        assert_eq!(manifest["looks"], manifest["looked_at"].as_array().unwrap().len());
        manifest["looked_at"].clone()
    };
    let page = |more: &[&str]| run(&desk, &[&["--out", "often"], more].concat()).out;
    let first = page(&["--replications", "2"]);
    assert!(!first.contains("looked at"), "{first}");
    // The same number again, from the start or with another baseline, shows the same replications.
    page(&["--replications", "2", "--restart"]);
    page(&["--replications", "2", "--resume", "--set", "run.baseline=responding"]);
    assert_eq!(looked_at("often"), serde_json::json!([2]));
    let third = page(&["--replications", "6", "--resume"]).replace('\n', " ");
    assert!(third.contains("looked at twice, at 2 and 6 replications"), "{third}");
    assert_eq!(looked_at("often"), serde_json::json!([2, 6]));
    run(&desk, &["--replications", "6", "--out", "once"]);
    same_tables(&desk, "often", "once");
    // Another seed is another experiment.
    page(&["--replications", "3", "--seed", "12"]);
    assert_eq!(looked_at("often"), serde_json::json!([3]));
}

#[test]
fn standard_output_holds_the_result_only() {
    let desk = Desk::new();
    let csv = run(&desk, &["--replications", "2", "--format", "csv"]);
    assert_eq!(csv.out.as_bytes(), desk.read("output/listening-vs-responding/summary.csv"));
    let json = run(&desk, &["--replications", "2", "--format", "json"]);
    let value: serde_json::Value = serde_json::from_str(&json.out).unwrap();
    assert!(value["summary"].as_array().unwrap().len() > 50);
    assert!(value["comparison"].as_array().unwrap().iter().all(|row| row["verdict"].is_string()));
    let quiet = run(&desk, &["--replications", "2", "--quiet"]);
    assert_eq!(quiet.err, "");
}

/// Starts a long run and interrupts it once some replications are in its journal.
fn interrupted(desk: &Desk, out: &str) -> Outcome {
    let program = assert_cmd::cargo::cargo_bin!("heard");
    let long = ["--replications", "100000", "--threads", "2", "--out", out];
    let child = Command::new(program)
        .current_dir(desk.path("."))
        .args([&["run", "listening-vs-responding"], &SMALL[..], &long].concat())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let journal = desk.path(out).join("journal.partial");
    until(|| fs::metadata(&journal).is_ok_and(|file| file.len() > 300_000));
    Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap();
    let output = ended(child);
    Outcome {
        code: output.status.code().unwrap_or(-1),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

#[test]
fn an_interrupted_run_keeps_what_is_finished_and_goes_on() {
    let desk = Desk::new();
    let outcome = interrupted(&desk, "cut");
    assert_eq!(outcome.code, 130, "{}", outcome.err);
    assert!(outcome.err.contains("--resume"), "{}", outcome.err);
    let manifest: serde_json::Value =
        serde_json::from_slice(&desk.read("cut/manifest.json")).unwrap();
    assert_eq!(manifest["complete"], false);
    let done = manifest["replications"].as_u64().unwrap();
    assert!(done >= 1);

    let again =
        desk.heard(&[&["run", "listening-vs-responding", "--out", "cut"], &SMALL[..]].concat());
    assert_eq!(again.code, 2);
    assert!(again.err.contains("--resume") && again.err.contains("--restart"), "{}", again.err);

    let other = desk.heard(
        &[
            &["run", "listening-vs-responding", "--out", "cut", "--resume", "--seed", "5"],
            &SMALL[..],
        ]
        .concat(),
    );
    assert_eq!(other.code, 2);
    assert!(
        other.err.contains("another version, scenario or seed: `run.seed` differs"),
        "{}",
        other.err
    );

    let wanted = (done + 3).to_string();
    run(&desk, &["--replications", &wanted, "--out", "cut", "--resume"]);
    run(&desk, &["--replications", &wanted, "--out", "whole"]);
    same_tables(&desk, "cut", "whole");
    assert!(!desk.path("cut/journal.partial").exists());
    // The number was changed after a result had been seen.
    let manifest: serde_json::Value =
        serde_json::from_slice(&desk.read("cut/manifest.json")).unwrap();
    assert_eq!(manifest["looked_at"], serde_json::json!([done, done + 3]));
}

#[test]
fn texts_and_names_of_windows_may_change_between_runs_and_what_counts_is_named() {
    let desk = Desk::new();
    let two = ["--replications", "2", "--out", "out"];
    run(&desk, &[&two[..], &["--set", "run.windows={ a='4-10', b='6-12' }"]].concat());
    let tables = desk.read("out/timeseries.csv");
    let resumed = |windows: &str, more: &[&str]| {
        let windows = format!("run.windows={windows}");
        let sets = ["--resume", "--set", &windows];
        let call = ["run", "listening-vs-responding"];
        desk.heard(&[&call[..], &SMALL, &two, &sets, more].concat())
    };
    let texts = ["title", "claim", "source"].map(|key| format!("{key}=other"));
    let texts = texts.iter().flat_map(|text| ["--set", text]);
    let texts: Vec<&str> = texts.chain(["--set", "status=emergent"]).collect();
    let same = resumed("{ early='4-10', late='6-12' }", &texts);
    assert_eq!(same.code, 0, "{}", same.err);
    assert_eq!(desk.read("out/timeseries.csv"), tables);
    for (windows, more, key) in [
        ("{ b='6-12', a='4-10' }", None, "`run.windows` differs"),
        ("{ a='4-10', b='6-12' }", Some("customers.count=201"), "`customers.count` differs"),
        (
            "{ a='4-10', b='6-12' }",
            Some("arm.responding.listening.coverage=0.5"),
            "`arm.responding.listening.coverage` differs",
        ),
    ] {
        let more: Vec<&str> = more.into_iter().flat_map(|set| ["--set", set]).collect();
        let other = resumed(windows, &more);
        assert_eq!(other.code, 2, "{}", other.err);
        assert!(other.err.contains(key), "{}", other.err);
    }
}

#[test]
fn an_interrupted_run_does_not_replace_a_finished_one() {
    let desk = Desk::new();
    run(&desk, &["--replications", "2", "--out", "kept"]);
    let before = desk.read("kept/summary.csv");
    let outcome = interrupted(&desk, "kept");
    assert_eq!(outcome.code, 130, "{}", outcome.err);
    assert_eq!(desk.read("kept/summary.csv"), before);
    run(&desk, &["--replications", "2", "--out", "kept", "--restart"]);
    assert_eq!(desk.read("kept/summary.csv"), before);
}

#[test]
fn a_full_disk_fails_plainly_and_leaves_nothing_half_written() {
    let desk = Desk::new();
    let arguments =
        format!("run listening-vs-responding --replications 3 --out full {}", SMALL.join(" "));
    for blocks in [1, 200] {
        let outcome = desk.shell(&format!(
            "trap '' XFSZ; ulimit -f {blocks}; exec \"$HEARD\" {arguments} --restart"
        ));
        assert_eq!(outcome.code, 1, "{blocks} blocks: {}", outcome.err);
        assert!(outcome.err.contains("error:"), "{}", outcome.err);
        let left = desk.files("full");
        assert!(left.iter().all(|name| name == "journal.partial"), "{left:?}");
    }
    let outcome = desk.shell(&format!("\"$HEARD\" {arguments} --restart > /dev/full"));
    assert_eq!(outcome.code, 1, "{}", outcome.err);
    assert!(outcome.err.contains("standard output cannot be written"), "{}", outcome.err);
}

#[test]
fn a_reader_that_goes_away_is_no_error() {
    let desk = Desk::new();
    let outcome = desk.shell("(\"$HEARD\" schema; echo \"code $?\" >&2) | head -c 10");
    assert!(outcome.err.contains("code 0"), "{}", outcome.err);
}

#[test]
fn a_second_run_into_the_same_folder_says_so() {
    let desk = Desk::new();
    fs::create_dir(desk.path("shared")).unwrap();
    let lock = fs::File::create(desk.path("shared/.lock")).unwrap();
    lock.lock().unwrap();
    let outcome =
        desk.heard(&[&["run", "listening-vs-responding", "--out", "shared"], &SMALL[..]].concat());
    assert_eq!(outcome.code, 2);
    assert!(outcome.err.contains("another run is writing to shared"), "{}", outcome.err);
}

#[test]
fn a_set_that_an_arm_masks_is_noted() {
    let desk = Desk::new();
    let set = ["--set", "listening.coverage=0.5", "--replications", "1", "--no-charts"];
    let outcome = run(&desk, &set);
    assert!(
        outcome.err.contains("--set listening.coverage has no effect in arm `listening-only`"),
        "{}",
        outcome.err
    );
    assert!(!outcome.err.contains("no effect in arm `responding`"), "{}", outcome.err);
}

#[test]
fn a_finished_run_is_read_anew_with_another_baseline_and_never_cut_short() {
    let desk = Desk::new();
    run(&desk, &["--replications", "4", "--out", "kept"]);
    let again =
        ["--replications", "4", "--out", "kept", "--resume", "--set", "run.baseline=responding"];
    run(&desk, &again);
    let comparison = String::from_utf8(desk.read("kept/comparison.csv")).unwrap();
    assert!(comparison.contains("presence-only,responding,company,reputation"));
    let fewer = desk.heard(
        &[
            &["run", "listening-vs-responding", "--replications", "3", "--out", "kept", "--resume"],
            &SMALL[..],
        ]
        .concat(),
    );
    assert_eq!(fewer.code, 2);
    assert!(
        fewer.err.contains("a finished run of 4 replications, more than the 3 wanted"),
        "{}",
        fewer.err
    );
    assert!(!desk.path("kept/journal.partial").exists());
}

#[test]
fn a_set_can_reach_into_one_arm_and_changes_no_other() {
    let desk = Desk::new();
    let cost = |sets: &[&str], out: &str| {
        run(&desk, &[&["--replications", "2", "--no-charts", "--out", out], sets].concat());
        let summary = String::from_utf8(desk.read(format!("{out}/summary.csv"))).unwrap();
        let of = |arm: &str| {
            let row = summary
                .lines()
                .find(|row| row.starts_with(&format!("{arm},company,cost,")))
                .unwrap();
            row.split(',').nth(4).unwrap().parse::<f64>().unwrap()
        };
        (of("responding"), of("wrong-reply"))
    };
    let (before, other) = cost(&[], "before");
    let (after, same) = cost(&["--set", "arm.responding.team.care.wage_per_hour=44"], "after");
    assert_eq!((after, same), (2.0 * before, other));
}

#[test]
fn charts_of_an_earlier_run_do_not_stay_beside_newer_tables() {
    let desk = Desk::new();
    run(&desk, &["--replications", "2", "--out", "kept"]);
    assert!(desk.files("kept").iter().any(|name| name.starts_with("chart-")));
    run(&desk, &["--replications", "2", "--out", "kept", "--no-charts"]);
    assert!(!desk.files("kept").iter().any(|name| name.starts_with("chart-")));
}
