//! Where a scenario departs from the default assumptions: how people react, how messages spread, what
//! answers are worth.

use serde_json::Value;

use heard_scenario::Scenario;
use heard_scenario::source::path_text;
use heard_text::number::trimmed;

/// One sentence that lists them; none where all are the defaults.
#[must_use]
pub fn lines(arm: &Scenario) -> Vec<String> {
    let mut changes = Vec::new();
    let (Ok(now), Ok(default)) =
        (serde_json::to_value(arm), serde_json::to_value(Scenario::default()))
    else {
        return changes;
    };
    for section in ["reaction", "publicity", "answer"] {
        differences(&now[section], &default[section], &mut vec![section.to_owned()], &mut changes);
    }
    if changes.is_empty() {
        changes
    } else {
        vec![format!("Non-default assumptions: {}.", changes.join("; "))]
    }
}

fn differences(now: &Value, default: &Value, path: &mut Vec<String>, into: &mut Vec<String>) {
    if now == default {
        return;
    }
    if let (Value::Object(now), Value::Object(default)) = (now, default) {
        for (key, now) in now {
            path.push(key.clone());
            differences(now, default.get(key).unwrap_or(&Value::Null), path, into);
            path.pop();
        }
        return;
    }
    into.push(format!("{} = {} (default {})", path_text(path), text(now), text(default)));
}

fn text(value: &Value) -> String {
    match value {
        Value::Number(value) => value.as_f64().map_or_else(|| value.to_string(), trimmed),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}
