//! What every report says about itself: whether all cases are accounted for, the clock balances, the
//! warm-up was long enough, and there are replications enough for what is claimed.

use serde_json::{Map, Value, json};

use super::warm_up::WarmUp;
use heard_lab::experiment::results::{Results, Subject};
use heard_math::stats::{Verdict, too_few_for_student};
use heard_scenario::metric::Metric;
use heard_text::number::{count, percent, roughly, significant};
use heard_world::column::Check;

/// The two sides of Little's law may differ by this share: rounding.
const LITTLE_GAP: f64 = 1e-9;
/// With more open cases than this share, what is counted may lean to the quick ones.
const CENSORED: f64 = 0.05;
/// Student's interval wants at least so many replications, unless the values are normal.
const REPLICATIONS: u32 = 10;

/// The self-check of an experiment.
#[derive(Clone, Debug, PartialEq)]
pub struct SelfCheck {
    /// Counted complaints and questions over all arms and replications.
    pub cases: u64,
    /// Contacts and cases that are neither over nor still there: 0.
    pub unaccounted: u64,
    /// Largest relative gap between the two sides of Little's law: 0 to rounding.
    pub little_gap: f64,
    /// By arm: the share of counted complaints and questions still open at the end; `None` where
    /// none was voiced.
    pub censored: Vec<(String, Option<f64>)>,
    /// Replications in all.
    pub replications: u32,
    /// Whether the warm-up was long enough.
    pub warm_up: WarmUp,
    /// Claims that rest on too few replications for how skewed they are: which, and how many would
    /// do.
    pub skewed: Vec<(String, u64)>,
}

impl SelfCheck {
    /// Checks these results.
    #[must_use]
    pub fn new(results: &Results) -> Self {
        let arms = 0..results.experiment.plans.len();
        let sum = |arm: usize, check: Check| results.check(arm, check).iter().sum::<f64>();
        let gaps = arms.clone().flat_map(|arm| results.check(arm, Check::LittleGap));
        let censored = |(arm, name): (usize, &str)| {
            let voiced = results.check(arm, Check::Voiced);
            let shares = results.check(arm, Check::Censored).iter().zip(voiced);
            let open: f64 = shares.filter(|(_, voiced)| **voiced > 0.0).map(|(s, v)| s * v).sum();
            let all: f64 = voiced.iter().sum();
            (name.to_owned(), (all > 0.0).then(|| open / all))
        };
        Self {
            cases: arms.clone().map(|arm| sum(arm, Check::Voiced)).sum::<f64>() as u64,
            unaccounted: arms.map(|arm| sum(arm, Check::Unaccounted)).sum::<f64>() as u64,
            little_gap: gaps.copied().fold(0.0, f64::max),
            censored: results.arms().enumerate().map(censored).collect(),
            replications: results.replications(),
            warm_up: WarmUp::new(results),
            skewed: skewed(results),
        }
    }

    /// What a reader should be warned of, a sentence each; none when all is well.
    #[must_use]
    pub fn warnings(&self) -> Vec<String> {
        let mut warnings = Vec::new();
        if self.unaccounted > 0 {
            let lost = count(self.unaccounted);
            warnings.push(format!(
                "{lost} contacts or cases are unaccounted for: this is a fault of the program, \
                 please report it with the scenario"
            ));
        }
        if self.little_gap > LITTLE_GAP {
            let gap = rounding(self.little_gap);
            warnings.push(format!(
                "Little's law is off by {gap}: this is a fault of the program, please report it \
                 with the scenario"
            ));
        }
        let open: Vec<String> = self
            .censored
            .iter()
            .filter_map(|(arm, share)| Some((arm, share.filter(|share| *share > CENSORED)?)))
            .map(|(arm, share)| format!("{arm} {}", percent(share)))
            .collect();
        if !open.is_empty() {
            warnings.push(format!(
                "many cases were still open at the end ({}): either more comes in than the team can \
                 do (is occupancy near 1?), or a longer run.margin_days would let them close",
                open.join(", ")
            ));
        }
        warnings.extend(self.warm_up.warning());
        if let Some((_, most)) = self.skewed.iter().max_by_key(|(_, enough)| enough) {
            let claims: Vec<&str> = self.skewed.iter().map(|(claim, _)| claim.as_str()).collect();
            warnings.push(format!(
                "differences are so uneven over replications that intervals may miss ({}): at least {} \
                 replications are wanted",
                claims.join(", "),
                roughly(*most)
            ));
        }
        if self.replications < REPLICATIONS {
            warnings.push(match self.replications {
                0 => "no replication was finished".to_owned(),
                1 => "one replication has no intervals: nothing can be told apart".to_owned(),
                few => format!("only {few} replications: intervals are rough"),
            });
        }
        warnings
    }

    /// One line that says that all is well.
    #[must_use]
    pub fn line(&self) -> String {
        let open = self.censored.iter().filter_map(|(_, share)| *share).reduce(f64::max);
        let open = match open {
            None => String::new(),
            Some(0.0) => ", none still open at the end".to_owned(),
            Some(share) if self.censored.len() == 1 => {
                format!(", {} still open at the end", percent(share))
            }
            // The arm with the most.
            Some(share) => format!(", at most {} still open at the end", percent(share)),
        };
        let gap = rounding(self.little_gap);
        let warm_up = self.warm_up.line();
        format!("{} cases accounted for, Little's law to {gap}{open}{warm_up}", count(self.cases))
    }

    /// The self-check of the manifest.
    #[must_use]
    pub fn to_json(&self) -> Value {
        let warnings = self.warnings();
        let censored: Map<String, Value> =
            self.censored.iter().map(|(arm, share)| (arm.clone(), json!(share))).collect();
        json!({
            "status": if warnings.is_empty() { "ok" } else { "warnings" },
            "warnings": warnings,
            "cases": self.cases,
            "unaccounted": self.unaccounted,
            "little_gap": self.little_gap,
            "censored": censored,
            "warm_up": self.warm_up.to_json(),
            "skewed": self.skewed.iter().map(|(claim, enough)| json!({ "claim": claim, "replications": enough })).collect::<Vec<_>>(),
        })
    }
}

/// Verdicts on headline metrics that say something, with differences too skewed for so few
/// replications.
fn skewed(results: &Results) -> Vec<(String, u64)> {
    let study = &results.experiment.study;
    let others = results.subjects().filter(|subject| subject.arm != study.baseline);
    let claims = others
        .flat_map(|subject| study.base.run.headline.iter().map(move |metric| (subject, *metric)));
    let judge = |(subject, metric): (Subject, Metric)| {
        let found = results.compare(subject, metric)?;
        let claims = [Verdict::Higher, Verdict::Lower, Verdict::Equivalent];
        if !claims.contains(&found.verdict) {
            return None;
        }
        let baseline = Subject { arm: study.baseline, ..subject };
        let pairs = results.values(subject, metric).into_iter();
        let pairs = pairs.zip(results.values(baseline, metric));
        let differences: Vec<f64> = pairs.filter_map(|(arm, base)| Some(arm? - base?)).collect();
        let enough = too_few_for_student(&differences)?;
        let company = match study.companies.len() {
            1 => String::new(),
            _ => format!(", {}", results.company_name(subject)),
        };
        let claim = format!("{metric} in {}{company}", results.arm_name(subject));
        Some((claim, enough))
    };
    claims.filter_map(judge).collect()
}

/// A gap as the power of ten that it is within; larger ones as they are.
fn rounding(gap: f64) -> String {
    if gap == 0.0 {
        "the last digit".to_owned()
    } else if gap > 1e-3 {
        significant(gap, 2)
    } else {
        format!("1e{}", libm::log10(gap).ceil())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::studies;

    fn sound() -> SelfCheck {
        SelfCheck {
            cases: 12_345,
            unaccounted: 0,
            little_gap: 3e-15,
            censored: vec![("a".into(), Some(0.011)), ("b".into(), None)],
            replications: 20,
            warm_up: WarmUp::Population,
            skewed: Vec::new(),
        }
    }

    #[test]
    fn a_sound_run_has_one_line_and_no_warnings() {
        assert_eq!(sound().warnings(), [""; 0]);
        assert_eq!(
            sound().line(),
            "12,345 cases accounted for, Little's law to 1e-14, at most 1.1% still open at the end, \
             warm-up not judged (customers learn)"
        );
        assert_eq!(sound().to_json()["status"], "ok");
    }

    #[test]
    fn every_fault_has_its_own_warning() {
        let cases: [(SelfCheck, &str); 7] = [
            (SelfCheck { unaccounted: 2, ..sound() }, "2 contacts or cases are unaccounted"),
            (SelfCheck { little_gap: 2e-9, ..sound() }, "off by 1e-8"),
            (SelfCheck { censored: vec![("a".into(), Some(0.06))], ..sound() }, "(a 6.0%)"),
            (
                SelfCheck { skewed: vec![("firestorms in b".into(), 2190)], ..sound() },
                "(firestorms in b): at least 2,200",
            ),
            (
                SelfCheck { warm_up: WarmUp::Unsettled { arm: "a".into() }, ..sound() },
                "in a the number",
            ),
            (SelfCheck { replications: 9, ..sound() }, "only 9 replications"),
            (SelfCheck { replications: 1, ..sound() }, "nothing can be told apart"),
        ];
        for (check, text) in cases {
            let warnings = check.warnings();
            assert!(warnings.len() == 1 && warnings[0].contains(text), "{warnings:?}");
            assert_eq!(check.to_json()["status"], "warnings");
        }
    }

    #[test]
    fn real_runs_lose_nothing() {
        for experiment in [studies::bundled(&[]), studies::queue()] {
            let check = SelfCheck::new(&studies::play(&experiment, 3));
            assert!(check.cases > 0 && check.unaccounted == 0 && check.little_gap < 1e-9);
            assert_eq!(check.censored.len(), experiment.plans.len());
            assert!(check.censored.iter().all(|(_, share)| share.is_some_and(|s| s < 0.5)));
        }
    }
}
