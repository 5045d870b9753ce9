//! What a scenario assumes otherwise than the program does by default: how people react, how messages
//! spread, what answers are worth.

use serde_json::Value;

use crate::Scenario;
use crate::source::path_text;
use heard_text::number::trimmed;

/// A sentence with all of them; none where all is as usual.
#[must_use]
pub fn lines(arm: &Scenario) -> Vec<String> {
    let mut changes = Vec::new();
    let (Ok(now), Ok(usual)) =
        (serde_json::to_value(arm), serde_json::to_value(Scenario::default()))
    else {
        return changes;
    };
    for section in ["reaction", "publicity", "answer"] {
        differences(&now[section], &usual[section], &mut vec![section.to_owned()], &mut changes);
    }
    if changes.is_empty() {
        changes
    } else {
        vec![format!("Assumed otherwise than usual: {}.", changes.join("; "))]
    }
}

fn differences(now: &Value, usual: &Value, path: &mut Vec<String>, into: &mut Vec<String>) {
    if now == usual {
        return;
    }
    if let (Value::Object(now), Value::Object(usual)) = (now, usual) {
        for (key, now) in now {
            path.push(key.clone());
            differences(now, usual.get(key).unwrap_or(&Value::Null), path, into);
            path.pop();
        }
        return;
    }
    into.push(format!("{} is {}, not {}", path_text(path), text(now), text(usual)));
}

fn text(value: &Value) -> String {
    match value {
        Value::Number(value) => value.as_f64().map_or_else(|| value.to_string(), trimmed),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}
