//! Words for messages: keys in backticks, lists of names, the name that was probably meant.

use heard_text::list::joined;
use std::fmt::Write as _;

pub(super) use heard_text::wrap::shorten;

/// The longest piece of the user's own text that a message repeats, in characters.
const QUOTED: usize = 60;

/// A key or value in backticks, cut to a readable length.
pub(super) fn code(text: &str) -> String {
    format!("`{}`", shorten(text, QUOTED).replace('\n', "\\n"))
}

/// A key as TOML writes it: bare where possible, else quoted; cut to a readable length.
pub(super) fn key_text(key: &str) -> String {
    let bare = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
    let short = shorten(key, QUOTED);
    if !key.is_empty() && key.chars().take(QUOTED).all(bare) { short } else { string_text(&short) }
}

/// A string as TOML writes it.
pub(super) fn string_text(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}

/// A number the way people write it: `90` rather than `90.0`.
pub(super) fn number_text(number: f64) -> String {
    if number.abs() < 1e15 { format!("{number}") } else { format!("{number:?}") }
}

/// A path in one text: `team.care.shifts[0].people`.
pub fn path_text<S: AsRef<str>>(keys: &[S]) -> String {
    let mut text = String::new();
    for key in keys.iter().map(AsRef::as_ref) {
        let is_index = !text.is_empty() && key.bytes().all(|b| b.is_ascii_digit());
        match (is_index && !key.is_empty(), text.is_empty()) {
            (true, _) => {
                let _ = write!(text, "[{key}]");
            }
            (false, true) => text.push_str(&key_text(key)),
            (false, false) => {
                let _ = write!(text, ".{}", key_text(key));
            }
        }
    }
    text
}

/// Names in backticks, the last one joined by `word`: `` `a`, `b` or `c` ``.
pub(super) fn list<S: AsRef<str>>(names: &[S], word: &str) -> String {
    joined(&names.iter().map(|name| code(name.as_ref())).collect::<Vec<_>>(), word)
}

/// The candidate that was probably meant by `word`, if one is near enough.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    if word.is_empty() || word.len() > 100 {
        return None;
    }
    let word = plain(word);
    let length = word.chars().count();
    let mut best: Option<(usize, &str)> = None;
    for candidate in candidates {
        let other = plain(candidate);
        let longest = length.max(other.chars().count());
        let begins = length >= 3
            && other.len() >= 3
            && (other.starts_with(&word) || word.starts_with(&other));
        let distance = match strsim::damerau_levenshtein(&word, &other) {
            far if begins => far.min(1),
            far => far,
        };
        let near = distance == 0 || (longest > 2 && distance <= 1.max(longest / 3));
        if near && best.is_none_or(|(least, _)| distance < least) {
            best = Some((distance, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

fn plain(word: &str) -> String {
    word.trim().to_lowercase().replace(['-', ' '], "_")
}

#[cfg(test)]
mod tests {
    use super::{list, nearest, number_text, path_text};

    #[test]
    fn a_path_reads_like_toml_with_list_numbers_in_brackets() {
        assert_eq!(path_text(&["team", "care", "shifts", "0"]), "team.care.shifts[0]");
        assert_eq!(path_text(&["team", "front desk", "x"]), r#"team."front desk".x"#);
        assert_eq!(path_text(&["team", ""]), r#"team."""#);
        assert_eq!(path_text::<&str>(&[]), "");
    }

    #[test]
    fn the_nearest_name_forgives_typing_but_not_other_words() {
        let known = ["channels", "people", "shift_hours", "id"];
        assert_eq!(nearest("chanels", known), Some("channels"));
        assert_eq!(nearest("poeple", known), Some("people"));
        assert_eq!(nearest("shift-hours", known), Some("shift_hours"));
        assert_eq!(nearest("Chan", known), Some("channels"));
        assert_eq!(nearest("budget", known), None);
        assert_eq!(nearest("ix", known), None);
        assert_eq!(nearest("", known), None);
        assert_eq!(nearest(&"x".repeat(900_000), known), None);
    }

    #[test]
    fn numbers_read_as_people_write_them() {
        assert_eq!(number_text(90.0), "90");
        assert_eq!(number_text(0.25), "0.25");
        assert_eq!(number_text(1e300), "1e300");
    }

    #[test]
    fn lists_read_well() {
        assert_eq!(list(&["a", "b", "c"], "or"), "`a`, `b` or `c`");
    }
}
