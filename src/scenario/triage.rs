//! `[[triage]]`: the policy, an ordered table of rules. The first that matches wins.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::answer::Action;
use super::bound::Bound;

/// One line of the table: when it applies, what is done, and how urgently.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// All of these must hold; empty: always.
    #[serde(default)]
    pub when: Condition,
    /// What is done.
    #[serde(rename = "do")]
    pub action: Action,
    /// 1 is taken first, 9 last. Left out: 3 for callers on the line, 5 for an inbox.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 1, max = 9), extend("x-unit" = "rank"))]
    pub priority: Option<u8>,
    /// Where `redirect` sends people: a private channel.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<String>,
}

/// What can be known of a message when it comes in.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Condition {
    /// What the message is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<Kind>,
    /// How bad, 0 to 1: `">= 0.6"`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub severity: Option<Bound>,
    /// Followers of its author: `">= 10_000"`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub followers: Option<Bound>,
    /// Whether it names the company.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tagged: Option<bool>,
    /// Whether its author has written about the same problem before.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub repeat: Option<bool>,
    /// Hours since the problem was first voiced: `">= 24"`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub waited_hours: Option<Bound>,
    /// How often it has been seen so far; 0 for what is private: `">= 1_000"`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub audience: Option<Bound>,
    /// Where it came in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub channel: Option<String>,
    /// The stream that it came from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stream: Option<String>,
}

/// What a message is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// Something went wrong.
    Complaint,
    /// Somebody wants to know something.
    Question,
    /// Somebody is wrong about the facts.
    Misguided,
    /// Something went wrong, and comes as a rant, rage, joke or satire.
    Rage,
    /// Somebody is out to bash and degrade.
    Troll,
    /// Somebody is pleased.
    Praise,
}

impl Kind {
    /// All kinds, in the order in which tables list them.
    pub const ALL: [Self; 6] =
        [Self::Complaint, Self::Question, Self::Misguided, Self::Rage, Self::Troll, Self::Praise];

    /// The name in scenarios and tables.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Complaint => "complaint",
            Self::Question => "question",
            Self::Misguided => "misguided",
            Self::Rage => "rage",
            Self::Troll => "troll",
            Self::Praise => "praise",
        }
    }

    /// Whether something went wrong, however it is said.
    #[must_use]
    pub fn is_failure(self) -> bool {
        matches!(self, Self::Complaint | Self::Rage)
    }

    /// Whether its author wants something of the company.
    #[must_use]
    pub fn asks(self) -> bool {
        matches!(self, Self::Complaint | Self::Question | Self::Misguided | Self::Rage)
    }
}
