//! `finding.numbers`: differences that a run of the scenario can report.

use super::{Finding, finding, unknown};
use crate::figure::ALL;
use crate::finding::Number;
use crate::study::Study;

/// Numbers about an arm, a company or a window that is not there, and intervals that end before they begin. `windows`
/// are those that the scenario's author has named: a finding stays when other days are looked at.
pub(super) fn errors(study: &Study, windows: &[String], found: &mut Vec<Finding>) {
    let arms: Vec<String> = study.arms.iter().map(|arm| arm.name.clone()).collect();
    let together = (study.companies.len() > 1).then(|| ALL.to_owned());
    for (index, number) in study.base.finding.numbers.iter().enumerate() {
        let place = index.to_string();
        let path = |key| ["finding", "numbers", &place, key];
        found.extend(unknown(&path("arm"), "arm", &number.arm, arms.iter()));
        if let Some(company) = &number.company {
            let known = study.companies.iter().chain(&together);
            found.extend(unknown(&path("company"), "company", company, known));
        }
        if let Some(window) = &number.window {
            let wrong = unknown(&path("window"), "window", window, windows.iter());
            found.extend(wrong.map(|wrong| no_windows(wrong, windows)));
        }
        found.extend(interval(&path("interval"), index, number));
    }
}

fn no_windows(wrong: Finding, windows: &[String]) -> Finding {
    let help = "`run.windows` names none: leave `window` out";
    if windows.is_empty() { Finding { help: Some(help.to_owned()), ..wrong } } else { wrong }
}

fn interval(path: &[&str], index: usize, number: &Number) -> Option<Finding> {
    let (low, high) = number.interval;
    (low > high).then(|| {
        finding(
            path,
            format!("finding.numbers[{index}].interval: from {low} to {high} is not an interval"),
            format!("write the lower end first: `interval = [{high}, {low}]`"),
        )
    })
}
