//! A target that stopped being a measure: more is answered, and less is solved or felt to be good.

use heard_lab::experiment::results::{CONFIDENCE, Results, Subject};
use heard_math::stats::{Interval, bonferroni, compare};
use heard_scenario::metric::Metric;
use heard_text::name::safe;
use heard_text::number::signed;

/// Differences below this are not worth a caution: they round to nothing.
const LEAST_TOLD: f64 = 0.005;

/// What customers feel.
const FELT: [Metric; 3] = [Metric::Satisfaction, Metric::Attitude, Metric::Reputation];

/// A word of caution for each arm that lifts the answer rate over the baseline's while what is solved,
/// or what customers feel, falls; for each company, by intervals that hold simultaneously over all that
/// is looked at here.
#[must_use]
pub fn cautions(results: &Results) -> Vec<String> {
    let study = &results.experiment.study;
    let companies = study.companies.len();
    let of_each = results
        .subjects()
        .filter(|subject| subject.arm != study.baseline && subject.company < companies);
    let subjects: Vec<Subject> = of_each.collect();
    let looks = subjects.len() * (2 + FELT.len());
    let confidence = bonferroni(CONFIDENCE, looks.max(1));
    subjects.into_iter().filter_map(|subject| caution(results, subject, confidence)).collect()
}

/// Arm minus baseline; `None` where a replication leaves either undefined: the rest would not speak for
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

fn caution(results: &Results, subject: Subject, confidence: f64) -> Option<String> {
    let study = &results.experiment.study;
    let more = difference(results, subject, Metric::AnswerRate, confidence)?;
    if more.mean < LEAST_TOLD || more.low? <= 0.0 {
        return None;
    }
    let of_failures = results.metrics().contains(&Metric::ResolvedPerFailure);
    let solved = if of_failures { Metric::ResolvedPerFailure } else { Metric::ResolutionRate };
    let falls = |metric: Metric| {
        let less = difference(results, subject, metric, confidence)?;
        let telling = less.mean <= -LEAST_TOLD && less.high? < 0.0;
        telling.then(|| format!("{metric} {}", signed(less.mean, 3)))
    };
    let (solves, feels) = (falls(solved), FELT.into_iter().filter_map(falls));
    let feels: Vec<String> = feels.collect();
    let worse = match (solves, feels.is_empty()) {
        (None, true) => return None,
        (Some(solves), true) => format!("solves less ({solves})"),
        (None, false) => format!("is felt to be worse ({})", feels.join(", ")),
        (Some(solves), false) => {
            format!("solves less ({solves}) and is felt to be worse ({})", feels.join(", "))
        }
    };
    let company = match study.companies.as_slice() {
        [_] => String::new(),
        several => format!(", for {}", safe(&several[subject.company])),
    };
    Some(format!(
        "Note: {} answers more than {} (answer_rate {}) but {worse}{company}. Its answer rate does not \
         measure service.",
        safe(results.arm_name(subject)),
        safe(&study.arms[study.baseline].name),
        signed(more.mean, 3),
    ))
}
