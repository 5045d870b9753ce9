//! `chart-differences`: every arm less the baseline.

use super::captions::{footer, together, window};
use super::{estimate, titles};
use crate::cautions::Cautions;
use crate::charts::{self, ChartError, Difference, Estimate, Frame, Group};
use heard_lab::experiment::results::Results;
use heard_math::stats::{Comparison, Verdict};
use heard_text::number::{shared_decimals, signed};

/// What the mark beside a value says.
const DOUBTFUL: &str = "* Does not measure service: of the arm and the baseline, the one that looks better \
    here solves less, is felt to be worse, or leaves more callers unserved.";

/// Every arm less the baseline on the headline metrics.
pub fn differences(results: &Results) -> Option<Result<String, ChartError>> {
    let study = &results.experiment.study;
    let run = &study.base.run;
    let metrics = results.metrics();
    let others = || results.arms().enumerate().filter(|(index, _)| *index != study.baseline);
    let cautions = Cautions::new(results);
    let mut doubtful = false;
    let mut verdicts = Vec::new();
    let mut groups = Vec::new();
    for &metric in run.headline.iter().filter(|metric| metrics.contains(metric)) {
        let compared: Vec<_> = others()
            .map(|(index, arm)| {
                let subject = results.whole(index);
                let found = results.compare(subject, metric);
                let doubt = found.is_some_and(|f| cautions.doubt(subject, metric, f.verdict));
                (arm, found, doubt)
            })
            .collect();
        let all = || compared.iter().filter_map(|(_, found, _)| *found);
        let means: Vec<f64> = all().map(|found| found.difference.mean).collect();
        let halves: Vec<f64> = all().filter_map(|found| found.difference.half_width()).collect();
        let decimals = shared_decimals(&means, &halves);
        let row = |(arm, found, doubt): &(&str, Option<Comparison>, bool)| match found {
            Some(found) => Difference {
                arm: (*arm).to_owned(),
                estimate: estimate(found.difference),
                verdict: found.verdict.to_string(),
                label: signed(found.difference.mean, decimals) + if *doubt { "*" } else { "" },
            },
            None => Difference {
                arm: (*arm).to_owned(),
                estimate: Estimate { mean: f64::NAN, low: None, high: None },
                verdict: Verdict::CannotTell.to_string(),
                label: String::new(),
            },
        };
        if !means.is_empty() {
            doubtful |= compared.iter().any(|(.., doubt)| *doubt);
            verdicts.extend(
                compared
                    .iter()
                    .map(|(_, found, _)| found.map_or(Verdict::CannotTell, |found| found.verdict)),
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
    let note = if doubtful { DOUBTFUL.to_owned() } else { String::new() };
    let frame = Frame { title, subtitle, note, footer: footer(results, &intervals) };
    Some(charts::forest(&frame, baseline, &groups))
}
