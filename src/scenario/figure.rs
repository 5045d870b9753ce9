//! `[[figure]]`: a chart made for the scenario's own question, besides those of every run.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::metric::Metric;

/// One chart; its files are `chart-NAME.svg` and `.png`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Figure {
    /// Its name: letters, digits and `-`.
    pub name: String,
    /// What it shows, above it: a question or a plain description, as the answer may differ from run
    /// to run.
    pub title: String,
    /// What is drawn against what.
    pub draws: Drawing,
    /// What is measured: a panel each. `trade-off` takes two, across and upwards; `hours` none.
    #[serde(default)]
    pub metrics: Vec<Metric>,
    /// The parts that are compared; of `parts`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dimension: Option<Dimension>,
    /// The arms that are drawn; left out: all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub arms: Option<Vec<String>>,
    /// The companies that are drawn, where there are several; left out: all of them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub companies: Option<Vec<String>>,
    /// Published figures drawn beside the simulated ones.
    #[serde(default)]
    pub published: Vec<Published>,
    /// What the reader should know, below it.
    #[serde(default)]
    pub note: String,
}

/// What a chart draws against what.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Drawing {
    /// Each arm's mean with its interval, a panel for each metric.
    Arms,
    /// Metrics from day to day, a panel for each.
    Days,
    /// A metric by the parts of a dimension, a row for each part.
    Parts,
    /// One metric against another, a point for each arm.
    TradeOff,
    /// How many have seen the first mistake, by the hour, on a logarithmic scale.
    Hours,
}

/// How a whole is split into parts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Dimension {
    /// By channel of the first message.
    Channel,
    /// By team.
    Team,
    /// By kind of message.
    Kind,
    /// By severity (mild below a third, serious from two thirds), or by stream.
    Class,
    /// By tenth of followers, 1 the least followed.
    FollowersTenth,
    /// By how a failure ended for the customer: silent, dissatisfied, satisfied, satisfied-fast.
    Outcome,
    /// By channel of an auditor's probe.
    Probe,
}

/// A published figure.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Published {
    /// The metric whose panel it belongs to.
    pub metric: Metric,
    /// The day that it is drawn at, of `days`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub day: Option<f64>,
    /// The value.
    pub value: f64,
    /// What it says beside it.
    pub label: String,
}
