//! How many of those who spoke up get how far: a row for every arm, a column for every stage.

use super::base::axis::percent;
use super::base::canvas::{Canvas, Side};
use super::base::error::ChartError;
use super::base::estimate::Estimate;
use super::base::given::Frame;
use super::base::look::{BODY, GRID, INK, LEFT, RIGHT, SHADE, SMALL, SOFT, STRONG, between};
use super::base::marks::{self, Whisker};
use super::base::page::Page;
use plotters::style::RGBAColor;

/// One row of [`funnel()`].
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Funnel {
    /// The arm's name.
    pub arm: String,
    /// The share that reaches each stage, in the order of the stages' names.
    pub stages: Vec<Option<Estimate>>,
}

/// The widest name of an arm; a longer one is cut.
const NAME: f64 = 320.0;
/// The colour of the first stage's bars.
const FIRST: RGBAColor = RGBAColor(122, 176, 214, 1.0);
/// The colour of the last stage's bars.
const LAST: RGBAColor = RGBAColor(0, 72, 124, 1.0);
/// The room between two tracks.
const BETWEEN: f64 = 22.0;
/// The height of a bar.
const BAR: f64 = 14.0;

/// Draws the share that reaches each stage as a bar in a track of 100%, so that a row shows where
/// an arm loses people and a column compares the arms.
///
/// # Errors
///
/// [`ChartError::Nothing`] without rows or stages.
pub fn funnel(frame: &Frame, stage_names: &[&str], rows: &[Funnel]) -> Result<String, ChartError> {
    if rows.is_empty() || stage_names.is_empty() {
        return Err(ChartError::Nothing);
    }
    let mut page = Page::new(frame)?;
    let names = BODY.widest(rows.iter().map(|row| row.arm.as_str())).min(NAME);
    let left = LEFT + names + 24.0;
    let width = (RIGHT - left + BETWEEN) / stage_names.len() as f64;
    let track = width - BETWEEN;
    let canvas = &mut page.canvas;
    let heading = page.y + STRONG.size;
    for (rank, stage) in stage_names.iter().enumerate() {
        let x = left + width * rank as f64;
        canvas.text((x, heading), &STRONG.fit(stage, track), STRONG, Side::Start, INK);
    }
    let high = if rows.len() <= 8 { 58.0 } else { 50.0 };
    let mut y = heading + 14.0;
    for row in rows {
        canvas.line((LEFT, y), (RIGHT, y), 1.0, GRID);
        let baseline = y + high / 2.0 + BODY.size * 0.36;
        canvas.text((LEFT, baseline), &BODY.fit(&row.arm, NAME), BODY, Side::Start, INK);
        for rank in 0..stage_names.len() {
            let value = row.stages.get(rank).copied().flatten().and_then(Estimate::drawable);
            let part = rank as f64 / (stage_names.len() as f64 - 1.0).max(1.0);
            let x = left + width * rank as f64;
            cell(canvas, (x, y, high), track, value, between(FIRST, LAST, part));
        }
        y += high;
    }
    canvas.line((LEFT, y), (RIGHT, y), 1.0, GRID);
    page.y = y + 6.0;
    page.finish()
}

/// One cell: the percentage, and below it the bar in its track.
fn cell(
    canvas: &mut Canvas,
    (x, y, high): (f64, f64, f64),
    track: f64,
    value: Option<Estimate>,
    color: RGBAColor,
) {
    let middle = y + high / 2.0;
    let Some(value) = value else {
        canvas.text((x, middle + 5.0), "not measured", SMALL, Side::Start, SOFT);
        return;
    };
    let (top, bottom) = (middle + 5.0, middle + 5.0 + BAR);
    let at = |share: f64| x + share.clamp(0.0, 1.0) * track;
    canvas.text((x, middle - 3.0), &percent(value.mean), STRONG, Side::Start, INK);
    canvas.block((x, top), (x + track, bottom), SHADE);
    canvas.block((x, top), (at(value.mean), bottom), color);
    if let Some((low, high)) = value.interval().filter(|(low, high)| high > low) {
        let look = Whisker { width: 1.5, cap: 4.0, color: INK };
        let ends = (at(low), at(high));
        marks::whisker(canvas, (top + bottom) / 2.0, ends, ends, look);
    }
}
