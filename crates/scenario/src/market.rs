//! `[market]`: how customers know of companies and choose between them.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The market. Shared by all arms: an arm cannot change it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Market {
    /// Whether the companies are rivals or in different trades.
    #[schemars(extend("x-moves" = "occupancy +", "x-try" = ["from one", "from each"]))]
    pub customers_buy: Buying,
    /// How strongly a leaver's choice among several others follows what they think of each. New
    /// customers think the same of all.
    #[schemars(range(min = 0.0), extend("x-unit" = "logits per unit of attitude", "x-source" = "assumed",
        "x-moves" = "customers_kept +", "x-try" = [0, 6]))]
    pub follows_attitude: f64,
    /// How strongly it follows the share of the market that knows of it: 1 is in proportion.
    #[schemars(range(min = 0.0, max = 5.0), extend("x-unit" = "power", "x-source" = "assumed",
        "x-moves" = "customers_kept +"))]
    pub follows_awareness: f64,
    /// Share of those who leave a company that leave the market, where there is another.
    #[schemars(range(min = 0.0, max = 1.0), extend("x-unit" = "share", "x-source" = "assumed",
        "x-moves" = "customers_kept -"))]
    pub goes_away: f64,
    /// Share of those who see something about a company without knowing of it that remember it.
    #[schemars(range(min = 0.0, max = 1.0), extend("x-unit" = "share", "x-source" = "assumed",
        "x-moves" = "awareness +"))]
    pub remembered: f64,
    /// Time in which half of what was won or lost in awareness is gone again.
    #[schemars(extend("exclusiveMinimum" = 0.0, "x-unit" = "days", "x-source" = "assumed",
        "x-moves" = "awareness +", "x-try" = [1, 300]))]
    pub awareness_half_life_days: f64,
}

/// From how many companies a customer buys.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub enum Buying {
    /// From one: the companies are rivals.
    #[default]
    #[serde(rename = "from one")]
    FromOne,
    /// From each: they are in different trades.
    #[serde(rename = "from each")]
    FromEach,
}

impl Default for Market {
    fn default() -> Self {
        Self {
            customers_buy: Buying::FromOne,
            follows_attitude: 2.0,
            follows_awareness: 1.0,
            goes_away: 0.3,
            remembered: 0.2,
            awareness_half_life_days: 90.0,
        }
    }
}
