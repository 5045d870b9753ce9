//! When a caution is due, and when not.

use std::sync::Arc;

use super::*;
use crate::studies;
use heard_lab::experiment::Experiment;

/// A phone line that somebody always answers, one that is answered by day, one that nobody answers, and
/// one that takes a single caller; and another person, who makes waits shorter for everybody.
fn lines(baseline: &str) -> Arc<Experiment> {
    studies::written(&format!(
        "{}{}",
        studies::QUEUE.replace(
            "[run]",
            &format!("[run]\nbaseline = \"{baseline}\"\nheadline = [\"wait_seconds_mean\"]")
        ),
        r#"
[arm.always]
[arm.by-day]
team.desk.shifts = [{ days = "Mon-Sun", hours = "08:00-20:00", people = 3 }]
[arm.nobody]
team.desk.shifts = []
[arm.busy]
channel.phone.lines = 2
[arm.one-more]
team.desk.shifts = [{ days = "Mon-Sun", hours = "00:00-24:00", people = 3 }]
"#
    ))
}

fn cautioned(results: &Results) -> Vec<String> {
    Cautions::new(results).told().into_iter().map(|caution| caution.arm).collect()
}

#[test]
fn shorter_waits_of_lines_that_serve_fewer_are_cautioned_whichever_arm_is_the_baseline() {
    for baseline in ["always", "by-day", "nobody", "busy", "one-more"] {
        let results = studies::play(&lines(baseline), 8);
        assert_eq!(cautioned(&results), ["by-day", "nobody", "busy"], "baseline {baseline}");
    }
}

#[test]
fn a_caution_names_waits_and_callers_who_were_never_served() {
    let results = studies::play(&lines("always"), 8);
    let told: Vec<String> =
        Cautions::new(&results).told().iter().map(ToString::to_string).collect();
    let nobody = &told[1];
    assert!(
        nobody.starts_with("nobody has shorter waits than always (wait_seconds_mean -"),
        "{nobody}"
    );
    for part in
        [") but more callers go unserved (abandon_rate +", ". Its waits do not measure service."]
    {
        assert!(nobody.contains(part), "{nobody}");
    }
    // How long those wait who hang up is no merit.
    assert!(!told.iter().any(|told| told.contains("wait_seconds_abandoned")), "{told:?}");
}

#[test]
fn a_difference_is_doubted_in_both_directions_and_only_where_it_was_found() {
    let arm = |results: &Results, name: &str| {
        let arm = results.arms().position(|arm| arm == name).unwrap();
        results.whole(arm)
    };
    for (baseline, other, verdict) in
        [("always", "nobody", Verdict::Lower), ("nobody", "always", Verdict::Higher)]
    {
        let results = studies::play(&lines(baseline), 8);
        let cautions = Cautions::new(&results);
        let doubt = |name, metric, verdict| cautions.doubt(arm(&results, name), metric, verdict);
        assert!(doubt(other, Metric::WaitSecondsMean, verdict));
        assert!(!doubt(other, Metric::WaitSecondsMean, Verdict::CannotTell));
        assert!(!doubt(other, Metric::Occupancy, verdict));
        assert_eq!(doubt("one-more", Metric::WaitSecondsMean, verdict), baseline == "nobody");
    }
}

#[test]
fn a_line_with_one_more_person_has_shorter_waits_without_a_caution() {
    let results = studies::play(&lines("always"), 8);
    let more = results.whole(4);
    assert_eq!(results.compare(more, Metric::WaitSecondsMean).unwrap().verdict, Verdict::Lower);
    assert!(!Cautions::new(&results).doubt(more, Metric::WaitSecondsMean, Verdict::Lower));
}

#[test]
fn an_automatic_reply_is_cautioned_even_where_it_is_the_baseline() {
    let of = |baseline: &str| {
        let baseline = format!("run.baseline={baseline}");
        let experiment = studies::bundled(&[baseline.as_str(), "customers.count=2000"]);
        cautioned(&studies::play(&experiment, 12))
    };
    let found = of("presence-only");
    assert!(found.contains(&"automatic-reply".to_owned()), "{found:?}");
    assert_eq!(of("automatic-reply"), found);
    assert_eq!(of("responding"), found);
    assert!(!found.contains(&"responding".to_owned()), "{found:?}");
}

#[test]
fn differences_below_the_smallest_effect_of_interest_deserve_no_caution() {
    let of = |effect: f64| {
        let effect = format!(
            "run.smallest_effect_of_interest={{ attitude = {effect}, reputation = {effect}, satisfaction = {effect} }}"
        );
        cautioned(&studies::play(&studies::bundled(&["customers.count=2000", &effect]), 12))
    };
    assert!(of(0.001).contains(&"automatic-reply".to_owned()));
    assert_eq!(of(0.9), [""; 0]);
    // Where the scenario's own effects are smaller, 0.02 is the least.
    for caution in
        Cautions::new(&studies::play(&studies::bundled(&["customers.count=2000"]), 12)).told()
    {
        assert!(caution.better.iter().chain(&caution.worse).all(|(_, by)| by.abs() >= 0.02));
    }
}

#[test]
fn a_caution_names_its_window_and_is_told_once_if_it_is_due_over_all() {
    let told = |arms: &str| -> Vec<String> {
        let experiment = studies::written(&format!(
            "{}[arm.always]\n{arms}",
            studies::QUEUE.replace(
                "margin_days = 1",
                "margin_days = 0\nwindows = { early = '2-6', late = '6-10' }"
            )
        ));
        let results = studies::play(&experiment, 8);
        Cautions::new(&results).told().iter().map(ToString::to_string).collect()
    };
    let all = told("[arm.nobody]\nteam.desk.shifts = []\n");
    assert!(
        all.len() == 1 && all[0].contains("over `early` (and so over every window)"),
        "{all:?}"
    );
    let from = told("[arm.gone]\nswitch = [{ at_day = 6, team.desk.shifts = [] }]\n");
    assert!(from.len() == 1 && from[0].contains(", over `late`."), "{from:?}");
}
