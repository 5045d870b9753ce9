//! `[feed]`: what the company posts on its own initiative.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The company's own posts. Without any, no team spends time on them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Feed {
    /// Promotions: they raise awareness and annoy readers.
    #[schemars(range(min = 0.0, max = 1000.0), extend("x-unit" = "posts per day", "x-source" = "assumed",
        "x-moves" = "attitude -", "x-try" = [0, 10]))]
    pub promotions_per_day: f64,
    /// Links: they raise awareness.
    #[schemars(range(min = 0.0, max = 1000.0), extend("x-unit" = "posts per day", "x-source" = "assumed",
        "x-moves" = "awareness +", "x-try" = [0, 10]))]
    pub links_per_day: f64,
    /// Looks behind the scenes: they raise awareness and give the company a face.
    #[schemars(range(min = 0.0, max = 1000.0), extend("x-unit" = "posts per day", "x-source" = "assumed",
        "x-moves" = "attitude +", "x-try" = [0, 10]))]
    pub faces_per_day: f64,
    /// Time the team needs for one post.
    #[schemars(range(min = 0.0), extend("x-unit" = "minutes", "x-source" = "assumed",
        "x-moves" = "occupancy +", "x-try" = [0, 60]))]
    pub minutes_per_post: f64,
    /// Rank of this work among the team's: 1 first, 9 last. The default rank of an inbox is 5.
    #[schemars(range(min = 1, max = 9), extend("x-unit" = "rank", "x-source" = "assumed",
        "x-moves" = "first_answer_hours_p50 -"))]
    pub priority: u8,
    /// Share of the customers who see one post.
    #[schemars(range(min = 0.0, max = 1.0), extend("x-unit" = "share", "x-source" = "assumed",
        "x-moves" = "awareness +"))]
    pub readers: f64,
    /// The team that writes them. Left out: the first team that has a channel.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub team: Option<String>,
}

impl Default for Feed {
    fn default() -> Self {
        Self {
            promotions_per_day: 0.0,
            links_per_day: 0.0,
            faces_per_day: 0.0,
            minutes_per_post: 15.0,
            priority: 4,
            readers: 0.05,
            team: None,
        }
    }
}
