//! Common random numbers: what arms share makes their differences sharp.

use heard_scenario::metric::Metric;

use crate::support::{experiment, play};

/// `one-more-person`: two arms that differ by one person, the baseline busy 80% or more.
#[test]
fn pairing_cuts_the_variance_of_one_more_person_to_a_third_or_less() {
    let experiment = experiment("tests/scenarios/one-more-person.toml", &[], 40);
    let results = play(&experiment);
    let busy = results.total(results.whole(0), Metric::Occupancy).unwrap().mean;
    assert!(busy >= 0.8, "the baseline is busy {busy}");
    let comparison = results.compare(results.whole(1), Metric::ResolutionRate).unwrap();
    let reduction = comparison.variance_reduction.unwrap();
    assert!(reduction >= 3.0, "variance reduction {reduction}");
}
