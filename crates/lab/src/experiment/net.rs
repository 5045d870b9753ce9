//! What arms gain net of what they cost, over a range of what one unit of service is worth.

use heard_math::stats::{Comparison, Verdict, bonferroni, compare};
use heard_scenario::metric::Metric;
use heard_scenario::worth::{Unit, points};
use heard_world::column::Check;

use super::results::{CONFIDENCE, Results, Subject};

pub use heard_scenario::worth::POINTS;

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
    let confidence = bonferroni(CONFIDENCE, comparisons(results));
    let subjects = results.subjects().filter(|subject| subject.arm != study.baseline);
    let mut all = Vec::new();
    for subject in subjects {
        let baseline = Subject { arm: study.baseline, ..subject };
        for &(unit, range) in &units {
            for worth in points(range) {
                let ours = values(results, subject, unit, worth);
                let theirs = values(results, baseline, unit, worth);
                let Some(mut found) = compare(&ours, &theirs, confidence, None) else { continue };
                if found.replications < u64::from(results.replications()) {
                    // A unit is not undefined by chance: the other replications would not represent all.
                    found.verdict = Verdict::CannotTell;
                }
                all.push(Net { subject, unit, worth, found });
            }
        }
    }
    all
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

/// What is achieved, valued at `worth`, less its cost: money per 30 days, in each replication.
fn values(results: &Results, subject: Subject, unit: Unit, worth: f64) -> Vec<Option<f64>> {
    let costs = results.values(subject, Metric::Cost);
    let net = |(units, cost): (Option<f64>, Option<f64>)| Some(worth * units? - cost?);
    units(results, subject, unit).into_iter().zip(costs).map(net).collect()
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
