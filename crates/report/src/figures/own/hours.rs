//! `draws = "hours"`: how many have seen the first mistake, hour by hour.

use super::{frame, named, of_whom};
use crate::charts::{self, ChartError, Estimate, Line};
use crate::figures::estimate;
use heard_lab::experiment::results::{Results, Subject};
use heard_scenario::figure::Figure;
use heard_world::column::Column;

/// A line for each arm, or for each arm and company.
pub fn hours(results: &Results, figure: &Figure) -> Result<String, ChartError> {
    let line =
        |(subject, name): (Subject, String)| Line { name, points: hour_points(results, subject) };
    let lines: Vec<Line> = named(results, figure).into_iter().map(line).collect();
    let reading = format!(
        "Views of the first mistake, its shares included, by the hour; bands are 95% intervals for \
         each hour alone, figures at the right those of the last.{}",
        of_whom(results, figure)
    );
    let frame = frame(results, figure, &reading, false, &[]);
    charts::hours(&frame, "views so far (logarithmic scale)", &lines)
}

/// The audience of the first mistake by the end of each hour after it.
fn hour_points(results: &Results, subject: Subject) -> Vec<(f64, Estimate)> {
    let columns = results.experiment.columns.iter().enumerate();
    let point = |(at, column): (usize, &Column)| match column {
        Column::MistakeSeen(hour) => {
            let found = results.interval(subject, at)?;
            Some((f64::from(*hour) + 1.0, estimate(found)))
        }
        _ => None,
    };
    columns.filter_map(point).collect()
}
