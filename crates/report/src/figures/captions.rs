//! What every chart says about the numbers that it shows.

use crate::VERSION;
use crate::charts::{Frame, Shaded, Stretch};
use heard_lab::experiment::results::{MAIN, Results};
use heard_scenario::window::Window;
use heard_text::list::replications;
use heard_text::number::trimmed;

/// What stands around a chart of the arms, all companies of each together.
pub fn frame(results: &Results, title: String, subtitle: String) -> Frame {
    let subtitle = subtitle + together(results);
    Frame { title, subtitle, footer: footer(results, "95% intervals"), ..Frame::default() }
}

/// Where the numbers come from.
pub fn footer(results: &Results, intervals: &str) -> String {
    let study = &results.experiment.study;
    let (name, seed) = (&study.name, study.base.run.seed);
    let replications = replications(results.replications().into());
    format!(
        "heard {VERSION} · {name} · seed {seed} · {replications} · {intervals}, Monte Carlo error \
         only"
    )
}

/// What to add where a chart is about all companies together; empty where there is one.
pub fn together(results: &Results) -> &'static str {
    if results.experiment.subjects().len() > 1 { " All companies together." } else { "" }
}

/// The days that are counted, of the main window where there are several.
pub fn window(results: &Results) -> String {
    match results.experiment.windows.len() {
        1 => format!("Counted: {}.", main_window(results)),
        _ => format!("Shown: {}; the other windows are in the tables.", main_window(results)),
    }
}

/// The same of a chart that shades the windows, and whose title speaks of the main one.
pub fn title_window(results: &Results) -> String {
    match results.experiment.windows.len() {
        1 => window(results),
        _ => format!(
            "Shaded: counted days ({}). The title refers to `{}`.",
            windows(results).join("; "),
            results.experiment.windows[MAIN].name
        ),
    }
}

fn main_window(results: &Results) -> String {
    let experiment = &results.experiment;
    let main = &experiment.windows[MAIN];
    let name = match experiment.windows.len() {
        1 => String::new(),
        _ => format!("{}, ", main.name),
    };
    let (first, last) = (trimmed(main.from_day), trimmed(main.to_day));
    format!("{name}days {first} to {last} of {}", trimmed(experiment.study.base.run.days))
}

/// The windows, each with its name and days.
pub fn windows(results: &Results) -> Vec<String> {
    results.experiment.windows.iter().map(Window::titled).collect()
}

/// What is shaded behind the days: the windows where they have names, otherwise the warm-up.
pub fn shaded(results: &Results) -> Shaded {
    let run = &results.experiment.study.base.run;
    if run.windows.is_empty() {
        return Shaded::WarmUp(run.warmup_days);
    }
    let windows = results.experiment.windows.iter();
    let stretch = |it: &Window| Stretch { name: it.name.clone(), from: it.from_day, to: it.to_day };
    Shaded::Windows(windows.map(stretch).collect())
}
