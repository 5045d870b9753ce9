//! Progress on standard error, where somebody is looking.

use std::io::{IsTerminal, stderr};

use heard_lab::job::{Progress, Stop, Watch};
use indicatif::{ProgressBar, ProgressStyle};

/// A bar of this many steps; hidden if it is not wanted or nobody looks.
pub fn bar(quiet: bool, steps: u64) -> ProgressBar {
    if quiet || !stderr().is_terminal() { ProgressBar::hidden() } else { ProgressBar::new(steps) }
}

/// What follows a job and stops it, and the bar that shows how far it is.
pub fn watch(quiet: bool, stop: Stop) -> (Watch, ProgressBar) {
    let bar = bar(quiet, 0);
    let (shown, mut started) = (bar.clone(), false);
    let watch = Watch::new(stop, move |Progress { done, total, unit }| {
        shown.set_length(total);
        shown.set_position(done);
        if !started {
            start(&shown, unit);
            started = true;
        }
        shown.tick();
    });
    (watch, bar)
}

/// Shows a bar, and estimates the time left from here on.
fn start(bar: &ProgressBar, unit: &str) {
    let template = format!("{{bar:40}} {{pos}}/{{len}} {unit}, {{eta}} left");
    bar.set_style(
        ProgressStyle::with_template(&template).unwrap_or_else(|_| ProgressStyle::default_bar()),
    );
    bar.reset_eta();
    bar.tick();
}
