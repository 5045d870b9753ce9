//! A target that stopped being a measure: more is answered, but less is solved or customers feel worse.

use std::fmt;

use heard_lab::experiment::results::{CONFIDENCE, MAIN, Results, Subject};
use heard_math::stats::{Interval, bonferroni, compare};
use heard_scenario::metric::Metric;
use heard_text::list::list;
use heard_text::name::safe;
use heard_text::number::signed;

/// Differences below this are not worth a caution: they round to nothing.
const LEAST_TOLD: f64 = 0.005;

/// What customers feel.
const FELT: [Metric; 3] = [Metric::Satisfaction, Metric::Attitude, Metric::Reputation];

/// An arm that lifts the answer rate over the baseline's while less is solved, or while customers feel
/// worse. Differences are arm minus baseline.
#[derive(Clone, Debug, PartialEq)]
pub struct Caution {
    /// The arm.
    pub arm: String,
    /// The arm that it is compared with.
    pub baseline: String,
    /// The company, where there are several.
    pub company: Option<String>,
    /// How much the answer rate rises.
    pub answer_rate: f64,
    /// What measures how much is solved, and how far it falls; `None` where it does not clearly fall.
    pub solved: Option<(Metric, f64)>,
    /// What of how customers feel falls, and how far.
    pub felt: Vec<(Metric, f64)>,
}

impl fmt::Display for Caution {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let change = |(metric, by): &(Metric, f64)| format!("{metric} {}", signed(*by, 3));
        let felt: Vec<String> = self.felt.iter().map(change).collect();
        let solves = self.solved.iter().map(|solved| format!("solves less ({})", change(solved)));
        let feels = (!felt.is_empty()).then(|| format!("is felt to be worse ({})", list(&felt)));
        let worse: Vec<String> = solves.chain(feels).collect();
        write!(
            f,
            "{} answers more than {} (answer_rate {}) but {}",
            safe(&self.arm),
            safe(&self.baseline),
            signed(self.answer_rate, 3),
            list(&worse),
        )?;
        if let Some(company) = &self.company {
            write!(f, ", for {}", safe(company))?;
        }
        f.write_str(". Its answer rate does not measure service.")
    }
}

/// A caution for each company and arm that deserves one, by intervals that hold simultaneously over
/// everything looked at here.
#[must_use]
pub fn cautions(results: &Results) -> Vec<Caution> {
    let study = &results.experiment.study;
    let companies = study.companies.len();
    let of_each = results.subjects().filter(|subject| {
        subject.window == MAIN && subject.arm != study.baseline && subject.company < companies
    });
    let subjects: Vec<Subject> = of_each.collect();
    let looks = subjects.len() * (2 + FELT.len());
    let confidence = bonferroni(CONFIDENCE, looks.max(1));
    subjects.into_iter().filter_map(|subject| caution(results, subject, confidence)).collect()
}

/// Arm minus baseline; `None` where either is undefined in a replication: the others would not speak for
/// all.
fn difference(
    results: &Results,
    subject: Subject,
    metric: Metric,
    confidence: f64,
) -> Option<Interval> {
    let baseline = Subject { arm: results.experiment.study.baseline, ..subject };
    let (ours, theirs) = (results.values(subject, metric), results.values(baseline, metric));
    let found = compare(&ours, &theirs, confidence, None)?;
    (found.replications == u64::from(results.replications())).then_some(found.difference)
}

fn caution(results: &Results, subject: Subject, confidence: f64) -> Option<Caution> {
    let study = &results.experiment.study;
    let more = difference(results, subject, Metric::AnswerRate, confidence)?;
    if more.mean < LEAST_TOLD || more.low? <= 0.0 {
        return None;
    }
    let of_failures = results.metrics().contains(&Metric::ResolvedPerFailure);
    let solved = if of_failures { Metric::ResolvedPerFailure } else { Metric::ResolutionRate };
    let falls = |metric: Metric| {
        let less = difference(results, subject, metric, confidence)?;
        let clearly = less.mean <= -LEAST_TOLD && less.high? < 0.0;
        clearly.then_some((metric, less.mean))
    };
    let (solved, felt) = (falls(solved), FELT.into_iter().filter_map(falls).collect::<Vec<_>>());
    let company = (study.companies.len() > 1).then(|| study.companies[subject.company].clone());
    (solved.is_some() || !felt.is_empty()).then(|| Caution {
        arm: results.arm_name(subject).to_owned(),
        baseline: study.arms[study.baseline].name.clone(),
        company,
        answer_rate: more.mean,
        solved,
        felt,
    })
}
