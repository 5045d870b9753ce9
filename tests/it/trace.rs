//! `heard trace`: one case as a story under two arms.

use serde_json::Value;

use crate::program::{Desk, Outcome, SMALL};

fn trace(more: &[&str]) -> Outcome {
    Desk::new().heard(&[&["trace", "listening-vs-responding"], &SMALL[..], more].concat())
}

fn json(more: &[&str]) -> Value {
    let outcome = trace(&[&["--format", "json"], more].concat());
    assert_eq!(outcome.code, 0, "{}", outcome.err);
    serde_json::from_str(&outcome.out).unwrap()
}

/// Exit code 2, nothing on standard output, and all of these words in one message with help.
fn refused(more: &[&str], words: &[&str]) {
    let outcome = trace(more);
    assert_eq!((outcome.code, outcome.out.as_str()), (2, ""), "{}", outcome.err);
    for word in words.iter().chain(&["error: "]) {
        assert!(outcome.err.contains(word), "`{word}` is not in: {}", outcome.err);
    }
}

#[test]
fn by_default_it_tells_a_case_that_the_last_arm_solved_and_the_baseline_did_not() {
    let outcome = trace(&[]);
    assert_eq!(outcome.code, 0, "{}", outcome.err);
    for words in ["presence-only", "listening-and-responding", "What differed", "solved after"] {
        assert!(outcome.out.contains(words), "{}", outcome.out);
    }
    assert!(outcome.out.lines().all(|line| line.chars().count() <= 100), "{}", outcome.out);
    assert!(!outcome.out.contains('\u{1b}'), "colours without a terminal");
}

#[test]
fn the_same_arguments_give_the_same_bytes() {
    for more in [&[][..], &["--format", "json"], &["--list", "5"]] {
        assert_eq!(trace(more).out, trace(more).out);
    }
    assert_ne!(trace(&[]).out, trace(&["--seed", "5"]).out);
    assert_ne!(trace(&[]).out, trace(&["--replication", "1"]).out);
}

#[test]
fn listed_cases_can_be_told_and_differ_as_asked() {
    for (way, key) in [("resolved", "resolved_at_hours"), ("heard", "heard"), ("silent", "silent")]
    {
        let list = json(&["--differs", way, "--list", "3"]);
        let cases = list["cases"].as_array().unwrap();
        assert!((1..=3).contains(&cases.len()), "{way}: {list}");
        for case in cases {
            let arms: Vec<&Value> = case["arms"].as_object().unwrap().values().collect();
            let holds = |arm: &Value| !arm[key].is_null() && arm[key] != Value::Bool(false);
            assert_ne!(holds(arms[0]), holds(arms[1]), "{way}: {case}");
            let told = json(&["--case", case["name"].as_str().unwrap()]);
            assert_eq!(told["case"], case["case"]);
            assert_eq!(told["arms"][0]["fate"]["outcome"], arms[0]["outcome"]);
        }
    }
}

#[test]
fn a_list_has_a_line_for_each_case_and_says_how_to_tell_the_first() {
    let outcome = trace(&["--list", "4"]);
    assert_eq!(outcome.code, 0, "{}", outcome.err);
    assert_eq!(outcome.out.matches("day ").count(), 4, "{}", outcome.out);
    let first = json(&["--list", "1"])["cases"][0]["case"].to_string();
    assert!(outcome.out.contains(&format!("`--case {first}`")), "{}", outcome.out);
    assert_eq!(json(&[])["case"].to_string(), first);
}

#[test]
fn every_line_of_json_has_its_time_and_its_sentence() {
    let story = json(&["--arms", "wrong-reply,responding"]);
    assert_eq!(story["arms"][0]["arm"], "wrong-reply");
    for arm in story["arms"].as_array().unwrap() {
        let lines = arm["story"].as_array().unwrap();
        assert_eq!(lines[0]["what"], "occasion");
        let hours: Vec<f64> = lines.iter().map(|line| line["hours"].as_f64().unwrap()).collect();
        assert!(hours.is_sorted(), "{hours:?}");
        assert!(lines.iter().all(|line| line["text"].as_str().unwrap().ends_with('.')));
    }
}

#[test]
fn one_arm_named_stands_beside_the_baseline() {
    let story = json(&["--arms", "responding"]);
    let arms: Vec<&Value> = story["arms"].as_array().unwrap().iter().map(|a| &a["arm"]).collect();
    assert_eq!(arms, ["presence-only", "responding"]);
}

#[test]
fn what_cannot_be_told_is_refused_with_what_would_be_right() {
    refused(&["--arms", "respnding"], &["no arm `respnding`", "did you mean `responding`?"]);
    refused(&["--arms", "responding,nobody"], &["no arm `nobody`", "the arms are no-presence"]);
    refused(&["--arms", "responding,responding"], &["the same arm twice", "--arms A,B"]);
    refused(&["--arms", "responding,wrong-reply,no-presence"], &["3 arms"]);
    refused(&["--case", "4000000000"], &["did not happen", "--list 10", "0xEE6B2800"]);
    refused(&["--case", "0x80000000"], &["case 0x80000000 did not happen"]);
    refused(&["--case", "first"], &["whole number", "--list 10"]);
    refused(&["--case", "1", "--list", "3"], &["cannot be used with"]);
    refused(&["--replication", "1000000"], &["0..1000000"]);
    refused(&["--list", "0"], &["--list"]);
    refused(&["--set", "customers.count=0"], &["customers"]);
}

#[test]
fn arms_that_go_the_same_way_have_no_case_to_choose() {
    let text = "
        run = { days = 30, warmup_days = 2, margin_days = 5 }
        customers.count = 100
        channel.email = { seen_by = 'private', waits = 'in an inbox' }
        team.care.channels = ['email']";
    let desk = Desk::new();
    let path = desk.write("mine.toml", format!("{text}\n[arm.one]\n[arm.two]\n"));
    let outcome = desk.heard(&["trace", path]);
    assert_eq!(outcome.code, 2, "{}", outcome.out);
    assert!(outcome.err.contains("no counted case went differently"), "{}", outcome.err);
    desk.write("mine.toml", text);
    let alone = desk.heard(&["trace", path]);
    assert_eq!(alone.code, 0, "{}", alone.err);
    assert!(alone.out.contains("How it ended"), "{}", alone.out);
}

#[test]
fn a_reader_that_goes_away_is_no_error() {
    let line =
        "$HEARD trace listening-vs-responding --set customers.count=200 --list 500 | head -1";
    let outcome = Desk::new().shell(line);
    assert!(outcome.out.contains("case"), "{}", outcome.err);
}
