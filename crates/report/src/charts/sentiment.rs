//! Sentiment over the days.

use super::base::axis::{Axis, Unit};
use super::base::curves::{self, Plot};
use super::base::error::ChartError;
use super::base::given::{Frame, Line, Shaded};
use super::base::page::Page;
use super::base::shaded::Shades;
use heard_text::number::{signed, typeset};

/// Draws lines with their intervals as bands, labelled at their right end, around a zero line.
///
/// The warm-up or the windows are shaded and named.
///
/// # Errors
///
/// [`ChartError::Nothing`] when no line has a point.
pub fn sentiment(
    frame: &Frame,
    x_axis: &str,
    y_axis: &str,
    shaded: &Shaded,
    lines: &[Line],
) -> Result<String, ChartError> {
    let mut curves = curves::curves(lines, |value| typeset(&signed(value, 2)));
    let points = || curves.iter().flat_map(|curve| &curve.points);
    let (first, last) = curves::range(points().map(|(day, _)| *day)).ok_or(ChartError::Nothing)?;
    let reaches = points().map(|(_, value)| value.reach());
    let values = curves::range(reaches.flat_map(|(low, high)| [low, high, 0.0]));
    // An interval of few replications may promise what no sentiment can be.
    let values = values.map_or((0.0, 0.0), |(low, high)| (low.max(-1.0), high.min(1.0)));
    if values.1 - values.0 < 0.2 {
        curves = curves::curves(lines, |value| typeset(&signed(value, 3)));
    }

    let mut page = Page::new(frame)?;
    let plot = Plot::new(page.y, &curves);
    let canvas = &mut page.canvas;
    let days = match (first, last) {
        (day, same) if day == same => (day - 1.0, day + 1.0),
        (first, last) if first > 0.0 && first <= last * 0.1 => (0.0, last),
        days => days,
    };
    let x = Axis::exact(days, plot.across(), 8.0, Unit::Plain);
    let y = Axis::round(values, plot.upwards(), 6.0, Unit::Signed);
    let shades = Shades::new(shaded, days, &x, plot.across());
    shades.draw(canvas, &plot);
    y.upwards(canvas, plot.left, plot.right);
    x.across(canvas, plot.bottom, plot.bottom + 5.0);
    shades.name(canvas, &plot);
    Axis::carry(canvas, (plot.left, y.at(0.0)), (plot.right, y.at(0.0)));
    plot.titles(canvas, x_axis, y_axis);
    plot.draw(canvas, &curves, &x, &y);
    page.y = plot.bottom + 54.0;
    page.finish()
}
