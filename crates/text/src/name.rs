//! Names from outside may hold anything: what could steer a terminal is replaced before they are shown,
//! and names that must differ get numbers.

use std::collections::BTreeSet;

/// Whether a terminal obeys the character instead of showing it: control characters, and those that
/// change the direction of reading.
#[must_use]
pub fn steers(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// A name on one line, without what could steer a terminal; in quotation marks where nothing of it
/// would be seen.
#[must_use]
pub fn safe(name: &str) -> String {
    let visible = name.replace(steers, "\u{fffd}");
    if visible.trim().is_empty() { format!("\"{visible}\"") } else { visible }
}

/// A text of several lines without what could steer a terminal.
#[must_use]
pub fn harmless(text: &str) -> String {
    text.replace(|c: char| c != '\n' && steers(c), "\u{fffd}")
}

/// Names that differ, in the same order: one that has come before gets a number from 2 on behind
/// `separator`. Two names count as the same where `key` makes the same of both.
#[must_use]
pub fn distinct(
    names: impl IntoIterator<Item = String>,
    separator: &str,
    key: impl Fn(&str) -> String,
) -> Vec<String> {
    let mut taken = BTreeSet::new();
    let mut free = |name: String| {
        let mut candidate = name.clone();
        let mut number = 2_u64;
        while !taken.insert(key(&candidate)) {
            candidate = format!("{name}{separator}{number}");
            number += 1;
        }
        candidate
    };
    names.into_iter().map(&mut free).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_comes_again_gets_the_first_number_that_is_free() {
        let names = || ["a", "b", "A", "a 2", "a"].map(str::to_owned);
        assert_eq!(distinct(names(), " ", str::to_owned), ["a", "b", "A", "a 2", "a 3"]);
        let lower = distinct(names(), " ", str::to_ascii_lowercase);
        assert_eq!(lower, ["a", "b", "A 2", "a 2 2", "a 3"]);
    }

    #[test]
    fn names_cannot_steer_the_terminal() {
        let name = safe("a\u{1b}[31m\nb\u{202e}");
        assert!(name.chars().all(|c| !c.is_control() && c != '\u{202e}'));
        assert_eq!(safe(""), "\"\"");
        assert_eq!(safe("responding"), "responding");
    }

    #[test]
    fn texts_keep_their_lines_and_nothing_else_that_steers() {
        assert_eq!(harmless("a\nb\u{1b}[2Jc\r"), "a\nb\u{fffd}[2Jc\u{fffd}");
    }
}
