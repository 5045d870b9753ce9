//! Golden runs: the very numbers, so that no change to them goes unnoticed.

use crate::program::{Desk, SEVEN_ARMS, SMALL};

/// The bytes are the same on every machine. A change of the model changes them knowingly: look at
/// the difference, then write the new ones with the command that the failure names.
#[test]
fn the_numbers_of_a_small_run_are_what_they_were() {
    let desk = Desk::new();
    desk.write("seven-arms.toml", SEVEN_ARMS);
    let arguments =
        ["run", "./seven-arms.toml", "--replications", "3", "--format", "csv", "--quiet"];
    let outcome = desk.heard(&[&arguments[..], &SMALL[..]].concat());
    assert_eq!(outcome.code, 0, "{}", outcome.err);
    let remake = format!(
        "cp tests/scenarios/listening-vs-responding.toml seven-arms.toml; heard {} {} > tests/golden/summary.csv",
        arguments.join(" "),
        SMALL.join(" ")
    );
    assert!(outcome.out == include_str!("../golden/summary.csv"), "remake: {remake}");
}
