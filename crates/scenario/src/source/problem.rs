//! One thing that is wrong, and what would be right.

use heard_text::diagnostic::Diagnostic;

use super::check::PROBLEM_LIMIT;
use super::node::Node;
use super::sources::{Place, SET, Sources};
use super::words;

/// Characters of a message, at most.
const MESSAGE: usize = 600;
/// What to add where double quotes would not survive the way here.
const SHELL: &str = "the shell removes double quotes: put single quotes around the whole argument";

/// One thing that is wrong with a scenario.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Problem {
    /// What is wrong, in one sentence without a full stop.
    pub message: String,
    /// Where it stands, if it stands anywhere.
    pub place: Option<Place>,
    /// The path of the value, such as `team.care.shifts[0].people`; empty for the whole.
    pub path: String,
    /// What would be right.
    pub help: Option<String>,
    /// What was being done at the time, such as ``in arm `responding` ``.
    pub context: Option<Box<str>>,
}

impl Problem {
    /// A problem that stands nowhere in particular.
    pub fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), ..Self::default() }
    }

    /// A problem with the value at `path`: the way to report what only shows after reading.
    ///
    /// Where nothing stands at the path, the place is that of the nearest enclosing table.
    pub fn about<S: AsRef<str>>(root: &Node, path: &[S], message: impl Into<String>) -> Self {
        let place = Some(root.place_of(path));
        Self { place, path: words::path_text(path), ..Self::new(message) }
    }

    /// The same problem at this place.
    #[must_use]
    pub fn at(self, place: Place) -> Self {
        Self { place: Some(place), ..self }
    }

    /// The same problem with a word on what would be right.
    #[must_use]
    pub fn help(self, help: impl Into<String>) -> Self {
        Self { help: Some(help.into()), ..self }
    }

    /// The same problem with a word on what was being done.
    #[must_use]
    pub fn context(self, context: impl Into<String>) -> Self {
        Self { context: Some(context.into().into_boxed_str()), ..self }
    }

    /// The problem with all that it shows of its sources.
    #[must_use]
    pub fn diagnostic(&self, sources: &Sources) -> Diagnostic {
        let message = words::shorten(&self.message, MESSAGE);
        let place = self.place.as_ref().and_then(|place| sources.shown(place));
        let in_set = place.as_ref().is_some_and(|place| place.source == SET);
        let help = self.help.as_ref().map(|help| match in_set && help.contains("= \"") {
            true => format!("{help}\n{SHELL}"),
            false => help.clone(),
        });
        Diagnostic {
            message: match &self.context {
                Some(context) => format!("{context}: {message}"),
                None => message,
            },
            place: place.map(Box::new),
            help,
            ..Diagnostic::default()
        }
    }
}

/// All problems as one diagnostic, the first of them in full; there is at least one.
pub fn diagnostic(problems: &[Problem], sources: &Sources) -> Diagnostic {
    let all = problems.iter().map(|problem| problem.diagnostic(sources));
    let gathered = Diagnostic::gathered(all).unwrap_or_default();
    Diagnostic { incomplete: problems.len() >= PROBLEM_LIMIT, ..gathered }
}

#[cfg(test)]
mod tests {
    use super::super::parse;
    use super::*;

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
    fn a_finding_about_a_missing_value_points_at_its_table() {
        let mut sources = Sources::new();
        let number = sources.add_text("a.toml", "x = 1\n[team.care]\npeople = 3\n");
        let root = parse(&sources, number).unwrap();
        let problem = Problem::about(&root, &["team", "care", "skills"], "no skills");
        assert_eq!(problem.path, "team.care.skills");
        let place = problem.diagnostic(&sources).place.unwrap();
        assert_eq!(place.to_string(), "a.toml:2:1");
    }

    #[test]
    fn a_place_in_no_source_is_not_shown() {
        let nowhere = Place { source: 7, range: 0..1 };
        assert_eq!(Problem::new("m").at(nowhere).diagnostic(&sources()).place, None);
    }

    #[test]
    fn a_set_argument_shows_no_line_number_and_warns_of_the_shell() {
        let problem = problem().at(Place { source: 1, range: 9..12 }).help("write `a = \"5\"`");
        let text = problem.context("in arm `responding`").diagnostic(&sources()).render(false);
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
        let text = Problem::new("no").at(place).diagnostic(&sources).render(false);
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
    fn a_list_of_problems_that_was_cut_short_says_so() {
        let problems: Vec<Problem> = (0..PROBLEM_LIMIT).map(|_| problem()).collect();
        let text = diagnostic(&problems, &sources()).render(false);
        assert!(text.contains("\nand at least "), "{text}");
        assert!(!diagnostic(&problems[1..], &sources()).incomplete);
    }
}
