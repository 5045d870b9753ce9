//! What is promised of customers as a crowd.

use super::person::Temper;
use super::*;
use crate::plan::Plan;
use crate::process::stage;
use proptest::prelude::*;

fn draws() -> Draws {
    Draws::new(2011, 0)
}

fn customers(plan: &Plan) -> Customers {
    Customers::new(&plan.setting, plan.policies(), &draws(), &AtomicBool::new(false)).unwrap()
}

const TWO: &str = "[company.one]\n[company.two]\n";

fn close(found: f64, expected: f64) {
    assert!((found - expected).abs() < 1e-6, "{found} instead of {expected}");
}

#[test]
fn who_claims_no_share_splits_what_is_left_evenly() {
    let plan = stage::plan_with(
        &["customers.count=20000", "customers.market_size=1000000"],
        "[company.a]\nshare = 0.5\n[company.b]\n[company.c]\n[company.d]\nshare = 0.2\n",
    );
    let ends = shares(plan.policies());
    for (end, expected) in ends.iter().zip([0.5, 0.65, 0.8, 1.0]) {
        close(*end, expected);
    }
    let customers = customers(&plan);
    for (company, share) in [0.5, 0.15, 0.15, 0.2].into_iter().enumerate() {
        let (now, at_first) = customers.members(company);
        assert_eq!(now, at_first);
        assert!((now as f64 / 20_000.0 - share).abs() < 0.012, "{company}: {now}");
        let there = (0..20_000).filter(|&who| customers.company(who) == Some(company)).count();
        assert_eq!(there, now);
    }
}

#[test]
fn where_customers_buy_from_each_all_do_and_the_auditor_from_nobody() {
    let customers = customers(&stage::plan_with(&["market={customers_buy='from each'}"], TWO));
    assert!((0..10).all(|who| customers.buys(who, 0) && customers.buys(who, 1)));
    let auditor = customers.auditor();
    assert_eq!((auditor, customers.company(auditor)), (10, None));
    assert!(!customers.buys(auditor, 0) && !customers.buys(auditor, 1));
    assert_eq!((customers.members(0), customers.members(1)), ((10, 10), (10, 10)));
}

#[test]
fn people_are_as_spread_as_the_scenario_says() {
    let plan = stage::plan(&[
        "customers.count=20000",
        "customers.market_size=1000000",
        "customers.attitude={mean=0.1, sd=0.2}",
        "customers.expectation={mean=0.5, sd=0.1}",
        "customers.followers={median=50, sigma=0.5}",
    ]);
    let mut customers = customers(&plan);
    let spread = |values: Vec<f64>| {
        let mean = values.iter().sum::<f64>() / 20_000.0;
        let squares = values.iter().map(|value| (value - mean) * (value - mean)).sum::<f64>();
        (mean, (squares / 20_000.0).sqrt())
    };
    let near = |(mean, sd): (f64, f64), expected: (f64, f64)| {
        assert!((mean - expected.0).abs() < 0.01 && (sd - expected.1).abs() < 0.01, "{mean} {sd}");
    };
    near(spread((0..20_000).map(|who| customers.attitude(who, 0, 0.0)).collect()), (0.1, 0.2));
    near(spread((0..20_000).map(|who| customers.expectation(who)).collect()), (0.5, 0.1));
    let logs = (0..20_000).map(|who| libm::log(customers.followers(who) / 50.0)).collect();
    near(spread(logs), (0.0, 0.5));
}

#[test]
fn tenths_hold_a_tenth_of_the_customers_each() {
    let mut customers = customers(&stage::plan(&[]));
    (0..10).for_each(|who| customers.follow(who, f64::from((who as u32 * 7) % 10)));
    assert_eq!(customers.tenths(), [1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0]);
}

#[test]
fn expectation_and_failures_go_with_the_person() {
    let plan = stage::plan(&[]);
    let settings = &plan.setting.customers;
    let mut customers = customers(&plan);
    customers.expect(3, 0.9, 0.25);
    close(customers.expectation(3), 0.6);
    close(customers.mean_expectation(0), 0.51);
    assert_eq!([customers.fail(3), customers.fail(3), customers.fail(4)], [1, 2, 1]);
    customers.leave(3, 0, 5.0);
    close(customers.mean_expectation(0), 0.5);
    assert_eq!((customers.members(0), customers.generation(3)), ((9, 10), 0));
    assert!(!customers.buys(3, 0));
    customers.arrive(3, settings, &draws(), 6.0);
    assert_eq!((customers.generation(3), customers.company(3)), (1, None));
    close(customers.expectation(3), 0.5);
    assert_eq!(customers.fail(3), 1);
    customers.join(3, 0);
    assert_eq!((customers.members(0), customers.company(3)), ((10, 10), Some(0)));
    (0..300).for_each(|_| assert!(customers.fail(5) > 0));
    assert_eq!(customers.fail(5), u8::MAX);
}

#[test]
fn beliefs_rise_by_what_works_and_wear_off() {
    let sets = ["customers.belief_half_life_days=10", "channel.mail.belief=0.4"];
    let mut customers = customers(&stage::plan(&sets));
    customers.learn(2, stage::MAIL, true, 0.5, 0.0);
    close(customers.belief_gain(2, stage::MAIL, 0.0), 0.3);
    close(customers.belief_gain(2, stage::MAIL, 240.0), 0.15);
    assert_eq!(customers.belief_gain(1, stage::MAIL, 240.0), 0.0);
    customers.learn(1, stage::MAIL, false, 0.5, 240.0);
    close(customers.belief_gain(1, stage::MAIL, 240.0), -0.2);
    customers.all_learn(stage::MAIL, true, 0.5, 240.0);
    close(customers.belief_gain(0, stage::MAIL, 240.0), 0.3);
    close(customers.belief_gain(1, stage::MAIL, 240.0), 0.2);
    assert_eq!(customers.belief_gain(1, stage::PAGE, 240.0), 0.0);
}

#[test]
fn tempers_come_as_often_as_the_scenario_says() {
    let settings = Settings {
        accepts_apology: 0.7,
        sees_gimmick: 0.3,
        feels_followed: 0.15,
        rates: 0.45,
        ..Settings::default()
    };
    let n = 20_000;
    let all = || (0..n).map(|place| Temper::draw(&settings, &draws(), place, 0));
    for (found, share) in [
        (all().filter(|temper| temper.accepts_apology).count(), 0.7),
        (all().filter(|temper| temper.sees_gimmick).count(), 0.3),
        (all().filter(|temper| temper.feels_followed).count(), 0.15),
        (all().filter(|temper| temper.rates).count(), 0.45),
    ] {
        assert!((found as f64 / f64::from(n) - share).abs() < 0.015, "{found} for {share}");
    }
}

/// What customers would be if each were kept alone.
struct Plain {
    base: Vec<f64>,
    now: Vec<f64>,
    first: Vec<bool>,
    left_with: Vec<f64>,
}

proptest! {
    #[test]
    fn the_mean_attitude_is_that_of_the_customers_of_day_0_leavers_as_they_left(
        steps in prop::collection::vec((0_usize..4, 0_usize..10, -1.0..1.0_f64, 0.0..400.0_f64), 1..50),
    ) {
        let plan = stage::plan_with(
            &[
                "market={customers_buy='from each'}",
                "customers.attitude={mean=0, sd=0.4}",
                "customers.attitude_half_life_days=5",
            ],
            TWO,
        );
        let mut crowd = customers(&plan);
        let base: Vec<f64> = (0..10).map(|who| crowd.attitude(who, 1, 0.0)).collect();
        let mut plain =
            Plain { now: base.clone(), base, first: vec![true; 10], left_with: Vec::new() };
        let mut hours = 0.0;
        for (what, who, value, gap) in steps {
            hours += gap;
            let kept = libm::exp2(-gap / 120.0);
            for (now, base) in plain.now.iter_mut().zip(&plain.base) {
                *now = base + kept * (*now - base);
            }
            match what {
                0 => {
                    crowd.move_attitude(who, 1, value, 0.3, hours);
                    plain.now[who] += 0.3 * (value - plain.now[who]);
                }
                1 => {
                    crowd.pull_all(1, 0.1, value, hours);
                    plain.now.iter_mut().for_each(|now| *now += 0.1 * (value - *now));
                }
                2 if crowd.buys(who, 1) => {
                    crowd.leave(who, 1, hours);
                    if std::mem::replace(&mut plain.first[who], false) {
                        plain.left_with.push(plain.now[who]);
                    }
                }
                3 if !crowd.buys(who, 1) => {
                    crowd.forget(who, 1, value, hours);
                    crowd.join(who, 1);
                    (plain.now[who], plain.base[who]) = (value, value);
                }
                _ => {}
            }
            let there = (0..10).filter(|&who| plain.first[who]).map(|who| plain.now[who]);
            let all: Vec<f64> = there.chain(plain.left_with.iter().copied()).collect();
            let mean = all.iter().sum::<f64>() / 10.0;
            prop_assert!((crowd.mean_attitude_of_first(1, hours) - mean).abs() < 1e-5);
            prop_assert_eq!(all.len(), 10);
            let likely = |attitude: &f64| (5.0 + 5.0 * attitude).round();
            let promote = all.iter().filter(|attitude| likely(attitude) >= 9.0).count() as f64;
            let detract = all.iter().filter(|attitude| likely(attitude) <= 6.0).count() as f64;
            let at_an_edge = |a: &f64| (a - 0.3).abs() < 1e-5 || (a - 0.7).abs() < 1e-5;
            let score = crowd.promoter_score_of_first(1, hours);
            prop_assert!(all.iter().any(at_an_edge) || score == 10.0 * (promote - detract));
            let near = (0..10)
                .all(|who| (crowd.attitude(who, 1, hours) - plain.now[who]).abs() < 1e-5);
            prop_assert!(near);
        }
    }
}
