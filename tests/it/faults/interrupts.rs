//! Ctrl-C and other signals, in every phase of a run.

use std::fs;
use std::os::unix::process::ExitStatusExt;
use std::process::{Child, Command, Output, Stdio};
use std::thread::sleep;
use std::time::Duration;

use super::{contents, desk, finished, run, small};
use crate::patience::{ended, until};
use crate::program::Desk;

fn started(desk: &Desk, more: &[&str]) -> Child {
    Command::new(assert_cmd::cargo::cargo_bin!("heard"))
        .current_dir(desk.path("."))
        .args(small("mine.toml", "out", more))
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap()
}

fn signal(child: &Child, name: &str) {
    Command::new("kill").args([&format!("-{name}"), &child.id().to_string()]).status().unwrap();
}

/// Whether a program has said that it answers interrupts; taken for granted where the system does not
/// tell.
fn listens(child: &Child) -> bool {
    let status = fs::read_to_string(format!("/proc/{}/status", child.id())).unwrap_or_default();
    let caught = status.lines().find_map(|line| line.strip_prefix("SigCgt:"));
    caught.is_none_or(|signals| u64::from_str_radix(signals.trim(), 16).unwrap() & 2 > 0)
}

/// 130, as a code or as a shell shows the signal that ended it.
fn code(output: &Output) -> i32 {
    let text = String::from_utf8_lossy(&output.stderr);
    assert!(!text.contains("panicked"), "{text}");
    let status = output.status;
    status.code().or(status.signal().map(|signal| 128 + signal)).unwrap()
}

#[test]
fn an_interrupt_while_playing_keeps_what_is_finished_and_says_so() {
    for (name, expected) in [("INT", 130), ("TERM", 130), ("HUP", 130)] {
        let desk = desk();
        let child = started(&desk, &["--replications", "100000", "--no-charts"]);
        let journal = desk.path("out/journal.partial");
        until(|| journal.metadata().is_ok_and(|file| file.len() > 200_000));
        signal(&child, name);
        let output = ended(child);
        assert_eq!(code(&output), expected, "{name}");
        let manifest: serde_json::Value =
            serde_json::from_slice(&desk.read("out/manifest.json")).unwrap();
        assert_eq!(manifest["complete"], false);
        assert!(manifest["replications"].as_u64().unwrap() > 0);
        assert!(!finished(&desk, "out"));
        let files = desk.files("out");
        assert!(!files.iter().any(|name| name.starts_with('.')), "{files:?}");
    }
}

#[test]
fn after_an_interrupt_at_any_moment_the_run_goes_on() {
    let desk = desk();
    let arguments = ["--replications", "40", "--resume"];
    let mut codes = Vec::new();
    // From before the scenario is read until after the last chart is drawn.
    for step in 0.. {
        let child = started(&desk, &arguments);
        // The first at once; on a busy machine even that may come after the run, which is then whole.
        sleep(Duration::from_millis(15 * step));
        signal(&child, "INT");
        let output = ended(child);
        let code = code(&output);
        assert_eq!(code == 0, finished(&desk, "out"), "{code}");
        codes.push(code);
        if code == 0 {
            break;
        }
        assert_eq!(code, 130, "{}", String::from_utf8_lossy(&output.stderr));
    }
    assert_eq!(run(&desk, "whole", &arguments).code, 0);
    assert_eq!(contents(&desk, "out"), contents(&desk, "whole"), "{codes:?}");
}

#[test]
fn a_second_interrupt_ends_at_once() {
    // One replication takes minutes, and building its customers some seconds.
    let desk = desk();
    let long = ["--set", "customers.count=2000000", "--replications", "3", "--set", "run.days=300"];
    let mut child = started(&desk, &long);
    let journal = desk.path("out/journal.partial");
    until(|| journal.exists() && listens(&child));
    let before = journal.metadata().unwrap().len();
    // Two that come at once may be delivered as one, so more follow until it ends.
    until(|| {
        sleep(Duration::from_millis(50));
        signal(&child, "INT");
        child.try_wait().unwrap().is_some()
    });
    assert_eq!(code(&child.wait_with_output().unwrap()), 130);
    assert_eq!(desk.files("out"), ["journal.partial"]);
    // The replication at hand was not waited for.
    assert_eq!(journal.metadata().unwrap().len(), before);
}
