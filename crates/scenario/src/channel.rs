//! `[channel.NAME]`: where customers speak up.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::spell::Spell;

/// One channel.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Channel {
    /// Who can read what customers write there.
    #[schemars(extend("x-moves" = "public_share +", "x-try" = ["private", "public"]))]
    pub seen_by: SeenBy,
    /// Where the customer waits.
    #[schemars(extend("x-moves" = "answer_rate -", "x-try" = ["in an inbox", "on the line"]))]
    pub waits: Waits,
    /// Whether the company has a presence there: a page, a handle, an address. Nobody can write to a
    /// private channel that is not presented; on a public one, people talk anyway.
    #[serde(default = "Channel::default_presented")]
    #[schemars(extend("x-moves" = "seen_rate +", "x-try" = [false, true]))]
    pub presented: bool,
    /// Effort of using it.
    #[serde(default)]
    #[schemars(range(min = -10.0, max = 10.0), extend("x-unit" = "logits", "x-source" = "assumed",
        "x-moves" = "public_share +", "x-try" = [-3, 3]))]
    pub effort: f64,
    /// Belief on day 0 that speaking up here gets a problem solved.
    #[serde(default = "Channel::default_belief")]
    #[schemars(range(min = 0.0, max = 1.0), extend("x-unit" = "probability", "x-source" = "assumed",
        "x-moves" = "complaints_per_failure -", "x-try" = [0.1, 0.9]))]
    pub belief: f64,
    /// Share of public messages that name the company's handle, where it has one.
    #[serde(default = "Channel::default_tagged")]
    #[schemars(range(min = 0.0, max = 1.0), extend("x-unit" = "share", "x-source" = "assumed",
        "x-moves" = "seen_rate +"))]
    pub tagged: f64,
    /// How long a caller waits on the line before hanging up.
    #[serde(default = "Channel::default_patience")]
    #[schemars(extend("x-moves" = "abandon_rate -", "x-try" = [0.5, 30],
        "x-moves-spread" = "abandon_rate +", "x-try-spread" = [0, 2]))]
    pub patience: Spell,
    /// Number of lines: callers waiting or in conversation. Further callers get a busy signal and are
    /// turned away. Left out: no limit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 1, max = 1_000_000), extend("x-unit" = "callers",
        "x-moves" = "abandon_rate -", "x-try" = [1, 40]))]
    pub lines: Option<u32>,
}

/// Who can read a channel.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum SeenBy {
    /// Anybody.
    Public,
    /// Customer and company only.
    Private,
}

/// Where a customer waits for an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub enum Waits {
    /// In an inbox.
    #[serde(rename = "in an inbox")]
    InAnInbox,
    /// On the line, where the customer may hang up.
    #[serde(rename = "on the line")]
    OnTheLine,
}

impl Channel {
    fn default_presented() -> bool {
        true
    }

    fn default_belief() -> f64 {
        0.4
    }

    pub(super) fn default_tagged() -> f64 {
        0.5
    }

    pub(super) fn default_patience() -> Spell {
        Spell::exponential(7.0)
    }
}
