//! `draws = "trade-off"`: one metric against another.

use super::{frame, named, of_whom, published};
use crate::charts::{self, ChartError, Point};
use crate::figures::{estimate, wording};
use heard_lab::experiment::results::Results;
use heard_scenario::figure::Figure;
use heard_text::list::{capital, list};

/// A point for each arm, or for each arm and company.
pub fn trade_off(results: &Results, figure: &Figure) -> Result<String, ChartError> {
    let &[across, upwards] = figure.metrics.as_slice() else { return Err(ChartError::Nothing) };
    let named = named(results, figure);
    let points = named.iter().filter_map(|(subject, name)| {
        let value = |metric| results.total(*subject, metric).map(estimate);
        Some(Point { name: name.clone(), across: value(across)?, upwards: value(upwards)? })
    });
    let points: Vec<Point> = points.collect();
    let (right, up) = (wording::measure(across), wording::measure(upwards));
    let mut reading = format!(
        "{} against {}: a point for each arm, whiskers are 95% intervals.{}",
        capital(&up.name),
        right.name,
        of_whom(results, figure)
    );
    if points.len() < named.len() {
        let absent: Vec<&str> = named
            .iter()
            .map(|(_, name)| name.as_str())
            .filter(|name| points.iter().all(|point| point.name != *name))
            .collect();
        reading += &format!(" Without both: {}.", list(&absent));
    }
    let frame = frame(results, figure, &reading, true, &[]);
    let published = (published(figure, across), published(figure, upwards));
    charts::trade_off(&frame, (&right, &up), &points, (&published.0, &published.1))
}
