//! What every report says about itself: whether all cases are accounted for, Little's law holds, the
//! warm-up was long enough, and there are enough replications for what is claimed.

use std::fmt;

use serde_json::{Map, Value, json};

use super::warm_up::WarmUp;
use heard_lab::experiment::results::{Results, Subject};
use heard_math::stats::{Verdict, too_few_for_student};
use heard_scenario::metric::Metric;
use heard_text::list::{counted, list};
use heard_text::name::safe;
use heard_text::number::{percent, roughly, rounding};
use heard_world::column::Check;

/// The two sides of Little's law may differ by this share: rounding.
const LITTLE_GAP: f64 = 1e-9;
/// With a larger share of open cases than this, what is counted may lean to the quick ones.
const CENSORED: f64 = 0.05;
/// Student's interval needs at least this many replications, unless the values are normal.
const REPLICATIONS: u32 = 10;
/// Claims named in a warning; more are only counted.
const NAMED: usize = 3;

/// The self-check of an experiment.
#[derive(Clone, Debug, PartialEq)]
pub struct SelfCheck {
    /// Complaints and questions between warm-up and margin, over all arms and replications.
    pub cases: u64,
    /// Contacts and cases that are neither over nor still there: 0.
    pub unaccounted: u64,
    /// Largest relative gap between the two sides of Little's law: 0 to rounding.
    pub little_gap: f64,
    /// By arm: the share of counted complaints and questions still open at the end, over the window
    /// where it is largest; `None` where none was voiced.
    pub censored: Vec<(String, Option<f64>)>,
    /// Replications in all.
    pub replications: u32,
    /// Whether the warm-up was long enough.
    pub warm_up: WarmUp,
    /// Claims that rest on too few replications for how skewed they are, and how many would do.
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
            let open =
                results.windows_of(results.whole(arm)).filter_map(|whole| open(results, whole));
            (name.to_owned(), open.reduce(f64::max))
        };
        Self {
            cases: arms.clone().map(|arm| sum(arm, Check::Cases)).sum::<f64>() as u64,
            unaccounted: arms.map(|arm| sum(arm, Check::Unaccounted)).sum::<f64>() as u64,
            little_gap: gaps.copied().fold(0.0, f64::max),
            censored: results.arms().enumerate().map(censored).collect(),
            replications: results.replications(),
            warm_up: WarmUp::new(results),
            skewed: skewed(results),
        }
    }

    /// What a reader should be warned of; nothing where all is well.
    #[must_use]
    pub fn warnings(&self) -> Vec<Warning> {
        let mut warnings = Vec::new();
        if self.unaccounted > 0 {
            warnings.push(Warning::Unaccounted(self.unaccounted));
        }
        if self.little_gap > LITTLE_GAP {
            warnings.push(Warning::LittleGap(self.little_gap));
        }
        let open = self.censored.iter().filter_map(|(arm, share)| Some((arm.clone(), (*share)?)));
        let open: Vec<(String, f64)> = open.filter(|(_, share)| *share > CENSORED).collect();
        if !open.is_empty() {
            warnings.push(Warning::StillOpen(open));
        }
        if self.warm_up.is_doubtful() {
            warnings.push(Warning::WarmUp(self.warm_up.clone()));
        }
        if let Some(most) = self.skewed.iter().map(|(_, enough)| *enough).max() {
            let claims = self.skewed.iter().map(|(claim, _)| claim.clone()).collect();
            warnings.push(Warning::Skewed { claims, replications: most });
        }
        if self.replications < REPLICATIONS {
            warnings.push(Warning::FewReplications(self.replications));
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
        let gap = match self.little_gap {
            0.0 => "the last digit".to_owned(),
            gap => rounding(gap),
        };
        let warm_up = match self.warm_up.to_string() {
            said if said.is_empty() => said,
            said => format!(", {said}"),
        };
        let cases = counted(self.cases as f64, "case", "cases");
        format!("{cases} accounted for, Little's law to {gap}{open}{warm_up}")
    }

    /// The self-check of the manifest.
    #[must_use]
    pub fn to_json(&self) -> Value {
        let warnings: Vec<String> = self.warnings().iter().map(Warning::to_string).collect();
        let censored: Map<String, Value> =
            self.censored.iter().map(|(arm, share)| (arm.clone(), json!(share))).collect();
        let skewed = self.skewed.iter();
        let skewed =
            skewed.map(|(claim, enough)| json!({ "claim": claim, "replications": enough }));
        json!({
            "status": if warnings.is_empty() { "ok" } else { "warnings" },
            "warnings": warnings,
            "cases": self.cases,
            "unaccounted": self.unaccounted,
            "little_gap": self.little_gap,
            "censored": censored,
            "warm_up": self.warm_up.to_json(),
            "skewed": skewed.collect::<Vec<_>>(),
        })
    }
}

/// Something in a run that its reader should know before believing it.
#[derive(Clone, Debug, PartialEq)]
pub enum Warning {
    /// This many contacts or cases are neither over nor still there: a bug.
    Unaccounted(u64),
    /// The two sides of Little's law differ by this share: a bug.
    LittleGap(f64),
    /// Arms in which a large share of the counted cases was still open at the end.
    StillOpen(Vec<(String, f64)>),
    /// The warm-up was too short, or nothing shows that it was long enough.
    WarmUp(WarmUp),
    /// Claims that rest on differences too skewed for the number of replications.
    Skewed {
        /// What is claimed, such as `churn_rate in responding`.
        claims: Vec<String>,
        /// How many replications would do for all of them.
        replications: u64,
    },
    /// Too few replications for reliable intervals.
    FewReplications(u32),
}

impl fmt::Display for Warning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let bug = "this is a bug; please report it together with the scenario";
        match self {
            Self::Unaccounted(lost) => {
                let lost = counted(*lost as f64, "contact or case is", "contacts or cases are");
                write!(f, "{lost} unaccounted for: {bug}")
            }
            Self::LittleGap(gap) => write!(f, "Little's law is off by {}: {bug}", rounding(*gap)),
            Self::StillOpen(arms) => {
                let arm =
                    |(arm, share): &(String, f64)| format!("{} {}", safe(arm), percent(*share));
                let arms: Vec<String> = arms.iter().map(arm).collect();
                write!(
                    f,
                    "many cases were still open at the end ({}): either more comes in than the team \
                     can handle (is occupancy near 1?), or a longer run.margin_days would let them \
                     close",
                    list(&arms)
                )
            }
            Self::WarmUp(warm_up) => warm_up.fmt(f),
            Self::Skewed { claims, replications } => {
                let mut told: Vec<String> =
                    claims.iter().take(NAMED).map(|claim| safe(claim)).collect();
                if claims.len() > NAMED {
                    told.push(format!("and {} more", claims.len() - NAMED));
                }
                write!(
                    f,
                    "differences are too skewed for these intervals ({}): run at least {} replications",
                    told.join("; "),
                    roughly(*replications)
                )
            }
            Self::FewReplications(0) => f.write_str("no replication was finished"),
            Self::FewReplications(1) => {
                f.write_str("one replication has no intervals: nothing can be told apart")
            }
            Self::FewReplications(few) => {
                write!(f, "only {few} replications were run, so the intervals are rough")
            }
        }
    }
}

/// The share of counted complaints and questions that are still open at the end; `None` where none was
/// voiced.
fn open(results: &Results, subject: Subject) -> Option<f64> {
    let voiced = results.check_of(subject, Check::Voiced);
    let shares = results.check_of(subject, Check::Censored).iter().zip(voiced);
    let open: f64 = shares.filter(|(_, voiced)| **voiced > 0.0).map(|(s, v)| s * v).sum();
    let all: f64 = voiced.iter().sum();
    (all > 0.0).then(|| open / all)
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
        let window = match results.experiment.windows.len() {
            1 => String::new(),
            _ => format!(", {}", results.window_name(subject)),
        };
        let claim = format!("{metric} in {}{company}{window}", results.arm_name(subject));
        Some((claim, enough))
    };
    claims.filter_map(judge).collect()
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
        assert_eq!(sound().warnings(), []);
        assert_eq!(
            sound().line(),
            "12,345 cases accounted for, Little's law to 3e-15, at most 1.1% still open at the end, \
             warm-up not judged (customers learn)"
        );
        assert_eq!(sound().to_json()["status"], "ok");
    }

    #[test]
    fn every_fault_has_its_own_warning() {
        let many = ["a, first", "b", "c", "d", "e"].map(|claim| (claim.to_owned(), 100)).to_vec();
        let cases: [(SelfCheck, &str); 8] = [
            (
                SelfCheck { skewed: many, ..sound() },
                "(a, first; b; c; and 2 more): run at least 100",
            ),
            (SelfCheck { unaccounted: 2, ..sound() }, "2 contacts or cases are unaccounted"),
            (SelfCheck { little_gap: 2e-9, ..sound() }, "off by 2e-9"),
            (SelfCheck { censored: vec![("a".into(), Some(0.06))], ..sound() }, "(a 6.0%)"),
            (
                SelfCheck { skewed: vec![("firestorms in b".into(), 2190)], ..sound() },
                "(firestorms in b): run at least 2,200",
            ),
            (
                SelfCheck { warm_up: WarmUp::Unsettled { arm: "a".into() }, ..sound() },
                "in a the number",
            ),
            (SelfCheck { replications: 9, ..sound() }, "only 9 replications were run, so"),
            (SelfCheck { replications: 1, ..sound() }, "nothing can be told apart"),
        ];
        for (check, text) in cases {
            let warnings: Vec<String> = check.warnings().iter().map(Warning::to_string).collect();
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
