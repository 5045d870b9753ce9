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

/// When what is said at these hours and does not name the company is read: at once, if searched for.
fn read_at(sets: &[&str], said: &[f64]) -> Vec<f64> {
    let quick = "customers.gives_up_hours=1_000";
    let plan = stage::plan(&[&[UNTAGGED, quick], sets].concat());
    let mut log = Log::default();
    let mut world = stage::world(&plan, &mut log);
    for (who, hours) in said.iter().enumerate() {
        world.until(*hours);
        world.say(who as u32, who, Kind::Question, PAGE);
    }
    world.until(100.0);
    let read =
        |who| world.story(who).iter().find(|(_, what)| *what == Happening::Seen).map(|it| it.0);
    (0..said.len() as u32).map(|who| read(who).unwrap_or(f64::INFINITY)).collect()
}

#[test]
fn whoever_comes_on_duty_searches_and_then_at_the_interval_until_nobody_is_there() {
    let sets = [
        "listening={coverage=1, sweep_every_hours=3, minutes_per_message=0}",
        "triage=[{ do = 'ignore' }]",
        "team.care.shifts=[{days='Mon-Sun', hours='10:00-16:30', people=1}]",
    ];
    let read = read_at(&sets, &[1.0, 10.5, 13.5, 16.2, 20.0]);
    assert_eq!(read, [10.0, 13.0, 16.0, 34.0, 34.0]);
}

#[test]
fn who_takes_over_does_not_begin_to_search_again() {
    let sets = [
        "listening={coverage=1, sweep_every_hours=3, minutes_per_message=0}",
        "triage=[{ do = 'ignore' }]",
        "team.care.shifts=[{days='Mon-Sun', hours='10:00-12:00', people=1}, \
         {days='Mon-Sun', hours='12:00-14:00', people=2}]",
    ];
    assert_eq!(read_at(&sets, &[9.0, 11.5]), [10.0, 13.0]);
    let apart = sets.map(|set| set.replace("'12:00-14:00'", "'12:01-14:00'"));
    let apart: Vec<&str> = apart.iter().map(String::as_str).collect();
    let read = read_at(&apart, &[9.0, 11.5]);
    assert!(read[0] == 10.0 && (read[1] - 12.0 - 1.0 / 60.0).abs() < 1e-9, "{read:?}");
}

#[test]
fn at_one_instant_shifts_change_first_and_searches_come_last() {
    // The search falls on the end of the shift: whether that was known before or not, nobody is there
    // to make it.
    for shifts in [
        "[{days='Mon-Sun', hours='10:00-12:00', people=1}]",
        "[{days='Mon-Sun', hours='10:00-12:00', people=1}, \
          {days='Mon-Sun', hours='10:30-12:00', people=1}]",
    ] {
        let shifts = format!("team.care.shifts={shifts}");
        let sets = [
            "listening={coverage=1, sweep_every_hours=2, minutes_per_message=0}",
            "triage=[{ do = 'ignore' }]",
            shifts.as_str(),
        ];
        assert_eq!(read_at(&sets, &[9.0, 11.0]), [10.0, 34.0]);
    }
    // What is found as people come on is in line before they take what was there.
    let sets = [
        "listening={coverage=1, sweep_every_hours=2, minutes_per_message=30}",
        "team.care.shifts=[{days='Mon-Sun', hours='10:00-18:00', people=1}]",
    ];
    let plan = stage::plan(&[&[UNTAGGED], &sets[..]].concat());
    let mut log = Log::default();
    let mut world = stage::world(&plan, &mut log);
    world.say(1, 1, Kind::Question, MAIL);
    world.say(2, 2, Kind::Question, PAGE);
    world.until(18.0);
    let picked = |who| {
        world.story(who).iter().find(|it| matches!(it.1, Happening::PickedUp { .. })).map(|it| it.0)
    };
    assert_eq!((picked(1), picked(2)), (Some(10.5), Some(11.0)));
}

#[test]
fn a_team_that_begins_to_listen_searches_at_once_and_one_that_goes_on_keeps_to_its_time() {
    let more = "[team.others]\nchannels = ['page']\n\
                shifts = [{ days = 'Mon-Sun', hours = '00:00-24:00', people = 1 }]\n\
                [arm.turns]\nswitch = [{ at_day = 1.25, listening.team = 'others' }, \
                { at_day = 2.25, listening.sweep_every_hours = 12 }]\n";
    let plan = stage::plan_with(
        &[
            UNTAGGED,
            "listening={team='care', coverage=1, sweep_every_hours=8, minutes_per_message=0}",
            "triage=[{ do = 'ignore' }]",
        ],
        more,
    );
    let mut log = Log::default();
    let mut world = stage::world(&plan, &mut log);
    let said = [25.0, 31.0, 53.0, 55.0, 63.0];
    for (who, hours) in said.iter().enumerate() {
        world.until(*hours);
        world.say(who as u32, who, Kind::Question, PAGE);
    }
    world.until(100.0);
    let read = |who| world.story(who).iter().find(|it| it.1 == Happening::Seen).map(|it| it.0);
    // Searches at 24 by the old team; at 30 by the new one, and every 8 hours; after 54 every 12.
    let read: Vec<f64> = (0..5).filter_map(read).collect();
    assert_eq!(read, [30.0, 38.0, 54.0, 66.0, 66.0]);
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
