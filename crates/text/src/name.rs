//! Names from outside may hold anything: what could steer a terminal is replaced before they are shown.

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

#[cfg(test)]
mod tests {
    use super::*;

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
