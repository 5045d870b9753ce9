//! `[network]`: an explicit network of followers among the customers.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Who follows whom. Without this section every post has an audience of its author's followers
/// (`customers.followers`), drawn from the market at large.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Network {
    /// Where the network comes from.
    #[schemars(extend("x-moves" = "shape only", "x-try" = ["small-world", "heavy-tailed"]))]
    pub kind: NetworkKind,
    /// Mean followers of a customer, for generated networks.
    #[serde(default = "Network::default_degree")]
    #[schemars(range(min = 0.0, max = 10_000.0), extend("x-unit" = "followers", "x-source" = "assumed",
        "x-moves" = "audience +", "x-try" = [2, 60]))]
    pub mean_degree: f64,
    /// Share of ties that lead to a random customer instead of a neighbour, for `small-world`.
    #[serde(default = "Network::default_rewired")]
    #[schemars(range(min = 0.0, max = 1.0), extend("x-unit" = "share", "x-source" = "assumed",
        "x-moves" = "attitude -"))]
    pub rewired: f64,
    /// A file of edges, for `edges`: one line `followed,follower` per tie, customers numbered from 0.
    /// Its path is relative to the scenario.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
}

/// Where a network comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum NetworkKind {
    /// Numbers of followers are lognormal, with the spread of `customers.followers`; who follows is
    /// random.
    HeavyTailed,
    /// A ring of neighbours with some ties rewired at random (Watts and Strogatz 1998).
    SmallWorld,
    /// A file.
    Edges,
}

impl Network {
    fn default_degree() -> f64 {
        20.0
    }

    fn default_rewired() -> f64 {
        0.1
    }
}
