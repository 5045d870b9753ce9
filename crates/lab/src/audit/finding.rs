//! A measure with its value, and how well it is known.

use heard_contacts::Measure;
use heard_math::stats::lifetimes::{Ends, Lifetimes};
use heard_math::stats::{Moments, Share, skewed, student_quantile};

use super::lengths::Lengths;

/// Fewer than this many say little.
pub const FEW: u64 = 30;

const CONFIDENCE: f64 = 0.95;
/// Standard errors to either side of a 95% interval.
pub const Z: f64 = 1.959_963_984_540_054;

/// A measure with its value.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Finding {
    /// What is measured.
    pub measure: Measure,
    /// Of service levels: the time within which contacts are answered, in seconds.
    pub within: Option<u32>,
    /// Its value; `None` where the log does not get there, such as a time by which nine tenths are
    /// answered where fewer ever are.
    pub value: Option<f64>,
    /// The 95% interval, where there is one; an end may lie beyond what the log shows.
    pub low: Option<f64>,
    /// Its upper end.
    pub high: Option<f64>,
    /// Of how many.
    pub of: u64,
}

impl Finding {
    pub(super) fn count(measure: Measure, count: u64) -> Self {
        Self::number(measure, Some(count as f64), count)
    }

    pub(super) fn number(measure: Measure, value: Option<f64>, of: u64) -> Self {
        Self { measure, within: None, value, low: None, high: None, of }
    }

    pub(super) fn share(measure: Measure, share: Share) -> Self {
        let known = share.trials > 0;
        let (low, high) = if known { share.interval(CONFIDENCE) } else { (0.0, 1.0) };
        Self {
            low: known.then_some(low),
            high: known.then_some(high),
            ..Self::number(measure, known.then(|| share.value()), share.trials)
        }
    }

    pub(super) fn mean(measure: Measure, values: &Moments) -> Self {
        let (value, error) = (values.mean(), values.standard_error());
        let half = error.map(|error| {
            student_quantile(0.5 + CONFIDENCE / 2.0, values.count() as f64 - 1.0) * error
        });
        let end = |sign: f64| value.zip(half).map(|(value, half)| value + sign * half);
        Self { low: end(-1.0), high: end(1.0), ..Self::number(measure, value, values.count()) }
    }

    /// The mean of lengths of time, which have a long tail.
    pub(super) fn mean_length(measure: Measure, lengths: &Lengths) -> Self {
        let summary = lengths.summary();
        let ends = summary.and_then(|summary| skewed::mean_interval(&summary, CONFIDENCE));
        let (low, high) = ends.unzip();
        Self {
            low: low.map(|low| low.max(0.0)),
            high,
            ..Self::number(measure, summary.map(|summary| summary.mean), lengths.count())
        }
    }

    pub(super) fn time(measure: Measure, share: f64, times: &Lifetimes) -> Self {
        let (low, high) = times.quantile_interval(share, Z);
        Self { low, high, ..Self::number(measure, times.quantile(share), times.observed) }
    }

    /// The median of lengths in seconds, rising, with how often each came: of an even number of them halfway
    /// between the two in the middle.
    pub(super) fn median(measure: Measure, counts: &[(u32, u64)]) -> Self {
        let total: u64 = counts.iter().map(|(_, times)| times).sum();
        let at = |rank: u64| {
            let mut sum = 0;
            let found = counts.iter().find(|(_, times)| {
                sum += times;
                sum > rank
            });
            found.map(|(seconds, _)| f64::from(*seconds))
        };
        let middle = total.checked_sub(1).and_then(|last| at(last / 2).zip(at(total / 2)));
        let ends = counts
            .iter()
            .map(|&(seconds, event)| (f64::from(seconds), Ends { event, ..Ends::default() }));
        let value = middle.map(|(below, above)| (below + above) / 2.0);
        Self { value, ..Self::time(measure, 0.5, &Lifetimes::new(ends)) }
    }

    pub(super) fn within(self, seconds: u32) -> Self {
        Self { within: Some(seconds), ..self }
    }

    /// Whether it rests on few.
    #[must_use]
    pub fn is_small(&self) -> bool {
        let counts = matches!(
            self.measure,
            Measure::Contacts
                | Measure::HoursCovered
                | Measure::Open
                | Measure::OldestOpen
                | Measure::BacklogMean
                | Measure::BacklogMost
        );
        self.of < FEW && !counts
    }
}
