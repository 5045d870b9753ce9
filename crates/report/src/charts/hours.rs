//! How far something spreads from hour to hour, on a logarithmic scale.

use super::base::axis::{Axis, Unit, printed};
use super::base::curves::{self, Plot, range};
use super::base::error::ChartError;
use super::base::estimate::Estimate;
use super::base::given::{Frame, Line};
use super::base::look::{LEFT, SMALL};
use super::base::page::Page;

/// Draws lines of numbers against hours, upwards on a logarithmic scale. What is not above zero is
/// left out.
///
/// # Errors
///
/// [`ChartError::Nothing`] when no line has a point above zero.
pub fn hours(frame: &Frame, what: &str, lines: &[Line]) -> Result<String, ChartError> {
    let positive = |line: &Line| {
        let known = line.points.iter().filter_map(|(hour, value)| Some((*hour, value.drawable()?)));
        Line {
            name: line.name.clone(),
            points: known.filter(|(_, value)| value.mean > 0.0).collect(),
        }
    };
    let mut lines: Vec<Line> = lines.iter().map(positive).collect();
    let values = || lines.iter().flat_map(|line| &line.points).map(|(_, value)| *value);
    let (least, most) = range(values().map(|value| value.mean)).ok_or(ChartError::Nothing)?;
    let most = values().map(|value| value.reach().1).fold(most, f64::max);
    let floor = libm::log10(least).floor();
    let ceiling = libm::log10(most).ceil().max(floor + 1.0);
    // An interval of few replications may reach down to nothing, which has no place here.
    let log = |value: f64| libm::log10(value.max(f64::MIN_POSITIVE)).max(floor);
    let logs = |value: Estimate| Estimate {
        mean: log(value.mean),
        low: value.low.map(log),
        high: value.high.map(log),
    };
    for (_, value) in lines.iter_mut().flat_map(|line| &mut line.points) {
        *value = logs(*value);
    }
    let curves = curves::curves(&lines, |value| {
        let value = libm::pow(10.0, value);
        printed(value, (0.0, value), Unit::Plain)
    });
    let points = curves.iter().flat_map(|curve| &curve.points);
    let (first, last) = range(points.map(|(hour, _)| *hour)).ok_or(ChartError::Nothing)?;
    let (first, last) = (first.min(0.0), if first == last { first + 1.0 } else { last });

    let mut page = Page::new(frame)?;
    let mut plot = Plot::new(page.y, &curves);
    let canvas = &mut page.canvas;
    let powers = (ceiling - floor).clamp(1.0, 40.0) as u32;
    let ticks = (0..=powers).map(|power| {
        let power = floor + f64::from(power);
        let decimals = (-power).clamp(0.0, 9.0);
        let value = libm::pow(10.0, power);
        (power, printed(value, (0.0, 50.0 * libm::pow(10.0, -decimals)), Unit::Plain))
    });
    let y = Axis::with_ticks((floor, ceiling), plot.upwards(), ticks.collect());
    plot.left = LEFT + SMALL.widest(y.ticks.iter().map(|(_, label)| label.as_str())) + 14.0;
    let step = [1.0, 2.0, 4.0, 6.0, 12.0, 24.0, 48.0, 96.0, 168.0]
        .into_iter()
        .find(|step| (last - first) / step <= 12.0)
        .unwrap_or((last - first) / 10.0);
    let count = ((last - first) / step + 1e-9).floor().clamp(0.0, 100.0) as u32;
    let ticks = (0..=count).map(|rank| f64::from(rank) * step);
    let ticks = ticks.map(|hour| (hour, printed(hour, (0.0, 50.0), Unit::Plain)));
    let x = Axis::with_ticks((first, last), plot.across(), ticks.collect());
    plot.draw_with_axes(
        canvas,
        &curves,
        (&x, "hours since the first mistake"),
        (&y, what),
        plot.bottom,
    );
    page.y = plot.bottom + 54.0;
    page.finish()
}
