//! Who speaks up, where, and what follows from it.

use super::*;
use crate::process::stage::{self, Log, MAIL, PAGE, PHONE};

fn close(found: f64, expected: f64) {
    assert!((found - expected).abs() < 1e-6, "{found} instead of {expected}");
}

#[test]
fn choices_have_the_shares_of_the_logit() {
    let utilities = [Some(0.3), None, Some(-1.0)];
    let n = 100_000;
    let mut counts = [0; 4];
    for i in 0..n {
        let uniform = (f64::from(i) + 0.5) / f64::from(n);
        let choice = choose(uniform, utilities.iter().copied());
        counts[choice.map_or(0, |option| option + 1)] += 1;
    }
    let sum = 1.0 + libm::exp(0.3) + libm::exp(-1.0);
    let exact = [1.0 / sum, libm::exp(0.3) / sum, 0.0, libm::exp(-1.0) / sum];
    for (count, share) in counts.iter().zip(exact) {
        assert!((f64::from(*count) / f64::from(n) - share).abs() < 2e-5);
    }
}

#[test]
fn expected_times_follow_the_published_curve() {
    let settings = Customers::default();
    let n = 100_000;
    let (mut half, mut one, mut day, mut never) = (0, 0, 0, 0);
    for i in 0..n {
        let when = (f64::from(i) + 0.5) / f64::from(n);
        let hours = expected_within(&settings, true, 0.1, when);
        half += i32::from(hours <= 0.5);
        one += i32::from(hours <= 1.0);
        day += i32::from(hours <= 24.0);
        never += i32::from(expected_within(&settings, true, when, 0.5).is_infinite());
    }
    let share = |count: i32| f64::from(count) / f64::from(n);
    assert!((share(half) - 0.20).abs() < 1e-3 && (share(one) - 0.72).abs() < 1e-3);
    assert_eq!(day, n);
    assert!((share(never) - 0.59).abs() < 1e-3);
}

#[test]
fn a_channel_is_worth_urge_and_belief_less_effort_and_in_public_anger() {
    let plan = stage::plan(&[
        "channel.page.effort=0.25",
        "channel.mail.effort=-0.5",
        "channel.phone.presented=false",
        "channel.mail.belief=0",
        "customers.belief_weight=3",
        "customers.anger_weight=2",
    ]);
    let mut log = Log::default();
    let mut world = stage::world(&plan, &mut log);
    let (intercept, slope) = (plan.setting.voice_intercept, plan.setting.voice_slope);
    world.customers.move_attitude(3, 0, -1.0, 0.5, 0.0);
    world.customers.learn(3, MAIL, true, 0.5, 0.0);
    world.weigh(3, 0, 0.5);
    let urge = intercept + 0.5 * slope;
    close(world.utilities[PAGE].unwrap(), urge - 0.25 + 1.0);
    close(world.utilities[MAIL].unwrap(), urge + 0.5 + 1.5);
    assert_eq!(world.utilities[PHONE], None);
    // Those who are pleased are not the less inclined.
    world.customers.move_attitude(3, 0, 1.0, 1.0, 0.0);
    world.weigh(3, 0, 0.0);
    close(world.utilities[PAGE].unwrap(), intercept - 0.25);
}

#[test]
fn as_many_speak_up_as_the_scenario_says_at_either_severity() {
    let plan = stage::plan(&[
        "customers.count=20000",
        "customers.market_size=1000000",
        "team.care.shifts=[]",
    ]);
    for (severity, share) in [(0.8, 0.75), (0.1, 0.03)] {
        let mut log = Log::default();
        let mut world = stage::world(&plan, &mut log);
        for who in 0..20_000 {
            let occasion = stage::occasion(who, who as usize, Kind::Question);
            world.speak_or_not(Occasion { severity, ..occasion });
        }
        let voiced = world.cases.len() as f64 / 20_000.0;
        assert!((voiced - share).abs() < 0.012, "{voiced} at {severity}");
    }
}

#[test]
fn praise_goes_to_public_channels_by_their_ease() {
    let plan = stage::plan_with(
        &["customers.count=20000", "customers.market_size=1000000", "company.delight_voiced=0.5"],
        "[channel.forum]\nseen_by = 'public'\nwaits = 'in an inbox'\neffort = 1\n",
    );
    let mut log = Log::default();
    let mut world = stage::world(&plan, &mut log);
    (0..20_000).for_each(|who| {
        world.praise_or_not(stage::occasion(who, who as usize, Kind::Praise));
    });
    let on = |channel: usize| {
        let there = world.cases.iter().filter(|case| usize::from(case.channel) == channel);
        there.count() as f64 / 20_000.0
    };
    let ease = 1.0 / (1.0 + libm::exp(-1.0));
    assert!((on(PAGE) - 0.5 * ease).abs() < 0.012, "{}", on(PAGE));
    assert!((on(3) - 0.5 * (1.0 - ease)).abs() < 0.012, "{}", on(3));
    assert_eq!((on(MAIL), on(PHONE)), (0.0, 0.0));
}

#[test]
fn a_new_case_says_who_waits_where_for_how_long() {
    let plan = stage::plan(&[
        "channel.page.tagged=0",
        "reaction.voice_relief=0.25",
        "publicity.viewer_moves=0",
    ]);
    let mut log = Log::default();
    let mut world = stage::world(&plan, &mut log);
    world.until(5.0);
    let case = world.say(7, 3, Kind::Complaint, PAGE);
    let this = world.cases[case].clone();
    assert_eq!((this.candidate, this.place, this.company, this.messages), (7, 3, 0, 1));
    assert_eq!((this.voiced_at, this.asked_at, this.expected_within), (5.0, 5.0, 2.0));
    assert!(this.waiting && !this.tagged && !this.outsider && this.post.is_some());
    close(world.customers.attitude(3, 0, 5.0), 0.25);
    // What is private names the company, and a question gives no relief.
    let case = world.say(8, 4, Kind::Question, MAIL);
    assert!(world.cases[case].tagged && world.cases[case].post.is_none());
    assert_eq!(world.customers.attitude(4, 0, 5.0), 0.0);
    let auditor = world.customers.auditor();
    let case = world.say(9, auditor, Kind::Complaint, MAIL);
    assert!(world.cases[case].outsider);
}

#[test]
fn a_promise_of_a_reply_is_what_is_expected() {
    let plan = stage::plan(&["company.promised_reply_hours=7"]);
    let mut log = Log::default();
    let mut world = stage::world(&plan, &mut log);
    let case = world.say(7, 3, Kind::Complaint, MAIL);
    assert_eq!(world.cases[case].expected_within, 7.0);
}

#[test]
fn expectations_run_straight_between_their_points() {
    let settings = Customers::default();
    for (when, hours) in [(0.1, 0.25), (0.2, 0.5), (0.46, 0.75), (0.72, 1.0), (0.86, 12.5)] {
        close(expected_within(&settings, false, 0.5, when), hours);
    }
    assert!(expected_within(&settings, false, 0.95, 0.5).is_infinite());
    assert!(expected_within(&settings, true, 0.5, 0.5).is_infinite());
}

#[test]
fn silence_is_judged_once_when_overdue_and_ends_in_giving_up() {
    let plan = stage::plan(&["team.care.shifts=[]", "customers.escalation_push=-20"]);
    let mut log = Log::default();
    let mut world = stage::world(&plan, &mut log);
    let case = world.say(7, 3, Kind::Complaint, MAIL);
    world.until(100.0);
    assert_eq!(world.cases[case].ending, Some(Ending::GaveUp));
    let story = world.story(7);
    // Silence, and the gap between a presence and no answer.
    let ignored = Happening::Ignored { satisfaction: -0.4 - 0.3 };
    assert_eq!(story[2..], [(2.0, ignored), (48.0, Happening::GaveUp)]);
    let belief = plan.policies()[0].channels[MAIL].belief;
    let gain = world.customers.belief_gain(3, MAIL, 48.0);
    assert!((gain + 0.2 * belief).abs() < 1e-6, "{gain}");
}

#[test]
fn who_sees_others_answered_takes_silence_worse() {
    let judged = |sets: &[&str], answers: f64| {
        let plan = stage::plan(&[sets, &["team.care.shifts=[]"]].concat());
        let mut log = Log::default();
        let mut world = stage::world(&plan, &mut log);
        world.companies[0].seen_answers = 5.0;
        world.say(7, 3, Kind::Complaint, MAIL);
        world.companies[0].seen_answers = 5.0 + answers;
        world.until(2.0);
        match world.story(7).last() {
            Some((_, Happening::Ignored { satisfaction })) => *satisfaction,
            other => panic!("{other:?}"),
        }
    };
    close(judged(&["reaction.envy=0.2"], 0.0), -0.7);
    close(judged(&["reaction.envy=0.2"], 1.0), -0.7 - 0.2 * (1.0 - libm::exp(-1.0)));
    close(judged(&["reaction.envy=2"], 9.0), -1.0);
    close(judged(&["channel.mail.presented=false"], 0.0), -0.4);
}

#[test]
fn a_private_attempt_that_failed_goes_public_once() {
    let plan = stage::plan(&["team.care.shifts=[]", "customers.escalation_push=20"]);
    let mut log = Log::default();
    let mut world = stage::world(&plan, &mut log);
    let case = world.say(7, 3, Kind::Complaint, MAIL);
    let question = world.say(8, 4, Kind::Question, MAIL);
    world.until(47.0);
    assert_eq!(world.cases[case].post, None);
    world.until(49.0);
    let this = &world.cases[case];
    assert!(this.escalated && this.tagged && this.post.is_some() && this.ending.is_none());
    assert_eq!((this.channel, this.first_channel, this.messages), (PAGE as u16, MAIL as u16, 2));
    assert_eq!(world.cases[question].ending, Some(Ending::GaveUp));
    world.until(200.0);
    assert_eq!(
        (world.cases[case].ending, world.cases[case].ended_at),
        (Some(Ending::GaveUp), 96.0)
    );
    let went = |what: &Happening| matches!(what, Happening::WentPublic { channel: PAGE });
    assert_eq!(world.story(7).iter().filter(|(_, what)| went(what)).count(), 1);
}

#[test]
fn who_goes_on_to_another_channel_expects_what_is_expected_there() {
    // Nobody expects a reply in public, and everybody one in private.
    let expected = |triage: &str, channel| {
        let mut plan = stage::plan(&[
            "customers.expects_reply_public=0",
            "customers.expects_reply_private=1",
            "customers.follows_redirect=1",
            "customers.escalation_push=20",
            "answer.restore.fixes=0",
            triage,
        ]);
        plan.phases[0].policies[0].company.promised_reply_hours = None;
        let mut log = Log::default();
        let mut world = stage::world(&plan, &mut log);
        let case = world.say(1, 1, Kind::Complaint, channel);
        let before = world.cases[case].expected_within;
        world.until(0.6);
        (before, world.cases[case].channel as usize, world.cases[case].expected_within)
    };
    let (before, now, after) = expected("triage=[{ do='restore' }]", MAIL);
    assert!(now == PAGE && before <= 24.0 && after.is_infinite(), "{before} {after}");
    let sent_on =
        "triage=[{ when={ channel='page' }, do='redirect', to='mail' }, { do='restore' }]";
    let (before, now, after) = expected(sent_on, PAGE);
    assert!(now == MAIL && before.is_infinite() && after <= 24.0, "{before} {after}");
}

#[test]
fn anger_makes_rants_of_complaints_in_public() {
    let plan = stage::plan(&[
        "customers.count=10000",
        "customers.market_size=1000000",
        "customers.rages=0.8",
    ]);
    let mut log = Log::default();
    let mut world = stage::world(&plan, &mut log);
    (0..10_000).for_each(|who| world.customers.move_attitude(who, 0, -1.0, 0.5, 0.0));
    let mut rants = |kind, public| {
        let manner = |who: u32| world.manner(stage::occasion(who, who as usize, kind), public);
        (0..10_000).map(manner).filter(|&kind| kind == Kind::Rage).count()
    };
    let found = rants(Kind::Complaint, true);
    assert!((found as f64 / 10_000.0 - 0.4).abs() < 0.02, "{found}");
    assert_eq!((rants(Kind::Complaint, false), rants(Kind::Question, true)), (0, 0));
}

#[test]
fn what_is_misread_is_taken_for_any_of_the_other_kinds() {
    let plan = stage::plan(&[]);
    let mut log = Log::default();
    let world = stage::world(&plan, &mut log);
    let n = 20_000;
    let mut counts = [0; 6];
    (0..n).for_each(|who| counts[world.looks(who, Kind::Question, 0.5) as usize] += 1);
    for kind in Kind::ALL {
        let share = f64::from(counts[kind as usize]) / f64::from(n);
        let expected = if kind == Kind::Question { 0.5 } else { 0.1 };
        assert!((share - expected).abs() < 0.012, "{kind:?}: {share}");
    }
    assert!((0..1000).all(|who| world.looks(who, Kind::Rage, 0.0) == Kind::Rage));
}

#[test]
fn a_case_that_is_over_is_written_about_no_more() {
    let plan = stage::plan(&["team.care.shifts=[]"]);
    let mut log = Log::default();
    let mut world = stage::world(&plan, &mut log);
    let case = world.say(7, 3, Kind::Complaint, MAIL);
    assert!(world.still_waits(case, 1) && !world.still_waits(case, 2));
    world.writes_again(case);
    assert_eq!(world.cases[case].messages, 2);
    assert!(!world.still_waits(case, 1));
    world.cases[case].waiting = false;
    assert!(!world.still_waits(case, 2));
    world.cases[case].ending = Some(Ending::Settled);
    world.writes_again(case);
    world.give_up(case);
    assert_eq!((world.cases[case].messages, world.cases[case].ending), (2, Some(Ending::Settled)));
}
