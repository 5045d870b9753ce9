//! Problems as text: the message, the place, the line with carets, and what would be right.

use std::fmt::Write as _;

use heard_text::wrap::wrap;

use super::check::PROBLEM_LIMIT;
use super::excerpt::{clean, excerpt};
use super::problem::Problem;
use super::sources::{SET, Sources};
use super::words;

/// How many columns a message takes before it is broken.
const WIDTH: usize = 96;
/// How many problems are listed after the first.
const MORE: usize = 5;

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

/// One problem in full, ending in a line break.
#[must_use]
pub fn render(problem: &Problem, sources: &Sources, colour: bool) -> String {
    let paint = Paint(colour);
    let mut text = String::new();
    for (index, line) in wrap(&said(problem), WIDTH - 7).iter().enumerate() {
        let head = if index == 0 { paint.paint(RED, "error:") } else { "      ".to_owned() };
        let _ = writeln!(text, "{head} {}", paint.paint(BOLD, line));
    }
    let gutter = show_place(&mut text, problem, sources, &paint);
    if let Some(help) = help(problem, sources) {
        for (index, line) in wrap(&help, WIDTH - gutter - 9).iter().enumerate() {
            let head = if index == 0 {
                format!("{} {}", paint.paint(BLUE, "="), paint.paint(GREEN, "help:"))
            } else {
                " ".repeat(7)
            };
            let _ = writeln!(text, "{:gutter$} {head} {line}", "");
        }
    }
    text
}

/// All problems: the first in full, up to five more in a line each, and how many remain.
#[must_use]
pub fn render_all(problems: &[Problem], sources: &Sources, colour: bool) -> String {
    let Some((first, rest)) = problems.split_first() else { return String::new() };
    let paint = Paint(colour);
    let mut text = render(first, sources, colour);
    if !rest.is_empty() {
        text.push('\n');
    }
    for problem in rest.iter().take(MORE) {
        let head = paint.paint(RED, "also:");
        let message = words::shorten(&said(problem).replace('\n', " "), 2 * WIDTH);
        let _ = match problem.location(sources) {
            Some(location) => {
                writeln!(text, "{head} {}: {message}", paint.paint(BLUE, &clean(&location)))
            }
            None => writeln!(text, "{head} {message}"),
        };
    }
    if let Some(hidden) = rest.len().checked_sub(MORE).filter(|hidden| *hidden > 0) {
        let least = if problems.len() >= PROBLEM_LIMIT { "at least " } else { "" };
        let _ = writeln!(text, "and {least}{hidden} more");
    }
    text
}

/// The message, with what was being done before it.
fn said(problem: &Problem) -> String {
    let message = words::shorten(&problem.message, 600);
    clean_lines(&match &problem.context {
        Some(context) => format!("{context}: {message}"),
        None => message,
    })
}

fn clean_lines(text: &str) -> String {
    text.split('\n').map(clean).collect::<Vec<_>>().join("\n")
}

/// The help, with a word on the shell where double quotes would not survive it.
fn help(problem: &Problem, sources: &Sources) -> Option<String> {
    let help = clean_lines(&words::shorten(problem.help.as_deref()?, 1000));
    let source = problem.place.as_ref().and_then(|place| sources.get(place.source));
    if help.contains("= \"") && source.is_some_and(|source| source.name == SET) {
        return Some(format!(
            "{help}\nthe shell removes double quotes: put single quotes around the whole argument"
        ));
    }
    Some(help)
}

/// Shows where the problem stands, and returns the width of the line numbers.
fn show_place(text: &mut String, problem: &Problem, sources: &Sources, paint: &Paint) -> usize {
    let found = problem.place.as_ref().and_then(|place| Some((place, sources.get(place.source)?)));
    let (Some((place, source)), Some(location)) = (found, problem.location(sources)) else {
        return 1;
    };
    let number = sources.position(place).map_or(0, |(line, _)| line).to_string();
    let gutter = number.len();
    let arrow = paint.paint(BLUE, "-->");
    let _ = writeln!(text, "{:gutter$}{arrow} {}", "", clean(&location));
    if place.range == (0..0) {
        return gutter;
    }
    let excerpt = excerpt(&source.text, &place.range);
    let bar = paint.paint(BLUE, "|");
    let carets = paint.paint(RED, &"^".repeat(excerpt.width));
    let number = if source.name == SET { " ".repeat(gutter) } else { number };
    let _ = writeln!(text, "{:gutter$} {bar}", "");
    let _ = writeln!(text, "{} {bar} {}", paint.paint(BLUE, &number), excerpt.line);
    let _ = writeln!(text, "{:gutter$} {bar} {:column$}{carets}", "", "", column = excerpt.column);
    gutter
}

#[cfg(test)]
mod tests {
    use super::super::sources::{Place, Sources};
    use super::super::{PROBLEM_LIMIT, Problem};
    use super::{render, render_all};

    fn sources() -> Sources {
        let mut sources = Sources::new();
        sources.add_text("shop.toml", "[run]\ndays = \"90\"\n");
        sources.add_text("--set", "run.days=\"x\"");
        sources
    }

    fn problem() -> Problem {
        Problem::new("run.days must be a number (days), not a string")
            .at(Place { source: 0, range: 13..17 })
            .help("write `days = 90`")
    }

    #[test]
    fn a_problem_shows_place_line_carets_and_help() {
        let expected = "\
error: run.days must be a number (days), not a string
 --> shop.toml:2:8
  |
2 | days = \"90\"
  |        ^^^^
  = help: write `days = 90`
";
        assert_eq!(render(&problem(), &sources(), false), expected);
    }

    #[test]
    fn colours_come_only_where_asked_for_and_change_no_letter() {
        let plain = render(&problem(), &sources(), false);
        let mut coloured = render(&problem(), &sources(), true);
        assert!(!plain.contains('\u{1b}'));
        assert!(coloured.contains('\u{1b}'));
        for style in [super::RED, super::BLUE, super::GREEN, super::BOLD, super::PLAIN] {
            coloured = coloured.replace(style, "");
        }
        assert_eq!(coloured, plain);
    }

    #[test]
    fn a_set_argument_shows_no_line_number_and_warns_of_the_shell() {
        let problem = problem().at(Place { source: 1, range: 9..12 }).help("write `a = \"5\"`");
        let text = render(&problem.context("in arm `responding`"), &sources(), false);
        let expected = "\
error: in arm `responding`: run.days must be a number (days), not a string
 --> --set
  |
  | run.days=\"x\"
  |          ^^^
  = help: write `a = \"5\"`
          the shell removes double quotes: put single quotes around the whole argument
";
        assert_eq!(text, expected);
    }

    #[test]
    fn a_line_of_a_long_file_shows_its_number() {
        let mut sources = sources();
        let place = sources.add_line("edges.csv", 1_207, "4,4".to_owned());
        let text = render(&Problem::new("no").at(place), &sources, false);
        let expected = "\
error: no
    --> edges.csv:1207:1
     |
1207 | 4,4
     | ^^^
";
        assert_eq!(text, expected);
    }

    #[test]
    fn a_problem_without_a_place_is_message_and_help() {
        let text = render(&Problem::new("no file").help("name one"), &sources(), false);
        assert_eq!(text, "error: no file\n  = help: name one\n");
    }

    #[test]
    fn many_problems_show_the_first_in_full_five_in_short_and_count_the_rest() {
        let all = |count: usize| {
            let problems: Vec<_> = (0..count).map(|_| problem()).collect();
            render_all(&problems, &sources(), false)
        };
        assert_eq!(all(1), render(&problem(), &sources(), false));
        assert_eq!(all(6).matches("\nalso: shop.toml:2:8: run.days must").count(), 5);
        assert!(!all(6).contains("more"));
        assert!(all(7).ends_with("\nand 1 more\n"));
        assert_eq!(all(7).matches("also:").count(), 5);
        assert!(all(PROBLEM_LIMIT).contains("\nand at least "));
        assert_eq!(all(0), "");
    }

    #[test]
    fn no_control_character_of_the_text_reaches_the_terminal() {
        let problem = Problem::new("unknown key `a\u{1b}[2J`").help("not \u{7}");
        let text = render(&problem, &sources(), false);
        assert!(text.chars().all(|c| c == '\n' || !c.is_control()), "{text:?}");
    }

    #[test]
    fn a_line_of_900_kilobytes_stays_readable() {
        let mut sources = Sources::new();
        let text = format!("days = \"{}\"", "x".repeat(900_000));
        let number = sources.add_text("a.toml", text);
        let problem = problem().at(Place { source: number, range: 7..900_008 });
        let shown = render(&problem, &sources, false);
        assert!(shown.lines().all(|line| line.chars().count() < 110), "{shown}");
    }
}
