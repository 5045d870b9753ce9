//! `chart-resolution`: how many problems are solved.

use super::captions::{frame, window};
use super::titles::{self, Words};
use super::{estimate, found};
use crate::charts::{self, Bar, ChartError};
use heard_lab::experiment::results::Results;
use heard_scenario::metric::Metric;
use heard_text::number::percent;

/// The share of problems that are solved; of all failures where there is a population.
pub fn resolution(results: &Results) -> Option<Result<String, ChartError>> {
    let metrics = results.metrics();
    let of_failures = metrics.contains(&Metric::ResolvedPerFailure);
    let metric = if of_failures { Metric::ResolvedPerFailure } else { Metric::ResolutionRate };
    if !metrics.contains(&metric) {
        return None;
    }
    let (axis, whole) = if of_failures {
        (
            "share of failures that were complained about and solved",
            "Share of all failures, silent ones included, that are complained about and solved",
        )
    } else {
        (
            "share of complaints and questions solved",
            "Share of voiced complaints and questions whose problem is gone",
        )
    };
    let title = titles::ranking(
        &found(results, metric),
        Words {
            top: "The largest share of problems is solved with",
            bottom: "the smallest with",
            overlap: "No arm clearly solves more problems than another",
            plain: "How many problems are solved",
        },
        |arm, found| format!("{} of problems are solved: {arm}", percent(found.mean)),
    );
    let bar = |(index, arm): (usize, &str)| Bar {
        arm: arm.to_owned(),
        value: results.total(results.whole(index), metric).map(estimate),
    };
    let bars: Vec<Bar> = results.arms().enumerate().map(bar).collect();
    let subtitle = format!("{whole}. {}", window(results));
    Some(charts::resolution(&frame(results, title, subtitle), axis, &bars))
}
