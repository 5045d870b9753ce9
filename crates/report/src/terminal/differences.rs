//! The table of differences from the baseline on the headline metrics, company by company where there
//! are several.

use comfy_table::{Attribute, Cell, Color};
use heard_text::name::safe;

use super::layout::{self, Column};
use crate::tables::comparison::Difference;
use heard_lab::experiment::results::Results;
use heard_math::stats::{Comparison, Verdict};
use heard_scenario::metric::Metric;
use heard_text::number::{shared_decimals, signed, significant};

/// The table; a line that says why where there is none.
pub fn table(results: &Results, rows: &[Difference<'_>], colour: bool) -> String {
    let study = &results.experiment.study;
    if study.arms.len() < 2 {
        return String::new();
    }
    let metrics = headline(results);
    if metrics.is_empty() {
        let names: Vec<&str> = study.base.run.headline.iter().map(|m| m.name()).collect();
        return layout::paragraph(&format!(
            "Nothing is compared: no headline metric ({}) is defined in this scenario. Name others \
             in run.headline.",
            names.join(", ")
        ));
    }
    let baseline = safe(&study.arms[study.baseline].name);
    let companies = results.experiment.subjects();
    let several = companies.len() > 1;
    let headings = [
        (if several { "metric, company / arm" } else { "metric / arm" }, false),
        ("difference", true),
        ("interval", true),
        ("verdict", false),
        ("variance\nreduction", true),
    ];
    let mut columns = headings.map(|(heading, right)| Column {
        heading: heading.to_owned(),
        cells: Vec::new(),
        right,
    });
    let sections = metrics
        .iter()
        .flat_map(|&metric| companies.iter().enumerate().map(move |company| (metric, company)));
    for (metric, (company, name)) in sections {
        let here = |row: &&Difference<'_>| row.metric == metric && row.subject.company == company;
        let rows: Vec<&Difference<'_>> = rows.iter().filter(here).collect();
        let name = match several {
            true => format!("{metric}, {}", safe(name)),
            false => metric.to_string(),
        };
        let name = Cell::new(name).add_attribute(Attribute::Bold);
        let blanks = std::iter::repeat_n(Cell::new(""), 4);
        push(&mut columns, std::iter::once(name).chain(blanks));
        for (row, texts) in rows.iter().zip(texts(&rows)) {
            let cells = texts.into_iter().enumerate().map(|(index, text)| {
                let cell = Cell::new(text);
                match color(row.verdict).filter(|_| index == 3) {
                    Some(color) => cell.fg(color),
                    None => cell,
                }
            });
            push(&mut columns, cells);
        }
    }
    let intervals = match results.comparisons() {
        1 => "95% interval".to_owned(),
        many => format!("95% intervals, simultaneous over {many} comparisons"),
    };
    let caption = format!(
        "Arm less {baseline}, on the same customers; {intervals}. Variance reduction: by what \
         factor sharing customers cuts the replications needed."
    );
    format!("{}\n{}", layout::columns(&columns, colour), layout::paragraph(&caption))
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

fn texts(rows: &[&Difference<'_>]) -> Vec<[String; 5]> {
    let decimals = decimals(rows);
    let text = |row: &&Difference<'_>| {
        let arm = format!("  {}", safe(row.arm));
        let verdict = row.verdict.to_string();
        let Some(Comparison { difference, variance_reduction, .. }) = row.found else {
            let undefined = "undefined".to_owned();
            return [arm, undefined, String::new(), verdict, String::new()];
        };
        let interval = match difference.low.zip(difference.high) {
            Some((low, high)) => format!("{} to {}", signed(low, decimals), signed(high, decimals)),
            None => "-".to_owned(),
        };
        let reduction = variance_reduction.map_or_else(|| "-".to_owned(), reduction_of);
        [arm, signed(difference.mean, decimals), interval, verdict, reduction]
    };
    rows.iter().map(text).collect()
}

fn push(columns: &mut [Column], cells: impl Iterator<Item = Cell>) {
    for (column, cell) in columns.iter_mut().zip(cells) {
        column.cells.push(cell);
    }
}

fn color(verdict: Verdict) -> Option<Color> {
    match verdict {
        Verdict::Higher => Some(Color::Blue),
        Verdict::Lower => Some(Color::Red),
        Verdict::Equivalent | Verdict::Identical => Some(Color::Green),
        Verdict::CannotTell => Some(Color::Yellow),
        Verdict::NotTested => None,
    }
}

/// How much sharing customers helped; beyond a thousand it says no more than that hardly anything
/// differs.
fn reduction_of(factor: f64) -> String {
    if factor > 1000.0 { ">1,000x".to_owned() } else { significant(factor, 2) + "x" }
}
