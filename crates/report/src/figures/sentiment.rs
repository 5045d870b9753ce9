//! `chart-sentiment`: public sentiment from day to day.

use super::captions::{frame, shaded, title_window};
use super::titles::{self, Words};
use super::{estimate, found};
use crate::charts::{self, ChartError, Line};
use heard_lab::experiment::results::Results;
use heard_scenario::metric::Metric;
use heard_text::number::signed;
use heard_world::column::Column;

/// Public sentiment by day.
pub fn sentiment(results: &Results) -> Option<Result<String, ChartError>> {
    if !results.metrics().contains(&Metric::Reputation) {
        return None;
    }
    let columns = &results.experiment.columns;
    let line = |(index, arm): (usize, &str)| {
        let points = columns.iter().enumerate().filter_map(|(at, column)| match column {
            // Read when the day is over.
            Column::Day { metric: Metric::Reputation, day } => {
                let found = results.interval(results.whole(index), at)?;
                Some((f64::from(*day) + 1.0, estimate(found)))
            }
            _ => None,
        });
        Line { name: arm.to_owned(), points: points.collect() }
    };
    let lines: Vec<Line> = results.arms().enumerate().map(line).collect();
    let title = titles::ranking(
        &found(results, Metric::Reputation),
        Words {
            top: "Public sentiment is highest with",
            bottom: "lowest with",
            overlap: "No arm clearly has a better public sentiment than another",
            plain: "Public sentiment by day",
        },
        |arm, found| format!("Public sentiment averages {}: {arm}", signed(found.mean, 3)),
    );
    let subtitle = format!(
        "Balance of what people recently saw about the company, from -1 (all bad) to 1 (all good), \
         at the end of each day; bands are 95% intervals for each day alone; numbers on the right are for the last day. {}",
        title_window(results)
    );
    let frame = frame(results, title, subtitle);
    Some(charts::sentiment(&frame, "day", "public sentiment", &shaded(results), &lines))
}
