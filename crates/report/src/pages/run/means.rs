//! The table of each arm's means, company by company and window by window where there are several.

use super::sections::{Section, first_heading, section_name, sections};
use heard_lab::experiment::results::{Results, Subject};
use heard_math::stats::Interval;
use heard_scenario::metric::Metric;
use heard_text::name::safe;
use heard_text::number::{fixed, shared_decimals};

use super::partly::{self, MARK};
use crate::document::{Align, Table};

/// Shown with the headline metrics where there is a population, so that nobody reads a gain without
/// its price.
const CASES: [Metric; 4] =
    [Metric::HeardRate, Metric::ResolutionRate, Metric::Occupancy, Metric::Cost];
/// The same where there are live channels only.
const QUEUE: [Metric; 5] = [
    Metric::WaitSecondsMean,
    Metric::WaitSecondsServed,
    Metric::WaitSecondsAbandoned,
    Metric::AbandonRate,
    Metric::Occupancy,
];

/// A row for each arm, under the name of each company and window where there are several; a column for
/// each metric.
pub fn table(results: &Results) -> Table {
    let sections = sections(results);
    let several = sections.len() > 1;
    let subjects: Vec<Vec<Subject>> = sections.iter().map(|&one| arms(results, one)).collect();
    let metrics = shown(results);
    let columns: Vec<Vec<String>> =
        metrics.iter().map(|&metric| column(results, &subjects.concat(), metric)).collect();
    let first = (first_heading(results, "arm"), Align::Left);
    let headings = metrics.iter().map(|metric| (heading(metric.name()), Align::Right));
    let mut table = Table::new(std::iter::once(first).chain(headings));
    let mut at = 0;
    for (section, subjects) in sections.iter().zip(&subjects) {
        if several {
            table.group(section_name(results, *section));
        }
        for subject in subjects {
            let arm = safe(results.arm_name(*subject));
            let values = columns.iter().map(|column| column[at].clone());
            table.row_at(usize::from(several), std::iter::once(arm).chain(values));
            at += 1;
        }
    }
    table
}

fn arms(results: &Results, (company, window): Section) -> Vec<Subject> {
    (0..results.experiment.plans.len()).map(|arm| Subject { arm, company, window }).collect()
}

/// The headline metrics, then those that every reader asks for next.
fn shown(results: &Results) -> Vec<Metric> {
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

/// The cells of one metric, from top to bottom.
fn column(results: &Results, subjects: &[Subject], metric: Metric) -> Vec<String> {
    let found: Vec<Option<Interval>> =
        subjects.iter().map(|subject| results.total(*subject, metric)).collect();
    let defined = || found.iter().flatten();
    let means: Vec<f64> = defined().map(|found| found.mean).collect();
    let halves: Vec<f64> = defined().filter_map(Interval::half_width).collect();
    let decimals = shared_decimals(&means, &halves);
    let cell = |found: &Option<Interval>| {
        let Some(interval) = found else { return "undefined".to_owned() };
        let Interval { mean, count, .. } = interval;
        // In few replications only: marked, for the mean leans to those that define it.
        let mark = if *count < u64::from(results.replications()) { MARK } else { "" };
        match interval.half_width() {
            Some(0.0) if *mean == 0.0 => format!("0{mark}"),
            Some(half) => format!("{}{mark} ± {}", fixed(*mean, decimals), fixed(half, decimals)),
            None => fixed(*mean, decimals) + mark,
        }
    };
    found.iter().map(cell).collect()
}

/// What the numbers of the table are, and their units.
pub fn caption(results: &Results) -> String {
    let shown = shown(results);
    let mut units: Vec<(&str, Vec<&str>)> = Vec::new();
    for metric in &shown {
        match units.iter_mut().find(|(unit, _)| *unit == metric.unit()) {
            Some((_, names)) => names.push(metric.name()),
            None => units.push((metric.unit(), vec![metric.name()])),
        }
    }
    let units: Vec<String> =
        units.iter().map(|(unit, names)| format!("{}: {unit}", names.join(", "))).collect();
    let counted = match results.experiment.windows.as_slice() {
        [only] => format!("Counted: {}.", safe(&only.titled())),
        _ => String::new(),
    };
    let mut text = match results.replications() {
        1 => "Values of one replication.".to_owned(),
        many => format!(
            "Mean ± half-width of the 95% interval over {many} replications (Monte Carlo error \
             only)."
        ),
    };
    if !units.is_empty() {
        text += &format!(" Units: {}.", units.join("; "));
    }
    if !counted.is_empty() {
        text += &format!(" {counted}");
    }
    let partly = partly::told(results, &shown, |metric| {
        let defined = |subject| results.total(subject, metric).map_or(0, |found| found.count);
        results.subjects().map(|subject| (subject, defined(subject))).collect()
    });
    if !partly.is_empty() {
        text += &format!(" {MARK} Mean of the replications that define it: {partly}.");
    }
    text
}

/// A metric's name in at most two lines, broken after an underscore.
pub fn heading(name: &str) -> String {
    if name.len() <= 12 {
        return name.to_owned();
    }
    let breaks = name.match_indices('_').map(|(at, _)| at + 1);
    match breaks.min_by_key(|at| (*at).max(name.len() - at)) {
        Some(at) => format!("{}\n{}", &name[..at], &name[at..]),
        None => name.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_break_after_an_underscore_near_the_middle() {
        assert_eq!(heading("resolved_per_failure"), "resolved_\nper_failure");
        assert_eq!(heading("reputation"), "reputation");
        assert_eq!(heading("wait_seconds_mean"), "wait_\nseconds_mean");
    }
}
