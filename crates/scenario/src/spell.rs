//! A random length of time: handle times and patience.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A random length of time with a given mean.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Spell {
    /// Mean.
    #[schemars(extend("exclusiveMinimum" = 0.0, "x-unit" = "minutes",
        "x-moves" = "as where it stands"))]
    pub mean_minutes: f64,
    /// Shape of the distribution.
    #[serde(default)]
    pub shape: Shape,
    /// Standard deviation of the logarithm; of the lognormal only.
    #[serde(default = "Spell::default_sigma")]
    #[schemars(range(min = 0.0, max = 4.0), extend("x-unit" = "log minutes",
        "x-source" = "evidence.md 8: Anonymous Bank, 0.91",
        "x-moves" = "as where it stands"))]
    pub sigma: f64,
}

/// Distribution of a length of time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Shape {
    /// The logarithm is normal: the shape of handle times (Brown et al. 2005).
    #[default]
    Lognormal,
    /// No memory: the shape of textbook queues.
    Exponential,
    /// Always the mean.
    Constant,
}

impl Spell {
    /// A lognormal length of time.
    #[must_use]
    pub fn lognormal(mean_minutes: f64) -> Self {
        Self { mean_minutes, shape: Shape::Lognormal, sigma: Self::default_sigma() }
    }

    /// An exponential length of time.
    #[must_use]
    pub fn exponential(mean_minutes: f64) -> Self {
        Self { mean_minutes, shape: Shape::Exponential, sigma: Self::default_sigma() }
    }

    fn default_sigma() -> f64 {
        0.91
    }
}
