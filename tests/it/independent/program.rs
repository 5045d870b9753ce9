//! What the program makes of a scenario.

use heard_scenario::metric::Metric;

use crate::independent::compare::Values;
use crate::support::{experiment_of, play};

/// Every metric of the summary, in every replication of the only arm.
pub fn metrics(scenario: &str, replications: usize) -> Vec<Values> {
    let experiment = experiment_of(scenario, replications as u32);
    let results = play(&experiment);
    let subject = results.whole(0);
    let values = |metric: Metric| Values {
        metric: metric.name().to_owned(),
        values: results.values(subject, metric),
    };
    Metric::ALL.into_iter().map(values).collect()
}
