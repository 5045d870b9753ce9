//! `[run]`: how long, how often, and what is compared with what.

use indexmap::IndexMap;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use super::metric::Metric;
use super::window::{Stretch, Window};
use super::worth::Worth;

/// Maximum number of days of a run.
pub const MOST_DAYS: f64 = 3650.0;

/// How the experiment is run. Shared by all arms: an arm cannot change it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Run {
    /// Days simulated, warm-up and closing margin included. Day 0 is a Monday.
    #[schemars(range(max = MOST_DAYS), extend("exclusiveMinimum" = 0.0, "x-unit" = "days",
        "x-moves" = "shape only"))]
    pub days: f64,
    /// Days at the start that are simulated but not counted.
    #[schemars(range(min = 0.0), extend("x-unit" = "days", "x-source" = "assumed",
        "x-moves" = "shape only"))]
    pub warmup_days: f64,
    /// Days at the end in which new occasions are not counted, so that cases have time to close.
    /// Callers still waiting at the end have no wait yet: a margin shorter than the waits biases them
    /// low.
    #[schemars(range(min = 0.0), extend("x-unit" = "days", "x-source" = "assumed",
        "x-moves" = "shape only"))]
    pub margin_days: f64,
    /// Stretches of days over which results are counted, by name, such as `windows = { "first quarter" =
    /// "14-76", "after a year" = "289-351" }`: each from the start of its first day to the start of its
    /// last, between warm-up and closing margin. At most 8, of an hour or more; they may overlap. Every
    /// table has each of them; a chart that can show only one shows the first. Left out: one, of all
    /// counted days. `--set run.windows={...}` replaces all of them, `{}` by the one that is left out.
    #[serde(skip_serializing_if = "IndexMap::is_empty")]
    #[schemars(extend("x-unit" = "days", "x-moves" = "shape only"))]
    pub windows: IndexMap<String, Stretch>,
    /// Number of replications: every arm is run this many times, each time on other customers.
    /// `--replications` overrides it.
    #[schemars(range(min = 1, max = 1_000_000), extend("x-unit" = "replications",
        "x-moves" = "shape only"))]
    pub replications: u32,
    /// Random seed. `--seed` overrides it.
    #[schemars(range(min = 0, max = 9_223_372_036_854_775_807i64), extend("x-unit" = "none",
        "x-moves" = "shape only"))]
    pub seed: u64,
    /// The arm that all others are compared with. Left out: the first arm.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub baseline: Option<String>,
    /// The metrics that get verdicts. The intervals of the comparison are widened (Bonferroni) to hold
    /// for all of them at once.
    pub headline: Vec<Metric>,
    /// The smallest difference in each metric that would matter: smaller ones count as equivalent. At most
    /// the largest difference that the metric can have: 1 for shares, 2 from -1 to 1.
    #[schemars(schema_with = "effects")]
    pub smallest_effect_of_interest: IndexMap<Metric, f64>,
    /// What one unit of what arms achieve is worth. Their differences are then also given net of cost, where
    /// an arm of equal cost would make no sense. `--set run.worth={...}` replaces the whole table, `{}` by
    /// none.
    #[serde(skip_serializing_if = "Worth::is_empty")]
    pub worth: Worth,
}

/// A number above 0 for each metric, at most the largest difference that there can be: beyond that,
/// everything would count as equivalent.
fn effects(_: &mut SchemaGenerator) -> Schema {
    let effect = |metric: Metric| {
        let mut number =
            json!({ "type": "number", "exclusiveMinimum": 0.0, "x-unit": metric.unit() });
        if let Some(largest) = metric.largest_difference() {
            number["maximum"] = json!(largest);
        }
        (metric.name().to_owned(), number)
    };
    let properties: Map<String, Value> = Metric::ALL.into_iter().map(effect).collect();
    json_schema!({ "type": "object", "properties": properties, "additionalProperties": false, "default": {} })
}

impl Default for Run {
    fn default() -> Self {
        Self {
            days: 90.0,
            warmup_days: 14.0,
            margin_days: 14.0,
            windows: IndexMap::new(),
            replications: 100,
            seed: 1,
            baseline: None,
            headline: vec![Metric::ResolvedPerFailure, Metric::Reputation],
            smallest_effect_of_interest: IndexMap::new(),
            worth: Worth::default(),
        }
    }
}

/// What is counted. Results depend on the last bit of these, so nothing else works them out.
impl Run {
    /// The days that may be counted: from the end of the warm-up to the beginning of the closing margin.
    /// Windows lie between them.
    #[must_use]
    pub fn span_days(&self) -> (f64, f64) {
        (self.warmup_days, self.days - self.margin_days)
    }

    /// The same in hours from the start of the run.
    #[must_use]
    pub fn span_hours(&self) -> (f64, f64) {
        let (first, last) = self.span_days();
        (first * 24.0, last * 24.0)
    }

    /// The windows, at least one; the first is the main one. Their ends are those of the counted days
    /// where they differ by rounding.
    #[must_use]
    pub fn counted_windows(&self) -> Vec<Window> {
        let (first, last) = self.span_days();
        if self.windows.is_empty() {
            return vec![Window::unnamed(first, last)];
        }
        let window = |(name, stretch): (&String, &Stretch)| Window {
            name: name.clone(),
            from_day: stretch.from_day.max(first),
            to_day: stretch.to_day.min(last),
        };
        self.windows.iter().map(window).collect()
    }

    /// Days that are counted at most: all between warm-up and closing margin.
    #[must_use]
    pub fn counted_days(&self) -> f64 {
        self.days - self.warmup_days - self.margin_days
    }

    /// The hour at which the run ends, margin included.
    #[must_use]
    pub fn end_hours(&self) -> f64 {
        self.days * 24.0
    }
}

#[cfg(test)]
mod tests {
    use super::Run;

    #[test]
    fn counting_begins_after_the_warm_up_and_ends_before_the_margin() {
        let run = Run { days: 10.5, warmup_days: 2.0, margin_days: 1.5, ..Run::default() };
        assert_eq!((run.span_days(), run.span_hours()), ((2.0, 9.0), (48.0, 216.0)));
        assert_eq!((run.counted_days(), run.end_hours()), (7.0, 252.0));
    }

    #[test]
    fn without_windows_all_counted_days_are_one() {
        let run = Run { days: 10.5, warmup_days: 2.0, margin_days: 1.5, ..Run::default() };
        let windows = run.counted_windows();
        assert_eq!(windows.len(), 1);
        assert_eq!((windows[0].name.as_str(), windows[0].hours()), ("2-9", run.span_hours()));
    }
}
