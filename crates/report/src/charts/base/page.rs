//! A page: the title and subtitle above a chart, the note and footer below it.

use super::canvas::{Canvas, Side};
use super::error::ChartError;
use super::fonts;
use super::fonts::Type;
use super::given::Frame;
use super::look::{GRID, INK, LEFT, RIGHT, SMALL, SOFT, SUBTITLE, TITLE};
use plotters::style::RGBAColor;

/// A chart in the making.
#[derive(Debug)]
pub(crate) struct Page<'a> {
    frame: &'a Frame,
    /// What is drawn on.
    pub canvas: Canvas,
    /// How far down the page is filled.
    pub y: f64,
}

impl<'a> Page<'a> {
    /// A page with its title and subtitle.
    pub fn new(frame: &'a Frame) -> Result<Self, ChartError> {
        fonts::register()?;
        let mut page = Self { frame, canvas: Canvas::default(), y: 28.0 };
        page.paragraph(&frame.title, TITLE, INK);
        page.y += 6.0;
        page.paragraph(&frame.subtitle, SUBTITLE, SOFT);
        page.y += 22.0;
        Ok(page)
    }

    /// Writes a wrapped text across the page and moves below it.
    pub fn paragraph(&mut self, text: &str, set: Type, color: RGBAColor) {
        for line in set.wrap(text, RIGHT - LEFT) {
            self.canvas.text((LEFT, self.y + set.size), &line, set, Side::Start, color);
            self.y += set.leading();
        }
    }

    /// Writes the note and footer and gives the SVG.
    pub fn finish(mut self) -> Result<String, ChartError> {
        if !self.frame.note.trim().is_empty() {
            self.y += 14.0;
            let note = self.frame.note.clone();
            self.paragraph(&note, SMALL, INK);
        }
        self.y += 24.0;
        if !self.frame.footer.trim().is_empty() {
            self.canvas.line((LEFT, self.y), (RIGHT, self.y), 1.0, GRID);
            self.y += 12.0;
            let footer = self.frame.footer.clone();
            self.paragraph(&footer, SMALL, SOFT);
        }
        self.canvas.finish(self.y + 14.0)
    }
}
