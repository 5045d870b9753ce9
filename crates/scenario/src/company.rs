//! `[company]`: what it gives customers to talk about, and what it learns from their reports.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::customers::Spread;

/// One company. Where there are several, each has a table `[company.ID]` for what is its own: these
/// keys, and sections such as `[company.ID.team.NAME]` or `[[company.ID.triage]]`. Everything else is
/// taken from the top level.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Company {
    /// Problems that a customer has with the company.
    #[schemars(range(min = 0.0, max = 100.0), extend("x-unit" = "failures per customer and 30 days", "x-source" = "assumed",
        "x-moves" = "churn_rate +", "x-try" = [0.2, 2]))]
    pub failures_per_customer_month: f64,
    /// Questions that a customer has.
    #[schemars(range(min = 0.0, max = 100.0), extend("x-unit" = "questions per customer and 30 days", "x-source" = "assumed",
        "x-moves" = "occupancy +", "x-try" = [0, 2]))]
    pub questions_per_customer_month: f64,
    /// Occasions on which a customer is wrong about the facts and believes there is a problem.
    #[schemars(range(min = 0.0, max = 100.0), extend("x-unit" = "misconceptions per customer and 30 days", "x-source" = "assumed",
        "x-moves" = "occupancy +", "x-try" = [0, 2]))]
    pub misconceptions_per_customer_month: f64,
    /// Occasions on which a customer gets more than was owed and is delighted.
    #[schemars(range(min = 0.0, max = 100.0), extend("x-unit" = "delights per customer and 30 days", "x-source" = "assumed",
        "x-moves" = "attitude +", "x-try" = [0, 2]))]
    pub delights_per_customer_month: f64,
    /// How bad a failure is, 0 to 1: a normal distribution truncated to that range.
    #[schemars(extend("x-within" = [0, 1], "x-open" = true, "x-moves" = "complaints_per_failure +", "x-try" = [0.2, 0.8],
        "x-moves-spread" = "complaints_per_failure +", "x-try-spread" = [0.0, 0.4]))]
    pub severity: Spread,
    /// How pressing a question is, on the scale of severity.
    #[schemars(range(min = 0.0, max = 1.0), extend("x-unit" = "severity", "x-source" = "assumed",
        "x-moves" = "occupancy +"))]
    pub question_severity: f64,
    /// Chance that a delighted customer says so in public.
    #[schemars(range(min = 0.0, max = 1.0), extend("x-unit" = "share", "x-source" = "assumed",
        "x-moves" = "reputation +"))]
    pub delight_voiced: f64,
    /// Reply time that the company promises: every customer who writes then expects an answer by
    /// then. Left out: nothing is promised.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("exclusiveMinimum" = 0.0, "x-unit" = "hours", "x-source" = "assumed",
        "x-moves" = "satisfaction +", "x-try" = [0.5, 48]))]
    pub promised_reply_hours: Option<f64>,
    /// Share of the market that knows of the company on day 0.
    #[schemars(range(min = 0.0, max = 1.0), extend("x-unit" = "share", "x-source" = "assumed",
        "x-moves" = "awareness +"))]
    pub awareness: f64,
    /// Share of the customers of day 0 that are this company's, where customers buy from one of
    /// several. Left out: an equal part of what the others leave.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 0.0, max = 1.0), extend("x-unit" = "share",
        "x-moves" = "occupancy +", "x-try" = [0.2, 0.8]))]
    pub share: Option<f64>,
    /// How many root causes the failures come from. Cause k has weight 1 / k.
    #[schemars(range(min = 1, max = 10_000), extend("x-unit" = "causes", "x-source" = "assumed",
        "x-moves" = "churn_rate +", "x-try" = [1, 200]))]
    pub root_causes: u32,
    /// Failures with the same cause that must be seen before it is fixed. A number that is never
    /// reached: nothing is learned.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 1), extend("x-unit" = "failures seen", "x-source" = "assumed",
        "x-moves" = "churn_rate +", "x-try" = [5, 500]))]
    pub reports_to_fix: Option<u32>,
    /// Time from the last of these reports until the cause is fixed.
    #[schemars(range(min = 0.0), extend("x-unit" = "days", "x-source" = "assumed",
        "x-moves" = "churn_rate +", "x-try" = [0, 30]))]
    pub days_to_fix: f64,
}

impl Default for Company {
    fn default() -> Self {
        Self {
            failures_per_customer_month: 0.5,
            questions_per_customer_month: 0.2,
            misconceptions_per_customer_month: 0.05,
            delights_per_customer_month: 0.3,
            severity: Spread { mean: 0.4, sd: 0.2 },
            question_severity: 0.5,
            delight_voiced: 0.1,
            promised_reply_hours: None,
            awareness: 0.5,
            share: None,
            root_causes: 50,
            reports_to_fix: Some(300),
            days_to_fix: 14.0,
        }
    }
}
