//! Channels.

use super::length::Length;
use super::team::Team;
use heard_scenario::Scenario;
use heard_scenario::channel::{SeenBy, Waits};

/// A channel.
#[derive(Clone, Debug)]
pub struct Channel {
    /// Name.
    pub name: String,
    /// Anybody can read it.
    pub public: bool,
    /// The customer holds the line.
    pub live: bool,
    /// The company presents itself there.
    pub presented: bool,
    /// Effort, in logits.
    pub effort: f64,
    /// Initial belief.
    pub belief: f64,
    /// Share of public messages that name the company, 0 where it is not there.
    pub tagged: f64,
    /// Patience on the line.
    pub patience: Length,
    /// Callers who fit on the line.
    pub lines: u32,
    /// Teams that take its messages.
    pub teams: Vec<usize>,
    /// Share of untagged messages that are found.
    pub coverage: f64,
}

pub(super) fn channels(scenario: &Scenario, teams: &[Team], listens: bool) -> Vec<Channel> {
    let channel = |(index, (name, channel)): (usize, (&String, &_))| {
        let channel: &heard_scenario::channel::Channel = channel;
        let serving: Vec<usize> =
            (0..teams.len()).filter(|&team| teams[team].channels.contains(&index)).collect();
        let accident = if serving.is_empty() { 0.0 } else { scenario.listening.by_accident };
        Channel {
            name: name.clone(),
            public: channel.seen_by == SeenBy::Public,
            live: channel.waits == Waits::OnTheLine,
            presented: channel.presented,
            effort: channel.effort,
            belief: channel.belief,
            tagged: if channel.presented { channel.tagged } else { 0.0 },
            patience: Length::new(&channel.patience),
            lines: channel.lines.unwrap_or(u32::MAX),
            teams: serving,
            coverage: if listens { scenario.listening.coverage.max(accident) } else { 0.0 },
        }
    };
    scenario.channel.iter().enumerate().map(channel).collect()
}
