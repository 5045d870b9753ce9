//! `[audit]`: a mystery shopper who posts on every channel that a company presents.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Hours of the day within which an auditor posts.
pub const HOURS: (f64, f64) = (9.0, 21.0);

/// Probes. They are work like any other contact, but count only in the audit's own results.
/// Shared by all arms: an arm cannot change it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Audit {
    /// Probes on each channel of each company, in the main window only, spread evenly over its days and the
    /// hours from 9 to 21, of which it must hold some. On a day of which it holds only a part, those
    /// that would come before it are posted at its beginning, and those after it at its end.
    #[schemars(range(min = 0, max = 10_000), extend("x-unit" = "probes",
        "x-moves" = "occupancy +", "x-try" = [0, 200]))]
    pub probes_per_channel: u32,
    /// Severity of the complaints, 0 to 1.
    #[schemars(range(min = 0.0, max = 1.0), extend("x-unit" = "severity", "x-source" = "assumed",
        "x-moves" = "occupancy +"))]
    pub severity: f64,
    /// Followers of the auditor.
    #[schemars(range(min = 0.0), extend("x-unit" = "followers",
        "x-source" = "evidence.md 4: O'Reilly Radar 2013, the median",
        "x-moves" = "occupancy +", "x-try" = [0, 5000]))]
    pub followers: f64,
}

impl Default for Audit {
    fn default() -> Self {
        Self { probes_per_channel: 0, severity: 0.5, followers: 61.0 }
    }
}
