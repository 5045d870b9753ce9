//! How much there is in each hour of the week, or what share.

use super::base::canvas::Side;
use super::base::error::ChartError;
use super::base::estimate::drawable;
use super::base::given::Frame;
use super::base::look::{BLUE, INK, LEFT, RIGHT, SHADE, SMALL, SOFT, STRONG, VERMILLION, between};
use super::base::page::Page;
use heard_text::number::trimmed;

/// Numbers by the hour of the week, from Monday midnight, 168 of them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Heat {
    /// What is counted.
    pub title: String,
    /// How much, not below 0; not a number where nothing is known.
    pub hours: Vec<f64>,
    /// What the numbers are.
    pub scale: Scale,
}

/// What the numbers of a map are.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Scale {
    /// Counts: the darker, the more.
    #[default]
    Counts,
    /// Shares: the darker, the less, for that is where something is wrong. With what an empty hour means.
    Shares(String),
}

const DAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
/// The left edge of the cells: the days' names stand before it.
const CELLS: f64 = LEFT + 52.0;
const HIGH: f64 = 26.0;

/// Draws a map of seven rows and 24 columns for each of `maps`, one below the other, each with its
/// own scale.
///
/// # Errors
///
/// [`ChartError::Nothing`] without maps.
pub fn heat(frame: &Frame, maps: &[Heat]) -> Result<String, ChartError> {
    if maps.is_empty() {
        return Err(ChartError::Nothing);
    }
    let mut page = Page::new(frame)?;
    for map in maps {
        draw(&mut page, map);
    }
    page.finish()
}

fn draw(page: &mut Page<'_>, map: &Heat) {
    let number = |at: usize| map.hours.get(at).copied().and_then(drawable);
    let most = (0..168).filter_map(number).fold(0.0, f64::max);
    let wide = (RIGHT - CELLS) / 24.0;
    let canvas = &mut page.canvas;
    let top = page.y;
    canvas.text((LEFT, top + 16.0), &map.title, STRONG, Side::Start, INK);
    let scale = match &map.scale {
        Scale::Counts => {
            format!("empty: none; darkest: {} in that hour of the week", trimmed(most))
        }
        Scale::Shares(unknown) => format!("palest: 100%; darkest: 0%; empty: {unknown}"),
    };
    canvas.text((RIGHT, top + 16.0), &scale, SMALL, Side::End, SOFT);
    let top = top + 30.0;
    for (day, name) in DAYS.iter().enumerate() {
        let y = top + day as f64 * HIGH;
        canvas.text((LEFT, y + HIGH / 2.0 + 5.0), name, SMALL, Side::Start, SOFT);
        for hour in 0..24 {
            let color = match (number(day * 24 + hour), &map.scale) {
                (None, _) => SHADE,
                (Some(share), Scale::Shares(_)) => {
                    between(PALE_RED, VERMILLION, 1.0 - share.clamp(0.0, 1.0))
                }
                (Some(value), Scale::Counts) if value > 0.0 => {
                    between(PALE, BLUE, (value / most).sqrt())
                }
                (Some(_), Scale::Counts) => SHADE,
            };
            let x = CELLS + hour as f64 * wide;
            canvas.block((x + 1.0, y + 1.0), (x + wide - 1.0, y + HIGH - 1.0), color);
        }
    }
    let below = top + 7.0 * HIGH + 18.0;
    for hour in (0..=24).step_by(3) {
        let x = CELLS + f64::from(hour) * wide;
        canvas.text((x, below), &format!("{hour}:00"), SMALL, Side::Middle, SOFT);
    }
    page.y = below + 30.0;
}

/// The colour of very little.
const PALE: plotters::style::RGBAColor = plotters::style::RGBAColor(222, 236, 246, 1.0);
/// The colour of all.
const PALE_RED: plotters::style::RGBAColor = plotters::style::RGBAColor(253, 240, 229, 1.0);
