//! Every key that a scenario can have, with what its schema says of it, and values for it.

use heard_scenario::study::schema;
use serde_json::Value;

use super::random::Random;

/// Names that a user might choose, for teams, channels, streams, arms and companies alike.
pub const NAMES: [&str; 12] = [
    "twitter", "email", "phone", "care", "agents", "callers", "base", "all", "a", "b", "c", "base ",
];

/// Values that a scenario should not have, or hardly.
const WRONG: [&str; 44] = [
    "0",
    "-1",
    "1",
    "2",
    "-0.0",
    "0.5",
    "1e308",
    "-1e308",
    "1e-308",
    "5e-324",
    "nan",
    "-nan",
    "inf",
    "-inf",
    "9223372036854775807",
    "-9223372036854775808",
    "9223372036854775808",
    "1e400",
    "4294967296",
    "65536",
    "256",
    "0xff",
    "0o7",
    "1_000",
    "true",
    "false",
    "\"\"",
    "\" \"",
    "[]",
    "{}",
    "[[]]",
    "[{}]",
    "{ a = {} }",
    "[0]",
    "2024-02-29",
    "07:32:00",
    "1979-05-27T07:32:00Z",
    "\"\u{202e}\\u0000\\u001b[31m\"",
    "\"\u{1f600}\"",
    "'''\n'''",
    "\"a\\nb\"",
    "\".\"",
    "\"../x\"",
    "\"constant\"",
];

/// Texts that mean something somewhere.
const TEXTS: [&str; 30] = [
    ">= 0.6",
    ">= 0.3 and < 0.6",
    "audience >= 1_000",
    ">= 1_000",
    "> 1e308",
    "< -1e308",
    "= 0",
    ">= nan",
    "<= inf",
    "> 1 and < 1",
    ">= 1 and <= 1",
    ">=",
    "and",
    " and ",
    ">= 5 and",
    "=>5",
    "Mon-Fri",
    "Sun-Sat",
    "Mon,,Tue",
    "Mon-",
    "09:00-17:00",
    "22:00-06:00",
    "00:00-24:00",
    "24:00-06:00",
    "4294967295:00-4294967295:59",
    "99999999:00-1:00",
    "0:0-0:1",
    "edges.csv",
    ".",
    "x.toml",
];

/// The keys of a scenario.
pub struct Vocabulary {
    schema: Value,
}

impl Vocabulary {
    pub fn new() -> Self {
        Self { schema: schema() }
    }

    /// A dotted key from the top of a scenario, and a value for it.
    pub fn assignment(&self, random: &mut Random, names: &[String]) -> (String, String) {
        let mut path: Vec<String> = Vec::new();
        let mut at = &self.schema;
        loop {
            at = self.resolve(at, random);
            let properties = at["properties"].as_object().filter(|all| !all.is_empty());
            let stop = !path.is_empty() && random.one_in(8);
            if let (Some(properties), false) = (properties, stop) {
                let (key, inner) = properties.iter().nth(random.below(properties.len())).unwrap();
                path.push(key.clone());
                at = inner;
            } else if at["additionalProperties"].is_object() && !stop {
                path.push(name(random, names));
                at = &at["additionalProperties"];
            } else {
                return (dotted(&path), self.value(random, at, names, 0));
            }
        }
    }

    /// The name of any key at all.
    pub fn key(&self, random: &mut Random) -> String {
        let definitions = self.schema["$defs"].as_object().unwrap();
        let tables: Vec<&Value> = definitions
            .values()
            .chain([&self.schema])
            .filter(|d| d["properties"].is_object())
            .collect();
        let properties = random.pick(&tables)["properties"].as_object().unwrap();
        properties.keys().nth(random.below(properties.len())).unwrap().clone()
    }

    /// A value of this schema, mostly one that it allows.
    fn value(&self, random: &mut Random, schema: &Value, names: &[String], depth: usize) -> String {
        if random.one_in(12) || depth > 6 {
            return wrong(random);
        }
        let schema = self.resolve(schema, random);
        if let Some(choice) = schema.get("const") {
            return choice.to_string();
        }
        if let Some(choices) = schema["enum"].as_array() {
            return random.pick(choices).to_string();
        }
        let kind = match &schema["type"] {
            Value::Array(kinds) => random.pick(kinds).as_str().unwrap_or_default(),
            kind => kind.as_str().unwrap_or_default(),
        };
        match kind {
            "boolean" => random.one_in(2).to_string(),
            "integer" => number(random, schema, true),
            "number" => number(random, schema, false),
            "string" => match schema["examples"].as_array() {
                Some(examples) if !random.one_in(3) => random.pick(examples).to_string(),
                Some(_) => quoted(random.pick::<&str>(&TEXTS)),
                None if random.one_in(5) => quoted(random.pick::<&str>(&TEXTS)),
                None => quoted(&name(random, names)),
            },
            "array" => self.list(random, schema, names, depth),
            "object" => self.table(random, schema, names, depth),
            _ => wrong(random),
        }
    }

    fn list(&self, random: &mut Random, schema: &Value, names: &[String], depth: usize) -> String {
        let least = schema["minItems"].as_u64().unwrap_or(0) as usize;
        let most = schema["maxItems"].as_u64().map_or(least + 3, |most| most as usize);
        let count = least + random.below(most.saturating_sub(least) + 1);
        let item = |index: usize| match &schema["prefixItems"][index] {
            Value::Null => &schema["items"],
            fixed => fixed,
        };
        let items: Vec<String> =
            (0..count).map(|index| self.value(random, item(index), names, depth + 1)).collect();
        format!("[{}]", items.join(", "))
    }

    fn table(&self, random: &mut Random, schema: &Value, names: &[String], depth: usize) -> String {
        let needed = schema["required"].as_array().map_or(&[][..], Vec::as_slice);
        let mut entries = Vec::new();
        for (key, inner) in schema["properties"].as_object().into_iter().flatten() {
            let must = needed.iter().any(|needed| needed == key);
            if (must && !random.one_in(20)) || random.one_in(4) {
                entries.push(format!("{key} = {}", self.value(random, inner, names, depth + 1)));
            }
        }
        if schema["additionalProperties"].is_object() {
            let inner = &schema["additionalProperties"];
            let key = name(random, names);
            entries.push(format!(
                "{} = {}",
                quoted(&key),
                self.value(random, inner, names, depth + 1)
            ));
        }
        format!("{{ {} }}", entries.join(", "))
    }

    /// The schema behind references and alternatives.
    fn resolve<'a>(&'a self, mut schema: &'a Value, random: &mut Random) -> &'a Value {
        loop {
            let alternatives =
                ["anyOf", "oneOf", "allOf"].iter().find_map(|key| schema[key].as_array());
            schema = match (schema["$ref"].as_str(), alternatives) {
                (Some(name), _) => self.schema.pointer(&name[1..]).unwrap(),
                (None, Some(all)) if !all.is_empty() => random.pick(all),
                _ => return schema,
            };
        }
    }
}

/// A number, mostly within bounds and often on them.
fn number(random: &mut Random, schema: &Value, whole: bool) -> String {
    let bound = |keys: [&str; 2]| keys.iter().find_map(|key| schema[key].as_f64());
    let low = bound(["minimum", "exclusiveMinimum"]);
    let high = bound(["maximum", "exclusiveMaximum"]);
    let (least, most) = (low.unwrap_or(-1e3), high.unwrap_or(1e3));
    let chosen = match random.below(10) {
        0 => least,
        1 => most,
        2 => least + (most - least) * (random.below(1_000) as f64 / 1e3),
        3 => most * 1e-6,
        4 if low.is_none() => -1e300,
        4 if high.is_none() => 1e300,
        5 => least - 1.0,
        6 if !whole => least + 1e-9,
        7 => return schema["default"].as_f64().map_or("1".to_owned(), |d| d.to_string()),
        _ => least + random.below(4) as f64,
    };
    if whole { format!("{chosen:.0}") } else { format!("{chosen:?}") }
}

/// A value that has no business there.
pub fn wrong(random: &mut Random) -> String {
    match random.below(12) {
        0 => quoted(random.pick::<&str>(&TEXTS)),
        1 => quoted(random.pick::<&str>(&NAMES)),
        2 if random.one_in(60) => quoted(&"x".repeat(random.below(200_000))),
        2 => quoted(&"\u{e9}".repeat(random.below(300))),
        _ => (*random.pick(&WRONG)).to_owned(),
    }
}

/// A name that stands in the text already, or one that a user might choose.
pub fn name(random: &mut Random, names: &[String]) -> String {
    if names.is_empty() || random.one_in(6) {
        (*random.pick(&NAMES)).to_owned()
    } else {
        random.pick(names).clone()
    }
}

fn quoted(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}

/// A key of these parts, quoted where they must be.
pub fn dotted(path: &[String]) -> String {
    let bare = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
    let part = |part: &String| match part.chars().all(bare) && !part.is_empty() {
        true => part.clone(),
        false => quoted(part),
    };
    path.iter().map(part).collect::<Vec<_>>().join(".")
}
