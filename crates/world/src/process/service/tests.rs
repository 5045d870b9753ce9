//! What happens at the desk, and on the line to it.

use super::*;
use crate::process::stage::{self, Log, MAIL, PAGE, PHONE};
use crate::terms::case::{Case, Ending};
use crate::terms::occasion::Occasion;
use heard_scenario::metric::Metric;
use heard_scenario::triage::Kind;

fn played(sets: &[&str], channel: usize, hours: f64) -> (Case, Vec<(f64, Happening)>) {
    let plan = stage::plan(sets);
    let mut log = Log::default();
    let mut world = stage::world(&plan, &mut log);
    let case = world.say(7, 3, Kind::Complaint, channel);
    world.until(hours);
    (world.cases[case].clone(), world.story(7))
}

const NOBODY: &str = "team.care.shifts=[]";
const QUIET: &str = "customers.escalation_push=-20";

#[test]
fn a_call_is_answered_when_somebody_picks_up_and_a_message_when_the_reply_is_written() {
    let busy = |channel| {
        let plan = stage::plan(&[]);
        let mut log = Log::default();
        let mut world = stage::world(&plan, &mut log);
        world.say(1, 1, Kind::Complaint, PHONE);
        let case = world.say(2, 2, Kind::Complaint, channel);
        world.until(10.0);
        (world.cases[case].answered_at, world.cases[case].resolved_at)
    };
    assert_eq!(busy(PHONE), (0.5, 1.0));
    assert_eq!(busy(MAIL), (1.0, 1.0));
    assert_eq!(busy(PAGE), (1.0, 1.0));
}

#[test]
fn a_contact_goes_where_it_can() {
    let route = |sets: &[&str], channel, action, steadfast| {
        let plan = stage::plan(sets);
        let mut log = Log::default();
        let world = stage::world(&plan, &mut log);
        world.route(0, channel, action, steadfast)
    };
    assert_eq!(route(&[], MAIL, Action::Automatic, false), Route::Machine);
    assert_eq!(route(&[], PHONE, Action::Automatic, false), Route::Machine);
    for action in [Action::Restore, Action::Monitor] {
        assert_eq!(route(&[], MAIL, action, false), Route::Desk);
        assert_eq!(route(&[NOBODY], MAIL, action, false), Route::Desk);
    }
    assert_eq!(route(&[], MAIL, Action::Ignore, false), Route::Nowhere);
    assert_eq!(
        route(&["team.care.channels=['page']"], MAIL, Action::Restore, false),
        Route::Nowhere
    );
    assert_eq!(route(&[], PHONE, Action::Restore, false), Route::Desk);
    assert_eq!(route(&[], PHONE, Action::Monitor, false), Route::HangsUp);
    assert_eq!(route(&[], PHONE, Action::Ignore, true), Route::HangsUp);
    assert_eq!(route(&[NOBODY], PHONE, Action::Restore, false), Route::HangsUp);
    assert_eq!(route(&[NOBODY], PHONE, Action::Restore, true), Route::Desk);
}

#[test]
fn callers_hang_up_when_their_patience_is_over() {
    let plan = stage::plan(&["answer.restore.handle={mean_minutes=600, shape='constant'}", QUIET]);
    let mut log = Log::default();
    let mut world = stage::world(&plan, &mut log);
    world.say(1, 1, Kind::Complaint, PHONE);
    let case = world.say(2, 2, Kind::Complaint, PHONE);
    world.until(20.0);
    let this = &world.cases[case];
    assert_eq!((this.ending, this.ended_at), (Some(Ending::GaveUp), 1.0));
    assert_eq!(world.story(2)[2], (1.0, Happening::HungUp));
    // One was served at once, and one hung up after an hour.
    let mut columns = Vec::new();
    for metric in crate::record::column::WAITS {
        columns.push(crate::record::column::Column::Total(metric));
    }
    assert_eq!(world.finish(&columns), [1800.0, 0.0, 3600.0, 0.5, 0.5]);
}

#[test]
fn who_finds_nobody_calls_again_as_often_as_anybody_writes() {
    let (case, story) = played(&[NOBODY, QUIET], PHONE, 50.0);
    assert_eq!((case.ending, case.ended_at, case.messages), (Some(Ending::GaveUp), 0.0, 1));
    assert!(story.contains(&(0.0, Happening::HungUp)));
    let (case, story) = played(&[NOBODY, QUIET, "customers.redials=0.99"], PHONE, 50.0);
    assert_eq!((case.ending, case.messages), (Some(Ending::GaveUp), 4));
    let hung_up = story.iter().filter(|(_, what)| *what == Happening::HungUp);
    assert_eq!(hung_up.count(), 4);
    // Each call comes within the hour after the one before.
    assert!(case.ended_at > 0.0 && case.ended_at < 3.0);
}

#[test]
fn who_was_turned_away_counts_among_the_callers_who_hung_up() {
    let plan = stage::plan(&[NOBODY, QUIET]);
    let hung_up = |probe: bool| {
        let mut log = Log::default();
        let mut world = stage::world(&plan, &mut log);
        let case = world.say(1, 1, Kind::Complaint, MAIL);
        world.cases[case].probe = probe;
        world.cases[case].channel = PHONE as u16;
        world.turned_away(case);
        world.total(Metric::AbandonRate)
    };
    assert_eq!(hung_up(false), 1.0);
    assert!(hung_up(true).is_nan());
}

#[test]
fn a_target_cuts_conversations_short_and_with_them_the_chance_of_a_solution() {
    let contact = |target: &str, channel| {
        let plan = stage::plan(&[target]);
        let mut log = Log::default();
        let mut world = stage::world(&plan, &mut log);
        let case = world.say(7, 3, Kind::Complaint, channel);
        let place = 0;
        let contact = *world.companies[0].desk.contact(place);
        world.until(10.0);
        (contact.handle, contact.solves, world.cases[case].answered_at)
    };
    let (whole, luck, _) = contact("team.care.wage_per_hour=1", MAIL);
    assert_eq!(whole, 0.5);
    let (cut, worse, answered) = contact("team.care.handle_target_minutes=15", MAIL);
    assert_eq!((cut, answered), (0.25, 0.25));
    assert!((worse - 2.0 * luck).abs() < 1e-12);
    assert_eq!(contact("team.care.handle_target_minutes=30", MAIL), (0.5, luck, 0.5));
}

#[test]
fn a_known_face_takes_less_time_where_people_go_by_name() {
    for (known, later) in [("team.care.named=true", 0.4), ("team.care.skill_sd=0.1", 0.5)] {
        let plan = stage::plan(&[
            known,
            "answer.restore.fixes=0",
            "customers.writes_again=1",
            "reaction.familiar_bonus=0.2",
        ]);
        let mut log = Log::default();
        let mut world = stage::world(&plan, &mut log);
        world.say(7, 3, Kind::Complaint, MAIL);
        world.until(100.0);
        let story = world.story(7);
        let at = |is: fn(&Happening) -> bool| -> Vec<f64> {
            story.iter().filter(|(_, what)| is(what)).map(|(at, _)| *at).collect()
        };
        let picked = at(|what| matches!(what, Happening::PickedUp { person: Some(0), .. }));
        let answered = at(|what| matches!(what, Happening::Answered { .. }));
        assert_eq!((picked.len(), answered.len()), (4, 4));
        for (message, (from, to)) in picked.iter().zip(&answered).enumerate() {
            let expected = if message == 0 { 0.5 } else { later };
            assert!((to - from - expected).abs() < 1e-9, "{message}");
        }
    }
}

#[test]
fn people_come_and_go_with_their_shifts_and_take_up_what_waits() {
    let shift = "team.care.shifts=[{days='Mon-Sun', hours='09:00-10:00', people=2}]";
    let plan = stage::plan(&[shift]);
    let mut log = Log::default();
    let mut world = stage::world(&plan, &mut log);
    let cases: Vec<usize> =
        (1..=5).map(|who| world.say(who as u32, who, Kind::Complaint, MAIL)).collect();
    world.until(8.9);
    assert!(!world.companies[0].desk.is_there(0));
    world.until(9.1);
    assert!(world.companies[0].desk.is_there(0));
    world.until(100.0);
    let answered: Vec<f64> = cases.iter().map(|&case| world.cases[case].answered_at).collect();
    assert_eq!(answered, [9.5, 9.5, 10.0, 10.0, 33.5]);
}

#[test]
fn who_went_on_to_another_channel_no_longer_looks_at_the_old_one() {
    let plan = stage::plan(&[]);
    let mut log = Log::default();
    let mut world = stage::world(&plan, &mut log);
    let case = world.say(7, 3, Kind::Complaint, MAIL);
    world.cases[case].channel = PAGE as u16;
    world.until(1.0);
    assert!(world.cases[case].seen && !world.cases[case].answered());
}

#[test]
fn what_a_conversation_leads_to_waits_behind_those_who_wait() {
    // An answer that solves nothing drives the customer from the mail to the page at once, and the
    // page comes first.
    let plan = stage::plan(&[
        "answer.restore.fixes=0",
        "customers.escalation_push=20",
        "triage=[{ when = { channel = 'page' }, do = 'restore', priority = 1 }, { do = 'restore' }]",
    ]);
    let mut log = Log::default();
    let mut world = stage::world(&plan, &mut log);
    world.say(1, 1, Kind::Complaint, MAIL);
    world.say(2, 2, Kind::Complaint, MAIL);
    world.until(5.0);
    let picked = |candidate| -> Vec<f64> {
        let story = world.story(candidate);
        let picked = story.iter().filter(|(_, what)| matches!(what, Happening::PickedUp { .. }));
        picked.map(|(at, _)| *at).collect()
    };
    assert_eq!((picked(1), picked(2)), (vec![0.0, 1.0], vec![0.5, 1.5]));
}

#[test]
fn the_best_of_what_a_search_has_found_goes_first() {
    let plan = stage::plan(&[
        "channel.page.tagged=0",
        "listening.coverage=1",
        "listening.minutes_per_message=0",
        "triage=[{ when = { followers = '>= 1_000' }, do = 'restore', priority = 1 }, { do = 'restore' }]",
    ]);
    let mut log = Log::default();
    let mut world = stage::world(&plan, &mut log);
    for (candidate, followers) in [(1, 100.0), (2, 5_000.0), (3, 100.0)] {
        let occasion = stage::occasion(candidate, candidate as usize, Kind::Complaint);
        world.speak(Occasion { followers, ..occasion }, PAGE, None);
    }
    world.until(20.0);
    let answered = [0, 1, 2].map(|case| world.cases[case].answered_at);
    let found = answered.map(|hours| hours - answered[1]);
    assert_eq!(found, [0.5, 0.0, 1.0]);
}

const RINGS: &str = "team.care.pickup_seconds=36";
const ALIKE: &str = "team.care.pickup_sigma=0";

#[test]
fn a_call_rings_before_somebody_picks_up_and_a_message_does_not() {
    let plan = stage::plan(&[RINGS, ALIKE]);
    let mut log = Log::default();
    let mut world = stage::world(&plan, &mut log);
    let first = world.say(1, 1, Kind::Complaint, PHONE);
    let second = world.say(2, 2, Kind::Complaint, PHONE);
    let message = world.say(3, 3, Kind::Complaint, MAIL);
    world.until(10.0);
    let at = |case: usize| (world.cases[case].answered_at, world.cases[case].resolved_at);
    let close =
        |(a, b): (f64, f64), (c, d): (f64, f64)| (a - c).abs() < 1e-12 && (b - d).abs() < 1e-12;
    assert!(close(at(first), (0.01, 0.51)), "{:?}", at(first));
    assert!(close(at(second), (0.52, 1.02)), "{:?}", at(second));
    assert!(close(at(message), (1.52, 1.52)), "{:?}", at(message));
    // Of ten days somebody is taken for the calls, ringing and all, and for the message.
    let occupancy = world.total(Metric::Occupancy);
    assert!((occupancy - 1.52 / 240.0).abs() < 1e-12, "{occupancy}");
}

#[test]
fn who_hangs_up_while_it_rings_leaves_the_person_free_for_the_next() {
    let patience = "channel.phone.patience={mean_minutes=30, shape='constant'}";
    let plan = stage::plan(&["team.care.pickup_seconds=3_600", ALIKE, patience, QUIET]);
    let mut log = Log::default();
    let mut world = stage::world(&plan, &mut log);
    world.say(1, 1, Kind::Complaint, PHONE);
    world.until(0.2);
    world.say(2, 2, Kind::Complaint, PHONE);
    let message = world.say(3, 3, Kind::Complaint, MAIL);
    world.until(10.0);
    for (candidate, hung_up) in [(1, 0.5), (2, 0.7)] {
        let story = world.story(candidate);
        assert!(story.contains(&(hung_up, Happening::HungUp)), "{story:?}");
        assert!(!story.iter().any(|(_, what)| matches!(what, Happening::PickedUp { .. })));
    }
    assert_eq!(world.cases[message].answered_at, 1.2);
    assert_eq!(world.total(Metric::AbandonRate), 1.0);
}

#[test]
fn who_is_told_apart_is_free_again_after_a_call_that_was_hung_up() {
    let patience = "channel.phone.patience={mean_minutes=30, shape='constant'}";
    let named = "team.care.named=true";
    let plan = stage::plan(&["team.care.pickup_seconds=3_600", ALIKE, patience, QUIET, named]);
    let mut log = Log::default();
    let mut world = stage::world(&plan, &mut log);
    world.say(1, 1, Kind::Complaint, PHONE);
    assert_eq!(world.companies[0].desk.free_people(0).count(), 0);
    world.until(1.0);
    assert_eq!(world.companies[0].desk.free_people(0).count(), 1);
}
