//! What the rows of an experiment depend on in its scenario, and in which keys two scenarios differ.

use heard_scenario::Scenario;
use heard_scenario::run::Run;
use heard_scenario::study::Study;
use serde_json::{Map, Value};

/// Takes out of a scenario what no row depends on: its texts, its charts, and how rows are compared.
pub fn strip(scenario: &mut Scenario) {
    (scenario.title, scenario.claim, scenario.source, scenario.status) = Default::default();
    (scenario.finding, scenario.figure) = Default::default();
    // Every field by name: a new one must be sorted into one of the two kinds.
    let Run {
        days,
        warmup_days,
        margin_days,
        ref windows,
        seed,
        replications: _,
        baseline: _,
        headline: _,
        smallest_effect_of_interest: _,
        worth: _,
    } = scenario.run;
    // The names of windows are texts too.
    let windows = windows.values().cloned().enumerate();
    let windows = windows.map(|(at, days)| (at.to_string(), days)).collect();
    scenario.run =
        Run { days, warmup_days, margin_days, windows, seed, replications: 0, ..Run::default() };
}

/// The keys in which a study differs from that of a manifest, so that their rows do: those of the
/// scenario or, where it is the same, those of its arms. Empty where the difference lies elsewhere: in
/// a file that the scenario names.
#[must_use]
pub fn differences(manifest: &Value, study: &Study) -> Vec<String> {
    if manifest["version"] != env!("CARGO_PKG_VERSION") {
        return vec!["version".to_owned()];
    }
    // By way of text, as the manifest came: numbers are then read in the same way.
    let now = serde_json::from_str(&study.to_json().to_string()).unwrap_or_default();
    let (earlier, now) = (stripped(&manifest["scenario"]), stripped(&now));
    let mut found = Vec::new();
    differ(&earlier["base"], &now["base"], String::new(), &mut found);
    if found.is_empty() {
        differ(&earlier["arms"], &now["arms"], "arm".to_owned(), &mut found);
    }
    found
}

/// The same, with every scenario in it stripped.
fn stripped(value: &Value) -> Value {
    if let Ok(mut scenario) = serde_json::from_value::<Scenario>(value.clone()) {
        strip(&mut scenario);
        return serde_json::json!(scenario);
    }
    match value {
        Value::Object(entries) => {
            let entries = entries.iter().map(|(key, value)| (key.clone(), stripped(value)));
            Value::Object(entries.collect::<Map<_, _>>())
        }
        Value::Array(items) => items.iter().map(stripped).collect(),
        other => other.clone(),
    }
}

fn differ(one: &Value, other: &Value, path: String, found: &mut Vec<String>) {
    match (one, other) {
        _ if one == other => {}
        // Windows have no names here that a user would know.
        (Value::Object(a), Value::Object(b)) if path != "run.windows" => {
            let more = b.keys().filter(|key| !a.contains_key(*key));
            for key in a.keys().chain(more) {
                let path = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
                differ(&one[key], &other[key], path, found);
            }
        }
        _ => found.push(path),
    }
}
