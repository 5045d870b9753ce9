//! What one company does in one phase, made ready to run: names turned into indices, rates into
//! hours, shapes into samplers, the triage table into something quick.

use super::arrivals::WeekProfile;
use super::plan::OccasionRates;
use super::rota::Rota;
use heard_math::engine::sample;
use heard_scenario::Scenario;
use heard_scenario::answer::{Action, Answers, By};
use heard_scenario::channel::{SeenBy, Waits};
use heard_scenario::company::Company;
use heard_scenario::detractors::Detractors;
use heard_scenario::feed::Feed;
use heard_scenario::listening::Listening;
use heard_scenario::mistake::Mistake;
use heard_scenario::publicity::Publicity;
use heard_scenario::reaction::Reaction;
use heard_scenario::spell::{Shape, Spell};
use heard_scenario::stream::Spacing;
use heard_scenario::team::{Power, Reward};
use heard_scenario::triage::{Condition, Kind};

/// A random length of time, ready to be drawn.
#[derive(Clone, Copy, Debug)]
pub struct Length {
    shape: Shape,
    scale: f64,
    sigma: f64,
}

impl Length {
    fn new(spell: &Spell) -> Self {
        let mean = spell.mean_minutes / 60.0;
        let scale = match spell.shape {
            Shape::Lognormal => sample::lognormal_median(mean, spell.sigma),
            Shape::Exponential | Shape::Constant => mean,
        };
        Self { shape: spell.shape, scale, sigma: spell.sigma }
    }

    /// The mean length, in hours.
    #[must_use]
    pub fn mean(&self) -> f64 {
        match self.shape {
            Shape::Lognormal => self.scale * libm::exp(0.5 * self.sigma * self.sigma),
            Shape::Exponential | Shape::Constant => self.scale,
        }
    }

    /// The length that a uniform in (0, 1) stands for, in hours.
    #[inline]
    #[must_use]
    pub fn hours(&self, uniform: f64) -> f64 {
        match self.shape {
            Shape::Lognormal => sample::lognormal(uniform, self.scale, self.sigma),
            Shape::Exponential => self.scale * sample::exponential(uniform),
            Shape::Constant => self.scale,
        }
    }
}

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

/// A team.
#[derive(Clone, Debug)]
pub struct Team {
    /// Name.
    pub name: String,
    /// Its channels.
    pub channels: Vec<usize>,
    /// Who is there when.
    pub rota: Rota,
    /// Conversations that one person holds at once.
    pub conversations: u32,
    /// Wage per hour and person.
    pub wage: f64,
    /// May solve problems.
    pub may_fix: bool,
    /// May give money.
    pub may_compensate: bool,
    /// What its people take first among messages of one rank.
    pub reward: Reward,
    /// Hours after which they end a conversation; infinite where they take the time it needs.
    pub handle_target: f64,
    /// They sign with their names.
    pub named: bool,
    /// Customers choose among them by rating.
    pub ratings_shown: bool,
    /// Spread of their skills, in logits.
    pub skill_sd: f64,
    /// What their way of writing adds to tone.
    pub tone: f64,
}

impl Team {
    /// Whether its people must be told apart.
    #[must_use]
    pub fn knows_people(&self) -> bool {
        self.named || self.ratings_shown || self.skill_sd > 0.0
    }
}

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
struct Rule {
    when: Condition,
    channel: Option<usize>,
    stream: Option<usize>,
    action: Action,
    priority: Option<u8>,
    head_start: f64,
    to: Option<usize>,
}

/// An action's cost and worth.
#[derive(Clone, Copy, Debug)]
pub struct Answer {
    /// Who answers.
    pub by: By,
    /// Speaks to the problem.
    pub on_topic: bool,
    /// Handle time.
    pub handle: Length,
    /// Chance to solve the problem.
    pub fixes: f64,
    /// Interactional justice.
    pub tone: f64,
    /// Distributive justice of the money.
    pub makes_good: f64,
    /// The money.
    pub money: f64,
}

/// An open stream of contacts.
#[derive(Clone, Debug)]
pub struct Stream {
    /// Name.
    pub name: String,
    /// Its number among the streams of all companies.
    pub key: u16,
    /// Channel.
    pub channel: usize,
    /// Mean rate.
    pub per_hour: f64,
    /// Rate by hour of the week.
    pub profile: WeekProfile,
    /// Variation of days.
    pub day_to_day_cv: f64,
    /// How arrivals follow one another.
    pub spacing: Spacing,
    /// What the contacts are about.
    pub kind: Kind,
    /// Handle time, where it is not that of the action.
    pub handle: Option<Length>,
    /// Patience; `None`: holds the line for ever, or waits in an inbox.
    pub patience: Option<Length>,
    /// Chance to call again.
    pub redials: f64,
    /// What is done with them: the same for all, as they are all alike.
    pub decision: Decision,
}

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
    /// Makes a checked scenario ready. Names that are not there, which checking refuses, are passed
    /// over. `streams`: how many the companies before this one have.
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

impl Rule {
    fn matches(&self, message: &Message) -> bool {
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

fn teams(scenario: &Scenario) -> Vec<Team> {
    let team = |(name, team): (&String, &heard_scenario::team::Team)| Team {
        name: name.clone(),
        channels: team
            .channels
            .iter()
            .filter_map(|channel| scenario.channel.get_index_of(channel))
            .collect(),
        rota: Rota::new(&team.shifts, scenario.run.days),
        conversations: team.conversations_at_once,
        wage: team.wage_per_hour,
        may_fix: team.may.contains(&Power::Fix),
        may_compensate: team.may.contains(&Power::Compensate),
        reward: team.rewarded_for,
        handle_target: team.handle_target_minutes.map_or(f64::INFINITY, |minutes| minutes / 60.0),
        named: team.named,
        ratings_shown: team.ratings_shown,
        skill_sd: team.skill_sd,
        tone: team.tone,
    };
    scenario.team.iter().map(team).collect()
}

fn channels(scenario: &Scenario, teams: &[Team], listens: bool) -> Vec<Channel> {
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

fn rules(scenario: &Scenario) -> Vec<Rule> {
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

/// In the order of the actions' own numbers.
fn answers(answers: &Answers) -> Vec<Option<Answer>> {
    Action::ALL
        .into_iter()
        .map(|action| {
            let answer = answers.of(action)?;
            Some(Answer {
                by: answer.by,
                on_topic: answer.on_topic,
                handle: Length::new(&answer.handle),
                fixes: answer.fixes,
                tone: answer.tone,
                makes_good: answer.makes_good,
                money: answer.money,
            })
        })
        .collect()
}

#[cfg(test)]
mod tests;
