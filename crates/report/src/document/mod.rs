//! Documents: what can be shown, without saying where.
//!
//! An analysis returns data; a function in [`crate::pages`] makes a [`Document`] of it, and a renderer
//! shows the document: [`terminal`] as text, serde as JSON. A renderer knows documents and nothing
//! else, and a page knows no renderer.

mod table;
pub mod terminal;

use serde::Serialize;

use crate::ReportError;
use crate::charts::ChartError;

pub use table::{Align, Cell, Column, Row, Table, Tone};

/// What is shown, from top to bottom.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Document {
    /// Its parts.
    pub blocks: Vec<Block>,
}

/// One part of a document. Texts may hold names from outside: renderers take out what could steer
/// them.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "type", rename_all = "kebab-case")]
pub enum Block {
    /// The title of what follows.
    Heading {
        /// In words.
        text: String,
    },
    /// Text.
    Paragraph {
        /// In whole sentences.
        text: String,
    },
    /// Lines that belong together, indented by depth.
    Outline {
        /// What stands on each line.
        lines: Vec<Line>,
    },
    /// Something that the reader should know when reading what stands above. Renderers label it.
    Note {
        /// In whole sentences, without a label.
        text: String,
    },
    /// How the text above was made, for those who ask.
    SmallPrint {
        /// In whole sentences.
        text: String,
    },
    /// Something that is wrong, or may be. Renderers label it.
    Warning {
        /// In whole sentences, without a label.
        text: String,
    },
    /// A table.
    Table(Table),
    /// A chart.
    Figure(Figure),
}

/// A line of an outline.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Line {
    /// How deep it stands below the first level, which is 0.
    pub depth: usize,
    /// Text.
    pub text: String,
}

/// A chart, drawn. A terminal does not show it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Figure {
    /// Its name: `chart-NAME.svg` in the folder of the results.
    pub name: String,
    /// The picture.
    pub svg: String,
}

impl Figure {
    /// A chart of this name, if it could be drawn.
    ///
    /// # Errors
    /// Why it could not, with the name.
    pub fn drawn(
        name: impl Into<String>,
        svg: Result<String, ChartError>,
    ) -> Result<Self, ReportError> {
        let name = name.into();
        match svg {
            Ok(svg) => Ok(Self { name, svg }),
            Err(error) => Err(ReportError::Chart { name, error }),
        }
    }
}

impl Document {
    /// An empty document.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a heading.
    pub fn heading(&mut self, text: impl Into<String>) -> &mut Self {
        self.push(Block::Heading { text: text.into() })
    }

    /// Adds a paragraph, unless it is empty.
    pub fn paragraph(&mut self, text: impl Into<String>) -> &mut Self {
        self.unless_empty(text.into(), |text| Block::Paragraph { text })
    }

    /// Adds a note, unless it is empty.
    pub fn note(&mut self, text: impl Into<String>) -> &mut Self {
        self.unless_empty(text.into(), |text| Block::Note { text })
    }

    /// Adds small print, unless it is empty.
    pub fn small_print(&mut self, text: impl Into<String>) -> &mut Self {
        self.unless_empty(text.into(), |text| Block::SmallPrint { text })
    }

    /// Adds a warning, unless it is empty.
    pub fn warning(&mut self, text: impl Into<String>) -> &mut Self {
        self.unless_empty(text.into(), |text| Block::Warning { text })
    }

    /// Adds a table, unless it has no rows.
    pub fn table(&mut self, table: Table) -> &mut Self {
        if table.rows.is_empty() { self } else { self.push(Block::Table(table)) }
    }

    /// The same with charts at its end.
    #[must_use]
    pub fn with_figures(mut self, figures: Vec<Figure>) -> Self {
        self.blocks.extend(figures.into_iter().map(Block::Figure));
        self
    }

    /// Adds any block.
    pub fn push(&mut self, block: Block) -> &mut Self {
        self.blocks.push(block);
        self
    }

    /// The charts, in order.
    pub fn figures(&self) -> impl Iterator<Item = &Figure> {
        self.blocks.iter().filter_map(|block| match block {
            Block::Figure(figure) => Some(figure),
            _ => None,
        })
    }

    fn unless_empty(&mut self, text: String, block: impl FnOnce(String) -> Block) -> &mut Self {
        if text.trim().is_empty() { self } else { self.push(block(text)) }
    }
}
