//! Diagnostics: what was refused or failed, where, and what would be right.
//!
//! Every crate says what is wrong with what it was given by a [`Diagnostic`], which owns all that it
//! shows and so outlives what was read. [`render`](Diagnostic::render) writes it, in colour or plain;
//! [`Display`](fmt::Display) is the plain text.

mod excerpt;
mod render;

use std::fmt;
use std::ops::Range;

pub use excerpt::{Excerpt, floor};

/// What is wrong with something that was given, or what failed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Diagnostic {
    /// What is wrong, in one sentence without a full stop.
    pub message: String,
    /// Where, if it is anywhere in particular.
    pub place: Option<Box<Place>>,
    /// More facts, such as further examples.
    pub notes: Vec<String>,
    /// What would be right.
    pub help: Option<String>,
    /// What else is wrong.
    pub also: Vec<Diagnostic>,
    /// Whether the search for further ones stopped early.
    pub incomplete: bool,
}

/// A place in something that was read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// The name of the file, as the user gave it, or of what else was read.
    pub source: String,
    /// The line, counted from 1; `None` for the source as a whole.
    pub line: Option<u64>,
    /// The column, counted from 1 in characters.
    pub column: Option<u64>,
    /// What the line holds.
    pub excerpt: Option<Excerpt>,
}

impl Diagnostic {
    /// One that is nowhere in particular.
    #[must_use]
    pub fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), ..Self::default() }
    }

    /// One about a source: about a line of it, counted from 1, or about the whole.
    #[must_use]
    pub fn in_source(source: &str, line: Option<u64>, message: impl Into<String>) -> Self {
        Self::new(message).at(Place { source: source.to_owned(), line, ..Place::default() })
    }

    /// The same at this place.
    #[must_use]
    pub fn at(self, place: Place) -> Self {
        Self { place: Some(Box::new(place)), ..self }
    }

    /// The same with what would be right.
    #[must_use]
    pub fn help(self, help: impl Into<String>) -> Self {
        Self { help: Some(help.into()), ..self }
    }

    /// The first, with the others as what else is wrong; `None` where there is none.
    pub fn gathered(all: impl IntoIterator<Item = Self>) -> Option<Self> {
        let mut all = all.into_iter();
        let first = all.next()?;
        Some(Self { also: all.collect(), ..first })
    }

    /// The line that it is about, counted from 1.
    #[must_use]
    pub fn line(&self) -> Option<u64> {
        self.place.as_ref()?.line
    }

    /// The name of the source that it is about.
    #[must_use]
    pub fn source_name(&self) -> Option<&str> {
        self.place.as_ref().map(|place| place.source.as_str())
    }
}

impl fmt::Display for Place {
    /// `shop.toml:4:8`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.source)?;
        for number in [self.line, self.column].into_iter().map_while(|number| number) {
            write!(f, ":{number}")?;
        }
        Ok(())
    }
}

impl Place {
    /// The place of a byte range in a text, with the line that it begins on; `before` is how many
    /// lines the source has before the text.
    #[must_use]
    pub fn of(source: &str, text: &str, range: &Range<usize>, before: u64) -> Self {
        let (line, column) = excerpt::line_and_column(text, range.start);
        Self {
            source: source.to_owned(),
            line: Some(line + before),
            column: Some(column),
            excerpt: Some(Excerpt::of(text, range)),
        }
    }
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.render(false).trim_end())
    }
}

impl std::error::Error for Diagnostic {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters_and_survive_any_range() {
        let text = "a = 1\r\nü = 'é' # x\n";
        let at = |start: usize| Place::of("a.toml", text, &(start..start + 1), 0).to_string();
        assert_eq!(at(12), "a.toml:2:5");
        assert_eq!(at(8), "a.toml:2:1");
        assert_eq!(at(9_999), "a.toml:3:1");
    }
}
