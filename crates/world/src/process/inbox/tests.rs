//! What reaches the company, and what becomes of it there.

use super::*;
use crate::process::stage::{self, Log, MAIL, PAGE};
use heard_scenario::triage::Kind;

const UNTAGGED: &str = "channel.page.tagged=0";

#[test]
fn what_does_not_name_the_company_is_found_by_the_next_sweep_and_read_one_by_one() {
    let plan = stage::plan(&[
        UNTAGGED,
        "listening={coverage=1, sweep_every_hours=6, minutes_per_message=15}",
    ]);
    let mut log = Log::default();
    let mut world = stage::world(&plan, &mut log);
    world.until(1.0);
    let cases = [world.say(1, 1, Kind::Complaint, PAGE), world.say(2, 2, Kind::Complaint, PAGE)];
    world.until(5.9);
    assert!(cases.iter().all(|&case| !world.cases[case].seen));
    world.until(6.4);
    assert!(cases.iter().all(|&case| !world.cases[case].seen));
    world.until(8.0);
    // Read for half an hour, then answered one after the other.
    assert_eq!(cases.map(|case| world.cases[case].answered_at), [7.0, 7.5]);
    assert_eq!(world.story(1)[2], (6.5, Happening::Seen));
}

#[test]
fn a_search_finds_the_share_that_it_covers() {
    let plan = stage::plan(&[
        UNTAGGED,
        "listening={coverage=0.3}",
        "customers.count=10000",
        "customers.market_size=1000000",
    ]);
    let mut log = Log::default();
    let mut world = stage::world(&plan, &mut log);
    (0..10_000).for_each(|who| {
        assert_eq!(world.say(who, who as usize, Kind::Question, PAGE), who as usize)
    });
    let found = world.companies[0].found.len();
    assert!((found as f64 / 10_000.0 - 0.3).abs() < 0.015, "{found}");
}

#[test]
fn nobody_searches_while_nobody_is_there() {
    let plan = stage::plan(&[
        UNTAGGED,
        "listening={coverage=1, sweep_every_hours=6}",
        "team.care.shifts=[{days='Mon-Sun', hours='10:00-11:00', people=1}]",
    ]);
    let mut log = Log::default();
    let mut world = stage::world(&plan, &mut log);
    let case = world.say(1, 1, Kind::Complaint, PAGE);
    world.until(30.0);
    assert!(!world.cases[case].seen && world.companies[0].sweeps.is_empty());
    assert_eq!(world.companies[0].found, [case as u32]);
}

#[test]
fn whoever_has_been_answered_in_a_thread_is_not_searched_for_there() {
    let plan = stage::plan(&[UNTAGGED]);
    let mut log = Log::default();
    let mut world = stage::world(&plan, &mut log);
    let case = world.say(1, 1, Kind::Complaint, PAGE);
    world.until(10.0);
    assert!(!world.cases[case].seen);
    world.cases[case].in_thread = true;
    world.write(case);
    assert!(world.cases[case].seen);
}

#[test]
fn triage_knows_the_latest_message_its_wait_and_its_audience() {
    let rank = |sets: &str, messages: u16| {
        let triage = format!("triage=[{{when={{{sets}}}, do='restore', priority=1}}]");
        let plan = stage::plan(&[&triage, "publicity.views_per_follower=2"]);
        let mut log = Log::default();
        let mut world = stage::world(&plan, &mut log);
        let case = world.say(1, 1, Kind::Complaint, PAGE);
        world.until(3.0);
        world.cases[case].messages = messages;
        world.triage(case).priority
    };
    assert_eq!([rank("repeat=true", 1), rank("repeat=true", 2)], [5, 1]);
    assert_eq!([rank("waited_hours='>= 3'", 1), rank("waited_hours='> 3'", 1)], [1, 5]);
    assert_eq!([rank("audience='>= 200'", 1), rank("audience='> 200'", 1)], [1, 5]);
    assert_eq!([rank("followers='>= 100'", 1), rank("followers='> 100'", 1)], [1, 5]);
    assert_eq!([rank("tagged=true", 1), rank("tagged=false", 1)], [1, 5]);
    assert_eq!([rank("channel='page'", 1), rank("channel='mail'", 1)], [1, 5]);
}

#[test]
fn a_cause_goes_when_enough_customers_failures_have_been_read() {
    let plan = stage::plan(&[
        "company={reports_to_fix=2, days_to_fix=3, root_causes=4, failures_per_customer_month=0}",
    ]);
    let mut log = Log::default();
    let mut world = stage::world(&plan, &mut log);
    let auditor = world.customers.auditor();
    let read = |world: &mut World<'_, Log>, place, kind| {
        let case = world.say(place as u32, place, kind, MAIL);
        world.see(case);
        world.see(case);
    };
    read(&mut world, auditor, Kind::Complaint);
    read(&mut world, 1, Kind::Question);
    read(&mut world, 2, Kind::Complaint);
    world.until(200.0);
    assert!(!world.companies[0].causes.is_removed(0));
    read(&mut world, 3, Kind::Complaint);
    world.until(200.0 + 71.0);
    assert!(!world.companies[0].causes.is_removed(0));
    world.until(200.0 + 73.0);
    assert!(world.companies[0].causes.is_removed(0) && !world.companies[0].causes.is_removed(1));
}

#[test]
fn a_team_takes_first_what_it_is_rewarded_for() {
    let worth = |reward: &str| {
        let plan = stage::plan(&[&format!("team.care.rewarded_for='{reward}'")]);
        urgency(&plan.policies()[0], MAIL, 250.0, 0.75, 3.5)
    };
    assert_eq!(worth("oldest-first"), -3.5);
    assert_eq!(worth("reach-first"), 250.0);
    assert_eq!(worth("easiest-first"), -0.75);
}

#[test]
fn what_is_ignored_is_neither_read_nor_answered() {
    let plan = stage::plan(&["triage=[{do='ignore'}]"]);
    let mut log = Log::default();
    let mut world = stage::world(&plan, &mut log);
    let case = world.say(1, 1, Kind::Complaint, MAIL);
    world.until(40.0);
    assert!(!world.cases[case].seen && !world.cases[case].answered());
    assert_eq!(world.companies[0].desk.still_inside().count(), 0);
}
