//! Verdicts on differences, told by shape and colour, and the legend that explains them.

use super::canvas::{Canvas, Point, Side};
use super::look::{AXIS, BLUE, GREEN, INK, LEFT, PAPER, RIGHT, SMALL, SOFT, VERMILLION};
use super::marks::{self, DIAMOND, DOWN, SQUARE, UP};
use plotters::style::RGBAColor;

/// Every verdict that has a mark of its own, with its meaning.
const KNOWN: [(&str, &str); 6] = [
    ("higher", "higher"),
    ("lower", "lower"),
    ("equivalent", "equivalent"),
    ("cannot-tell", "cannot tell"),
    ("identical", "identical"),
    ("not-tested", "not tested"),
];

/// The colour of a verdict.
pub(crate) fn color(verdict: &str) -> RGBAColor {
    match verdict {
        "higher" => BLUE,
        "lower" => VERMILLION,
        "equivalent" => GREEN,
        "identical" => INK,
        "cannot-tell" => SOFT,
        _ => AXIS,
    }
}

/// Draws a verdict's mark.
pub(crate) fn mark(canvas: &mut Canvas, at: Point, verdict: &str) {
    let color = color(verdict);
    match verdict {
        "higher" => marks::shape(canvas, at, &UP, color),
        "lower" => marks::shape(canvas, at, &DOWN, color),
        "equivalent" => marks::shape(canvas, at, &SQUARE, color),
        "identical" => marks::shape(canvas, at, &DIAMOND, color),
        "cannot-tell" => {
            canvas.disc(at, 7.0, color);
            canvas.disc(at, 4.8, PAPER);
        }
        _ => {
            canvas.disc(at, 7.0, PAPER);
            for rise in [-5.0, 5.0] {
                let ends = [(at.0 - 5.0, at.1 - rise), (at.0 + 5.0, at.1 + rise)];
                canvas.path(&ends, 2.4, color);
            }
        }
    }
}

/// Draws the legend of the verdicts that occur, and of the shade if there is one; gives the place
/// below it.
pub(crate) fn legend(canvas: &mut Canvas, top: f64, verdicts: &[&str], shade: bool) -> f64 {
    let known = KNOWN.iter().filter(|(verdict, _)| verdicts.contains(verdict));
    let entries = known.map(|(verdict, meaning)| (Some(*verdict), *meaning));
    let shade = shade.then_some((None, "too small to matter"));
    let (mut x, mut y) = (LEFT, top + 10.0);
    for (verdict, meaning) in entries.chain(shade) {
        let width = 24.0 + SMALL.width(meaning) + 30.0;
        if x + width > RIGHT {
            (x, y) = (LEFT, y + 26.0);
        }
        match verdict {
            Some(verdict) => mark(canvas, (x + 8.0, y), verdict),
            None => {
                canvas.block((x - 2.0, y - 9.0), (x + 18.0, y + 9.0), super::look::SMALL_EFFECT)
            }
        }
        canvas.text((x + 26.0, y + 5.5), meaning, SMALL, Side::Start, INK);
        x += width;
    }
    y + 24.0
}
