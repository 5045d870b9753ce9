//! No dead parameter: each declares what it moves, and moves it.
//!
//! A parameter's `x-moves` names a metric and the sign with which it moves from the low to the high
//! end of `x-try`, or of its range; "shape only" has no sign to promise. `tests/parameters/where.toml`
//! says in which scenario it is tried. `cargo test --release --test it parameters:: -- --ignored` plays
//! both ends on the same customers; with `HEARD_ONLY=Customers.`, of those parameters only.

use std::fmt::Write;
use std::path::PathBuf;
use std::sync::Arc;

use heard_lab::experiment::Experiment;
use heard_lab::experiment::results::{MAIN, Results, Subject};
use heard_math::stats::{Comparison, compare};
use heard_scenario::metric::Metric;
use heard_scenario::study::{self, Request, Study};
use heard_text::diagnostic::Diagnostic;
use heard_world::column::Check;
use serde_json::Value;

use crate::support::play;

const REPLICATIONS: u32 = 50;
const CONFIDENCE: f64 = 0.99;
const LITTLE_GAP: f64 = 1e-9;

/// What is no parameter: it says what was found, or draws it.
const DOCUMENTS: [&str; 4] = ["Finding", "Number", "Figure", "Published"];
/// Tables that stand in many places, each of which says what they move there.
const ANYWHERE: [(&str, [&str; 2]); 2] =
    [("Spell", ["mean_minutes", "sigma"]), ("Spread", ["mean", "sd"])];
const SHAPE_ONLY: &str = "shape only";

/// A parameter, as the schema declares it.
struct Parameter {
    /// Its type and key: `Customers.count`.
    name: String,
    /// Its key within its table: `count`, `attitude.mean`.
    key: String,
    moves: String,
    ends: Option<[Value; 2]>,
}

impl Parameter {
    /// The metric and whether it rises; `None`: shape only.
    fn promise(&self) -> Option<(Metric, bool)> {
        if self.moves == SHAPE_ONLY {
            return None;
        }
        let (metric, sign) = self.moves.split_once(' ').unwrap_or((&self.moves, ""));
        let known = Metric::ALL.into_iter().find(|known| known.name() == metric);
        let metric = known.unwrap_or_else(|| panic!("{}: no metric `{metric}`", self.name));
        assert!(["+", "-"].contains(&sign), "{}: `{}` has no sign", self.name, self.moves);
        Some((metric, sign == "+"))
    }
}

/// The definition that a property refers to.
fn target(property: &Value) -> Option<&str> {
    let inner = [property, &property["anyOf"][0]];
    inner.iter().find_map(|part| part["$ref"].as_str()?.strip_prefix("#/$defs/"))
}

fn is_number(property: &Value) -> bool {
    let kind = property["type"].to_string();
    kind.contains("number") || kind.contains("integer")
}

/// All parameters, and the numbers that do not say what they move.
fn parameters() -> (Vec<Parameter>, Vec<String>) {
    let schema = study::schema();
    let (mut all, mut silent) = (Vec::new(), Vec::new());
    for (owner, definition) in schema["$defs"].as_object().unwrap() {
        let anywhere = ANYWHERE.iter().any(|(name, _)| name == owner);
        if anywhere || DOCUMENTS.contains(&owner.as_str()) {
            continue;
        }
        for (key, property) in definition["properties"].as_object().into_iter().flatten() {
            let table = target(property)
                .and_then(|target| ANYWHERE.iter().find(|(name, _)| *name == target));
            let parts = match table {
                Some((_, [mean, spread])) => {
                    vec![(format!("{key}.{mean}"), ""), (format!("{key}.{spread}"), "-spread")]
                }
                None => vec![(key.clone(), "")],
            };
            for (key, suffix) in parts {
                let name = format!("{owner}.{key}");
                let Some(moves) = property[format!("x-moves{suffix}")].as_str() else {
                    let listed = is_number(property) || is_number(&property["items"]);
                    if listed || table.is_some() {
                        silent.push(name);
                    }
                    continue;
                };
                let tried = property[format!("x-try{suffix}")].as_array();
                let [low, high] = ["minimum", "maximum"].map(|end| &property[end]);
                let ends = match tried {
                    Some(tried) => Some([tried[0].clone(), tried[1].clone()]),
                    None if low.is_null() || high.is_null() || owner == "Run" => None,
                    None => Some([low.clone(), high.clone()]),
                };
                all.push(Parameter { name, key, moves: moves.to_owned(), ends });
            }
        }
    }
    (all, silent)
}

/// A parameter at one place of one scenario.
struct Trial<'a> {
    parameter: &'a Parameter,
    at: String,
    base: String,
    company: Option<String>,
    /// What is set at the low and at the high end.
    sets: [Vec<String>; 2],
}

fn texts(list: &toml::Value) -> Vec<String> {
    let texts = list.as_array().unwrap().iter();
    texts.map(|text| text.as_str().unwrap().to_owned()).collect()
}

/// The trials of a parameter; none where it has no ends to try.
fn trials<'a>(parameter: &'a Parameter, places: &toml::Table) -> Vec<Trial<'a>> {
    let mut names = vec![parameter.name.clone()];
    while let Some((outer, _)) = names[names.len() - 1].rsplit_once('.') {
        names.push(outer.to_owned());
    }
    let say = |key: &str| names.iter().find_map(|name| places.get(name)?.get(key)).cloned();
    let text = |key: &str| say(key).map(|value| value.as_str().unwrap().to_owned());
    let list = |key: &str| say(key).map(|value| texts(&value)).unwrap_or_default();
    let plain = |value: &Value| value.as_str().map_or(value.to_string(), str::to_owned);
    let ends = match (&parameter.ends, text("low").zip(text("high"))) {
        (_, Some((low, high))) => [low, high],
        (Some(ends), None) => ends.each_ref().map(plain),
        (None, None) => return Vec::new(),
    };
    let whole = text("with");
    let trial = |at: &str, more: Vec<String>| {
        let action = at.rsplit('.').next().unwrap_or_default();
        let sets = ends.each_ref().map(|end| {
            let mut sets = more.clone();
            sets.push(match &whole {
                Some(whole) => format!("{at}={}", whole.replace("VALUE", end)),
                None => format!("{at}.{}={end}", parameter.key),
            });
            sets.iter().map(|set| set.replace("ACTION", action)).collect()
        });
        let base = text("base").unwrap_or_else(|| panic!("{}: no base", parameter.name));
        Trial { parameter, at: at.to_owned(), base, company: text("company"), sets }
    };
    let mut trials: Vec<Trial> = list("at").iter().map(|at| trial(at, list("sets"))).collect();
    for other in say("also").iter().flat_map(|also| also.as_array().unwrap()) {
        trials.push(trial(other["at"].as_str().unwrap(), texts(&other["sets"])));
    }
    trials
}

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/parameters")
}

fn places() -> toml::Table {
    std::fs::read_to_string(folder().join("where.toml")).unwrap().parse().unwrap()
}

impl Trial<'_> {
    /// The experiment at either end, or why there is none.
    fn load(&self, end: usize) -> Result<Arc<Experiment>, String> {
        let request = Request {
            scenario: folder().join(format!("{}.toml", self.base)).display().to_string(),
            sets: self.sets[end].clone(),
            replications: Some(REPLICATIONS),
            ..Request::default()
        };
        let refused = |error: Diagnostic| format!("{}: {}", self.name(), error.render(false));
        Study::load(&request).map(Experiment::new).map(Arc::new).map_err(refused)
    }

    fn name(&self) -> String {
        format!("{} ({}, {})", self.parameter.name, self.at, self.base)
    }

    fn subject(&self, results: &Results) -> Subject {
        let companies = results.experiment.subjects();
        let named = self.company.as_ref().map(|company| {
            let company = companies.iter().position(|name| name == company).unwrap();
            Subject { arm: 0, company, window: MAIN }
        });
        named.unwrap_or_else(|| results.whole(0))
    }

    /// Plays both ends: what was found in a line, and what is wrong with it.
    fn play(&self) -> (String, Vec<String>) {
        let ends = [0, 1].map(|end| self.load(end).unwrap());
        let [low, high] = ends.each_ref().map(play);
        let mut wrong = Vec::new();
        for (end, results) in [("low", &low), ("high", &high)] {
            let lost: f64 = results.check(0, Check::Unaccounted).iter().sum();
            let gap = results.check(0, Check::LittleGap).iter().copied().fold(0.0, f64::max);
            if lost != 0.0 || gap >= LITTLE_GAP {
                wrong.push(format!(
                    "at the {end} end {lost} are lost, Little's law is off by {gap}"
                ));
            }
        }
        let subject = self.subject(&low);
        let differ = |metric| {
            compare(&high.values(subject, metric), &low.values(subject, metric), CONFIDENCE, None)
        };
        let found = match self.parameter.promise() {
            Some((metric, rises)) => {
                let found = differ(metric);
                let sign = if rises { 1.0 } else { -1.0 };
                let bound = |found: &Comparison| {
                    let one = if rises { found.difference.low } else { found.difference.high };
                    one.is_some_and(|one| one * sign > 0.0)
                };
                let all = found.as_ref().is_some_and(|f| f.replications == u64::from(REPLICATIONS));
                if !(all && found.as_ref().is_some_and(bound)) {
                    wrong.push(format!("does not move {}", self.parameter.moves));
                }
                let mean = low.total(subject, metric).map_or(f64::NAN, |interval| interval.mean);
                found.map_or("undefined".to_owned(), |found| format!("{mean:.5} {}", told(&found)))
            }
            None => {
                if Metric::ALL.into_iter().all(|metric| {
                    format!("{:?}", high.values(subject, metric))
                        == format!("{:?}", low.values(subject, metric))
                }) {
                    wrong.push("moves nothing at all".to_owned());
                }
                SHAPE_ONLY.to_owned()
            }
        };
        if !wrong.is_empty() {
            let mut moved: Vec<(f64, String)> = Metric::ALL
                .into_iter()
                .filter_map(|metric| Some((metric, differ(metric)?)))
                .filter(|(_, found)| found.difference.excludes_zero())
                .map(|(metric, found)| {
                    let weight = found.difference.mean / found.difference.half_width().unwrap();
                    (weight.abs(), format!("{metric} {}", told(&found)))
                })
                .collect();
            moved.sort_by(|one, other| other.0.total_cmp(&one.0));
            let moved: Vec<String> = moved.into_iter().take(6).map(|(_, text)| text).collect();
            wrong.push(format!("what moves: {}", moved.join("; ")));
        }
        let ends = self
            .parameter
            .ends
            .as_ref()
            .map_or(String::new(), |[low, high]| format!(" {low}..{high}"));
        let line = format!("{}{ends}: {}: {found}", self.name(), self.parameter.moves);
        (line, wrong)
    }
}

/// A difference with its interval.
fn told(found: &Comparison) -> String {
    let end = |end: Option<f64>| end.map_or("?".to_owned(), |end| format!("{end:+.5}"));
    let interval = found.difference;
    format!("{:+.5} ({} to {})", interval.mean, end(interval.low), end(interval.high))
}

#[test]
fn every_number_says_what_it_moves_and_between_which_ends_that_was_tried() {
    let schema = study::schema();
    let (parameters, silent) = parameters();
    assert!(silent.is_empty(), "no `x-moves`: {silent:?}");
    for parameter in &parameters {
        let name = &parameter.name;
        let promise = parameter.promise();
        assert!(promise.is_none() || parameter.ends.is_some(), "{name}: between which ends?");
        let (owner, key) = name.split_once('.').unwrap();
        let mut property = &schema["$defs"][owner]["properties"][key];
        if let Some((key, part)) = key.split_once('.') {
            let table = target(&schema["$defs"][owner]["properties"][key]).unwrap();
            property = &schema["$defs"][table]["properties"][part];
        }
        let Some([Value::Number(low), Value::Number(high)]) = &parameter.ends else { continue };
        let (low, high) = (low.as_f64().unwrap(), high.as_f64().unwrap());
        assert!(low < high, "{name}: from {low} to {high}");
        let bound = |key: &str| property[key].as_f64();
        let within = bound("minimum").is_none_or(|least| low >= least)
            && bound("exclusiveMinimum").is_none_or(|least| low > least)
            && bound("maximum").is_none_or(|most| high <= most)
            && bound("exclusiveMaximum").is_none_or(|most| high < most);
        assert!(within, "{name}: {low} to {high} leaves its range");
    }
}

#[test]
fn every_parameter_can_be_tried_where_it_is_said_to_be() {
    let (parameters, places) = (parameters().0, places());
    let mut wrong = String::new();
    for parameter in &parameters {
        let trials = trials(parameter, &places);
        if trials.is_empty() && parameter.promise().is_some() {
            let _ = writeln!(wrong, "{}: nowhere", parameter.name);
        }
        for trial in trials {
            for end in [0, 1] {
                if let Err(error) = trial.load(end) {
                    let _ = writeln!(wrong, "{error}");
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
    for name in places.keys() {
        let used =
            parameters.iter().any(|p| p.name == *name || p.name.starts_with(&format!("{name}.")));
        assert!(used, "where.toml: there is no parameter {name}");
    }
}

#[test]
#[ignore = "all parameters at both ends of their ranges take a minute"]
fn every_parameter_moves_what_it_says_and_loses_nothing() {
    let only = std::env::var("HEARD_ONLY").unwrap_or_default();
    let (parameters, places) = (parameters().0, places());
    let chosen = parameters.iter().filter(|parameter| parameter.name.starts_with(&only));
    let (mut count, mut wrong) = (0, String::new());
    for trial in chosen.flat_map(|parameter| trials(parameter, &places)) {
        let (line, problems) = trial.play();
        println!("{line}");
        count += 1;
        if !problems.is_empty() {
            let _ = writeln!(wrong, "{line}\n    {}", problems.join("\n    "));
        }
    }
    assert!(wrong.is_empty(), "of {count} trials:\n{wrong}");
}
