//! The table of arms and what became of them, company by company where there are several.

use comfy_table::{Attribute, Cell};
use heard_text::name::safe;

use super::layout::{self, Column, PAGE};
use heard_lab::experiment::results::{Results, Subject};
use heard_math::stats::Interval;
use heard_scenario::metric::Metric;
use heard_text::number::{fixed, shared_decimals};

/// Shown with the headline metrics where there is a population, so that nobody reads a gain without
/// its price.
const CASES: [Metric; 4] =
    [Metric::HeardRate, Metric::ResolutionRate, Metric::Occupancy, Metric::Cost];
/// The same where there are live channels only.
const QUEUE: [Metric; 4] =
    [Metric::WaitSecondsMean, Metric::WaitProbability, Metric::AbandonRate, Metric::Occupancy];

/// A row of the table.
#[derive(Clone, Copy, Debug)]
enum Row<'a> {
    /// The name of the company that the rows below it are about.
    Heading(&'a str),
    /// One arm, for one company or all.
    Found(Subject),
}

/// The table; in several blocks where the metrics do not fit side by side.
pub fn table(results: &Results, colour: bool) -> String {
    let rows = rows(results);
    let several = rows.iter().any(|row| matches!(row, Row::Heading(_)));
    let name = |row: &Row<'_>| match row {
        Row::Heading(company) => Cell::new(safe(company)).add_attribute(Attribute::Bold),
        Row::Found(subject) => {
            let arm = safe(results.arm_name(*subject));
            Cell::new(if several { format!("  {arm}") } else { arm })
        }
    };
    let arms = Column {
        heading: if several { "company / arm" } else { "arm" }.to_owned(),
        cells: rows.iter().map(name).collect(),
        right: false,
    };
    let shown = metrics(results);
    let mut blocks = vec![vec![arms.clone()]];
    for metric in &shown {
        let column = column(results, &rows, *metric);
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

/// The arms in order; under the name of each company where there are several.
fn rows<'a>(results: &'a Results) -> Vec<Row<'a>> {
    let companies = results.experiment.subjects();
    let several = companies.len() > 1;
    let arms = 0..results.experiment.plans.len();
    let of = |(company, name): (usize, &&'a str)| {
        let found = arms.clone().map(move |arm| Row::Found(Subject { arm, company }));
        several.then_some(Row::Heading(name)).into_iter().chain(found).collect::<Vec<_>>()
    };
    companies.iter().enumerate().flat_map(of).collect()
}

/// The headline metrics, then those that every reader asks for next.
fn metrics(results: &Results) -> Vec<Metric> {
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

fn column(results: &Results, rows: &[Row<'_>], metric: Metric) -> Column {
    let found: Vec<Option<Option<Interval>>> = rows
        .iter()
        .map(|row| match row {
            Row::Heading(_) => None,
            Row::Found(subject) => Some(results.total(*subject, metric)),
        })
        .collect();
    let defined = || found.iter().flatten().flatten();
    let means: Vec<f64> = defined().map(|found| found.mean).collect();
    let halves: Vec<f64> = defined().filter_map(Interval::half_width).collect();
    let decimals = shared_decimals(&means, &halves);
    let cell = |found: &Option<Option<Interval>>| match found {
        None => Cell::new(""),
        Some(None) => Cell::new("undefined"),
        Some(Some(interval)) => {
            let Interval { mean, count, .. } = interval;
            let half = interval.half_width();
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
fn caption(results: &Results, shown: &[Metric]) -> String {
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
        let found = results.subjects().filter_map(|subject| results.total(subject, metric));
        found.into_iter().any(|found| found.count < all)
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
