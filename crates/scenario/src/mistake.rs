//! `[[mistake]]`: something that the company does in public and that people pass on.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// One mistake. It reaches triage as a complaint that addresses the company, on a public channel.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Mistake {
    /// When it happens; 12.5 is noon on day 12.
    #[schemars(range(min = 0.0), extend("x-unit" = "days",
        "x-moves" = "awareness -", "x-try" = [10, 25]))]
    pub at_day: f64,
    /// The public channel that it spreads on.
    pub channel: String,
    /// How bad it is, 0 to 1.
    #[serde(default = "Mistake::default_severity")]
    #[schemars(range(min = 0.0, max = 1.0), extend("x-unit" = "severity", "x-source" = "assumed",
        "x-moves" = "reputation -"))]
    pub severity: f64,
    /// People who see it at once.
    #[serde(default = "Mistake::default_views")]
    #[schemars(range(min = 0.0, max = 1e9), extend("x-unit" = "views", "x-source" = "assumed",
        "x-moves" = "audience +", "x-try" = [100, 20_000]))]
    pub views: f64,
    /// Shares that each share leads to at the start. Above 1 it grows until attention fades.
    #[serde(default = "Mistake::default_reproduction")]
    #[schemars(range(min = 0.0, max = 3.0), extend("x-unit" = "shares per share", "x-source" = "assumed",
        "x-moves" = "audience +", "x-try" = [0, 2]))]
    pub reproduction: f64,
    /// Time in which half of the attention is gone.
    #[serde(default = "Mistake::default_attention")]
    #[schemars(extend("exclusiveMinimum" = 0.0, "x-unit" = "hours", "x-source" = "assumed",
        "x-moves" = "audience +", "x-try" = [1, 48]))]
    pub attention_half_life_hours: f64,
}

impl Mistake {
    fn default_severity() -> f64 {
        0.9
    }

    fn default_views() -> f64 {
        5_000.0
    }

    fn default_reproduction() -> f64 {
        1.5
    }

    fn default_attention() -> f64 {
        12.0
    }
}
