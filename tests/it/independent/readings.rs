//! Each sentence of the documentation that was once read otherwise: the other reading shows.

use crate::independent::compare::{compare, red};
use crate::independent::program;
use crate::independent::rules::Rules;
use crate::independent::scenarios::{EMAIL_WITH_ESCALATION, INBOX_AND_PHONE, varied};
use crate::independent::world;

/// What is right agrees on a scenario; what is wrong does not.
fn shows(scenario: &str, changes: &[(&str, &str)], wrong: Rules) {
    let scenario = varied(scenario, changes);
    let theirs = program::metrics(&scenario, 1000);
    let red_under = |rules: Rules| {
        let all = compare("", &world::metrics(&scenario, rules, 1000), &theirs);
        red(&all).iter().map(ToString::to_string).collect::<Vec<String>>()
    };
    let right = red_under(Rules::default());
    assert!(right.is_empty(), "as documented:\n{}", right.join("\n"));
    let wrong_shows = red_under(wrong);
    println!("{}", wrong_shows.join("\n"));
    assert!(!wrong_shows.is_empty(), "{wrong:?} does not show");
}

/// Most write in public, without naming the company, and reading takes long.
const UNNAMED: [(&str, &str); 6] = [
    ("channel.forum.effort", "-1.0"),
    ("channel.forum.tagged", "0.05"),
    ("listening.coverage", "0.9"),
    ("listening.minutes_per_message", "15"),
    ("listening.sweep_every_hours", "6"),
    ("company.failures_per_customer_month", "1.2"),
];

#[test]
#[ignore = "takes half a minute"]
fn envy_counts_answers_by_persons_only() {
    let changes = [
        ("reaction.envy", "2.0"),
        ("reaction.silence", "1.0"),
        ("customers.market_size", "1200"),
        ("customers.voices_trivial", "0.5"),
        ("company.severity.mean", "0.2"),
        ("publicity.answer_seen", "1.0"),
        ("channel.forum.effort", "-1.0"),
    ];
    shows(INBOX_AND_PHONE, &changes, Rules { envy_counts_machines: true, ..Rules::default() });
}

#[test]
#[ignore = "takes half a minute"]
fn a_second_remedy_is_worth_less_for_failures_only() {
    let wrong = Rules { second_remedy_for_questions: true, ..Rules::default() };
    shows(INBOX_AND_PHONE, &[], wrong);
}

#[test]
#[ignore = "takes half a minute"]
fn whether_a_failure_is_the_first_is_settled_at_the_occasion() {
    let changes = [
        ("team.care.shifts", r#"[{ days = "Mon-Mon", hours = "06:00-20:00", people = 10 }]"#),
        ("customers.gives_up_hours", "400"),
        ("company.questions_per_customer_month", "0.2"),
        ("reaction.second_remedy", "0.0"),
        ("answer.restore.fixes", "0.9"),
        ("run.days", "21"),
        ("run.warmup_days", "0"),
        ("run.margin_days", "10"),
    ];
    let wrong = Rules { second_remedy_at_the_answer: true, ..Rules::default() };
    shows(EMAIL_WITH_ESCALATION, &changes, wrong);
}

#[test]
#[ignore = "takes half a minute"]
fn an_escalation_begins_a_new_thread() {
    let wrong = Rules { escalation_in_the_old_thread: true, ..Rules::default() };
    shows(EMAIL_WITH_ESCALATION, &[("channel.forum.tagged", "0.1")], wrong);
}

#[test]
#[ignore = "takes half a minute"]
fn what_a_search_found_is_sorted_when_all_is_read() {
    let wrong = Rules { triaged_as_read: true, ..Rules::default() };
    shows(EMAIL_WITH_ESCALATION, &UNNAMED, wrong);
}

#[test]
#[ignore = "takes half a minute"]
fn nothing_interrupts_the_reading() {
    let wrong = Rules { search_interrupted: true, ..Rules::default() };
    shows(EMAIL_WITH_ESCALATION, &UNNAMED, wrong);
}

#[test]
#[ignore = "takes half a minute"]
fn a_search_happens_when_somebody_comes_on() {
    let wrong = Rules { searches_from_midnight: true, ..Rules::default() };
    shows(EMAIL_WITH_ESCALATION, &UNNAMED, wrong);
}

#[test]
#[ignore = "takes half a minute"]
fn an_answer_is_seen_by_those_who_could_not_see_the_one_before() {
    let wrong = Rules { answers_seen_again: true, ..Rules::default() };
    shows(INBOX_AND_PHONE, &[], wrong);
}

#[test]
#[ignore = "takes half a minute"]
fn others_judge_an_answer_as_people_do_on_average() {
    let wrong = Rules { shown_as_addressed: true, ..Rules::default() };
    shows(EMAIL_WITH_ESCALATION, &[("reaction.unasked_bonus", "0.8")], wrong);
}

#[test]
#[ignore = "takes half a minute"]
fn what_is_expected_is_that_of_the_channel_where_the_customer_waits() {
    let changes = [
        ("customers.expects_reply_public", "0.01"),
        ("customers.expects_reply_private", "0.99"),
        ("customers.writes_again", "0.3"),
        ("reaction.weight_procedural", "1.0"),
        ("channel.forum.tagged", "1.0"),
    ];
    let wrong = Rules { first_channel_expected: true, ..Rules::default() };
    shows(EMAIL_WITH_ESCALATION, &changes, wrong);
}

#[test]
#[ignore = "takes half a minute"]
fn the_next_is_taken_before_the_consequences_of_the_last() {
    let wrong = Rules { consequences_first: true, ..Rules::default() };
    shows(EMAIL_WITH_ESCALATION, &[], wrong);
}

#[test]
#[ignore = "takes half a minute"]
fn states_are_means_over_the_days_of_the_window() {
    shows(EMAIL_WITH_ESCALATION, &[], Rules { states_at_the_end: true, ..Rules::default() });
}
