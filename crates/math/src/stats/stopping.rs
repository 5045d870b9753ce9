//! How many replications settle a question.

use super::{anytime, student};
use crate::normal;

/// Fewer values than this tell too little of their spread for a forecast.
pub const PILOT: u64 = 10;
/// The highest forecast: whatever needs more gets this.
const HIGHEST: u64 = 1 << 40;
/// Confidence of a forecast's own interval.
const CONFIDENCE: f64 = 0.95;

/// How often results are looked at, and so by which intervals they are judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Looks {
    /// Once, at a number of replications that was chosen beforehand: Student's interval.
    One,
    /// Several times, with the choice to stop after each: [`anytime`]'s interval.
    Several,
}

/// A number of replications, with its own 95% interval.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Forecast {
    /// The number for the spread that the pilot's is as likely to be above as below.
    pub replications: u64,
    /// The number at the lower end of the 95% interval of the spread.
    pub low: u64,
    /// The number at its upper end.
    pub high: u64,
}

/// How many replications settle whether two arms differ by as much as matters: the smallest number at
/// which the half-width of the interval is below half of `smallest_effect`.
///
/// That settles it whatever the difference turns out to be. With `m` the mean, `h` the half-width and
/// `d` the smallest effect, `h < d / 2`: either `|m| > h`, and the interval leaves out 0; or `|m| <= h`,
/// so that it reaches to `|m| + h <= 2 h < d` on either side, which makes it equivalent. The pilot's own
/// mean plays no part: it is too uncertain to plan by.
///
/// `deviation` is the standard deviation of the `pilot` differences there are. The forecast and its
/// interval come from the chi-squared distribution of their variance: with normal differences, the median
/// forecast is the number needed, and the interval holds it in 95% of pilots. Counts of what is rare have
/// longer tails: for Poisson counts of mean 0.3 or 0.1 in each arm the median forecast from ten is still
/// within a twentieth, but the interval holds the number needed in 86% and 88% of pilots only, and at 0.1
/// one pilot in seven sees no difference at all and forecasts nothing. Where single cascades make much of the
/// variance, forecasts are too low: by a third for the reputation of a small company (excess kurtosis 17), and
/// by a factor of three to five for its audience (above 500).
///
/// `None` below [`PILOT`] values, and where an argument is not above 0 (a confidence: not below 1 either).
pub fn forecast(
    deviation: f64,
    pilot: u64,
    smallest_effect: f64,
    confidence: f64,
    looks: Looks,
) -> Option<Forecast> {
    let valid = deviation > 0.0 && smallest_effect > 0.0 && confidence > 0.0 && confidence < 1.0;
    if !valid || pilot < PILOT {
        return None;
    }
    let needed = |deviation: f64| needed(0.5 * smallest_effect / deviation, confidence, looks);
    let dof = (pilot - 1) as f64;
    let at = |p: f64| needed(deviation * (dof / chi_squared(p, dof)).sqrt());
    Some(Forecast {
        replications: at(0.5),
        low: at(0.5 * (1.0 + CONFIDENCE)),
        high: at(0.5 * (1.0 - CONFIDENCE)),
    })
}

/// The smallest number, from 2 on, at which the half-width is below `reach` standard deviations.
fn needed(reach: f64, confidence: f64, looks: Looks) -> u64 {
    let is_enough = |count: u64| half_width(count, confidence, looks) < reach;
    let mut enough = 2;
    while enough < HIGHEST && !is_enough(enough) {
        enough *= 2;
    }
    let mut too_few = enough / 2;
    while enough - too_few > 1 {
        let middle = too_few + (enough - too_few) / 2;
        if is_enough(middle) { enough = middle } else { too_few = middle }
    }
    enough
}

/// The half-width of the interval of `count` values, in their standard deviations.
fn half_width(count: u64, confidence: f64, looks: Looks) -> f64 {
    match looks {
        Looks::One => {
            let t = -student::quantile(0.5 * (1.0 - confidence), (count - 1) as f64);
            t / (count as f64).sqrt()
        }
        Looks::Several => anytime::half_width(count, anytime::after_the_first(confidence)),
    }
}

/// The value that a chi-squared variable stays below with probability `p`, to about a percent from 9
/// degrees of freedom on (Wilson and Hilferty, 1931).
fn chi_squared(p: f64, dof: f64) -> f64 {
    let step = 2.0 / (9.0 * dof);
    let root = 1.0 - step + normal::quantile(p) * step.sqrt();
    dof * root * root * root
}

#[cfg(test)]
mod tests;
