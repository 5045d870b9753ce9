//! `[publicity]`: how public messages spread and what they leave behind.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How public messages are seen, shared and remembered.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Publicity {
    /// Views of a post per follower of its author.
    #[schemars(range(min = 0.0, max = 10.0), extend("x-unit" = "views per follower", "x-source" = "assumed",
        "x-moves" = "audience +", "x-try" = [0.05, 2]))]
    pub views_per_follower: f64,
    /// Chance that one view leads to a share: median over posts.
    #[schemars(range(min = 0.0, max = 1.0), extend("x-unit" = "probability per view",
        "x-source" = "evidence.md 4: 93% of posts are never shared, Watts",
        "x-moves" = "audience +", "x-try" = [0, 0.005]))]
    pub shares_per_view: f64,
    /// Standard deviation, over posts, of the logarithm of that chance.
    #[schemars(range(min = 0.0, max = 4.0), extend("x-unit" = "log probability",
        "x-source" = "evidence.md 4: cascades of 100 or more 0.025%, Goel et al. 2016",
        "x-moves" = "audience +", "x-try" = [0, 2]))]
    pub shares_sigma: f64,
    /// How many times as likely a failure of severity 1 is to be shared as one of severity 0.
    #[schemars(extend("exclusiveMinimum" = 0.0, "x-unit" = "ratio",
        "x-source" = "assumed; sign: evidence.md 8, which is kept to check",
        "x-moves" = "audience +", "x-try" = [0.2, 10]))]
    pub severity_ratio: f64,
    /// Upper limit on the mean number of shares that one share leads to.
    #[schemars(range(min = 0.0, max = 0.99), extend("x-unit" = "shares per share", "x-source" = "assumed",
        "x-moves" = "audience +"))]
    pub reproduction_cap: f64,
    /// Time in which half of a post's shares have happened.
    #[schemars(extend("exclusiveMinimum" = 0.0, "x-unit" = "minutes",
        "x-source" = "evidence.md 4: half-life of impressions about 80 min",
        "x-moves" = "audience -", "x-try" = [5, 2000]))]
    pub half_life_minutes: f64,
    /// Share of later sharing that still happens once a person has answered in the thread.
    #[schemars(range(min = 0.0, max = 1.0), extend("x-unit" = "share",
        "x-source" = "evidence.md 4: sign, Herhausen et al. 2019; size assumed",
        "x-moves" = "audience +"))]
    pub shared_after_answer: f64,
    /// Later sharing once compensation has been offered in the thread, relative to what it would have
    /// been.
    #[schemars(range(min = 0.0, max = 3.0), extend("x-unit" = "share",
        "x-source" = "evidence.md 4: sign, Herhausen et al. 2019; size assumed",
        "x-moves" = "audience +"))]
    pub shared_after_money: f64,
    /// Share of a post's viewers who also see the company's answer to it.
    #[schemars(range(min = 0.0, max = 1.0), extend("x-unit" = "share", "x-source" = "assumed",
        "x-moves" = "reputation +"))]
    pub answer_seen: f64,
    /// Share of the way to a post's mood that a viewer's attitude moves.
    #[schemars(range(min = 0.0, max = 1.0), extend("x-unit" = "share", "x-source" = "assumed",
        "x-moves" = "attitude -", "x-try" = [0, 0.2]))]
    pub viewer_moves: f64,
    /// Time in which half of what was said is forgotten.
    #[schemars(extend("exclusiveMinimum" = 0.0, "x-unit" = "days", "x-source" = "assumed",
        "x-moves" = "reputation -", "x-try" = [2, 200]))]
    pub memory_days: f64,
    /// Views from which a cascade counts as a firestorm.
    #[schemars(range(min = 1.0), extend("x-unit" = "views", "x-source" = "assumed",
        "x-moves" = "firestorms -", "x-try" = [1_000, 1_000_000]))]
    pub firestorm_views: f64,
}

impl Default for Publicity {
    fn default() -> Self {
        Self {
            views_per_follower: 0.3,
            shares_per_view: 0.0006,
            shares_sigma: 1.2,
            severity_ratio: 2.0,
            reproduction_cap: 0.9,
            half_life_minutes: 80.0,
            shared_after_answer: 0.5,
            shared_after_money: 1.25,
            answer_seen: 0.5,
            viewer_moves: 0.02,
            memory_days: 30.0,
            firestorm_views: 50_000.0,
        }
    }
}
