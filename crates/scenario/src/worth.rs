//! `run.worth`: what one unit of service is worth in money, as a range.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Money per unit of what arms achieve, from the least to the most that it may be worth. The difference in
/// cost between arms is then set off against the difference in units.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Worth {
    /// One complaint or question that is resolved: the least and the most.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(inner(range(min = 0.0, max = 1e9)), extend("x-unit" = "money per problem solved",
        "x-moves" = "shape only", "x-form" = "[least, most]", "examples" = [[5, 50]]))]
    pub resolution: Option<[f64; 2]>,
    /// One customer of day 0 who does not leave: the least and the most.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(inner(range(min = 0.0, max = 1e9)), extend("x-unit" = "money per customer who stays",
        "x-moves" = "shape only", "x-form" = "[least, most]", "examples" = [[50, 500]]))]
    pub customer: Option<[f64; 2]>,
}

/// Points at which a range is looked at, its ends included.
pub const POINTS: u32 = 5;

/// The points of a range, from the least to the most: evenly spaced if it begins at 0, otherwise each as many
/// times the one before.
pub fn points([low, high]: [f64; 2]) -> [f64; POINTS as usize] {
    let between = |a: f64, b: f64| if low > 0.0 { (a * b).sqrt() } else { 0.5 * (a + b) };
    let middle = between(low, high);
    [low, between(low, middle), middle, between(middle, high), high]
}

/// What is valued.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Unit {
    /// A resolved complaint or question.
    Resolution,
    /// A customer who stays.
    Customer,
}

impl Unit {
    /// All units, in the order of every table.
    pub const ALL: [Self; 2] = [Self::Resolution, Self::Customer];

    /// The name in files and scenarios.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Resolution => "resolution",
            Self::Customer => "customer",
        }
    }

    /// One of them, in words.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Resolution => "problem solved",
            Self::Customer => "customer who stays",
        }
    }
}

impl Worth {
    /// The range of what a unit is worth, if one is given.
    #[must_use]
    pub fn of(&self, unit: Unit) -> Option<[f64; 2]> {
        match unit {
            Unit::Resolution => self.resolution,
            Unit::Customer => self.customer,
        }
    }

    /// Whether nothing is valued.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        Unit::ALL.into_iter().all(|unit| self.of(unit).is_none())
    }
}
