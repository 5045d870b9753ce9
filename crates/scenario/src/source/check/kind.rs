//! Strings, numbers, lists, tables: what was wanted, what stands there, and the line corrected.

use heard_text::list::joined;
use serde_json::Value as Json;

use super::super::node::{Node, Value};
use super::super::words;
use super::{Checker, array, choice, in_unit, text, whole};

impl<'s> Checker<'s> {
    /// Whether the value is of the schema's type; if not, says so.
    pub(super) fn right_type(&mut self, node: &Node, schema: &'s Json, unit: Option<&str>) -> bool {
        let types = types(schema);
        if types.is_empty() || types.iter().any(|kind| fits(&node.value, kind)) {
            return true;
        }
        if let Value::Float(number) = node.value
            && types.contains(&"integer")
        {
            let must = format!("{} must be a whole number{}", self.subject(), in_unit(unit));
            if number.fract() == 0.0 {
                let whole = words::number_text(number);
                let help = format!("write {}", line(node, &self.path, &whole));
                self.report(node, format!("{must}: {number:?} has a decimal point"), Some(help));
            } else {
                self.report(node, format!("{must}, not {}", words::number_text(number)), None);
            }
            return false;
        }
        self.wrong_type(node, &expected(schema, unit), &[schema], unit);
        false
    }

    /// Reports a value of the wrong type, with the line corrected where that is possible.
    pub(super) fn wrong_type(
        &mut self,
        node: &Node,
        expected: &str,
        options: &[&'s Json],
        unit: Option<&str>,
    ) {
        let message = format!("{} must be {expected}, not {}", self.subject(), actual(&node.value));
        let help = options.iter().find_map(|schema| self.correction(node, schema, unit));
        self.report(node, message, help);
    }

    fn correction(&self, node: &Node, schema: &'s Json, unit: Option<&str>) -> Option<String> {
        if choice::names(schema).is_some() {
            return None;
        }
        if let Some(example) = array(schema, "examples").first().and_then(Json::as_str) {
            let line = line(node, &self.path, &words::string_text(example));
            return Some(format!("write for example {line}"));
        }
        let path = self.header();
        for kind in types(schema) {
            let value = match (kind, &node.value) {
                ("number" | "integer", Value::String(text)) => number_in(text, kind, unit)?,
                ("string", Value::Integer(number)) => words::string_text(&number.to_string()),
                ("string", Value::Float(number)) => {
                    words::string_text(&words::number_text(*number))
                }
                ("string", Value::Boolean(flag)) => words::string_text(&flag.to_string()),
                ("string", Value::Datetime(date)) => words::string_text(date),
                ("boolean", Value::String(text)) => match text.trim().to_lowercase().as_str() {
                    "true" | "yes" | "on" => "true".to_owned(),
                    "false" | "no" | "off" => "false".to_owned(),
                    _ => continue,
                },
                ("boolean", Value::Integer(flag @ (0 | 1))) => (*flag == 1).to_string(),
                // One entry in brackets would be refused as well.
                ("array", _) if whole(schema, "minItems") > Some(1) => {
                    let example = array(schema, "examples").first()?;
                    let line = line(node, &self.path, text(schema, "x-form")?);
                    return Some(format!("write {line}, as in `{}`", example_text(example)));
                }
                ("array", Value::Table(_)) => {
                    return Some(format!(
                        "begin every entry with `[[{path}]]`, in double brackets"
                    ));
                }
                ("array", value) => format!("[{}]", plain(value)?),
                ("object", Value::Array(items)) if is_tables(items) => {
                    return Some(format!("there is only one: write `[{path}]` in single brackets"));
                }
                ("object", _) => return Some(self.table_help(node, &path, schema)),
                _ => continue,
            };
            return Some(format!("write {}", line(node, &self.path, &value)));
        }
        None
    }

    /// The path as a table header has it: without the numbers of list entries.
    fn header(&self) -> String {
        let keys = self.path.iter().filter(|key| !key.bytes().all(|b| b.is_ascii_digit()));
        words::path_text(&keys.collect::<Vec<_>>())
    }

    fn table_help(&self, node: &Node, path: &str, schema: &'s Json) -> String {
        let keys = schema.get("properties").and_then(Json::as_object);
        let keys: Vec<_> = keys.into_iter().flatten().map(|(key, _)| key).collect();
        let begin = match node.key_place {
            Some(_) => format!("write a table: `[{path}]`, and beneath it `key = value` lines"),
            None => "write a table: `{ key = value }`".to_owned(),
        };
        if keys.is_empty() {
            begin
        } else {
            format!("{begin}; its keys: {}", words::list(&keys, "and"))
        }
    }
}

fn is_tables(items: &[Node]) -> bool {
    !items.is_empty() && items.iter().all(|item| matches!(item.value, Value::Table(_)))
}

/// The types a schema allows, apart from `null`, which TOML has no word for.
pub(super) fn types(schema: &Json) -> Vec<&str> {
    let all = text(schema, "type").into_iter();
    let all = all.chain(array(schema, "type").iter().filter_map(Json::as_str));
    all.filter(|kind| *kind != "null").collect()
}

/// Whether a value is of a JSON type.
pub(super) fn fits(value: &Value, kind: &str) -> bool {
    match value {
        Value::String(_) => kind == "string",
        Value::Integer(_) => matches!(kind, "integer" | "number"),
        Value::Float(_) => kind == "number",
        Value::Boolean(_) => kind == "boolean",
        Value::Datetime(_) => false,
        Value::Array(_) => kind == "array",
        Value::Table(_) => kind == "object",
    }
}

/// What a schema wants: `a number (days)`.
pub(super) fn expected(schema: &Json, unit: Option<&str>) -> String {
    let unit = text(schema, "x-unit").or(unit);
    if let Some(names) = choice::names(schema) {
        return choice::one_of(&names);
    }
    let kinds = types(schema).into_iter().map(|kind| match kind {
        "number" => format!("a number{}", in_unit(unit)),
        "integer" => format!("a whole number{}", in_unit(unit)),
        "string" => "a string".to_owned(),
        "boolean" => "true or false".to_owned(),
        "array" => "a list".to_owned(),
        _ => "a table".to_owned(),
    });
    joined(&kinds.collect::<Vec<_>>(), "or")
}

/// What stands there: `a string`, `the number 5`.
pub(super) fn actual(value: &Value) -> String {
    match value {
        Value::String(_) => "a string".to_owned(),
        Value::Integer(number) => format!("the number {number}"),
        Value::Float(number) => format!("the number {}", words::number_text(*number)),
        Value::Boolean(flag) => format!("`{flag}`"),
        Value::Datetime(date) if date.contains('-') => "a date".to_owned(),
        Value::Datetime(_) => "a time of day".to_owned(),
        Value::Array(_) => "a list".to_owned(),
        Value::Table(_) => "a table".to_owned(),
    }
}

/// The value's line with another value: `` `days = 90` ``; within a list the value alone.
pub(super) fn line<S: AsRef<str>>(node: &Node, path: &[S], value: &str) -> String {
    match (path.last(), &node.key_place) {
        (Some(key), Some(_)) => format!("`{} = {value}`", words::key_text(key.as_ref())),
        _ => format!("`{value}`"),
    }
}

/// The number that a string was meant to be: `90`, `90 days`, `1,5`, `80%`.
fn number_in(text: &str, kind: &str, unit: Option<&str>) -> Option<String> {
    let text = text.trim();
    let share = is_share(unit);
    let (number, factor) = match text.strip_suffix('%') {
        Some(percent) if share => (percent.trim(), 0.01),
        Some(_) => return None,
        None => (unit.and_then(|unit| text.strip_suffix(unit)).unwrap_or(text).trim(), 1.0),
    };
    let decimal = number.matches(',').count() == 1 && !number.contains('.');
    let number = if decimal { number.replace(',', ".") } else { number.to_owned() };
    if kind == "integer" {
        return number.parse::<i64>().ok().map(|number| number.to_string());
    }
    let value = number.parse::<f64>().ok().filter(|value| value.is_finite())?;
    let value = if factor < 1.0 { (value * 1e6).round() / 1e8 } else { value };
    Some(words::number_text(value))
}

/// Whether a unit counts parts of a whole, so that people may write percentages.
pub(super) fn is_share(unit: Option<&str>) -> bool {
    let part =
        |whole: &str| unit.is_some_and(|u| u == whole || u.starts_with(&format!("{whole} ")));
    part("share") || part("probability")
}

/// A list of numbers as people write it: `[5, 50]`.
fn example_text(list: &Json) -> String {
    let numbers = list.as_array().into_iter().flatten().filter_map(Json::as_f64);
    format!("[{}]", numbers.map(words::number_text).collect::<Vec<_>>().join(", "))
}

/// A scalar as TOML writes it.
fn plain(value: &Value) -> Option<String> {
    match value {
        Value::String(text) if text.len() <= 60 => Some(words::string_text(text)),
        Value::Integer(number) => Some(number.to_string()),
        Value::Float(number) => Some(words::number_text(*number)),
        Value::Boolean(flag) => Some(flag.to_string()),
        _ => None,
    }
}
