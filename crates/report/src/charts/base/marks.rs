//! Small marks: whiskers, polygons, dashes.

use super::canvas::{Canvas, Point};
use plotters::style::RGBAColor;

/// How an interval is drawn.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Whisker {
    /// The line's width.
    pub width: f64,
    /// Half the height of the caps at its ends.
    pub cap: f64,
    /// Its colour.
    pub color: RGBAColor,
}

/// A horizontal interval from `ends.0` to `ends.1`; where it leaves `room`, an arrow says so.
pub(crate) fn whisker(
    canvas: &mut Canvas,
    y: f64,
    ends: (f64, f64),
    room: (f64, f64),
    look: Whisker,
) {
    let inside = |x: f64| x.max(room.0).min(room.1);
    let (from, to) = (inside(ends.0), inside(ends.1));
    canvas.line((from, y), (to, y), look.width, look.color);
    for (wanted, x, inwards) in [(ends.0, from, 7.0), (ends.1, to, -7.0)] {
        if (wanted - x).abs() > 0.5 {
            let arrow = [(x, y), (x + inwards, y - 5.0), (x + inwards, y + 5.0)];
            canvas.area(&arrow, look.color);
        } else {
            canvas.line((x, y - look.cap), (x, y + look.cap), look.width, look.color);
        }
    }
}

/// A polygon given around (0, 0), put at a place.
pub(crate) fn shape(canvas: &mut Canvas, at: Point, corners: &[Point], color: RGBAColor) {
    let points: Vec<Point> = corners.iter().map(|(x, y)| (at.0 + x, at.1 + y)).collect();
    canvas.area(&points, color);
}

/// A triangle pointing up.
pub(crate) const UP: [Point; 3] = [(0.0, -7.5), (7.5, 6.0), (-7.5, 6.0)];
/// A triangle pointing down.
pub(crate) const DOWN: [Point; 3] = [(0.0, 7.5), (7.5, -6.0), (-7.5, -6.0)];
/// A square.
pub(crate) const SQUARE: [Point; 4] = [(-6.0, -6.0), (6.0, -6.0), (6.0, 6.0), (-6.0, 6.0)];
/// A square on its corner.
pub(crate) const DIAMOND: [Point; 4] = [(0.0, -8.0), (8.0, 0.0), (0.0, 8.0), (-8.0, 0.0)];

/// Draws a line through points, in dashes if there are any.
pub(crate) fn dashed(
    canvas: &mut Canvas,
    points: &[Point],
    dashes: &[f64],
    width: f64,
    color: RGBAColor,
) {
    if dashes.is_empty() {
        return canvas.path(points, width, color);
    }
    for piece in cut(points, dashes) {
        canvas.path(&piece, width, color);
    }
}

/// The drawn pieces of a dashed line.
fn cut(points: &[Point], dashes: &[f64]) -> Vec<Vec<Point>> {
    let mut pieces = Vec::new();
    let mut lengths = dashes.iter().copied().cycle();
    let mut left = lengths.next().unwrap_or(f64::INFINITY);
    let mut drawing = true;
    let mut piece: Vec<Point> = points.first().copied().into_iter().collect();
    for pair in points.windows(2) {
        let &[(mut x, mut y), (to_x, to_y)] = pair else { continue };
        loop {
            let length = libm::hypot(to_x - x, to_y - y);
            if length <= left {
                left -= length;
                piece.extend(drawing.then_some((to_x, to_y)));
                break;
            }
            (x, y) = (x + (to_x - x) * left / length, y + (to_y - y) * left / length);
            if drawing {
                piece.push((x, y));
                pieces.push(std::mem::take(&mut piece));
            } else {
                piece = vec![(x, y)];
            }
            drawing = !drawing;
            left = lengths.next().unwrap_or(f64::INFINITY);
        }
    }
    pieces.push(piece);
    pieces
}
