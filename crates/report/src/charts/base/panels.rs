//! Panels of dots side by side: what is common to [`arms`](crate::charts::arms()) and
//! [`parts`](crate::charts::parts()).

use super::axis::{Axis, Unit};
use super::canvas::{Canvas, Side};
use super::curves::range;
use super::estimate::{Estimate, drawable};
use super::flags::Flags;
use super::given::Dots;
use super::look::{AXIS, GRID, INK, LEFT, RIGHT, SMALL, SOFT, STRONG};
use super::page::Page;

/// The widest name of a row; a longer one is cut.
pub(crate) const NAME: f64 = 300.0;
/// The room between two panels.
const GUTTER: f64 = 40.0;
/// The room below the rows, for the axis.
const FOOT: f64 = 54.0;
/// Dashes of published figures.
pub(crate) const DASHES: [f64; 2] = [6.0, 4.0];

/// Where the rows of one panel are drawn.
#[derive(Clone, Debug)]
pub(crate) struct Place {
    /// From left to right.
    pub axis: Axis,
    /// The range of what is shown.
    pub range: (f64, f64),
    /// The right edge of the panel, where values are printed.
    pub right: f64,
    /// The upper edge of the rows.
    pub top: f64,
}

/// Draws panels side by side, up to three, then in further lines: headings, published figures, grid
/// and axes. `names` is the width of the rows' names, `values` that of what is printed at the right
/// of each panel, and `height` that of all rows; `rows` draws what is the same in all panels of a
/// line from its upper edge on, behind the dots, and `dots` those of one panel.
pub(crate) fn draw(
    page: &mut Page<'_>,
    panels: &[Dots],
    (names, values): (f64, f64),
    height: f64,
    mut rows: impl FnMut(&mut Canvas, f64),
    mut dots: impl FnMut(&mut Canvas, &Dots, &Place),
) {
    let columns = match panels.len() {
        4 => 2,
        many => many.clamp(1, 3),
    };
    let first = LEFT + names + 20.0;
    let width = (RIGHT - first - GUTTER * (columns as f64 - 1.0)) / columns as f64;
    for line in panels.chunks(columns) {
        let places = line.iter().enumerate().map(|(rank, panel)| {
            let left = first + (width + GUTTER) * rank as f64;
            let range = extent(panel);
            let pixels = (left, left + width - values);
            let axis = Axis::padded(range, pixels, 7, panel.measure.unit);
            let published = panel.published.iter().filter(|p| drawable(p.value).is_some());
            let texts = published.map(|p| (axis.at(p.value), p.label.as_str()));
            let flags = Flags::new(texts, (left, left + width));
            let meaning = SMALL.wrap(&panel.measure.meaning, width);
            (panel, Place { axis, range, right: left + width, top: 0.0 }, flags, meaning)
        });
        let places: Vec<_> = places.collect();
        let most = places.iter().map(|(.., meaning)| meaning.len()).max().unwrap_or_default();
        let above = places.iter().map(|(_, _, flags, _)| flags.height).fold(0.0, f64::max);
        let head = STRONG.leading() + SMALL.leading() * most as f64 + 12.0;
        let top = page.y + head + above;
        let bottom = top + height;
        let canvas = &mut page.canvas;
        rows(canvas, top);
        for (panel, mut place, flags, meaning) in places {
            place.top = top;
            let left = place.axis.room().0;
            let name = STRONG.fit(&panel.measure.name, width);
            canvas.text((left, page.y + STRONG.size), &name, STRONG, Side::Start, INK);
            for (rank, line) in meaning.iter().enumerate() {
                let y = page.y + STRONG.leading() + SMALL.size + SMALL.leading() * rank as f64;
                canvas.text((left, y), line, SMALL, Side::Start, SOFT);
            }
            place.axis.across(canvas, top, bottom);
            canvas.line((left, bottom), (place.axis.room().1, bottom), 1.0, GRID);
            if place.axis.ticks.iter().any(|(value, _)| *value == 0.0) {
                let zero = place.axis.at(0.0);
                Axis::carry(canvas, (zero, top), (zero, bottom));
            }
            flags.draw(canvas, top, &DASHES, INK);
            flags.through(canvas, (top, bottom), &DASHES, AXIS);
            dots(canvas, panel, &place);
        }
        page.y = bottom + FOOT;
    }
    page.y -= 20.0;
}

/// From where to where a panel reaches: the intervals and the published figures, from zero on where
/// that is near; shares stay between nothing and all.
pub(crate) fn extent(panel: &Dots) -> (f64, f64) {
    let values = || panel.values.iter().flatten().filter_map(|value| value.drawable());
    let means = values().map(|value| value.mean);
    let published = panel.published.iter().filter_map(|figure| drawable(figure.value));
    let (least, most) = range(means.chain(published)).unwrap_or_default();
    let ends = values().flat_map(|value: Estimate| [value.reach().0, value.reach().1]);
    let (mut low, mut high) = range(ends.chain([least, most])).unwrap_or_default();
    if panel.measure.unit == Unit::Share {
        (low, high) = (low.max(0.0).min(least), high.min(1.0).max(most));
    }
    if panel.measure.unit != Unit::Signed {
        let near = low > 0.0 && low < high * 0.4;
        low = if near || (least >= 0.0 && low < 0.0) { 0.0 } else { low };
        high = if low == 0.0 && high == 0.0 { 1.0 } else { high };
    }
    (low, high)
}
