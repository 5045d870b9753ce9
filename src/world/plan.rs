//! One arm of a scenario, made ready to run: names turned into indices, rates into hours, shapes
//! into samplers.

use crate::engine::sample;
use crate::scenario::Scenario;
use crate::scenario::answer::{Action, Answers, By};
use crate::scenario::calendar::WEEK_MINUTES;
use crate::scenario::channel::{SeenBy, Waits};
use crate::scenario::company::Company;
use crate::scenario::customers::Customers;
use crate::scenario::listening::Listening;
use crate::scenario::publicity::Publicity;
use crate::scenario::reaction::Reaction;
use crate::scenario::spell::{Shape, Spell};
use crate::scenario::study::Arm;
use crate::scenario::team::{Power, Shift};
use crate::scenario::triage::{Condition, Kind};

use super::arrivals::WeekProfile;

const HOURS_PER_MONTH: f64 = 30.0 * 24.0;
const SERIOUS: f64 = 0.8;
const TRIVIAL: f64 = 0.1;

/// What all arms of a scenario have in common besides their customers.
#[derive(Clone, Debug)]
pub struct Common {
    /// Utility of speaking up at severity 0, effort 0 and initial beliefs.
    pub voice_intercept: f64,
    /// How fast it grows with severity.
    pub voice_slope: f64,
    /// Highest rates that any arm has, per customer and 30 days.
    pub most: OccasionRates,
}

/// Occasions per customer and 30 days.
#[derive(Clone, Copy, Debug, Default)]
pub struct OccasionRates {
    /// Failures.
    pub failures: f64,
    /// Questions.
    pub questions: f64,
    /// Delights.
    pub delights: f64,
}

impl OccasionRates {
    fn of(company: &Company) -> Self {
        Self {
            failures: company.failures_per_customer_month,
            questions: company.questions_per_customer_month,
            delights: company.delights_per_customer_month,
        }
    }

    fn or_more(self, other: Self) -> Self {
        Self {
            failures: self.failures.max(other.failures),
            questions: self.questions.max(other.questions),
            delights: self.delights.max(other.delights),
        }
    }

    fn sum(self) -> f64 {
        self.failures + self.questions + self.delights
    }
}

impl Common {
    /// Calibrates voice on the channels of `base`, the scenario before its arms, and finds the
    /// highest rates of the arms.
    pub fn new<'a>(base: &Scenario, arms: impl Iterator<Item = &'a Scenario>) -> Self {
        let logit = |p: f64| libm::log(p / (1.0 - p));
        let customers = &base.customers;
        let (serious, trivial) = (logit(customers.voices_serious), logit(customers.voices_trivial));
        let voice_slope = (serious - trivial) / (SERIOUS - TRIVIAL);
        let ease: f64 = base.channel.values().map(|channel| libm::exp(-channel.effort)).sum();
        Self {
            voice_intercept: serious
                - voice_slope * SERIOUS
                - libm::log(ease.max(f64::MIN_POSITIVE)),
            voice_slope,
            most: arms
                .map(|arm| OccasionRates::of(&arm.company))
                .fold(OccasionRates::default(), OccasionRates::or_more),
        }
    }
}

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
    /// Steps of the week: minute at which they begin, people from then on. The first is at 0.
    pub week: Vec<(u32, u32)>,
    /// Conversations that one person holds at once.
    pub conversations: u32,
    /// Wage per hour and person.
    pub wage: f64,
    /// May solve problems.
    pub may_fix: bool,
    /// May give money.
    pub may_compensate: bool,
}

/// What is done with a message.
#[derive(Clone, Copy, Debug)]
pub struct Decision {
    /// The action.
    pub action: Action,
    /// Rank in the queue, 1 first.
    pub priority: u8,
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
}

#[derive(Clone, Debug)]
struct Rule {
    when: Condition,
    channel: Option<usize>,
    stream: Option<usize>,
    action: Action,
    priority: Option<u8>,
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
    /// Channel.
    pub channel: usize,
    /// Mean rate.
    pub per_hour: f64,
    /// Rate by hour of the week.
    pub profile: WeekProfile,
    /// Variation of days.
    pub day_to_day_cv: f64,
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

/// One arm, ready to run.
#[derive(Clone, Debug)]
pub struct Plan {
    /// Days simulated.
    pub days: u32,
    /// End of the run, in hours.
    pub end: f64,
    /// First and last hour whose occasions are counted.
    pub window: (f64, f64),
    /// Voice and rates shared by all arms.
    pub common: Common,
    /// This arm's own rates.
    pub rates: OccasionRates,
    /// The population.
    pub customers: Customers,
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
    /// Channels.
    pub channels: Vec<Channel>,
    /// Teams.
    pub teams: Vec<Team>,
    /// Streams.
    pub streams: Vec<Stream>,
    rules: Vec<Rule>,
    answers: Vec<Option<Answer>>,
}

impl Plan {
    /// Makes a checked arm ready. Names that are not there, which checking refuses, are passed over.
    #[must_use]
    pub fn new(arm: &Arm, common: Common) -> Self {
        let arm = arm.scenario();
        let channel_index = |name: &String| arm.channel.get_index_of(name);
        let teams: Vec<Team> = arm
            .team
            .iter()
            .map(|(name, team)| Team {
                name: name.clone(),
                channels: team.channels.iter().filter_map(channel_index).collect(),
                week: week(&team.shifts),
                conversations: team.conversations_at_once,
                wage: team.wage_per_hour,
                may_fix: team.may.contains(&Power::Fix),
                may_compensate: team.may.contains(&Power::Compensate),
            })
            .collect();
        let listening_team = match &arm.listening.team {
            Some(name) => arm.team.get_index_of(name),
            None => teams.iter().position(|team| !team.channels.is_empty()),
        };
        let channels = arm
            .channel
            .iter()
            .enumerate()
            .map(|(index, (name, channel))| {
                let serving: Vec<usize> = (0..teams.len())
                    .filter(|&team| teams[team].channels.contains(&index))
                    .collect();
                let accident = if serving.is_empty() { 0.0 } else { arm.listening.by_accident };
                let coverage = listening_team.map_or(0.0, |_| arm.listening.coverage.max(accident));
                Channel {
                    name: name.clone(),
                    public: channel.seen_by == SeenBy::Public,
                    live: channel.waits == Waits::OnTheLine,
                    presented: channel.presented,
                    effort: channel.effort,
                    belief: channel.belief,
                    tagged: if channel.presented { channel.tagged } else { 0.0 },
                    patience: Length::new(&channel.patience),
                    teams: serving,
                    coverage,
                }
            })
            .collect();
        let run = &arm.run;
        let mut plan = Self {
            days: run.days.ceil() as u32,
            end: run.days * 24.0,
            window: (run.warmup_days * 24.0, (run.days - run.margin_days) * 24.0),
            common,
            rates: OccasionRates::of(&arm.company),
            customers: arm.customers.clone(),
            company: arm.company.clone(),
            reaction: arm.reaction.clone(),
            publicity: arm.publicity.clone(),
            listening: arm.listening.clone(),
            listening_team,
            channels,
            teams,
            streams: Vec::new(),
            rules: rules(arm),
            answers: answers(&arm.answer),
        };
        plan.streams = arm
            .stream
            .iter()
            .enumerate()
            .filter_map(|(index, (name, stream))| {
                let channel = channel_index(&stream.channel)?;
                let message = Message {
                    kind: stream.kind,
                    severity: stream.severity,
                    followers: 0.0,
                    tagged: true,
                    repeat: false,
                    channel,
                    stream: Some(index),
                };
                let patience =
                    stream.patience.as_ref().map_or(plan.channels[channel].patience, Length::new);
                let hangs_up = stream.hangs_up && plan.channels[channel].live;
                Some(Stream {
                    name: name.clone(),
                    channel,
                    per_hour: stream.per_hour,
                    profile: WeekProfile::new(
                        stream.by_hour.as_deref(),
                        stream.by_weekday.as_deref(),
                    ),
                    day_to_day_cv: stream.day_to_day_cv,
                    kind: stream.kind,
                    handle: stream.handle.as_ref().map(Length::new),
                    patience: hangs_up.then_some(patience),
                    redials: stream.redials,
                    decision: plan.triage(&message),
                })
            })
            .collect();
        plan
    }

    /// Candidate occasions of the whole population per hour, at the highest rates of any arm.
    #[must_use]
    pub fn candidates_per_hour(&self) -> f64 {
        f64::from(self.customers.count) * self.common.most.sum() / HOURS_PER_MONTH
    }

    /// What kind of occasion a candidate is, by a uniform in (0, 1); `None` where this arm's rates
    /// thin it out. Kinds keep their place at the highest rates of any arm, so that a candidate is
    /// of the same kind in every arm.
    #[must_use]
    pub fn occasion(&self, uniform: f64) -> Option<Kind> {
        let most = self.common.most;
        let at = uniform * most.sum();
        let (kind, position, rate) = if at < most.failures {
            (Kind::Complaint, at, self.rates.failures)
        } else if at < most.failures + most.questions {
            (Kind::Question, at - most.failures, self.rates.questions)
        } else {
            (Kind::Praise, at - most.failures - most.questions, self.rates.delights)
        };
        (position < rate).then_some(kind)
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
                to: rule.to,
            },
            None if live => Decision { action: Action::Restore, priority: usual, to: None },
            None => Decision { action: Action::Ignore, priority: usual, to: None },
        }
    }

    /// Cost and worth of an action; `None` for `ignore`.
    #[inline]
    #[must_use]
    pub fn answer(&self, action: Action) -> Option<&Answer> {
        self.answers[action as usize].as_ref()
    }
}

impl Rule {
    fn matches(&self, message: &Message) -> bool {
        let when = &self.when;
        when.kind.is_none_or(|kind| kind == message.kind)
            && when.severity.is_none_or(|bound| bound.holds(message.severity))
            && when.followers.is_none_or(|bound| bound.holds(message.followers))
            && when.tagged.is_none_or(|tagged| tagged == message.tagged)
            && when.repeat.is_none_or(|repeat| repeat == message.repeat)
            && self.channel.is_none_or(|channel| channel == message.channel)
            && (when.stream.is_none() || self.stream == message.stream)
    }
}

fn rules(arm: &Scenario) -> Vec<Rule> {
    arm.triage
        .iter()
        .map(|rule| Rule {
            channel: rule.when.channel.as_ref().and_then(|name| arm.channel.get_index_of(name)),
            stream: rule.when.stream.as_ref().and_then(|name| arm.stream.get_index_of(name)),
            when: rule.when.clone(),
            action: rule.action,
            priority: rule.priority,
            to: rule.to.as_ref().and_then(|name| arm.channel.get_index_of(name)),
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

/// The steps of the week that some shifts add up to. Whole minutes: a step must be found again
/// exactly, week after week.
fn week(shifts: &[Shift]) -> Vec<(u32, u32)> {
    let spans: Vec<(u32, u32, u32)> = shifts
        .iter()
        .flat_map(|shift| {
            (0..7).filter(|&day| shift.days.contains(day)).map(move |day| {
                let from = day as u32 * 24 * 60 + shift.hours.start_minute();
                (from, from + shift.hours.minutes(), shift.people)
            })
        })
        .collect();
    let mut starts = vec![0];
    starts.extend(spans.iter().flat_map(|&(from, to, _)| [from % WEEK_MINUTES, to % WEEK_MINUTES]));
    starts.sort_unstable();
    starts.dedup();
    let people_at = |minute: u32| -> u32 {
        let covers = |at: u32, from: u32, to: u32| from <= at && at < to;
        spans
            .iter()
            .filter(|&&(from, to, _)| {
                covers(minute, from, to) || covers(minute + WEEK_MINUTES, from, to)
            })
            .map(|&(_, _, people)| people)
            .sum()
    };
    let mut steps: Vec<(u32, u32)> =
        starts.into_iter().map(|minute| (minute, people_at(minute))).collect();
    steps.dedup_by_key(|step| step.1);
    steps
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::calendar::{Days, Hours};

    fn shift(days: &str, hours: &str, people: u32) -> Shift {
        Shift {
            days: Days::try_from(days.to_owned()).unwrap(),
            hours: Hours::try_from(hours.to_owned()).unwrap(),
            people,
        }
    }

    #[test]
    fn shifts_add_up_and_pass_midnight_and_the_end_of_the_week() {
        let steps = week(&[
            shift("Mon", "09:00-17:00", 3),
            shift("Mon", "12:00-13:00", 1),
            shift("Sun", "22:00-06:00", 2),
        ]);
        let hours = |steps: Vec<(u32, u32)>| -> Vec<(u32, u32)> {
            steps.into_iter().map(|(minute, people)| (minute / 60, people)).collect()
        };
        assert_eq!(hours(steps), [(0, 2), (6, 0), (9, 3), (12, 4), (13, 3), (17, 0), (166, 2)]);
        assert_eq!(week(&[shift("Mon-Sun", "00:00-24:00", 5)]), [(0, 5)]);
        assert_eq!(week(&[]), [(0, 0)]);
    }
}
