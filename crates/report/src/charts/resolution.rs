//! The share of each arm as a bar with its interval.

use super::base::axis::{Axis, Unit, percent, percents};
use super::base::canvas::Side;
use super::base::error::ChartError;
use super::base::estimate::Estimate;
use super::base::given::Frame;
use super::base::look::{BLUE, BODY, INK, LEFT, PAPER, RIGHT, SMALL, SOFT, STRONG, between};
use super::base::marks::{self, Whisker};
use super::base::page::Page;

/// One bar of [`resolution()`].
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Bar {
    /// The arm's name.
    pub arm: String,
    /// A share from 0 to 1; `None` when there is nothing to show.
    pub value: Option<Estimate>,
}

/// The widest name of an arm; a longer one is cut.
const NAME: f64 = 400.0;

/// Draws a share from 0 to 1 for every arm, as a bar with the interval's whisker, and prints both
/// at the right. `axis` says what the share is of.
///
/// # Errors
///
/// [`ChartError::Nothing`] without bars.
pub fn resolution(frame: &Frame, axis: &str, bars: &[Bar]) -> Result<String, ChartError> {
    if bars.is_empty() {
        return Err(ChartError::Nothing);
    }
    let values: Vec<Option<Estimate>> =
        bars.iter().map(|bar| bar.value.and_then(Estimate::drawable)).collect();
    let means: Vec<String> = values.iter().map(|value| mean(*value)).collect();
    let intervals: Vec<String> = values.iter().map(|value| interval(*value)).collect();
    let names = BODY.widest(bars.iter().map(|bar| bar.arm.as_str())).min(NAME);
    let middle = SMALL.widest(intervals.iter().map(String::as_str));
    let right = RIGHT - middle - if middle > 0.0 { 18.0 } else { 0.0 };
    let left = LEFT + names + 18.0;
    let end = right - STRONG.widest(means.iter().map(String::as_str)) - 26.0;
    let highest = values.iter().flatten().map(|value| value.reach().1).fold(0.0, f64::max);
    let highest = if highest > 0.0 { highest.min(1.0) } else { 1.0 };
    let scale = Axis::round((0.0, highest), (left, end), 6.0, Unit::Share);

    let mut page = Page::new(frame)?;
    let row = if bars.len() <= 8 { 50.0 } else { 38.0 };
    let top = page.y + SMALL.leading();
    let bottom = top + row * bars.len() as f64 + 8.0;
    let canvas = &mut page.canvas;
    canvas.text((right, top - 5.0), "mean", SMALL, Side::End, SOFT);
    if middle > 0.0 {
        canvas.text((RIGHT, top - 5.0), "interval", SMALL, Side::End, SOFT);
    }
    scale.across(canvas, top, bottom);
    for (rank, (bar, value)) in bars.iter().zip(&values).enumerate() {
        let y = top + 4.0 + row * (rank as f64 + 0.5);
        let baseline = y + BODY.size * 0.36;
        let name = BODY.fit(&bar.arm, NAME);
        canvas.text((LEFT, baseline), &name, BODY, Side::Start, INK);
        let Some(value) = value else {
            canvas.text((left + 10.0, baseline), "not measured", SMALL, Side::Start, SOFT);
            continue;
        };
        let half = row * 0.29;
        canvas.block((left, y - half), (scale.at(value.mean), y + half), between(PAPER, BLUE, 0.7));
        if let Some((low, high)) = value.interval() {
            let ends = (scale.beyond(low), scale.beyond(high));
            let look = Whisker { width: 2.0, cap: half * 0.5, color: INK };
            marks::whisker(canvas, y, ends, scale.room(), look);
        }
        canvas.text((right, baseline), &mean(Some(*value)), STRONG, Side::End, INK);
        canvas.text((RIGHT, baseline), &interval(Some(*value)), SMALL, Side::End, SOFT);
    }
    Axis::carry(canvas, (left, top), (left, bottom));
    canvas.text(((left + end) / 2.0, bottom + 48.0), axis, SMALL, Side::Middle, INK);
    page.y = bottom + 54.0;
    page.finish()
}

fn mean(value: Option<Estimate>) -> String {
    value.map(|value| percent(value.mean)).unwrap_or_default()
}

fn interval(value: Option<Estimate>) -> String {
    value.and_then(Estimate::interval).map(percents).unwrap_or_default()
}
