//! Shares by the hour of the day.

use super::axis::{Axis, Unit, percent};
use super::curves::{self, Plot};
use super::page::Page;
use super::{ChartError, Frame, Line};

/// Draws shares against the hour of the day, 0 to 24.
///
/// # Errors
///
/// [`ChartError::Nothing`] when no line has a point.
pub fn by_hour(frame: &Frame, what: &str, lines: &[Line]) -> Result<String, ChartError> {
    let curves = curves::curves(lines, percent);
    let points = || curves.iter().flat_map(|curve| &curve.points);
    if points().next().is_none() {
        return Err(ChartError::Nothing);
    }
    let highest = points().map(|(_, share)| share.reach().1).fold(0.0, f64::max).min(1.0);
    let mut page = Page::new(frame)?;
    let plot = Plot::new(page.y, &curves);
    let ticks = (0..=24).step_by(3).map(|hour| (f64::from(hour), format!("{hour}:00")));
    let x = Axis::with_ticks((0.0, 24.0), plot.across(), ticks.collect());
    let y = Axis::round((0.0, highest), plot.upwards(), 5.0, Unit::Share);
    let canvas = &mut page.canvas;
    y.upwards(canvas, plot.left, plot.right);
    x.across(canvas, plot.top, plot.bottom + 5.0);
    Axis::carry(canvas, (plot.left, plot.bottom), (plot.right, plot.bottom));
    plot.titles(canvas, "hour of the day", what);
    plot.draw(canvas, &curves, &x, &y);
    page.y = plot.bottom + 68.0;
    page.finish()
}
