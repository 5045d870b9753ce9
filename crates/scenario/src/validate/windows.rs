//! `run.windows`: which days are counted, and which are not.

use super::{Finding, finding};
use crate::Scenario;
use crate::audit::HOURS;
use crate::run::Run;
use crate::source::path_text;
use crate::study::Arm;
use crate::window::{MOST_WINDOWS, Stretch, Window};
use heard_text::number::trimmed;

/// Days by which a window may lie outside of those that can be counted: these are differences.
const ROUNDING: f64 = 1e-9;

/// Windows that are too many, that cannot be told apart by name, or that hold days that are not counted.
pub(super) fn errors(run: &Run, found: &mut Vec<Finding>) {
    if run.windows.len() > MOST_WINDOWS {
        found.push(finding(
            &["run", "windows"],
            format!("run.windows: {} are more than the {MOST_WINDOWS} allowed", run.windows.len()),
            "leave some out: verdicts hold for all windows at once, and each makes them less sharp",
        ));
        return;
    }
    for (index, (name, stretch)) in run.windows.iter().enumerate() {
        found.extend(wrong_name(run, index, name, stretch));
        found.extend(wrong_days(run, name, stretch));
    }
}

fn wrong_name(run: &Run, index: usize, name: &str, stretch: &Stretch) -> Option<Finding> {
    let path = ["run", "windows", name];
    let key = path_text(&path);
    if name.trim().is_empty() {
        let help = format!("write for instance `\"first quarter\" = \"{}\"`", stretch.text());
        return Some(finding(&path, format!("{key}: a window needs a name"), help));
    }
    let same = |other: &&String| other.trim().eq_ignore_ascii_case(name.trim());
    let other = run.windows.keys().take(index).find(same)?;
    let message = format!("{key}: the name can be taken for that of `{other}`");
    Some(finding(&path, message, "give each window a name of its own"))
}

fn wrong_days(run: &Run, name: &str, stretch: &Stretch) -> Option<Finding> {
    let (first, last) = run.span_days();
    let early = stretch.from_day < first - ROUNDING;
    if !early && stretch.to_day <= last + ROUNDING {
        return None;
    }
    let path = ["run", "windows", name];
    let counted = Window::unnamed(first, last).days();
    let message = format!(
        "{}: \"{}\" is not within the days that can be counted, \"{counted}\": those of the run \
         without its warm-up and its closing margin",
        path_text(&path),
        stretch.text()
    );
    let help = match early {
        true => format!("begin the window on day {} or later", trimmed(first)),
        false => format!(
            "end the window on day {} or before, or write `days = {}` or more",
            trimmed(last),
            trimmed(stretch.to_day + run.margin_days)
        ),
    };
    Some(finding(&path, message, help))
}

/// A main window in which an auditor, who posts by day, would post nothing.
pub(super) fn without_probes(arm: &Scenario, found: &mut Vec<Finding>) {
    if arm.audit.probes_per_channel == 0 {
        return;
    }
    let [opens, closes] = [HOURS.0, HOURS.1].map(|hour| hour / 24.0);
    // Probes are posted over the main window only.
    for window in arm.run.counted_windows().into_iter().take(1) {
        // Within a day, some hours of its first or of its second day are in every window.
        let first = window.from_day.floor();
        let posts = |day: f64| window.from_day < day + closes && day + opens < window.to_day;
        if posts(first) || posts(first + 1.0) {
            continue;
        }
        let path = match arm.run.windows.contains_key(&window.name) {
            true => vec!["run", "windows", &window.name],
            false => vec!["audit", "probes_per_channel"],
        };
        let message = format!(
            "{}: the window of days {} holds no hour from {} to {}, in which probes are posted",
            path_text(&path),
            window.days(),
            HOURS.0,
            HOURS.1
        );
        let help = "let the window hold a whole day, or write `audit.probes_per_channel = 0`";
        found.push(finding(&path, message, help));
    }
}

/// Windows in which nothing is read, and switches of an arm that come after everything that is counted.
pub(super) fn doubts(arm: &Arm) -> impl Iterator<Item = String> {
    without_states(arm.scenario()).into_iter().chain(late_switches(arm))
}

/// Windows that hold no end of a day, where the states of customers are read.
fn without_states(arm: &Scenario) -> Vec<String> {
    let run = &arm.run;
    // The last day ends with the run.
    let none = |window: &&Window| {
        window.to_day.floor() <= window.from_day
            && window.to_day < run.days
            && arm.customers.count > 0
    };
    let windows = run.counted_windows();
    let text = |window: &Window| {
        format!(
            "run.windows: no day ends within {}, so what is read at the end of a day (attitude, nps, stars, \
             reputation, expectation, awareness, customers_kept) is undefined there",
            window.titled()
        )
    };
    windows.iter().filter(none).map(text).collect()
}

fn late_switches(arm: &Arm) -> impl Iterator<Item = String> {
    let run = &arm.scenario().run;
    let last = run.counted_windows().iter().map(|window| window.to_day).fold(0.0, f64::max);
    let late = arm.phases.iter().skip(1).filter(move |phase| phase.from_day >= last);
    late.map(move |phase| {
        format!(
            "the switch on day {} comes after the last counted day: counting ends on day {}, so results \
             show next to nothing of it",
            trimmed(phase.from_day),
            trimmed(last)
        )
    })
}
