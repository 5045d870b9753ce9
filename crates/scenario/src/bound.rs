//! A condition on a number, as a manager would write it: `">= 10_000"`, `">= 0.3 and < 0.7"`.

use std::borrow::Cow;
use std::fmt;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// A comparison with a number, or two that must both hold: a stretch of the number line that is not
/// empty.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bound {
    low: End,
    high: End,
}

/// One end of the stretch; infinite where it is open-ended.
#[derive(Clone, Copy, Debug, PartialEq)]
struct End {
    value: f64,
    included: bool,
}

/// A number that ends a stretch, and whether it is itself allowed.
pub type Limit = (f64, bool);

const OPEN: Bound = Bound {
    low: End { value: f64::NEG_INFINITY, included: false },
    high: End { value: f64::INFINITY, included: false },
};

impl Bound {
    /// Whether `number` meets the condition.
    #[inline]
    #[must_use]
    pub fn holds(&self, number: f64) -> bool {
        let Self { low, high } = self;
        (number > low.value || low.included && number == low.value)
            && (number < high.value || high.included && number == high.value)
    }

    /// Whether every number that meets `other` meets this one.
    #[must_use]
    pub fn contains(&self, other: &Self) -> bool {
        let reaches = |own: End, other: End, further: bool| {
            further || own.value == other.value && (own.included || !other.included)
        };
        reaches(self.low, other.low, self.low.value < other.low.value)
            && reaches(self.high, other.high, self.high.value > other.high.value)
    }

    /// Whether any number from `low` to `high`, both included, meets it.
    #[must_use]
    pub fn meets(&self, low: f64, high: f64) -> bool {
        let end = |value| End { value, included: true };
        !self.and(Self { low: end(low), high: end(high) }).is_empty()
    }

    /// The numbers at which it changes from failing to holding or back.
    pub fn ends(&self) -> impl Iterator<Item = f64> {
        [self.low.value, self.high.value].into_iter().filter(|value| value.is_finite())
    }

    /// The least and the greatest number, each with whether it is itself allowed; `None` where there
    /// is none.
    #[must_use]
    pub fn limits(&self) -> (Option<Limit>, Option<Limit>) {
        let limit = |end: End| end.value.is_finite().then_some((end.value, end.included));
        (limit(self.low), limit(self.high))
    }

    fn exactly(value: f64) -> Self {
        let end = End { value, included: true };
        Self { low: end, high: end }
    }

    /// Both at once.
    fn and(self, other: Self) -> Self {
        let tighter = |one: End, two: End, inside: bool| {
            let first = if one.value == two.value { !one.included } else { inside };
            if first { one } else { two }
        };
        Self {
            low: tighter(self.low, other.low, self.low.value > other.low.value),
            high: tighter(self.high, other.high, self.high.value < other.high.value),
        }
    }

    fn is_empty(&self) -> bool {
        let Self { low, high } = self;
        low.value > high.value || low.value == high.value && !(low.included && high.included)
    }

    fn comparison(text: &str) -> Option<Self> {
        let text = text.trim();
        let (sign, rest) = [">=", "<=", ">", "<", "="]
            .into_iter()
            .find_map(|sign| Some((sign, text.strip_prefix(sign)?)))
            .unwrap_or(("=", text));
        let value: f64 = rest.trim().replace('_', "").parse().ok()?;
        let end = End { value, included: sign.ends_with('=') };
        value.is_finite().then_some(match sign {
            ">=" | ">" => Self { low: end, ..OPEN },
            "<=" | "<" => Self { high: end, ..OPEN },
            _ => Self::exactly(value),
        })
    }
}

impl TryFrom<&str> for Bound {
    type Error = String;

    fn try_from(text: &str) -> Result<Self, String> {
        let mut whole = OPEN;
        for part in text.split(" and ") {
            let Some(part) = Self::comparison(part) else {
                return Err(format!(
                    "`{}` is not a condition on a number; write for instance \">= 10_000\" or \
                     \">= 0.3 and < 0.7\"",
                    text.trim()
                ));
            };
            whole = whole.and(part);
        }
        if whole.is_empty() {
            let text = text.trim();
            return Err(format!(
                "no number is `{text}`; write the lower end first: \">= 0.3 and < 0.7\""
            ));
        }
        Ok(whole)
    }
}

impl fmt::Display for Bound {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = |included: bool| if included { "=" } else { "" };
        match self.limits() {
            (Some((low, _)), Some((high, _))) if low == high => write!(f, "= {low}"),
            (low, high) => {
                if let Some((low, included)) = low {
                    write!(f, ">{} {low}", sign(included))?;
                }
                if low.is_some() && high.is_some() {
                    f.write_str(" and ")?;
                }
                high.map_or(Ok(()), |(high, included)| write!(f, "<{} {high}", sign(included)))
            }
        }
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
                Ok(Bound::exactly(value))
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
        json_schema!({
            "anyOf": [{ "type": "number" }, { "type": "string" }],
            "examples": [">= 0.6", ">= 0.3 and < 0.6"]
        })
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
            (">= 0.3 and < 0.7", 0.3, 0.7),
            ("<= 5 and > 2", 5.0, 2.0),
            (">= 2 and <= 2", 2.0, 2.1),
        ] {
            let bound = Bound::try_from(text).unwrap();
            assert!(bound.holds(inside) && !bound.holds(outside), "{text}");
            assert_eq!(Bound::try_from(bound.to_string().as_str()).unwrap(), bound);
        }
        for text in
            ["", "many", ">= ", "> nan", "=> 3", "<= inf", "> 3 and", "> 3 and < 3", "= 3 and > 4"]
        {
            assert!(Bound::try_from(text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_condition_contains_what_is_stricter() {
        let bound = |text| Bound::try_from(text).unwrap();
        for (wide, narrow) in
            [(">= 3", "> 3"), ("> 3", ">= 4"), (">= 1 and < 9", "> 1 and < 5"), ("<= 2", "= 2")]
        {
            assert!(bound(wide).contains(&bound(narrow)), "{wide} {narrow}");
            assert!(!bound(narrow).contains(&bound(wide)), "{wide} {narrow}");
        }
    }
}
