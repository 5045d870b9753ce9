//! Which arms did not cost the same as the baseline when they were simulated.

use heard_lab::experiment::results::{CONFIDENCE, MAIN, Results, Subject};
use heard_math::stats::{bonferroni, compare};
use heard_scenario::metric::Metric;
use heard_text::name::safe;
use heard_text::number::signed;

use crate::pages::cost::{differ, mixes_policy_and_money};

/// A paragraph for each company in which some arm costs clearly more or less than the baseline, by more
/// than a tenth, over the main window: replication by replication, with intervals simultaneous over arms and companies.
pub fn for_each_company(results: &Results) -> Vec<String> {
    let companies = &results.experiment.study.companies;
    let paragraph = |company: usize| {
        let text = of_company(results, company);
        let several = companies.len() > 1 && !text.is_empty();
        if several { format!("{}: {text}", safe(&companies[company])) } else { text }
    };
    (0..companies.len()).map(paragraph).collect()
}

fn of_company(results: &Results, company: usize) -> String {
    let study = &results.experiment.study;
    let others = (0..study.arms.len()).filter(|&arm| arm != study.baseline);
    let looks = (study.arms.len() - 1) * study.companies.len();
    let confidence = bonferroni(CONFIDENCE, looks);
    let baseline = Subject { arm: study.baseline, company, window: MAIN };
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
    if text.is_empty() { text } else { format!("Cost per 30 days: {text}") }
}
