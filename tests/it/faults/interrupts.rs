//! Ctrl-C and other signals, in every phase of a run.

use std::os::unix::process::ExitStatusExt;
use std::process::{Child, Command, Output, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use super::{contents, desk, finished, run, small};
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

/// Waits until something is so.
fn until(what: impl Fn() -> bool) {
    let begun = Instant::now();
    while !what() {
        assert!(begun.elapsed() < Duration::from_secs(30), "it never came about");
        sleep(Duration::from_millis(1));
    }
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
        let output = child.wait_with_output().unwrap();
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
fn an_interrupt_at_any_moment_ends_soon_and_the_run_goes_on() {
    let desk = desk();
    let arguments = ["--replications", "40", "--resume"];
    let mut codes = Vec::new();
    // From before the scenario is read until after the last chart is drawn.
    for step in 0.. {
        let child = started(&desk, &arguments);
        sleep(Duration::from_millis(10 + 15 * step));
        signal(&child, "INT");
        let begun = Instant::now();
        let output = child.wait_with_output().unwrap();
        assert!(begun.elapsed() < Duration::from_secs(10));
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
    let child = started(&desk, &long);
    until(|| desk.path("out/journal.partial").exists());
    sleep(Duration::from_millis(300));
    signal(&child, "INT");
    sleep(Duration::from_millis(50));
    signal(&child, "INT");
    let begun = Instant::now();
    let output = child.wait_with_output().unwrap();
    assert_eq!(code(&output), 130);
    assert!(begun.elapsed() < Duration::from_secs(1), "{:?}", begun.elapsed());
    assert_eq!(desk.files("out"), ["journal.partial"]);
}
