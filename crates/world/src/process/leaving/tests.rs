//! Who stays, who goes, where to, and who comes instead.

use super::*;
use crate::process::stage::{self, Log, MAIL};
use heard_scenario::triage::Kind;

fn close(found: f64, expected: f64) {
    assert!((found - expected).abs() < 1e-6, "{found} instead of {expected}");
}

#[test]
fn the_worse_the_attitude_the_more_leave() {
    let plan = stage::plan(&[
        "customers.count=20000",
        "customers.market_size=1000000",
        "reaction.leaves_at_neutral=0.2",
        "reaction.leaving_slope=2",
    ]);
    let left_at = |attitude: f64| {
        let mut log = Log::default();
        let mut world = stage::world(&plan, &mut log);
        let (target, step) = (attitude.signum(), attitude.abs());
        for who in 0..20_000 {
            world.customers.move_attitude(who, 0, target, step, 0.0);
            world.stay_or_leave(who as u32, who, 0, Outcome::Dissatisfied);
        }
        1.0 - world.customers.members(0).0 as f64 / 20_000.0
    };
    for attitude in [-0.5, 0.0, 0.5] {
        let odds = 0.25 * libm::exp(-2.0 * attitude);
        let found = left_at(attitude);
        assert!((found - odds / (1.0 + odds)).abs() < 0.012, "{found} at {attitude}");
    }
}

#[test]
fn a_case_is_over_as_it_ended_and_fast_within_what_was_expected_or_a_day() {
    let plan = stage::plan(&[]);
    let outcome = |expected: f64, solved: f64| {
        let mut log = Log::default();
        let mut world = stage::world(&plan, &mut log);
        let case = world.say(7, 3, Kind::Complaint, MAIL);
        world.cases[case].expected_within = expected;
        world.cases[case].resolved_at = solved;
        world.end(case, Ending::Settled);
        let level = |outcome: Outcome| crate::record::column::Column::Level {
            metric: heard_scenario::metric::Metric::LoyaltyRate,
            dimension: crate::record::column::Dimension::Outcome,
            level: outcome.name().to_owned(),
        };
        let values = world.finish(&Outcome::ALL.map(level));
        Outcome::ALL[values.iter().position(|value| *value == 1.0).unwrap()]
    };
    assert_eq!(outcome(2.0, 2.0), Outcome::SatisfiedFast);
    assert_eq!(outcome(2.0, 3.0), Outcome::Satisfied);
    assert_eq!(outcome(f64::INFINITY, 24.0), Outcome::SatisfiedFast);
    assert_eq!(outcome(f64::INFINITY, 25.0), Outcome::Satisfied);
    assert_eq!(outcome(2.0, f64::INFINITY), Outcome::Dissatisfied);
}

#[test]
fn only_a_customers_failure_makes_anybody_leave() {
    let plan = stage::plan(&["reaction.leaves_at_neutral=0.999999"]);
    let stays = |kind, place: usize| {
        let mut log = Log::default();
        let mut world = stage::world(&plan, &mut log);
        let case = world.say(7, place, kind, MAIL);
        world.end(case, Ending::Settled);
        world.customers.members(0).0
    };
    assert_eq!((stays(Kind::Complaint, 3), stays(Kind::Rage, 3)), (9, 9));
    assert_eq!((stays(Kind::Question, 3), stays(Kind::Complaint, 10)), (10, 10));
}

const RIVALS: &str = "[company.one]\n[company.two]\n[company.three]\n";

#[test]
fn whoever_leaves_ends_all_cases_with_this_company_and_none_with_another() {
    let plan = stage::plan_with(
        &["market={customers_buy='from each'}", "reaction.leaves_at_neutral=0.5"],
        RIVALS,
    );
    let mut log = Log::default();
    let mut world = stage::world(&plan, &mut log);
    let with = |world: &mut World<'_, Log>, candidate, company| {
        let occasion = stage::occasion(candidate, 3, Kind::Question);
        world.speak(crate::terms::occasion::Occasion { company, ..occasion }, MAIL, None);
    };
    (0..6).for_each(|candidate| with(&mut world, candidate, candidate as usize % 2));
    world.setting_out(3, 0);
    let ended: Vec<bool> = world.cases.iter().map(|case| case.ending.is_some()).collect();
    assert_eq!(ended, [true, false, true, false, true, false]);
    let open: Vec<u32> = std::iter::from_fn(|| world.open_cases.take(3)).collect();
    assert_eq!(open, [5, 3, 1]);
}

impl World<'_, Log> {
    /// Makes a customer leave for certain.
    fn setting_out(&mut self, place: usize, company: usize) {
        self.customers.move_attitude(place, company, -1.0, 1.0, self.now());
        let sure = (0..100_000)
            .find(|&candidate| self.draws.uniform(candidate, Purpose::Leaving, 0) < 1e-3);
        let before = self.customers.members(company).0;
        self.stay_or_leave(sure.unwrap(), place, company, Outcome::Silent);
        assert_eq!(self.customers.members(company).0, before - 1);
    }
}

#[test]
fn a_leaver_goes_to_a_rival_as_often_as_there_is_a_choice() {
    let changes = |goes_away: f64, buying: &str, companies: &str| {
        let market = format!("market={{goes_away={goes_away}, customers_buy='{buying}'}}");
        let plan = stage::plan_with(
            &["customers.count=2000", "customers.market_size=1000000", &market],
            companies,
        );
        let mut log = Log::default();
        let mut world = stage::world(&plan, &mut log);
        let mut gone = 0;
        for who in 0..2000 {
            let Some(company) = world.customers.company(who) else { continue };
            world.customers.leave(who, company, 0.0);
            if world.changes_over(who as u32, who, company) {
                gone += 1;
                assert!(
                    !world.customers.buys(who, company) && world.customers.company(who).is_some()
                );
            }
        }
        f64::from(gone) / 2000.0
    };
    assert_eq!(changes(0.0, "from one", RIVALS), 1.0);
    assert_eq!(changes(1.0, "from one", RIVALS), 0.0);
    let some = changes(0.3, "from one", RIVALS);
    assert!((some - 0.7).abs() < 0.04, "{some}");
    assert_eq!(changes(0.0, "from each", RIVALS), 0.0);
    assert_eq!(changes(0.0, "from one", ""), 0.0);
}

#[test]
fn companies_are_chosen_by_what_is_thought_known_and_said_of_them() {
    let plan = stage::plan_with(
        &["market={follows_attitude=2, follows_awareness=2}"],
        "[company.one]\nawareness = 0.5\n[company.two]\nawareness = 0.25\n[company.three]\n",
    );
    let mut log = Log::default();
    let mut world = stage::world(&plan, &mut log);
    world.customers.move_attitude(3, 0, 1.0, 0.5, 0.0);
    world.companies[1].sentiment.hear(0.0, 1000.0, 0.5);
    // Known twice as well counts fourfold; opinion at 2 and sentiment at 2 a unit.
    let one = 0.25 * libm::exp(2.0 * 0.5);
    let two = 0.0625 * libm::exp(2.0 * 0.25);
    let three = 0.25;
    let n = 10_000;
    let mut shares = |left: Option<usize>| {
        let mut counts = [0.0; 3];
        for i in 0..n {
            let uniform = (f64::from(i) + 0.5) / f64::from(n);
            counts[world.choose_company(3, left, uniform).unwrap()] += 1.0 / f64::from(n);
        }
        counts
    };
    let all = one + two + three;
    for (found, expected) in shares(None).iter().zip([one / all, two / all, three / all]) {
        assert!((found - expected).abs() < 1e-3, "{found} {expected}");
    }
    let rest = two + three;
    for (found, expected) in shares(Some(0)).iter().zip([0.0, two / rest, three / rest]) {
        assert!((found - expected).abs() < 1e-3, "{found} {expected}");
    }
}

#[test]
fn a_place_is_taken_again_the_sooner_the_better_the_company_stands() {
    let mean_wait = |sentiment: f64, known: f64| {
        let plan = stage::plan(&[
            "customers.count=4000",
            "customers.market_size=1000000",
            "reaction.replaced_days=2",
            "market={follows_awareness=2, remembered=1, awareness_half_life_days=1e9}",
            "company.awareness=0.4",
            "publicity.memory_days=1e9",
        ]);
        let mut log = Log::default();
        let mut world = stage::world(&plan, &mut log);
        let views = -libm::log((1.0 - known) / 0.6) * plan.setting.customers.market();
        world.companies[0].awareness.mention(0.0, views);
        if sentiment != 0.0 {
            let market = plan.setting.customers.market();
            world.companies[0].sentiment.hear(0.0, market, 2.0 * sentiment);
        }
        for who in 0..4000 {
            world.customers.leave(who, 0, 0.0);
            world.await_newcomer(who, 0);
        }
        let mut sum = 0.0;
        let mut came = 0;
        while let Some(event) = world.events.next_until(1e6) {
            if let Event::Newcomer { .. } = event {
                sum += world.now();
                came += 1;
            }
        }
        assert_eq!(came, 4000);
        sum / 4000.0
    };
    let near = |found: f64, expected: f64| {
        assert!((found / expected - 1.0).abs() < 0.06, "{found} instead of {expected}");
    };
    near(mean_wait(0.0, 0.4), 48.0);
    near(mean_wait(0.25, 0.4), 48.0 * libm::exp(-0.5));
    near(mean_wait(0.0, 0.8), 12.0);
}

#[test]
fn a_newcomer_is_somebody_new_or_the_same_person_to_another_company() {
    let plan = stage::plan(&[]);
    let mut log = Log::default();
    let mut world = stage::world(&plan, &mut log);
    world.customers.move_attitude(3, 0, -1.0, 0.5, 0.0);
    world.customers.leave(3, 0, 0.0);
    world.newcomer(3, 0);
    assert_eq!((world.customers.generation(3), world.customers.members(0)), (1, (10, 10)));
    close(world.customers.attitude(3, 0, 0.0), 0.0);
    assert!(world.customers.buys(3, 0));
    let plan = stage::plan_with(&["market={customers_buy='from each'}"], RIVALS);
    let mut log = Log::default();
    let mut world = stage::world(&plan, &mut log);
    world.customers.move_attitude(3, 0, -1.0, 0.5, 0.0);
    world.customers.move_attitude(3, 1, -1.0, 0.5, 0.0);
    world.customers.leave(3, 0, 0.0);
    world.newcomer(3, 0);
    assert_eq!((world.customers.generation(3), world.customers.members(0)), (0, (10, 10)));
    close(world.customers.attitude(3, 0, 0.0), 0.0);
    close(world.customers.attitude(3, 1, 0.0), -0.5);
}
