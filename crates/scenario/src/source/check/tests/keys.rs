//! Unknown, missing and misspelt keys.

use super::{check, problems, says, schema, tree};

#[test]
fn an_unknown_key_names_the_key_that_was_meant() {
    let text = "[team.care]\nchanels = ['mail']\n";
    says(text, "unknown key `chanels` in team.care", Some("did you mean `channels`?"), "chanels");
    let text = "titel = 'x'";
    says(text, "unknown key `titel` at the top level", Some("did you mean `title`?"), "titel");
}

#[test]
fn an_unknown_key_like_no_other_names_its_home_or_lists_the_known_ones() {
    let help = "it belongs in `run`";
    let text = "quiet = true";
    says(
        "plan = {}\nzebra = 1",
        "unknown key `zebra` at the top level",
        Some(
            "known keys here: `title`, `note`, `run`, `plan`, `team`, `weights`, `levels`, `pair`, `patience` and `events`",
        ),
        "zebra",
    );
    let found = problems(text);
    assert_ne!(found[0].help.as_deref(), Some(help), "both run and plan have it");
    let text = "[team.care]\nchannels = []\nzebra = 1";
    says(
        text,
        "unknown key `zebra` in team.care",
        Some("known keys here: `channels` and `shifts`"),
        "zebra",
    );
}

#[test]
fn a_missing_key_is_named_with_what_it_holds() {
    let message = "team.care.shifts[0] lacks the required key `people`";
    let help = "add `people = ...`, a whole number (people)";
    says("[team.care]\nchannels = []\nshifts = [{}]", message, Some(help), "{}");
}

#[test]
fn a_misspelt_required_key_is_one_problem_not_two() {
    let text = "[team.care]\nchannels = []\n[[team.care.shifts]]\npoeple = 3\n";
    says(
        text,
        "unknown key `poeple` in team.care.shifts[0]",
        Some("did you mean `people`?"),
        "poeple",
    );
}

#[test]
fn a_set_argument_with_a_misspelt_entry_names_the_entry_that_was_meant() {
    let node = tree("[team.care]\nchannels = []\n", &["team.caer.shifts=[]"]);
    let found = check(&node, &schema());
    let [problem] = found.as_slice() else { panic!("{found:#?}") };
    assert_eq!(problem.message, "`caer` in team lacks the required key `channels`");
    assert_eq!(
        problem.help.as_deref(),
        Some("did you mean `care`? any other name begins a new entry")
    );
    assert_eq!(problem.path, "team.caer");
    assert_eq!(problem.place.as_ref().unwrap().range, 5..9);
}

#[test]
fn a_very_long_key_does_not_fill_the_message() {
    let found = problems(&format!("{} = 1", "x".repeat(100)));
    assert!(found[0].message.chars().count() < 120);
}
