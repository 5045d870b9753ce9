//! How many have been answered by when.

use super::base::axis::{Axis, Unit, percent};
use super::base::curves::{self, Curve, Plot};
use super::base::error::ChartError;
use super::base::given::{Frame, Line};
use super::base::look::{SMALL, SOFT};
use super::base::page::Page;
use heard_text::list::list;

/// The times that may be marked on an axis, in hours.
pub(super) const TIMES: [(f64, &str); 18] = [
    (1.0 / 3600.0, "1 s"),
    (10.0 / 3600.0, "10 s"),
    (1.0 / 60.0, "1 min"),
    (10.0 / 60.0, "10 min"),
    (1.0, "1 h"),
    (4.0, "4 h"),
    (12.0, "12 h"),
    (24.0, "1 d"),
    (72.0, "3 d"),
    (168.0, "1 wk"),
    (336.0, "2 wk"),
    (672.0, "4 wk"),
    (2016.0, "12 wk"),
    (8760.0, "1 yr"),
    (26_280.0, "3 yr"),
    (87_600.0, "10 yr"),
    (876_000.0, "100 yr"),
    (8_760_000.0, "1000 yr"),
];

/// Draws the share answered against the hours since the customer spoke up, on a logarithmic axis.
///
/// An arm that never leaves 0, or has no points, is named in a note below instead.
///
/// # Errors
///
/// [`ChartError::Nothing`] without lines.
pub fn answer_time(frame: &Frame, lines: &[Line]) -> Result<String, ChartError> {
    if lines.is_empty() {
        return Err(ChartError::Nothing);
    }
    let mut curves = curves::curves(lines, percent);
    for point in curves.iter_mut().flat_map(|curve| &mut curve.points) {
        point.0 = libm::log10(point.0.max(TIMES[0].0));
    }
    let absent = |line: &&Line| curves.iter().all(|curve| curve.name != line.name);
    let unknown = note("Not measured", lines.iter().filter(absent).map(|line| line.name.as_str()));
    let answers = |curve: &Curve| curve.points.iter().any(|(_, share)| share.mean > 0.0);
    let silent = curves.iter().filter(|curve| !answers(curve));
    let silent = note("No answers at all", silent.map(|curve| curve.name.as_str()));
    curves.retain(answers);

    let mut page = Page::new(frame)?;
    draw(&mut page, &curves);
    for text in [silent, unknown] {
        page.paragraph(&text, SMALL, SOFT);
    }
    page.finish()
}

/// The lines and their axes; nothing if no arm answers.
fn draw(page: &mut Page<'_>, curves: &[Curve]) {
    let points = || curves.iter().flat_map(|curve| &curve.points);
    let Some((first, last)) = curves::range(points().map(|(hours, _)| *hours)) else { return };
    let (first, last) = (first.min(last - 0.5), last.max(first + 0.5));
    let highest = points().map(|(_, share)| share.reach().1).fold(0.0, f64::max).min(1.0);
    let plot = Plot::new(page.y, curves);
    let ticks = TIMES.into_iter().map(|(hours, label)| (libm::log10(hours), label.to_string()));
    let within = |(time, _): &(f64, String)| (first - 1e-9..=last + 1e-9).contains(time);
    let x = Axis::with_ticks((first, last), plot.across(), ticks.filter(within).collect());
    let y = Axis::round((0.0, highest), plot.upwards(), 5.0, Unit::Share);
    let canvas = &mut page.canvas;
    plot.draw_with_axes(
        canvas,
        curves,
        (&x, "time since the customer spoke up (logarithmic scale)"),
        (&y, "answered so far"),
        plot.top,
    );
    page.y = plot.bottom + 68.0;
}

/// A sentence that names some arms; empty if there are none.
fn note<'a>(what: &str, names: impl Iterator<Item = &'a str>) -> String {
    let names: Vec<&str> = names.collect();
    if names.is_empty() { String::new() } else { format!("{what}: {}.", list(&names)) }
}
