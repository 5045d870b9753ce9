//! One metric against another: a point for every arm.

use super::base::axis::Axis;
use super::base::beside::{self, Taken};
use super::base::canvas::{Canvas, Point as Spot, Side};
use super::base::error::ChartError;
use super::base::estimate::{Estimate, drawable};
use super::base::flags::Flags;
use super::base::given::{Dots, Frame, Measure, Point, Published};
use super::base::look::{self, AXIS, BODY, INK, LEFT, RIGHT, SMALL, SOFT, STRONG};
use super::base::marks;
use super::base::page::Page;
use super::base::panels::{self, DASHES};
use plotters::style::RGBAColor;

/// The height of the plot.
const HEIGHT: f64 = 520.0;
/// The widest name of a point; a longer one is cut.
const NAME: f64 = 320.0;
/// Points nearer than this lie upon each other.
const HEAP: f64 = 8.0;

/// A point on the page.
#[derive(Clone, Debug)]
struct Placed {
    name: String,
    color: RGBAColor,
    at: Spot,
    /// From left to right, and from the bottom up.
    whiskers: [Spot; 2],
}

/// Draws each point with whiskers both ways and its name beside it, and published figures as dashed
/// lines of the axis that they belong to. Points that lie upon each other share a label.
///
/// # Errors
///
/// [`ChartError::Nothing`] when no point has a place.
pub fn trade_off(
    frame: &Frame,
    (across, upwards): (&Measure, &Measure),
    points: &[Point],
    (published_across, published_upwards): (&[Published], &[Published]),
) -> Result<String, ChartError> {
    let known = |point: &Point| Some((point.across.drawable()?, point.upwards.drawable()?));
    if points.iter().all(|point| known(point).is_none()) {
        return Err(ChartError::Nothing);
    }
    let known = || points.iter().filter_map(known);
    let xs = reach(across, known().map(|(x, _)| x), published_across);
    let ys = reach(upwards, known().map(|(_, y)| y), published_upwards);

    let mut page = Page::new(frame)?;
    let ticks = Axis::round(ys, (1.0, 0.0), 7.0, upwards.unit).ticks;
    let labels = SMALL.widest(ticks.iter().map(|(_, label)| label.as_str()));
    let (left, right) = (LEFT + labels + 16.0, RIGHT - 30.0);
    let x = Axis::round(xs, (left, right), 9.0, across.unit);
    let figures = published_across.iter().filter(|it| drawable(it.value).is_some());
    let figures = figures.map(|it| (x.at(it.value), it.label.as_str()));
    let flags = Flags::new(figures, (left, RIGHT));
    let (top, bottom) = (page.y + 40.0 + flags.height, page.y + 40.0 + flags.height + HEIGHT);
    let y = Axis::round(ys, (bottom, top), 7.0, upwards.unit);
    let canvas = &mut page.canvas;
    title(canvas, (LEFT, page.y + STRONG.size), &format!("{} ↑", upwards.name), &upwards.meaning);
    y.upwards(canvas, left, right);
    x.across(canvas, top, bottom + 8.0);
    Axis::carry(canvas, (left, bottom), (right, bottom));
    Axis::carry(canvas, (left, top), (left, bottom));
    if y.ticks.iter().any(|(value, _)| *value == 0.0) {
        Axis::carry(canvas, (left, y.at(0.0)), (right, y.at(0.0)));
    }
    flags.draw(canvas, top, &DASHES, INK);
    flags.through(canvas, (top, bottom), &DASHES, AXIS);

    let placed = place(points, &x, &y);
    let mut taken: Vec<Taken> = placed.iter().flat_map(room_of).collect();
    for point in &placed {
        cross(canvas, point);
    }
    for figure in published_upwards.iter().filter(|it| drawable(it.value).is_some()) {
        let at = y.at(figure.value);
        marks::dashed(canvas, &[(left, at), (right, at)], &DASHES, 1.5, AXIS);
        let label = SMALL.fit(&figure.label, right - left);
        let spot = along(at, SMALL.width(&label), &taken, (left + 8.0, right));
        canvas.text((spot.0, spot.3 - 6.0), &label, SMALL, Side::Start, INK);
        taken.push(spot);
    }
    let room = Taken(left + 4.0, top - 8.0, RIGHT, bottom - 3.0);
    for heap in heaps(&placed) {
        write(canvas, &heap, &mut taken, room);
    }
    for point in &placed {
        canvas.disc(point.at, 7.0, point.color);
    }
    let name = format!("{} →", across.name);
    let half = (STRONG.width(&name) + 12.0 + SMALL.width(&across.meaning)) / 2.0;
    let start = ((left + right) / 2.0 - half).max(LEFT);
    title(canvas, (start, bottom + 58.0), &name, &across.meaning);
    page.y = bottom + 66.0;
    page.finish()
}

/// From where to where an axis reaches.
fn reach(
    measure: &Measure,
    values: impl Iterator<Item = Estimate>,
    published: &[Published],
) -> (f64, f64) {
    let (measure, published) = (measure.clone(), published.to_vec());
    let (low, high) =
        panels::extent(&Dots { measure, values: values.map(Some).collect(), published });
    let pad = (high - low) * 0.03;
    (low - if low == 0.0 { 0.0 } else { pad }, high + if high == 1.0 { 0.0 } else { pad })
}

fn title(canvas: &mut Canvas, at: Spot, name: &str, meaning: &str) {
    let name = STRONG.fit(name, RIGHT - at.0);
    canvas.text(at, &name, STRONG, Side::Start, INK);
    let after = at.0 + STRONG.width(&name) + 12.0;
    let meaning = SMALL.fit(meaning, RIGHT - after);
    canvas.text((after, at.1), &meaning, SMALL, Side::Start, SOFT);
}

fn place(points: &[Point], x: &Axis, y: &Axis) -> Vec<Placed> {
    let placed = points.iter().enumerate().filter_map(|(number, point)| {
        let (across, upwards) = (point.across.drawable()?, point.upwards.drawable()?);
        let ends = (across.reach(), upwards.reach());
        Some(Placed {
            name: BODY.fit(&point.name, NAME),
            color: look::line_look(number, false).color,
            at: (x.at(across.mean), y.at(upwards.mean)),
            whiskers: [(x.at(ends.0.0), x.at(ends.0.1)), (y.at(ends.1.0), y.at(ends.1.1))],
        })
    });
    placed.collect()
}

/// The room of a point and its whiskers.
fn room_of(point: &Placed) -> [Taken; 3] {
    let (x, y) = point.at;
    let [(from, to), (low, high)] = point.whiskers;
    [
        Taken::around(point.at, 9.0),
        Taken(from, y - 4.0, to, y + 4.0),
        Taken(x - 4.0, high, x + 4.0, low),
    ]
}

/// Points that lie upon each other.
fn heaps(points: &[Placed]) -> Vec<Vec<&Placed>> {
    let mut heaps: Vec<Vec<&Placed>> = Vec::new();
    for point in points {
        let near =
            |other: &&Placed| libm::hypot(other.at.0 - point.at.0, other.at.1 - point.at.1) < HEAP;
        match heaps.iter_mut().find(|heap| heap.iter().any(near)) {
            Some(heap) => heap.push(point),
            None => heaps.push(vec![point]),
        }
    }
    heaps
}

/// Writes the names of points that lie upon each other, one below the other.
fn write(canvas: &mut Canvas, heap: &[&Placed], taken: &mut Vec<Taken>, room: Taken) {
    let Some(first) = heap.first() else { return };
    let width = BODY.widest(heap.iter().map(|point| point.name.as_str())) + 4.0;
    let (_, line) = beside::size("", BODY);
    let block = beside::place(first.at, (width, line * heap.len() as f64), taken, room);
    for (rank, point) in heap.iter().enumerate() {
        let upper = block.1 + line * rank as f64;
        let spot = Taken(block.0, upper, block.2, upper + line);
        // One line to the mark does for all.
        let from = if rank == 0 { first.at } else { (spot.0, spot.1) };
        beside::write(canvas, from, spot, (&point.name, BODY), (INK, first.color));
    }
    taken.push(block);
}

/// Where a text of this width stands above a level line: at the right end, or further left where
/// that is taken.
fn along(y: f64, width: f64, taken: &[Taken], (left, right): (f64, f64)) -> Taken {
    let steps = ((right - width - left) / 20.0).max(0.0) as u32;
    let spot = |step: u32| {
        let end = right - 20.0 * f64::from(step);
        Taken(end - width, y - 24.0, end, y - 1.0)
    };
    let free = |spot: &Taken| taken.iter().all(|other| !spot.touches(*other));
    (0..=steps).map(spot).find(free).unwrap_or_else(|| spot(0))
}

/// A point's whiskers both ways.
fn cross(canvas: &mut Canvas, point: &Placed) {
    let (x, y) = point.at;
    let [(from, to), (low, high)] = point.whiskers;
    if to - from > 0.5 {
        canvas.line((from, y), (to, y), 2.0, point.color);
        for end in [from, to] {
            canvas.line((end, y - 5.0), (end, y + 5.0), 2.0, point.color);
        }
    }
    if low - high > 0.5 {
        canvas.line((x, low), (x, high), 2.0, point.color);
        for end in [low, high] {
            canvas.line((x - 5.0, end), (x + 5.0, end), 2.0, point.color);
        }
    }
}
