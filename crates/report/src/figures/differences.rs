//! `chart-differences`: every arm less the baseline.

use super::captions::{footer, together, window};
use super::{estimate, titles};
use crate::charts::{self, ChartError, Difference, Estimate, Frame, Group};
use heard_lab::experiment::results::Results;
use heard_math::stats::{Comparison, Verdict};
use heard_text::number::{shared_decimals, signed};

/// Every arm less the baseline on the headline metrics.
pub fn differences(results: &Results) -> Option<Result<String, ChartError>> {
    let study = &results.experiment.study;
    let run = &study.base.run;
    let metrics = results.metrics();
    let others = || results.arms().enumerate().filter(|(index, _)| *index != study.baseline);
    let mut verdicts = Vec::new();
    let mut groups = Vec::new();
    for &metric in run.headline.iter().filter(|metric| metrics.contains(metric)) {
        let compared: Vec<_> = others()
            .map(|(index, arm)| (arm, results.compare(results.whole(index), metric)))
            .collect();
        let all = || compared.iter().filter_map(|(_, found)| *found);
        let means: Vec<f64> = all().map(|found| found.difference.mean).collect();
        let halves: Vec<f64> = all().filter_map(|found| found.difference.half_width()).collect();
        let decimals = shared_decimals(&means, &halves);
        let row = |(arm, found): &(&str, Option<Comparison>)| match found {
            Some(found) => Difference {
                arm: (*arm).to_owned(),
                estimate: estimate(found.difference),
                verdict: found.verdict.to_string(),
                label: signed(found.difference.mean, decimals),
            },
            None => Difference {
                arm: (*arm).to_owned(),
                estimate: Estimate { mean: f64::NAN, low: None, high: None },
                verdict: Verdict::CannotTell.to_string(),
                label: String::new(),
            },
        };
        if !means.is_empty() {
            verdicts.extend(
                compared
                    .iter()
                    .map(|(_, found)| found.map_or(Verdict::CannotTell, |found| found.verdict)),
            );
            groups.push(Group {
                metric: metric.name().to_owned(),
                unit: metric.unit().to_owned(),
                smallest_effect: run.smallest_effect_of_interest.get(&metric).copied(),
                rows: compared.iter().map(row).collect(),
            });
        }
    }
    if groups.is_empty() {
        return None;
    }
    let baseline = &study.arms[study.baseline].name;
    let title = titles::differences(baseline, &verdicts);
    let subtitle = format!(
        "Each arm minus {baseline}, on the same customers in every replication. {}{}",
        window(results),
        together(results)
    );
    let comparisons = results.comparisons();
    let intervals = match comparisons {
        1 => "95% intervals".to_owned(),
        many => format!("95% intervals, simultaneous over {many} comparisons"),
    };
    let frame = Frame { title, subtitle, footer: footer(results, &intervals), ..Frame::default() };
    Some(charts::forest(&frame, baseline, &groups))
}
