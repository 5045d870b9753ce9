//! The table of arms and what became of them.

use comfy_table::Cell;

use super::layout::{self, Column, PAGE};
use crate::experiment::results::Results;
use crate::report::number::{fixed, shared_decimals};
use crate::scenario::metric::Metric;
use crate::stats::Interval;

/// Shown with the headline metrics where there is a population, so that nobody reads a gain without
/// its price.
const CASES: [Metric; 4] =
    [Metric::HeardRate, Metric::ResolutionRate, Metric::Occupancy, Metric::Cost];
/// The same where there are live channels only.
const QUEUE: [Metric; 4] =
    [Metric::WaitSecondsMean, Metric::WaitProbability, Metric::AbandonRate, Metric::Occupancy];

/// The table; in several blocks where the metrics do not fit side by side.
pub fn table(results: &Results<'_>, colour: bool) -> String {
    let arms = Column {
        heading: "arm".to_owned(),
        cells: results.arms().map(|arm| Cell::new(layout::safe(arm))).collect(),
        right: false,
    };
    let shown = metrics(results);
    let mut blocks = vec![vec![arms.clone()]];
    for metric in &shown {
        let column = column(results, *metric);
        let Some(block) = blocks.last_mut() else { continue };
        let used: u16 = block.iter().map(Column::width).sum();
        if used + column.width() <= PAGE || block.len() == 1 {
            block.push(column);
        } else {
            blocks.push(vec![arms.clone(), column]);
        }
    }
    let mut text: Vec<String> = blocks.iter().map(|block| layout::columns(block, colour)).collect();
    text.push(layout::paragraph(&caption(results, &shown)));
    text.join("\n")
}

/// The headline metrics, then those that every reader asks for next.
fn metrics(results: &Results<'_>) -> Vec<Metric> {
    let study = &results.experiment.study;
    let defined = results.metrics();
    let mut shown = study.base.run.headline.clone();
    let waits = defined.contains(&Metric::WaitSecondsMean);
    let population = study.arms.iter().any(|arm| arm.scenario().customers.count > 0);
    let more: &[Metric] = if population || !waits { &CASES } else { &QUEUE };
    shown.extend(more.iter().filter(|metric| !study.base.run.headline.contains(metric)));
    shown.retain(|metric| defined.contains(metric));
    shown
}

fn column(results: &Results<'_>, metric: Metric) -> Column {
    let found: Vec<Option<Interval>> = results
        .arms()
        .enumerate()
        .map(|(index, _)| results.total(results.whole(index), metric))
        .collect();
    let means: Vec<f64> = found.iter().flatten().map(|found| found.mean).collect();
    let halves: Vec<f64> = found.iter().flatten().filter_map(Interval::half_width).collect();
    let decimals = shared_decimals(&means, &halves);
    let cell = |found: &Option<Interval>| match found {
        None => Cell::new("undefined"),
        Some(Interval { mean, count, .. }) => {
            let half = found.and_then(|found| found.half_width());
            // In few replications only: marked, for the mean leans to those that define it.
            let mark = if *count < u64::from(results.replications()) { "*" } else { "" };
            Cell::new(match half {
                Some(0.0) if *mean == 0.0 => format!("0{mark}"),
                Some(half) => {
                    format!("{}{mark} ± {}", fixed(*mean, decimals), fixed(half, decimals))
                }
                None => fixed(*mean, decimals) + mark,
            })
        }
    };
    Column {
        heading: layout::heading(metric.name()),
        cells: found.iter().map(cell).collect(),
        right: true,
    }
}

/// What the numbers are.
fn caption(results: &Results<'_>, shown: &[Metric]) -> String {
    let mut units: Vec<(&str, Vec<&str>)> = Vec::new();
    for metric in shown {
        match units.iter_mut().find(|(unit, _)| *unit == metric.unit()) {
            Some((_, names)) => names.push(metric.name()),
            None => units.push((metric.unit(), vec![metric.name()])),
        }
    }
    let units: Vec<String> =
        units.iter().map(|(unit, names)| format!("{}: {unit}", names.join(", "))).collect();
    let partly = shown.iter().any(|&metric| {
        let all = u64::from(results.replications());
        let arms = 0..results.experiment.plans.len();
        arms.filter_map(|arm| results.total(results.whole(arm), metric))
            .any(|found| found.count < all)
    });
    let replications = results.replications();
    let mut text = match replications {
        1 => "Values of one replication.".to_owned(),
        many => format!(
            "Mean ± half-width of the 95% interval over {many} replications (Monte Carlo error \
             only)."
        ),
    };
    if !units.is_empty() {
        text += &format!(" Units: {}.", units.join("; "));
    }
    if partly {
        text += " * undefined in some replications, which are left out.";
    }
    text
}
