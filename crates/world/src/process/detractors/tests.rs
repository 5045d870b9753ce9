//! How often detractors post, and what makes them post more.

use super::*;
use crate::process::stage::{self, Log, PAGE};

#[test]
fn detractors_post_at_their_rate_whatever_the_company_does() {
    let plan = stage::plan(&[
        "detractors={count=30, posts_per_day=3, provoked=2}",
        "triage=[{do='ignore'}]",
    ]);
    let mut log = Log::default();
    let mut world = stage::world(&plan, &mut log);
    world.until(240.0);
    // 30 detractors, 3 a day, 10 days.
    let posts = world.cases.len() as f64;
    assert!((posts - 900.0).abs() < 4.0 * 30.0, "{posts}");
    let a_trolls = |case: &crate::terms::case::Case| {
        case.kind == Kind::Troll && case.outsider && usize::from(case.channel) == PAGE
    };
    assert!(world.cases.iter().all(a_trolls));
    let mut candidates: Vec<u32> = world.cases.iter().map(|case| case.candidate).collect();
    candidates.sort_unstable();
    candidates.dedup();
    assert_eq!(candidates.len(), world.cases.len());
    for number in 0..30 {
        let of =
            candidates.iter().filter(|&&candidate| (candidate >> 16 & 0x3ff) == number).count();
        assert!((8..60).contains(&of), "{number}: {of}");
    }
}

#[test]
fn an_answer_provokes_the_detractor_it_was_given_to() {
    let posts = |provoked: f64, action: &str| {
        let plan = stage::plan(&[
            &format!(
                "detractors={{count=30, posts_per_day=3, provoked={provoked}, calms_down_days=1000}}"
            ),
            &format!("triage=[{{do='{action}'}}]"),
            "team.care.shifts=[{days='Mon-Sun', hours='00:00-24:00', people=20}]",
        ]);
        let mut log = Log::default();
        let mut world = stage::world(&plan, &mut log);
        world.until(240.0);
        world.cases.len() as f64
    };
    let (calm, silent, provoked) =
        (posts(1.0, "restore"), posts(3.0, "ignore"), posts(3.0, "restore"));
    assert!((calm - 900.0).abs() < 120.0 && (silent - 900.0).abs() < 120.0, "{calm} {silent}");
    // Three times as many, but for the first of each.
    assert!((provoked - 2640.0).abs() < 250.0, "{provoked}");
}

#[test]
fn only_a_detractor_is_provoked() {
    let plan =
        stage::plan(&["detractors={count=2, posts_per_day=1, provoked=3, calms_down_days=1}"]);
    let mut log = Log::default();
    let mut world = stage::world(&plan, &mut log);
    let settings = &plan.policies()[0].detractors;
    let complaint = world.say(1, 1, Kind::Complaint, PAGE);
    world.provoke(complaint);
    let excess = |world: &World<'_, Log>, number: usize| {
        world.companies[0].detractors[number].excess(world.now(), settings)
    };
    assert_eq!((excess(&world, 0), excess(&world, 1)), (0.0, 0.0));
    let auditor = world.customers.auditor();
    let troll = world.say(world.candidate_of(0, 1), auditor, Kind::Troll, PAGE);
    world.provoke(troll);
    assert_eq!((excess(&world, 0), excess(&world, 1)), (0.0, 2.0));
}

#[test]
fn companies_and_detractors_have_candidates_of_their_own() {
    let plan = stage::plan_with(&["detractors.count=3"], "[company.one]\n[company.two]\n");
    let mut log = Log::default();
    let mut world = stage::world(&plan, &mut log);
    world.companies[1].detractors[2].posts = 5;
    assert_eq!(world.candidate_of(0, 0), 0x8000_0000);
    assert_eq!(world.candidate_of(0, 2), 0x8002_0000);
    assert_eq!(world.candidate_of(1, 2), 0x8402_0005);
}
