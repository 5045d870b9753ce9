//! Names, alternatives and tagged tables.

use super::{problems, says};

#[test]
fn an_unknown_name_lists_the_known_ones_and_the_nearest() {
    let message = "run.order: `frist-come` is not one of the known values";
    let help = "did you mean `first-come`? known: `first-come` and `last-come`";
    says("[run]\norder = 'frist-come'", message, Some(help), "'frist-come'");
    let message = "run.fallback: `blue` is not one of the known values";
    says("[run]\nfallback = 'blue'", message, Some("known: `red` and `green`"), "'blue'");
    let message = "run.order must be one of `first-come` and `last-come`, not the number 3";
    says("[run]\norder = 3", message, None, "3");
}

#[test]
fn a_choice_reports_on_the_alternative_that_was_meant() {
    let message =
        "patience must be a number (hours), a table or one of `forever` and `never`, not `true`";
    let found = problems("patience = true");
    assert_eq!(found[0].message, message);
    let message = "patience: `nevr` is not one of the known values";
    let help = "did you mean `never`? known: `forever` and `never`";
    says("patience = 'nevr'", message, Some(help), "'nevr'");
    says(
        "patience = { meen = 3 }",
        "unknown key `meen` in patience",
        Some("did you mean `mean`?"),
        "meen",
    );
}

#[test]
fn a_tagged_table_is_checked_against_its_kind() {
    let help = "add `kind = ...`, one of `outage` and `campaign`";
    says("[[events]]\n", "events[0] lacks the required key `kind`", Some(help), "[[events]]");
    let message = "events[0].kind: `outtage` is not one of the known values";
    let help = "did you mean `outage`? known: `outage` and `campaign`";
    says("[[events]]\nkind = 'outtage'", message, Some(help), "'outtage'");
    let message = "events[0].people must be a whole number, not a string";
    let text = "[[events]]\nkind = 'campaign'\npeople = '3'";
    says(text, message, Some("write `people = 3`"), "'3'");
    let message = "events[0].kind must be one of `outage` and `campaign`, not the number 3";
    says("[[events]]\nkind = 3", message, None, "3");
}
