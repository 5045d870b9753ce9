//! What the census promises: every count, once, where it belongs.

use super::*;
use crate::plan::Plan;
use crate::process::stage::{self, MAIL, PAGE, PHONE};
use crate::record::column::{Check, Column, Dimension, WAITS};
use crate::record::column::{answer_hours, columns, length};
use crate::terms::case::{Case, Ending};
use heard_math::stats::Incidence;
use heard_scenario::metric::Metric;
use heard_scenario::triage::Kind;

/// Four days, of which the second and the third count.
fn plan() -> Plan {
    let sets =
        ["run.days=4", "run.warmup_days=1", "run.margin_days=1", "audit.probes_per_channel=1"];
    stage::plan_with(&sets, "[stream.calls]\nchannel = 'phone'\nper_hour = 1\n")
}

fn census(plan: &Plan) -> Census {
    // Tenths of followers end at 10, 20, and so on.
    let tenth_ends = (1..10).map(|tenth| f64::from(tenth) * 10.0).collect();
    Census::new(&plan.setting, &plan.policies()[0], tenth_ends)
}

fn total(census: &Census, metric: Metric) -> f64 {
    census.values(&[Column::Total(metric)])[0]
}

fn level(census: &Census, metric: Metric, dimension: Dimension, level: &str) -> f64 {
    census.values(&[Column::Level { metric, dimension, level: level.to_owned() }])[0]
}

fn daily(census: &Census, metric: Metric) -> [f64; 4] {
    [0, 1, 2, 3].map(|day| census.values(&[Column::Day { metric, day }])[0])
}

fn check(census: &Census, check: Check) -> f64 {
    census.values(&[Column::Check(check)])[0]
}

fn close(found: f64, expected: f64) {
    assert!((found - expected).abs() < 1e-12, "{found} instead of {expected}");
}

/// Equal, or both undefined.
fn same(found: &[f64], expected: &[f64]) {
    assert_eq!(found.len(), expected.len());
    for (at, (found, expected)) in found.iter().zip(expected).enumerate() {
        let alike = found == expected || (found.is_nan() && expected.is_nan());
        assert!(alike, "{at}: {found} instead of {expected}");
    }
}

/// Four problems count: one is solved, one given up, one settled and one open; and there are three
/// that do not count, praise, and a probe.
fn some_cases() -> Vec<Case> {
    let complaint = |channel, at| stage::case(Kind::Complaint, channel, at);
    vec![
        Case {
            severity: 0.1,
            followers: 5.0,
            seen: true,
            heard: true,
            answered_at: 32.0,
            resolved_at: 40.0,
            ended_at: 40.0,
            ending: Some(Ending::Resolved),
            ..complaint(PAGE, 30.0)
        },
        Case {
            severity: 0.5,
            followers: 10.0,
            seen: true,
            ended_at: 60.0,
            ending: Some(Ending::GaveUp),
            ..complaint(MAIL, 50.0)
        },
        Case {
            severity: 1.0,
            followers: 95.0,
            answered_at: 50.0,
            ..stage::case(Kind::Question, PAGE, 47.0)
        },
        Case {
            severity: 0.5,
            followers: 45.0,
            seen: true,
            heard: true,
            answered_at: 25.0,
            ended_at: 26.0,
            ending: Some(Ending::Settled),
            ..complaint(MAIL, 24.0)
        },
        complaint(PAGE, 72.0),
        Case { answered_at: 12.0, ..complaint(PAGE, 10.0) },
        Case { outsider: true, ..complaint(PAGE, 30.0) },
        Case { heard: true, answered_at: 41.0, ..stage::case(Kind::Praise, PAGE, 40.0) },
        Case { probe: true, outsider: true, seen: true, ..complaint(PHONE, 40.0) },
    ]
}

fn with_cases(plan: &Plan) -> Census {
    let mut census = census(plan);
    some_cases().iter().for_each(|case| census.count_case(case));
    census
}

#[test]
fn rates_are_shares_of_the_problems_voiced_within_the_window() {
    let census = with_cases(&plan());
    assert_eq!(check(&census, Check::Voiced), 4.0);
    assert_eq!(total(&census, Metric::SeenRate), 0.75);
    assert_eq!(total(&census, Metric::AnswerRate), 0.75);
    assert_eq!(total(&census, Metric::HeardRate), 0.5);
    assert_eq!(total(&census, Metric::ResolutionRate), 0.25);
    close(total(&census, Metric::PublicShare), 1.0 / 3.0);
    assert_eq!(check(&census, Check::Censored), 0.25);
}

#[test]
fn a_probe_on_the_edge_of_two_windows_counts_once_in_the_main_one() {
    let plan = stage::plan(&[
        "run.days=4",
        "run.windows={ main='2-3', before='1-2', after='3-4' }",
        "run.warmup_days=1",
        "run.margin_days=0",
        "audit.probes_per_channel=1",
    ]);
    let mut census = census(&plan);
    for at in [48.0, 72.0] {
        let case = stage::case(Kind::Complaint, PHONE, at);
        census.count_case(&Case { probe: true, outsider: true, seen: true, ..case });
    }
    let counted = census.windows.iter().map(|counts| counts.probes[PHONE].voiced);
    assert_eq!(counted.collect::<Vec<_>>(), [2, 0, 0]);
}

#[test]
fn failures_are_what_complaints_and_solutions_are_counted_against() {
    let mut census = with_cases(&plan());
    assert!(total(&census, Metric::ComplaintsPerFailure).is_nan());
    [10.0, 24.0, 30.0, 47.0, 48.0, 71.9, 72.0].into_iter().for_each(|hours| census.failure(hours));
    assert_eq!(total(&census, Metric::ComplaintsPerFailure), 0.6);
    assert_eq!(total(&census, Metric::ResolvedPerFailure), 0.2);
    same(&daily(&census, Metric::ComplaintsPerFailure), &[1.0, 2.0 / 3.0, 0.5, 1.0]);
}

#[test]
fn each_problem_is_counted_in_its_channel_kind_class_and_tenth() {
    let census = with_cases(&plan());
    let heard = |dimension, name| level(&census, Metric::HeardRate, dimension, name);
    let seen = |dimension, name| level(&census, Metric::SeenRate, dimension, name);
    assert_eq!(heard(Dimension::Channel, "page"), 0.5);
    assert_eq!((seen(Dimension::Channel, "mail"), heard(Dimension::Channel, "mail")), (1.0, 0.5));
    assert!(heard(Dimension::Channel, "phone").is_nan());
    assert_eq!(seen(Dimension::Probe, "phone"), 1.0);
    assert_eq!(heard(Dimension::Probe, "phone"), 0.0);
    assert!(heard(Dimension::Probe, "page").is_nan());
    assert_eq!((seen(Dimension::Kind, "complaint"), seen(Dimension::Kind, "question")), (1.0, 0.0));
    assert_eq!((heard(Dimension::Class, "mild"), heard(Dimension::Class, "moderate")), (1.0, 0.5));
    assert_eq!(heard(Dimension::Class, "serious"), 0.0);
    for (tenth, expected) in [("1", 1.0), ("2", 0.0), ("5", 1.0), ("10", 0.0)] {
        assert_eq!(heard(Dimension::FollowersTenth, tenth), expected, "{tenth}");
    }
    for nowhere in ["3", "0", "11", "-1", "all"] {
        assert!(heard(Dimension::FollowersTenth, nowhere).is_nan());
    }
}

#[test]
fn each_window_counts_what_it_holds_and_the_run_counts_once() {
    let windows = "run.windows={ both='1-3', second='1-2', third='2-3' }";
    let sets = ["run.days=4", "run.warmup_days=1", "run.margin_days=1", windows];
    let plan = stage::plan_with(&sets, "[stream.calls]\nchannel = 'phone'\nper_hour = 1\n");
    let columns = [
        Column::Check(Check::Cases),
        Column::Check(Check::Voiced),
        Column::Day { metric: Metric::SeenRate, day: 1 },
        Column::Total(Metric::SeenRate),
        Column::Total(Metric::FirstAnswerHoursP50),
    ];
    let mut census = with_cases(&plan);
    census.wait(&contact(Work::Stream(0), PHONE, 30.0), 0.5, Caller::Served);
    let values = census.values(&columns);
    assert_eq!(values.len(), length(&columns, 3));
    let p50 = |at: usize| census.windows[at].first_answer.quantile(0.5).unwrap_or(f64::NAN);
    let (all, second, third) = (p50(0), p50(1), p50(2));
    // Four cases between warm-up and margin, three of them on the second day.
    same(&values, &[4.0, 4.0, 2.0 / 3.0, 0.75, all, 3.0, 2.0 / 3.0, second, 1.0, 1.0, third]);
    let waits = |at: usize| census.windows[at].waits.rate(Metric::WaitSecondsMean);
    same(&[waits(0), waits(1), waits(2)], &[1800.0, 1800.0, f64::NAN]);
}

#[test]
fn gaps_are_between_tops_and_halves_and_between_public_and_private() {
    let plan = plan();
    // Of the lower half one in three is solved, of the top tenth none.
    let census = with_cases(&plan);
    close(total(&census, Metric::ReachGap), -1.0 / 3.0);
    close(total(&census, Metric::ChannelGap), 0.5);
}

#[test]
fn answers_are_followed_until_they_come_or_cannot_come_any_more() {
    let census = with_cases(&plan());
    // Answers after 2, 3 and 1 hours; one problem given up after 10.
    let mut answers = Incidence::new();
    [2.0, 3.0, 1.0].into_iter().for_each(|hours| answers.event(hours));
    answers.competing(10.0);
    assert_eq!(total(&census, Metric::FirstAnswerHoursP50), answers.quantile(0.5).unwrap());
    assert!(total(&census, Metric::FirstAnswerHoursP90).is_nan());
    for (point, share) in answers.curve_at(&answer_hours()).into_iter().enumerate() {
        assert_eq!(census.values(&[Column::AnsweredBy(point)])[0], share);
    }
    // Solved after 10 hours, ended without after 10 and 2, and still open after 49.
    let mut solutions = Incidence::new();
    solutions.event(10.0);
    [10.0, 2.0].into_iter().for_each(|hours| solutions.competing(hours));
    solutions.censored(49.0);
    assert_eq!(census.windows[0].resolution.curves(), solutions.curves());
}

#[test]
fn days_count_what_the_window_leaves_out() {
    let census = with_cases(&plan());
    same(&daily(&census, Metric::AnswerRate), &[1.0, 1.0, 0.0, 0.0]);
    same(&daily(&census, Metric::PublicShare), &[1.0, 0.5, 0.0, 1.0]);
    same(&daily(&census, Metric::SeenRate), &[0.0, 2.0 / 3.0, 1.0, 0.0]);
}

#[test]
fn what_happens_in_a_month_is_scaled_to_a_month() {
    // The window of 2 days is a fifteenth of a month.
    let mut census = census(&plan());
    census.customers = 10.0;
    [10.0, 30.0, 40.0, 80.0].into_iter().for_each(|hours| census.left(hours));
    close(total(&census, Metric::ChurnRate), 2.0 * 15.0 / 10.0);
    same(&daily(&census, Metric::ChurnRate), &[3.0, 6.0, 0.0, 3.0]);
    census.viewed(10.0, 7.0, true);
    census.viewed(30.0, 50.0, true);
    census.viewed(71.0, 20.0, false);
    close(total(&census, Metric::Audience), 70.0 * 15.0);
    close(total(&census, Metric::Firestorms), 15.0);
    same(&daily(&census, Metric::Audience), &[210.0, 1500.0, 600.0, 0.0]);
    census.pay(10.0, 1000.0);
    census.pay(24.0, 3.0);
    census.pay(72.0, 1000.0);
    close(total(&census, Metric::Cost), 45.0);
    assert!(total(&census, Metric::CostPerResolution).is_nan());
    some_cases().iter().for_each(|case| census.count_case(case));
    close(total(&census, Metric::CostPerResolution), 3.0);
    // One, in two days of thirty.
    close(total(&census, Metric::Resolutions), 15.0);
}

#[test]
fn listening_costs_what_its_tools_cost_while_they_are_there() {
    let tools = |coverage: f64| {
        let set = format!("listening={{coverage={coverage}, cost_per_month=720}}");
        stage::plan(&["run.days=4", "run.warmup_days=1", "run.margin_days=1", &set])
    };
    let (with, without) = (tools(0.5), tools(0.0));
    let paid = |first: &Plan, then: &Plan, switch: f64| {
        let mut census = census(first);
        census.pay_tools(&then.policies()[0], switch);
        census.pay_tools(&then.policies()[0], 96.0);
        census.windows[0].paid
    };
    // One an hour, counted from 24 to 72.
    close(paid(&with, &with, 30.0), 48.0);
    close(paid(&with, &without, 30.0), 6.0);
    close(paid(&without, &with, 30.0), 42.0);
    close(paid(&with, &without, 10.0), 0.0);
    close(paid(&with, &without, 80.0), 48.0);
    close(paid(&without, &without, 30.0), 0.0);
}

#[test]
fn shares_are_means_over_what_was_judged() {
    let mut census = census(&plan());
    // By when it was voiced in the total, by when it was judged in the days.
    census.satisfied(10.0, 30.0, 1.0);
    census.satisfied(30.0, 50.0, -0.5);
    census.satisfied(71.0, 80.0, 0.25);
    close(total(&census, Metric::Satisfaction), -0.125);
    same(&daily(&census, Metric::Satisfaction), &[f64::NAN, 1.0, -0.5, 0.25]);
    [(10.0, true), (30.0, true), (31.0, false), (50.0, false), (80.0, true)]
        .into_iter()
        .for_each(|(hours, negative)| census.posted(hours, negative));
    close(total(&census, Metric::NegativeShare), 1.0 / 3.0);
    same(&daily(&census, Metric::NegativeShare), &[1.0, 0.5, 0.0, 1.0]);
    census.loyalty(30.0, Outcome::Silent, true);
    census.loyalty(30.0, Outcome::Silent, false);
    census.loyalty(30.0, Outcome::SatisfiedFast, true);
    census.loyalty(10.0, Outcome::Dissatisfied, false);
    close(total(&census, Metric::LoyaltyRate), 2.0 / 3.0);
    let outcome = |name| level(&census, Metric::LoyaltyRate, Dimension::Outcome, name);
    assert_eq!((outcome("silent"), outcome("satisfied-fast")), (0.5, 1.0));
    assert!(outcome("dissatisfied").is_nan() && outcome("nonsense").is_nan());
}

#[test]
fn the_audience_of_the_first_mistake_grows_hour_by_hour() {
    let mut census = census(&plan());
    let seen = |census: &Census, hour| census.values(&[Column::MistakeSeen(hour)])[0];
    assert!(seen(&census, 0).is_nan());
    [(0.0, 100.0), (0.9, 10.0), (1.0, 5.0), (95.5, 1.0), (96.0, 1000.0)]
        .into_iter()
        .for_each(|(hours, views)| census.mistake_seen(hours, views));
    let found = [0, 1, 94, 95].map(|hour| seen(&census, hour));
    assert_eq!(found, [110.0, 115.0, 115.0, 116.0]);
    assert!(seen(&census, 96).is_nan());
}

fn state(value: f64) -> State {
    State {
        sentiment: value,
        attitude: value + 1.0,
        nps: value + 5.0,
        expectation: value + 2.0,
        awareness: value + 3.0,
        kept: value + 4.0,
    }
}

#[test]
fn the_state_is_that_of_the_end_of_each_day() {
    let mut census = census(&plan());
    [24.0, 48.0, 72.0, 96.0].into_iter().for_each(|end| census.end_of_day(end, state(end)));
    same(&daily(&census, Metric::Reputation), &[24.0, 48.0, 72.0, 96.0]);
    same(&daily(&census, Metric::Attitude), &[25.0, 49.0, 73.0, 97.0]);
    same(&daily(&census, Metric::Expectation), &[26.0, 50.0, 74.0, 98.0]);
    same(&daily(&census, Metric::Awareness), &[27.0, 51.0, 75.0, 99.0]);
    same(&daily(&census, Metric::CustomersKept), &[28.0, 52.0, 76.0, 100.0]);
    // The window ends with the third day, and the first ends where it begins.
    let states = [
        Metric::Reputation,
        Metric::Attitude,
        Metric::Expectation,
        Metric::Awareness,
        Metric::CustomersKept,
        Metric::Nps,
        Metric::Stars,
    ];
    let found = states.map(|metric| total(&census, metric));
    assert_eq!(found, [60.0, 61.0, 62.0, 63.0, 64.0, 65.0, 125.0]);
}

#[test]
fn a_day_without_customers_is_left_out_of_what_they_expect() {
    let mut census = census(&plan());
    census.end_of_day(48.0, State { expectation: f64::NAN, ..state(1.0) });
    census.end_of_day(72.0, state(2.0));
    close(total(&census, Metric::Expectation), 4.0);
    close(total(&census, Metric::Attitude), 2.5);
}

fn contact(work: Work, line: usize, arrived: f64) -> Contact {
    Contact {
        work,
        line: line as u16,
        priority: 3,
        urgency: 0.0,
        action: heard_scenario::answer::Action::Restore,
        handle: 0.5,
        solves: 0.0,
        number: 0,
        attempt: 0,
        voiced_at: arrived,
        arrived,
    }
}

#[test]
fn waits_are_means_over_all_who_came_and_those_who_hung_up() {
    let mut census = census(&plan());
    let call = |arrived| contact(Work::Case(0), PHONE, arrived);
    census.wait(&call(30.0), 0.0, Caller::Served);
    census.wait(&call(30.0), 0.5, Caller::Served);
    census.wait(&contact(Work::Stream(0), PHONE, 30.0), 0.25, Caller::HungUp);
    census.wait(&call(10.0), 9.0, Caller::HungUp);
    census.turned_away(PHONE, 30.0);
    census.turned_away(PHONE, 80.0);
    // All, those who were served, those who hung up, and the shares.
    let expected = [0.75 * 3600.0 / 4.0, 900.0, 900.0, 0.5, 0.5];
    assert_eq!(WAITS.map(|metric| total(&census, metric)), expected);
    let of = |dimension, name| WAITS.map(|metric| level(&census, metric, dimension, name));
    assert_eq!(of(Dimension::Channel, "phone"), expected);
    same(&of(Dimension::Class, "calls"), &[900.0, f64::NAN, 900.0, 1.0, 1.0]);
    assert!(of(Dimension::Channel, "mail").iter().all(|value| value.is_nan()));
}

#[test]
fn a_line_that_turns_everybody_away_has_no_wait_of_those_served_or_who_hung_up() {
    let mut census = census(&plan());
    census.turned_away(PHONE, 30.0);
    let line = contact(Work::Stream(0), PHONE, 30.0);
    census.wait(&line, 0.0, Caller::TurnedAway);
    let expected = [0.0, f64::NAN, f64::NAN, 0.0, 1.0];
    same(&WAITS.map(|metric| total(&census, metric)), &expected);
}

#[test]
fn a_stream_has_a_place_in_every_count_and_in_the_curve_of_answers() {
    let plan = plan();
    let settings = &plan.policies()[0].streams[0];
    let mut census = census(&plan);
    let fate = Fate { seen: true, answered: true, heard: false, resolved: true };
    let at = |arrived| contact(Work::Stream(0), PHONE, arrived);
    [10.0, 30.0, 31.0, 50.0].into_iter().for_each(|now| census.stream_voiced(0, settings, now));
    census.stream_served(0, settings, &at(10.0), 1.0, fate);
    census.stream_served(0, settings, &at(30.0), 2.0, fate);
    census.stream_served(0, settings, &at(31.0), 4.0, Fate::default());
    census.stream_lost(settings, &at(50.0), 3.0);
    census.stream_lost(settings, &at(10.0), 3.0);
    let rates = [Metric::SeenRate, Metric::AnswerRate, Metric::HeardRate, Metric::ResolutionRate];
    let expected = [1.0 / 3.0, 1.0 / 3.0, 0.0, 1.0 / 3.0];
    assert_eq!(rates.map(|metric| total(&census, metric)), expected);
    for (dimension, name) in [
        (Dimension::Channel, "phone"),
        (Dimension::Kind, settings.kind.name()),
        (Dimension::Class, "calls"),
    ] {
        assert_eq!(rates.map(|metric| level(&census, metric, dimension, name)), expected);
    }
    same(&daily(&census, Metric::AnswerRate), &[1.0, 0.5, 0.0, f64::NAN]);
    let mut answers = Incidence::new();
    answers.event(2.0);
    [4.0, 3.0].into_iter().for_each(|hours| answers.competing(hours));
    assert_eq!(census.windows[0].first_answer.curves(), answers.curves());
}

#[test]
fn closing_counts_what_is_still_there_and_pays_the_people() {
    let plan = plan();
    let policy = &plan.policies()[0];
    let mut desk = Desk::new(policy, &plan.setting.counted);
    let settings = &policy.streams[0];
    let mut census = census(&plan);
    [30.0, 40.0].into_iter().for_each(|now| census.stream_voiced(0, settings, now));
    desk.staff(0, 2, 30.0);
    desk.arrive(contact(Work::Stream(0), PHONE, 30.0), 30.0);
    desk.close(96.0);
    let calls = [contact(Work::Stream(0), PHONE, 40.0), contact(Work::Stream(0), PHONE, 10.0)];
    census.close(policy, &desk, calls.into_iter(), 0);
    assert_eq!(check(&census, Check::Unaccounted), 0.0);
    assert_eq!(check(&census, Check::LittleGap), 0.0);
    assert_eq!(check(&census, Check::Censored), 1.0);
    let mut answers = Incidence::new();
    [66.0, 56.0].into_iter().for_each(|hours| answers.censored(hours));
    assert_eq!(census.windows[0].first_answer.curves(), answers.curves());
    // One of two people is busy for the 42 counted hours.
    assert_eq!(total(&census, Metric::Occupancy), 0.5);
    assert_eq!(level(&census, Metric::Occupancy, Dimension::Team, "care"), 0.5);
    assert_eq!(census.windows[0].wages, 84.0 * policy.teams[0].wage);
}

#[test]
fn what_is_lost_is_noticed() {
    let plan = plan();
    let policy = &plan.policies()[0];
    let unaccounted = |voiced: usize, lost: usize| {
        let mut desk = Desk::new(policy, &plan.setting.counted);
        desk.close(96.0);
        let mut census = census(&plan);
        (0..voiced).for_each(|_| census.stream_voiced(0, &policy.streams[0], 30.0));
        census.close(policy, &desk, std::iter::empty(), lost);
        check(&census, Check::Unaccounted)
    };
    assert_eq!([unaccounted(0, 0), unaccounted(2, 0), unaccounted(0, 3)], [0.0, 2.0, 3.0]);
    assert_eq!(unaccounted(2, 3), 5.0);
}

/// Does one of many things to a census. Its numbers have few digits, so that sums are exact in any
/// order.
fn live(census: &mut Census, plan: &Plan, step: u32) {
    let pick = |salt: u32, most: u32| {
        let mixed = u64::from(step) * 977 + u64::from(salt) * 7919 + 13;
        (mixed.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 40) as u32 % most
    };
    let settings = &plan.policies()[0].streams[0];
    let now = f64::from(pick(0, 384)) * 0.25;
    let quarter = f64::from(pick(1, 9)) * 0.25 - 1.0;
    let (yes, no) = (pick(2, 2) == 1, pick(3, 2) == 1);
    let fate = Fate { seen: yes, answered: no, heard: pick(4, 2) == 1, resolved: pick(5, 2) == 1 };
    let channel = pick(6, 3) as usize;
    let kind = Kind::ALL[pick(7, 6) as usize];
    let stream = contact(Work::Stream(0), PHONE, now);
    match step % 14 {
        0 => census.failure(now),
        1 => census.left(now),
        2 => census.viewed(now, f64::from(pick(8, 50)), yes),
        3 => census.pay(now, quarter + 2.0),
        4 => census.posted(now, yes),
        5 => census.mistake_seen(now, f64::from(pick(8, 50))),
        6 => census.satisfied(now, (now + 5.0).min(95.0), quarter),
        7 => census.loyalty(now, Outcome::ALL[pick(8, 4) as usize], yes),
        8 => census.wait(&stream, quarter + 1.0, if yes { Caller::HungUp } else { Caller::Served }),
        9 => census.turned_away(channel, now),
        10 => census.stream_voiced(0, settings, now),
        11 => census.stream_served(0, settings, &stream, quarter + 1.0, fate),
        12 => census.stream_lost(settings, &stream, quarter + 1.0),
        _ => (0..5).for_each(|more| {
            let late = |delay: u32| now + f64::from(pick(20 + more, delay)) * 0.25;
            let never = |there: bool, at: f64| if there { at } else { f64::INFINITY };
            census.count_case(&Case {
                severity: f64::from(pick(9 + more, 8)) * 0.125,
                followers: f64::from(pick(10 + more, 100)),
                seen: yes,
                heard: no,
                probe: pick(11, 5) == 0,
                answered_at: never(no, late(20)),
                resolved_at: never(yes, late(30)),
                ended_at: never(yes, late(30)),
                ending: yes.then_some(Ending::Resolved),
                ..stage::case(kind, channel, now)
            });
        }),
    }
}

#[test]
fn two_companies_counted_together_are_what_one_census_of_both_would_count() {
    let plan = plan();
    let (mut one, mut other, mut both) = (census(&plan), census(&plan), census(&plan));
    for step in 0..3000 {
        live(if step % 3 == 0 { &mut one } else { &mut other }, &plan, step);
        live(&mut both, &plan, step);
    }
    // One has three customers for each of the other's.
    for (census, customers, value) in
        [(&mut one, 30.0, 1.0), (&mut other, 10.0, 5.0), (&mut both, 40.0, 2.0)]
    {
        census.customers_on_day_0(customers as usize);
        [24.0, 48.0, 72.0, 96.0].into_iter().for_each(|end| census.end_of_day(end, state(value)));
        (census.windows[0].wages, census.windows[0].hours[0]) =
            (customers, (customers * 0.5, customers));
        (census.unaccounted, census.little_gap) = (customers as i64, 0.5);
    }
    one.little_gap = 0.25;
    one.absorb(&other);
    let columns = columns(std::slice::from_ref(&plan));
    let (found, expected) = (one.values(&columns), both.values(&columns));
    same(&found, &expected);
    let undefined = expected.iter().filter(|value| value.is_nan()).count();
    assert!(undefined * 4 < expected.len(), "{undefined} of {}", expected.len());
}

#[test]
fn parts_of_companies_are_counted_together_by_name() {
    let streams = "[stream.calls]\nchannel = 'phone'\nper_hour = 1\n";
    let others = "[stream.letters]\nchannel = 'mail'\nper_hour = 1\n";
    let (plan, strange) =
        (plan(), stage::plan_with(&["run.days=4"], &format!("{others}{streams}")));
    let mut mine = census(&plan);
    let mut others = Census::new(&strange.setting, &strange.policies()[0], vec![0.0; 9]);
    mine.windows[0].hours[0] = (1.0, 2.0);
    others.windows[0].hours[0] = (3.0, 4.0);
    mine.stream_voiced(0, &plan.policies()[0].streams[0], 30.0);
    (0..2).for_each(|_| others.stream_voiced(0, &strange.policies()[0].streams[0], 30.0));
    (0..4).for_each(|_| others.stream_voiced(1, &strange.policies()[0].streams[1], 30.0));
    mine.absorb(&others);
    assert_eq!(mine.stream_names, ["calls", "letters"]);
    assert_eq!([mine.windows[0].streams[0].0.voiced, mine.windows[0].streams[1].0.voiced], [5, 2]);
    close(level(&mine, Metric::Occupancy, Dimension::Team, "care"), 4.0 / 6.0);
}
