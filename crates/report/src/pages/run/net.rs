//! What arms gain net of what they cost, over the range of what one unit is worth.

use heard_lab::experiment::net::{POINTS, comparisons};
use heard_lab::experiment::results::{MAIN, Results, Subject};
use heard_math::stats::Verdict;
use heard_scenario::metric::Metric;
use heard_scenario::worth::Unit;
use heard_text::list::list;
use heard_text::name::safe;
use heard_text::number::{count, signed, significant, trimmed};

use super::differences::tone;
use crate::document::{Align, Block, Cell, Document, Line, Table};
use crate::tables::net::Gain;

/// For each unit that has a worth, a table of the gains at each worth and a paragraph for each company.
pub fn show(results: &Results, rows: &[Gain<'_>], document: &mut Document) {
    for unit in Unit::ALL {
        let here: Vec<&Gain<'_>> = rows.iter().filter(|row| row.net.unit == unit).collect();
        // The same points for all arms: those of the first.
        let points: Vec<f64> = here.iter().take(POINTS as usize).map(|row| row.net.worth).collect();
        let Some((low, high)) = points.first().zip(points.last()) else { continue };
        let (low, high) = (trimmed(*low), trimmed(*high));
        let main = here.iter().filter(|row| row.net.subject.window == MAIN).copied();
        document.table(table(results, &main.collect::<Vec<_>>(), &points)).paragraph(format!(
            "Gain net of cost, money per 30 days, if one {} is worth {low} to {high}: arm minus {}, on the \
             same customers; verdicts by 95% intervals, simultaneous over {} comparisons \
             (net.csv). (?): cannot be told from 0.",
            unit.words(),
            here.first().map(|row| safe(row.baseline)).unwrap_or_default(),
            count(comparisons(results) as u64),
        ));
        document.push(Block::Outline { lines: findings(results, &here) });
    }
}

/// What the gains come to: a line for each arm, below each company and window where there are several.
fn findings(results: &Results, rows: &[&Gain<'_>]) -> Vec<Line> {
    let (companies, windows) = (&results.experiment.study.companies, &results.experiment.windows);
    let mut lines = Vec::new();
    for (company, name) in companies.iter().enumerate() {
        for (window, when) in windows.iter().enumerate() {
            let here = |row: &&&Gain<'_>| {
                row.net.subject.company == company && row.net.subject.window == window
            };
            let of: Vec<&Gain<'_>> = rows.iter().filter(here).copied().collect();
            let label = [
                (companies.len() > 1).then(|| safe(name)),
                (windows.len() > 1).then(|| safe(&when.name)),
            ];
            let label = label.into_iter().flatten().collect::<Vec<String>>().join(", ");
            let depth = usize::from(!label.is_empty());
            if depth > 0 {
                lines.push(Line { depth: 0, text: label + ":" });
            }
            let sentences = of.chunk_by(same_arm).map(|arm| sentence(results, arm) + ".");
            lines.extend(sentences.map(|text| Line { depth, text }));
        }
    }
    lines
}

fn same_arm(one: &&Gain<'_>, other: &&Gain<'_>) -> bool {
    one.net.subject == other.net.subject
}

/// A row for each arm, under the name of each company where there are several; a column for each worth.
fn table(results: &Results, rows: &[&Gain<'_>], points: &[f64]) -> Table {
    let companies = results.experiment.subjects();
    let several = companies.len() > 1;
    let first = (if several { "company / arm" } else { "arm" }.to_owned(), Align::Left);
    let headings = points.iter().map(|worth| (format!("at {}", trimmed(*worth)), Align::Right));
    let mut table = Table::new(std::iter::once(first).chain(headings));
    for (company, name) in companies.iter().enumerate() {
        if several {
            table.group(safe(name));
        }
        let of = rows.iter().filter(|row| row.net.subject.company == company);
        let of: Vec<&Gain<'_>> = of.copied().collect();
        for arm in of.chunk_by(same_arm) {
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

/// Where in the range an arm is worth more than it costs, where it is not, and where that cannot be told.
fn sentence(results: &Results, arm: &[&Gain<'_>]) -> String {
    let [first, .., last] = arm else { return String::new() };
    let subject = first.net.subject;
    let baseline = Subject { arm: results.experiment.study.baseline, ..subject };
    let cost = |subject| results.total(subject, Metric::Cost).map_or(0.0, |cost| cost.mean);
    let dearer = cost(subject) >= cost(baseline);
    let (gains, loses) = match dearer {
        true => ("is worth more than it costs", "is not worth what it costs"),
        false => ("saves more than it loses", "loses more than it saves"),
    };
    let words = |verdict: Verdict| match verdict {
        Verdict::Higher => gains,
        Verdict::Lower => loses,
        Verdict::Identical => "makes no difference",
        _ => "cannot be told from the baseline",
    };
    let name = safe(first.arm);
    let stretches: Vec<&[&Gain<'_>]> =
        arm.chunk_by(|a, b| a.net.found.verdict == b.net.found.verdict).collect();
    if let [_] = stretches.as_slice() {
        return match (first.net.found.verdict, dearer) {
            (Verdict::Lower, true) => {
                format!("{name} is worth what it costs at no price in the range")
            }
            (verdict @ (Verdict::Higher | Verdict::Lower), _) => {
                format!("{name} {} at every price in the range", words(verdict))
            }
            (verdict, _) => format!("{name} {} at any price in the range", words(verdict)),
        };
    }
    let part = |stretch: &&[&Gain<'_>]| {
        let [from, to] =
            [stretch.first(), stretch.last()].map(|row| row.map_or(0.0, |row| row.net.worth));
        let range = match (from == first.net.worth, to == last.net.worth) {
            (true, _) => format!("up to {}", trimmed(to)),
            (_, true) => format!("from {} on", trimmed(from)),
            _ if from == to => format!("at {}", trimmed(from)),
            _ => format!("from {} to {}", trimmed(from), trimmed(to)),
        };
        let verdict = stretch.first().map_or(Verdict::CannotTell, |row| row.net.found.verdict);
        format!("{} {range}", words(verdict))
    };
    let even = break_even(first, last);
    let even = even.map(|worth| format!(" (it breaks even at about {})", significant(worth, 2)));
    let parts: Vec<String> = stretches.iter().map(part).collect();
    format!("{name} {}{}", list(&parts), even.unwrap_or_default())
}

/// The worth at which the mean gain, a straight line, is 0, if that is within the range.
fn break_even(first: &Gain<'_>, last: &Gain<'_>) -> Option<f64> {
    let [low, high] = [first, last].map(|row| row.net.found.difference.mean);
    let share = -low / (high - low);
    let within = (0.0..=1.0).contains(&share);
    within.then_some(first.net.worth + share * (last.net.worth - first.net.worth))
}
