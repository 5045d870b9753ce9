//! Verdicts on differences, told by shape and colour, and the legend that explains them.

use super::canvas::{Canvas, Point, Side};
use super::look::{AXIS, BLUE, GREEN, INK, LEFT, PAPER, RIGHT, SMALL, SOFT, VERMILLION, between};
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

/// How full the mark of one window among several is: 1 for the first, 0 for the last, a mere outline.
pub(crate) fn fullness(window: usize, windows: usize) -> f64 {
    1.0 - window as f64 / (windows.max(2) - 1) as f64
}

/// Draws a verdict's mark, as full as this.
pub(crate) fn mark(canvas: &mut Canvas, at: Point, verdict: &str, fullness: f64) {
    let color = color(verdict);
    let mut shape = |corners: &[Point]| {
        marks::shape(canvas, at, corners, color);
        if fullness < 1.0 {
            let inner: Vec<Point> = corners.iter().map(|(x, y)| (x * 0.6, y * 0.6)).collect();
            marks::shape(canvas, at, &inner, between(PAPER, color, fullness));
        }
    };
    match verdict {
        "higher" => shape(&UP),
        "lower" => shape(&DOWN),
        "equivalent" => shape(&SQUARE),
        "identical" => shape(&DIAMOND),
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

/// Draws which window each mark of a row is of: from the top down, ever less full; gives the place below
/// it.
pub(crate) fn windows(canvas: &mut Canvas, top: f64, names: &[String]) -> f64 {
    let opening = "In each row, from the top down:";
    let (mut x, mut y) = (LEFT + SMALL.width(opening) + 18.0, top + 10.0);
    canvas.text((LEFT, y + 5.5), opening, SMALL, Side::Start, INK);
    for (window, name) in names.iter().enumerate() {
        let name = SMALL.fit(name, RIGHT - LEFT - 60.0);
        let width = 24.0 + SMALL.width(&name) + 30.0;
        if x + width > RIGHT {
            (x, y) = (LEFT, y + 26.0);
        }
        mark(canvas, (x + 8.0, y), "identical", fullness(window, names.len()));
        canvas.text((x + 26.0, y + 5.5), &name, SMALL, Side::Start, INK);
        x += width;
    }
    y + 24.0
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
            Some(verdict) => mark(canvas, (x + 8.0, y), verdict, 1.0),
            None => {
                canvas.block((x - 2.0, y - 9.0), (x + 18.0, y + 9.0), super::look::SMALL_EFFECT)
            }
        }
        canvas.text((x + 26.0, y + 5.5), meaning, SMALL, Side::Start, INK);
        x += width;
    }
    y + 24.0
}
