//! The texts a scenario is made from, and places in them.

use std::ops::Range;

use heard_text::diagnostic;

/// The name of every source that is a `--set` argument.
pub(super) const SET: &str = "--set";

/// One text: a scenario file, one `--set` argument, or a line of another file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// The file's name as the user gave it, or `--set`.
    pub name: String,
    /// The whole text, without a byte-order mark.
    pub text: String,
}

/// Where something stands: a byte range in one of the [`Sources`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The number of the source, as [`Sources::add`] gave it.
    pub source: usize,
    /// The bytes within the source's text.
    pub range: Range<usize>,
}

/// All texts of one scenario, in the order they were read.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    list: Vec<Source>,
    /// For each source, how many lines its file has before the text begins.
    before: Vec<usize>,
}

impl Sources {
    /// An empty list.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes a source in and returns its number.
    pub fn add(&mut self, source: Source) -> usize {
        self.list.push(source);
        self.before.push(0);
        self.list.len() - 1
    }

    /// Takes in line `number`, counted from 1, of a file too long to be kept, and returns its place.
    pub fn add_line(&mut self, name: impl Into<String>, number: usize, line: String) -> Place {
        let range = 0..line.len();
        let source = self.add_text(name, line);
        self.before[source] = number.saturating_sub(1);
        Place { source, range }
    }

    /// Takes a text in under a name and returns its number.
    pub fn add_text(&mut self, name: impl Into<String>, text: impl Into<String>) -> usize {
        self.add(Source { name: name.into(), text: text.into() })
    }

    /// The source with this number.
    #[must_use]
    pub fn get(&self, source: usize) -> Option<&Source> {
        self.list.get(source)
    }

    /// What is shown of a place: of a file as a whole its name; of a `--set` argument no line number.
    pub(super) fn shown(&self, place: &Place) -> Option<diagnostic::Place> {
        let source = self.get(place.source)?;
        if place.range == (0..0) {
            let name = source.name.clone();
            return Some(diagnostic::Place { source: name, ..diagnostic::Place::default() });
        }
        let before = *self.before.get(place.source)? as u64;
        let shown = diagnostic::Place::of(&source.name, &source.text, &place.range, before);
        Some(match source.name == SET {
            true => diagnostic::Place { line: None, column: None, ..shown },
            false => shown,
        })
    }
}
