//! `[finding]`: what came out when the scenario's author ran it, kept true by a test.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::metric::Metric;

/// The answer to the scenario's claim.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Finding {
    /// Whether the claim holds, in a sentence or two.
    pub says: String,
    /// The values under which the finding reverses.
    pub turns: String,
    /// The differences from the baseline that it rests on, as `heard run` reported them.
    pub numbers: Vec<Number>,
}

/// One difference from the baseline.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Number {
    /// The arm.
    pub arm: String,
    /// The company, where there are several.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub company: Option<String>,
    /// The window, by its name in `run.windows`. Left out: the first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub window: Option<String>,
    /// What is measured.
    pub metric: Metric,
    /// Arm minus baseline.
    #[schemars(extend("x-unit" = "as the metric"))]
    pub difference: f64,
    /// The simultaneous 95% interval.
    #[schemars(extend("x-unit" = "as the metric"))]
    pub interval: (f64, f64),
}

impl Finding {
    /// Whether there is no finding yet.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}
