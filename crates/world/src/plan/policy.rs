//! What one company does in one phase, compiled: names become indices, rates are per hour, shapes
//! become samplers, and the triage table becomes quick.

use super::answer::{Answer, answers};
use super::arrivals::WeekProfile;
use super::channel::{Channel, channels};
use super::length::Length;
use super::rates::OccasionRates;
use super::stream::Stream;
use super::team::{Team, teams};
use super::triage::{Decision, Message, Rule, rules};
use heard_scenario::Scenario;
use heard_scenario::answer::{Action, By};
use heard_scenario::company::Company;
use heard_scenario::detractors::Detractors;
use heard_scenario::feed::Feed;
use heard_scenario::listening::Listening;
use heard_scenario::mistake::Mistake;
use heard_scenario::publicity::Publicity;
use heard_scenario::reaction::Reaction;

/// One company's ways in one phase.
#[derive(Clone, Debug)]
pub struct Policy {
    /// Its rates.
    pub rates: OccasionRates,
    /// The company.
    pub company: Company,
    /// Reactions.
    pub reaction: Reaction,
    /// Publicity.
    pub publicity: Publicity,
    /// Listening.
    pub listening: Listening,
    /// Team that listens.
    pub listening_team: Option<usize>,
    /// The feed.
    pub feed: Feed,
    /// Team that writes it.
    pub feed_team: Option<usize>,
    /// Its detractors.
    pub detractors: Detractors,
    /// Its mistakes, each with the index of its channel.
    pub mistakes: Vec<(Mistake, usize)>,
    /// Channels: the same ones in every company.
    pub channels: Vec<Channel>,
    /// Teams.
    pub teams: Vec<Team>,
    /// Streams.
    pub streams: Vec<Stream>,
    rules: Vec<Rule>,
    answers: Vec<Option<Answer>>,
}

impl Policy {
    /// Compiles a checked scenario. Unknown names, which checking refuses, are skipped. `streams`: how many
    /// the companies before this one have.
    #[must_use]
    pub fn new(scenario: &Scenario, streams: u16) -> Self {
        let channel_index = |name: &String| scenario.channel.get_index_of(name);
        let teams = teams(scenario);
        let first_at_work = teams.iter().position(|team| !team.channels.is_empty());
        let team_named = |name: &Option<String>| match name {
            Some(name) => scenario.team.get_index_of(name),
            None => first_at_work,
        };
        let listening_team = team_named(&scenario.listening.team);
        let mut policy = Self {
            rates: OccasionRates::of(&scenario.company),
            company: scenario.company.clone(),
            reaction: scenario.reaction.clone(),
            publicity: scenario.publicity.clone(),
            listening: scenario.listening.clone(),
            listening_team,
            feed: scenario.feed.clone(),
            feed_team: team_named(&scenario.feed.team),
            detractors: scenario.detractors.clone(),
            mistakes: scenario
                .mistake
                .iter()
                .filter_map(|mistake| Some((mistake.clone(), channel_index(&mistake.channel)?)))
                .collect(),
            channels: channels(scenario, &teams, listening_team.is_some()),
            teams,
            streams: Vec::new(),
            rules: rules(scenario),
            answers: answers(&scenario.answer),
        };
        let stream = |(index, (name, stream)): (usize, (&String, &_))| {
            policy.stream(index, name, stream, streams, channel_index)
        };
        policy.streams = scenario.stream.iter().enumerate().filter_map(stream).collect();
        policy
    }

    fn stream(
        &self,
        index: usize,
        name: &str,
        stream: &heard_scenario::stream::Stream,
        before: u16,
        channel_index: impl Fn(&String) -> Option<usize>,
    ) -> Option<Stream> {
        let channel = channel_index(&stream.channel)?;
        let message = Message {
            kind: stream.kind,
            severity: stream.severity,
            followers: 0.0,
            tagged: true,
            repeat: false,
            channel,
            stream: Some(index),
            waited: 0.0,
            audience: 0.0,
        };
        let patience =
            stream.patience.as_ref().map_or(self.channels[channel].patience, Length::new);
        let hangs_up = stream.hangs_up && self.channels[channel].live;
        Some(Stream {
            name: name.to_owned(),
            key: before + index as u16,
            channel,
            per_hour: stream.per_hour,
            profile: match &stream.by_hour_of_week {
                Some(weights) => WeekProfile::of_week(weights.clone()),
                None => WeekProfile::new(stream.by_hour.as_deref(), stream.by_weekday.as_deref()),
            },
            day_to_day_cv: stream.day_to_day_cv,
            spacing: stream.spacing,
            kind: stream.kind,
            handle: stream.handle.as_ref().map(Length::new),
            patience: hangs_up.then_some(patience),
            redials: stream.redials,
            decision: self.triage(&message),
        })
    }

    /// The action and rank for a message: the first rule that matches. The last, unwritten rule
    /// ignores an inbox and serves who is on the line.
    #[must_use]
    pub fn triage(&self, message: &Message) -> Decision {
        let live = self.channels[message.channel].live;
        let usual = if live { 3 } else { 5 };
        match self.rules.iter().find(|rule| rule.matches(message)) {
            Some(rule) => Decision {
                action: rule.action,
                priority: rule.priority.unwrap_or(usual),
                head_start: rule.head_start,
                to: rule.to,
            },
            None => {
                let action = if live { Action::Restore } else { Action::Ignore };
                Decision { action, priority: usual, head_start: 0.0, to: None }
            }
        }
    }

    /// Cost and worth of an action; `None` for `ignore`.
    #[inline]
    #[must_use]
    pub fn answer(&self, action: Action) -> Option<&Answer> {
        self.answers[action as usize].as_ref()
    }

    /// The mean handle times of the answers that its people give, in hours.
    pub fn handle_times(&self) -> impl Iterator<Item = f64> {
        let used = self.rules.iter().filter_map(|rule| self.answer(rule.action));
        used.filter(|answer| answer.by == By::Person).map(|answer| answer.handle.mean())
    }

    /// The team that searches while it has people on duty; `None` where nothing can be found.
    #[must_use]
    pub fn searching_team(&self) -> Option<usize> {
        let found = |channel: &Channel| channel.public && channel.coverage > 0.0;
        self.listening_team.filter(|_| self.channels.iter().any(found))
    }

    /// Whether some are queued before their time.
    #[must_use]
    pub fn gives_head_starts(&self) -> bool {
        self.rules.iter().any(|rule| rule.head_start > 0.0)
    }

    /// Whether an action leads to an answer.
    #[must_use]
    pub fn answers(&self, action: Action) -> bool {
        self.answer(action).is_some_and(|answer| answer.by != By::Nobody)
    }
}

#[cfg(test)]
mod tests;
