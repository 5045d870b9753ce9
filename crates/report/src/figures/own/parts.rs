//! `draws = "parts"`: metrics by the parts of the whole.

use super::{frame, named, of_whom, published};
use crate::charts::{self, ChartError, Dots};
use crate::figures::{estimate, wording};
use heard_lab::experiment::results::Results;
use heard_scenario::figure::{Dimension, Figure};
use heard_scenario::metric::Metric;
use heard_world::column::Column;

/// A panel for each metric, a row for each part, in it a dot for each arm, or each arm and company.
pub fn parts(results: &Results, figure: &Figure) -> Result<String, ChartError> {
    let Some(dimension) = figure.dimension else { return Err(ChartError::Nothing) };
    let level = |column: &'_ Column| match column {
        Column::Level { metric, dimension: other, level } if *other == dimension => {
            Some((*metric, level.clone()))
        }
        _ => None,
    };
    let columns: Vec<(usize, (Metric, String))> = results
        .experiment
        .columns
        .iter()
        .enumerate()
        .filter_map(|(at, column)| Some((at, level(column)?)))
        .filter(|(at, (metric, _))| figure.metrics.contains(metric) && results.is_defined(*at))
        .collect();
    let mut levels: Vec<&String> = Vec::new();
    for (_, (_, level)) in &columns {
        if !levels.contains(&level) {
            levels.push(level);
        }
    }
    let named = named(results, figure);
    let value = |wanted: Metric, level: &String| {
        let at = columns.iter().find(|(_, (metric, other))| *metric == wanted && other == level);
        let at = at.map(|(at, _)| *at);
        named.iter().map(move |(subject, _)| Some(estimate(results.interval(*subject, at?)?)))
    };
    let (mut panels, mut absent) = (Vec::new(), Vec::new());
    for &metric in &figure.metrics {
        let values: Vec<_> = levels.iter().flat_map(|level| value(metric, level)).collect();
        if values.iter().all(Option::is_none) {
            absent.push(metric);
            continue;
        }
        let (measure, published) = (wording::measure(metric), published(figure, metric));
        panels.push(Dots { measure, values, published });
    }
    let (heading, names) = words(dimension, &levels);
    let reading = format!(
        "By {heading}: the mean of each arm with its 95% interval.{}",
        of_whom(results, figure)
    );
    let arms: Vec<String> = named.iter().map(|(_, name)| name.clone()).collect();
    let frame = frame(results, figure, &reading, true, &absent);
    charts::parts(&frame, heading, &names, &arms, &panels)
}

/// The dimension and its parts in words.
fn words(dimension: Dimension, levels: &[&String]) -> (&'static str, Vec<String>) {
    let name = |level: &&String| match (dimension, level.as_str()) {
        (Dimension::FollowersTenth, "1") => "1 (fewest)".to_owned(),
        (Dimension::FollowersTenth, "10") => "10 (most)".to_owned(),
        (_, level) => level.to_owned(),
    };
    let heading = match dimension {
        Dimension::Channel => "channel",
        Dimension::Team => "team",
        Dimension::Kind => "kind of message",
        Dimension::Class => "severity",
        Dimension::FollowersTenth => "tenth of followers",
        Dimension::Outcome => "outcome",
        Dimension::Probe => "channel of the probe",
    };
    (heading, levels.iter().map(name).collect())
}
