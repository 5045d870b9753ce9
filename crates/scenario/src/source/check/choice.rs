//! One of several: names of an enum, tagged tables, a number or a string.

use heard_text::list::joined;
use serde_json::Value as Json;

use super::super::node::{Node, Value};
use super::super::words;
use super::kind::{expected, fits, types};
use super::{Checker, array, text};

/// How many names a message lists.
const LISTED: usize = 20;

/// One of the schemas that a value may follow.
struct Choice<'s> {
    schema: &'s Json,
    resolved: &'s Json,
    unit: Option<&'s str>,
}

impl<'s> Checker<'s> {
    /// Checks a value that must follow one of several schemas.
    pub(super) fn choose(&mut self, node: &Node, options: &'s [Json], unit: Option<&'s str>) {
        let mut choices = Vec::new();
        self.collect(options, unit, 0, &mut choices);
        if let [only] = choices.as_slice() {
            return self.visit(node, only.schema, only.unit);
        }
        if let Value::Table(entries) = &node.value
            && let Some(tag) = tag(&choices)
        {
            return self.tagged(node, entries.get(tag), tag, &choices);
        }
        let fitting: Vec<_> = choices.iter().filter(|choice| may_fit(node, choice)).collect();
        let mut attempts = Vec::new();
        for choice in &fitting {
            let kept = std::mem::take(&mut self.found);
            self.visit(node, choice.schema, choice.unit);
            let attempt = std::mem::replace(&mut self.found, kept);
            if attempt.is_empty() {
                return;
            }
            attempts.push(attempt);
        }
        let names = |of: &[&Choice<'s>]| -> Vec<&'s str> {
            of.iter().filter_map(|choice| names(choice.resolved)).flatten().collect()
        };
        if fitting.is_empty() {
            let all: Vec<_> = choices.iter().collect();
            let mut phrases: Vec<String> = Vec::new();
            for choice in all.iter().filter(|choice| self::names(choice.resolved).is_none()) {
                let phrase = expected(choice.resolved, choice.unit);
                if !phrases.contains(&phrase) {
                    phrases.push(phrase);
                }
            }
            let known = names(&all);
            if !known.is_empty() {
                phrases.push(one_of(&known));
            }
            let schemas: Vec<_> = all.iter().map(|choice| choice.resolved).collect();
            self.wrong_type(node, &joined(&phrases, "or"), &schemas, unit);
        } else if fitting.iter().all(|choice| self::names(choice.resolved).is_some()) {
            self.unknown_name(node, &names(&fitting));
        } else if let Some(best) = attempts.into_iter().min_by_key(Vec::len) {
            self.found.extend(best);
        }
    }

    /// The schemas to choose from, without `null` and with choices among choices laid flat.
    fn collect(
        &self,
        options: &'s [Json],
        unit: Option<&'s str>,
        depth: usize,
        into: &mut Vec<Choice<'s>>,
    ) {
        for schema in options {
            let resolved = self.resolve(schema);
            let unit = text(schema, "x-unit").or(text(resolved, "x-unit")).or(unit);
            let inner = ["anyOf", "oneOf"].map(|key| array(resolved, key));
            if text(resolved, "type") == Some("null") {
                continue;
            }
            match inner {
                [inner, []] | [[], inner] if !inner.is_empty() && depth < 8 => {
                    self.collect(inner, unit, depth + 1, into);
                }
                _ => into.push(Choice { schema, resolved, unit }),
            }
        }
    }

    /// Checks a table whose kind is named by one of its own keys.
    fn tagged(&mut self, node: &Node, named: Option<&Node>, tag: &str, choices: &[Choice<'s>]) {
        let tables = choices.iter().filter_map(|choice| Some((tag_name(choice, tag)?, choice)));
        let tables: Vec<_> = tables.collect();
        let known: Vec<_> = tables.iter().map(|(name, _)| *name).collect();
        let Some(named) = named else {
            let message = format!("{} lacks the required key `{tag}`", self.subject());
            let help = format!("add `{tag} = ...`, {}", one_of(&known));
            return self.report(node, message, Some(help));
        };
        let name = match &named.value {
            Value::String(name) => name.as_str(),
            _ => "",
        };
        if let Some((_, choice)) = tables.iter().find(|(known, _)| *known == name) {
            return self.visit(node, choice.schema, choice.unit);
        }
        self.path.push(tag.to_owned());
        if matches!(named.value, Value::String(_)) {
            self.unknown_name(named, &known);
        } else {
            self.wrong_type(named, &one_of(&known), &[], None);
        }
        self.path.pop();
    }

    /// Reports a string that is not one of the names of an enum.
    pub(super) fn unknown_name(&mut self, node: &Node, names: &[&str]) {
        let Value::String(given) = &node.value else {
            return self.wrong_type(node, &one_of(names), &[], None);
        };
        let shown = words::code(given);
        let message = format!("{}: {shown} is not one of the known values", self.subject());
        let known = format!("known: {}", listed(names));
        let help = match words::nearest(given, names.iter().copied()) {
            Some(near) => format!("did you mean `{near}`? {known}"),
            None => known,
        };
        self.report(node, message, Some(help));
    }
}

/// The names of an enum, where the schema is one.
pub(super) fn names(schema: &Json) -> Option<Vec<&str>> {
    if let Some(name) = text(schema, "const") {
        return Some(vec![name]);
    }
    let names: Vec<_> = array(schema, "enum").iter().filter(|name| !name.is_null()).collect();
    let names: Option<Vec<_>> = names.into_iter().map(Json::as_str).collect();
    names.filter(|names| !names.is_empty())
}

/// `` one of `a`, `b` and `c` ``; a single name stands alone.
pub(super) fn one_of(names: &[&str]) -> String {
    match names {
        [only] => words::code(only),
        _ => format!("one of {}", listed(names)),
    }
}

fn listed(names: &[&str]) -> String {
    match names.get(..LISTED) {
        Some(first) if names.len() > LISTED => {
            format!("{} and others", words::list(first, ",").replace(" ,", ","))
        }
        _ => words::list(names, "and"),
    }
}

/// Whether a value is of the right type, give or take a decimal point.
fn may_fit(node: &Node, choice: &Choice<'_>) -> bool {
    let types = types(choice.resolved);
    let decimal = matches!(node.value, Value::Float(_)) && types.contains(&"integer");
    types.is_empty() || decimal || types.iter().any(|kind| fits(&node.value, kind))
}

/// The key that tells the tables among the choices apart, if one does.
fn tag<'s>(choices: &[Choice<'s>]) -> Option<&'s str> {
    let is_table = |choice: &&Choice<'s>| types(choice.resolved).contains(&"object");
    let tables: Vec<_> = choices.iter().filter(is_table).collect();
    let keys = tables.first()?.resolved.get("properties")?.as_object()?.keys();
    let mut keys = keys.map(String::as_str);
    let tells = |key: &&str| tables.iter().all(|choice| tag_name(choice, key).is_some());
    if tables.len() > 1 { keys.find(tells) } else { None }
}

/// The name that a table's tag must have.
fn tag_name<'s>(choice: &Choice<'s>, tag: &str) -> Option<&'s str> {
    text(choice.resolved.get("properties")?.get(tag)?, "const")
}
