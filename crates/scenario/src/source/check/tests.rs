//! The messages of the check, on types that imitate a scenario's.

mod choices;
mod keys;
mod kinds;
mod limits;

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::Value as Json;

use super::super::{Node, Problem, Sources, overlay, parse, parse_set, to_json};
use super::{PROBLEM_LIMIT, check};

#[derive(Default, Deserialize, JsonSchema, PartialEq)]
#[serde(deny_unknown_fields, default)]
struct Scenario {
    #[schemars(length(min = 1))]
    title: String,
    note: Option<String>,
    run: Run,
    plan: Option<Run>,
    team: IndexMap<String, Team>,
    weights: IndexMap<String, f64>,
    levels: IndexMap<u32, f64>,
    pair: (f64, u8),
    patience: Option<Patience>,
    events: Vec<Event>,
}

#[derive(Deserialize, JsonSchema, PartialEq)]
#[serde(deny_unknown_fields, default)]
struct Run {
    /// How long the run is.
    #[schemars(range(min = 1.0, max = 3650.0), extend("x-unit" = "days", "x-source" = "assumed"))]
    days: f64,
    seed: u64,
    #[schemars(range(min = 0.0, max = 1.0), extend("x-unit" = "share"))]
    busy: Option<f64>,
    #[schemars(extend("exclusiveMinimum" = 0.0, "x-unit" = "hours"))]
    mean: f64,
    quiet: bool,
    #[schemars(extend("exclusiveMinimum" = 0.0, "exclusiveMaximum" = 1.0, "x-unit" = "share"))]
    kept: f64,
    #[schemars(extend("examples" = ["09:00-17:00"]))]
    open: String,
    order: Order,
    fallback: Option<Colour>,
    small: u32,
}

impl Default for Run {
    fn default() -> Self {
        let (order, fallback) = (Order::FirstCome, None);
        Self {
            days: 90.0,
            seed: 1,
            busy: None,
            mean: 1.0,
            quiet: false,
            order,
            fallback,
            small: 0,
            kept: 0.5,
            open: String::new(),
        }
    }
}

#[derive(Deserialize, JsonSchema, PartialEq)]
#[serde(rename_all = "kebab-case")]
enum Order {
    /// Who came first is answered first.
    FirstCome,
    /// Who came last is answered first.
    LastCome,
}

#[derive(Deserialize, JsonSchema, PartialEq)]
#[serde(rename_all = "kebab-case")]
enum Colour {
    Red,
    Green,
}

#[derive(Deserialize, JsonSchema, PartialEq)]
#[serde(deny_unknown_fields)]
struct Team {
    channels: Vec<String>,
    #[serde(default)]
    shifts: Vec<Shift>,
}

#[derive(Deserialize, JsonSchema, PartialEq)]
#[serde(deny_unknown_fields)]
struct Shift {
    #[schemars(extend("x-unit" = "people"))]
    people: u32,
}

#[derive(Deserialize, JsonSchema, PartialEq)]
#[serde(untagged)]
enum Patience {
    Hours(#[schemars(extend("x-unit" = "hours"))] f64),
    Named(Named),
    Spread(Spread),
}

#[derive(Deserialize, JsonSchema, PartialEq)]
#[serde(rename_all = "kebab-case")]
enum Named {
    Forever,
    Never,
}

#[derive(Deserialize, JsonSchema, PartialEq)]
#[serde(deny_unknown_fields)]
struct Spread {
    mean: f64,
}

#[derive(Deserialize, JsonSchema, PartialEq)]
#[serde(tag = "kind", rename_all = "kebab-case", deny_unknown_fields)]
enum Event {
    Outage { hours: f64 },
    Campaign { people: u32 },
}

fn schema() -> Json {
    schemars::schema_for!(Scenario).to_value()
}

/// The merged tree of a text and `--set` arguments.
fn tree(text: &str, sets: &[&str]) -> Node {
    let mut sources = Sources::new();
    let number = sources.add_text("a.toml", text);
    let mut node = parse(&sources, number).unwrap();
    for set in sets {
        overlay(&mut node, &parse_set(&mut sources, set).unwrap());
    }
    node
}

fn problems(text: &str) -> Vec<Problem> {
    check(&tree(text, &[]), &schema())
}

/// The one problem of a text: its message, its help, and the text it points at.
#[track_caller]
fn says(text: &str, message: &str, help: Option<&str>, at: &str) {
    let found = problems(text);
    let [problem] = found.as_slice() else { panic!("{found:#?}") };
    assert_eq!(problem.message, message);
    assert_eq!(problem.help.as_deref(), help);
    assert_eq!(&text[problem.place.clone().unwrap().range], at);
}
