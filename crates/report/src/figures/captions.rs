//! What every chart says about the numbers that it shows.

use crate::VERSION;
use crate::charts::Frame;
use heard_lab::experiment::results::Results;
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

/// The days that are counted.
pub fn window(results: &Results) -> String {
    let run = &results.experiment.study.base.run;
    let (first, last) = run.span_days();
    format!("Counted: days {} to {} of {}.", trimmed(first), trimmed(last), trimmed(run.days))
}
