//! The line a place is in, cut to a readable width, with carets under the place.

use std::ops::Range;

use crate::name::steers;

/// How many columns of a line are shown before the place, at most.
const BEFORE: usize = 60;
/// How many columns of a line are shown in all.
const WIDTH: usize = 100;

/// One line to show: the text, and the columns that the carets go under.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Excerpt {
    /// The line as it can be printed, cut where it is very long.
    pub line: String,
    /// The first column of the carets, counted from 0.
    pub column: usize,
    /// How many carets; at least one.
    pub width: usize,
}

impl Excerpt {
    /// The excerpt for a byte range, which may lie outside the text or span many lines.
    #[must_use]
    pub fn of(text: &str, range: &Range<usize>) -> Self {
        let start = floor(text, range.start);
        let before = text.get(..start).unwrap_or_default();
        let before = before.get(before.rfind('\n').map_or(0, |at| at + 1)..).unwrap_or_default();
        let after = text.get(start..).unwrap_or_default();
        let after = after.get(..after.find('\n').unwrap_or(after.len())).unwrap_or_default();
        let length = floor(text, range.end).saturating_sub(start).min(after.len());

        let mut column = 0;
        let mut first = before.len();
        for (index, c) in before.char_indices().rev() {
            if column + columns(c) > BEFORE {
                break;
            }
            column += columns(c);
            first = index;
        }
        let mut line = String::new();
        if first > 0 {
            line.push('…');
            column += 1;
        }
        line.push_str(&clean(before.get(first..).unwrap_or_default()));

        let mut width = 0;
        let mut shown = column;
        for (index, c) in after.trim_end().char_indices() {
            if shown + columns(c) > WIDTH {
                line.push('…');
                break;
            }
            shown += columns(c);
            if index < length {
                width += columns(c);
            }
            push(&mut line, c);
        }
        Self { line: line.trim_end().to_owned(), column, width: width.max(1) }
    }
}

/// A text that can be printed: what moves the cursor or turns the line around is replaced.
pub(super) fn clean(text: &str) -> String {
    let mut cleaned = String::with_capacity(text.len());
    for c in text.chars() {
        push(&mut cleaned, c);
    }
    cleaned
}

fn push(line: &mut String, c: char) {
    match c {
        '\t' => line.push_str("    "),
        c if steers(c) => line.push('\u{fffd}'),
        c => line.push(c),
    }
}

/// How many columns a character takes in a terminal.
fn columns(c: char) -> usize {
    match u32::from(c) {
        0x09 => 4,
        0x0300..=0x036f | 0x200b..=0x200d | 0xfe00..=0xfe0f => 0,
        0x1100..=0x115f
        | 0x2e80..=0xa4cf
        | 0xac00..=0xd7a3
        | 0xf900..=0xfaff
        | 0xfe30..=0xfe6f
        | 0xff00..=0xff60
        | 0xffe0..=0xffe6
        | 0x1f300..=0x1faff
        | 0x20000..=0x3fffd => 2,
        _ => 1,
    }
}

/// The line and column of a byte, both counted from 1, the column in characters.
pub(super) fn line_and_column(text: &str, byte: usize) -> (u64, u64) {
    let before = text.get(..floor(text, byte)).unwrap_or_default();
    let line = before.bytes().filter(|b| *b == b'\n').count() + 1;
    let start = before.rfind('\n').map_or(0, |end| end + 1);
    (line as u64, before.get(start..).unwrap_or_default().chars().count() as u64 + 1)
}

/// The nearest boundary between characters at or before a byte.
#[must_use]
pub fn floor(text: &str, byte: usize) -> usize {
    let mut byte = byte.min(text.len());
    while !text.is_char_boundary(byte) {
        byte -= 1;
    }
    byte
}

#[cfg(test)]
mod tests {
    use super::{Excerpt, clean};

    /// The line with the carets beneath it.
    fn shown(text: &str, range: std::ops::Range<usize>) -> (String, String) {
        let excerpt = Excerpt::of(text, &range);
        (excerpt.line, format!("{}{}", " ".repeat(excerpt.column), "^".repeat(excerpt.width)))
    }

    #[test]
    fn the_carets_stand_under_the_value() {
        let text = "a = 1\r\nb = 'xy' # z\r\nc = 3";
        assert_eq!(shown(text, 11..15), ("b = 'xy' # z".to_owned(), "    ^^^^".to_owned()));
        assert_eq!(shown(text, 25..26).1, "    ^");
    }

    #[test]
    fn tabs_and_wide_characters_keep_the_carets_in_line() {
        assert_eq!(shown("\ta = 1", 5..6), ("    a = 1".to_owned(), "        ^".to_owned()));
        assert_eq!(shown("'日本' = 1", 11..12).1, "         ^");
        assert_eq!(shown("'é' = 日", 7..10).1, "      ^^");
    }

    #[test]
    fn a_very_long_line_is_cut_around_the_place() {
        let text = format!("a = [{}x{}]", "é,".repeat(150_000), ",é".repeat(150_000));
        let at = text.find('x').unwrap();
        let (line, carets) = shown(&text, at..at + 1);
        assert!(line.chars().count() <= 102, "{}", line.chars().count());
        assert!(line.starts_with('…') && line.ends_with('…'));
        assert_eq!(line.chars().nth(carets.len() - 1), Some('x'));
        let (line, carets) = shown(&text, 4..text.len());
        assert!(line.starts_with("a = [é") && carets.len() <= 100, "{carets}");
    }

    #[test]
    fn any_range_in_any_text_gives_an_excerpt() {
        for text in ["", "\n", "é", "a\r\n\r\nb", "\t\t"] {
            for start in 0..8 {
                for end in 0..8 {
                    assert!(Excerpt::of(text, &(start..end)).width >= 1);
                }
            }
        }
    }

    #[test]
    fn nothing_that_moves_the_cursor_is_printed() {
        assert_eq!(clean("a\u{1b}[2Jb\u{202e}c\td"), "a\u{fffd}[2Jb\u{fffd}c    d");
    }
}
