//! `chart-differences`: every arm less the baseline.

use super::captions::{footer, together, window, windows};
use super::{estimate, titles};
use crate::charts::{self, ChartError, Difference, Estimate, Frame, Group, Over};
use heard_lab::experiment::results::Results;
use heard_math::stats::{Comparison, Verdict};
use heard_text::number::{shared_decimals, signed};

/// Every arm less the baseline on the headline metrics, over every window.
pub fn differences(results: &Results) -> Option<Result<String, ChartError>> {
    let study = &results.experiment.study;
    let run = &study.base.run;
    let metrics = results.metrics();
    let others = || results.arms().enumerate().filter(|(index, _)| *index != study.baseline);
    let mut verdicts = Vec::new();
    let mut groups = Vec::new();
    for &metric in run.headline.iter().filter(|metric| metrics.contains(metric)) {
        let compared: Vec<(&str, Vec<Option<Comparison>>)> = others()
            .map(|(index, arm)| {
                let over = results.windows_of(results.whole(index));
                (arm, over.map(|subject| results.compare(subject, metric)).collect())
            })
            .collect();
        let all = || compared.iter().flat_map(|(_, over)| over.iter().copied());
        let means: Vec<f64> = all().flatten().map(|found| found.difference.mean).collect();
        let halves = all().flatten().filter_map(|found| found.difference.half_width());
        let decimals = shared_decimals(&means, &halves.collect::<Vec<f64>>());
        if !means.is_empty() {
            verdicts.extend(all().map(|found| found.map_or(Verdict::CannotTell, |it| it.verdict)));
            let row = |(arm, over): &(&str, Vec<Option<Comparison>>)| Difference {
                arm: (*arm).to_owned(),
                over: over.iter().map(|found| over_window(*found, decimals)).collect(),
            };
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
    let title = titles::differences(baseline, &verdicts, results.turns().len());
    let windows = windows(results);
    let counted = match windows.len() {
        1 => window(results),
        _ => format!("Counted: {}.", windows.join("; ")),
    };
    let subtitle = format!(
        "Each arm minus {baseline}, on the same customers in every replication. {counted}{}",
        together(results)
    );
    let comparisons = results.comparisons();
    let intervals = match comparisons {
        1 => "95% intervals".to_owned(),
        many => format!("95% intervals, simultaneous over {many} comparisons"),
    };
    let frame = Frame { title, subtitle, footer: footer(results, &intervals), ..Frame::default() };
    Some(charts::forest(&frame, baseline, &windows, &groups))
}

/// What was found over one window, as it is drawn.
fn over_window(found: Option<Comparison>, decimals: usize) -> Over {
    match found {
        Some(found) => Over {
            estimate: estimate(found.difference),
            verdict: found.verdict.to_string(),
            label: signed(found.difference.mean, decimals),
        },
        None => Over {
            estimate: Estimate { mean: f64::NAN, low: None, high: None },
            verdict: Verdict::CannotTell.to_string(),
            label: String::new(),
        },
    }
}
