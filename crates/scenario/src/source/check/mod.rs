//! Checking a tree against the JSON Schema that the Rust types declare.
//!
//! Only what `schemars` writes is understood. `pattern` and `format` of strings are left to serde.

mod bounds;
mod choice;
mod kind;
mod spread;
mod table;
#[cfg(test)]
mod tests;

use heard_text::list::counted;
use serde_json::Value as Json;

use super::node::{Node, Value};
use super::problem::Problem;
use super::sources::Place;
use super::words;

/// The check stops after this many problems.
pub const PROBLEM_LIMIT: usize = 100;

/// How many references may lead to one another: more only happens where a schema names itself.
const REFERENCES: usize = 64;

/// Compares a tree with a schema and returns what is wrong, in the order of the text.
///
/// At most [`PROBLEM_LIMIT`] problems are returned. An empty list means that serde will accept the
/// tree, apart from what no schema can say.
#[must_use]
pub fn check(node: &Node, schema: &Json) -> Vec<Problem> {
    let mut checker = Checker { root: schema, path: Vec::new(), references: 0, found: Vec::new() };
    checker.visit(node, schema, None);
    let mut found = checker.found;
    found.sort_by_key(|problem| problem.place.as_ref().map(|p| (p.source, p.range.start)));
    found
}

/// A walk through tree and schema at the same time.
struct Checker<'s> {
    root: &'s Json,
    path: Vec<String>,
    references: usize,
    found: Vec<Problem>,
}

impl<'s> Checker<'s> {
    /// Checks one value; `unit` is the unit that an enclosing schema gave it.
    fn visit(&mut self, node: &Node, schema: &'s Json, unit: Option<&'s str>) {
        if self.found.len() >= PROBLEM_LIMIT || self.references > REFERENCES {
            return;
        }
        if let Value::Float(number) = node.value
            && !number.is_finite()
        {
            let message =
                format!("{} is {}, which is not a finite number", self.subject(), spelt(number));
            return self.report(node, message, None);
        }
        if schema == &Json::Bool(false) {
            let message = format!("{} is not allowed here", self.subject());
            return self.report(node, message, None);
        }
        let unit = text(schema, "x-unit").or(unit);
        let before = self.found.len();
        if let Some(target) = self.target(schema) {
            self.references += 1;
            self.visit(node, target, unit);
            self.references -= 1;
        }
        for part in array(schema, "allOf") {
            self.visit(node, part, unit);
        }
        for key in ["anyOf", "oneOf"] {
            let options = array(schema, key);
            if !options.is_empty() && self.found.len() == before {
                self.choose(node, options, unit);
            }
        }
        if self.found.len() == before && self.right_type(node, schema, unit) {
            self.constraints(node, schema, unit);
        }
        if self.found.len() == before {
            self.within(node, schema);
        }
    }

    fn constraints(&mut self, node: &Node, schema: &'s Json, unit: Option<&'s str>) {
        if let Some(names) = choice::names(schema) {
            if !matches!(&node.value, Value::String(text) if names.contains(&text.as_str())) {
                self.unknown_name(node, &names);
            }
            return;
        }
        let allowed = schema.get("const").map(std::slice::from_ref);
        let allowed =
            allowed.or_else(|| schema.get("enum").and_then(Json::as_array).map(|all| &**all));
        if let Some(allowed) = allowed
            && !allowed.contains(&super::to_json(node))
        {
            let known: Vec<_> = allowed.iter().map(ToString::to_string).collect();
            let message = format!("{} must be {}", self.subject(), words::list(&known, "or"));
            return self.report(node, message, None);
        }
        match &node.value {
            Value::Integer(_) | Value::Float(_) => self.bounds(node, schema, unit),
            Value::String(text) => self.length(node, text, schema),
            Value::Array(items) => self.items(node, items, schema, unit),
            Value::Table(entries) => self.table(node, entries, schema, unit),
            Value::Boolean(_) | Value::Datetime(_) => {}
        }
    }

    fn length(&mut self, node: &Node, text: &str, schema: &Json) {
        let (least, most) = (whole(schema, "minLength"), whole(schema, "maxLength"));
        if least.is_none() && most.is_none() {
            return;
        }
        let count = text.chars().count() as u64;
        let subject = self.subject();
        let characters = |number: u64| counted(number as f64, "character", "characters");
        match (least, most) {
            (Some(1), _) if count == 0 => {
                self.report(node, format!("{subject} must not be empty"), None);
            }
            (Some(least), _) if count < least => {
                let message = format!("{subject} is shorter than {}", characters(least));
                self.report(node, message, None);
            }
            (_, Some(most)) if count > most => {
                let message = format!("{subject} is longer than {}", characters(most));
                self.report(node, message, None);
            }
            _ => {}
        }
    }

    fn items(&mut self, node: &Node, items: &[Node], schema: &'s Json, unit: Option<&'s str>) {
        let count = items.len() as u64;
        let entries = |number: u64| counted(number as f64, "entry", "entries");
        let (least, most) = (whole(schema, "minItems"), whole(schema, "maxItems"));
        if least.is_some_and(|least| count < least) || most.is_some_and(|most| count > most) {
            let wanted = match (least, most) {
                (Some(least), Some(most)) if least == most => entries(least),
                (Some(least), Some(most)) => format!("{least} to {}", entries(most)),
                (Some(least), None) => format!("at least {}", entries(least)),
                (None, most) => format!("at most {}", entries(most.unwrap_or_default())),
            };
            let message = format!("{} must have {wanted}, not {count}", self.subject());
            return self.report(node, message, None);
        }
        let fixed = array(schema, "prefixItems");
        let rest = schema.get("items").unwrap_or(&Json::Bool(true));
        for (index, item) in items.iter().enumerate() {
            self.enter(index.to_string(), item, fixed.get(index).unwrap_or(rest), unit);
        }
    }

    /// Checks a value within this one.
    fn enter(&mut self, key: String, node: &Node, schema: &'s Json, unit: Option<&'s str>) {
        self.path.push(key);
        self.visit(node, schema, unit);
        self.path.pop();
    }

    /// The schema that a reference names.
    fn target(&self, schema: &Json) -> Option<&'s Json> {
        self.root.pointer(text(schema, "$ref")?.strip_prefix('#')?)
    }

    /// The schema behind all references.
    fn resolve(&self, mut schema: &'s Json) -> &'s Json {
        for _ in 0..REFERENCES {
            match self.target(schema) {
                Some(target) => schema = target,
                None => break,
            }
        }
        schema
    }

    /// How messages call the value at hand.
    fn subject(&self) -> String {
        if self.path.is_empty() { "the scenario".to_owned() } else { words::path_text(&self.path) }
    }

    fn report(&mut self, node: &Node, message: String, help: Option<String>) {
        self.report_at(node.place.clone(), message, help);
    }

    fn report_at(&mut self, place: Place, message: String, help: Option<String>) {
        let path = words::path_text(&self.path);
        self.found.push(Problem { message, place: Some(place), path, help, context: None });
    }
}

/// How TOML spells the numbers that are not finite.
fn spelt(number: f64) -> String {
    if number.is_nan() { "nan".to_owned() } else { number.to_string() }
}

fn text<'s>(schema: &'s Json, key: &str) -> Option<&'s str> {
    schema.get(key)?.as_str()
}

fn whole(schema: &Json, key: &str) -> Option<u64> {
    schema.get(key)?.as_u64()
}

fn array<'s>(schema: &'s Json, key: &str) -> &'s [Json] {
    schema.get(key).and_then(Json::as_array).map_or(&[], Vec::as_slice)
}

/// ` (days)`, or nothing where there is no unit.
fn in_unit(unit: Option<&str>) -> String {
    unit.map(|unit| format!(" ({unit})")).unwrap_or_default()
}
