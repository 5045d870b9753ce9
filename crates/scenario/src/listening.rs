//! `[listening]`: finding messages that do not address the company.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How the company looks for public messages that do not name it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Listening {
    /// Share of untagged public messages that a search finds.
    #[schemars(range(min = 0.0, max = 1.0), extend("x-unit" = "share", "x-source" = "assumed",
        "x-moves" = "seen_rate +"))]
    pub coverage: f64,
    /// Share found by chance by a team that works on the channel, without any search.
    #[schemars(range(min = 0.0, max = 1.0), extend("x-unit" = "share",
        "x-source" = "evidence.md 2: Software Advice 2012, 3 of 140 answered",
        "x-moves" = "seen_rate +"))]
    pub by_accident: f64,
    /// Time between two searches while the team that listens has people on duty. The first search is
    /// made as they come on.
    #[schemars(range(min = 0.01), extend("x-unit" = "hours", "x-source" = "assumed",
        "x-moves" = "first_answer_hours_p50 +", "x-try" = [0.5, 24]))]
    pub sweep_every_hours: f64,
    /// Time that each message found costs the team that listens.
    #[schemars(range(min = 0.0), extend("x-unit" = "minutes", "x-source" = "assumed",
        "x-moves" = "occupancy +", "x-try" = [0, 10]))]
    pub minutes_per_message: f64,
    /// Chance that a message is sorted as the wrong kind: each other kind is equally likely.
    #[schemars(range(min = 0.0, max = 1.0), extend("x-unit" = "share", "x-source" = "assumed",
        "x-moves" = "resolution_rate -"))]
    pub misreads: f64,
    /// The team that listens. Left out: the first team that has a channel.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub team: Option<String>,
    /// Price of the tools, paid where coverage is above 0.
    #[schemars(range(min = 0.0), extend("x-unit" = "money per 30 days", "x-source" = "assumed",
        "x-moves" = "cost +", "x-try" = [0, 1000]))]
    pub cost_per_month: f64,
}

impl Default for Listening {
    fn default() -> Self {
        Self {
            coverage: 0.0,
            by_accident: 0.03,
            sweep_every_hours: 4.0,
            minutes_per_message: 0.5,
            misreads: 0.05,
            team: None,
            cost_per_month: 500.0,
        }
    }
}
