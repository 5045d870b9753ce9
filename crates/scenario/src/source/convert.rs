//! From a checked tree to JSON, which serde reads.

use serde_json::{Map, Number, Value as Json};

use super::node::{Node, Value};

/// The tree as a JSON value, keys in the same order.
///
/// Dates become strings. A number that is not finite becomes `null`: [`check()`](super::check())
/// refuses it beforehand.
#[must_use]
pub fn to_json(node: &Node) -> Json {
    match &node.value {
        Value::String(text) | Value::Datetime(text) => Json::String(text.clone()),
        Value::Integer(number) => Json::from(*number),
        Value::Float(number) => Number::from_f64(*number).map_or(Json::Null, Json::Number),
        Value::Boolean(flag) => Json::Bool(*flag),
        Value::Array(items) => Json::Array(items.iter().map(to_json).collect()),
        Value::Table(entries) => {
            let entries = entries.iter().map(|(key, node)| (key.clone(), to_json(node)));
            Json::Object(entries.collect::<Map<_, _>>())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::sources::Sources;
    use super::super::{parse, to_json};

    #[test]
    fn every_kind_of_value_arrives_in_the_order_of_the_text() {
        let mut sources = Sources::new();
        let text = "z = 'é'\na = 1.5\nm = [true, { k = -3 }]\nd = 2024-02-29\n";
        let number = sources.add_text("a.toml", text);
        let json = to_json(&parse(&sources, number).unwrap());
        let expected = r#"{"z":"é","a":1.5,"m":[true,{"k":-3}],"d":"2024-02-29"}"#;
        assert_eq!(serde_json::to_string(&json).unwrap(), expected);
    }
}
