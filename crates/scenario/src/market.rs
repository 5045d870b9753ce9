//! `[market]`: how customers know of companies and choose between them.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The market. Shared by all arms: an arm cannot change it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Market {
    /// Whether the companies compete or are in different trades.
    #[schemars(extend("x-moves" = "occupancy +", "x-try" = ["from one", "from each"]))]
    pub customers_buy: Buying,
    /// How strongly a leaver's choice among several other companies follows their attitude to each.
    /// New customers have the same attitude to all.
    #[schemars(range(min = 0.0), extend("x-unit" = "logits per unit of attitude", "x-source" = "assumed",
        "x-moves" = "customers_kept +", "x-try" = [0, 6]))]
    pub follows_attitude: f64,
    /// How strongly that choice follows the share of the market that knows of each: 1 is in proportion.
    #[schemars(range(min = 0.0, max = 5.0), extend("x-unit" = "power", "x-source" = "assumed",
        "x-moves" = "customers_kept +"))]
    pub follows_awareness: f64,
    /// Of those who leave a company, the share that leave the market even though there is another.
    #[schemars(range(min = 0.0, max = 1.0), extend("x-unit" = "share", "x-source" = "assumed",
        "x-moves" = "customers_kept -"))]
    pub goes_away: f64,
    /// Of those who see something about a company they did not know, the share that remember it.
    #[schemars(range(min = 0.0, max = 1.0), extend("x-unit" = "share", "x-source" = "assumed",
        "x-moves" = "awareness +"))]
    pub remembered: f64,
    /// Time in which half of a change in awareness fades.
    #[schemars(extend("exclusiveMinimum" = 0.0, "x-unit" = "days", "x-source" = "assumed",
        "x-moves" = "awareness +", "x-try" = [1, 300]))]
    pub awareness_half_life_days: f64,
}

/// From how many companies a customer buys.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub enum Buying {
    /// From one: the companies compete.
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
