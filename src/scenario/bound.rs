//! A condition on a number, as a manager would write it: `">= 10_000"`.

use std::borrow::Cow;
use std::fmt;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// A comparison with a number.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bound {
    comparison: Comparison,
    value: f64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Comparison {
    Below,
    AtMost,
    Exactly,
    AtLeast,
    Above,
}

impl Bound {
    /// Whether `number` meets the condition.
    #[must_use]
    pub fn holds(&self, number: f64) -> bool {
        match self.comparison {
            Comparison::Below => number < self.value,
            Comparison::AtMost => number <= self.value,
            Comparison::Exactly => number == self.value,
            Comparison::AtLeast => number >= self.value,
            Comparison::Above => number > self.value,
        }
    }
}

impl TryFrom<&str> for Bound {
    type Error = String;

    fn try_from(text: &str) -> Result<Self, String> {
        let text = text.trim();
        let (comparison, rest) = [
            (">=", Comparison::AtLeast),
            ("<=", Comparison::AtMost),
            (">", Comparison::Above),
            ("<", Comparison::Below),
            ("=", Comparison::Exactly),
        ]
        .into_iter()
        .find_map(|(sign, comparison)| Some((comparison, text.strip_prefix(sign)?)))
        .unwrap_or((Comparison::Exactly, text));
        match rest.trim().replace('_', "").parse::<f64>() {
            Ok(value) if value.is_finite() => Ok(Self { comparison, value }),
            _ => Err(format!(
                "`{text}` is not a condition on a number; write for instance \">= 10_000\""
            )),
        }
    }
}

impl fmt::Display for Bound {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = match self.comparison {
            Comparison::Below => "<",
            Comparison::AtMost => "<=",
            Comparison::Exactly => "=",
            Comparison::AtLeast => ">=",
            Comparison::Above => ">",
        };
        write!(f, "{sign} {}", self.value)
    }
}

impl Serialize for Bound {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Bound {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;
        impl de::Visitor<'_> for Visitor {
            type Value = Bound;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a number or a condition such as \">= 10_000\"")
            }
            fn visit_i64<E: de::Error>(self, value: i64) -> Result<Bound, E> {
                self.visit_f64(value as f64)
            }
            fn visit_u64<E: de::Error>(self, value: u64) -> Result<Bound, E> {
                self.visit_f64(value as f64)
            }
            fn visit_f64<E: de::Error>(self, value: f64) -> Result<Bound, E> {
                Ok(Bound { comparison: Comparison::Exactly, value })
            }
            fn visit_str<E: de::Error>(self, text: &str) -> Result<Bound, E> {
                Bound::try_from(text).map_err(E::custom)
            }
        }
        deserializer.deserialize_any(Visitor)
    }
}

impl JsonSchema for Bound {
    fn schema_name() -> Cow<'static, str> {
        "Bound".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "anyOf": [{ "type": "number" }, { "type": "string" }] })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn conditions_read_as_they_are_written() {
        for (text, inside, outside) in [
            (">= 10_000", 10_000.0, 9_999.0),
            ("> 3", 4.0, 3.0),
            ("<=0.5", 0.5, 0.6),
            ("< -1", -2.0, -1.0),
            ("= 7", 7.0, 8.0),
            ("7", 7.0, 8.0),
        ] {
            let bound = Bound::try_from(text).unwrap();
            assert!(bound.holds(inside) && !bound.holds(outside), "{text}");
            assert_eq!(Bound::try_from(bound.to_string().as_str()).unwrap(), bound);
        }
        for text in ["", "many", ">= ", "> nan", "=> 3", "<= inf"] {
            assert!(Bound::try_from(text).is_err(), "{text}");
        }
    }
}
