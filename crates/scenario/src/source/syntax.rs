//! Where the TOML parser stopped, turned into a problem.

use std::ops::Range;

use super::parse::DEPTH_LIMIT;
use super::phrases::{Spot, phrase};
use heard_text::diagnostic::floor;

use super::problem::Problem;
use super::sources::Place;

/// The problem behind a parser's error; `offset` is where the parsed text begins in its source.
pub(super) fn explain(
    text: &str,
    source: usize,
    offset: usize,
    error: &toml::de::Error,
) -> Problem {
    let what = error.message();
    let nested = what.contains("recurse") || what.contains("recursion");
    let span = error.span().or_else(|| longest_key(text).filter(|_| nested)).unwrap_or(0..0);
    let span = visible(text, span);
    let problem = if nested {
        too_deep()
    } else {
        let (message, help) = phrase(what, &spot(text, &span));
        Problem { help, ..Problem::new(message) }
    };
    problem.at(Place { source, range: span.start + offset..span.end + offset })
}

/// The problem of too many tables and lists within one another.
pub(super) fn too_deep() -> Problem {
    Problem::new(format!("more than {DEPTH_LIMIT} tables or lists lie within one another"))
        .help("a scenario nests a handful deep; look for brackets or dots repeated by accident")
}

/// The span, moved back to the last character where it lies at the very end of the text.
fn visible(text: &str, span: Range<usize>) -> Range<usize> {
    let end = text.trim_end().len();
    let start = floor(text, span.start.min(end));
    let next = text.get(start..).and_then(|rest| rest.chars().next()).map_or(1, char::len_utf8);
    let least = if start == 0 { next } else { start };
    start..span.end.max(least)
}

/// What stands around the place.
fn spot<'t>(text: &'t str, span: &Range<usize>) -> Spot<'t> {
    let (start, end) = (floor(text, span.start), floor(text, span.end));
    let before = text.get(..start).unwrap_or_default();
    let after = text.get(start..).unwrap_or_default();
    let line = before.rfind('\n').map_or(0, |at| at + 1);
    Spot {
        inside: text.get(start..end).unwrap_or_default().lines().next().unwrap_or_default().trim(),
        before: before.get(line..).unwrap_or_default().trim(),
        after: after.lines().next().unwrap_or_default().trim_end(),
    }
}

/// The line with the most dots: the parser does not say which key has too many parts.
fn longest_key(text: &str) -> Option<Range<usize>> {
    let mut start = 0;
    let mut best = (0, 0..0);
    for line in text.split_inclusive('\n') {
        let dots = line.bytes().filter(|b| *b == b'.').count();
        if dots > best.0 {
            best = (dots, start..start + line.trim_end().len());
        }
        start += line.len();
    }
    (best.0 > 0).then_some(best.1)
}

#[cfg(test)]
mod tests {
    use super::super::parse;
    use super::super::sources::Sources;

    fn shown(text: &str) -> String {
        let mut sources = Sources::new();
        let number = sources.add_text("a.toml", text);
        parse(&sources, number).unwrap_err().diagnostic(&sources).render(false)
    }

    #[test]
    fn a_syntax_error_points_at_its_line() {
        let expected = "\
error: `hello world` is neither a number nor a quoted string
 --> a.toml:2:9
  |
2 | title = hello world
  |         ^^^^^^^^^^^
  = help: put quotes around text: \"hello world\"
";
        assert_eq!(shown("a = 1\ntitle = hello world\nb = 2\n"), expected);
    }

    #[test]
    fn an_error_at_the_end_of_the_text_shows_the_last_line_that_says_something() {
        let text = shown("a = 1\nb = \"\"\"x\n\n\n");
        assert!(text.contains("2 | b = \"\"\"x\n"), "{text}");
    }

    #[test]
    fn an_error_at_the_first_byte_shows_the_line_too() {
        assert!(shown("= 3\n").contains("\n1 | = 3\n"), "{}", shown("= 3\n"));
        assert!(shown("{").contains("\n1 | {\n"), "{}", shown("{"));
    }

    #[test]
    fn a_key_of_too_many_parts_is_found() {
        let text = format!("a = 1.5\n{} = 1\n", vec!["b"; 90].join("."));
        assert!(shown(&text).contains("a.toml:2:1"), "{}", shown(&text));
    }
}
