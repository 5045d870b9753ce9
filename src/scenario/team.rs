//! `[team.NAME]`: who answers, when, and what they may do.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::calendar::{Days, Hours};

/// One team of interchangeable people.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Team {
    /// The channels whose messages this team takes; none: it answers nobody.
    pub channels: Vec<String>,
    /// Who is there when. Overlapping shifts add up.
    #[serde(default)]
    pub shifts: Vec<Shift>,
    /// Conversations that one person holds at once.
    #[serde(default = "Team::default_conversations")]
    #[schemars(range(min = 1, max = 100), extend("x-unit" = "conversations", "x-source" = "assumed"))]
    pub conversations_at_once: u32,
    /// Wage.
    #[serde(default = "Team::default_wage")]
    #[schemars(range(min = 0.0), extend("x-unit" = "money per hour and person", "x-source" = "assumed"))]
    pub wage_per_hour: f64,
    /// What these people are allowed to do besides talking.
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
    #[schemars(range(min = 0, max = 100_000), extend("x-unit" = "people"))]
    pub people: u32,
}

/// Something that a team may be allowed to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Power {
    /// Solve the problem itself.
    Fix,
    /// Give money.
    Compensate,
}

impl Team {
    fn default_conversations() -> u32 {
        1
    }

    fn default_wage() -> f64 {
        22.0
    }

    fn default_powers() -> Vec<Power> {
        vec![Power::Fix, Power::Compensate]
    }
}
