//! The text for a person: two tables, a sentence that says what was found, and the self-check.

mod differences;
mod findings;
pub mod layout;
mod summary;
#[cfg(test)]
mod tests;

use super::cautions::cautions;
use super::self_check::SelfCheck;
use super::tables::comparison;
use heard_lab::experiment::results::Results;
use heard_scenario::metric::Metric;
use heard_text::name::safe;
use heard_text::number::significant;
use heard_world::column::{Column, Dimension};

/// The whole text, at most 100 columns wide, with a line end at its end. Colours are escape
/// sequences of ANSI terminals; without them the text is plain.
#[must_use]
pub fn text(results: &Results, colour: bool) -> String {
    if results.replications() == 0 {
        return "No replication was finished: there is nothing to report.\n".to_owned();
    }
    let rows = comparison::rows(results);
    let mut parts = vec![
        summary::table(results, colour),
        differences::table(results, &rows, colour),
        layout::paragraph(&findings::sentence(results, &rows)),
        cautions(results).iter().map(|note| layout::paragraph(note)).collect(),
        layout::paragraph(&occupancy(results)),
        self_check(results, colour),
    ];
    parts.retain(|part| !part.trim().is_empty());
    parts.join("\n")
}

/// How busy the busiest team of each arm is; empty where none is staffed.
fn occupancy(results: &Results) -> String {
    let teams: Vec<(usize, &str)> = results
        .experiment
        .columns
        .iter()
        .enumerate()
        .filter_map(|(at, column)| match column {
            Column::Level { metric: Metric::Occupancy, dimension: Dimension::Team, level } => {
                Some((at, level.as_str()))
            }
            _ => None,
        })
        .collect();
    let several = teams.len() > 1;
    let busiest = |(index, arm): (usize, &str)| {
        let found = teams.iter().filter_map(|&(at, team)| {
            Some((team, results.interval(results.whole(index), at)?.mean))
        });
        let (team, share) = found.max_by(|a, b| a.1.total_cmp(&b.1))?;
        let team = if several { format!(" ({})", safe(team)) } else { String::new() };
        Some(format!("{} {}{team}", safe(arm), significant(share, 3)))
    };
    let arms: Vec<String> = results.arms().enumerate().filter_map(busiest).collect();
    let what = if several { "busiest team" } else { "team" };
    if arms.is_empty() {
        return String::new();
    }
    format!("Occupancy of the {what} (share of staffed time in conversation): {}.", arms.join(", "))
}

/// One line when all is well, otherwise a warning for each thing that is not.
fn self_check(results: &Results, colour: bool) -> String {
    let check = SelfCheck::new(results);
    let warnings = check.warnings();
    if warnings.is_empty() {
        return layout::paragraph(&format!("Self-check: {}", check.line()));
    }
    let warning = |text: &String| {
        let text = layout::paragraph(&format!("Warning: {}", safe(text)));
        if !colour {
            return text;
        }
        text.replacen("Warning:", "\u{1b}[33mWarning:\u{1b}[0m", 1)
    };
    warnings.iter().map(warning).collect()
}
