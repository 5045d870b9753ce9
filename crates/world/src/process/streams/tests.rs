//! What happens to anonymous contacts.

use super::*;
use crate::process::stage::{self, Log};
use crate::record::column::Column;
use heard_scenario::metric::Metric;

const CALLS: &str = "[stream.calls]\nchannel = 'phone'\nper_hour = 4\nhangs_up = true\n\
    handle = { mean_minutes = 6, shape = 'constant' }\n";

/// Metrics of the whole run.
fn metrics<const N: usize>(sets: &[&str], more: &str, metrics: [Metric; N]) -> [f64; N] {
    let plan = stage::plan_with(sets, more);
    let mut log = Log::default();
    let mut world = stage::world(&plan, &mut log);
    world.until(240.0);
    let values = world.finish(&metrics.map(Column::Total));
    std::array::from_fn(|at| values[at])
}

const RATES: [Metric; 4] =
    [Metric::SeenRate, Metric::AnswerRate, Metric::HeardRate, Metric::ResolutionRate];

#[test]
fn contacts_come_at_their_rate_and_keep_people_busy() {
    let plan = stage::plan_with(
        &["team.care.shifts=[{days='Mon-Sun', hours='00:00-24:00', people=50}]"],
        CALLS,
    );
    let mut log = Log::default();
    let mut world = stage::world(&plan, &mut log);
    world.until(240.0);
    let expected: f64 = 4.0 * 240.0;
    let came = f64::from(world.companies[0].streams[0].number);
    assert!((came - expected).abs() < 4.0 * expected.sqrt(), "{came}");
    let values =
        world.finish(&[Column::Total(Metric::Occupancy), Column::Total(Metric::AnswerRate)]);
    // 6 minutes each of 50 people.
    assert!((values[0] - came * 0.1 / (50.0 * 240.0)).abs() < 1e-4, "{}", values[0]);
    assert!(values[1] > 0.99);
}

#[test]
fn what_is_solved_depends_on_the_answer_and_on_who_gives_it() {
    let [seen, answered, heard, resolved] = metrics(&["answer.restore.fixes=0.3"], CALLS, RATES);
    assert!(seen > 0.99 && answered == seen && heard == seen);
    assert!((resolved / seen - 0.3).abs() < 0.06, "{resolved}");
    assert_eq!(metrics(&["team.care.may=[]"], CALLS, RATES)[3], 0.0);
    let aside = metrics(&["triage=[{do='off-topic'}]"], CALLS, RATES);
    assert!(aside[1] > 0.99 && aside[2] == 0.0 && aside[3] == 0.0);
}

#[test]
fn a_machine_answers_at_once_and_solves_what_it_can() {
    let sets = ["triage=[{do='automatic'}]", "answer.automatic.fixes=0.3"];
    let [seen, answered, heard, resolved] = metrics(&sets, CALLS, RATES);
    assert_eq!((seen, answered, heard), (0.0, 1.0, 0.0));
    assert!((resolved - 0.3).abs() < 0.06, "{resolved}");
    assert_eq!(metrics(&sets, CALLS, [Metric::FirstAnswerHoursP50]), [0.0]);
}

#[test]
fn callers_before_a_closed_line_hang_up_and_call_again_or_do_not() {
    let closed = ["team.care.shifts=[]"];
    let [answered, hung_up] = metrics(&closed, CALLS, [Metric::AnswerRate, Metric::AbandonRate]);
    assert_eq!((answered, hung_up), (0.0, 1.0));
    let waits = [Metric::WaitSecondsServed, Metric::WaitSecondsAbandoned];
    assert!(metrics(&closed, CALLS, waits).iter().all(|wait| wait.is_nan()));
    let attempts = |redials: f64| {
        let plan = stage::plan_with(&closed, &format!("{CALLS}redials = {redials}\n"));
        let mut log = Log::default();
        let mut world = stage::world(&plan, &mut log);
        world.until(240.0);
        let came = f64::from(world.companies[0].streams[0].number);
        1.0 + world.redials.len() as f64 / came
    };
    assert_eq!(attempts(0.0), 1.0);
    assert!((attempts(0.5) - 2.0).abs() < 0.15, "{}", attempts(0.5));
}

#[test]
fn each_call_again_is_one_attempt_more_within_the_hour() {
    let plan = stage::plan_with(&["team.care.shifts=[]"], &format!("{CALLS}redials = 0.99\n"));
    let mut log = Log::default();
    let mut world = stage::world(&plan, &mut log);
    world.until(20.0);
    for (_, contact) in &world.redials {
        assert!(contact.attempt >= 1 && contact.arrived >= contact.voiced_at);
        let longest = f64::from(contact.attempt - 1);
        assert!(contact.arrived - contact.voiced_at <= longest + 1e-9);
    }
    assert!(world.redials.iter().any(|(_, contact)| contact.attempt > 5));
}

#[test]
fn a_call_is_answered_when_picked_up_and_a_letter_when_the_reply_is_written() {
    let median = |stream: &str| {
        let people = "team.care.shifts=[{days='Mon-Sun', hours='00:00-24:00', people=50}]";
        metrics(&[people], stream, [Metric::FirstAnswerHoursP50])[0]
    };
    assert_eq!(median(CALLS), 0.0);
    let letters = "[stream.letters]\nchannel = 'mail'\nper_hour = 4\n";
    // Restoring takes half an hour, and bins of the curve are 6.5% wide.
    let found = median(letters);
    assert!(found > 0.46 && found < 0.54, "{found}");
}

#[test]
fn attempts_of_one_caller_and_callers_of_two_streams_have_keys_of_their_own() {
    let keys =
        [(0, 0), (1, 0), (0, 1), (1, 1), (0, 2), (7, 255)].map(|(s, a)| stream_attempt(s, a));
    assert_eq!(keys, [0, 1, 256, 257, 512, 7 + 255 * 256]);
    assert_eq!(stream_attempt(3, 300), stream_attempt(3, 255));
}

#[test]
fn where_nobody_queues_callers_wait_as_long_as_it_rings() {
    let crowd = "team.care.shifts=[{days='Mon-Sun', hours='00:00-24:00', people=50}]";
    let patient = "channel.phone.patience={mean_minutes=10_000, shape='constant'}";
    let found = [Metric::WaitSecondsServed, Metric::Occupancy, Metric::AbandonRate];
    let rings = ["team.care.pickup_seconds=30", "team.care.pickup_sigma=0.4", crowd, patient];
    let [wait, occupancy, gave_up] = metrics(&rings, CALLS, found);
    // The mean of some 960 of a lognormal, whose coefficient of variation is 0.417.
    assert!((wait - 30.0).abs() < 3.0 * 30.0 * 0.417 / 960.0_f64.sqrt(), "{wait}");
    assert_eq!(gave_up, 0.0);
    let [none, without, _] = metrics(&[crowd, patient], CALLS, found);
    assert_eq!(none, 0.0);
    // It rings for a twelfth of a conversation of six minutes.
    assert!((occupancy / without - 1.0 - wait / 360.0).abs() < 1e-3, "{occupancy} {without}");
}
