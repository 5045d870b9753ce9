//! Texts beside marks, put where none covers another.

use super::canvas::{Canvas, Point, Side};
use super::fonts::Type;
use super::look::{PAPER, faded};
use plotters::style::RGBAColor;

/// Room taken: left, top, right, bottom.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Taken(pub f64, pub f64, pub f64, pub f64);

impl Taken {
    /// The room of something around a point.
    pub fn around((x, y): Point, half: f64) -> Self {
        Self(x - half, y - half, x + half, y + half)
    }

    /// Whether the two overlap.
    pub fn touches(self, other: Self) -> bool {
        self.0 < other.2 && other.0 < self.2 && self.1 < other.3 && other.1 < self.3
    }

    fn within(self, room: Self) -> bool {
        self.0 >= room.0 && self.1 >= room.1 && self.2 <= room.2 && self.3 <= room.3
    }
}

/// How far from the mark a text may stand.
const DISTANCES: [f64; 9] = [12.0, 20.0, 32.0, 46.0, 62.0, 80.0, 100.0, 125.0, 155.0];
/// The directions tried at each distance, as far as there is nothing: right first.
const DIRECTIONS: [Point; 12] = [
    (1.0, 0.0),
    (-1.0, 0.0),
    (0.8, -0.6),
    (0.8, 0.6),
    (-0.8, -0.6),
    (-0.8, 0.6),
    (0.4, -0.92),
    (0.4, 0.92),
    (-0.4, -0.92),
    (-0.4, 0.92),
    (0.0, -1.0),
    (0.0, 1.0),
];

/// Where a text of this size stands beside a mark: as near as there is room, and right of it if
/// nothing else will do.
pub(crate) fn place(at: Point, (width, height): (f64, f64), taken: &[Taken], room: Taken) -> Taken {
    let spot = |distance: f64, (dx, dy): Point| {
        let (x, y) = (at.0 + dx * distance, at.1 + dy * distance);
        // The text hangs on the side that it is away from the mark.
        let left = x - width * (1.0 - dx) / 2.0;
        let left = if dx > 0.5 {
            x
        } else if dx < -0.5 {
            x - width
        } else {
            left
        };
        let top = y - height * (1.0 - dy) / 2.0;
        Taken(left, top, left + width, top + height)
    };
    let free = |spot: &Taken| spot.within(room) && taken.iter().all(|other| !spot.touches(*other));
    let spots = || DISTANCES.iter().flat_map(|&d| DIRECTIONS.iter().map(move |&way| (d, way)));
    let inside = |spot: &Taken| spot.within(room);
    let all = || spots().map(|(distance, way)| spot(distance, way));
    all()
        .find(free)
        .or_else(|| all().find(inside))
        .unwrap_or_else(|| spot(DISTANCES[0], DIRECTIONS[0]))
}

/// Writes a text where it was placed, with a line to its mark if that is far.
pub(crate) fn write(
    canvas: &mut Canvas,
    at: Point,
    spot: Taken,
    (text, set): (&str, Type),
    (ink, line): (RGBAColor, RGBAColor),
) {
    let near = (at.0.max(spot.0).min(spot.2), at.1.max(spot.1).min(spot.3));
    if libm::hypot(near.0 - at.0, near.1 - at.1) > DISTANCES[1] {
        canvas.line(at, near, 1.2, line);
    }
    canvas.block((spot.0, spot.1), (spot.2, spot.3), faded(PAPER, 0.78));
    canvas.text((spot.0 + 2.0, spot.3 - set.size * 0.32), text, set, Side::Start, ink);
}

/// The room that a text takes.
pub(crate) fn size(text: &str, set: Type) -> (f64, f64) {
    (set.width(text) + 4.0, set.size * 1.25)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_beside_one_place_do_not_cover_each_other() {
        let room = Taken(0.0, 0.0, 600.0, 400.0);
        let mut taken = vec![Taken::around((300.0, 200.0), 7.0)];
        for _ in 0..9 {
            let spot = place((300.0, 200.0), (90.0, 20.0), &taken, room);
            assert!(spot.within(room) && taken.iter().all(|other| !spot.touches(*other)));
            taken.push(spot);
        }
    }

    #[test]
    fn at_the_right_edge_a_text_stands_left_of_its_mark() {
        let spot = place((595.0, 200.0), (90.0, 20.0), &[], Taken(0.0, 0.0, 600.0, 400.0));
        assert!(spot.2 < 595.0);
    }
}
