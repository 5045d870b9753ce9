//! Metrics from day to day: one panel under another, over the same days.

use super::base::axis::{Axis, Unit, printed};
use super::base::beside::{self, Taken};
use super::base::canvas::{Canvas, Point, Side};
use super::base::curves::{self, Curve, Plot, range};
use super::base::error::ChartError;
use super::base::estimate::drawable;
use super::base::flags::Flags;
use super::base::given::{Days, Frame, Happening, Published, Shaded};
use super::base::labels;
use super::base::look::{AXIS, INK, LEFT, RIGHT, SHADE, SMALL, SOFT, STRONG};
use super::base::marks::{self, DIAMOND};
use super::base::page::Page;
use super::base::panels::DASHES;
use super::base::shaded::Shades;

/// The room between two panels, besides the heading.
const BETWEEN: f64 = 22.0;
/// The room of a panel's heading.
const HEAD: f64 = 42.0;

/// A panel that has something to draw.
struct Panel<'a> {
    days: &'a Days,
    curves: Vec<Curve>,
    values: (f64, f64),
}

/// Draws the lines of each panel with bands, labelled at their right end. The warm-up or the windows
/// are shaded, what happens is flagged above the first panel, and published figures are diamonds on
/// their day, or dashed lines if they have none.
///
/// # Errors
///
/// [`ChartError::Nothing`] when no line has a point.
pub fn days(
    frame: &Frame,
    shaded: &Shaded,
    happenings: &[Happening],
    panels: &[Days],
) -> Result<String, ChartError> {
    let panels: Vec<Panel<'_>> = panels.iter().filter_map(panel).collect();
    let curves = || panels.iter().flat_map(|panel| &panel.curves);
    let days = curves().flat_map(|curve| curve.points.iter().map(|(day, _)| *day));
    let published = panels.iter().flat_map(|panel| &panel.days.published);
    let days = days.chain(published.filter_map(|figure| figure.day.and_then(drawable)));
    let (first, last) = range(days).ok_or(ChartError::Nothing)?;
    let days = if first == last { (first - 1.0, last + 1.0) } else { (first.min(0.0), last) };

    let mut page = Page::new(frame)?;
    let texts = curves().map(|curve| (curve.name.as_str(), curve.value.as_str()));
    let right = RIGHT - labels::room(texts);
    let wide = |panel: &Panel<'_>| {
        let axis = Axis::round(panel.values, (0.0, 1.0), 5.0, panel.days.measure.unit);
        SMALL.widest(axis.ticks.iter().map(|(_, label)| label.as_str()))
    };
    let left = LEFT + panels.iter().map(wide).fold(40.0, f64::max) + 14.0;
    let x = Axis::exact(days, (left, right), 9.0, Unit::Plain);
    let seen = happenings.iter().filter(|it| days.0 <= it.day && it.day <= days.1);
    let flags = Flags::new(seen.map(|it| (x.at(it.day), it.label.as_str())), (left, RIGHT));
    let least: f64 = match panels.len() {
        1 => 430.0,
        2 => 290.0,
        _ => 220.0,
    };
    let shades = Shades::new(shaded, days, &x, (left, right));
    for (rank, panel) in panels.iter().enumerate() {
        let above = if rank == 0 { flags.height } else { 0.0 };
        let top = page.y + HEAD + above;
        let height = least.max(labels::GAP * panel.curves.len() as f64);
        let plot = Plot { left, right, top, bottom: top + height };
        let canvas = &mut page.canvas;
        heading(canvas, page.y, panel.days);
        shades.draw(canvas, &plot);
        let y = Axis::round(panel.values, plot.upwards(), height / 60.0, panel.days.measure.unit);
        y.upwards(canvas, left, right);
        if rank == 0 {
            flags.draw(canvas, plot.top, &[], SOFT);
        }
        flags.through(canvas, (plot.top, plot.bottom), &[], SOFT);
        if let Shades::WarmUp(end) = shades
            && rank == 0
        {
            // No flag's line runs through the word.
            let width = (SMALL.width("warm-up") + 12.0).min(end - left);
            canvas.block((end - width, plot.top + 4.0), (end, plot.top + 24.0), SHADE);
        }
        if rank == 0 {
            shades.name(canvas, &plot);
        } else {
            shades.edges(canvas, &plot);
        }
        let base = if y.ticks.iter().any(|(value, _)| *value == 0.0) { 0.0 } else { f64::MIN };
        Axis::carry(canvas, (left, y.at(base)), (right, y.at(base)));
        plot.draw(canvas, &panel.curves, &x, &y);
        published_figures(canvas, &panel.days.published, &plot, &x, &y);
        page.y = plot.bottom + BETWEEN;
        if rank + 1 == panels.len() {
            x.across(canvas, plot.bottom, plot.bottom + 5.0);
            let below = ((left + right) / 2.0, plot.bottom + 48.0);
            canvas.text(below, "day", SMALL, Side::Middle, INK);
            page.y = plot.bottom + 54.0;
        }
    }
    page.finish()
}

fn panel(days: &Days) -> Option<Panel<'_>> {
    let unit = days.measure.unit;
    let curves = curves::curves(&days.lines, |_| String::new());
    let points = || curves.iter().flat_map(|curve| &curve.points);
    let means = range(points().map(|(_, value)| value.mean))?;
    let figures = || days.published.iter().filter_map(|figure| drawable(figure.value));
    let reach = points().flat_map(|(_, value)| [value.reach().0, value.reach().1]);
    let (mut low, mut high) = range(reach.chain(figures())).unwrap_or(means);
    // An interval of few replications may promise what no share can be.
    if unit == Unit::Share {
        (low, high) = (low.max(0.0).min(means.0), high.min(1.0).max(means.1));
    } else if matches!(unit, Unit::Plain | Unit::Count) && means.0 >= 0.0 {
        low = low.max(0.0);
    }
    // Nor should a single wide band flatten all the lines.
    let spread = (means.1 - means.0).max(means.1.abs() * 0.1);
    let shown = range(figures().chain([means.0, means.1])).unwrap_or(means);
    low = low.max(shown.0 - spread);
    high = high.min(shown.1 + spread);
    if low > 0.0 && low < high * 0.4 {
        low = 0.0;
    }
    if unit != Unit::Signed && low == 0.0 && high == 0.0 {
        high = 1.0;
    }
    let curves = curves::curves(&days.lines, |value| printed(value, (low, high), unit));
    Some(Panel { days, curves, values: (low, high) })
}

fn heading(canvas: &mut Canvas, top: f64, days: &Days) {
    let name = STRONG.fit(&days.measure.name, RIGHT - LEFT);
    let y = top + STRONG.size;
    canvas.text((LEFT, y), &name, STRONG, Side::Start, INK);
    let after = LEFT + STRONG.width(&name) + 12.0;
    let meaning = SMALL.fit(&days.measure.meaning, RIGHT - after);
    canvas.text((after, y), &meaning, SMALL, Side::Start, SOFT);
}

/// Diamonds on their day, dashed lines where there is none, each with its label.
fn published_figures(canvas: &mut Canvas, figures: &[Published], plot: &Plot, x: &Axis, y: &Axis) {
    let room = Taken(plot.left, plot.top, plot.right + 24.0, plot.bottom);
    let place = |figure: &Published| -> Option<(Point, bool)> {
        let value = y.at(drawable(figure.value)?);
        let day = figure.day.and_then(drawable);
        Some((day.map_or((plot.left + 6.0, value), |day| (x.at(day), value)), day.is_some()))
    };
    let places: Vec<(Point, bool, &str)> = figures
        .iter()
        .filter_map(|figure| place(figure).map(|(at, mark)| (at, mark, figure.label.as_str())))
        .collect();
    let marked = places.iter().filter(|(_, mark, _)| *mark);
    let mut taken: Vec<Taken> = marked.map(|(at, ..)| Taken::around(*at, 8.0)).collect();
    for &(at, mark, label) in &places {
        if mark {
            marks::shape(canvas, at, &DIAMOND, INK);
        } else {
            let line = [(plot.left, at.1), (plot.right, at.1)];
            marks::dashed(canvas, &line, &DASHES, 1.5, AXIS);
        }
        let label = SMALL.fit(label, plot.right - plot.left);
        let spot = beside::place(at, beside::size(&label, SMALL), &taken, room);
        beside::write(canvas, at, spot, (&label, SMALL), (INK, SOFT));
        taken.push(spot);
    }
}
