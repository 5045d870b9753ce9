//! What is measured: names, units and definitions of every metric.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A measured quantity. A ratio is the sum of numerators over the sum of denominators in one
/// replication.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Metric {
    /// Voiced complaints and questions that a person of the company read / all voiced.
    SeenRate,
    /// Voiced complaints and questions that got any answer, automatic replies included / all.
    AnswerRate,
    /// Voiced complaints and questions that got an on-topic answer from a person / all.
    HeardRate,
    /// Voiced complaints and questions whose problem is gone / all.
    ResolutionRate,
    /// Resolved complaints / all failures, silent ones included.
    ResolvedPerFailure,
    /// Resolved complaints and questions, per 30 days.
    Resolutions,
    /// Time by which half of the voiced complaints and questions have a first answer; giving up
    /// and leaving compete.
    FirstAnswerHoursP50,
    /// Time by which nine tenths have a first answer.
    FirstAnswerHoursP90,
    /// Time by which half are resolved.
    ResolutionHoursP50,
    /// Mean wait on live channels over all arrivals; a caller who finds nobody there counts as a wait of
    /// 0.
    WaitSecondsMean,
    /// Mean wait on live channels of the callers who were served.
    WaitSecondsServed,
    /// Mean wait on live channels of the callers who waited and hung up; those turned away at once, because
    /// nobody is there or the line is busy, are not among them.
    WaitSecondsAbandoned,
    /// Arrivals on live channels that had to wait / all arrivals there.
    WaitProbability,
    /// Arrivals on live channels that hung up or were turned away / all arrivals there.
    AbandonRate,
    /// Time in conversation / time staffed (conversation slots, overtime included).
    Occupancy,
    /// Complaints whose first message was public / voiced complaints.
    PublicShare,
    /// Voiced complaints / failures.
    ComplaintsPerFailure,
    /// Mean attitude of the customers of day 0, those who left as they left: the mean over the ends of
    /// the window's days, as for all that customers and the public think or know.
    Attitude,
    /// Net promoter score of the customers of day 0, over the ends of the window's days.
    Nps,
    /// Stars that they would give.
    Stars,
    /// Public sentiment, over the ends of the window's days.
    Reputation,
    /// Customers who left / customers, per 30 days.
    ChurnRate,
    /// Cascades over the threshold, per 30 days.
    Firestorms,
    /// Views of posts about the company, per 30 days.
    Audience,
    /// Wages, tools and compensation, per 30 days.
    Cost,
    /// The same / resolved complaints and questions.
    CostPerResolution,
    /// `resolution_rate` of the tenth with the most followers minus that of the half with the fewest.
    ReachGap,
    /// `resolution_rate` of public minus that of private first messages.
    ChannelGap,
    /// Mean satisfaction with the answers, or with silence, over the judgements of the counted
    /// complaints and questions.
    Satisfaction,
    /// Mean expectation of care of the customers, over the ends of the window's days.
    Expectation,
    /// Customers who stay / failures that have ended, silent ones included.
    LoyaltyRate,
    /// Public first messages and escalations that are negative / all of them.
    NegativeShare,
    /// Share of the market that knows of the company, over the ends of the window's days.
    Awareness,
    /// Customers / customers on day 0, newcomers included, over the ends of the window's days.
    CustomersKept,
}

impl Metric {
    /// All metrics, in the order of every table.
    pub const ALL: [Self; 34] = [
        Self::SeenRate,
        Self::AnswerRate,
        Self::HeardRate,
        Self::ResolutionRate,
        Self::ResolvedPerFailure,
        Self::Resolutions,
        Self::FirstAnswerHoursP50,
        Self::FirstAnswerHoursP90,
        Self::ResolutionHoursP50,
        Self::WaitSecondsMean,
        Self::WaitSecondsServed,
        Self::WaitSecondsAbandoned,
        Self::WaitProbability,
        Self::AbandonRate,
        Self::Occupancy,
        Self::PublicShare,
        Self::ComplaintsPerFailure,
        Self::Attitude,
        Self::Nps,
        Self::Stars,
        Self::Reputation,
        Self::ChurnRate,
        Self::Firestorms,
        Self::Audience,
        Self::Cost,
        Self::CostPerResolution,
        Self::ReachGap,
        Self::ChannelGap,
        Self::Satisfaction,
        Self::Expectation,
        Self::LoyaltyRate,
        Self::NegativeShare,
        Self::Awareness,
        Self::CustomersKept,
    ];

    /// The name in files and scenarios.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::SeenRate => "seen_rate",
            Self::AnswerRate => "answer_rate",
            Self::HeardRate => "heard_rate",
            Self::ResolutionRate => "resolution_rate",
            Self::ResolvedPerFailure => "resolved_per_failure",
            Self::Resolutions => "resolutions",
            Self::FirstAnswerHoursP50 => "first_answer_hours_p50",
            Self::FirstAnswerHoursP90 => "first_answer_hours_p90",
            Self::ResolutionHoursP50 => "resolution_hours_p50",
            Self::WaitSecondsMean => "wait_seconds_mean",
            Self::WaitSecondsServed => "wait_seconds_served",
            Self::WaitSecondsAbandoned => "wait_seconds_abandoned",
            Self::WaitProbability => "wait_probability",
            Self::AbandonRate => "abandon_rate",
            Self::Occupancy => "occupancy",
            Self::PublicShare => "public_share",
            Self::ComplaintsPerFailure => "complaints_per_failure",
            Self::Attitude => "attitude",
            Self::Nps => "nps",
            Self::Stars => "stars",
            Self::Reputation => "reputation",
            Self::ChurnRate => "churn_rate",
            Self::Firestorms => "firestorms",
            Self::Audience => "audience",
            Self::Cost => "cost",
            Self::CostPerResolution => "cost_per_resolution",
            Self::ReachGap => "reach_gap",
            Self::ChannelGap => "channel_gap",
            Self::Satisfaction => "satisfaction",
            Self::Expectation => "expectation",
            Self::LoyaltyRate => "loyalty_rate",
            Self::NegativeShare => "negative_share",
            Self::Awareness => "awareness",
            Self::CustomersKept => "customers_kept",
        }
    }

    /// The unit, as in the files.
    #[must_use]
    pub fn unit(self) -> &'static str {
        match self {
            Self::SeenRate
            | Self::AnswerRate
            | Self::HeardRate
            | Self::ResolutionRate
            | Self::ResolvedPerFailure
            | Self::WaitProbability
            | Self::AbandonRate
            | Self::Occupancy
            | Self::PublicShare
            | Self::ComplaintsPerFailure
            | Self::LoyaltyRate
            | Self::NegativeShare
            | Self::Awareness => "share",
            Self::ReachGap | Self::ChannelGap => "difference of shares",
            Self::FirstAnswerHoursP50 | Self::FirstAnswerHoursP90 | Self::ResolutionHoursP50 => {
                "hours"
            }
            Self::WaitSecondsMean | Self::WaitSecondsServed | Self::WaitSecondsAbandoned => {
                "seconds"
            }
            Self::Resolutions => "problems per 30 days",
            Self::Attitude | Self::Reputation | Self::Satisfaction => "-1 to 1",
            Self::Expectation => "0 to 1",
            Self::CustomersKept => "ratio",
            Self::Nps => "-100 to 100",
            Self::Stars => "1 to 5 stars",
            Self::ChurnRate => "share per 30 days",
            Self::Firestorms => "firestorms per 30 days",
            Self::Audience => "views per 30 days",
            Self::Cost => "money per 30 days",
            Self::CostPerResolution => "money per resolution",
        }
    }
}

impl Metric {
    /// The largest difference that there can be between two arms, in the metric's unit; `None` where it has
    /// no end.
    #[must_use]
    pub fn largest_difference(self) -> Option<f64> {
        match self.unit() {
            "share" | "share per 30 days" | "0 to 1" => Some(1.0),
            "difference of shares" | "-1 to 1" => Some(2.0),
            "1 to 5 stars" => Some(4.0),
            "-100 to 100" => Some(200.0),
            _ => None,
        }
    }
}

impl fmt::Display for Metric {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_metric_reads_back_under_its_own_name() {
        for metric in Metric::ALL {
            let json = serde_json::to_string(&metric).unwrap();
            assert_eq!(json, format!("\"{}\"", metric.name()));
            assert_eq!(serde_json::from_str::<Metric>(&json).unwrap(), metric);
        }
    }

    #[test]
    fn a_difference_ends_where_the_range_of_its_metric_does() {
        let ends = [
            (Metric::HeardRate, Some(1.0)),
            (Metric::ReachGap, Some(2.0)),
            (Metric::Reputation, Some(2.0)),
            (Metric::Expectation, Some(1.0)),
            (Metric::Nps, Some(200.0)),
            (Metric::Stars, Some(4.0)),
            (Metric::WaitSecondsMean, None),
            (Metric::Cost, None),
        ];
        for (metric, end) in ends {
            assert_eq!(metric.largest_difference(), end, "{metric}");
        }
    }

    #[test]
    fn tables_list_metrics_in_the_order_of_the_type() {
        let mut sorted = Metric::ALL;
        sorted.sort();
        assert_eq!(sorted, Metric::ALL);
    }
}
