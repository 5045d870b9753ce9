//! A mean with its interval, and what of it can be drawn.

/// A mean with its interval.
///
/// A mean that is not finite counts as missing; so does an interval of which either end is
/// missing or not finite.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Estimate {
    /// The mean over the replications.
    pub mean: f64,
    /// The lower end of the interval.
    pub low: Option<f64>,
    /// The upper end of the interval.
    pub high: Option<f64>,
}

/// Numbers beyond this are taken for missing: no chart of shares, days or hours needs them.
const BEYOND: f64 = 1e12;

/// The number, if it can be drawn.
pub(crate) fn drawable(value: f64) -> Option<f64> {
    (value.is_finite() && value.abs() <= BEYOND).then_some(value)
}

impl Estimate {
    /// The estimate, if its mean can be drawn; without an interval that cannot be.
    pub(crate) fn drawable(self) -> Option<Self> {
        let mean = drawable(self.mean)?;
        let ends = self.low.and_then(drawable).zip(self.high.and_then(drawable));
        let (low, high) = ends.map(|(a, b)| (a.min(b), a.max(b))).unzip();
        Some(Self { mean, low, high })
    }

    /// The interval, if it has both ends.
    pub(crate) fn interval(self) -> Option<(f64, f64)> {
        self.low.zip(self.high)
    }

    /// The smallest and the largest number of the estimate.
    pub(crate) fn reach(self) -> (f64, f64) {
        let (low, high) = self.interval().unwrap_or((self.mean, self.mean));
        (low.min(self.mean), high.max(self.mean))
    }
}
