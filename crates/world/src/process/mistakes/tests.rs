//! When mistakes are made, and what they are to triage.

use super::*;
use crate::process::stage::{self, Log, PAGE};

const TWO: &str = "[[mistake]]\nat_day = 1\nchannel = 'page'\nseverity = 0.75\nviews = 500\n\
    [[mistake]]\nat_day = 2.5\nchannel = 'page'\nviews = 10\n";

#[test]
fn a_mistake_is_an_outcry_that_names_the_company_on_its_day() {
    let plan = stage::plan_with(&["channel.page.tagged=0"], TWO);
    let mut log = Log::default();
    let mut world = stage::world(&plan, &mut log);
    world.until(23.0);
    assert!(world.cases.is_empty());
    world.until(100.0);
    let when: Vec<f64> = world.cases.iter().map(|case| case.voiced_at).collect();
    assert_eq!(when, [24.0, 60.0]);
    let case = &world.cases[0];
    assert!(case.tagged && case.outsider && !case.probe && case.kind == Kind::Complaint);
    assert_eq!((case.severity, usize::from(case.channel)), (0.75, PAGE));
    assert_eq!(
        [candidate::MISTAKES, candidate::MISTAKES + 1],
        [world.cases[0].candidate, world.cases[1].candidate]
    );
    assert!(world.posts[0].views >= 500.0);
}

#[test]
fn companies_have_candidates_of_their_own() {
    let text = format!("[company.one]\n[company.two]\n{TWO}");
    let plan = stage::plan_with(&[], &text);
    let mut log = Log::default();
    let mut world = stage::world(&plan, &mut log);
    world.mistake(1, 1);
    assert_eq!(world.cases[0].candidate, 0xe001_0001);
}
