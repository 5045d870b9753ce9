//! Parts of the whole: a row for every part, in it a dot for every arm.

use super::base::canvas::{Canvas, Point, Side};
use super::base::error::ChartError;
use super::base::given::{Dots, Frame};
use super::base::look::{self, BODY, INK, LEFT, PAPER, RIGHT, SHADE, SMALL, SOFT, STRONG};
use super::base::marks::{self, DIAMOND, DOWN, SQUARE, UP, Whisker};
use super::base::page::Page;
use super::base::panels::{self, NAME};
use plotters::style::RGBAColor;

/// The room between the dots of one row.
const STEP: f64 = 16.0;
/// The room above and below the dots of one row.
const AROUND: f64 = 10.0;
/// The least height of a row.
const LEAST: f64 = 36.0;

/// Draws each arm's mean with its interval for every part, the arms told apart by colour and shape.
/// The values of a panel are those of all arms for the first part, then for the next.
///
/// # Errors
///
/// [`ChartError::Nothing`] when no panel has a value.
pub fn parts(
    frame: &Frame,
    dimension: &str,
    parts: &[String],
    arms: &[String],
    panels: &[Dots],
) -> Result<String, ChartError> {
    if panels.iter().all(|panel| panel.values.iter().all(Option::is_none)) {
        return Err(ChartError::Nothing);
    }
    let mut page = Page::new(frame)?;
    page.y = legend(&mut page.canvas, page.y, arms) + 14.0;
    let widest = BODY.widest(parts.iter().map(String::as_str)).min(NAME);
    let widest = widest.max(STRONG.width(dimension).min(NAME));
    let dots = STEP * (arms.len() as f64 - 1.0).max(0.0);
    let row = (dots + 2.0 * AROUND).max(LEAST);
    let names = |canvas: &mut Canvas, top: f64| {
        canvas.text((LEFT, top - 12.0), &STRONG.fit(dimension, NAME), STRONG, Side::Start, INK);
        for (rank, part) in parts.iter().enumerate() {
            let y = top + row * rank as f64;
            if rank % 2 == 0 {
                canvas.block((LEFT - 8.0, y), (RIGHT, y + row), SHADE);
            }
            let baseline = y + row / 2.0 + BODY.size * 0.36;
            canvas.text((LEFT, baseline), &BODY.fit(part, NAME), BODY, Side::Start, INK);
        }
    };
    let height = row * parts.len() as f64;
    panels::draw(&mut page, panels, (widest, 24.0), height, names, |canvas, panel, place| {
        for (rank, values) in panel.values.chunks(arms.len().max(1)).enumerate() {
            let middle = place.top + row * (rank as f64 + 0.5);
            if values.iter().all(Option::is_none) {
                let at = ((place.axis.room().0 + place.right) / 2.0, middle + 5.0);
                canvas.text(at, "not measured", SMALL, Side::Middle, SOFT);
            }
            for (number, value) in values.iter().enumerate() {
                let y = middle - dots / 2.0 + STEP * number as f64;
                let Some(value) = value.and_then(|value| value.drawable()) else { continue };
                let color = look::line_look(number, false).color;
                if let Some((low, high)) = value.interval().filter(|(low, high)| high > low) {
                    let ends = (place.axis.beyond(low), place.axis.beyond(high));
                    let look = Whisker { width: 2.2, cap: 4.0, color };
                    marks::whisker(canvas, y, ends, place.axis.room(), look);
                }
                mark(canvas, (place.axis.at(value.mean), y), number, color);
            }
        }
    });
    page.finish()
}

/// The mark of an arm by its number.
fn mark(canvas: &mut Canvas, at: Point, number: usize, color: RGBAColor) {
    match number % 6 {
        0 => canvas.disc(at, 6.0, color),
        1 => marks::shape(canvas, at, &UP, color),
        2 => marks::shape(canvas, at, &SQUARE, color),
        3 => marks::shape(canvas, at, &DOWN, color),
        4 => marks::shape(canvas, at, &DIAMOND, color),
        _ => {
            canvas.disc(at, 6.5, color);
            canvas.disc(at, 3.8, PAPER);
        }
    }
}

/// Draws the legend of the arms; gives the place below it.
fn legend(canvas: &mut Canvas, top: f64, arms: &[String]) -> f64 {
    let (mut x, mut y) = (LEFT, top + 10.0);
    for (number, arm) in arms.iter().enumerate() {
        let name = SMALL.fit(arm, NAME);
        let width = 24.0 + SMALL.width(&name) + 30.0;
        if x + width - 30.0 > RIGHT {
            (x, y) = (LEFT, y + 26.0);
        }
        mark(canvas, (x + 8.0, y), number, look::line_look(number, false).color);
        canvas.text((x + 24.0, y + 5.5), &name, SMALL, Side::Start, INK);
        x += width;
    }
    y + 24.0
}
