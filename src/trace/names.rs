//! What an arm's companies, channels and teams are called.
//!
//! Taken from the scenario, where they stand in the order in which the world counts them. Switches
//! can add none, so the first phase has them all.

use heard_scenario::channel::{SeenBy, Waits};
use heard_scenario::study::Study;

/// The names of one arm.
#[derive(Clone, Debug)]
pub struct Names {
    companies: Vec<Company>,
}

#[derive(Clone, Debug)]
struct Company {
    name: String,
    channels: Vec<Channel>,
    teams: Vec<String>,
}

/// What a story needs to know of a channel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Channel {
    /// Its name.
    pub name: String,
    /// Anybody can read it.
    pub public: bool,
    /// The customer holds the line.
    pub live: bool,
}

impl Names {
    /// The names of an arm.
    #[must_use]
    pub fn new(study: &Study, arm: usize) -> Self {
        let phase = study.arms.get(arm).and_then(|arm| arm.phases.first());
        let scenarios = phase.map_or(&[][..], |phase| &phase.companies);
        let company = |(name, scenario): (&String, &heard_scenario::Scenario)| Company {
            name: name.clone(),
            channels: scenario
                .channel
                .iter()
                .map(|(name, channel)| Channel {
                    name: name.clone(),
                    public: channel.seen_by == SeenBy::Public,
                    live: channel.waits == Waits::OnTheLine,
                })
                .collect(),
            teams: scenario.team.keys().cloned().collect(),
        };
        Self { companies: study.companies.iter().zip(scenarios).map(company).collect() }
    }

    /// Whether there are several companies, so that it must be said which.
    #[must_use]
    pub fn several(&self) -> bool {
        self.companies.len() > 1
    }

    /// A company's name.
    #[must_use]
    pub fn company(&self, company: usize) -> String {
        let known = self.companies.get(company).map(|company| company.name.clone());
        known.unwrap_or_else(|| format!("company {company}"))
    }

    /// A channel of a company.
    #[must_use]
    pub fn channel(&self, company: usize, channel: usize) -> Channel {
        let known = self.companies.get(company).and_then(|company| company.channels.get(channel));
        let unknown = || Channel { name: format!("channel {channel}"), public: false, live: false };
        known.cloned().unwrap_or_else(unknown)
    }

    /// A team's name.
    #[must_use]
    pub fn team(&self, company: usize, team: usize) -> String {
        let known = self.companies.get(company).and_then(|company| company.teams.get(team));
        known.cloned().unwrap_or_else(|| format!("team {team}"))
    }

    /// Names for tests: one company or two, three channels, one team.
    #[cfg(test)]
    pub(super) fn example(companies: &[&str]) -> Self {
        let channel = |name: &str, public, live| Channel { name: name.to_owned(), public, live };
        let company = |name: &&str| Company {
            name: (*name).to_owned(),
            channels: vec![
                channel("twitter", true, false),
                channel("email", false, false),
                channel("phone", false, true),
            ],
            teams: vec!["care".to_owned()],
        };
        Self { companies: companies.iter().map(company).collect() }
    }
}
