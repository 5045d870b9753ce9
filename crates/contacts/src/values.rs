//! What stands in a field: shown, read as a number, written as a length of time.

use heard_text::time::rounded;

/// The beginning of what stands in a field, on one line.
pub(crate) fn shown(field: &[u8]) -> String {
    let text = String::from_utf8_lossy(field).replace(char::is_control, "\u{fffd}");
    match text.char_indices().nth(40) {
        Some((end, _)) => format!("{}...", &text[..end]),
        None => text,
    }
}

/// A whole number, perhaps written as a float: `17`, `17.0`, `1.7e1`.
pub(crate) fn whole(text: &[u8]) -> Option<u64> {
    let text = std::str::from_utf8(text).ok()?;
    if let Ok(number) = text.parse() {
        return Some(number);
    }
    let float: f64 = text.parse().ok()?;
    let is_whole = float.fract() == 0.0 && (0.0..9.0e15).contains(&float);
    is_whole.then_some(float as u64)
}

/// A length of time for people.
pub(crate) fn length(milliseconds: i64) -> String {
    rounded(milliseconds as f64 / 1000.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_numbers_may_be_written_as_floats() {
        for (text, number) in [
            ("17", Some(17)),
            ("17.0", Some(17)),
            ("1.7e1", Some(17)),
            ("17.5", None),
            ("-1", None),
            ("1e300", None),
            ("nan", None),
            ("", None),
            ("18446744073709551615", Some(u64::MAX)),
        ] {
            assert_eq!(whole(text.as_bytes()), number, "{text}");
        }
    }

    #[test]
    fn long_fields_are_shown_by_their_beginning() {
        assert_eq!(shown("ä".repeat(41).as_bytes()), format!("{}...", "ä".repeat(40)));
        assert_eq!(shown(b"a\xff\nb"), "a\u{fffd}\u{fffd}b");
    }
}
