//! `chart-differences`: every arm less the baseline.

use super::captions::{footer, together, window, windows};
use super::{estimate, titles};
use crate::cautions::Cautions;
use crate::charts::{self, ChartError, Difference, Estimate, Frame, Group, Over};
use heard_lab::experiment::results::Results;
use heard_math::stats::{Comparison, Verdict};
use heard_text::number::{shared_decimals, signed};

/// What the mark beside a value says.
const DOUBTFUL: &str = "* Does not measure service: of the arm and the baseline, the one that looks better \
     here solves less, customers feel worse, or more callers go unserved.";

/// Every arm less the baseline on the headline metrics, over every window.
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
        let compared: Vec<(&str, Vec<Found>)> = others()
            .map(|(index, arm)| {
                let found = |subject| {
                    let found = results.told(subject, metric)?;
                    Some((found, cautions.doubt(subject, metric, found.verdict)))
                };
                (arm, results.windows_of(results.whole(index)).map(found).collect())
            })
            .collect();
        let all = || compared.iter().flat_map(|(_, over)| over.iter().copied());
        let means: Vec<f64> = all().flatten().map(|(found, _)| found.difference.mean).collect();
        let halves = all().flatten().filter_map(|(found, _)| found.difference.half_width());
        let decimals = shared_decimals(&means, &halves.collect::<Vec<f64>>());
        if !means.is_empty() {
            doubtful |= all().flatten().any(|(_, doubt)| doubt);
            verdicts.extend(all().map(|it| it.map_or(Verdict::CannotTell, |(it, _)| it.verdict)));
            let row = |(arm, over): &(&str, Vec<Found>)| Difference {
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
    let company = results.whole(study.baseline).company;
    let turns = results.turns();
    let shown = turns.iter().filter(|turn| turn.before.subject.company == company);
    let title = titles::differences(baseline, &verdicts, shown.count());
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
    let level = match results.is_judged_at_any_look() {
        true => "intervals for any number of looks",
        false => "95% intervals",
    };
    let intervals = match comparisons {
        1 => level.to_owned(),
        many => format!("{level}, simultaneous over {many} comparisons"),
    };
    let note = if doubtful { DOUBTFUL.to_owned() } else { String::new() };
    let frame = Frame { title, subtitle, note, footer: footer(results, &intervals) };
    Some(charts::forest(&frame, baseline, &windows, &groups))
}

/// What was found over one window, and whether it fails to measure service; `None` where it is undefined.
type Found = Option<(Comparison, bool)>;

/// The same as it is drawn.
fn over_window(found: Found, decimals: usize) -> Over {
    match found {
        Some((found, doubt)) => Over {
            estimate: estimate(found.difference),
            verdict: found.verdict.to_string(),
            label: signed(found.difference.mean, decimals) + if doubt { "*" } else { "" },
        },
        None => Over {
            estimate: Estimate { mean: f64::NAN, low: None, high: None },
            verdict: Verdict::CannotTell.to_string(),
            label: String::new(),
        },
    }
}
