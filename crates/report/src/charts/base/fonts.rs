//! The embedded font: DejaVu Sans, regular and bold; how wide a text is, and how to make it fit.

use super::error::ChartError;
use plotters::style::{FontDesc, FontFamily, FontStyle, register_font};
use std::sync::OnceLock;

/// DejaVu Sans.
pub(crate) const REGULAR: &[u8] = include_bytes!("../../../assets/fonts/DejaVuSans.ttf");
/// DejaVu Sans Bold.
pub(crate) const BOLD: &[u8] = include_bytes!("../../../assets/fonts/DejaVuSans-Bold.ttf");
/// The families named in the SVG: the embedded one, then what other programs are likely to have.
pub(crate) const FAMILY: &str = "DejaVu Sans, Verdana, Arial, sans-serif";

/// What plotters divides a font's size by when it writes it down.
pub(crate) const WRITTEN: f64 = 1.24;
/// The height of DejaVu's line over its em: what plotters' measure takes for the size.
const LINE_OVER_EM: f64 = 2384.0 / 2048.0;
/// Texts are measured at this many times their size, as the measure is in whole pixels.
const FINER: f64 = 16.0;

/// How a text is set.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Type {
    /// The em in pixels.
    pub size: f64,
    /// Bold or not.
    pub bold: bool,
}

impl Type {
    /// The style plotters knows it by.
    pub fn style(self) -> FontStyle {
        if self.bold { FontStyle::Bold } else { FontStyle::Normal }
    }

    /// The distance between two lines.
    pub fn leading(self) -> f64 {
        (self.size * 1.35).round()
    }

    /// The text's width in pixels.
    pub fn width(self, text: &str) -> f64 {
        let size = self.size * LINE_OVER_EM * FINER;
        let measure =
            |()| FontDesc::new(FontFamily::Name(FAMILY), size, self.style()).box_size(text);
        // The first chart of all is laid out before any is drawn, and a font looks its data up
        // when it is made.
        match register().map(measure) {
            Ok(Ok((width, _))) => f64::from(width) / FINER,
            _ => self.size * 0.65 * text.chars().map(|_| 1.0).sum::<f64>(),
        }
    }

    /// The width of the widest text.
    pub fn widest<'a>(self, texts: impl IntoIterator<Item = &'a str>) -> f64 {
        texts.into_iter().map(|text| self.width(text)).fold(0.0, f64::max)
    }

    /// The text, its end cut off with an ellipsis if it is wider than `room`.
    pub fn fit(self, text: &str, room: f64) -> String {
        if self.width(text) <= room {
            return text.to_string();
        }
        let mut kept: Vec<char> = text.chars().collect();
        while kept.pop().is_some() {
            let cut: String = kept.iter().chain(&['…']).collect();
            if self.width(&cut) <= room {
                return cut;
            }
        }
        String::new()
    }

    /// The text in lines no wider than `room`, broken at spaces, or inside a word wider than that.
    pub fn wrap(self, text: &str, room: f64) -> Vec<String> {
        let mut lines: Vec<String> = Vec::new();
        let mut line = String::new();
        for word in text.split_whitespace() {
            let longer = if line.is_empty() { word.into() } else { format!("{line} {word}") };
            if self.width(&longer) <= room {
                line = longer;
                continue;
            }
            lines.extend((!line.is_empty()).then(|| std::mem::take(&mut line)));
            for letter in word.chars() {
                line.push(letter);
                if self.width(&line) > room && line.chars().nth(1).is_some() {
                    line.pop();
                    lines.push(std::mem::replace(&mut line, letter.to_string()));
                }
            }
        }
        lines.extend((!line.is_empty()).then_some(line));
        lines
    }
}

/// Makes the font known to plotters, once.
pub(crate) fn register() -> Result<(), ChartError> {
    static KNOWN: OnceLock<bool> = OnceLock::new();
    let known = KNOWN.get_or_init(|| {
        register_font(FAMILY, FontStyle::Normal, REGULAR).is_ok()
            && register_font(FAMILY, FontStyle::Bold, BOLD).is_ok()
    });
    if *known { Ok(()) } else { Err(ChartError::Font) }
}
