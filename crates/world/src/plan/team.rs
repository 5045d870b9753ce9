//! Teams.

use super::length::Length;
use super::rota::Rota;
use heard_scenario::Scenario;
use heard_scenario::team::{Power, Reward};

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
    /// How long a call rings at somebody who is free; `None` where they pick up at once.
    pub pickup: Option<Length>,
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

pub(super) fn teams(scenario: &Scenario) -> Vec<Team> {
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
        pickup: (team.pickup_seconds > 0.0)
            .then(|| Length::lognormal(team.pickup_seconds / 3600.0, team.pickup_sigma)),
        named: team.named,
        ratings_shown: team.ratings_shown,
        skill_sd: team.skill_sd,
        tone: team.tone,
    };
    scenario.team.iter().map(team).collect()
}
