//! Lines over an axis: bands first, the lines upon them, the labels at their right.

use super::axis::Axis;
use super::canvas::{Canvas, Point, Side};
use super::estimate::{Estimate, drawable};
use super::given::Line;
use super::labels::{self, Label};
use super::look::{self, INK, LEFT, LineLook, RIGHT, SMALL, SOFT, faded};
use super::marks;
use plotters::style::RGBAColor;

/// A line of which every point can be drawn, from left to right.
#[derive(Clone, Debug)]
pub(crate) struct Curve {
    /// Its name.
    pub name: String,
    /// Its last value, as it is printed.
    pub value: String,
    /// Its points; never empty.
    pub points: Vec<(f64, Estimate)>,
    /// How it is drawn.
    pub look: LineLook,
}

/// The lines that have points, each with the look of its place among all; `write` writes values.
pub(crate) fn curves(lines: &[Line], write: impl Fn(f64) -> String) -> Vec<Curve> {
    // Colour alone tells four lines apart, unless one lies exactly upon another.
    let twins = |(number, line): (usize, &Line)| {
        lines.iter().take(number).any(|other| other.points == line.points)
    };
    let dashed = lines.len() > 4 || lines.iter().enumerate().any(twins);
    let curve = |(number, line): (usize, &Line)| {
        let known = |(x, y): &(f64, Estimate)| Some((drawable(*x)?, y.drawable()?));
        let mut points: Vec<(f64, Estimate)> = line.points.iter().filter_map(known).collect();
        points.sort_by(|a, b| a.0.total_cmp(&b.0));
        let value = write(points.last()?.1.mean);
        let look = look::line_look(number, dashed);
        Some(Curve { name: line.name.clone(), value, points, look })
    };
    lines.iter().enumerate().filter_map(curve).collect()
}

/// The smallest and the largest of some numbers; `None` if there are none.
pub(crate) fn range(numbers: impl IntoIterator<Item = f64>) -> Option<(f64, f64)> {
    numbers.into_iter().fold(None, |range, number| {
        let (low, high) = range.unwrap_or((number, number));
        Some((low.min(number), high.max(number)))
    })
}

/// Where the lines are drawn.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Plot {
    /// The left edge, right of the labels of the upright axis.
    pub left: f64,
    /// The right edge, left of the lines' labels.
    pub right: f64,
    /// The upper edge.
    pub top: f64,
    /// The lower edge.
    pub bottom: f64,
}

impl Plot {
    /// The plot below `top`, with room for all the labels.
    pub fn new(top: f64, curves: &[Curve]) -> Self {
        let texts = curves.iter().map(|curve| (curve.name.as_str(), curve.value.as_str()));
        let height = (labels::GAP * curves.len() as f64).max(430.0);
        let right = RIGHT - labels::room(texts);
        Self { left: LEFT + 56.0, right, top: top + 34.0, bottom: top + 34.0 + height }
    }

    /// The places from left to right.
    pub fn across(&self) -> (f64, f64) {
        (self.left, self.right)
    }

    /// The places from the bottom up.
    pub fn upwards(&self) -> (f64, f64) {
        (self.bottom, self.top)
    }

    /// Writes what the axes measure: the upright one above the plot, the level one below it.
    pub fn titles(&self, canvas: &mut Canvas, x_axis: &str, y_axis: &str) {
        canvas.text((LEFT, self.top - 18.0), y_axis, SMALL, Side::Start, INK);
        let below = ((self.left + self.right) / 2.0, self.bottom + 48.0);
        canvas.text(below, x_axis, SMALL, Side::Middle, INK);
    }

    /// Says what lies left of the end of the warm-up.
    pub fn name_warmup(&self, canvas: &mut Canvas, x: f64) {
        let (place, side) = if x - self.left > SMALL.width("warm-up") + 16.0 {
            ((x - 8.0, self.top + 18.0), Side::End)
        } else {
            ((x + 8.0, self.top + 18.0), Side::Start)
        };
        let text = if side == Side::End { "warm-up" } else { "← warm-up" };
        canvas.text(place, text, SMALL, side, SOFT);
    }

    /// Draws both axes, each with what it measures, and the lines over them. Ticks of the level axis
    /// start at `ticks_from`: the top of the plot for lines through it, its bottom for ticks alone.
    pub fn draw_with_axes(
        &self,
        canvas: &mut Canvas,
        curves: &[Curve],
        (x, x_axis): (&Axis, &str),
        (y, y_axis): (&Axis, &str),
        ticks_from: f64,
    ) {
        y.upwards(canvas, self.left, self.right);
        x.across(canvas, ticks_from, self.bottom + 5.0);
        Axis::carry(canvas, (self.left, self.bottom), (self.right, self.bottom));
        self.titles(canvas, x_axis, y_axis);
        self.draw(canvas, curves, x, y);
    }

    /// Draws the lines with their bands and labels.
    pub fn draw(&self, canvas: &mut Canvas, curves: &[Curve], x: &Axis, y: &Axis) {
        // The more bands lie upon each other, the fainter each has to be.
        let alpha = (0.7 / curves.len() as f64).clamp(0.03, 0.16);
        for curve in curves {
            band(canvas, curve, faded(curve.look.color, alpha), x, y);
        }
        let mut labels = Vec::new();
        for curve in curves {
            let place = |(at, value): &(f64, Estimate)| (x.at(*at), y.at(value.mean));
            let points: Vec<Point> = curve.points.iter().map(place).collect();
            let look = curve.look;
            marks::dashed(canvas, &points, look.dashes, 3.0, look.color);
            let (name, value) = (curve.name.clone(), curve.value.clone());
            labels.extend(points.last().map(|end| Label { name, value, end: *end, look }));
        }
        labels::draw(canvas, &labels, self.right, self.top, self.bottom);
    }
}

/// The band of a curve's intervals, in one piece for every run of points that have one.
fn band(canvas: &mut Canvas, curve: &Curve, color: RGBAColor, x: &Axis, y: &Axis) {
    for run in curve.points.split(|(_, value)| value.interval().is_none()) {
        let edge = |end: fn((f64, f64)) -> f64| {
            let place = move |(at, value): &(f64, Estimate)| {
                value.interval().map(|interval| (x.at(*at), y.at(end(interval))))
            };
            run.iter().filter_map(place)
        };
        let mut outline: Vec<Point> = edge(|(low, _)| low).collect();
        if let &[(at, low)] = outline.as_slice() {
            let top = edge(|(_, high)| high).map(|(_, high)| high).fold(low, f64::min);
            canvas.line((at, low), (at, top), 2.0, faded(curve.look.color, 0.6));
        }
        outline.extend(edge(|(_, high)| high).collect::<Vec<_>>().into_iter().rev());
        canvas.area(&outline, color);
    }
}
