//! Killed at any moment, again and again, a run goes on and ends with the bytes of an undisturbed one.

use std::os::unix::process::ExitStatusExt;
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use super::{Desk, contents, desk, finished, run, small};
use crate::patience::until;

const KILL: i32 = 9;
const REPLICATIONS: [&str; 2] = ["--replications", "12"];

/// Moments to kill at, the same in every run of the test but for what the machine makes of them.
struct Luck(u64);

impl Luck {
    fn part(&mut self, of: Duration) -> Duration {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        of.mul_f64((self.0 >> 11) as f64 / (1u64 << 53) as f64)
    }
}

fn started(desk: &Desk, out: &str, more: &[&str]) -> Child {
    Command::new(assert_cmd::cargo::cargo_bin!("heard"))
        .current_dir(desk.path("."))
        .args(small("mine.toml", out, &[&REPLICATIONS[..], more].concat()))
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap()
}

/// Whether files are being made ready to take the place of those that are there.
fn publishes(desk: &Desk, out: &str) -> bool {
    desk.files(out).iter().any(|name| name.starts_with(".heard-new-"))
}

/// Kills a run at some moment of its life: anywhere in it, or while it puts its files in place.
/// Returns whether it was still there to be killed.
fn killed(desk: &Desk, out: &str, mut child: Child, aimed: bool, delay: Duration) -> bool {
    if aimed {
        until(|| publishes(desk, out) || child.try_wait().unwrap().is_some());
    }
    sleep(delay);
    child.kill().unwrap();
    let output = child.wait_with_output().unwrap();
    let text = String::from_utf8_lossy(&output.stderr);
    assert!(!text.contains("panicked"), "{text}");
    let dead = output.status.signal() == Some(KILL);
    assert!(dead || output.status.success(), "a run did not go on: {text}");
    dead
}

#[test]
fn killed_at_any_moment_a_run_goes_on_to_the_same_bytes() {
    survives(10, 1);
}

#[test]
#[ignore = "200 kills take a minute and a half"]
fn killed_200_times_at_any_moment_a_run_goes_on_to_the_same_bytes() {
    survives(200, 20);
}

/// Kills runs at least so often, and so often of that while they put their files in place; each must
/// go on to the bytes of a run that nobody disturbs.
fn survives(wanted: u32, wanted_while_publishing: u32) {
    let desk = desk();
    // Charts take most of the time of a small run: every fourth one draws them.
    let ways = [&["--no-charts"][..], &[]].map(|more| {
        let out = if more.is_empty() { "drawn" } else { "whole" };
        // Only how the kills are spread rests on the clock.
        let clock = Instant::now();
        assert_eq!(run(&desk, out, &[&REPLICATIONS[..], more].concat()).code, 0);
        (more, clock.elapsed().mul_f64(1.1), contents(&desk, out))
    });
    // What is replaced is another seed's finished run.
    assert_eq!(run(&desk, "old", &[&REPLICATIONS[..], &["--seed", "5"]].concat()).code, 0);

    let mut luck = Luck(2011);
    let (mut kills, mut rounds, mut while_publishing) = (0, 0, 0);
    // Nearer after each that comes too late.
    let mut publishing = Duration::from_millis(30);
    while kills < wanted || while_publishing < wanted_while_publishing {
        let out = format!("cut-{rounds}");
        let over_old = rounds % 2 == 1;
        let (more, life, whole) = &ways[usize::from(rounds % 4 == 3)];
        if over_old {
            std::fs::create_dir(desk.path(&out)).unwrap();
            for name in desk.files("old") {
                std::fs::copy(desk.path("old").join(&name), desk.path(&out).join(&name)).unwrap();
            }
        }
        let mut is_ours = !over_old;
        // Longer after each kill, for a machine that has become slower would never let it end.
        for life in (0..).map(|killed| *life * (1 + killed / 5)) {
            is_ours |= desk.path(&out).join("journal.partial").exists();
            let how = if is_ours { "--resume" } else { "--restart" };
            let aimed = kills % 2 == 1;
            let window = if aimed { publishing } else { life };
            let child = started(&desk, &out, &[more, &[how][..]].concat());
            let was_there = killed(&desk, &out, child, aimed, luck.part(window));
            let in_time = was_there && publishes(&desk, &out);
            if aimed && !in_time {
                publishing = publishing.mul_f64(0.8);
            }
            if !was_there {
                break;
            }
            kills += 1;
            while_publishing += u32::from(in_time);
            finished(&desk, &out);
        }
        assert!(finished(&desk, &out));
        let cut = contents(&desk, &out);
        assert_eq!(cut.keys().collect::<Vec<_>>(), whole.keys().collect::<Vec<_>>());
        for (name, bytes) in whole {
            assert!(cut[name] == *bytes, "{out}/{name} differs after {kills} kills");
        }
        rounds += 1;
    }
    println!(
        "{kills} of {kills} kills recovered in {rounds} runs, {while_publishing} while files were put in place"
    );
}
