//! `chart-funnel`: how far those who spoke up get.

use super::captions::{frame, window};
use super::{estimate, found, titles};
use crate::charts::{self, ChartError, Estimate, Funnel};
use heard_lab::experiment::results::Results;
use heard_scenario::metric::Metric;

/// How far those who spoke up get.
pub fn funnel(results: &Results) -> Option<Result<String, ChartError>> {
    const STAGES: [Metric; 4] =
        [Metric::SeenRate, Metric::AnswerRate, Metric::HeardRate, Metric::ResolutionRate];
    let metrics = results.metrics();
    if !STAGES.iter().any(|stage| metrics.contains(stage)) {
        return None;
    }
    let row = |(index, arm): (usize, &str)| {
        let rates = STAGES.map(|stage| results.total(results.whole(index), stage).map(estimate));
        let all = Estimate { mean: 1.0, low: None, high: None };
        let voiced = rates.iter().any(Option::is_some).then_some(all);
        let stages = std::iter::once(voiced).chain(rates).collect();
        Funnel { arm: arm.to_owned(), stages }
    };
    let rows: Vec<Funnel> = results.arms().enumerate().map(row).collect();
    let subtitle = format!(
        "Shares of all voiced complaints and questions. Seen: a person of the company read it. \
         Answered: any answer, automatic replies included. Heard: a person gave an on-topic \
         answer. {}",
        window(results)
    );
    let title = titles::heard(&found(results, Metric::HeardRate));
    let names = ["voiced", "seen", "answered", "heard", "resolved"];
    Some(charts::funnel(&frame(results, title, subtitle), &names, &rows))
}
