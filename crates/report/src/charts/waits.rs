//! How long something takes at each hour of the day, on a logarithmic scale.

use super::answer_time::TIMES;
use super::base::axis::Axis;
use super::base::canvas::Side;
use super::base::curves::{self, Curve, Plot, range};
use super::base::error::ChartError;
use super::base::estimate::Estimate;
use super::base::given::{Frame, Line};
use super::base::labels;
use super::base::look::{INK, LEFT, RIGHT, SMALL, STRONG};
use super::base::page::Page;
use heard_text::time::rounded;

/// Times by the hour of the day of one matter.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Waits {
    /// What takes time.
    pub title: String,
    /// Lines of hours since midnight and hours that it takes.
    pub lines: Vec<Line>,
}

/// The height of a panel.
const HIGH: f64 = 230.0;
/// The shortest time that is drawn, in hours; what is shorter stands there.
const SHORTEST: f64 = 1.0 / 3600.0;

/// Draws a panel of lines for each of `panels`, one below the other, each with its own scale.
///
/// # Errors
///
/// [`ChartError::Nothing`] when no line has a point.
pub fn waits(frame: &Frame, panels: &[Waits]) -> Result<String, ChartError> {
    let panels = panels.iter().map(|panel| (panel.title.as_str(), logarithms(&panel.lines)));
    let panels: Vec<(&str, Vec<Curve>)> = panels.filter(|(_, curves)| !curves.is_empty()).collect();
    if panels.is_empty() {
        return Err(ChartError::Nothing);
    }
    let names = panels.iter().flat_map(|(_, curves)| curves);
    let texts = names.map(|curve| (curve.name.as_str(), curve.value.as_str()));
    let right = RIGHT - labels::room(texts);
    let left = LEFT + SMALL.widest(TIMES.iter().map(|(_, label)| *label)) + 14.0;
    let mut page = Page::new(frame)?;
    for (at, (title, curves)) in panels.iter().enumerate() {
        let canvas = &mut page.canvas;
        canvas.text((LEFT, page.y + 16.0), title, STRONG, Side::Start, INK);
        let plot = Plot { left, right, top: page.y + 34.0, bottom: page.y + 34.0 + HIGH };
        let ticks = (0..=24).step_by(3).map(|hour| (f64::from(hour), format!("{hour}:00")));
        let x = Axis::with_ticks((0.0, 24.0), plot.across(), ticks.collect());
        let y = upright(curves, &plot);
        y.upwards(canvas, plot.left, plot.right);
        x.across(canvas, plot.bottom, plot.bottom + 5.0);
        Axis::carry(canvas, (plot.left, plot.bottom), (plot.right, plot.bottom));
        plot.draw(canvas, curves, &x, &y);
        page.y = plot.bottom + 48.0;
        if at + 1 == panels.len() {
            let below = ((left + right) / 2.0, plot.bottom + 48.0);
            canvas.text(below, "hour of the day in which they came in", SMALL, Side::Middle, INK);
            page.y += 10.0;
        }
    }
    page.finish()
}

/// The lines that have points, their times as logarithms.
fn logarithms(lines: &[Line]) -> Vec<Curve> {
    let log = |value: f64| libm::log10(value.max(SHORTEST));
    let line = |line: &Line| {
        let points = line.points.iter().map(|(at, value)| {
            let value = Estimate {
                mean: log(value.mean),
                low: value.low.map(log),
                high: value.high.map(log),
            };
            (*at, value)
        });
        Line { name: line.name.clone(), points: points.collect() }
    };
    let lines: Vec<Line> = lines.iter().map(line).collect();
    curves::curves(&lines, |value| rounded(libm::pow(10.0, value) * 3600.0))
}

/// The upright axis: from the mark below the shortest time to that above the longest.
fn upright(curves: &[Curve], plot: &Plot) -> Axis {
    let points = curves.iter().flat_map(|curve| &curve.points);
    let (low, high) = range(points.map(|(_, value)| value.mean)).unwrap_or_default();
    let marks = || TIMES.iter().map(|(hours, label)| (libm::log10(*hours), (*label).to_owned()));
    let first = marks().rev().find(|(at, _)| *at <= low).map_or(low, |(at, _)| at);
    let last = marks().find(|(at, _)| *at >= high).map_or(high, |(at, _)| at);
    let last = if last > first { last } else { first + 1.0 };
    let within = |(at, _): &(f64, String)| (first - 1e-9..=last + 1e-9).contains(at);
    Axis::with_ticks((first, last), plot.upwards(), marks().filter(within).collect())
}
