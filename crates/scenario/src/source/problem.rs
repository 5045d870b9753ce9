//! One thing that is wrong, and what would be right.

use super::node::Node;
use super::sources::{Place, Sources};
use super::words;

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

    /// `shop.toml:4:8`: where the problem stands, lines and columns counted from 1.
    ///
    /// For a `--set` argument, and for a problem with a file as a whole, the name alone.
    #[must_use]
    pub fn location(&self, sources: &Sources) -> Option<String> {
        let place = self.place.as_ref()?;
        let source = sources.get(place.source)?;
        if source.name == super::sources::SET || place.range == (0..0) {
            return Some(source.name.clone());
        }
        let (line, column) = sources.position(place)?;
        Some(format!("{}:{line}:{column}", source.name))
    }
}

/// The line and column of a byte, both counted from 1, the column in characters.
pub(super) fn line_and_column(text: &str, byte: usize) -> (usize, usize) {
    let before = text.get(..floor(text, byte)).unwrap_or_default();
    let line = before.bytes().filter(|b| *b == b'\n').count() + 1;
    let start = before.rfind('\n').map_or(0, |end| end + 1);
    (line, before.get(start..).unwrap_or_default().chars().count() + 1)
}

/// The nearest boundary between characters at or before a byte.
pub(super) fn floor(text: &str, byte: usize) -> usize {
    let mut byte = byte.min(text.len());
    while !text.is_char_boundary(byte) {
        byte -= 1;
    }
    byte
}

#[cfg(test)]
mod tests {
    use super::super::parse;
    use super::super::sources::{Place, Sources};
    use super::Problem;

    #[test]
    fn a_finding_about_a_missing_value_points_at_its_table() {
        let mut sources = Sources::new();
        let number = sources.add_text("a.toml", "x = 1\n[team.care]\npeople = 3\n");
        let root = parse(&sources, number).unwrap();
        let problem = Problem::about(&root, &["team", "care", "skills"], "no skills");
        assert_eq!(problem.path, "team.care.skills");
        assert_eq!(problem.location(&sources).unwrap(), "a.toml:2:1");
    }

    #[test]
    fn columns_count_characters_and_survive_any_range() {
        let mut sources = Sources::new();
        let number = sources.add_text("a.toml", "a = 1\r\nü = 'é' # x\n");
        let at = |start: usize| {
            let place = Place { source: number, range: start..start + 1 };
            Problem::new("m").at(place).location(&sources).unwrap()
        };
        assert_eq!(at(12), "a.toml:2:5");
        assert_eq!(at(8), "a.toml:2:1");
        assert_eq!(at(9_999), "a.toml:3:1");
        let nowhere = Place { source: 7, range: 0..1 };
        assert_eq!(Problem::new("m").at(nowhere).location(&sources), None);
    }
}
