//! The result of a run: each arm's means, its differences from the baseline, what can be concluded
//! from them, and the self-check.

mod conclusions;
mod differences;
mod means;
mod occupancy;
mod sections;
#[cfg(test)]
mod tests;
mod turns;

use heard_lab::experiment::results::Results;

use crate::cautions::cautions;
use crate::document::{Document, Figure};
use crate::self_check::SelfCheck;
use crate::tables::comparison;

/// The whole page, with these charts at its end.
#[must_use]
pub fn document(results: &Results, figures: Vec<Figure>) -> Document {
    let mut document = Document::new();
    if results.replications() == 0 {
        document.paragraph("No replication was finished: there is nothing to report.");
        return document;
    }
    let rows = comparison::rows(results);
    document.table(means::table(results)).paragraph(means::caption(results));
    document.table(differences::table(results, &rows));
    document.paragraph(differences::caption(results));
    for turn in turns::sentences(results) {
        document.paragraph(turn);
    }
    for conclusion in conclusions::for_each_company(results, &rows) {
        document.paragraph(conclusion);
    }
    for caution in cautions(results) {
        document.note(caution.to_string());
    }
    document.paragraph(occupancy::of_the_busiest_team(results));
    let check = SelfCheck::new(results);
    let warnings = check.warnings();
    if warnings.is_empty() {
        document.paragraph(format!("Self-check: {}", check.line()));
    }
    for warning in warnings {
        document.warning(warning.to_string());
    }
    document.with_figures(figures)
}
