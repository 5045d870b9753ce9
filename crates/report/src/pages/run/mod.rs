//! The result of a run: each arm's means, its differences from the baseline, what can be concluded
//! from them, and the self-check.

mod conclusions;
mod cost;
mod differences;
mod means;
mod net;
mod occupancy;
mod partly;
mod sections;
#[cfg(test)]
mod tests;
mod turns;

use heard_lab::experiment::looks::Looks;
use heard_lab::experiment::results::Results;

use crate::cautions::Cautions;
use crate::document::{Document, Figure};
use crate::self_check::SelfCheck;
use crate::tables::comparison::{self, Difference};

/// The whole page, with these charts at its end. After more than one look at the results, differences
/// have the intervals and verdicts that hold at any number of looks.
#[must_use]
pub fn document(results: &Results, looks: &Looks, figures: Vec<Figure>) -> Document {
    let mut document = Document::new();
    if results.replications() == 0 {
        document.paragraph("No replication was finished: there is nothing to report.");
        return document;
    }
    let several = results.is_judged_at_any_look();
    let rows = comparison::rows(results).into_iter();
    let rows: Vec<Difference<'_>> =
        rows.map(|row| if several { row.at_any_look() } else { row }).collect();
    document.table(means::table(results)).paragraph(means::caption(results));
    let cautions = Cautions::new(results);
    document.table(differences::table(results, &rows, &cautions));
    document.paragraph(differences::caption(results, &rows));
    document.paragraph(differences::looked(results, looks));
    for turn in turns::sentences(results) {
        document.paragraph(turn);
    }
    for conclusion in conclusions::for_each_company(results, &rows, &cautions) {
        document.paragraph(conclusion);
    }
    for unequal in cost::for_each_company(results) {
        document.paragraph(unequal);
    }
    net::show(results, &crate::tables::net::rows(results), &mut document);
    for caution in cautions.told() {
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
