//! The reference of scenarios, made from their schema: every key with its meaning, unit, range,
//! default and source,
//! and its expected effect.

use std::fmt::Write;

use serde_json::Value;

/// The reference as Markdown, one table for each section.
#[must_use]
pub fn markdown(schema: &Value) -> String {
    let mut text = String::from(
        "# Scenario reference\n\nMade from the program by `heard schema --markdown`. \"Assumed\": nobody has \
         measured it. Sources name the rows of the evidence that a default rests on. \"Moves\": a metric, and its \
         sign as the value rises; of a spread, apart.\n",
    );
    let mut sections = vec![("scenario".to_owned(), schema)];
    let mut done: Vec<String> = Vec::new();
    while !sections.is_empty() {
        let (name, section) = sections.remove(0);
        if done.contains(&name) {
            continue;
        }
        done.push(name.clone());
        let Some(properties) = section["properties"].as_object() else { continue };
        let meaning = section["description"].as_str().map(one_line).unwrap_or_default();
        let _ = write!(
            text,
            "\n## {name}\n{meaning}\n\n| Key | Meaning | Unit | Range | Default | Moves | Source |\n|---|---|---|---|---|---|---|\n"
        );
        for (key, property) in properties {
            let (target, kind) = refers_to(schema, property);
            if let Some((target, definition)) = target {
                sections.push((target, definition));
            }
            let say = |field: &str| property[field].as_str().map(one_line).unwrap_or_default();
            let _ = writeln!(
                text,
                "| `{key}` | {} | {} | {} | {} | {} | {} |",
                say("description"),
                say("x-unit"),
                range(property, &kind),
                default(property),
                moves(property),
                say("x-source")
            );
        }
    }
    text
}

/// The section that a property leads to, and what to call its type.
fn refers_to<'a>(schema: &'a Value, property: &Value) -> (Option<(String, &'a Value)>, String) {
    let inner =
        [property, &property["items"], &property["additionalProperties"], &property["anyOf"][0]];
    let Some(name) = inner.iter().find_map(|part| part["$ref"].as_str()?.strip_prefix("#/$defs/"))
    else {
        return (None, type_name(property));
    };
    let definition = &schema["$defs"][name];
    let choices = choices(definition);
    if !choices.is_empty() {
        return (None, choices.join(", "));
    }
    if definition["properties"].is_object() {
        let named = property["additionalProperties"].is_object();
        let listed = property["items"].is_object();
        let kind = if named {
            format!("tables of {name} by name")
        } else if listed {
            format!("list of {name}")
        } else {
            format!("table: {name}")
        };
        return (Some((name.to_owned(), definition)), kind);
    }
    (
        None,
        definition["examples"].as_array().map_or_else(
            || type_name(definition),
            |all| all.iter().map(|example| format!("`{example}`")).collect::<Vec<_>>().join(", "),
        ),
    )
}

fn choices(definition: &Value) -> Vec<String> {
    let listed = definition["enum"].as_array().into_iter().flatten();
    let described =
        definition["oneOf"].as_array().into_iter().flatten().map(|choice| &choice["const"]);
    listed
        .chain(described)
        .filter_map(|choice| choice.as_str())
        .map(|choice| format!("`{choice}`"))
        .collect()
}

fn type_name(property: &Value) -> String {
    match &property["type"] {
        Value::String(name) => name.clone(),
        Value::Array(names) => {
            names.iter().filter_map(Value::as_str).filter(|name| *name != "null").collect()
        }
        _ => String::new(),
    }
}

fn range(property: &Value, kind: &str) -> String {
    let bound =
        |words: &str, key: &str| property[key].as_f64().map(|value| format!("{words} {value}"));
    let bounds: Vec<String> = [
        bound("above", "exclusiveMinimum"),
        bound("from", "minimum"),
        bound("to", "maximum"),
        bound("below", "exclusiveMaximum"),
    ]
    .into_iter()
    .flatten()
    .collect();
    match property["x-within"].as_array().map(Vec::as_slice) {
        Some([low, high]) if property["x-open"] == true => {
            format!("{kind}, drawn strictly between {low} and {high}")
        }
        Some([low, high]) => format!("{kind}, drawn from {low} to {high}"),
        _ if bounds.is_empty() => kind.to_owned(),
        _ => bounds.join(" "),
    }
}

fn default(property: &Value) -> String {
    match &property["default"] {
        Value::Null => String::new(),
        // A table of tables is shown where its own keys are.
        Value::Object(table)
            if table.is_empty() || table.values().filter(|v| v.is_object()).count() > 1 =>
        {
            String::new()
        }
        Value::Object(table) if table.len() > 8 => String::new(),
        Value::Array(list) if list.is_empty() => String::new(),
        value => format!("`{value}`"),
    }
}

/// What a key moves, and where it is a table of a mean and a spread, what its spread moves.
fn moves(property: &Value) -> String {
    let say = |field: &str| {
        property[field].as_str().map(|text| match text.rsplit_once(' ') {
            Some((metric, sign @ ("+" | "-"))) => format!("`{metric}` {sign}"),
            _ => text.to_owned(),
        })
    };
    let spread = say("x-moves-spread").map(|text| format!("; spread: {text}"));
    say("x-moves").unwrap_or_default() + &spread.unwrap_or_default()
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").replace('|', "\\|")
}
