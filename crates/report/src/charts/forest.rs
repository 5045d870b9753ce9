//! Differences from the baseline: a panel for every metric, a row for every arm.

use super::base::axis::{Axis, Unit};
use super::base::canvas::{Canvas, Side};
use super::base::curves::range;
use super::base::error::ChartError;
use super::base::estimate::{Estimate, drawable};
use super::base::given::Frame;
use super::base::look::{
    BODY, GRID, INK, LEFT, RIGHT, SMALL, SMALL_EFFECT, SOFT, STRONG, SUBTITLE,
};
use super::base::marks::{self, Whisker};
use super::base::page::Page;
use super::base::verdicts;

/// One row of a [`Group`] of [`forest()`].
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Difference {
    /// The arm's name.
    pub arm: String,
    /// What was found over each window.
    pub over: Vec<Over>,
}

/// What was found over one window.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Over {
    /// The arm minus the baseline.
    pub estimate: Estimate,
    /// `higher`, `lower`, `equivalent`, `cannot-tell`, `identical` or `not-tested`.
    pub verdict: String,
    /// The value as it is printed at the right, such as `+0.031`.
    pub label: String,
}

/// One panel of [`forest()`]: one metric, on its own scale.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Group {
    /// The metric's name.
    pub metric: String,
    /// The metric's unit; may be empty.
    pub unit: String,
    /// Differences smaller than this do not matter; shaded around zero.
    pub smallest_effect: Option<f64>,
    /// The arms.
    pub rows: Vec<Difference>,
}

/// The widest name of an arm; a longer one is cut.
const NAME: f64 = 320.0;
/// Names up to this width leave room for two panels side by side.
const NARROW: f64 = 245.0;
/// The height of a row with one window, and of each one more.
const ROW: f64 = 32.0;
const FURTHER: f64 = 22.0;
/// The room above the rows of a panel, for its heading.
const HEAD: f64 = 34.0;
/// The room below the rows of a panel, for its axis.
const FOOT: f64 = 54.0;

/// Draws each arm's difference from `baseline` with its interval, over each of these windows. The verdict
/// is told by the mark's shape and colour, the window by its place and fill where there are several, the
/// value is printed at the right, and differences smaller than the smallest effect lie in a shade. An
/// interval that leaves its panel ends in an arrow.
///
/// # Errors
///
/// [`ChartError::Nothing`] when no group has a row.
pub fn forest(
    frame: &Frame,
    baseline: &str,
    windows: &[String],
    groups: &[Group],
) -> Result<String, ChartError> {
    let groups: Vec<&Group> = groups.iter().filter(|group| !group.rows.is_empty()).collect();
    if groups.is_empty() {
        return Err(ChartError::Nothing);
    }
    let rows = || groups.iter().flat_map(|group| &group.rows);
    let mut page = Page::new(frame)?;
    let reading = format!("Left of the zero line: lower than {baseline}. Right of it: higher.");
    page.paragraph(&reading, SUBTITLE, INK);
    let all = || rows().flat_map(|row| &row.over);
    let found: Vec<&str> = all().map(|over| over.verdict.as_str()).collect();
    let shade = groups.iter().any(|group| effect(group) > 0.0);
    page.y = verdicts::legend(&mut page.canvas, page.y + 8.0, &found, shade) + 12.0;
    if windows.len() > 1 {
        page.y = verdicts::windows(&mut page.canvas, page.y - 8.0, windows) + 12.0;
    }
    let height = ROW + FURTHER * windows.len().saturating_sub(1) as f64;

    let names = BODY.widest(rows().map(|row| row.arm.as_str())).min(NAME);
    let values = STRONG.widest(all().map(|over| over.label.as_str())).min(NAME);
    let columns = if groups.len() > 2 && names <= NARROW && values <= 110.0 { 2 } else { 1 };
    let gutter = 48.0;
    // Panels side by side share the names at their left if they have the same rows.
    let shared =
        columns > 1 && groups.windows(2).all(|pair| names_of(pair[0]) == names_of(pair[1]));
    let inner = if shared { names + 18.0 } else { 0.0 };
    let width = (RIGHT - LEFT - inner - gutter * (columns as f64 - 1.0)) / columns as f64;
    for band in groups.chunks(columns) {
        for (rank, group) in band.iter().enumerate() {
            let left = LEFT + inner + (width + gutter) * rank as f64;
            let room = match (shared, rank) {
                (true, 0) => (LEFT, names),
                (true, _) => (left, 0.0),
                (false, _) => (left, names),
            };
            let place = Place { top: page.y, height, sides: (room.0, left + width) };
            panel(&mut page.canvas, group, place, (room.1, values));
        }
        let most = band.iter().map(|group| group.rows.len()).max().unwrap_or_default();
        page.y += HEAD + height * most as f64 + FOOT;
    }
    page.y -= 14.0;
    page.finish()
}

/// The names of a group's rows.
fn names_of(group: &Group) -> Vec<&str> {
    group.rows.iter().map(|row| row.arm.as_str()).collect()
}

/// Where a panel is drawn.
#[derive(Clone, Copy, Debug)]
struct Place {
    /// Its upper edge.
    top: f64,
    /// The height of a row.
    height: f64,
    /// Its left and its right edge.
    sides: (f64, f64),
}

/// One panel; without names if they take no room.
fn panel(canvas: &mut Canvas, group: &Group, place: Place, (names, values): (f64, f64)) {
    let Place { top, height, sides: (left, right) } = place;
    let named = names > 0.0;
    let plot = (if named { left + names + 18.0 } else { left }, right - values - 18.0);
    let heading = top + STRONG.size;
    let metric = STRONG.fit(&group.metric, right - left);
    canvas.text((left, heading), &metric, STRONG, Side::Start, INK);
    let after = left + STRONG.width(&metric) + 10.0;
    let unit = SMALL.fit(&group.unit, right - after);
    canvas.text((after, heading), &unit, SMALL, Side::Start, SOFT);

    let all = group.rows.iter().flat_map(|row| &row.over);
    let drawn: Vec<Option<Estimate>> = all.map(|over| over.estimate.drawable()).collect();
    let smallest = effect(group);
    let axis = Axis::padded(extent(&drawn, smallest), plot, 6, Unit::Signed);
    let (top, bottom) = (top + HEAD, top + HEAD + height * group.rows.len() as f64);
    if smallest > 0.0 {
        canvas.block((axis.at(-smallest), top), (axis.at(smallest), bottom), SMALL_EFFECT);
    }
    axis.across(canvas, top, bottom);
    Axis::carry(canvas, (axis.at(0.0), top), (axis.at(0.0), bottom));
    for (rank, row) in group.rows.iter().enumerate() {
        let middle = top + height * (rank as f64 + 0.5);
        if named {
            let name = BODY.fit(&row.arm, NAME);
            canvas.text((left, middle + BODY.size * 0.36), &name, BODY, Side::Start, INK);
        }
        let windows = row.over.len();
        let first = middle - FURTHER * (windows.saturating_sub(1)) as f64 / 2.0;
        for (window, over) in row.over.iter().enumerate() {
            let y = first + FURTHER * window as f64;
            let value = (right, y + BODY.size * 0.36);
            canvas.text(value, &label(over), STRONG, Side::End, INK);
            mark(canvas, over, (&axis, y), plot, verdicts::fullness(window, windows));
        }
        if windows > 1 && rank > 0 {
            let above = middle - height / 2.0;
            canvas.line((left, above), (right, above), 1.0, GRID);
        }
    }
    canvas.line((left, bottom), (right, bottom), 1.0, GRID);
}

/// The mark of one window with its interval, at a height within the plot.
fn mark(
    canvas: &mut Canvas,
    over: &Over,
    (axis, y): (&Axis, f64),
    plot: (f64, f64),
    fullness: f64,
) {
    let Some(estimate) = over.estimate.drawable() else {
        let middle = ((plot.0 + plot.1) / 2.0, y + BODY.size * 0.36);
        return canvas.text(middle, "not measured", SMALL, Side::Middle, SOFT);
    };
    if let Some((low, high)) = estimate.interval().filter(|(low, high)| high > low) {
        let look = Whisker { width: 2.4, cap: 5.0, color: verdicts::color(&over.verdict) };
        marks::whisker(canvas, y, (axis.beyond(low), axis.beyond(high)), plot, look);
    }
    verdicts::mark(canvas, (axis.at(estimate.mean), y), &over.verdict, fullness);
}

/// From where to where a panel reaches: zero, the means, the smallest effect, and the intervals
/// unless one is far wider than the others.
fn extent(rows: &[Option<Estimate>], smallest: f64) -> (f64, f64) {
    let means = rows.iter().flatten().map(|row| row.mean);
    let (low, high) = range(means.chain([0.0, -smallest, smallest])).unwrap_or_default();
    let reach = |row: &Estimate| row.reach().0.abs().max(row.reach().1.abs());
    let mut reaches: Vec<f64> =
        rows.iter().flatten().map(reach).filter(|reach| *reach > 0.0).collect();
    reaches.sort_by(f64::total_cmp);
    let usual = reaches.get(reaches.len() / 2).copied().unwrap_or_default();
    let cap = (usual * 2.5).max(low.abs().max(high.abs()) * 1.5);
    let ends = rows.iter().flatten().flat_map(|row| [row.reach().0, row.reach().1]);
    range(ends.map(|end| end.max(-cap).min(cap)).chain([low, high])).unwrap_or_default()
}

fn effect(group: &Group) -> f64 {
    group.smallest_effect.and_then(drawable).unwrap_or_default().max(0.0)
}

/// The printed value, with a true minus sign before a digit.
fn label(over: &Over) -> String {
    match over.label.strip_prefix('-') {
        Some(rest) if rest.starts_with(|c: char| c.is_ascii_digit()) => format!("−{rest}"),
        _ => over.label.clone(),
    }
}
