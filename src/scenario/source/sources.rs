//! The texts a scenario is made from, and places in them.

use std::ops::Range;

/// The name of every source that is a `--set` argument.
pub(super) const SET: &str = "--set";

/// One text: a scenario file, or one `--set` argument.
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
        self.list.len() - 1
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
}
