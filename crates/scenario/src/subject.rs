//! Conditions as a person would say them: in messages, and where a policy is read back.

use std::fmt;

use heard_text::list::{counted, joined};
use heard_text::number::trimmed;

use crate::bound::Bound;
use crate::triage::{Condition, Kind};

/// The messages that a condition is about: `complaints of severity 0.6 or more, on twitter`.
impl fmt::Display for Condition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kinds: Option<Vec<&str>> =
            self.kind.map(|kinds| kinds.iter().map(Kind::plural).collect());
        let mut parts = Vec::new();
        parts.extend(self.severity.map(|bound| format!("of severity {}", within(bound, "", ""))));
        parts.extend(self.tagged.map(|tagged| {
            if tagged { "addressed to the company" } else { "not addressed to the company" }
                .to_owned()
        }));
        parts.extend(
            self.followers
                .map(|bound| format!("by people with {}", within(bound, "follower", "followers"))),
        );
        parts.extend(self.repeat.map(|repeat| {
            if repeat { "written again" } else { "written for the first time" }.to_owned()
        }));
        parts.extend(
            self.waited_hours
                .map(|bound| format!("waiting for {}", within(bound, "hour", "hours"))),
        );
        parts.extend(
            self.audience.map(|bound| format!("seen by {}", within(bound, "person", "people"))),
        );
        parts.extend(self.channel.as_ref().map(|channel| format!("on {channel}")));
        parts.extend(self.stream.as_ref().map(|stream| format!("from stream {stream}")));
        match kinds {
            None if parts.is_empty() => f.write_str("everything"),
            None => write!(f, "messages {}", parts.join(", ")),
            Some(kinds) if parts.is_empty() => f.write_str(&joined(&kinds, "and")),
            Some(kinds) => write!(f, "{} {}", joined(&kinds, "and"), parts.join(", ")),
        }
    }
}

/// `10,000 followers or more`, `24 hours or more but less than 48`.
fn within(bound: Bound, one: &str, many: &str) -> String {
    let unit = |value: f64| if one.is_empty() { trimmed(value) } else { counted(value, one, many) };
    match bound.limits() {
        (Some((low, _)), Some((high, _))) if low == high => format!("exactly {}", unit(low)),
        (Some((low, included)), high) => {
            let from = if included {
                format!("{} or more", unit(low))
            } else {
                format!("more than {}", unit(low))
            };
            high.map_or(from.clone(), |(high, included)| {
                let to = if included { "at most" } else { "less than" };
                format!("{from} but {to} {}", trimmed(high))
            })
        }
        (None, Some((high, true))) => format!("{} or less", unit(high)),
        (None, Some((high, false))) => format!("less than {}", unit(high)),
        (None, None) => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bounds_read_as_people_say_them() {
        for (bound, said) in [
            (">= 10_000", "10,000 followers or more"),
            ("> 1", "more than 1 follower"),
            ("< 30", "less than 30 followers"),
            ("<= 30", "30 followers or less"),
            ("= 0", "exactly 0 followers"),
            (">= 10 and < 100", "10 followers or more but less than 100"),
        ] {
            let bound = Bound::try_from(bound).unwrap();
            assert_eq!(within(bound, "follower", "followers"), said);
        }
    }
}
