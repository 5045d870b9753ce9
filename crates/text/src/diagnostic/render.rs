//! Diagnostics as text: the message, the place, the line with carets, and what would be right.

use std::fmt::Write as _;

use super::excerpt::clean;
use super::{Diagnostic, Place};
use crate::wrap::{shorten, wrap};

/// How many columns a message beside an excerpt takes before it is broken.
const WIDTH: usize = 96;
/// How many others are listed after the first.
const MORE: usize = 5;
/// Characters of a message or a note, at most.
const MESSAGE: usize = 1_000;

const RED: &str = "\u{1b}[1;31m";
const BLUE: &str = "\u{1b}[1;34m";
const GREEN: &str = "\u{1b}[1;32m";
const BOLD: &str = "\u{1b}[1m";
const PLAIN: &str = "\u{1b}[0m";

/// Writes in colour where that was asked for.
struct Paint(bool);

impl Paint {
    fn paint(&self, style: &str, text: &str) -> String {
        if self.0 { format!("{style}{text}{PLAIN}") } else { text.to_owned() }
    }
}

impl Diagnostic {
    /// The text, ending in a line break: this one in full, up to five others, one per line, and how
    /// many remain. Nothing in it can steer a terminal but the colours, where they are asked for.
    ///
    /// Without an excerpt no line is broken, so that paths and commands can be copied whole.
    #[must_use]
    pub fn render(&self, colour: bool) -> String {
        let paint = Paint(colour);
        let mut text = String::new();
        self.write_full(&mut text, &paint);
        if !self.also.is_empty() {
            text.push('\n');
        }
        for other in self.also.iter().take(MORE) {
            let head = paint.paint(RED, "also:");
            let message = shorten(&clean(&other.message.replace('\n', " ")), 2 * WIDTH);
            let _ = match &other.place {
                Some(place) => {
                    let place = paint.paint(BLUE, &clean(&place.to_string()));
                    writeln!(text, "{head} {place}: {message}")
                }
                None => writeln!(text, "{head} {message}"),
            };
        }
        if let Some(hidden) = self.also.len().checked_sub(MORE).filter(|hidden| *hidden > 0) {
            let least = if self.incomplete { "at least " } else { "" };
            let _ = writeln!(text, "and {least}{hidden} more");
        }
        text
    }

    fn write_full(&self, text: &mut String, paint: &Paint) {
        let excerpt = self.place.as_ref().is_some_and(|place| place.excerpt.is_some());
        let width = if excerpt { WIDTH } else { usize::MAX };
        let message = clean_lines(&shorten(&self.message, MESSAGE));
        for (index, line) in wrap(&message, width - 7).iter().enumerate() {
            let head = if index == 0 { paint.paint(RED, "error:") } else { "      ".to_owned() };
            let _ = writeln!(text, "{head} {}", paint.paint(BOLD, line));
        }
        let gutter = self.place.as_ref().map_or(1, |place| show(text, place, paint));
        let notes = self.notes.iter().map(|note| ("note:", note));
        for (label, said) in notes.chain(self.help.iter().map(|help| ("help:", help))) {
            let said = clean_lines(&shorten(said, MESSAGE));
            for (index, line) in wrap(&said, width - gutter - 9).iter().enumerate() {
                let head = if index == 0 {
                    format!("{} {}", paint.paint(BLUE, "="), paint.paint(GREEN, label))
                } else {
                    " ".repeat(7)
                };
                let _ = writeln!(text, "{:gutter$} {head} {line}", "");
            }
        }
    }
}

fn clean_lines(text: &str) -> String {
    text.split('\n').map(clean).collect::<Vec<_>>().join("\n")
}

/// Shows where it is, and returns the width of the line numbers.
fn show(text: &mut String, place: &Place, paint: &Paint) -> usize {
    let number = place.line.filter(|_| place.excerpt.is_some());
    let number = number.map_or(" ".to_owned(), |number| number.to_string());
    let gutter = number.len();
    let arrow = paint.paint(BLUE, "-->");
    let _ = writeln!(text, "{:gutter$}{arrow} {}", "", clean(&place.to_string()));
    let Some(excerpt) = &place.excerpt else { return gutter };
    let bar = paint.paint(BLUE, "|");
    let carets = paint.paint(RED, &"^".repeat(excerpt.width));
    let _ = writeln!(text, "{:gutter$} {bar}", "");
    let _ = writeln!(text, "{} {bar} {}", paint.paint(BLUE, &number), excerpt.line);
    let _ = writeln!(text, "{:gutter$} {bar} {:column$}{carets}", "", "", column = excerpt.column);
    gutter
}

#[cfg(test)]
mod tests {
    use super::*;

    fn diagnostic() -> Diagnostic {
        Diagnostic::new("run.days must be a number (days), not a string")
            .at(Place::of("shop.toml", "[run]\ndays = \"90\"\n", &(13..17), 0))
            .help("write `days = 90`")
    }

    #[test]
    fn a_diagnostic_shows_place_line_carets_and_help() {
        let expected = "\
error: run.days must be a number (days), not a string
 --> shop.toml:2:8
  |
2 | days = \"90\"
  |        ^^^^
  = help: write `days = 90`
";
        assert_eq!(diagnostic().render(false), expected);
        assert_eq!(diagnostic().to_string() + "\n", expected);
    }

    #[test]
    fn colours_come_only_where_asked_for_and_change_no_letter() {
        let plain = diagnostic().render(false);
        let mut coloured = diagnostic().render(true);
        assert!(!plain.contains('\u{1b}'));
        assert!(coloured.contains('\u{1b}'));
        for style in [RED, BLUE, GREEN, BOLD, PLAIN] {
            coloured = coloured.replace(style, "");
        }
        assert_eq!(coloured, plain);
    }

    #[test]
    fn without_an_excerpt_lines_are_not_broken() {
        let path = "a long path ".repeat(20);
        let diagnostic = Diagnostic::new(format!("no file {path}x")).help("name one");
        assert_eq!(
            diagnostic.render(false),
            format!("error: no file {path}x\n  = help: name one\n")
        );
    }

    #[test]
    fn notes_stand_between_the_place_and_the_help() {
        let mut diagnostic = Diagnostic::in_source("log.csv", Some(12), "no").help("name one");
        diagnostic.notes = vec!["line 13: no".to_owned()];
        let text = "error: no\n --> log.csv:12\n  = note: line 13: no\n  = help: name one\n";
        assert_eq!(diagnostic.render(false), text);
    }

    #[test]
    fn the_first_is_shown_in_full_five_in_short_and_the_rest_are_counted() {
        let all = |count: usize| {
            Diagnostic::gathered((0..count).map(|_| diagnostic())).unwrap().render(false)
        };
        assert_eq!(all(1), diagnostic().render(false));
        assert_eq!(all(6).matches("\nalso: shop.toml:2:8: run.days must").count(), 5);
        assert!(!all(6).contains("more"));
        assert!(all(7).ends_with("\nand 1 more\n"));
        assert_eq!(all(7).matches("also:").count(), 5);
        assert_eq!(Diagnostic::gathered([]), None);
    }

    #[test]
    fn no_control_character_of_the_text_reaches_the_terminal() {
        let bad =
            Diagnostic::in_source("\u{1b}[2J", None, "unknown key `a\u{1b}[2J`").help("not \u{7}");
        let text = Diagnostic::gathered([bad.clone(), bad]).unwrap().render(false);
        assert!(text.chars().all(|c| c == '\n' || !c.is_control()), "{text:?}");
    }

    #[test]
    fn a_line_of_900_kilobytes_stays_readable() {
        let text = format!("days = \"{}\"", "x".repeat(900_000));
        let shown = diagnostic().at(Place::of("a.toml", &text, &(7..900_008), 0)).render(false);
        assert!(shown.lines().all(|line| line.chars().count() < 110), "{shown}");
    }
}
