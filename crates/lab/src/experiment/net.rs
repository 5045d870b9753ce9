//! What arms gain net of what they cost, over a range of what one unit of service is worth.

use std::cmp::Ordering;

use heard_math::stats::{Comparison, Verdict, bonferroni, compare};
use heard_scenario::metric::Metric;
use heard_scenario::worth::Unit;
use heard_world::column::Check;

use super::results::{CONFIDENCE, Results, Subject};

/// Points at which a range of worth is looked at, its ends included.
pub const POINTS: u32 = 5;

/// One arm against the baseline, at one worth of one unit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Net {
    /// Who is compared.
    pub subject: Subject,
    /// What is valued.
    pub unit: Unit,
    /// Money per unit.
    pub worth: f64,
    /// Worth x the difference in units, less the difference in cost: money per 30 days, with an interval
    /// that holds simultaneously over all that [`net`] gives.
    pub found: Comparison,
}

/// Every arm but the baseline, every company and every window, at each point of each range in `run.worth`, in the order
/// of tables. Differences are taken replication by replication; what no replication defines is left out.
#[must_use]
pub fn net(results: &Results) -> Vec<Net> {
    let study = &results.experiment.study;
    let units =
        Unit::ALL.into_iter().filter_map(|unit| Some((unit, study.base.run.worth.of(unit)?)));
    let units: Vec<(Unit, [f64; 2])> = units.collect();
    let subjects = results.subjects().filter(|subject| subject.arm != study.baseline);
    let mut all = Vec::new();
    for subject in subjects {
        for &(unit, [low, high]) in &units {
            let gains = Gains::new(results, subject, unit);
            for point in 0..POINTS {
                let worth = worth_at(low, high, point);
                let found = gains.at(worth);
                all.extend(found.map(|found| Net { subject, unit, worth, found }));
            }
        }
    }
    all
}

/// One of the points of a range: evenly spaced from 0 on, and otherwise each as many times the one before.
fn worth_at(low: f64, high: f64, point: u32) -> f64 {
    let share = f64::from(point) / f64::from(POINTS - 1);
    if low > 0.0 && point > 0 && point < POINTS - 1 {
        low * libm::pow(high / low, share)
    } else {
        low + (high - low) * share
    }
}

/// Comparisons that the intervals hold for at once: arms other than the baseline x companies and all
/// together x windows x units x points; at least 1.
#[must_use]
pub fn comparisons(results: &Results) -> usize {
    let study = &results.experiment.study;
    let valued = Unit::ALL.into_iter().filter(|&unit| study.base.run.worth.of(unit).is_some());
    let subjects = results.experiment.subjects().len() * (study.arms.len() - 1);
    let windows = results.experiment.windows.len();
    (subjects * windows * valued.count() * POINTS as usize).max(1)
}

/// The worths within the range at which an arm may break even: where the upper and the lower end of the
/// interval of its gain cross 0, the smaller first; `None` where neither, or only one of them, does.
#[must_use]
pub fn break_even(results: &Results, subject: Subject, unit: Unit) -> Option<[f64; 2]> {
    let range = results.experiment.study.base.run.worth.of(unit)?;
    let gains = Gains::new(results, subject, unit);
    let upper = crossing(range, |worth| gains.at(worth)?.difference.high)?;
    let lower = crossing(range, |worth| gains.at(worth)?.difference.low)?;
    Some([upper.min(lower), upper.max(lower)])
}

/// Whether an arm costs clearly more than the baseline, or clearly less; neither where that cannot be told.
#[must_use]
pub fn cost_difference(results: &Results, subject: Subject) -> Ordering {
    let baseline = Subject { arm: results.experiment.study.baseline, ..subject };
    let confidence = bonferroni(CONFIDENCE, comparisons(results));
    let [ours, theirs] = [subject, baseline].map(|subject| results.values(subject, Metric::Cost));
    let found = compare(&ours, &theirs, confidence, None).map(|found| found.difference);
    match found.filter(|difference| difference.excludes_zero()) {
        Some(difference) if difference.mean > 0.0 => Ordering::Greater,
        Some(_) => Ordering::Less,
        None => Ordering::Equal,
    }
}

/// Where `end` changes its sign between two worths, to a millionth of their distance.
fn crossing([low, high]: [f64; 2], end: impl Fn(f64) -> Option<f64>) -> Option<f64> {
    let rises = end(low)? < 0.0;
    if (end(low)? * end(high)?) >= 0.0 {
        return None;
    }
    let (mut from, mut to) = (low, high);
    for _ in 0..20 {
        let middle = f64::midpoint(from, to);
        if (end(middle)? < 0.0) == rises {
            from = middle;
        } else {
            to = middle;
        }
    }
    Some(f64::midpoint(from, to))
}

/// What an arm and the baseline achieve and cost, in each replication.
struct Gains {
    ours: Vec<(Option<f64>, Option<f64>)>,
    theirs: Vec<(Option<f64>, Option<f64>)>,
    confidence: f64,
}

impl Gains {
    fn new(results: &Results, subject: Subject, unit: Unit) -> Self {
        let of = |subject: Subject| {
            let costs = results.values(subject, Metric::Cost);
            units(results, subject, unit).into_iter().zip(costs).collect()
        };
        let baseline = Subject { arm: results.experiment.study.baseline, ..subject };
        let confidence = bonferroni(CONFIDENCE, comparisons(results));
        Self { ours: of(subject), theirs: of(baseline), confidence }
    }

    /// The arm's gain over the baseline if a unit is worth this: money per 30 days.
    fn at(&self, worth: f64) -> Option<Comparison> {
        let net = |values: &[(Option<f64>, Option<f64>)]| -> Vec<Option<f64>> {
            values.iter().map(|(units, cost)| Some(worth * (*units)? - (*cost)?)).collect()
        };
        let mut found = compare(&net(&self.ours), &net(&self.theirs), self.confidence, None)?;
        if found.replications < self.ours.len() as u64 {
            // A unit is not undefined by chance: the other replications would not represent all.
            found.verdict = Verdict::CannotTell;
        }
        Some(found)
    }
}

/// Units per 30 days: problems solved; customers who leave, as a loss.
fn units(results: &Results, subject: Subject, unit: Unit) -> Vec<Option<f64>> {
    match unit {
        Unit::Resolution => results.values(subject, Metric::Resolutions),
        Unit::Customer => {
            let leaving = results.values(subject, Metric::ChurnRate).into_iter();
            let customers = results.check_of(subject, Check::Customers).iter();
            leaving.zip(customers).map(|(rate, customers)| Some(-rate? * customers)).collect()
        }
    }
}
