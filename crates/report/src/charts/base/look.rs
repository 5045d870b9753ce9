//! How the charts look: sizes, colours that colour-blind readers can tell apart, kinds of lines.

use super::fonts::Type;
use plotters::style::RGBAColor;

/// The width of every chart.
pub(crate) const WIDTH: f64 = 1200.0;
/// The left edge of what is drawn.
pub(crate) const LEFT: f64 = 40.0;
/// The right edge of what is drawn.
pub(crate) const RIGHT: f64 = WIDTH - LEFT;

/// The chart's title.
pub(crate) const TITLE: Type = Type { size: 26.0, bold: true };
/// The line below the title.
pub(crate) const SUBTITLE: Type = Type { size: 17.0, bold: false };
/// Names.
pub(crate) const BODY: Type = Type { size: 17.0, bold: false };
/// Values and headings.
pub(crate) const STRONG: Type = Type { size: 17.0, bold: true };
/// Axes, intervals and notes.
pub(crate) const SMALL: Type = Type { size: 15.0, bold: false };

/// Text.
pub(crate) const INK: RGBAColor = RGBAColor(31, 36, 41, 1.0);
/// Text of less weight.
pub(crate) const SOFT: RGBAColor = RGBAColor(92, 99, 107, 1.0);
/// Lines of the grid.
pub(crate) const GRID: RGBAColor = RGBAColor(228, 231, 235, 1.0);
/// A shade behind the data.
pub(crate) const SHADE: RGBAColor = RGBAColor(238, 240, 243, 1.0);
/// Lines that carry the data: axes, zero.
pub(crate) const AXIS: RGBAColor = RGBAColor(120, 127, 135, 1.0);
/// Paper.
pub(crate) const PAPER: RGBAColor = RGBAColor(255, 255, 255, 1.0);

/// The shade over differences too small to matter.
pub(crate) const SMALL_EFFECT: RGBAColor = RGBAColor(226, 230, 235, 1.0);
/// Okabe and Ito's blue.
pub(crate) const BLUE: RGBAColor = RGBAColor(0, 114, 178, 1.0);
/// Okabe and Ito's vermillion.
pub(crate) const VERMILLION: RGBAColor = RGBAColor(213, 94, 0, 1.0);
/// Okabe and Ito's bluish green.
pub(crate) const GREEN: RGBAColor = RGBAColor(0, 158, 115, 1.0);
const PURPLE: RGBAColor = RGBAColor(204, 121, 167, 1.0);
const ORANGE: RGBAColor = RGBAColor(230, 159, 0, 1.0);
const SKY: RGBAColor = RGBAColor(86, 180, 233, 1.0);
const BLACK: RGBAColor = RGBAColor(51, 51, 51, 1.0);

/// The colours of lines, in order; Okabe and Ito's without the yellow.
const LINES: [RGBAColor; 7] = [BLUE, VERMILLION, GREEN, PURPLE, ORANGE, SKY, BLACK];
/// The dashes of lines, in order: pixels drawn, pixels left out.
const DASHES: [&[f64]; 4] = [&[], &[11.0, 5.0], &[15.0, 4.0, 3.0, 4.0], &[5.0, 4.0]];

/// How one line among several is drawn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct LineLook {
    /// Its colour.
    pub color: RGBAColor,
    /// Its dashes; none for a solid line.
    pub dashes: &'static [f64],
}

/// The look of line `number`, with dashes if colour alone does not do.
pub(crate) fn line_look(number: usize, dashed: bool) -> LineLook {
    let color = LINES.get(number % LINES.len()).copied().unwrap_or(INK);
    let dashes = if dashed { DASHES.get(number % DASHES.len()).copied() } else { None };
    LineLook { color, dashes: dashes.unwrap_or_default() }
}

/// The same colour, let through to `alpha`.
pub(crate) fn faded(color: RGBAColor, alpha: f64) -> RGBAColor {
    RGBAColor(color.0, color.1, color.2, alpha)
}

/// The colour `part` of the way from one colour to another.
pub(crate) fn between(from: RGBAColor, to: RGBAColor, part: f64) -> RGBAColor {
    let mix = |a: u8, b: u8| (f64::from(a) + (f64::from(b) - f64::from(a)) * part).round() as u8;
    RGBAColor(mix(from.0, to.0), mix(from.1, to.1), mix(from.2, to.2), 1.0)
}
