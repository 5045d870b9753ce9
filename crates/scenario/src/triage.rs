//! `[[triage]]`: the policy, an ordered table of rules. The first that matches wins.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::answer::Action;
use super::bound::Bound;
pub use super::kind::{Kind, Kinds};

/// One rule of the table: when it applies, what is done, and how urgently.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// All of these must hold. Empty: it always applies.
    #[serde(default)]
    pub when: Condition,
    /// What is done.
    #[serde(rename = "do")]
    pub action: Action,
    /// 1 is taken first, 9 last. Left out: 3 for callers on the line, 5 for an inbox.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 1, max = 9), extend("x-unit" = "rank",
        "x-moves" = "wait_seconds_mean -"))]
    pub priority: Option<u8>,
    /// Head start: the message is queued as if it had come this much earlier, ahead of others of its
    /// rank. Only where teams are rewarded for taking the oldest first.
    #[serde(default, skip_serializing_if = "Rule::is_zero")]
    #[schemars(range(min = 0.0, max = 10_000.0), extend("x-unit" = "minutes", "x-source" = "assumed",
        "x-moves" = "wait_seconds_mean -", "x-try" = [0, 30]))]
    pub head_start_minutes: f64,
    /// Where `redirect` sends people: a private channel.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<String>,
}

impl Rule {
    fn is_zero(minutes: &f64) -> bool {
        *minutes == 0.0
    }
}

/// What is known about a message when it comes in. A condition on a number is a comparison or a
/// range: `">= 0.6"`, `">= 0.3 and < 0.6"`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Condition {
    /// The kind of message: one kind, or a list of kinds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<Kinds>,
    /// How bad it is, 0 to 1: `">= 0.6"`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub severity: Option<Bound>,
    /// Followers of its author: `">= 10_000"`. Contacts of a stream have none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub followers: Option<Bound>,
    /// Whether it is addressed to the company: every private message is, and every public one that
    /// names the company.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tagged: Option<bool>,
    /// Whether its author has written about the same problem before.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub repeat: Option<bool>,
    /// Hours since the problem was first voiced: `">= 24"`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub waited_hours: Option<Bound>,
    /// Views so far, 0 for private messages: `">= 1_000"`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub audience: Option<Bound>,
    /// The channel that it came in on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub channel: Option<String>,
    /// The stream that it came from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stream: Option<String>,
}

/// What is known of one message: all that a [`Condition`] may ask for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Facts<'a> {
    /// What it is taken to be.
    pub kind: Kind,
    /// How bad, 0 to 1.
    pub severity: f64,
    /// Followers of its author.
    pub followers: f64,
    /// Addressed to the company.
    pub tagged: bool,
    /// Not the first about its problem.
    pub repeat: bool,
    /// Hours since the problem was first voiced.
    pub waited_hours: f64,
    /// Views so far.
    pub audience: f64,
    /// Where it came in.
    pub channel: &'a str,
    /// The stream that it came from; `None`: from a customer.
    pub stream: Option<&'a str>,
}

impl Condition {
    /// Whether all that it asks for holds.
    #[must_use]
    pub fn holds(&self, facts: &Facts) -> bool {
        let within = |bound: Option<Bound>, number| bound.is_none_or(|bound| bound.holds(number));
        self.kind.is_none_or(|kinds| kinds.contains(facts.kind))
            && within(self.severity, facts.severity)
            && within(self.followers, facts.followers)
            && self.tagged.is_none_or(|tagged| tagged == facts.tagged)
            && self.repeat.is_none_or(|repeat| repeat == facts.repeat)
            && within(self.waited_hours, facts.waited_hours)
            && within(self.audience, facts.audience)
            && self.channel.as_ref().is_none_or(|channel| channel == facts.channel)
            && self.stream.as_ref().is_none_or(|stream| facts.stream == Some(stream))
    }

    /// Whether it holds wherever `other` does, as far as each key shows by itself.
    #[must_use]
    pub fn covers(&self, other: &Self) -> bool {
        fn wider<T>(own: Option<&T>, other: Option<&T>, contains: impl Fn(&T, &T) -> bool) -> bool {
            own.is_none_or(|own| other.is_some_and(|other| contains(own, other)))
        }
        let bound = |own: &Option<Bound>, other: &Option<Bound>| {
            wider(own.as_ref(), other.as_ref(), Bound::contains)
        };
        wider(self.kind.as_ref(), other.kind.as_ref(), |own, other| own.contains_all(*other))
            && bound(&self.severity, &other.severity)
            && bound(&self.followers, &other.followers)
            && wider(self.tagged.as_ref(), other.tagged.as_ref(), PartialEq::eq)
            && wider(self.repeat.as_ref(), other.repeat.as_ref(), PartialEq::eq)
            && bound(&self.waited_hours, &other.waited_hours)
            && bound(&self.audience, &other.audience)
            && wider(self.channel.as_ref(), other.channel.as_ref(), PartialEq::eq)
            && wider(self.stream.as_ref(), other.stream.as_ref(), PartialEq::eq)
    }
}

/// Position of the first rule that applies; `None`: the implicit last one does, which ignores an
/// inbox and serves callers on the line.
#[must_use]
pub fn first_match(table: &[Rule], facts: &Facts) -> Option<usize> {
    table.iter().position(|rule| rule.when.holds(facts))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn condition(text: &str) -> Condition {
        toml::from_str(text).unwrap()
    }

    const FACTS: Facts = Facts {
        kind: Kind::Rage,
        severity: 0.5,
        followers: 100.0,
        tagged: true,
        repeat: false,
        waited_hours: 0.0,
        audience: 1_000.0,
        channel: "twitter",
        stream: None,
    };

    #[test]
    fn an_empty_condition_always_holds() {
        assert!(Condition::default().holds(&FACTS));
    }

    #[test]
    fn every_key_can_rule_a_message_out() {
        for (holds, fails) in [
            ("kind = [\"complaint\", \"rage\"]", "kind = \"complaint\""),
            ("severity = \">= 0.3 and < 0.7\"", "severity = \"> 0.5\""),
            ("followers = \">= 100\"", "followers = \">= 101\""),
            ("tagged = true", "tagged = false"),
            ("repeat = false", "repeat = true"),
            ("waited_hours = \"< 24\"", "waited_hours = \">= 24\""),
            ("audience = \">= 1_000\"", "audience = 0"),
            ("channel = \"twitter\"", "channel = \"forum\""),
            ("", "stream = \"calls\""),
        ] {
            assert!(condition(holds).holds(&FACTS), "{holds}");
            assert!(!condition(fails).holds(&FACTS), "{fails}");
        }
    }

    #[test]
    fn a_condition_covers_what_asks_for_more() {
        let wide = condition("kind = [\"complaint\", \"rage\"]\nseverity = \">= 0.3\"");
        assert!(wide.covers(&condition("kind = \"rage\"\nseverity = \"> 0.3\"\nrepeat = true")));
        assert!(wide.covers(&wide));
        assert!(!wide.covers(&condition("kind = \"rage\"")));
        assert!(!wide.covers(&condition("kind = \"troll\"\nseverity = \"> 0.5\"")));
    }
}
