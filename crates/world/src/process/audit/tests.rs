//! When probes are posted, and where.

use super::*;
use crate::process::stage::{self, Log, MAIL, PAGE, PHONE};

fn probes(sets: &[&str], more: &str) -> Vec<(f64, usize, usize)> {
    let sets = [sets, &["run.warmup_days=2", "run.margin_days=2"]].concat();
    let plan = stage::plan_with(&sets, more);
    let mut log = Log::default();
    let mut world = stage::world(&plan, &mut log);
    world.until(239.0);
    let probes = world.cases.iter().filter(|case| case.probe);
    probes
        .map(|case| (case.voiced_at, usize::from(case.company), usize::from(case.first_channel)))
        .collect()
}

#[test]
fn probes_come_evenly_over_the_window_at_the_auditors_hours() {
    let all = probes(&["audit={probes_per_channel=3, severity=0.25, followers=5}"], "");
    assert_eq!(all.len(), 9);
    for channel in [PAGE, MAIL, PHONE] {
        let mine = all.iter().filter(|(_, _, on)| *on == channel);
        let days: Vec<u32> = mine.clone().map(|(at, _, _)| (at / 24.0) as u32).collect();
        assert_eq!(days, [3, 5, 7]);
        assert!(mine.clone().all(|(at, _, _)| (9.0..21.0).contains(&(at % 24.0))));
    }
}

#[test]
fn only_the_main_window_is_probed() {
    let windows = "run.windows={ main='4-6', before='2-4', after='6-8' }";
    let all = probes(&["audit.probes_per_channel=5", windows], "");
    assert_eq!(all.len(), 15);
    assert!(all.iter().all(|(at, _, _)| (96.0..=144.0).contains(at)), "{all:?}");
}

#[test]
fn only_what_a_company_presents_is_probed() {
    let companies = "[company.one.channel.mail]\npresented = false\n[company.two]\n";
    let all = probes(&["audit.probes_per_channel=2"], companies);
    let mut found: Vec<(usize, usize)> =
        all.iter().map(|&(_, who, channel)| (who, channel)).collect();
    found.sort_unstable();
    found.dedup();
    assert_eq!(found, [(0, PAGE), (0, PHONE), (1, PAGE), (1, MAIL), (1, PHONE)]);
    assert_eq!(all.len(), 10);
}

#[test]
fn a_probe_is_an_outsiders_complaint_of_the_severity_asked_for() {
    let plan = stage::plan(&["audit={probes_per_channel=1, severity=0.25, followers=5}"]);
    let mut log = Log::default();
    let mut world = stage::world(&plan, &mut log);
    world.probe(1);
    let case = &world.cases[0];
    assert!(case.probe && case.outsider && case.kind == Kind::Complaint);
    assert_eq!((case.severity, case.followers), (0.25, 5.0));
    assert_eq!((usize::from(case.channel), case.candidate), (MAIL, candidate::PROBES + 1));
}
