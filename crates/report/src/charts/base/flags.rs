//! Flags: texts above a plot, each at the head of an upright line down into it.

use super::canvas::{Canvas, Side};
use super::look::{PAPER, SMALL};
use super::marks;
use plotters::style::RGBAColor;

/// The widest text of a flag; a longer one is wrapped.
const WIDEST: f64 = 300.0;
/// The room between the line and its text.
const BESIDE: f64 = 6.0;

/// A text and where its line stands.
#[derive(Clone, Debug)]
struct Flag {
    x: f64,
    /// From where to where the text reaches.
    text: (f64, f64),
    lines: Vec<String>,
    /// How far above the plot its lowest edge is.
    rise: f64,
}

impl Flag {
    /// From where to where it reaches, with its line.
    fn span(&self) -> (f64, f64) {
        (self.text.0.min(self.x - 2.0), self.text.1.max(self.x + 2.0))
    }

    /// Where its line begins above the plot: at its head, or below a text that stands in its way.
    fn line(&self) -> f64 {
        let above = self.text.0 < self.x && self.x < self.text.1;
        if above { self.rise } else { self.rise + height(&self.lines) - 3.0 }
    }
}

/// Flags laid out so that none covers another, and no line runs through a text where that can be
/// avoided: from the right to the left, each as low as it can be.
#[derive(Clone, Debug, Default)]
pub(crate) struct Flags {
    flags: Vec<Flag>,
    /// The room they take above the plot.
    pub height: f64,
}

impl Flags {
    /// The flags of these texts at these places between two edges.
    pub fn new<'a>(texts: impl Iterator<Item = (f64, &'a str)>, room: (f64, f64)) -> Self {
        let mut texts: Vec<(f64, &str)> = texts.collect();
        texts.sort_by(|a, b| b.0.total_cmp(&a.0));
        let mut flags = Self::default();
        for (x, text) in texts {
            let lines = SMALL.wrap(text, WIDEST.min(room.1 - room.0 - BESIDE));
            let width = SMALL.widest(lines.iter().map(String::as_str));
            // At the right edge the text stands left of its line, or as far left as it must.
            let left = match (x + BESIDE + width <= room.1, x - BESIDE - width >= room.0) {
                (true, _) => x + BESIDE,
                (false, true) => x - BESIDE - width,
                (false, false) => (room.1 - width).max(room.0),
            };
            let mut flag = Flag { x, text: (left, left + width), lines, rise: 0.0 };
            let (from, to) = flag.span();
            let touches = |other: &&Flag| from < other.span().1 + 8.0 && other.span().0 < to + 8.0;
            let below = flags.flags.iter().filter(touches);
            flag.rise = below.map(|other| other.rise + height(&other.lines)).fold(0.0, f64::max);
            flags.height = flags.height.max(flag.rise + height(&flag.lines));
            flags.flags.push(flag);
        }
        flags
    }

    /// Draws the flags above `top`, each with its line down to there.
    pub fn draw(&self, canvas: &mut Canvas, top: f64, dashes: &[f64], color: RGBAColor) {
        for flag in &self.flags {
            let line = [(flag.x, top - flag.line()), (flag.x, top)];
            marks::dashed(canvas, &line, dashes, 1.5, color);
        }
        for flag in &self.flags {
            let head = top - flag.rise - height(&flag.lines);
            for (rank, line) in flag.lines.iter().enumerate() {
                let (x, y) = (flag.text.0, head + SMALL.leading() * (rank as f64 + 1.0));
                let width = SMALL.width(line);
                canvas.block((x - 2.0, y - 14.0), (x + width + 2.0, y + 5.0), PAPER);
                canvas.text((x, y - 1.0), line, SMALL, Side::Start, color);
            }
        }
    }

    /// Draws the lines on through a plot.
    pub fn through(
        &self,
        canvas: &mut Canvas,
        (top, bottom): (f64, f64),
        dashes: &[f64],
        color: RGBAColor,
    ) {
        for flag in &self.flags {
            marks::dashed(canvas, &[(flag.x, top), (flag.x, bottom)], dashes, 1.5, color);
        }
    }
}

fn height(lines: &[String]) -> f64 {
    SMALL.leading() * lines.len() as f64 + 5.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn flags_apart_stand_side_by_side_and_close_ones_on_top_of_each_other() {
        let apart = Flags::new([(100.0, "one"), (300.0, "two")].into_iter(), (0.0, 600.0));
        assert!(apart.flags.iter().all(|flag| flag.rise == 0.0));
        let close = Flags::new([(100.0, "one of these"), (120.0, "two")].into_iter(), (0.0, 600.0));
        assert!(close.height > apart.height);
        // The line of the left one passes left of the right one's text.
        let rise = |x: f64| close.flags.iter().find(|flag| flag.x == x).unwrap().rise;
        assert!(rise(100.0) > rise(120.0));
    }

    #[test]
    fn texts_stay_within_the_room() {
        for x in [0.0, 50.0, 190.0, 200.0] {
            let flags = Flags::new([(x, "a text that is rather long")].into_iter(), (0.0, 200.0));
            let flag = &flags.flags[0];
            assert!(flag.text.0 >= 0.0 && flag.text.1 <= 201.0, "{x}: {flag:?}");
        }
    }
}
