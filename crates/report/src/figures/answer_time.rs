//! `chart-answer-time`: how long until a first answer.

use super::captions::{frame, window};
use super::estimate;
use super::titles::{self, Words};
use crate::cautions::Cautions;
use crate::charts::{self, ChartError, Line};
use heard_lab::experiment::results::{MAIN, Results};
use heard_math::stats::Interval;
use heard_scenario::metric::Metric;
use heard_text::number::percent;
use heard_world::column::{Column, answer_hours};

/// How long until a first answer.
pub fn answer_time(results: &Results) -> Option<Result<String, ChartError>> {
    let hours = answer_hours();
    let columns = &results.experiment.columns;
    let line = |(index, arm): (usize, &str)| {
        let points = columns.iter().enumerate().filter_map(|(at, column)| match column {
            Column::AnsweredBy(point) => {
                Some((*hours.get(*point)?, estimate(results.interval(results.whole(index), at)?)))
            }
            _ => None,
        });
        Line { name: arm.to_owned(), points: points.collect() }
    };
    let lines: Vec<Line> = results.arms().enumerate().map(line).collect();
    if lines.iter().all(|line| line.points.is_empty()) {
        return None;
    }
    let last: Vec<(&str, Interval)> = results
        .arms()
        .enumerate()
        .filter_map(|(index, arm)| {
            let at = columns.iter().rposition(|c| matches!(c, Column::AnsweredBy(_)))?;
            Some((arm, results.interval(results.whole(index), at)?))
        })
        .collect();
    let cautions = Cautions::new(results);
    let doubtful = cautions.doubtful_arms(Metric::AnswerRate, MAIN);
    let title = titles::ranking_without(
        &last,
        &doubtful,
        Words {
            top: "The largest share gets an answer before giving up with",
            bottom: "the smallest with",
            overlap: "How long until a first answer: no arm clearly answers more than another",
            plain: "How long until a first answer",
        },
        |arm, found| format!("{} get an answer before giving up: {arm}", percent(found.mean)),
    );
    let subtitle = format!(
        "Share of all voiced complaints and questions with a first answer by then, automatic \
         replies included; answers after the customer gave up or left come too late and do not count. \
         Bands are 95% intervals. {}",
        window(results)
    );
    Some(charts::answer_time(&frame(results, title, subtitle), &lines))
}
