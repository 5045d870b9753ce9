//! What an answer does.

use super::*;
use crate::plan::Plan;
use crate::process::stage::{self, Log, MAIL, PAGE, PHONE};
use crate::terms::case::Case;
use heard_scenario::triage::Kind;

fn close(found: f64, expected: f64) {
    assert!((found - expected).abs() < 1e-6, "{found} instead of {expected}");
}

fn by_team() -> Answerer {
    Answerer { team: Some(0), person: None, again: false, solves: 0.5, since: 1.0 }
}

/// Runs a complaint on a channel to the end; returns its case and what happened.
fn played(plan: &Plan, channel: usize, hours: f64) -> (Case, Vec<(f64, Happening)>) {
    let mut log = Log::default();
    let mut world = stage::world(plan, &mut log);
    let case = world.say(7, 3, Kind::Complaint, channel);
    world.until(hours);
    (world.cases[case].clone(), world.story(7))
}

#[test]
fn a_solution_is_heard_judged_and_the_end_of_it() {
    let plan = stage::plan(&[]);
    let (case, story) = played(&plan, MAIL, 24.0);
    // Justice 0.5 x 1 + 0.3 x 0.5 + 0.2 x (2 - 0.5) / (2 + 0.5), against an expectation of 0.
    let satisfaction = 0.77;
    let restored = Action::Restore;
    let expected = [
        (0.0, Happening::Voiced { channel: MAIL, tagged: true, belief: None }),
        (0.0, Happening::Sorted { kind: Kind::Complaint, action: restored, rank: 5 }),
        (0.0, Happening::PickedUp { team: 0, person: None }),
        (0.0, Happening::Seen),
    ];
    assert_eq!(story[..4], expected);
    let (at, Happening::Answered { action, heard: true, satisfaction: found }) = story[4] else {
        panic!("{:?}", story[4]);
    };
    assert_eq!((at, action), (0.5, restored));
    close(found, satisfaction);
    assert_eq!(story[5..], [(0.5, Happening::Resolved)]);
    assert_eq!((case.answered_at, case.resolved_at, case.ended_at), (0.5, 0.5, 0.5));
    assert_eq!(case.ending, Some(Ending::Resolved));
    assert!(case.seen && case.heard && case.in_thread && !case.waiting && !case.compensated);
}

#[test]
fn attitude_expectation_and_belief_follow_the_answer() {
    let plan = stage::plan(&[]);
    let mut log = Log::default();
    let mut world = stage::world(&plan, &mut log);
    world.say(7, 3, Kind::Complaint, MAIL);
    world.until(0.5);
    close(world.customers.attitude(3, 0, 0.5), 0.3 * 0.77);
    close(world.customers.expectation(3), 0.5 + 0.05 * ((0.77 + 1.0) / 2.0 - 0.5));
    let initial = plan.policies()[0].channels[MAIL].belief;
    close(world.customers.belief_gain(3, MAIL, 0.5), 0.2 * (1.0 - initial));
    // Nobody else has seen it.
    assert_eq!(world.customers.belief_gain(2, MAIL, 0.5), 0.0);
    assert_eq!(world.customers.attitude(2, 0, 0.5), 0.0);
}

#[test]
fn who_sees_a_public_case_learns_from_it_as_far_as_it_reaches() {
    let plan = stage::plan(&["publicity.views_per_follower=2", "channel.page.belief=0"]);
    let mut log = Log::default();
    let mut world = stage::world(&plan, &mut log);
    world.say(7, 3, Kind::Complaint, PAGE);
    world.until(0.5);
    // 200 of a market of 1000 have seen it.
    close(world.customers.belief_gain(2, PAGE, 0.5), 0.05 * 0.2);
    close(world.customers.belief_gain(3, PAGE, 0.5), 0.2 + 0.8 * 0.05 * 0.2);
}

#[test]
fn what_is_not_solved_is_settled_or_written_about_again() {
    let never = ["answer.restore.fixes=0"];
    let (case, story) = played(&stage::plan(&never), PAGE, 100.0);
    assert_eq!((case.ending, case.ended_at), (Some(Ending::Settled), 0.5));
    assert_eq!((case.messages, case.resolved()), (1, false));
    assert_eq!(story.last(), Some(&(0.5, Happening::Settled)));
    let again = ["answer.restore.fixes=0", "customers.writes_again=1"];
    let (case, story) = played(&stage::plan(&again), PAGE, 100.0);
    assert_eq!((case.ending, case.messages), (Some(Ending::Settled), 4));
    let wrote = |what: &Happening| matches!(what, Happening::WroteAgain { .. });
    assert_eq!(story.iter().filter(|(_, what)| wrote(what)).count(), 3);
    assert_eq!(case.answered_at, 0.5);
}

#[test]
fn who_was_sent_to_another_channel_goes_on_there() {
    let plan = stage::plan(&[
        "triage=[{when={channel='page'}, do='redirect', to='mail'}, {do='restore'}]",
        "customers.follows_redirect=1",
    ]);
    let (case, story) = played(&plan, PAGE, 100.0);
    assert!(story.iter().any(|(_, what)| *what == Happening::SentTo { channel: MAIL }));
    assert_eq!((case.first_channel, case.channel), (PAGE as u16, MAIL as u16));
    assert_eq!((case.ending, case.messages), (Some(Ending::Resolved), 2));
    let stays = stage::plan(&[
        "triage=[{when={channel='page'}, do='redirect', to='mail'}, {do='restore'}]",
        "customers.follows_redirect=0",
        "customers.writes_again=1",
    ]);
    let (case, _) = played(&stays, PAGE, 100.0);
    assert_eq!((case.ending, case.channel, case.messages), (Some(Ending::Settled), PAGE as u16, 1));
}

#[test]
fn a_machines_line_is_an_answer_that_nobody_has_heard_and_leaves_the_customer_waiting() {
    let plan = stage::plan(&["triage=[{do='automatic'}]", "customers.escalation_push=-20"]);
    let (case, story) = played(&plan, MAIL, 100.0);
    assert_eq!((case.answered_at, case.heard, case.seen), (0.0, false, false));
    assert_eq!((case.ending, case.ended_at), (Some(Ending::GaveUp), 48.0));
    assert!(story.iter().any(|&(at, what)| at == 2.0 && matches!(what, Happening::Ignored { .. })));
    // On the line there is nothing to wait for.
    let (case, _) = played(&plan, PHONE, 100.0);
    assert_eq!((case.ending, case.ended_at), (Some(Ending::GaveUp), 0.0));
    let solves = stage::plan(&["triage=[{do='automatic'}]", "answer.automatic.fixes=1"]);
    let (case, _) = played(&solves, MAIL, 100.0);
    assert_eq!((case.ending, case.resolved_at), (Some(Ending::Resolved), 0.0));
}

#[test]
fn only_who_may_solves_and_only_who_may_gives_money() {
    let pays = "triage=[{do='compensate'}]";
    let fixes = "answer.compensate.fixes=1";
    let cost = |sets: &[&str]| {
        let plan = stage::plan(sets);
        let (case, _) = played(&plan, MAIL, 1.0);
        (case.compensated, case.resolved())
    };
    assert_eq!(cost(&[pays, fixes, "team.care.may=['fix', 'compensate']"]), (true, true));
    assert_eq!(cost(&[pays, fixes, "team.care.may=['fix']"]), (false, true));
    assert_eq!(cost(&[pays, fixes, "team.care.may=['compensate']"]), (true, false));
    assert_eq!(cost(&[fixes, "team.care.may=['fix', 'compensate']"]), (false, true));
}

#[test]
fn money_is_given_once_a_case_and_to_customers_only() {
    let plan = stage::plan(&[
        "triage=[{do='compensate'}]",
        "answer.compensate.money=720",
        "answer.compensate.handle={mean_minutes=30, shape='constant'}",
        "team.care.may=['compensate']",
        "team.care.wage_per_hour=0",
        "customers.writes_again=1",
    ]);
    let mut log = Log::default();
    let mut world = stage::world(&plan, &mut log);
    world.say(7, 3, Kind::Complaint, MAIL);
    world.until(200.0);
    assert!(world.cases[0].messages > 1);
    // 720 in 10 days are 2160 in a month.
    close(world.total(heard_scenario::metric::Metric::Cost), 2160.0);
}

/// The tone of an answer to a case on the page, to its author and to those who look on.
fn tones(sets: &[&str], action: Action, by: Answerer, tagged: bool) -> (f64, f64) {
    let plan = stage::plan(sets);
    let mut log = Log::default();
    let mut world = stage::world(&plan, &mut log);
    let case = world.say(7, 3, Kind::Complaint, PAGE);
    world.cases[case].tagged = tagged;
    let answer = *plan.policies()[0].answer(action).unwrap();
    (world.tone(case, action, &answer, &by), world.tone_to_others(case, action, &answer, &by))
}

fn near((one, other): (f64, f64), expected: (f64, f64)) {
    close(one, expected.0);
    close(other, expected.1);
}

#[test]
fn an_apology_is_worth_its_tone_to_those_who_accept_one() {
    let share = |share: f64| format!("customers.accepts_apology={share}");
    near(tones(&[&share(1.0)], Action::Apologise, by_team(), true), (0.6, 0.6));
    near(tones(&[&share(0.0)], Action::Apologise, by_team(), true), (0.0, 0.0));
    let (_, others) = tones(&[&share(0.5)], Action::Apologise, by_team(), true);
    close(others, 0.3);
    near(tones(&[&share(0.0)], Action::Restore, by_team(), true), (0.5, 0.5));
}

#[test]
fn what_sounds_like_marketing_costs_tone_with_those_who_see_a_gimmick() {
    for (action, tone) in
        [(Action::Canned, -0.1), (Action::Compensate, 0.3), (Action::ShareSuccess, 0.5)]
    {
        let seen = |share: f64| {
            tones(&[&format!("customers.sees_gimmick={share}")], action, by_team(), true)
        };
        near(seen(0.0), (tone, tone));
        near(seen(1.0), (tone - 0.5, tone - 0.5));
        close(seen(0.4).1, tone - 0.2);
    }
}

#[test]
fn an_answer_unasked_pleases_most_and_follows_some() {
    let followed = |share: f64, tagged| {
        let set = format!("customers.feels_followed={share}");
        tones(&[&set, "reaction.followed_cost=0.7"], Action::Restore, by_team(), tagged).0
    };
    close(followed(0.0, false), 0.7);
    close(followed(1.0, false), -0.2);
    close(followed(1.0, true), 0.5);
    let machine = Answerer { team: None, ..by_team() };
    close(tones(&["customers.feels_followed=1"], Action::Automatic, machine, false).0, -0.2);
}

#[test]
fn names_and_known_faces_and_the_teams_own_way_add_to_tone() {
    let named = ["team.care.named=true", "team.care.tone=-0.3"];
    near(tones(&named, Action::Restore, by_team(), true), (0.35, 0.35));
    let again = Answerer { again: true, ..by_team() };
    near(tones(&named, Action::Restore, again, true), (0.45, 0.45));
    near(tones(&["team.care.tone=1"], Action::Restore, by_team(), true), (1.0, 1.0));
    near(tones(&["team.care.tone=-1"], Action::OffTopic, by_team(), true), (-1.0, -1.0));
    let machine = Answerer { team: None, ..by_team() };
    near(tones(&named, Action::Automatic, machine, true), (-0.2, -0.2));
}

#[test]
fn who_has_left_takes_no_answer_in() {
    let plan = stage::plan(&[]);
    let mut log = Log::default();
    let mut world = stage::world(&plan, &mut log);
    let case = world.say(7, 3, Kind::Complaint, MAIL);
    assert!(world.is_still_there(case));
    world.customers.leave(3, 0, 0.0);
    assert!(!world.is_still_there(case));
    world.until(10.0);
    assert!(!world.cases[case].answered());
    world.customers.arrive(3, &plan.setting.customers, &world.draws.clone(), 10.0);
    world.customers.join(3, 0);
    // The newcomer is somebody else.
    assert!(!world.is_still_there(case));
    world.believe(case, true);
    assert_eq!(world.customers.belief_gain(3, MAIL, 10.0), 0.0);
    let other = world.say(8, 4, Kind::Complaint, MAIL);
    world.cases[other].ending = Some(Ending::Left);
    assert!(!world.is_still_there(other));
    world.cases[other].outsider = true;
    assert!(world.is_still_there(other));
}

#[test]
fn customers_rate_who_answered_them_where_they_rate_at_all() {
    let rated = |share: u32| {
        let rates = format!("customers.rates={share}");
        let plan = stage::plan(&[&rates, "team.care.ratings_shown=true", "team.care.named=true"]);
        let mut log = Log::default();
        let mut world = stage::world(&plan, &mut log);
        world.say(7, 3, Kind::Complaint, MAIL);
        world.until(10.0);
        world.companies[0].people.rating(0, 0)
    };
    assert_eq!(rated(0), 0.0);
    // One rating, with a name to the tone, and three of 0 that everybody starts with.
    close(rated(1), (0.77 + 0.3 * 0.15) / 4.0);
}
