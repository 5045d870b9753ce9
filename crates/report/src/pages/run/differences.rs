//! The table of differences from the baseline on the headline metrics, company by company and window by
//! window where there are several.

use super::sections::{first_heading, section_name, sections};
use heard_lab::experiment::looks::Looks;
use heard_lab::experiment::results::Results;
use heard_math::stats::{Comparison, Verdict};
use heard_scenario::metric::Metric;
use heard_text::list::list;
use heard_text::name::safe;
use heard_text::number::{count, shared_decimals, signed, significant};

use super::partly::{self, MARK};
use crate::cautions::Cautions;
use crate::document::{Align, Cell, Table, Tone};
use crate::tables::comparison::Difference;

/// Looks whose numbers of replications are listed; of more, only the last.
const LISTED: usize = 6;

/// A row for each arm but the baseline, under the name of each metric, company and window; a verdict that
/// does not measure service refers to the note. Empty where nothing is compared.
pub fn table(results: &Results, rows: &[Difference<'_>], cautions: &Cautions) -> Table {
    let sections = sections(results);
    let first = match first_heading(results, "arm").as_str() {
        "arm" => "metric / arm".to_owned(),
        several => format!("metric, {several}"),
    };
    let mut table = Table::new([
        (first.as_str(), Align::Left),
        ("difference", Align::Right),
        ("interval", Align::Right),
        ("verdict", Align::Left),
        ("variance\nreduction", Align::Right),
    ]);
    if results.experiment.study.arms.len() < 2 {
        return table;
    }
    for metric in headline(results) {
        for &(company, window) in &sections {
            let here = |row: &&Difference<'_>| {
                row.metric == metric
                    && (row.subject.company, row.subject.window) == (company, window)
            };
            let rows: Vec<&Difference<'_>> = rows.iter().filter(here).collect();
            let name = section_name(results, (company, window));
            table.group(match name.as_str() {
                "" => metric.to_string(),
                name => format!("{metric}, {name}"),
            });
            let decimals = decimals(&rows);
            rows.iter().for_each(|row| {
                table.row_at(1, cells(row, decimals, results.replications().into(), cautions));
            });
        }
    }
    table
}

/// What the differences are, or why none are shown; empty where there is only one arm.
pub fn caption(results: &Results, rows: &[Difference<'_>]) -> String {
    let study = &results.experiment.study;
    if study.arms.len() < 2 {
        return String::new();
    }
    if headline(results).is_empty() {
        let names: Vec<&str> = study.base.run.headline.iter().map(|m| m.name()).collect();
        return format!(
            "Nothing is compared: no headline metric ({}) is defined in this scenario. Name others \
             in run.headline.",
            list(&names)
        );
    }
    let intervals = match results.comparisons() {
        1 => "95% interval".to_owned(),
        many => format!("95% intervals, simultaneous over {many} comparisons"),
    };
    let mut text = format!(
        "Arm minus {}, on the same customers; {intervals}. Variance reduction: the factor by which \
         sharing customers cuts the replications needed.",
        safe(&study.arms[study.baseline].name)
    );
    let partly = partly::told(results, &headline(results), |metric| {
        let here = rows.iter().filter(|row| row.metric == metric);
        here.map(|row| (row.subject, row.found.map_or(0, |found| found.replications))).collect()
    });
    if !partly.is_empty() {
        text += &format!(" {MARK} No verdict, as not all replications define both: {partly}.");
    }
    text
}

/// That what is told of differences holds at any number of looks, and why; empty after the only look at a
/// finished run.
pub fn looked(results: &Results, looks: &Looks) -> String {
    let study = &results.experiment.study;
    if !results.is_judged_at_any_look() || study.arms.len() < 2 {
        return String::new();
    }
    let numbers: Vec<String> = looks.numbers().map(|number| count(number.into())).collect();
    let why = match numbers.as_slice() {
        [] | [_] => format!(
            "The run stopped after {} of {} replications.",
            count(results.replications().into()),
            count(study.base.run.replications.into())
        ),
        [first, last] => {
            format!("These results have been looked at twice, at {first} and {last} replications.")
        }
        [.., last] if numbers.len() > LISTED => format!(
            "These results have been looked at {} times, the last time at {last} replications.",
            numbers.len()
        ),
        _ => format!(
            "These results have been looked at {} times, at {} replications.",
            numbers.len(),
            list(&numbers)
        ),
    };
    format!(
        "{why} If one may stop at any look, ordinary intervals give too many false findings, so those of \
         the differences above and of their chart are wider and stay valid (any_look in \
         comparison.csv). All other intervals hold at one look."
    )
}

/// The headline metrics that some arm defines, in the scenario's order.
pub fn headline(results: &Results) -> Vec<Metric> {
    let defined = results.metrics();
    let headline = results.experiment.study.base.run.headline.iter().copied();
    headline.filter(|metric| defined.contains(metric)).collect()
}

/// Decimals that the differences of one metric share.
pub fn decimals(rows: &[&Difference<'_>]) -> usize {
    let found = || rows.iter().filter_map(|row| row.found);
    let means: Vec<f64> = found().map(|found| found.difference.mean).collect();
    let halves: Vec<f64> = found().filter_map(|found| found.difference.half_width()).collect();
    shared_decimals(&means, &halves)
}

fn cells(row: &Difference<'_>, decimals: usize, all: u64, cautions: &Cautions) -> [Cell; 5] {
    let arm = safe(row.arm);
    let mark = if cautions.doubt(row.subject, row.metric, row.verdict) { ", see note" } else { "" };
    let verdict = Cell::toned(format!("{}{mark}", row.verdict), tone(row.verdict));
    let Some(Comparison { difference, variance_reduction, replications, .. }) = row.found else {
        return [arm.into(), "undefined".into(), "".into(), verdict, "".into()];
    };
    let interval = match difference.low.zip(difference.high) {
        Some((low, high)) => format!("{} to {}", signed(low, decimals), signed(high, decimals)),
        None => "-".to_owned(),
    };
    let reduction = variance_reduction.map_or_else(|| "-".to_owned(), reduction_of);
    [
        arm.into(),
        (signed(difference.mean, decimals) + if replications < all { MARK } else { "" }).into(),
        interval.into(),
        verdict,
        reduction.into(),
    ]
}

/// The colour of a verdict.
pub fn tone(verdict: Verdict) -> Tone {
    match verdict {
        Verdict::Higher => Tone::Higher,
        Verdict::Lower => Tone::Lower,
        Verdict::Equivalent | Verdict::Identical => Tone::Alike,
        Verdict::CannotTell => Tone::Open,
        Verdict::NotTested => Tone::Plain,
    }
}

/// How much sharing customers helped. Beyond a thousand all it means is that hardly anything differs.
fn reduction_of(factor: f64) -> String {
    if factor > 1000.0 { ">1,000x".to_owned() } else { significant(factor, 2) + "x" }
}
