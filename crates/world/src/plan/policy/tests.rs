//! What one company does, compiled.

use super::*;
use crate::process::stage::{self, MAIL, PAGE, PHONE};
use heard_scenario::triage::Kind;

#[test]
fn people_are_told_apart_where_it_makes_a_difference() {
    let team = |set: &str| stage::plan(&[set]).policies()[0].teams[0].clone();
    assert!(!team("team.care.tone=0").knows_people());
    assert!(team("team.care.named=true").knows_people());
    assert!(Team { ratings_shown: true, ..team("team.care.tone=0") }.knows_people());
    assert!(team("team.care.skill_sd=0.1").knows_people());
    let shifts = "team.care.shifts=[{days='Mon', hours='09:00-17:00', people=3}, {days='Mon', hours='12:00-13:00', people=4}]";
    assert_eq!(team(shifts).rota.most_people(), 7);
    assert_eq!(team("team.care.shifts=[]").rota.most_people(), 0);
}

#[test]
fn a_team_may_what_it_is_let() {
    let team = |set: &str| stage::plan(&[set]).policies()[0].teams[0].clone();
    let fix = team("team.care.may=['fix']");
    let pay = team("team.care.may=['compensate']");
    assert_eq!((fix.may_fix, fix.may_compensate), (true, false));
    assert_eq!((pay.may_fix, pay.may_compensate), (false, true));
    assert_eq!(team("team.care.handle_target_minutes=30").handle_target, 0.5);
    assert_eq!(fix.handle_target, f64::INFINITY);
}

#[test]
fn channels_are_what_the_scenario_says_and_found_as_far_as_anybody_looks() {
    let policy = stage::plan(&[
        "channel.mail.presented=false",
        "channel.page.tagged=0.6",
        "channel.phone.tagged=0.5",
        "team.care.channels=['page']",
        "listening={coverage=0.1, by_accident=0.2}",
    ])
    .policies()[0]
        .clone();
    let of = |what: fn(&Channel) -> bool| [PAGE, MAIL, PHONE].map(|at| what(&policy.channels[at]));
    assert_eq!(of(|channel| channel.public), [true, false, false]);
    assert_eq!(of(|channel| channel.live), [false, false, true]);
    assert_eq!(of(|channel| channel.presented), [true, false, true]);
    assert_eq!(of(|channel| channel.teams.is_empty()), [false, true, true]);
    let tagged = [PAGE, MAIL, PHONE].map(|at| policy.channels[at].tagged);
    assert_eq!(tagged, [0.6, 0.0, 0.5]);
    // By accident one comes across things only where one is.
    let coverage = [PAGE, MAIL, PHONE].map(|at| policy.channels[at].coverage);
    assert_eq!(coverage, [0.2, 0.1, 0.1]);
    let idle = stage::plan(&["team.care.channels=[]", "listening={coverage=0.5}"]);
    assert!(idle.policies()[0].channels.iter().all(|channel| channel.coverage == 0.0));
}

fn message() -> Message {
    Message {
        kind: Kind::Complaint,
        severity: 0.5,
        followers: 100.0,
        tagged: true,
        repeat: false,
        channel: MAIL,
        stream: None,
        waited: 2.0,
        audience: 50.0,
    }
}

#[test]
fn the_first_rule_that_matches_wins_and_the_last_is_unwritten() {
    let decide = |triage: &str, message: &Message| {
        let plan = stage::plan(&[&format!("triage=[{triage}]")]);
        let decision = plan.policies()[0].triage(message);
        (decision.action, decision.priority, decision.to)
    };
    let rules = "{when={kind='question'}, do='correct', priority=2}, {when={severity='> 0.4'}, do='redirect', to='phone'}, {do='canned'}";
    let mail = message();
    assert_eq!(decide(rules, &mail), (Action::Redirect, 5, Some(PHONE)));
    let question = Message { kind: Kind::Question, ..mail };
    assert_eq!(decide(rules, &question), (Action::Correct, 2, None));
    let mild = Message { severity: 0.4, ..mail };
    assert_eq!(decide(rules, &mild), (Action::Canned, 5, None));
    let none = "{when={kind='praise'}, do='canned'}";
    assert_eq!(decide(none, &mail), (Action::Ignore, 5, None));
    let call = Message { channel: PHONE, ..mail };
    assert_eq!(decide(none, &call), (Action::Restore, 3, None));
    assert_eq!(decide("{do='canned'}", &call), (Action::Canned, 3, None));
}

#[test]
fn a_rule_matches_where_all_its_conditions_hold() {
    let plan = |when: &str| {
        let triage = format!("triage=[{{when={{{when}}}, do='canned'}}]");
        stage::plan_with(&[&triage], "[stream.calls]\nchannel = 'phone'\nper_hour = 1\n")
    };
    let mail = message();
    for (when, hit, miss) in [
        ("kind='complaint'", mail, Message { kind: Kind::Rage, ..mail }),
        ("severity='>= 0.5'", mail, Message { severity: 0.4, ..mail }),
        ("followers='< 101'", mail, Message { followers: 101.0, ..mail }),
        ("tagged=true", mail, Message { tagged: false, ..mail }),
        ("repeat=false", mail, Message { repeat: true, ..mail }),
        ("waited_hours='> 1'", mail, Message { waited: 1.0, ..mail }),
        ("audience='> 49'", mail, Message { audience: 49.0, ..mail }),
        ("channel='mail'", mail, Message { channel: PAGE, ..mail }),
        ("stream='calls'", Message { stream: Some(0), ..mail }, mail),
    ] {
        let plan = plan(when);
        let action = |message| plan.policies()[0].triage(message).action;
        assert_eq!((action(&hit), action(&miss)), (Action::Canned, Action::Ignore), "{when}");
    }
    let both = plan("tagged=true, repeat=true");
    assert_eq!(both.policies()[0].triage(&mail).action, Action::Ignore);
}

#[test]
fn only_some_actions_answer() {
    let plan = stage::plan(&[]);
    let policy = &plan.policies()[0];
    assert!(policy.answers(Action::Restore) && policy.answers(Action::Automatic));
    assert!(!policy.answers(Action::Ignore) && !policy.answers(Action::Monitor));
    assert!(policy.answer(Action::Ignore).is_none() && policy.answer(Action::Monitor).is_some());
    let restore = policy.answer(Action::Restore).unwrap();
    assert_eq!((restore.fixes, restore.tone, restore.on_topic), (1.0, 0.5, true));
}

#[test]
fn a_stream_waits_as_it_says_or_as_its_channel_does() {
    let stream = |more: &str| {
        let text = format!("[stream.calls]\nper_hour = 3\n{more}\n");
        stage::plan_with(&[], &text).policies()[0].streams[0].clone()
    };
    let hours = |stream: &Stream| stream.patience.map(|patience| patience.hours(0.5));
    let own = stream(
        "channel = 'phone'\nhangs_up = true\npatience = { mean_minutes = 6, shape = 'constant' }",
    );
    assert_eq!((hours(&own), own.channel, own.per_hour), (Some(0.1), PHONE, 3.0));
    assert_eq!(hours(&stream("channel = 'phone'\nhangs_up = true")), Some(1.0));
    assert_eq!(hours(&stream("channel = 'phone'\nhangs_up = false")), None);
    assert_eq!(hours(&stream("channel = 'mail'")), None);
    assert_eq!((own.decision.action, own.decision.priority), (Action::Restore, 3));
}
