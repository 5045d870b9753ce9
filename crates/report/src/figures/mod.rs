//! From results to charts: the scenario's own, then those of every run, each left out if there is
//! nothing to draw. To add one, see CONTRIBUTING.md.

mod answer_time;
mod captions;
mod differences;
mod funnel;
mod own;
mod resolution;
mod sentiment;
mod titles;
mod wording;

use super::ReportError;
use super::charts::{ChartError, Estimate};
use super::document::Figure;
use heard_lab::experiment::results::Results;
use heard_math::stats::Interval;
use heard_scenario::metric::Metric;

/// Draws a chart, if there is data for it.
type Draw = fn(&Results) -> Option<Result<String, ChartError>>;

/// The charts of every run, in the order of a story: what becomes of problems, on the way to that, how
/// the public takes it, what is certain of it, and how long it took.
pub(crate) const EVERY_RUN: &[(&str, Draw)] = &[
    ("resolution", resolution::resolution),
    ("funnel", funnel::funnel),
    ("sentiment", sentiment::sentiment),
    ("differences", differences::differences),
    ("answer-time", answer_time::answer_time),
];

/// Every chart that there is data for: the scenario's own as it has them, then those of every run.
///
/// # Errors
/// Where a chart cannot be drawn.
pub fn figures(results: &Results) -> Result<Vec<Figure>, ReportError> {
    let wanted = &results.experiment.study.base.figure;
    // File names that differ only in case are one file on some systems.
    let replaced = |name: &str| wanted.iter().any(|own| own.name.eq_ignore_ascii_case(name));
    let own = wanted.iter();
    let own = own.filter_map(|figure| Some((figure.name.as_str(), own::draw(results, figure)?)));
    let common = EVERY_RUN.iter().filter(|(name, _)| !replaced(name));
    let common = common.filter_map(|(name, draw)| Some((*name, draw(results)?)));
    own.chain(common).map(|(name, svg)| Figure::drawn(name, svg)).collect()
}

/// The arms in which a metric is defined, with their intervals.
fn found(results: &Results, metric: Metric) -> Vec<(&str, Interval)> {
    let arms = results.arms().enumerate();
    arms.filter_map(|(index, arm)| Some((arm, results.total(results.whole(index), metric)?)))
        .collect()
}

fn estimate(interval: Interval) -> Estimate {
    Estimate { mean: interval.mean, low: interval.low, high: interval.high }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::studies;

    fn names(results: &Results) -> Vec<String> {
        figures(results).unwrap().into_iter().map(|figure| figure.name).collect()
    }

    #[test]
    fn a_chart_is_there_when_its_data_are() {
        let experiment = studies::bundled(&[]);
        let all: Vec<&str> = EVERY_RUN.iter().map(|(name, _)| *name).collect();
        assert_eq!(names(&studies::play(&experiment, 2)), all);
        let queue = names(&studies::play(&studies::queue(), 2));
        assert!(queue.contains(&"answer-time".to_owned()));
        assert!(!queue.iter().any(|name| ["sentiment", "differences"].contains(&name.as_str())));
        assert_eq!(names(&Results::new(&experiment)), [""; 0]);
    }

    #[test]
    fn a_scenarios_own_chart_takes_the_place_of_one_of_every_run_with_its_name() {
        let own = "[{name='Funnel', title='Who?', draws='arms', metrics=['heard_rate']}]";
        let experiment = studies::bundled(&[&format!("figure={own}")]);
        let names = names(&studies::play(&experiment, 2));
        assert_eq!(names[0], "Funnel");
        let of_every_run = EVERY_RUN.iter().map(|(name, _)| *name);
        let rest: Vec<&str> = of_every_run.filter(|name| *name != "funnel").collect();
        assert_eq!(names[1..], rest);
    }

    #[test]
    fn charts_name_the_windows_that_they_show() {
        let windows = "run.windows={ early='14-20', later='20-26' }";
        let figures = figures(&studies::play(&studies::bundled(&[windows]), 3)).unwrap();
        for figure in &figures {
            let both = ["sentiment", "differences"].contains(&figure.name.as_str());
            let svg = &figure.svg;
            assert!(svg.contains("early, days 14"), "{}", figure.name);
            assert_eq!(svg.contains("later"), both, "{}", figure.name);
        }
    }

    #[test]
    fn captions_say_where_the_numbers_come_from() {
        let experiment = studies::bundled(&[]);
        let figures = figures(&studies::play(&experiment, 3)).unwrap();
        for figure in &figures {
            let svg = &figure.svg;
            for part in ["listening-vs-responding", "seed 2011", "3 replications", "Monte Carlo"] {
                assert!(svg.contains(part), "{}: {part}", figure.name);
            }
            assert_eq!(svg.contains("simultaneous over 18"), figure.name == "differences");
        }
    }
}
