//! What the comparisons show, in a paragraph: what is higher or lower, and what cannot be told apart.

use std::cell::Cell;

use super::differences::{decimals, headline};
use super::partly;
use super::sections::{Section, sections};
use crate::cautions::Cautions;
use crate::tables::comparison::Difference;
use heard_lab::experiment::results::Results;
use heard_math::stats::stopping::PILOT;
use heard_math::stats::{Looks, Verdict, forecast};
use heard_scenario::metric::Metric;
use heard_text::list::{abridged, list};
use heard_text::name::safe;
use heard_text::number::{roughly, signed};

/// Arms named for one finding; the table has them all.
const NAMED: usize = 3;
/// The most replications that a run can have.
const MOST: u64 = 1_000_000;

/// One paragraph for each company and window; empty where nothing is compared. The market as a whole
/// can hide what one company does, and is only in the table.
pub fn for_each_company(
    results: &Results,
    rows: &[Difference<'_>],
    cautions: &Cautions,
) -> Vec<String> {
    let companies = results.experiment.study.companies.len();
    let looks = if results.is_judged_at_any_look() { Looks::Several } else { Looks::One };
    let own = sections(results).into_iter().filter(|(company, _)| *company < companies);
    own.map(|section| of_section(results, looks, rows, cautions, section)).collect()
}

fn of_section(
    results: &Results,
    looks: Looks,
    rows: &[Difference<'_>],
    cautions: &Cautions,
    (company, window): Section,
) -> String {
    let study = &results.experiment.study;
    let metrics = headline(results);
    if study.arms.len() < 2 || metrics.is_empty() {
        return String::new();
    }
    let of = |metric: Metric| -> Vec<&Difference<'_>> {
        let here = |row: &&Difference<'_>| {
            row.metric == metric && (row.subject.company, row.subject.window) == (company, window)
        };
        rows.iter().filter(here).collect()
    };
    let told: Vec<String> =
        metrics.iter().filter_map(|&metric| directions(metric, &of(metric), cautions)).collect();
    let name = match study.companies.as_slice() {
        [_] => String::new(),
        several => format!(", for {}", safe(&several[company])),
    };
    let over = match results.experiment.windows.as_slice() {
        [_] => String::new(),
        several => format!(", over `{}`", safe(&several[window].name)),
    };
    let baseline = safe(&study.arms[study.baseline].name) + &name + &over;
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
    let undecided = by_verdict(Verdict::CannotTell, &|row| {
        let Some(text) = wanted(results, looks, row, first.get()) else {
            return short_of(results, row);
        };
        first.set(false);
        text
    });
    if !undecided.is_empty() {
        text += &format!(" Cannot tell: {undecided}.");
    }
    text + &without_effect(results, &metrics, |metric| {
        of(metric).iter().any(|row| row.verdict == Verdict::CannotTell)
    })
}

/// That a smallest effect should be stated for metrics of which something cannot be told.
fn without_effect(
    results: &Results,
    metrics: &[Metric],
    is_open: impl Fn(Metric) -> bool,
) -> String {
    let effects = &results.experiment.study.base.run.smallest_effect_of_interest;
    let open = metrics.iter().filter(|&&metric| !effects.contains_key(&metric) && is_open(metric));
    let names: Vec<&str> = open.map(|metric| metric.name()).collect();
    if names.is_empty() || u64::from(results.replications()) < PILOT {
        return String::new();
    }
    format!(
        " State run.smallest_effect_of_interest for {} to learn how many replications would settle it.",
        list(&names)
    )
}

/// "reputation is higher in a (+0.1) and lower in b (-0.1)". What does not measure service says so.
fn directions(metric: Metric, rows: &[&Difference<'_>], cautions: &Cautions) -> Option<String> {
    let decimals = decimals(rows);
    let difference =
        |row: &Difference<'_>| row.found.map(|found| found.difference.mean).unwrap_or_default();
    let with = |row: &Difference<'_>| {
        let doubtful = cautions.doubt(row.subject, row.metric, row.verdict);
        let mark = if doubtful { ", which does not measure service" } else { "" };
        format!(" ({}{mark})", signed(difference(row), decimals))
    };
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
    let parts: Vec<String> = rows.iter().map(|row| safe(row.arm) + &with(row)).collect();
    abridged(&parts, NAMED)
}

/// Why a difference has no verdict for another reason than too few replications; empty if for none.
fn short_of(results: &Results, row: &Difference<'_>) -> String {
    let all = u64::from(results.replications());
    match row.found {
        None => " (undefined in one of the two)".to_owned(),
        Some(found) if found.replications < all => {
            format!(" (both defined in only {})", partly::share(found.replications, all))
        }
        Some(_) => String::new(),
    }
}

/// Roughly how many replications would settle whether there is a difference that matters, and the
/// interval of that number; `None` where it cannot be forecast. `first` spells it out.
fn wanted(results: &Results, looks: Looks, row: &Difference<'_>, first: bool) -> Option<String> {
    let found =
        row.found.filter(|found| found.replications == u64::from(results.replications()))?;
    let effects = &results.experiment.study.base.run.smallest_effect_of_interest;
    let (effect, confidence) = (*effects.get(&row.metric)?, results.simultaneous());
    let enough = forecast(found.deviation?, found.replications, effect, confidence, looks)?;
    let replications = if first { " replications would" } else { "" };
    if enough.replications > MOST {
        return Some(format!(" (more than {}{replications})", roughly(MOST)));
    }
    let high = match enough.high {
        high if high > MOST => format!("more than {}", roughly(MOST)),
        high => roughly(high),
    };
    let (about, low) = (roughly(enough.replications), roughly(enough.low));
    Some(format!(" (about {about}{replications}, between {low} and {high})"))
}
