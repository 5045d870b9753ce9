//! Progress on standard error, where somebody is looking.

use std::io::{IsTerminal, stderr};

use indicatif::ProgressBar;

/// A bar of so many steps; hidden where it is not wanted or nobody looks.
pub fn bar(quiet: bool, steps: u64) -> ProgressBar {
    if quiet || !stderr().is_terminal() { ProgressBar::hidden() } else { ProgressBar::new(steps) }
}
