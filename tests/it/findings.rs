//! What scenarios say that they found is what comes out.

use heard_math::stats::{Interval, student_quantile};
use heard_scenario::bundled::BUNDLED;
use heard_scenario::finding::Number;

use crate::support::{arm, experiment, play};

/// The chance that any number of any finding is taken for wrong though all are right.
const FALSE_ALARM: f64 = 0.05;

/// Another seed, and a fifth of the replications: all numbers of all findings together agree, each within
/// its combined standard errors times a Student quantile corrected for how many numbers there are. The
/// seed is fixed, so that what holds today holds until the model changes.
#[test]
#[ignore = "all scenarios at a fifth of their size take a minute"]
fn a_small_rerun_finds_what_the_headers_say() {
    let finding = |name| experiment(name, &[], 1).study.base.finding.numbers.len();
    let all: usize = BUNDLED.iter().map(|bundled| finding(bundled.name)).sum();
    let mut wrong = Vec::new();
    for bundled in BUNDLED {
        let found = &experiment(bundled.name, &[], 1).study.base;
        let replications = (found.run.replications / 5).max(10);
        let seed = format!("run.seed={}", found.run.seed + 100_000);
        let experiment = experiment(bundled.name, &[&seed], replications);
        let results = play(&experiment);
        assert!(!found.finding.numbers.is_empty(), "{} has found nothing", bundled.name);
        for number in &found.finding.numbers {
            let arm = arm(&experiment, &number.arm);
            let subject = results.subjects().find(|&subject| {
                let is =
                    |named: &Option<String>, name| named.as_deref().is_none_or(|it| it == name);
                subject.arm == arm
                    && is(&number.company, results.company_name(subject))
                    && is(&number.window, results.window_name(subject))
            });
            let again = results.compare(subject.unwrap(), number.metric).unwrap().difference;
            let comparisons = results.comparisons();
            let errors = (
                standard_error(number, found.run.replications, comparisons),
                error_of(&again, replications, comparisons),
            );
            let gap = (again.mean - number.difference).abs();
            let reach =
                student_quantile(1.0 - 0.5 * FALSE_ALARM / all as f64, f64::from(replications - 1));
            let allowed = reach * errors.0.hypot(errors.1) + 1e-3 * number.difference.abs() + 1e-12;
            if gap > allowed {
                wrong.push(format!(
                    "{}: {} {:?} {:?} {}: {} said, {} found, {gap:.2e} apart, {allowed:.2e} allowed",
                    bundled.name,
                    number.arm,
                    number.company,
                    number.window,
                    number.metric,
                    number.difference,
                    again.mean
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn critical(replications: u32, comparisons: usize) -> f64 {
    student_quantile(1.0 - 0.025 / comparisons as f64, f64::from(replications - 1))
}

fn standard_error(number: &Number, replications: u32, comparisons: usize) -> f64 {
    (number.interval.1 - number.interval.0) / 2.0 / critical(replications, comparisons)
}

fn error_of(interval: &Interval, replications: u32, comparisons: usize) -> f64 {
    interval.half_width().unwrap_or(0.0) / critical(replications, comparisons)
}
