//! Kinds of messages, and sets of them.

use std::borrow::Cow;
use std::fmt;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::{self, SeqAccess, value};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::json;

/// The kind of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// Something went wrong.
    Complaint,
    /// Somebody wants to know something.
    Question,
    /// Somebody is wrong about the facts.
    Misguided,
    /// Something went wrong, and is told as a rant, rage, joke or satire.
    Rage,
    /// Somebody only wants to insult and degrade.
    Troll,
    /// Somebody is pleased.
    Praise,
}

impl Kind {
    /// All kinds, in the order in which tables list them.
    pub const ALL: [Self; 6] =
        [Self::Complaint, Self::Question, Self::Misguided, Self::Rage, Self::Troll, Self::Praise];

    /// The name in scenarios and tables.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Complaint => "complaint",
            Self::Question => "question",
            Self::Misguided => "misguided",
            Self::Rage => "rage",
            Self::Troll => "troll",
            Self::Praise => "praise",
        }
    }

    /// Messages of this kind, in words.
    #[must_use]
    pub fn plural(self) -> &'static str {
        match self {
            Self::Complaint => "complaints",
            Self::Question => "questions",
            Self::Misguided => "misconceptions",
            Self::Rage => "rants",
            Self::Troll => "trolling",
            Self::Praise => "praise",
        }
    }

    /// Whether something went wrong, however it is said.
    #[must_use]
    pub fn is_failure(self) -> bool {
        matches!(self, Self::Complaint | Self::Rage)
    }

    /// Whether its author wants something of the company.
    #[must_use]
    pub fn asks(self) -> bool {
        matches!(self, Self::Complaint | Self::Question | Self::Misguided | Self::Rage)
    }
}

/// One kind or several: `"complaint"`, or `["complaint", "rage"]`. There is at least one.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Kinds(u8);

impl Kinds {
    /// Whether `kind` is one of them.
    #[must_use]
    pub const fn contains(self, kind: Kind) -> bool {
        self.0 & 1 << kind as u8 != 0
    }

    /// Whether every one of `other` is one of them.
    #[must_use]
    pub const fn contains_all(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    /// The kinds, in the order in which tables list them.
    pub fn iter(self) -> impl Iterator<Item = Kind> {
        Kind::ALL.into_iter().filter(move |&kind| self.contains(kind))
    }

    /// The set of these; `None` where there is none.
    pub fn of(kinds: impl IntoIterator<Item = Kind>) -> Option<Self> {
        let bits = kinds.into_iter().fold(0, |bits, kind| bits | 1 << kind as u8);
        (bits != 0).then_some(Self(bits))
    }
}

impl From<Kind> for Kinds {
    fn from(kind: Kind) -> Self {
        Self(1 << kind as u8)
    }
}

impl fmt::Debug for Kinds {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.iter()).finish()
    }
}

impl Serialize for Kinds {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut kinds = self.iter();
        match (kinds.next(), kinds.next()) {
            (Some(only), None) => only.serialize(serializer),
            _ => serializer.collect_seq(self.iter()),
        }
    }
}

impl<'de> Deserialize<'de> for Kinds {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;
        impl<'de> de::Visitor<'de> for Visitor {
            type Value = Kinds;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a kind of message or a list of kinds")
            }
            fn visit_str<E: de::Error>(self, text: &str) -> Result<Kinds, E> {
                Kind::deserialize(value::StrDeserializer::new(text)).map(Kinds::from)
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Kinds, A::Error> {
                let mut kinds = Vec::new();
                while let Some(kind) = list.next_element()? {
                    kinds.push(kind);
                }
                Kinds::of(kinds).ok_or_else(|| de::Error::custom("name at least one kind"))
            }
        }
        deserializer.deserialize_any(Visitor)
    }
}

impl JsonSchema for Kinds {
    fn schema_name() -> Cow<'static, str> {
        "Kinds".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let kind = generator.subschema_for::<Kind>();
        let mut examples: Vec<_> = Kind::ALL.map(|kind| json!(kind.name())).to_vec();
        examples.push(json!(["complaint", "rage"]));
        json_schema!({
            "anyOf": [kind, { "type": "array", "items": kind, "minItems": 1 }],
            "examples": examples
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_kind_and_a_list_of_kinds_read_as_they_are_written() {
        let kinds = |text: &str| serde_json::from_str::<Kinds>(text);
        assert_eq!(kinds("\"rage\"").unwrap(), Kinds::from(Kind::Rage));
        let two = kinds("[\"complaint\", \"rage\"]").unwrap();
        assert!(two.contains(Kind::Complaint) && two.contains(Kind::Rage));
        assert!(!two.contains(Kind::Troll));
        for wrong in ["[]", "\"trol\"", "[\"complaint\", 3]", "3"] {
            assert!(kinds(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn kinds_are_written_as_they_are_read() {
        for text in ["\"rage\"", "[\"complaint\",\"rage\"]"] {
            let kinds: Kinds = serde_json::from_str(text).unwrap();
            assert_eq!(serde_json::to_string(&kinds).unwrap(), text);
        }
    }
}
