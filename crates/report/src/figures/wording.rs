//! Metrics in words, for readers who have only the chart.

use crate::charts::{Measure, Unit};
use heard_scenario::metric::Metric;

/// A metric as a panel or an axis shows it.
pub fn measure(metric: Metric) -> Measure {
    Measure {
        name: metric.name().replace('_', " "),
        meaning: meaning(metric).to_owned(),
        unit: unit(metric),
    }
}

/// How its numbers are written.
fn unit(metric: Metric) -> Unit {
    match metric.unit() {
        unit if unit.starts_with("share") => Unit::Share,
        "difference of shares" | "-1 to 1" | "-100 to 100" => Unit::Signed,
        _ => Unit::Plain,
    }
}

/// What it measures, with its unit.
fn meaning(metric: Metric) -> &'static str {
    match metric {
        Metric::SeenRate => "share of voiced complaints and questions that a person read",
        Metric::AnswerRate => "share of voiced complaints and questions with any answer",
        Metric::HeardRate => "share of voiced with an on-topic answer from a person",
        Metric::ResolutionRate => "share of voiced complaints and questions solved",
        Metric::ResolvedPerFailure => "share of all failures, silent ones included, solved",
        Metric::Resolutions => "complaints and questions solved, per 30 days",
        Metric::FirstAnswerHoursP50 => "hours until half have a first answer",
        Metric::FirstAnswerHoursP90 => "hours until nine tenths have a first answer",
        Metric::ResolutionHoursP50 => "hours until half are solved",
        Metric::WaitSecondsMean => "mean wait on live channels, seconds",
        Metric::WaitSecondsServed => "mean wait of callers who were served, seconds",
        Metric::WaitSecondsAbandoned => "mean wait of callers who hung up, seconds",
        Metric::WaitProbability => "share of arrivals on live channels that wait",
        Metric::AbandonRate => "share of callers who hang up or are turned away",
        Metric::Occupancy => "share of staffed time in conversation",
        Metric::PublicShare => "share of complaints that are first voiced in public",
        Metric::ComplaintsPerFailure => "share of failures that are complained about",
        Metric::Attitude => "mean attitude to the company, -1 to 1",
        Metric::Nps => "net promoter score, -100 to 100",
        Metric::Stars => "stars that customers would give, 1 to 5",
        Metric::Reputation => "public sentiment, -1 to 1",
        Metric::ChurnRate => "share of customers who leave, per 30 days",
        Metric::Firestorms => "posts that spread widely, per 30 days",
        Metric::Audience => "views of posts about the company, per 30 days",
        Metric::Cost => "wages, tools, compensation: money per 30 days",
        Metric::CostPerResolution => "money per solved complaint or question",
        Metric::ReachGap => "share solved: tenth with most followers minus half with fewest",
        Metric::ChannelGap => "share solved: public minus private first messages",
        Metric::Satisfaction => "mean satisfaction with answers or silence, -1 to 1",
        Metric::Expectation => "care that customers expect, 0 to 1",
        Metric::LoyaltyRate => "share of failures after which the customer stays",
        Metric::NegativeShare => "share of public messages that are negative",
        Metric::Awareness => "share of the market that knows of the company",
        Metric::CustomersKept => "customers per customer on day 0",
    }
}
