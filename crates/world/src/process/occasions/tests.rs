//! What happens to customers, and how often.

use super::*;
use crate::process::stage::{self, Log};

fn close(found: f64, expected: f64) {
    assert!((found - expected).abs() < 1e-6, "{found} instead of {expected}");
}

fn kinds(sets: &[&str], more: &str) -> [usize; 6] {
    let sets = [
        sets,
        &["customers.count=2000", "customers.market_size=1000000", "customers.day_to_day_cv=0"],
    ]
    .concat();
    let plan = stage::plan_with(&sets, more);
    let mut log = Log::default();
    let mut world = stage::world(&plan, &mut log);
    world.until(240.0);
    let mut counts = [0; 6];
    for (_, _, what) in &world.observer.0 {
        if let Happening::Occasion { kind, .. } = what {
            counts[*kind as usize] += 1;
        }
    }
    counts
}

#[test]
fn each_kind_of_occasion_comes_at_its_rate() {
    let found = kinds(
        &[
            "company.failures_per_customer_month=3",
            "company.questions_per_customer_month=1.5",
            "company.misconceptions_per_customer_month=0.6",
            "company.delights_per_customer_month=2.4",
            "company.reports_to_fix=1000000",
        ],
        "",
    );
    // A third of a month for 2000 customers.
    for (kind, rate) in
        [(Kind::Complaint, 3.0), (Kind::Question, 1.5), (Kind::Misguided, 0.6), (Kind::Praise, 2.4)]
    {
        let (count, expected) = (found[kind as usize] as f64, rate * 2000.0 / 3.0);
        assert!((count - expected).abs() < 4.0 * expected.sqrt(), "{kind:?}: {count}");
    }
}

#[test]
fn who_buys_from_each_has_occasions_with_each() {
    let companies = "[company.one]\nfailures_per_customer_month = 3\n\
        [company.two]\nfailures_per_customer_month = 1.5\n";
    let found = kinds(&["market={customers_buy='from each'}"], companies)[Kind::Complaint as usize];
    let expected = 4.5 * 2000.0 / 3.0;
    assert!((found as f64 - expected).abs() < 4.0 * expected.sqrt(), "{found}");
}

#[test]
fn a_failure_hurts_by_its_severity_and_the_second_is_known_for_one() {
    let plan = stage::plan(&["reaction.failure_moves=0.5"]);
    let mut log = Log::default();
    let mut world = stage::world(&plan, &mut log);
    world.failure(stage::occasion(7, 3, Kind::Complaint));
    close(world.customers.attitude(3, 0, 0.0), -0.25);
    assert_eq!(world.customers.attitude(4, 0, 0.0), 0.0);
    (8..107).for_each(|candidate| world.failure(stage::occasion(candidate, 3, Kind::Complaint)));
    let known: Vec<bool> = world.cases.iter().map(|case| case.not_first_failure).collect();
    assert!(known.len() > 5 && known[1..].iter().all(|&known| known), "{known:?}");
    assert_eq!(
        world.total(heard_scenario::metric::Metric::ComplaintsPerFailure),
        known.len() as f64 / 100.0
    );
}

#[test]
fn a_delight_pleases_alike_whatever_it_is() {
    let plan = stage::plan(&["reaction.delight_moves=0.4", "company.delight_voiced=0"]);
    let mut log = Log::default();
    let mut world = stage::world(&plan, &mut log);
    world.delight(stage::occasion(7, 3, Kind::Praise));
    close(world.customers.attitude(3, 0, 0.0), 0.4);
    assert!(world.cases.is_empty());
}

#[test]
fn no_failure_comes_of_a_cause_that_is_gone() {
    let sets =
        ["company.failures_per_customer_month=3", "company.root_causes=1", "customers.count=200"];
    let plan = stage::plan(&sets);
    let mut log = Log::default();
    let mut world = stage::world(&plan, &mut log);
    world.until(120.0);
    let before = world.observer.0.len();
    world.happen(Event::CauseRemoved { company: 0, cause: 0 });
    world.open_cases = crate::customers::open_cases::OpenCases::new(201);
    world.events = heard_math::engine::queue::EventQueue::default();
    world.next_occasion();
    world.until(240.0);
    assert!(before > 50);
    assert_eq!(world.observer.0.len(), before);
}

#[test]
fn questions_are_as_pressing_as_the_scenario_says_and_failures_as_bad() {
    let plan = stage::plan(&[
        "customers.count=2000",
        "customers.market_size=1000000",
        "company.failures_per_customer_month=3",
        "company.questions_per_customer_month=3",
        "company.question_severity=0.3",
        "company.severity={mean=0.6, sd=0}",
    ]);
    let mut log = Log::default();
    let mut world = stage::world(&plan, &mut log);
    world.until(50.0);
    for (_, _, what) in &world.observer.0 {
        if let Happening::Occasion { kind, severity, customer, company: 0 } = what {
            close(*severity, if *kind == Kind::Question { 0.3 } else { 0.6 });
            assert!(*customer < 2000);
        }
    }
}

#[test]
fn what_is_no_customers_is_told_of_all_the_same() {
    let plan = stage::plan(&[]);
    let mut log = Log::default();
    let mut world = stage::world(&plan, &mut log);
    let occasion = world.outsiders(99, 0, Kind::Troll, 0.75, 12.0);
    assert_eq!((occasion.candidate, occasion.place, occasion.kind), (99, 10, Kind::Troll));
    assert_eq!((occasion.severity, occasion.followers, occasion.probe), (0.75, 12.0, false));
    let told = Happening::Occasion { kind: Kind::Troll, severity: 0.75, company: 0, customer: 10 };
    assert_eq!(world.story(99), [(0.0, told)]);
}
