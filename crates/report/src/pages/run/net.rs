//! What arms gain net of what they cost, over the range of what one unit is worth.

use std::cmp::Ordering;

use heard_lab::experiment::net::{POINTS, break_even, comparisons, cost_difference};
use heard_lab::experiment::results::Results;
use heard_math::stats::Verdict;
use heard_scenario::worth::Unit;
use heard_text::list::{capital, list};
use heard_text::name::safe;
use heard_text::number::{count, signed, significant, trimmed};

use super::differences::tone;
use super::sections::{first_heading, section_name, sections};
use crate::document::{Align, Block, Cell, Document, Line, Table};
use crate::tables::net::Gain;

/// For each unit that has a worth, a table of the gains at each worth and what they come to.
pub fn show(results: &Results, rows: &[Gain<'_>], document: &mut Document) {
    for unit in Unit::ALL {
        let here: Vec<&Gain<'_>> = rows.iter().filter(|row| row.net.unit == unit).collect();
        // The same points for all arms: those of the first.
        let points: Vec<f64> = here.iter().take(POINTS as usize).map(|row| row.net.worth).collect();
        let Some((low, high)) = points.first().zip(points.last()) else { continue };
        let (low, high) = (trimmed(*low), trimmed(*high));
        let prevented = match unit {
            Unit::Resolution => {
                " A problem that never arises is not a problem solved: prevention counts for nothing here."
            }
            Unit::Customer => "",
        };
        document.table(table(results, &here, &points)).paragraph(format!(
            "Gain net of cost, money per 30 days, if one {} is worth {low} to {high}: arm minus {}, on the \
             same customers; verdicts by 95% intervals, simultaneous over {} comparisons \
             (net.csv). (?): cannot be told from 0.{prevented}",
            unit.words(),
            here.first().map(|row| safe(row.baseline)).unwrap_or_default(),
            count(comparisons(results) as u64),
        ));
        document.push(Block::Outline { lines: findings(results, &here) });
    }
}

/// A worth with three digits; whole numbers are written out.
fn as_heading(worth: f64) -> String {
    let few = if worth >= 100.0 { worth.round() } else { worth };
    if few.fract() == 0.0 { trimmed(few) } else { trimmed((few * 100.0).round() / 100.0) }
}

/// What the gains come to: a line for each finding with the arms that it is true of, below each company
/// where there are several.
fn findings(results: &Results, rows: &[&Gain<'_>]) -> Vec<Line> {
    let companies = &results.experiment.study.companies;
    let depth = usize::from(companies.len() > 1);
    let mut lines = Vec::new();
    for (company, name) in companies.iter().enumerate() {
        let of = rows.iter().filter(|row| row.net.subject.company == company);
        let of: Vec<&Gain<'_>> = of.copied().collect();
        let mut found: Vec<(String, Vec<String>)> = Vec::new();
        for arm in of.chunk_by(|a, b| a.net.subject.arm == b.net.subject.arm) {
            let finding = over_windows(results, arm);
            let name = arm.first().map(|row| safe(row.arm)).unwrap_or_default();
            match found.iter_mut().find(|(known, _)| *known == finding) {
                Some((_, names)) => names.push(name),
                None => found.push((finding, vec![name])),
            }
        }
        if depth > 0 && !found.is_empty() {
            lines.push(Line { depth: 0, text: safe(name) + ":" });
        }
        let told = found.into_iter();
        let told = told.map(|(finding, arms)| format!("{}: {}.", capital(&finding), list(&arms)));
        lines.extend(told.map(|text| Line { depth, text }));
    }
    lines
}

/// What the gains of one arm come to: once if that is the same over every window, else window by window.
fn over_windows(results: &Results, arm: &[&Gain<'_>]) -> String {
    let windows = arm.chunk_by(same_subject);
    let found: Vec<(String, &str)> =
        windows.filter_map(|rows| Some((finding(results, rows)?, rows.first()?.window))).collect();
    match found.as_slice() {
        [] => String::new(),
        [(first, _), rest @ ..] if rest.iter().all(|(other, _)| other == first) => first.clone(),
        several => {
            let over = several.iter().map(|(text, name)| format!("over `{}`, {text}", safe(name)));
            over.collect::<Vec<String>>().join("; ")
        }
    }
}

fn same_subject(one: &&Gain<'_>, other: &&Gain<'_>) -> bool {
    one.net.subject == other.net.subject
}

/// A row for each arm, under the name of each company and window where there are several; a column for each
/// worth.
fn table(results: &Results, rows: &[&Gain<'_>], points: &[f64]) -> Table {
    let sections = sections(results);
    let several = sections.len() > 1;
    let first = (first_heading(results, "arm"), Align::Left);
    let headings = points.iter().map(|worth| (format!("at {}", as_heading(*worth)), Align::Right));
    let mut table = Table::new(std::iter::once(first).chain(headings));
    for (company, window) in sections {
        if several {
            table.group(section_name(results, (company, window)));
        }
        let here = |row: &&&Gain<'_>| {
            (row.net.subject.company, row.net.subject.window) == (company, window)
        };
        let of: Vec<&Gain<'_>> = rows.iter().filter(here).copied().collect();
        for arm in of.chunk_by(same_subject) {
            let name = arm.iter().take(1).map(|row| Cell::from(safe(row.arm)));
            let gain = |row: &&Gain<'_>| {
                let found = row.net.found;
                let open = found.verdict == Verdict::CannotTell;
                let mark = if open { " (?)" } else { "" };
                Cell::toned(signed(found.difference.mean, 0) + mark, tone(found.verdict))
            };
            table.row_at(usize::from(several), name.chain(arm.iter().map(gain)));
        }
    }
    table
}

/// Where in the range one arm pays over one window, given its gains from the least worth to the most.
fn finding(results: &Results, rows: &[&Gain<'_>]) -> Option<String> {
    let (first, last) = rows.first().zip(rows.last())?;
    let (subject, unit) = (first.net.subject, first.net.unit);
    let cost = cost_difference(results, subject);
    let ends = (first.net.found.verdict, last.net.found.verdict);
    let between = || {
        let [low, high] = break_even(results, subject, unit)?;
        let [low, high] = [low, high].map(|worth| significant(worth, 2));
        Some(if low == high { format!("at {low}") } else { format!("between {low} and {high}") })
    };
    let per = unit.words();
    Some(match (cost, ends) {
        (Ordering::Equal, (_, Verdict::Higher)) => {
            format!("costs about the same and {}", achieves(unit)[0])
        }
        (Ordering::Equal, (_, Verdict::Lower)) => {
            format!("costs about the same and {}", achieves(unit)[1])
        }
        (Ordering::Equal, _) => "costs about the same, with no clear difference".to_owned(),
        (_, (Verdict::Lower, Verdict::Higher)) => format!("breaks even {} per {per}", between()?),
        (_, (Verdict::Higher, Verdict::Lower)) => {
            format!("saves more than it loses until it breaks even {} per {per}", between()?)
        }
        (Ordering::Greater, (Verdict::Lower, Verdict::Lower)) => {
            "never pays for itself in this range".to_owned()
        }
        (Ordering::Greater, (Verdict::Higher, Verdict::Higher)) => {
            "pays for itself everywhere in this range".to_owned()
        }
        (Ordering::Less, (Verdict::Lower, Verdict::Lower)) => {
            "loses more than it saves everywhere in this range".to_owned()
        }
        (Ordering::Less, (Verdict::Higher, Verdict::Higher)) => {
            "saves more than it loses everywhere in this range".to_owned()
        }
        (_, ends) => partly_clear(first, last, ends),
    })
}

/// More, and less, of a unit.
fn achieves(unit: Unit) -> [&'static str; 2] {
    match unit {
        Unit::Resolution => ["solves more", "solves less"],
        Unit::Customer => ["keeps more customers", "keeps fewer customers"],
    }
}

/// The finding where only one end of the range has a verdict, or none.
fn partly_clear(first: &Gain<'_>, last: &Gain<'_>, ends: (Verdict, Verdict)) -> String {
    let [low, high] = [first, last].map(|row| trimmed(row.net.worth));
    let pays = |verdict: Verdict| match verdict {
        Verdict::Higher => Some("pays"),
        Verdict::Lower => Some("does not pay"),
        _ => None,
    };
    match (pays(ends.0), pays(ends.1)) {
        (Some(pays), _) => format!("{pays} at {low}, with no clear difference at {high}"),
        (_, Some(pays)) => format!("{pays} at {high}, with no clear difference at {low}"),
        _ => format!("has no clear difference at {low} or {high}"),
    }
}
