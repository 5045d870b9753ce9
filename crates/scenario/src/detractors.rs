//! `[detractors]`: persistent critics who mount a public campaign of their own.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Determined detractors, in addition to the customers and otherwise like them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Detractors {
    /// How many there are.
    #[schemars(range(min = 0, max = 1_000), extend("x-unit" = "people", "x-source" = "assumed",
        "x-moves" = "reputation -", "x-try" = [0, 20]))]
    pub count: u32,
    /// How often each posts while nobody answers them.
    #[schemars(range(min = 0.0, max = 100.0), extend("x-unit" = "posts per day", "x-source" = "assumed",
        "x-moves" = "reputation -", "x-try" = [0, 5]))]
    pub posts_per_day: f64,
    /// Followers of each.
    #[schemars(range(min = 0.0, max = 1e8), extend("x-unit" = "followers", "x-source" = "assumed",
        "x-moves" = "reputation -", "x-try" = [0, 5000]))]
    pub followers: f64,
    /// How bad their posts are, 0 to 1.
    #[schemars(range(min = 0.0, max = 1.0), extend("x-unit" = "severity", "x-source" = "assumed",
        "x-moves" = "reputation -"))]
    pub severity: f64,
    /// How many times as often they post right after a person has answered them; this wears off.
    #[schemars(range(min = 1.0, max = 10.0), extend("x-unit" = "ratio", "x-source" = "assumed",
        "x-moves" = "reputation -"))]
    pub provoked: f64,
    /// Time in which half of the provocation wears off.
    #[schemars(extend("exclusiveMinimum" = 0.0, "x-unit" = "days", "x-source" = "assumed",
        "x-moves" = "reputation -", "x-try" = [0.5, 30]))]
    pub calms_down_days: f64,
}

impl Default for Detractors {
    fn default() -> Self {
        Self {
            count: 0,
            posts_per_day: 1.0,
            followers: 2_000.0,
            severity: 0.9,
            provoked: 2.0,
            calms_down_days: 3.0,
        }
    }
}
