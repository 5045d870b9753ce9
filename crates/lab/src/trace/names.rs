//! What an arm's companies, channels and teams are called.
//!
//! Names come from the scenario, in the order in which the world numbers them. Switches cannot add any,
//! so the first phase has them all.

use heard_scenario::channel::{SeenBy, Waits};
use heard_scenario::study::Study;

/// The names of one arm.
#[derive(Clone, Debug)]
pub struct Names {
    companies: Vec<Company>,
}

/// A company's name and what its channels and teams are called, in the order of their indices.
#[derive(Clone, Debug)]
pub struct Company {
    /// Its name.
    pub name: String,
    /// Its channels.
    pub channels: Vec<Channel>,
    /// Its teams.
    pub teams: Vec<String>,
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
    /// The names of these companies, in the order of their indices.
    #[must_use]
    pub fn of(companies: Vec<Company>) -> Self {
        Self { companies }
    }

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

    /// Whether there are several companies, so that sentences must say which one.
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
}
