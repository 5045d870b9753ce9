//! Types and ranges.

use super::{check, problems, says, tree};

#[test]
fn a_wrong_type_shows_the_corrected_line() {
    let cases = [
        (
            "[run]\ndays = '90'",
            "run.days must be a number (days), not a string",
            "write `days = 90`",
            "'90'",
        ),
        (
            "[run]\ndays = '90 days'",
            "run.days must be a number (days), not a string",
            "write `days = 90`",
            "'90 days'",
        ),
        (
            "[run]\ndays = '1,5'",
            "run.days must be a number (days), not a string",
            "write `days = 1.5`",
            "'1,5'",
        ),
        (
            "[run]\nbusy = '80%'",
            "run.busy must be a number (share), not a string",
            "write `busy = 0.8`",
            "'80%'",
        ),
        (
            "[run]\nquiet = 'yes'",
            "run.quiet must be true or false, not a string",
            "write `quiet = true`",
            "'yes'",
        ),
        (
            "[run]\nquiet = 0",
            "run.quiet must be true or false, not the number 0",
            "write `quiet = false`",
            "0",
        ),
        ("title = 5", "title must be a string, not the number 5", "write `title = \"5\"`", "5"),
        (
            "note = 2024-02-29",
            "note must be a string, not a date",
            "write `note = \"2024-02-29\"`",
            "2024-02-29",
        ),
        (
            "[team.care]\nchannels = 'mail'",
            "team.care.channels must be a list, not a string",
            "write `channels = [\"mail\"]`",
            "'mail'",
        ),
        (
            "[team.care]\nchannels = [1]",
            "team.care.channels[0] must be a string, not the number 1",
            "write `\"1\"`",
            "1",
        ),
        (
            "[events]\n",
            "events must be a list, not a table",
            "begin every entry with `[[events]]`, in double brackets",
            "[events]",
        ),
        (
            "[[run]]\n",
            "run must be a table, not a list",
            "there is only one: write `[run]` in single brackets",
            "[[run]]",
        ),
        ("[weights]\na = 'b'\nb = 1", "weights.a must be a number, not a string", "", "'b'"),
        (
            "run = 3",
            "run must be a table, not the number 3",
            "write a table: `[run]`, and beneath it `key = value` lines; its keys: `days`, `seed`, `busy`, `mean`, `quiet`, `kept`, `open`, `order`, `fallback` and `small`",
            "3",
        ),
    ];
    for (text, message, help, at) in cases {
        says(text, message, Some(help).filter(|help| !help.is_empty()), at);
    }
}

#[test]
fn a_float_is_no_whole_number_even_without_a_fraction() {
    let has = "run.seed must be a whole number: 3.0 has a decimal point";
    says("[run]\nseed = 3.0", has, Some("write `seed = 3`"), "3.0");
    says("[run]\nseed = 2.5", "run.seed must be a whole number, not 2.5", None, "2.5");
}

#[test]
fn a_number_out_of_range_names_the_bound_and_its_unit() {
    let allowed = Some("allowed: 1 to 3650 (days)");
    says("[run]\ndays = 0", "run.days: 0 is below the smallest allowed, 1 (days)", allowed, "0");
    says(
        "[run]\ndays = 3650.5",
        "run.days: 3650.5 is above the largest allowed, 3650 (days)",
        allowed,
        "3650.5",
    );
    assert_eq!(problems("[run]\ndays = 3650\nseed = 0"), []);
    says("[run]\nmean = 0", "run.mean: 0 must be above 0 (hours)", None, "0");
    let shift = "[team.care]\nchannels = []\nshifts = [{ people = -3 }]";
    let message = "team.care.shifts[0].people: -3 is below the smallest allowed, 0 (people)";
    says(shift, message, None, "-3");
}

#[test]
fn what_a_rust_integer_cannot_hold_is_refused_with_its_place() {
    let message = "run.small: 4294967296 is above the largest allowed, 4294967295";
    says("[run]\nsmall = 4294967296", message, None, "4294967296");
    let message = "pair[1]: 256 is above the largest allowed, 255";
    says("pair = [1, 256]", message, Some("allowed: 0 to 255"), "256");
}

#[test]
fn a_share_above_one_explains_shares() {
    let message = "run.busy: 80 is above the largest allowed, 1 (share)";
    let help = "1 is the largest and means all of it; 0.8 means 80%: for 80% write `busy = 0.8`";
    says("[run]\nbusy = 80", message, Some(help), "80");
    let message = "run.busy: 1.2 is above the largest allowed, 1 (share)";
    let help = "1 is the largest and means all of it; 0.8 means 80%";
    says("[run]\nbusy = 1.2", message, Some(help), "1.2");
}

#[test]
fn numbers_that_are_not_finite_are_refused_everywhere() {
    let not =
        |path: &str, number: &str| format!("{path} is {number}, which is not a finite number");
    says("[run]\ndays = nan", &not("run.days", "nan"), None, "nan");
    says("[run]\nbusy = inf", &not("run.busy", "inf"), None, "inf");
    says("patience = -inf", &not("patience", "-inf"), None, "-inf");
    says("title = nan", &not("title", "nan"), None, "nan");
    let free = serde_json::json!({ "type": "object" });
    assert_eq!(check(&tree("a = [{ b = [nan] }]", &[]), &free).len(), 1);
}

#[test]
fn lists_and_strings_have_lengths() {
    says("pair = [1]", "pair must have 2 entries, not 1", None, "[1]");
    says("title = ''", "title must not be empty", None, "''");
}

#[test]
fn a_share_that_must_stay_below_one_explains_shares_too() {
    let help = "1 would mean all of it; 0.8 means 80%: for 80% write `kept = 0.8`";
    says("[run]\nkept = 80", "run.kept: 80 must be below 1 (share)", Some(help), "80");
}

#[test]
fn a_string_with_examples_shows_one() {
    let help = "write for example `open = \"09:00-17:00\"`";
    says(
        "[run]\nopen = 09:00",
        "run.open must be a string, not a time of day",
        Some(help),
        "09:00",
    );
}
