//! Bounds as a person would say them.

use heard_text::list::counted;
use heard_text::number::trimmed;

use crate::bound::Bound;

/// `10,000 followers or more`, `24 hours or more, but less than 48`.
#[must_use]
pub fn within(bound: Bound, one: &str, many: &str) -> String {
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
