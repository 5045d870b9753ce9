//! Which arms did not cost the same as the baseline when they were simulated.

use heard_lab::experiment::results::{CONFIDENCE, Results, Subject};
use heard_math::stats::{bonferroni, compare};
use heard_scenario::metric::Metric;
use heard_text::name::safe;
use heard_text::number::signed;

use super::sections::{Section, sections};
use crate::pages::cost::{differ, mixes_policy_and_money};

/// A paragraph for each company and window in which some arm costs clearly more or less than the baseline,
/// by more than a tenth: replication by replication, with intervals simultaneous over all of them.
pub fn for_each_section(results: &Results) -> Vec<String> {
    let companies = results.experiment.study.companies.len();
    let own = sections(results).into_iter().filter(|(company, _)| *company < companies);
    own.map(|section| of_section(results, section)).collect()
}

fn of_section(results: &Results, (company, window): Section) -> String {
    let study = &results.experiment.study;
    let others = (0..study.arms.len()).filter(|&arm| arm != study.baseline);
    let windows = results.experiment.windows.as_slice();
    let looks = (study.arms.len() - 1) * study.companies.len() * windows.len();
    let confidence = bonferroni(CONFIDENCE, looks);
    let baseline = Subject { arm: study.baseline, company, window };
    let theirs = results.values(baseline, Metric::Cost);
    let unequal = others.filter_map(|arm| {
        let subject = Subject { arm, ..baseline };
        let found = compare(&results.values(subject, Metric::Cost), &theirs, confidence, None)?;
        let cost = |subject| results.total(subject, Metric::Cost).map(|cost| cost.mean);
        let differ = differ(cost(subject)?, cost(baseline)?) && found.difference.excludes_zero();
        let more = signed(found.difference.mean, 0);
        differ.then(|| format!("{} ({more})", safe(results.arm_name(subject))))
    });
    let unequal: Vec<String> = unequal.collect();
    let text = mixes_policy_and_money(&study.arms[study.baseline].name, &unequal);
    if text.is_empty() {
        return text;
    }
    let of = match study.companies.as_slice() {
        [_] => String::new(),
        several => format!(" of {}", safe(&several[company])),
    };
    let over = match windows {
        [_] => String::new(),
        several => format!(" over `{}`", safe(&several[window].name)),
    };
    format!("Cost per 30 days{of}{over}: {text}")
}
