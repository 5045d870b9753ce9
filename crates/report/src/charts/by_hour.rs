//! Shares by the hour of the day.

use super::base::axis::{Axis, Unit, percent};
use super::base::curves::{self, Plot};
use super::base::error::ChartError;
use super::base::given::{Frame, Line};
use super::base::page::Page;

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
    plot.draw_with_axes(canvas, &curves, (&x, "hour of the day"), (&y, what), plot.top);
    page.y = plot.bottom + 68.0;
    page.finish()
}
