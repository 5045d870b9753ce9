//! Output folders that two want at once, that cannot be, or that hold half of something.

use std::fs;

use sha2::{Digest, Sha256};

use super::{contents, desk, finished, run};

const TWO: [&str; 3] = ["--replications", "2", "--no-charts"];

#[cfg(unix)]
#[test]
fn of_two_runs_into_one_folder_the_second_stops_and_touches_nothing() {
    let desk = desk();
    assert_eq!(run(&desk, "out", &TWO).code, 0);
    let before = contents(&desk, "out");
    let sets = crate::program::SMALL.join(" ");
    let outcome = desk.shell(&format!(
        "\"$HEARD\" run mine.toml {sets} --out out --replications 100000 --quiet & first=$!
         while ! test -s out/journal.partial && kill -0 $first; do sleep 0.01; done
         for how in '' --resume --restart; do
             \"$HEARD\" run mine.toml {sets} --out out --replications 3 $how
             echo \"code $?\" >&2
         done
         kill -9 $first; wait $first"
    ));
    assert_eq!(outcome.err.matches("error: another run is writing to out").count(), 3);
    assert_eq!(outcome.err.matches("code 2").count(), 3, "{}", outcome.err);
    let mut after = contents(&desk, "out");
    assert!(after.remove("journal.partial").is_some());
    assert_eq!(after, before);
    assert!(finished(&desk, "out"));
}

#[test]
fn a_folder_in_the_way_of_a_result_leaves_an_unfinished_run_that_goes_on() {
    let desk = desk();
    fs::create_dir_all(desk.path("out/summary.csv")).unwrap();
    let outcome = run(&desk, "out", &TWO);
    assert_eq!(outcome.code, 1, "{}", outcome.err);
    assert!(outcome.err.contains("out/summary.csv cannot be written"), "{}", outcome.err);
    assert!(!finished(&desk, "out"));
    fs::remove_dir(desk.path("out/summary.csv")).unwrap();
    let outcome = run(&desk, "out", &TWO);
    assert_eq!(outcome.code, 2, "{}", outcome.err);
    assert!(outcome.err.contains("holds 2 replications of an unfinished run"), "{}", outcome.err);
    let outcome = run(&desk, "out", &[&TWO[..], &["--resume"]].concat());
    assert_eq!(outcome.code, 0, "{}", outcome.err);
    assert!(finished(&desk, "out"));
}

#[test]
fn a_folder_in_the_way_of_a_manifest_costs_no_finished_run() {
    for name in [".manifest.next", ".manifest.old"] {
        let desk = desk();
        assert_eq!(run(&desk, "out", &TWO).code, 0);
        fs::create_dir(desk.path("out").join(name)).unwrap();
        let outcome = run(&desk, "out", &[&TWO[..], &["--restart"]].concat());
        assert_eq!(outcome.code, 1, "{}", outcome.err);
        assert!(outcome.err.contains(name), "{}", outcome.err);
        assert!(finished(&desk, "out"), "{name}");
    }
}

#[test]
fn a_lock_that_cannot_be_is_no_folder_to_write_to() {
    let desk = desk();
    fs::create_dir_all(desk.path("out/.lock")).unwrap();
    let outcome = run(&desk, "out", &TWO);
    assert_eq!(outcome.code, 2, "{}", outcome.err);
    assert!(outcome.err.contains("the output folder out cannot be written to"), "{}", outcome.err);
}

#[test]
fn what_somebody_else_keeps_in_the_folder_stays() {
    let desk = desk();
    fs::create_dir_all(desk.path("out/.new-york")).unwrap();
    desk.write("out/.new-york/letter", "dear");
    desk.write("out/notes.txt", "mine");
    assert_eq!(run(&desk, "out", &TWO).code, 0);
    assert_eq!(run(&desk, "out", &[&TWO[..], &["--seed", "9"]].concat()).code, 0);
    assert_eq!(desk.read("out/.new-york/letter"), b"dear");
    assert_eq!(desk.read("out/notes.txt"), b"mine");
}

#[test]
fn of_an_earlier_run_only_what_its_manifest_names_is_removed() {
    let desk = desk();
    assert_eq!(run(&desk, "out", &["--replications", "2"]).code, 0);
    let charts = desk.files("out").into_iter().filter(|name| name.starts_with("chart-"));
    let charts: Vec<String> = charts.collect();
    let foreign = ["chart-mine.svg", "chart-audit-hours.png", "contacts-mine.csv"];
    for name in foreign {
        desk.write(&format!("out/{name}"), "mine");
    }
    // A picture of the run that somebody has drawn on since is theirs.
    let changed = charts[0].as_str();
    desk.write(&format!("out/{changed}"), "mine");
    let again = run(&desk, "out", &[&TWO[..], &["--seed", "9"]].concat());
    assert_eq!(again.code, 0, "{}", again.err);
    assert!(
        again.err.contains(&format!("note: {changed} is from an earlier run")),
        "{}",
        again.err
    );
    assert_eq!(again.err.matches("from an earlier run").count(), 1, "{}", again.err);
    for name in foreign.into_iter().chain([changed]) {
        assert_eq!(desk.read(format!("out/{name}")), b"mine", "{name}");
    }
    let left = desk.files("out");
    assert!(charts[1..].iter().all(|name| !left.contains(name)), "{left:?}");
}

#[test]
fn a_manifest_leads_to_no_file_elsewhere() {
    let desk = desk();
    assert_eq!(run(&desk, "out", &TWO).code, 0);
    fs::create_dir(desk.path("out/sub")).unwrap();
    desk.write("out/sub/file.csv", "mine");
    desk.write("mine.csv", "mine");
    let mut manifest: serde_json::Value =
        serde_json::from_slice(&desk.read("out/manifest.json")).unwrap();
    let sum = |name: &str| -> String {
        Sha256::digest(desk.read(name)).iter().map(|byte| format!("{byte:02x}")).collect()
    };
    let absolute = desk.path("mine.csv").display().to_string();
    for (name, file) in
        [("../mine.csv", "mine.csv"), (&absolute, "mine.csv"), ("sub/file.csv", "out/sub/file.csv")]
    {
        manifest["files"][name] = sum(file).into();
    }
    for text in [manifest.to_string(), "{ \"files\": 3 ".to_owned(), "\u{0}".to_owned()] {
        desk.write("out/manifest.json", text);
        let outcome = run(&desk, "out", &[&TWO[..], &["--restart"]].concat());
        assert_eq!(outcome.code, 0, "{}", outcome.err);
        assert!(finished(&desk, "out"));
        assert_eq!(desk.read("mine.csv"), b"mine");
        assert_eq!(desk.read("out/sub/file.csv"), b"mine");
    }
}

#[test]
fn an_interrupted_run_is_never_taken_for_a_finished_one() {
    let desk = desk();
    assert_eq!(run(&desk, "out", &TWO).code, 0);
    let manifest = String::from_utf8(desk.read("out/manifest.json")).unwrap();
    assert!(manifest.contains("\"complete\": true"));
    let changed = manifest.replace("\"complete\": true", "\"complete\": false");
    desk.write("out/manifest.json", changed);
    let outcome = run(&desk, "out", &TWO);
    assert_eq!(outcome.code, 2, "{}", outcome.err);
    assert!(outcome.err.contains("2 replications of an unfinished run"), "{}", outcome.err);
}
