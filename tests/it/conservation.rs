//! What holds by construction, in any scenario: nothing is lost, nothing is counted twice, and the
//! four words (seen, answered, heard, resolved) keep their order.

use heard_scenario::metric::Metric;
use heard_scenario::triage::Kind;
use heard_world::column::Check;
use heard_world::observer::Happening;
use proptest::prelude::*;

use crate::support::{Diary, arm, diary, experiment, experiment_of, play};

const SMALL: [&str; 5] = [
    "customers.count=1500",
    "run.days=40",
    "run.warmup_days=5",
    "run.margin_days=10",
    "run.windows={}",
];

/// Each case, from its diary: voiced at most once, ended at most once, in a possible order.
fn check_cases(diary: &Diary) {
    for (candidate, story) in &diary.cases {
        let count =
            |wanted: fn(&Happening) -> bool| story.iter().filter(|(_, what)| wanted(what)).count();
        let occasions = count(|what| matches!(what, Happening::Occasion { .. }));
        let voiced = count(|what| matches!(what, Happening::Voiced { .. }));
        let silent = count(|what| *what == Happening::Silent);
        let seen = count(|what| *what == Happening::Seen);
        let answered = count(|what| matches!(what, Happening::Answered { .. }));
        let heard = count(|what| matches!(what, Happening::Answered { heard: true, .. }));
        let resolved = count(|what| *what == Happening::Resolved);
        let unresolved_ends =
            count(|what| matches!(what, Happening::GaveUp | Happening::Settled | Happening::Left));
        assert_eq!(occasions, 1, "{candidate}: {story:?}");
        assert!(voiced + silent <= 1, "{candidate}: {story:?}");
        assert!(
            seen <= voiced && resolved <= voiced && unresolved_ends <= voiced,
            "{candidate}: {story:?}"
        );
        assert!(answered == 0 || voiced == 1, "{candidate}: {story:?}");
        assert!(heard == 0 || seen == 1, "{candidate}: {story:?}");
        assert!(resolved == 0 || heard > 0, "{candidate}: {story:?}");
        assert!(story.windows(2).all(|pair| pair[0].0 <= pair[1].0), "{candidate}: {story:?}");
        if resolved == 1 && unresolved_ends == 1 {
            // Only a late answer resolves what had already come to another end, and never after leaving.
            let end = story.iter().position(|(_, what)| matches!(what, Happening::GaveUp)).unwrap();
            assert!(story[end..].iter().any(|(_, what)| *what == Happening::Resolved), "{story:?}");
        }
    }
}

#[test]
fn every_case_of_every_arm_has_one_story_with_at_most_one_end() {
    let experiment = experiment("listening-vs-responding", &SMALL, 1);
    for arm in 0..experiment.plans.len() {
        let diary = diary(&experiment, arm, 0);
        assert!(diary.cases.len() > 300, "{}", diary.cases.len());
        check_cases(&diary);
    }
}

#[test]
fn a_page_that_nobody_staffs_hears_nobody() {
    let experiment = experiment("listening-vs-responding", &SMALL, 5);
    let results = play(&experiment);
    for name in ["no-presence", "presence-only", "listening-only", "automatic-reply"] {
        let heard =
            results.total(results.whole(arm(&experiment, name)), Metric::HeardRate).unwrap();
        assert_eq!((heard.mean, heard.low, heard.high), (0.0, Some(0.0), Some(0.0)), "{name}");
    }
    let responding =
        results.total(results.whole(arm(&experiment, "responding")), Metric::HeardRate).unwrap();
    assert!(responding.mean > 0.5);
}

#[test]
fn a_machine_answers_every_tagged_public_message_and_no_other() {
    let experiment = experiment("listening-vs-responding", &SMALL, 1);
    let diary = diary(&experiment, arm(&experiment, "automatic-reply"), 0);
    let (mut tagged, mut answered) = (0, 0);
    for story in diary.cases.values() {
        let answers = story.iter().any(|(_, what)| matches!(what, Happening::Answered { .. }));
        for (_, what) in story {
            if let Happening::Voiced { channel: 0 | 1, tagged: addressed, .. } = what {
                tagged += i32::from(*addressed);
                answered += i32::from(*addressed && answers);
                assert!(*addressed || !answers, "an untagged message was answered: {story:?}");
            }
        }
    }
    assert!(tagged > 30, "{tagged}");
    assert!(f64::from(answered) >= 0.999 * f64::from(tagged), "{answered} of {tagged}");
}

#[test]
fn arms_face_the_same_occasions_where_policy_cannot_change_them() {
    // Nobody leaves and nothing is learned: then no policy can add or remove an occasion.
    let fixed = ["reaction.leaves_at_neutral=1e-12", "company.reports_to_fix=1_000_000_000"];
    let experiment = experiment("listening-vs-responding", &[&SMALL[..], &fixed].concat(), 1);
    let occasions = |arm: usize| -> Vec<(u32, u64, Kind)> {
        let diary = diary(&experiment, arm, 0);
        let first = |(&candidate, story): (&u32, &Vec<(f64, Happening)>)| match story[0] {
            (hours, Happening::Occasion { kind, .. }) => (candidate, hours.to_bits(), kind),
            _ => panic!("a case begins with its occasion"),
        };
        diary.cases.iter().map(first).collect()
    };
    let baseline = occasions(0);
    assert!(baseline.len() > 1000);
    for arm in 1..experiment.plans.len() {
        assert_eq!(occasions(arm), baseline);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn nothing_is_lost_under_any_settings(
        seed in 0u64..1000,
        people in 0u32..4,
        coverage in 0.0..1.0f64,
        sweep in 0.5..30.0f64,
        patience in 0.5..200.0f64,
        handle in 1.0..90.0f64,
        again in 0.0..1.0f64,
        leaves in 0.001..0.5f64,
        live in any::<bool>(),
        conversations in 1u32..4,
        from in 0u32..24,
    ) {
        let until = (from + 9) % 24;
        let waits = if live { "on the line" } else { "in an inbox" };
        let sets = [
            "customers.count=400".to_owned(),
            format!("run.seed={seed}"),
            "run.days=30".to_owned(),
            "run.windows={}".to_owned(),
            "run.warmup_days=3".to_owned(),
            "run.margin_days=5".to_owned(),
            format!("customers.gives_up_hours={patience}"),
            format!("customers.writes_again={again}"),
            format!("reaction.leaves_at_neutral={leaves}"),
            format!("listening={{ coverage = {coverage}, sweep_every_hours = {sweep} }}"),
            format!("channel.email.waits='{waits}'"),
            format!("team.care.conversations_at_once={conversations}"),
            format!("answer.restore.handle.mean_minutes={handle}"),
            format!("arm.responding.team.care.shifts=[{{ days = 'Mon-Fri', hours = '{from:02}:00-{until:02}:00', people = {people} }}]"),
        ];
        let sets: Vec<&str> = sets.iter().map(String::as_str).collect();
        let experiment = experiment("listening-vs-responding", &sets, 2);
        let results = play(&experiment);
        for arm in 0..experiment.plans.len() {
            prop_assert!(results.check(arm, Check::Unaccounted).iter().all(|&n| n == 0.0));
            prop_assert!(results.check(arm, Check::LittleGap).iter().all(|&gap| gap < 1e-9));
            let rate = |metric| results.values(results.whole(arm), metric);
            let (seen, answered) = (rate(Metric::SeenRate), rate(Metric::AnswerRate));
            let (heard, resolved) = (rate(Metric::HeardRate), rate(Metric::ResolutionRate));
            for replication in 0..2 {
                let (seen, answered, heard, resolved) =
                    (seen[replication], answered[replication], heard[replication], resolved[replication]);
                prop_assert!(heard <= seen && seen <= Some(1.0), "{heard:?} {seen:?}");
                prop_assert!(heard <= answered && answered <= Some(1.0), "{heard:?} {answered:?}");
                prop_assert!(resolved <= heard, "{resolved:?} {heard:?}");
            }
        }
        check_cases(&diary(&experiment, arm(&experiment, "responding"), 1));
        check_cases(&diary(&experiment, arm(&experiment, "wrong-reply"), 0));
    }
}

#[test]
fn who_gets_a_machines_line_may_write_again_and_reach_a_person() {
    let policy = "arm.automatic-reply={ like = 'responding', triage = [{ when = { repeat = true }, do = 'restore' }, { do = 'automatic' }] }";
    let experiment = experiment("listening-vs-responding", &[&SMALL[..], &[policy]].concat(), 3);
    let results = play(&experiment);
    let arm = arm(&experiment, "automatic-reply");
    let rate = |metric| results.total(results.whole(arm), metric).unwrap().mean;
    assert!(rate(Metric::HeardRate) > 0.4 && rate(Metric::HeardRate) < rate(Metric::AnswerRate));
    assert!(rate(Metric::ResolutionRate) > 0.25);
}

/// A phone line, alone, with six people round the clock.
const PHONE: &str = "
    run = { days = 30, warmup_days = 2, margin_days = 5, headline = ['resolution_rate'] }
    customers = { count = 800 }
    channel.phone = { seen_by = 'private', waits = 'on the line' }
    [team.all]
    channels = ['phone']
    shifts = [{ days = 'Mon-Sun', hours = '00:00-24:00', people = 6 }]
    [arm.served]
    [arm.closed]
    team.all.shifts = []
    [arm.ignored]
    triage = [{ do = 'ignore' }]
    [arm.monitored]
    triage = [{ do = 'monitor' }]
    [arm.machine]
    triage = [{ do = 'automatic' }]
";

#[test]
fn a_caller_to_whom_nobody_speaks_hangs_up_and_takes_it_ill() {
    let experiment = experiment_of(PHONE, 4);
    let results = play(&experiment);
    let attitude =
        |name| results.total(results.whole(arm(&experiment, name)), Metric::Attitude).unwrap().mean;
    for name in ["closed", "ignored", "monitored", "machine"] {
        let at = arm(&experiment, name);
        assert!(results.check(at, Check::Unaccounted).iter().all(|&n| n == 0.0), "{name}");
        assert!(results.check(at, Check::Censored).iter().all(|&n| n == 0.0), "{name}");
        assert_eq!(
            results.total(results.whole(at), Metric::HeardRate).unwrap().mean,
            0.0,
            "{name}"
        );
        assert!(attitude(name) < attitude("served") - 0.02, "{name}");
    }
    assert_eq!(
        results
            .total(results.whole(arm(&experiment, "monitored")), Metric::AnswerRate)
            .unwrap()
            .mean,
        0.0
    );
}

#[test]
fn shifts_at_any_minute_run_and_staff_as_they_say() {
    let text = "
        run = { days = 28, warmup_days = 0, margin_days = 0, headline = ['cost'] }
        channel.phone = { seen_by = 'private', waits = 'on the line' }
        stream.calls = { channel = 'phone', per_hour = 0.001 }
        [team.all]
        channels = ['phone']
        wage_per_hour = 60
        shifts = [
            { days = 'Mon-Fri', hours = '09:20-17:07', people = 2 },
            { days = 'Sun', hours = '22:11-06:01', people = 1 },
        ]";
    let experiment = experiment_of(text, 1);
    let results = play(&experiment);
    // A night that began on the Sunday before is as staffed as any other.
    let minutes = 4.0 * (5.0 * 2.0 * (7.0 * 60.0 + 47.0) + 7.0 * 60.0 + 50.0);
    let cost = results.total(results.whole(0), Metric::Cost).unwrap().mean;
    assert!((cost * 28.0 / 30.0 - minutes).abs() < 10.0, "{cost} against {minutes}");
}

#[test]
fn every_hour_is_paid_at_the_wage_in_force_in_it() {
    let text = "
        run = { days = 28, warmup_days = 5, margin_days = 3, headline = ['cost'] }
        channel.phone = { seen_by = 'private', waits = 'on the line' }
        stream.calls = { channel = 'phone', per_hour = 0.001 }
        [team.all]
        channels = ['phone']
        wage_per_hour = 10
        shifts = [{ days = 'Mon-Sun', hours = '08:00-10:00', people = 3 }]
        [arm.more-later]
        switch = [
            { at_day = 14, team.all.wage_per_hour = 40 },
            { at_day = 25, team.all.wage_per_hour = 1_000 },
        ]
        [arm.more-in-mid-shift]
        switch = [{ at_day = 14.375, team.all.wage_per_hour = 40 }]";
    let experiment = experiment_of(text, 1);
    let results = play(&experiment);
    let wages = |name| {
        let cost = results.total(results.whole(arm(&experiment, name)), Metric::Cost);
        cost.unwrap().mean * 20.0 / 30.0
    };
    // Days 5 to 14 at the old wage, days 14 to 25 at the new one: 6 paid hours a day.
    assert!((wages("more-later") - 6.0 * (9.0 * 10.0 + 11.0 * 40.0)).abs() < 1.0);
    // One hour of day 14 is paid at the old wage still.
    assert!((wages("more-in-mid-shift") - 6.0 * (9.5 * 10.0 + 10.5 * 40.0)).abs() < 1.0);
}

#[test]
fn memories_shorter_than_the_run_are_forgotten_and_not_infinite() {
    let short = ["customers.belief_half_life_days=0.05", "customers.attitude_half_life_days=0.05"];
    let experiment = experiment("listening-vs-responding", &[&SMALL[..], &short].concat(), 2);
    let results = play(&experiment);
    for arm in 0..experiment.plans.len() {
        let complaints =
            results.total(results.whole(arm), Metric::ComplaintsPerFailure).unwrap().mean;
        assert!((0.1..0.3).contains(&complaints), "{complaints}");
        let attitude = results.total(results.whole(arm), Metric::Attitude).unwrap().mean;
        assert!((attitude - 0.49).abs() < 0.03, "{attitude}");
    }
}

#[test]
fn nobody_is_answered_after_leaving() {
    let leaving = ["reaction.leaves_at_neutral=0.4", "customers.gives_up_hours=6"];
    let experiment = experiment("listening-vs-responding", &[&SMALL[..], &leaving].concat(), 1);
    let diary = diary(&experiment, arm(&experiment, "responding"), 0);
    for story in diary.cases.values() {
        let left = story.iter().position(|(_, what)| *what == Happening::Left);
        let after = left.map_or(&story[..0], |at| &story[at..]);
        assert!(
            !after.iter().any(|(_, what)| matches!(what, Happening::Answered { .. })),
            "{story:?}"
        );
    }
}
