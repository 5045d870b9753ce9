//! Means of arms: a panel for every metric, a row for every arm.

use super::base::axis::printed;
use super::base::canvas::Side;
use super::base::error::ChartError;
use super::base::given::{Dots, Frame, Rows};
use super::base::look::{BLUE, BODY, GRID, INK, LEFT, RIGHT, SMALL, SOFT, STRONG};
use super::base::marks::{self, Whisker};
use super::base::page::Page;
use super::base::panels::{self, NAME};

/// The height of a row.
const ROW: f64 = 34.0;
/// The height of the heading of some rows.
const HEADING: f64 = 34.0;

/// Draws each arm's mean as a dot with its interval's whisker, and prints the mean at the right of
/// its panel. The values of a panel are those of all rows, section after section.
///
/// # Errors
///
/// [`ChartError::Nothing`] when no panel has a value.
pub fn arms(frame: &Frame, sections: &[Rows], panels: &[Dots]) -> Result<String, ChartError> {
    if panels.iter().all(|panel| panel.values.iter().all(Option::is_none)) {
        return Err(ChartError::Nothing);
    }
    let names = || sections.iter().flat_map(|section| &section.names);
    let headings = sections.iter().map(|section| STRONG.width(&section.heading));
    let widest = BODY.widest(names().map(String::as_str));
    let widest = headings.fold(widest, f64::max).min(NAME);
    let mut height = 4.0;
    let mut rows = Vec::new();
    for section in sections {
        height += if section.heading.is_empty() { 0.0 } else { HEADING };
        for name in &section.names {
            rows.push((name, height + ROW / 2.0));
            height += ROW;
        }
    }
    let mut page = Page::new(frame)?;
    let draw_names = |canvas: &mut super::base::canvas::Canvas, top: f64| {
        let mut y = top + 4.0;
        for section in sections {
            if !section.heading.is_empty() {
                let heading = STRONG.fit(&section.heading, NAME);
                canvas.text((LEFT, y + 23.0), &heading, STRONG, Side::Start, INK);
                y += HEADING;
            }
            for name in &section.names {
                let baseline = y + ROW / 2.0 + BODY.size * 0.36;
                canvas.text((LEFT, baseline), &BODY.fit(name, NAME), BODY, Side::Start, INK);
                y += ROW;
                canvas.line((LEFT, y), (RIGHT, y), 1.0, GRID);
            }
        }
    };
    let value = |panel: &Dots| {
        let drawn = panel.values.iter().flatten().filter_map(|value| value.drawable());
        let (range, unit) = (panels::extent(panel), panel.measure.unit);
        drawn.map(|value| STRONG.width(&printed(value.mean, range, unit))).fold(0.0, f64::max)
    };
    let values = panels.iter().map(value).fold(0.0, f64::max) + 20.0;
    panels::draw(
        &mut page,
        panels,
        (widest, values),
        height,
        draw_names,
        |canvas, panel, place| {
            for (rank, (_, y)) in rows.iter().enumerate() {
                let (y, baseline) = (place.top + y, place.top + y + BODY.size * 0.36);
                let value = panel.values.get(rank).copied().flatten().and_then(|v| v.drawable());
                let Some(value) = value else {
                    canvas.text((place.right, baseline), "–", STRONG, Side::End, SOFT);
                    continue;
                };
                if let Some((low, high)) = value.interval().filter(|(low, high)| high > low) {
                    let ends = (place.axis.beyond(low), place.axis.beyond(high));
                    let look = Whisker { width: 2.4, cap: 5.0, color: BLUE };
                    marks::whisker(canvas, y, ends, place.axis.room(), look);
                }
                canvas.disc((place.axis.at(value.mean), y), 6.0, BLUE);
                let text = printed(value.mean, place.range, panel.measure.unit);
                canvas.text((place.right, baseline), &text, STRONG, Side::End, INK);
            }
        },
    );
    if panels.iter().any(|panel| panel.values.iter().any(Option::is_none)) {
        page.paragraph("– not measured", SMALL, SOFT);
    }
    page.finish()
}
