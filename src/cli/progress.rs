//! Progress on standard error, where somebody is looking.

use std::io::{IsTerminal, stderr};

use indicatif::{ProgressBar, ProgressStyle};

/// A progress bar with this many steps; hidden with --quiet or where there is no terminal.
pub fn bar(quiet: bool, steps: u64) -> ProgressBar {
    if quiet || !stderr().is_terminal() { ProgressBar::hidden() } else { ProgressBar::new(steps) }
}

/// A bar of replications, of which `done` are there already.
pub fn replications(quiet: bool, wanted: u32, done: u32) -> ProgressBar {
    let bar = bar(quiet, u64::from(wanted)).with_position(u64::from(done));
    let template = "{bar:40} {pos}/{len} replications, {eta} left";
    bar.set_style(
        ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar()),
    );
    bar.reset_eta();
    bar.tick();
    bar
}
