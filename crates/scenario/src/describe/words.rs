//! Numbers and lists as a person would say them.

use crate::bound::Bound;

/// `a`, `a and b`, `a, b and c`.
#[must_use]
pub fn list<S: AsRef<str>>(items: &[S]) -> String {
    joined(items, "and")
}

/// The items with commas, and with `word` before the last.
#[must_use]
pub fn joined<S: AsRef<str>>(items: &[S], word: &str) -> String {
    let texts: Vec<&str> = items.iter().map(AsRef::as_ref).collect();
    match texts.as_slice() {
        [] => String::new(),
        [only] => (*only).to_owned(),
        [first @ .., last] => format!("{} {word} {last}", first.join(", ")),
    }
}

/// The text with its first letter in capitals.
#[must_use]
pub fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// A number with commas between thousands, and no more than four decimals.
#[must_use]
pub fn number(value: f64) -> String {
    let text = format!("{}", (value * 1e4).round() / 1e4);
    let (whole, decimals) =
        text.split_once('.').map_or((text.as_str(), None), |(w, d)| (w, Some(d)));
    let digits = whole.trim_start_matches('-');
    let mut said = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at) % 3 == 0 {
            said.push(',');
        }
        said.push(digit);
    }
    let sign = if whole.starts_with('-') { "-" } else { "" };
    let decimals = decimals.map(|decimals| format!(".{decimals}")).unwrap_or_default();
    format!("{sign}{said}{decimals}")
}

/// `1 person`, `2 people`.
#[must_use]
pub fn count(value: f64, one: &str, many: &str) -> String {
    format!("{} {}", number(value), if value == 1.0 { one } else { many })
}

/// `once`, `twice`, `3 times`.
#[must_use]
pub fn times(value: f64) -> String {
    match value {
        1.0 => "once".to_owned(),
        2.0 => "twice".to_owned(),
        value => format!("{} times", number(value)),
    }
}

/// A share as a percentage.
#[must_use]
pub fn percent(share: f64) -> String {
    format!("{}%", number(100.0 * share))
}

/// `10,000 followers or more`, `24 hours or more, but less than 48`.
#[must_use]
pub fn within(bound: Bound, one: &str, many: &str) -> String {
    let unit = |value: f64| if one.is_empty() { number(value) } else { count(value, one, many) };
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
                format!("{from} but {to} {}", number(high))
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
    fn numbers_have_commas_and_no_tails() {
        for (value, said) in [
            (0.0, "0"),
            (999.0, "999"),
            (1_000.0, "1,000"),
            (-12_345.5, "-12,345.5"),
            (0.1 + 0.2, "0.3"),
            (1e6, "1,000,000"),
        ] {
            assert_eq!(number(value), said);
        }
        assert_eq!(percent(0.07), "7%");
    }

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

    #[test]
    fn lists_end_with_and() {
        assert_eq!(list(&["a"]), "a");
        assert_eq!(list(&["a", "b", "c"]), "a, b and c");
        assert_eq!(list::<&str>(&[]), "");
    }
}
