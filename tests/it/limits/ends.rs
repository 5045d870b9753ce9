//! Every number of the schema at the ends of its range: played, or refused by name.

use std::sync::atomic::AtomicBool;
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;

use heard_lab::experiment::Experiment;
use heard_scenario::study::{self, Request, Study};
use serde_json::{Value, json};

use super::fits;
use crate::patience::HANGS;

const BASES: [&str; 5] = ["population", "publicity", "network", "market", "queue"];
const SHORT: [&str; 3] = ["run.days=18", "run.warmup_days=1", "run.margin_days=1"];
/// Numbers that have no end: as far as a float or a whole number goes.
const FARTHEST: [&str; 2] = ["-1e308", "1e308"];
const FARTHEST_WHOLE: [&str; 2] = ["-9223372036854775808", "9223372036854775807"];

/// A property with what it refers to.
fn resolved<'a>(schema: &'a Value, mut property: &'a Value) -> &'a Value {
    loop {
        let inner = [property, &property["anyOf"][0]];
        let target = inner.iter().find_map(|part| part["$ref"].as_str());
        let Some(name) = target.and_then(|target| target.strip_prefix("#/$defs/")) else {
            return property;
        };
        property = &schema["$defs"][name];
    }
}

/// The two ends of a number's range, as they are written; `None` where it is no number.
fn ends(property: &Value) -> Option<[String; 2]> {
    let kind = property["type"].to_string();
    let farthest = match (kind.contains("integer"), kind.contains("number")) {
        (true, _) => FARTHEST_WHOLE,
        (_, true) => FARTHEST,
        _ => return None,
    };
    let end = |at: usize, key: &str, open: &str, beside: &str| match &property[key] {
        Value::Null if property[open].is_null() => farthest[at].to_owned(),
        Value::Null => beside.to_owned(),
        limit => limit.to_string(),
    };
    Some([
        end(0, "minimum", "exclusiveMinimum", "1e-300"),
        end(1, "maximum", "exclusiveMaximum", "0.9999999999999999"),
    ])
}

/// Where numbers stand in a scenario, with their ends: of lists and of tables of the user's the first
/// entry only, as the others are alike.
fn numbers(
    schema: &Value,
    property: &Value,
    value: &Value,
    path: &[String],
    found: &mut Vec<(Vec<String>, [String; 2])>,
) {
    let property = resolved(schema, property);
    if let Some(ends) = ends(property) {
        found.push((path.to_vec(), ends));
        return;
    }
    let step = |key: &str| [path, &[key.to_owned()]].concat();
    match value {
        Value::Object(table) => {
            for (key, inner) in property["properties"].as_object().into_iter().flatten() {
                let value = table.get(key).unwrap_or(&Value::Null);
                numbers(schema, inner, value, &step(key), found);
            }
            let more = &property["additionalProperties"];
            if let Some((key, value)) = table.iter().next().filter(|_| more.is_object()) {
                numbers(schema, more, value, &step(key), found);
            }
        }
        Value::Array(items) => {
            if let Some(first) = items.first() {
                numbers(schema, &property["items"], first, &step("0"), found);
            }
        }
        _ => {}
    }
}

/// A value as TOML has it.
fn toml(value: &Value) -> String {
    match value {
        Value::Object(table) => {
            let entries = table.iter().filter(|(_, value)| !value.is_null());
            let entries: Vec<String> =
                entries.map(|(key, value)| format!("{key:?} = {}", toml(value))).collect();
            format!("{{ {} }}", entries.join(", "))
        }
        Value::Array(items) => {
            format!("[{}]", items.iter().map(toml).collect::<Vec<_>>().join(", "))
        }
        Value::String(text) => text.strip_prefix("RAW ").map_or(format!("{text:?}"), str::to_owned),
        other => other.to_string(),
    }
}

/// The argument that sets one number; a list is written anew around it.
fn set(base: &Value, path: &[String], end: &str) -> String {
    let list = path.iter().position(|step| step.parse::<usize>().is_ok());
    let Some(list) = list else { return format!("{}={end}", path.join(".")) };
    let pointer =
        |steps: &[String]| steps.iter().map(|step| format!("/{step}")).collect::<String>();
    let mut whole = base.pointer(&pointer(&path[..list])).unwrap().clone();
    let (last, above) = path[list..].split_last().unwrap();
    let holder = whole.pointer_mut(&pointer(above)).unwrap();
    let value = json!(format!("RAW {end}"));
    match last.parse::<usize>() {
        Ok(index) => holder[index] = value,
        Err(_) => holder[last.as_str()] = value,
    }
    format!("{}={}", path[..list].join("."), toml(&whole))
}

/// Plays one replication of all arms, which must come to its end.
fn plays(experiment: Experiment, set: &str) {
    let (sender, receiver) = mpsc::channel();
    let player = thread::spawn(move || {
        let row = experiment.row(0, &AtomicBool::new(false));
        let _ = sender.send(());
        row
    });
    let ended = receiver.recv_timeout(HANGS);
    assert!(ended != Err(RecvTimeoutError::Timeout), "{set}: it does not end");
    let row = player.join().unwrap_or_else(|_| panic!("{set}: panicked"));
    assert!(row.is_some(), "{set}: it was stopped");
}

#[test]
fn numbers_at_either_end_are_played_or_refused_by_name() {
    at_either_end(12);
}

#[test]
#[ignore = "every number of the schema, not only one in twelve, takes half a minute"]
fn every_number_at_either_end_is_played_or_refused_by_name() {
    at_either_end(1);
}

/// One number of the schema in so many, at both ends of its range.
fn at_either_end(step: usize) {
    let schema = study::schema();
    let load = |base: &str, more: &[String]| {
        let sets = SHORT.iter().map(|&set| set.to_owned()).chain(more.iter().cloned());
        Study::load(&Request {
            scenario: format!("{}/tests/parameters/{base}.toml", env!("CARGO_MANIFEST_DIR")),
            sets: sets.collect(),
            replications: Some(1),
            ..Request::default()
        })
    };
    let (mut played, mut refused, mut large) = (0, 0, Vec::new());
    for base in BASES {
        let whole = load(base, &[]).unwrap_or_else(|refusal| panic!("{}", refusal.render(false)));
        let whole = json!(whole.base);
        let mut found = Vec::new();
        numbers(&schema, &schema, &whole, &[], &mut found);
        assert!(found.len() > 150, "{base}: {}", found.len());
        for (path, ends) in found.iter().step_by(step) {
            for end in ends {
                let set = set(&whole, path, end);
                match load(base, std::slice::from_ref(&set)) {
                    Err(refusal) => {
                        let text = refusal.render(false);
                        let key = path.iter().rfind(|step| step.parse::<usize>().is_err()).unwrap();
                        assert!(
                            text.contains(key.as_str()) || text.contains(&path[0]),
                            "{set}: {text}"
                        );
                        refused += 1;
                    }
                    Ok(study) => {
                        let experiment = Experiment::new(study);
                        if !fits(&experiment) {
                            large.push(format!("{base}: {set}"));
                        } else {
                            plays(experiment, &format!("{base}: {set}"));
                            played += 1;
                        }
                    }
                }
            }
        }
    }
    println!("{played} played, {refused} refused; large: {large:?}");
    let known = [
        "customers.count=10000000",
        "customers.followers",
        "publicity.",
        "stream.",
        "network.",
        "company.",
    ];
    assert!(large.iter().all(|set| known.iter().any(|known| set.contains(known))), "{large:?}");
}
