//! Lists and plurals.

use crate::number::trimmed;

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

/// The items, or the first `most` of them and the number of others. One item more takes no more room than
/// saying so.
#[must_use]
pub fn abridged(items: &[String], most: usize) -> String {
    if items.len() <= most + 1 {
        return list(items);
    }
    let mut shown = items[..most].to_vec();
    shown.push(format!("{} more", items.len() - most));
    list(&shown)
}

/// The text with its first letter in capitals.
#[must_use]
pub fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// `1 person`, `2 people`, `1,200 people`.
#[must_use]
pub fn counted(value: f64, one: &str, many: &str) -> String {
    format!("{} {}", trimmed(value), form(value, one, many))
}

/// The form of a word that agrees with a number: `is` or `are`.
#[must_use]
pub fn form<'a>(number: f64, one: &'a str, many: &'a str) -> &'a str {
    if number == 1.0 { one } else { many }
}

/// `1 replication`, `20 replications`.
#[must_use]
pub fn replications(number: u64) -> String {
    counted(number as f64, "replication", "replications")
}

/// `1 day`, `0.5 days`, `90 days`.
#[must_use]
pub fn days(number: f64) -> String {
    counted(number, "day", "days")
}

/// `once`, `twice`, `3 times`.
#[must_use]
pub fn times(value: f64) -> String {
    match value {
        1.0 => "once".to_owned(),
        2.0 => "twice".to_owned(),
        value => format!("{} times", trimmed(value)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_end_with_and() {
        assert_eq!(list(&["a"]), "a");
        assert_eq!(list(&["a", "b", "c"]), "a, b and c");
        assert_eq!(list::<&str>(&[]), "");
    }

    #[test]
    fn a_long_list_is_cut_where_that_is_shorter() {
        let items = ["a", "b", "c", "d"].map(str::to_owned);
        assert_eq!(abridged(&items, 3), "a, b, c and d");
        assert_eq!(abridged(&items, 2), "a, b and 2 more");
    }

    #[test]
    fn one_of_a_thing_is_singular() {
        assert_eq!(counted(1.0, "person", "people"), "1 person");
        assert_eq!(counted(0.0, "person", "people"), "0 people");
        assert_eq!(counted(1_200.0, "person", "people"), "1,200 people");
        assert_eq!((times(1.0).as_str(), times(3.0).as_str()), ("once", "3 times"));
    }
}
