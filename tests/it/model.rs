//! What the parts of the model promise, played as small worlds.

use std::collections::BTreeMap;

use heard_lab::experiment::Experiment;
use heard_lab::experiment::results::{MAIN, Results, Subject};
use heard_math::stats::queues::ErlangA;
use heard_scenario::answer::Action;
use heard_scenario::bundled::BUNDLED;
use heard_scenario::metric::Metric;
use heard_world::column::{Check, Column, Dimension};
use heard_world::observer::Happening;

use crate::support::{arm, diary, experiment, experiment_of, play};

/// A company that is reached on Twitter and by e-mail.
const COMPANY: &str = r#"
[run]
days         = 40
warmup_days  = 5
margin_days  = 5
headline     = ["resolved_per_failure"]

[customers]
count = 1_500

[channel.twitter]
seen_by = "public"
waits   = "in an inbox"

[channel.email]
seen_by = "private"
waits   = "in an inbox"
effort  = -1.5

[team.care]
channels = ["twitter", "email"]
shifts   = [{ days = "Mon-Sun", hours = "09:00-12:00", people = 1 }]

[[triage]]
when = { kind = "troll" }
do   = "monitor"

[[triage]]
do = "restore"
"#;

fn with(more: &str, replications: u32) -> std::sync::Arc<Experiment> {
    experiment_of(&format!("{COMPANY}\n{more}"), replications)
}

fn mean(results: &Results, subject: Subject, metric: Metric) -> f64 {
    results.total(subject, metric).map_or(f64::NAN, |found| found.mean)
}

/// Every value of an arm in a replication.
fn values(experiment: &Experiment, name: &str) -> Vec<f64> {
    let stop = std::sync::atomic::AtomicBool::new(false);
    experiment.play(arm(experiment, name), 0, &stop, &mut ()).unwrap()
}

#[test]
fn no_case_is_lost_in_any_bundled_scenario() {
    for bundled in BUNDLED {
        let small = ["customers.count=800", "run.headline=[\"heard_rate\"]"];
        let experiment = experiment(bundled.name, &small, 1);
        let results = play(&experiment);
        for arm in 0..experiment.plans.len() {
            let name = format!("{}, {}", bundled.name, experiment.study.arms[arm].name);
            assert_eq!(results.check(arm, Check::Unaccounted), [0.0], "{name}");
            assert!(results.check(arm, Check::LittleGap)[0] < 1e-9, "{name}");
        }
    }
}

#[test]
fn a_switch_to_what_is_done_already_changes_nothing() {
    let arms = "[listening]\ncoverage = 0.5\n[arm.as-ever]\n[arm.switched]\n\
                switch = [{ at_day = 20, like = \"as-ever\" }, { at_day = 30.3, like = \"as-ever\" }]";
    let experiment = with(arms, 1);
    assert_eq!(experiment.plans[1].phases.len(), 3);
    // But for rounding: hours are summed up before and after.
    let close = |a: f64, b: f64| (a - b).abs() <= 1e-9 * a.abs();
    let same = |(a, b): (f64, f64)| (a.is_nan() && b.is_nan()) || close(a, b);
    let (ever, switched) = (values(&experiment, "as-ever"), values(&experiment, "switched"));
    let columns =
        experiment.columns.iter().filter(|column| **column != Column::Check(Check::LittleGap));
    for ((a, b), column) in ever.into_iter().zip(switched).zip(columns) {
        assert!(same((a, b)), "{column:?}: {a} {b}");
    }
}

#[test]
fn nothing_of_a_switch_shows_before_its_time() {
    let arms = "[arm.as-ever]\n[arm.switched]\n\
                switch = [{ at_day = 20, triage = [{ do = \"ignore\" }] }]";
    let experiment = with(arms, 3);
    let results = play(&experiment);
    let day = |arm: usize, day: u32| {
        let column = Column::Day { metric: Metric::Reputation, day };
        let at = results.position(&column).unwrap();
        results.interval(results.whole(arm), at).unwrap().mean
    };
    assert!((0..20).all(|at| day(0, at).to_bits() == day(1, at).to_bits()));
    assert_ne!(day(0, 25), day(1, 25));
}

/// A team that searches as its shift begins finds as much in a shift that ends a minute earlier.
#[test]
fn a_shift_that_ends_a_minute_earlier_finds_as_much() {
    let sets = [
        "customers.count=1_500",
        "run.days=110",
        "run.warmup_days=91",
        "run.margin_days=5",
        "run.windows={}",
    ];
    let listening = |until: &str| {
        let shifts = format!(
            "arm.listens.switch=[{{ at_day = 90, listening.coverage = 0.8, team.outreach.shifts = \
             [{{ days = \"Mon-Fri\", hours = \"10:00-{until}\", people = 1 }}], triage = \
             [{{ when = {{ channel = \"email\" }}, do = \"restore\" }}, {{ do = \"monitor\" }}] }}]"
        );
        let experiment = experiment("dell-turnaround", &[&sets[..], &[&shifts]].concat(), 6);
        let results = play(&experiment);
        let seen = |name| mean(&results, results.whole(arm(&experiment, name)), Metric::SeenRate);
        (seen("presents-only"), seen("listens"))
    };
    let ((without, noon), (_, before_noon)) = (listening("12:00"), listening("11:59"));
    assert!(noon > without + 0.1, "{noon} {without}");
    assert!((noon - before_noon).abs() <= 0.02, "{noon} {before_noon}");
}

#[test]
fn all_companies_together_are_the_sum_of_each() {
    let rivals = "[company.one]\nshare = 0.25\n[company.two]\nfailures_per_customer_month = 1.0\n\
                  [reaction]\nleaves_at_neutral = 0.3";
    let experiment = with(rivals, 2);
    assert_eq!(experiment.subjects(), ["one", "two", "all"]);
    let results = play(&experiment);
    let of = |company, metric| mean(&results, Subject { arm: 0, company, window: MAIN }, metric);
    for metric in [Metric::Cost, Metric::Audience] {
        let sum = of(0, metric) + of(1, metric);
        assert!((of(2, metric) / sum - 1.0).abs() < 1e-9, "{metric}");
    }
    // Customers weigh by their number.
    let attitude = 0.25 * of(0, Metric::Attitude) + 0.75 * of(1, Metric::Attitude);
    assert!((of(2, Metric::Attitude) - attitude).abs() < 0.02);
    // Who fails more loses customers to the rival.
    assert!(of(0, Metric::CustomersKept) > 1.0 && of(1, Metric::CustomersKept) < 1.0);
}

#[test]
fn companies_in_different_trades_keep_the_same_customers_and_do_not_mix() {
    let trades = "[market]\ncustomers_buy = \"from each\"\n[company.quiet]\n\
                  failures_per_customer_month = 0.0\nquestions_per_customer_month = 0.0\n\
                  misconceptions_per_customer_month = 0.0\ndelights_per_customer_month = 0.0\n\
                  [company.busy]";
    let experiment = with(trades, 2);
    let results = play(&experiment);
    let of = |company, metric| mean(&results, Subject { arm: 0, company, window: MAIN }, metric);
    assert!(of(0, Metric::HeardRate).is_nan() && of(1, Metric::HeardRate) > 0.5);
    assert_eq!(of(0, Metric::CustomersKept), 1.0);
    assert_eq!(of(0, Metric::Occupancy), 0.0);
}

#[test]
fn a_private_attempt_that_fails_goes_public_once_at_the_most() {
    let experiment = with("[arm.ignored]\ntriage = [{ do = \"ignore\" }]\n[arm.answered]", 1);
    let diary = diary(&experiment, 0, 0);
    let mut escalated = 0;
    for story in diary.cases.values() {
        let went = story.iter().filter(|(_, what)| matches!(what, Happening::WentPublic { .. }));
        let private =
            story.iter().any(|(_, what)| matches!(what, Happening::Voiced { channel: 1, .. }));
        let count = went.count();
        assert!(count <= 1 && (count == 0 || private), "{story:?}");
        escalated += count;
    }
    assert!(escalated > 30, "{escalated}");
}

#[test]
fn probes_count_in_no_figure_but_the_audits() {
    let arms = "[arm.nobody-there]\nteam.care.shifts = []\n[arm.machine]\nteam.care.shifts = []\n\
                triage = [{ do = \"automatic\" }]";
    let (without, probed) =
        (with(arms, 1), with(&format!("[audit]\nprobes_per_channel = 40\n{arms}"), 1));
    let (plain, audited) = (play(&without), play(&probed));
    for name in ["nobody-there", "machine"] {
        let at = arm(&without, name);
        for metric in Metric::ALL {
            let value = |results: &Results| mean(results, results.whole(at), metric).to_bits();
            assert_eq!(value(&plain), value(&audited), "{name}: {metric}");
        }
    }
    let answered = Column::Level {
        metric: Metric::AnswerRate,
        dimension: Dimension::Probe,
        level: "email".to_owned(),
    };
    let at = audited.position(&answered).unwrap();
    let rate = |name| audited.interval(audited.whole(arm(&probed, name)), at).unwrap().mean;
    assert_eq!((rate("nobody-there"), rate("machine")), (0.0, 1.0));
}

#[test]
fn answering_detractors_provokes_them_and_ignoring_them_does_not() {
    let more = "[detractors]\ncount = 20\n[listening]\nmisreads = 0.0\n[arm.minds-them-not]\n\
                [arm.answers-them]\ntriage = [{ do = \"restore\" }]";
    let experiment = with(more, 1);
    let posts = |arm: usize| {
        let diary = diary(&experiment, arm, 0);
        diary.cases.keys().filter(|&&case| (0x8000_0000..0xc000_0000).contains(&case)).count()
    };
    let (left, answered) = (posts(0), posts(1));
    // 20 detractors, a post a day each, 40 days.
    assert!((700..900).contains(&left), "{left}");
    assert!(answered > left + 100, "{left} {answered}");
}

#[test]
fn named_people_take_their_own_cases_again_when_they_are_free() {
    let named = "[arm.named]\nteam.care = { named = true, shifts = [{ days = \"Mon-Sun\", \
                 hours = \"09:00-12:00\", people = 3 }] }";
    let experiment = with(named, 1);
    let diary = diary(&experiment, 0, 0);
    let (mut again, mut other) = (0, 0);
    for story in diary.cases.values() {
        let people: Vec<u16> = (story.iter())
            .filter_map(|(_, what)| match what {
                Happening::PickedUp { person, .. } => *person,
                _ => None,
            })
            .collect();
        for pair in people.windows(2) {
            let same = pair[0] == pair[1];
            again += i32::from(same);
            other += i32::from(!same);
        }
    }
    assert!(again > 2 * other && again > 50, "{again} {other}");
}

#[test]
fn who_is_rewarded_for_reach_serves_the_well_followed_first() {
    let arms = "[arm.oldest]\n[arm.reach]\nteam.care.rewarded_for = \"reach-first\"";
    let experiment =
        experiment_of(&format!("{COMPANY}\n{arms}").replace("09:00-12:00", "09:00-10:00"), 6);
    let results = play(&experiment);
    let gap = |arm| results.values(results.whole(arm), Metric::ReachGap);
    let sum = |arm| gap(arm).into_iter().flatten().sum::<f64>() / 6.0;
    assert!(sum(1) > sum(0) + 0.1, "{} {}", sum(0), sum(1));
}

#[test]
fn a_mistake_spreads_less_after_an_apology_and_more_after_money() {
    let triage = |action: &str| {
        format!(
            "triage = [{{ when = {{ audience = \">= 1_000\" }}, do = \"{action}\", priority = 1 }}]"
        )
    };
    let round_the_clock =
        "team.care.shifts = [{ days = \"Mon-Sun\", hours = \"00:00-24:00\", people = 2 }]";
    let arms: String = ["ignore", "apologise", "compensate"]
        .iter()
        .map(|action| format!("[arm.{action}]\n{round_the_clock}\n{}\n", triage(action)))
        .collect();
    let mistake = "[[mistake]]\nat_day = 10.5\nchannel = \"twitter\"\n";
    let market = "[customers]\ncount = 1_500\nmarket_size = 10_000_000\n";
    let text = COMPANY.replace("[customers]\ncount = 1_500\n", market);
    let experiment = experiment_of(&format!("{text}\n{mistake}\n{arms}"), 12);
    let results = play(&experiment);
    let seen = |name| {
        let at = results.position(&Column::MistakeSeen(72)).unwrap();
        results.interval(results.whole(arm(&experiment, name)), at).unwrap().mean
    };
    let (silence, apology, money) = (seen("ignore"), seen("apologise"), seen("compensate"));
    assert!(apology < 0.7 * silence && silence < 0.8 * money, "{silence} {apology} {money}");
}

#[test]
fn shares_follow_ties_where_there_is_a_network() {
    let network = "[network]\nkind = \"small-world\"\nmean_degree = 10\n\
                   [publicity]\nshares_per_view = 0.05\nviews_per_follower = 1.0";
    let experiment = with(network, 2);
    let results = play(&experiment);
    assert_eq!(results.check(0, Check::Unaccounted), [0.0, 0.0]);
    let diary = diary(&experiment, 0, 0);
    let shared = diary.cases.values().flatten().filter_map(|(_, what)| match what {
        Happening::Shared { views } => Some(*views),
        _ => None,
    });
    // Everybody has ten followers: views come in tens.
    let views: Vec<f64> = shared.collect();
    assert!(views.len() > 100 && views.iter().all(|views| views % 10.0 == 0.0));
}

#[test]
fn a_handle_time_target_cuts_work_short_and_solves_less() {
    let arms = "[arm.in-peace]\n[arm.on-the-clock]\nteam.care.handle_target_minutes = 2";
    let experiment = with(arms, 6);
    let results = play(&experiment);
    let of = |arm, metric| mean(&results, results.whole(arm), metric);
    assert!(of(1, Metric::Occupancy) < of(0, Metric::Occupancy) - 0.1);
    assert!(of(1, Metric::ResolutionRate) < of(0, Metric::ResolutionRate) - 0.1);
}

#[test]
fn misread_messages_are_sorted_as_what_they_are_not() {
    let experiment = with("[listening]\nmisreads = 0.3\nby_accident = 0.0", 1);
    let diary = diary(&experiment, 0, 0);
    let mut actions = BTreeMap::new();
    for story in diary.cases.values() {
        let first = story.iter().find_map(|(_, what)| match what {
            Happening::Sorted { action, .. } => Some(format!("{action:?}")),
            _ => None,
        });
        if let Some(action) = first {
            *actions.entry(action).or_insert(0) += 1;
        }
    }
    // A fifth of those misread are taken for trolls, who are monitored; there are none.
    let (monitored, all) =
        (actions[&format!("{:?}", Action::Monitor)], actions.values().sum::<i32>());
    let share = f64::from(monitored) / f64::from(all);
    assert!((share - 0.06).abs() < 0.02, "{share}");
}

/// Customers whose every reaction is switched off are nothing but callers: half of their failures
/// are voiced, by telephone, whatever the company does.
#[test]
fn a_population_with_everything_switched_off_is_a_plain_queue() {
    let text = r#"
[run]
days         = 60
warmup_days  = 2
margin_days  = 1
seed         = 5
headline     = ["wait_probability"]

[customers]
count          = 2_000
voices_serious = 0.5
voices_trivial = 0.5
belief_weight  = 0.0
anger_weight   = 0.0
writes_again   = 0.0
redials        = 0.0
by_hour        = [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1]
day_to_day_cv  = 0.0

[company]
failures_per_customer_month      = 10.8
questions_per_customer_month     = 0.0
misconceptions_per_customer_month = 0.0
delights_per_customer_month      = 0.0
reports_to_fix                   = 1_000_000_000

[reaction]
leaves_at_neutral = 1e-12
leaving_slope     = 0.0

[channel.phone]
seen_by  = "private"
waits    = "on the line"
patience = { mean_minutes = 12, shape = "exponential" }

[team.phones]
channels = ["phone"]
shifts   = [{ days = "Mon-Sun", hours = "00:00-24:00", people = 3 }]

[answer.restore]
handle = { mean_minutes = 10, shape = "exponential" }
"#;
    let experiment = experiment_of(text, 20);
    let results = play(&experiment);
    // 2,000 x 10.8 / 720 h, half of it voiced: 15 calls an hour.
    let exact = ErlangA::new(15.0, 6.0, 3, 5.0).unwrap();
    for (metric, value) in [
        (Metric::WaitProbability, exact.wait_probability()),
        (Metric::AbandonRate, exact.abandon_probability()),
        (Metric::WaitSecondsMean, 3600.0 * exact.mean_wait()),
        (Metric::Occupancy, exact.occupancy()),
    ] {
        let values = results.values(results.whole(0), metric);
        let found = results.total(results.whole(0), metric).unwrap().mean;
        let squares = values.into_iter().flatten().map(|value| (value - found) * (value - found));
        let error = (squares.sum::<f64>() / 19.0 / 20.0).sqrt();
        assert!((found - value).abs() <= 3.5 * error, "{metric}: {found} {error}, exactly {value}");
        assert!(error < 0.02 * value, "{metric} is known too roughly: {error}");
    }
}
