//! `[team.NAME]`: who answers, when, and what they may do.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::calendar::{Days, Hours};

/// One team.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Team {
    /// The channels that this team handles; if empty, it answers nobody.
    pub channels: Vec<String>,
    /// How many people work when. Overlapping shifts add up.
    #[serde(default)]
    pub shifts: Vec<Shift>,
    /// Conversations that one person can hold at once.
    #[serde(default = "Team::default_conversations")]
    #[schemars(range(min = 1, max = 100), extend("x-unit" = "conversations", "x-source" = "assumed",
        "x-moves" = "occupancy -", "x-try" = [1, 4]))]
    pub conversations_at_once: u32,
    /// Wage.
    #[serde(default = "Team::default_wage")]
    #[schemars(range(min = 0.0), extend("x-unit" = "money per hour and person", "x-source" = "assumed",
        "x-moves" = "cost +", "x-try" = [10, 40]))]
    pub wage_per_hour: f64,
    /// What they are rewarded for, and so take first among messages of the same rank. Teams that share
    /// a channel must have the same reward.
    #[serde(default)]
    #[schemars(extend("x-moves" = "reach_gap +", "x-try" = ["oldest-first", "reach-first"]))]
    pub rewarded_for: Reward,
    /// Handle time at which they must end a conversation. Left out: they take the time it needs. The
    /// more a conversation is cut short, the less often it solves the problem.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(extend("exclusiveMinimum" = 0.0, "x-unit" = "minutes", "x-source" = "assumed",
        "x-moves" = "resolution_rate +", "x-try" = [1, 15]))]
    pub handle_target_minutes: Option<f64>,
    /// How long a call rings on average at somebody who is free before they pick it up; 0: they pick
    /// up at once. The caller waits on, and may hang up; the person takes nothing else meanwhile.
    #[serde(default)]
    #[schemars(range(min = 0.0, max = 3600.0), extend("x-unit" = "seconds", "x-source" = "assumed",
        "x-moves" = "wait_seconds_mean +", "x-try" = [0, 30]))]
    pub pickup_seconds: f64,
    /// Standard deviation of the logarithm of that time (lognormal); 0: every call rings equally
    /// long.
    #[serde(default = "Team::default_pickup_sigma")]
    #[schemars(range(min = 0.0, max = 4.0), extend("x-unit" = "log seconds", "x-source" = "assumed",
        "x-moves" = "shape only", "x-try" = [0, 1.5]))]
    pub pickup_sigma: f64,
    /// Whether they sign with their names, so that customers know whom they are talking to and can
    /// come back to the same person.
    #[serde(default)]
    #[schemars(extend("x-moves" = "satisfaction +", "x-try" = [false, true]))]
    pub named: bool,
    /// Whether customers see each person's ratings, and choose by them among those who are free.
    #[serde(default)]
    #[schemars(extend("x-moves" = "resolution_rate +", "x-try" = [false, true]))]
    pub ratings_shown: bool,
    /// How much people differ in skill: standard deviation.
    #[serde(default)]
    #[schemars(range(min = 0.0, max = 2.0), extend("x-unit" = "logits of solving the problem", "x-source" = "assumed",
        "x-moves" = "resolution_rate +", "x-try" = [0, 1.5]))]
    pub skill_sd: f64,
    /// What their style adds to the tone of each of their answers.
    #[serde(default)]
    #[schemars(range(min = -1.0, max = 1.0), extend("x-unit" = "justice", "x-source" = "assumed",
        "x-moves" = "satisfaction +", "x-try" = [-0.5, 0.5]))]
    pub tone: f64,
    /// What these people may do besides talking.
    #[serde(default = "Team::default_powers")]
    pub may: Vec<Power>,
}

/// People who work at the same times.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Shift {
    /// Days on which the shift begins: `Mon-Fri`, `Sat`, `Mon,Wed,Fri`.
    pub days: Days,
    /// Local time: `09:00-17:00`; past midnight `22:00-06:00`; round the clock `00:00-24:00`.
    pub hours: Hours,
    /// People.
    #[schemars(range(min = 0, max = 100_000), extend("x-unit" = "people",
        "x-moves" = "occupancy -", "x-try" = [1, 6]))]
    pub people: u32,
    /// Weeks of the run in which the shift is worked, counted from 1. Left out: all of them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(min = 1), inner(range(min = 1, max = 10_000)), extend("x-moves" = "shape only"))]
    pub weeks: Option<Vec<u32>>,
}

/// What a team is rewarded for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Reward {
    /// The longest-waiting customer comes first.
    #[default]
    OldestFirst,
    /// The customer with the most followers comes first.
    ReachFirst,
    /// The message that takes the least time comes first.
    EasiestFirst,
}

/// Something that a team may be allowed to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Power {
    /// Solve the problem itself.
    Fix,
    /// Offer compensation.
    Compensate,
}

impl Team {
    fn default_conversations() -> u32 {
        1
    }

    /// Calls ring about as long as one another.
    #[must_use]
    pub fn default_pickup_sigma() -> f64 {
        0.5
    }

    fn default_wage() -> f64 {
        22.0
    }

    fn default_powers() -> Vec<Power> {
        vec![Power::Fix, Power::Compensate]
    }
}
