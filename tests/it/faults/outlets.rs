//! Standard output and standard error that are full, closed, or that nobody reads.

use super::desk;
use crate::program::{Desk, SMALL};

/// Every verb, each way of printing of `run`.
fn calls() -> Vec<String> {
    let small = SMALL.join(" ");
    let mut calls: Vec<String> = ["table", "csv", "json"]
        .map(|format| {
            format!("run mine.toml --replications 2 --no-charts --out {format} --format {format} {small}")
        })
        .to_vec();
    calls.push("trace mine.toml --set customers.count=2000 --set run.days=60".to_owned());
    calls.push("trace mine.toml --list 10 --format json --set customers.count=2000".to_owned());
    let plain =
        ["list", "check mine.toml", "schema", "completions bash", "manual", "--help", "run --help"];
    calls.extend(plain.map(str::to_owned));
    calls
}

/// Each call within a shell line of this form, CALL standing for it; `code` is how it must end.
fn all(desk: &Desk, line: &str, code: &str) {
    for call in calls() {
        let outcome = desk.shell(&line.replace("CALL", &format!("\"$HEARD\" {call}")));
        let said = format!("{}{}", outcome.out, outcome.err);
        assert!(said.contains(code), "{call}: {said}");
        assert!(!said.contains("panicked"), "{call}: {said}");
    }
}

#[test]
fn a_reader_that_has_gone_away_is_no_error_for_any_verb() {
    let desk = desk();
    all(&desk, "(CALL 2>/dev/null; echo \"code $?\" >&2) | true", "code 0");
    all(&desk, "(CALL 2>/dev/null; echo \"code $?\" >&2) | head -n 1 >/dev/null", "code 0");
    assert!(super::finished(&desk, "csv"));
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_behind_standard_output_is_said_and_ends_with_1() {
    let desk = desk();
    all(&desk, "CALL >/dev/full; echo \"code $?\"", "standard output cannot be written");
    all(&desk, "CALL >/dev/full 2>/dev/null; echo \"code $?\"", "code 1");
    // What was written to files is there all the same.
    assert!(super::finished(&desk, "csv"));
}

#[test]
fn closed_outlets_stop_nobody() {
    let desk = desk();
    all(&desk, "CALL >&-; echo \"code $?\" >&2", "code 0");
    all(&desk, "CALL >/dev/null 2>&-; echo \"code $?\"", "code 0");
    all(&desk, "CALL >&- 2>&- <&-; echo \"code $?\"", "code 0");
    assert!(super::finished(&desk, "table"));
}

#[cfg(target_os = "linux")]
#[test]
fn notes_that_cannot_be_written_stop_nobody() {
    let desk = desk();
    all(&desk, "CALL >/dev/null 2>/dev/full; echo \"code $?\"", "code 0");
    let line = "\"$HEARD\" run missing.toml 2>/dev/full; echo \"code $?\"";
    assert!(desk.shell(line).out.contains("code 2"));
}

#[test]
fn a_disk_that_fills_up_at_any_point_leaves_what_can_go_on() {
    let desk = desk();
    let sets = SMALL.join(" ");
    let call =
        format!("\"$HEARD\" run mine.toml --replications 3 --no-charts --out out {sets} --quiet");
    // Blocks of 512 bytes: within the journal, within the tables, and enough for all.
    let mut codes = Vec::new();
    for blocks in [1, 60, 150, 210, 400, 2000] {
        let outcome = desk.shell(&format!(
            "trap '' XFSZ; ulimit -f {blocks}; {call} --resume >/dev/null; echo \"code $?\""
        ));
        let done = outcome.out.contains("code 0");
        assert!(done || outcome.out.contains("code 1"), "{} {}", outcome.out, outcome.err);
        assert_eq!(super::finished(&desk, "out"), done, "{blocks}: {}", outcome.err);
        codes.push(done);
    }
    assert!(!codes[0] && codes[5], "{codes:?}");
    assert_eq!(super::run(&desk, "whole", &["--replications", "3", "--no-charts"]).code, 0);
    assert_eq!(super::contents(&desk, "out"), super::contents(&desk, "whole"));
}
