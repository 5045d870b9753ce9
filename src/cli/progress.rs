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
    let watch = Watch::new(stop, move |Progress { done, total, unit, now }| {
        shown.set_length(total);
        shown.set_position(done);
        shown.set_message(now.unwrap_or_default());
        if !started {
            start(&shown, unit, now.is_some());
            started = true;
        }
        shown.tick();
    });
    (watch, bar)
}

/// Shows a bar: what it is at, if its steps differ, and otherwise the time left, estimated from here on.
fn start(bar: &ProgressBar, unit: &str, differ: bool) {
    let more = if differ { "{elapsed}: {msg}" } else { "{eta} left" };
    let style = ProgressStyle::with_template(&format!("{{bar:40}} {{pos}}/{{len}} {unit}, {more}"));
    bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
    bar.reset_eta();
    bar.tick();
}
