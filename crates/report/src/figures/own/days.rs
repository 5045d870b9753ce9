//! `draws = "days"`: metrics from day to day.

use super::{arms, frame, named, of_whom, published};
use crate::charts::{self, ChartError, Days, Happening, Line};
use crate::figures::captions::shaded;
use crate::figures::{estimate, wording};
use heard_lab::experiment::results::{Results, Subject};
use heard_scenario::figure::Figure;
use heard_scenario::metric::Metric;
use heard_text::number::shortest;
use heard_world::column::Column;

/// A panel for each metric, a line for each arm, or for each arm and company.
pub fn days(results: &Results, figure: &Figure) -> Result<String, ChartError> {
    let (mut panels, mut absent) = (Vec::new(), Vec::new());
    let named = named(results, figure);
    for &metric in &figure.metrics {
        let line = |(subject, name): &(Subject, String)| Line {
            name: name.clone(),
            points: points(results, *subject, metric),
        };
        let lines: Vec<Line> = named.iter().map(line).collect();
        if lines.iter().all(|line| line.points.is_empty()) {
            absent.push(metric);
            continue;
        }
        let (measure, published) = (wording::measure(metric), published(figure, metric));
        panels.push(Days { measure, lines, published });
    }
    let run = &results.experiment.study.base.run;
    let reading = format!(
        "From day to day; bands are 95% intervals for each day alone; numbers on the right are for the \
         last day{}.{}",
        if run.margin_days > 0.0 { " counted" } else { "" },
        of_whom(results, figure)
    );
    let frame = frame(results, figure, &reading, false, &absent);
    charts::days(&frame, &shaded(results), &happenings(results, figure), &panels)
}

/// One line, up to the last day that is counted: of the days after it, not all has happened yet.
fn points(results: &Results, subject: Subject, wanted: Metric) -> Vec<(f64, charts::Estimate)> {
    let (_, last) = results.experiment.study.base.run.span_days();
    let columns = results.experiment.columns.iter().enumerate();
    let point = |(at, column): (usize, &Column)| match column {
        // Read when the day is over.
        Column::Day { metric, day } if *metric == wanted && f64::from(*day) < last => {
            Some((f64::from(*day) + 1.0, estimate(results.interval(subject, at)?)))
        }
        _ => None,
    };
    columns.filter_map(point).collect()
}

/// Switches and mistakes of the arms that are drawn, each day once.
fn happenings(results: &Results, figure: &Figure) -> Vec<Happening> {
    let study = &results.experiment.study;
    let drawn = arms(results, figure);
    let mut found: Vec<(f64, &str, Vec<&str>)> = Vec::new();
    for arm in drawn.iter().map(|&arm| &study.arms[arm]) {
        let switches = arm.phases.iter().skip(1).map(|phase| (phase.from_day, "switch"));
        let companies = arm.phases.iter().take(1).flat_map(|phase| &phase.companies);
        let mistakes = companies.flat_map(|company| &company.mistake);
        let mistakes = mistakes.map(|mistake| (mistake.at_day, "mistake"));
        for (day, what) in switches.chain(mistakes) {
            match found.iter_mut().find(|(other, kind, _)| (*other, *kind) == (day, what)) {
                Some((.., names)) if names.contains(&arm.name.as_str()) => {}
                Some((.., names)) => names.push(&arm.name),
                None => found.push((day, what, vec![&arm.name])),
            }
        }
    }
    let label = |(day, what, names): (f64, &str, Vec<&str>)| {
        let who = match names.as_slice() {
            all if all.len() == drawn.len() => String::new(),
            [one] => format!("{one}: "),
            [one, other] => format!("{one} and {other}: "),
            many => format!("{} arms: ", many.len()),
        };
        Happening { day, label: format!("{who}{what}, day {}", shortest(day)) }
    };
    found.into_iter().map(label).collect()
}
