//! Tables: known keys, unknown keys, missing keys, and maps with names of the user's own.

use heard_text::list::form;
use indexmap::IndexMap;
use serde_json::Value as Json;

use super::super::node::{Node, Value};
use super::super::words;
use super::{Checker, PROBLEM_LIMIT, array, kind};

type Entries = IndexMap<String, Node>;

impl<'s> Checker<'s> {
    /// Checks the keys of a table and the values beneath them.
    pub(super) fn table(
        &mut self,
        node: &Node,
        entries: &Entries,
        schema: &'s Json,
        unit: Option<&'s str>,
    ) {
        let known = |key: &str| schema.get("properties").and_then(|all| all.get(key));
        let numbered = schema.get("patternProperties").and_then(Json::as_object);
        let numbered = numbered.and_then(|all| all.values().next());
        let others = schema.get("additionalProperties").unwrap_or(&Json::Bool(true));
        let mut missing = self.missing(entries, schema);
        for (key, child) in entries {
            if self.found.len() >= PROBLEM_LIMIT {
                return;
            }
            let numbered = numbered.filter(|_| key.parse::<i64>().is_ok());
            if let Some(schema) = known(key).or(numbered) {
                self.enter(key.clone(), child, schema, unit);
            } else if others == &Json::Bool(false) {
                let meant = self.unknown_key(key, child, schema);
                missing.retain(|key| Some(*key) != meant);
            } else if !self.misnamed_entry(key, child, entries, others) {
                self.enter(key.clone(), child, others, unit);
            }
        }
        if !missing.is_empty() {
            let keys = form(missing.len() as f64, "key", "keys");
            let names = words::list(&missing, "and");
            let message = format!("{} lacks the required {keys} {names}", self.subject());
            let lines = missing.iter().map(|key| self.line_for(key, known(key)));
            let help = format!("add {}", lines.collect::<Vec<_>>().join("; "));
            self.report(node, message, Some(help));
        }
    }

    /// The required keys that a table lacks.
    fn missing(&self, entries: &Entries, schema: &'s Json) -> Vec<&'s str> {
        let required = array(schema, "required").iter().filter_map(Json::as_str);
        required.filter(|key| !entries.contains_key(*key)).collect()
    }

    /// `` `people = ...`, a whole number (people) ``
    fn line_for(&self, key: &str, schema: Option<&'s Json>) -> String {
        let key = words::key_text(key);
        let schema = schema.map(|schema| (schema, self.resolve(schema)));
        let unit = schema.and_then(|(outer, _)| super::text(outer, "x-unit"));
        let expected = schema.map(|(_, schema)| kind::expected(schema, unit)).unwrap_or_default();
        if expected.is_empty() {
            format!("`{key} = ...`")
        } else {
            format!("`{key} = ...`, {expected}")
        }
    }

    /// Reports a key that nobody knows, and returns the key that was probably meant.
    fn unknown_key(&mut self, key: &str, child: &Node, schema: &'s Json) -> Option<&'s str> {
        let known = schema.get("properties").and_then(Json::as_object);
        let known: Vec<&str> = known.into_iter().flatten().map(|(key, _)| key.as_str()).collect();
        let near = words::nearest(key, known.iter().copied());
        let place = match self.path.is_empty() {
            true => "at the top level".to_owned(),
            false => format!("in {}", words::path_text(&self.path)),
        };
        let help = match (near, self.home(key)) {
            (Some(near), _) => format!("did you mean `{near}`?"),
            (None, Some(home)) => format!("it belongs in {}", words::code(home)),
            (None, None) if known.is_empty() => "this table takes no keys".to_owned(),
            (None, None) => format!("known keys here: {}", words::list(&known, "and")),
        };
        let message = format!("unknown key {} {place}", words::code(key));
        self.path.push(key.to_owned());
        self.report_at(child.key_or_place().clone(), message, Some(help));
        self.path.pop();
        near
    }

    /// The one section at the top level that has this key, if there is exactly one.
    fn home(&self, key: &str) -> Option<&'s str> {
        let sections = self.root.get("properties")?.as_object()?;
        let has = |schema: &'s Json| {
            let schema = self.resolve(schema);
            let inner = array(schema, "anyOf").iter().map(|schema| self.resolve(schema));
            let mut all = std::iter::once(schema).chain(inner);
            all.any(|schema| schema.get("properties").is_some_and(|all| all.get(key).is_some()))
        };
        let mut homes = sections.iter().filter(|(_, schema)| has(schema)).map(|(name, _)| name);
        match (homes.next(), homes.next()) {
            (Some(home), None) if self.path.first() != Some(home) => Some(home),
            _ => None,
        }
    }

    /// Reports an entry of a map that lacks what it needs and is named almost like another one.
    fn misnamed_entry(
        &mut self,
        key: &str,
        child: &Node,
        entries: &Entries,
        schema: &'s Json,
    ) -> bool {
        let schema = self.resolve(schema);
        let lacks = |node: &Node| match &node.value {
            Value::Table(inner) => self.missing(inner, schema),
            _ => Vec::new(),
        };
        let missing = lacks(child);
        if missing.is_empty() {
            return false;
        }
        let whole = entries.iter().filter(|(name, node)| *name != key && lacks(node).is_empty());
        let Some(near) = words::nearest(key, whole.map(|(name, _)| name.as_str())) else {
            return false;
        };
        let subject = self.subject();
        let keys = form(missing.len() as f64, "key", "keys");
        let names = words::list(&missing, "and");
        let message =
            format!("{} in {subject} lacks the required {keys} {names}", words::code(key));
        let help = format!("did you mean {}? any other name begins a new entry", words::code(near));
        self.path.push(key.to_owned());
        self.report_at(child.key_or_place().clone(), message, Some(help));
        self.path.pop();
        true
    }
}
