//! Waiting in tests. No test fails because a machine is slow or busy: what must come about is waited
//! for, and what must be quick is measured in processor time.

use std::process::{Child, Command, Output};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread::{self, sleep};
use std::time::{Duration, Instant};

/// Far longer than anything takes on any machine: only so that what hangs ends at all.
pub const HANGS: Duration = Duration::from_secs(1800);

/// Waits until something is so.
pub fn until(mut what: impl FnMut() -> bool) {
    let begun = Instant::now();
    while !what() {
        assert!(begun.elapsed() < HANGS, "it never came about");
        sleep(Duration::from_millis(1));
    }
}

/// Waits until a program ends by itself, and ends it where it hangs.
pub fn ended(child: Child) -> Output {
    let (over, waits) = mpsc::channel::<()>();
    let id = child.id().to_string();
    let guard = thread::spawn(move || {
        let hangs = waits.recv_timeout(HANGS) == Err(RecvTimeoutError::Timeout);
        if hangs {
            Command::new("kill").args(["-9", &id]).status().unwrap();
        }
        hangs
    });
    let output = child.wait_with_output().unwrap();
    drop(over);
    assert!(!guard.join().unwrap(), "it did not end");
    output
}
