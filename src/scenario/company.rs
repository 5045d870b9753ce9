//! `[company]`: what it gives customers to talk about, and what it learns from hearing of it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::customers::Spread;

/// One company. (Several, as `[company.ID...]`, are refused until there is a market between them.)
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Company {
    /// Problems that a customer runs into.
    #[schemars(range(min = 0.0, max = 100.0), extend("x-unit" = "failures per customer and 30 days", "x-source" = "assumed"))]
    pub failures_per_customer_month: f64,
    /// Questions that a customer has.
    #[schemars(range(min = 0.0, max = 100.0), extend("x-unit" = "questions per customer and 30 days", "x-source" = "assumed"))]
    pub questions_per_customer_month: f64,
    /// Occasions that please a customer beyond what was owed.
    #[schemars(range(min = 0.0, max = 100.0), extend("x-unit" = "delights per customer and 30 days", "x-source" = "assumed"))]
    pub delights_per_customer_month: f64,
    /// How bad a failure is, 0 to 1: a normal cut to that range.
    pub severity: Spread,
    /// How pressing a question is, on the scale of severity.
    #[schemars(range(min = 0.0, max = 1.0), extend("x-unit" = "severity", "x-source" = "assumed"))]
    pub question_severity: f64,
    /// Chance that a delight is told in public.
    #[schemars(range(min = 0.0, max = 1.0), extend("x-unit" = "share", "x-source" = "assumed"))]
    pub delight_voiced: f64,
    /// How many root causes the failures come from. Cause k has weight 1 / k.
    #[schemars(range(min = 1, max = 10_000), extend("x-unit" = "causes", "x-source" = "assumed"))]
    pub root_causes: u32,
    /// Failures of one cause that must be seen before it is removed; left out: nothing is learned.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 1), extend("x-unit" = "failures seen", "x-source" = "assumed"))]
    pub reports_to_fix: Option<u32>,
    /// Time from the last of these reports until the cause is gone.
    #[schemars(range(min = 0.0), extend("x-unit" = "days", "x-source" = "assumed"))]
    pub days_to_fix: f64,
}

impl Default for Company {
    fn default() -> Self {
        Self {
            failures_per_customer_month: 0.5,
            questions_per_customer_month: 0.2,
            delights_per_customer_month: 0.3,
            severity: Spread { mean: 0.4, sd: 0.2 },
            question_severity: 0.5,
            delight_voiced: 0.1,
            root_causes: 50,
            reports_to_fix: Some(300),
            days_to_fix: 14.0,
        }
    }
}
