//! The triage table: what is done with which message.

use heard_scenario::Scenario;
use heard_scenario::answer::Action;
use heard_scenario::triage::{Condition, Kind};

/// What is done with a message.
#[derive(Clone, Copy, Debug)]
pub struct Decision {
    /// The action.
    pub action: Action,
    /// Rank in the queue, 1 first.
    pub priority: u8,
    /// Hours that it is queued before its time.
    pub head_start: f64,
    /// Channel to which a redirect leads.
    pub to: Option<usize>,
}

/// What can be known of a message.
#[derive(Clone, Copy, Debug)]
pub struct Message {
    /// What it is.
    pub kind: Kind,
    /// How bad.
    pub severity: f64,
    /// Followers of the author.
    pub followers: f64,
    /// Names the company.
    pub tagged: bool,
    /// Not the first one about this problem.
    pub repeat: bool,
    /// Where it came in.
    pub channel: usize,
    /// Stream that it came from.
    pub stream: Option<usize>,
    /// Hours since the problem was first voiced.
    pub waited: f64,
    /// How often it has been seen.
    pub audience: f64,
}

#[derive(Clone, Debug)]
pub(super) struct Rule {
    when: Condition,
    channel: Option<usize>,
    stream: Option<usize>,
    pub(super) action: Action,
    pub(super) priority: Option<u8>,
    pub(super) head_start: f64,
    pub(super) to: Option<usize>,
}

impl Rule {
    pub(super) fn matches(&self, message: &Message) -> bool {
        let when = &self.when;
        when.kind.is_none_or(|kinds| kinds.contains(message.kind))
            && when.severity.is_none_or(|bound| bound.holds(message.severity))
            && when.followers.is_none_or(|bound| bound.holds(message.followers))
            && when.tagged.is_none_or(|tagged| tagged == message.tagged)
            && when.repeat.is_none_or(|repeat| repeat == message.repeat)
            && when.waited_hours.is_none_or(|bound| bound.holds(message.waited))
            && when.audience.is_none_or(|bound| bound.holds(message.audience))
            && self.channel.is_none_or(|channel| channel == message.channel)
            && (when.stream.is_none() || self.stream == message.stream)
    }
}

pub(super) fn rules(scenario: &Scenario) -> Vec<Rule> {
    scenario
        .triage
        .iter()
        .map(|rule| Rule {
            channel: rule
                .when
                .channel
                .as_ref()
                .and_then(|name| scenario.channel.get_index_of(name)),
            stream: rule.when.stream.as_ref().and_then(|name| scenario.stream.get_index_of(name)),
            when: rule.when.clone(),
            action: rule.action,
            priority: rule.priority,
            head_start: rule.head_start_minutes / 60.0,
            to: rule.to.as_ref().and_then(|name| scenario.channel.get_index_of(name)),
        })
        .collect()
}
