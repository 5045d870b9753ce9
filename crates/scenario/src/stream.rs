//! `[stream.NAME]`: anonymous contacts that arrive at a given rate, whatever the company does.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::spell::Spell;
use super::triage::Kind;

/// One open source of contacts, with a rate by hour and weekday.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Stream {
    /// The channel that the contacts come in on.
    pub channel: String,
    /// Contacts per hour, averaged over the week.
    #[schemars(range(min = 0.0, max = 1e9), extend("x-unit" = "contacts per hour",
        "x-moves" = "wait_seconds_mean +", "x-try" = [20, 50]))]
    pub per_hour: f64,
    /// Relative weight of each hour of the day (24 values). Left out: all equal.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(min = 24, max = 24), inner(range(min = 0.0)), extend("x-moves" = "shape only"))]
    pub by_hour: Option<Vec<f64>>,
    /// Relative weight of each day of the week, Monday first. Left out: all equal.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(min = 7, max = 7), inner(range(min = 0.0)), extend("x-moves" = "shape only"))]
    pub by_weekday: Option<Vec<f64>>,
    /// Relative weight of each hour of the week (168 values, from midnight at the start of Monday),
    /// instead of `by_hour` and `by_weekday`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(min = 168, max = 168), inner(range(min = 0.0)), extend("x-moves" = "shape only"))]
    pub by_hour_of_week: Option<Vec<f64>>,
    /// What the contacts are about.
    #[serde(default = "Stream::default_kind")]
    pub kind: Kind,
    /// Severity of each, 0 to 1.
    #[serde(default = "Stream::default_severity")]
    #[schemars(range(min = 0.0, max = 1.0), extend("x-unit" = "severity", "x-source" = "assumed",
        "x-moves" = "heard_rate +"))]
    pub severity: f64,
    /// Handle time; left out: that of the action.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-moves" = "wait_seconds_mean +", "x-try" = [2, 6],
        "x-moves-spread" = "wait_seconds_mean +", "x-try-spread" = [0, 1.5]))]
    pub handle: Option<Spell>,
    /// Patience on the line; left out: that of the channel.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-moves" = "abandon_rate -", "x-try" = [0.5, 30],
        "x-moves-spread" = "abandon_rate +", "x-try-spread" = [0, 2]))]
    pub patience: Option<Spell>,
    /// Whether callers ever hang up.
    #[serde(default = "Stream::default_hangs_up")]
    #[schemars(extend("x-moves" = "abandon_rate +", "x-try" = [false, true]))]
    pub hangs_up: bool,
    /// Chance that a caller who hung up calls again within the hour.
    #[serde(default)]
    #[schemars(range(min = 0.0, max = 0.99), extend("x-unit" = "share",
        "x-moves" = "wait_seconds_mean +"))]
    pub redials: f64,
    /// How much days differ together (coefficient of variation of a shared factor).
    #[serde(default)]
    #[schemars(range(min = 0.0, max = 3.0), extend("x-unit" = "ratio",
        "x-moves" = "wait_seconds_mean +", "x-try" = [0, 1]))]
    pub day_to_day_cv: f64,
    /// How arrivals are spaced: at random, like people who act independently, or evenly, like
    /// appointments.
    #[serde(default, skip_serializing_if = "Spacing::is_default")]
    #[schemars(extend("x-moves" = "wait_seconds_mean +", "x-try" = ["evenly", "at random"]))]
    pub spacing: Spacing,
}

/// How arrivals are spaced.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub enum Spacing {
    /// A Poisson process.
    #[default]
    #[serde(rename = "at random")]
    AtRandom,
    /// Each a fixed time after the one before, as the rate gives.
    #[serde(rename = "evenly")]
    Evenly,
}

impl Spacing {
    fn is_default(&self) -> bool {
        *self == Self::default()
    }
}

impl Stream {
    fn default_kind() -> Kind {
        Kind::Question
    }

    fn default_severity() -> f64 {
        0.5
    }

    fn default_hangs_up() -> bool {
        true
    }
}
