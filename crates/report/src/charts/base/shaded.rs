//! Days that are shaded and named behind lines: the warm-up, or the windows.

use super::axis::Axis;
use super::canvas::{Canvas, Side};
use super::curves::Plot;
use super::estimate::drawable;
use super::given::{Shaded, Stretch};
use super::look::{AXIS, SHADE, SMALL, SOFT};

/// How far apart the lines of names are.
const LINE: f64 = 18.0;
/// The room between an edge and a name.
const BESIDE: f64 = 8.0;

/// What is shaded, in places from left to right.
#[derive(Clone, Debug)]
pub(crate) enum Shades<'a> {
    /// All up to here.
    WarmUp(f64),
    /// From here to there, with its name and the line that it stands on.
    Windows(Vec<Shade<'a>>),
}

/// One window.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Shade<'a> {
    ends: (f64, f64),
    name: &'a str,
    /// Where its name begins.
    at: f64,
    line: usize,
}

impl<'a> Shades<'a> {
    /// What there is to shade of these days, between the edges of the plot.
    pub fn new(shaded: &'a Shaded, days: (f64, f64), x: &Axis, room: (f64, f64)) -> Self {
        match shaded {
            Shaded::WarmUp(end) => {
                let end = drawable(*end).filter(|end| days.0 < *end && *end < days.1);
                end.map_or(Self::Windows(Vec::new()), |end| Self::WarmUp(x.at(end)))
            }
            Shaded::Windows(windows) => {
                let seen = windows.iter().filter(|it| it.to > days.0 && it.from < days.1);
                let ends = |it: &Stretch| (x.at(it.from.max(days.0)), x.at(it.to.min(days.1)));
                Self::Windows(named(seen.map(|it| (ends(it), it.name.as_str())), room))
            }
        }
    }

    /// Draws the shades: behind everything else.
    pub fn draw(&self, canvas: &mut Canvas, plot: &Plot) {
        let mut shade = |from, to| canvas.block((from, plot.top), (to, plot.bottom), SHADE);
        match self {
            Self::WarmUp(end) => shade(plot.left, *end),
            Self::Windows(all) => all.iter().for_each(|one| shade(one.ends.0, one.ends.1)),
        }
    }

    /// Draws their edges, and says what they are.
    pub fn name(&self, canvas: &mut Canvas, plot: &Plot) {
        self.edges(canvas, plot);
        match self {
            Self::WarmUp(end) => plot.name_warmup(canvas, *end),
            Self::Windows(all) => {
                for Shade { name, at, line, .. } in all {
                    let y = plot.top + LINE * (*line as f64 + 1.0);
                    // No grid line and no flag's line runs through a name.
                    let width = SMALL.width(name);
                    canvas.block((at - 3.0, y - 14.0), (at + width + 3.0, y + 5.0), SHADE);
                    canvas.text((*at, y), name, SMALL, Side::Start, SOFT);
                }
            }
        }
    }

    /// Draws their edges.
    pub fn edges(&self, canvas: &mut Canvas, plot: &Plot) {
        let mut edge = |x| canvas.line((x, plot.top), (x, plot.bottom), 1.0, AXIS);
        match self {
            Self::WarmUp(end) => edge(*end),
            Self::Windows(all) => {
                all.iter().flat_map(|one| [one.ends.0, one.ends.1]).for_each(edge)
            }
        }
    }
}

/// Names that cover no other: each on the first line on which it has room.
fn named<'a>(
    windows: impl Iterator<Item = ((f64, f64), &'a str)>,
    room: (f64, f64),
) -> Vec<Shade<'a>> {
    let mut all: Vec<Shade<'a>> = Vec::new();
    for (ends, name) in windows {
        let width = SMALL.width(name);
        let at = (ends.0 + BESIDE).min(room.1 - width - BESIDE).max(room.0 + BESIDE);
        let taken = |line: usize| {
            let here = all.iter().filter(|other| other.line == line);
            let touches = |other: &Shade<'_>| {
                at < other.at + SMALL.width(other.name) + BESIDE && other.at < at + width + BESIDE
            };
            here.into_iter().any(touches)
        };
        let line = (0..).find(|line| !taken(*line)).unwrap_or_default();
        all.push(Shade { ends, name, at, line });
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_windows_cover_no_other_and_stay_within_the_plot() {
        let windows =
            [((0.0, 300.0), "first quarter"), ((50.0, 200.0), "early"), ((590.0, 600.0), "late")];
        let found = named(windows.into_iter(), (0.0, 600.0));
        assert_eq!(found.iter().map(|shade| shade.line).collect::<Vec<_>>(), [0, 1, 0]);
        for shade in found {
            assert!(shade.at > 0.0 && shade.at + SMALL.width(shade.name) < 600.0, "{shade:?}");
        }
    }
}
