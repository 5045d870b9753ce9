//! What the comparisons show, in a paragraph: what is higher or lower, and what cannot be told apart.

use std::cell::Cell;

use super::differences::{decimals, headline};
use crate::tables::comparison::Difference;
use heard_lab::experiment::results::{MAIN, Results};
use heard_math::stats::{Verdict, replications_to_separate, two_stage};
use heard_scenario::metric::Metric;
use heard_text::list::list;
use heard_text::name::safe;
use heard_text::number::{roughly, signed};

/// Arms named for one finding; the table has them all.
const NAMED: usize = 3;
/// The most replications that a run can have.
const MOST: u64 = 1_000_000;

/// One paragraph for each company; empty where nothing is compared. The market as a whole can hide
/// what one company does, and is only in the table.
pub fn for_each_company(results: &Results, rows: &[Difference<'_>]) -> Vec<String> {
    let companies = results.experiment.study.companies.len();
    (0..companies).map(|company| of_company(results, rows, company)).collect()
}

fn of_company(results: &Results, rows: &[Difference<'_>], company: usize) -> String {
    let study = &results.experiment.study;
    let metrics = headline(results);
    if study.arms.len() < 2 || metrics.is_empty() {
        return String::new();
    }
    let of = |metric: Metric| -> Vec<&Difference<'_>> {
        let here = |row: &&Difference<'_>| {
            row.metric == metric && row.subject.company == company && row.subject.window == MAIN
        };
        rows.iter().filter(here).collect()
    };
    let told: Vec<String> =
        metrics.iter().filter_map(|&metric| directions(metric, &of(metric))).collect();
    let name = match study.companies.as_slice() {
        [_] => String::new(),
        several => format!(", for {}", safe(&several[company])),
    };
    let baseline = safe(&study.arms[study.baseline].name) + &name;
    let mut text = if told.is_empty() {
        format!("Against {baseline}, no arm is clearly higher or lower in any headline metric.")
    } else {
        format!("Against {baseline}, {}.", told.join("; "))
    };
    let by_verdict = |verdict: Verdict, with: &dyn Fn(&Difference<'_>) -> String| -> String {
        let parts = metrics.iter().filter_map(|&metric| {
            let rows: Vec<&Difference<'_>> =
                of(metric).into_iter().filter(|row| row.verdict == verdict).collect();
            (!rows.is_empty()).then(|| format!("{metric} in {}", names(&rows, with)))
        });
        parts.collect::<Vec<String>>().join("; ")
    };
    let plain = |_: &Difference<'_>| String::new();
    for (verdict, opening) in
        [(Verdict::Equivalent, "Too small to matter"), (Verdict::Identical, "No difference at all")]
    {
        let parts = by_verdict(verdict, &plain);
        if !parts.is_empty() {
            text += &format!(" {opening}: {parts}.");
        }
    }
    let first = Cell::new(true);
    let effects = &study.base.run.smallest_effect_of_interest;
    let undecided = by_verdict(Verdict::CannotTell, &|row| {
        let text = wanted(row, effects.get(&row.metric).copied(), first.get());
        first.set(first.get() && !text.contains("replications"));
        text
    });
    if !undecided.is_empty() {
        text += &format!(" Cannot tell: {undecided}.");
    }
    text
}

/// "reputation is higher in a (+0.1) and lower in b (-0.1)".
fn directions(metric: Metric, rows: &[&Difference<'_>]) -> Option<String> {
    let decimals = decimals(rows);
    let difference =
        |row: &Difference<'_>| row.found.map(|found| found.difference.mean).unwrap_or_default();
    let with = |row: &Difference<'_>| format!(" ({})", signed(difference(row), decimals));
    let side = |verdict: Verdict| {
        let mut rows: Vec<&Difference<'_>> =
            rows.iter().copied().filter(|row| row.verdict == verdict).collect();
        rows.sort_by(|a, b| difference(b).abs().total_cmp(&difference(a).abs()));
        (!rows.is_empty()).then(|| format!("{verdict} in {}", names(&rows, &with)))
    };
    let sides: Vec<String> =
        [Verdict::Higher, Verdict::Lower].into_iter().filter_map(side).collect();
    (!sides.is_empty()).then(|| format!("{metric} is {}", list(&sides)))
}

/// The first arms by name, each with what `with` adds, and the number of others.
fn names(rows: &[&Difference<'_>], with: &dyn Fn(&Difference<'_>) -> String) -> String {
    // A single arm more takes no more room than saying so.
    let shown = if rows.len() <= NAMED + 1 { rows.len() } else { NAMED };
    let mut parts: Vec<String> =
        rows.iter().take(shown).map(|row| safe(row.arm) + &with(row)).collect();
    if rows.len() > shown {
        parts.push(format!("{} more", rows.len() - shown));
    }
    list(&parts)
}

/// Roughly how many replications would tell the two apart: enough to make the interval as narrow as
/// the smallest effect of interest or, where none is stated, to exclude zero if the difference stays
/// as it is. `first` spells it out.
fn wanted(row: &Difference<'_>, effect: Option<f64>, first: bool) -> String {
    let Some(found) = row.found else { return " (undefined in one of the two)".to_owned() };
    let replications = if first { " replications would" } else { "" };
    let enough = match effect {
        Some(effect) => two_stage(&found.difference, 0.5 * effect),
        None => replications_to_separate(&found),
    };
    match enough {
        Some(count) if count > MOST => format!(" (more than {}{replications})", roughly(MOST)),
        Some(count) if count > found.replications => {
            format!(" (about {}{replications})", roughly(count))
        }
        _ => String::new(),
    }
}
