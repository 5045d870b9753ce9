//! Scales: where a number stands on the page, round ticks, and how numbers are written.

use super::canvas::{Canvas, Point, Side};
use super::look::{AXIS, GRID, SMALL, SOFT};
use heard_text::number::{self, fixed, signed, typeset};

/// How the numbers of an axis are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Unit {
    /// As they are.
    #[default]
    Plain,
    /// Whole numbers of things.
    Count,
    /// As differences: with a plus sign.
    Signed,
    /// Shares, as percentages.
    Share,
}

/// A linear axis from a lowest to a highest number, laid between two places on the page.
#[derive(Clone, Debug)]
pub(crate) struct Axis {
    low: f64,
    high: f64,
    from: f64,
    to: f64,
    /// The ticks and their labels.
    pub ticks: Vec<(f64, String)>,
}

impl Axis {
    /// An axis that ends on round numbers and has about `count` ticks.
    pub fn round(range: (f64, f64), pixels: (f64, f64), count: f64, unit: Unit) -> Self {
        let (low, high) = widened(range);
        let step = step(low, high, count, &[1.0, 2.0, 5.0]);
        let ends = ((low / step + 1e-9).floor() * step, (high / step - 1e-9).ceil() * step);
        Self::with_step(ends, pixels, step, unit)
    }

    /// An axis a little longer than the range, with as many labels as have room, and up to `count`
    /// ticks: where labels are wide, every other tick has none.
    pub fn padded(range: (f64, f64), pixels: (f64, f64), count: u32, unit: Unit) -> Self {
        let (low, high) = widened(range);
        let pad = (high - low) * 0.04;
        let ends = (low - pad, high + pad);
        let axis = |count: u32, round: &[f64]| {
            let step = step(low, high, f64::from(count), round);
            (Self::with_step(ends, pixels, step, unit), step)
        };
        let all = (2..=count).map(|count| axis(count, &[1.0, 2.0, 4.0, 5.0]).0);
        let half = (2..=count).map(|count| {
            let (mut axis, step) = axis(count, &[1.0, 2.0, 5.0]);
            let odd = |value: f64| (value / step).round() as i64 % 2 != 0;
            let odd = axis.ticks.iter_mut().filter(|(value, _)| odd(*value));
            odd.for_each(|(_, label)| label.clear());
            axis
        });
        let fitting = all.chain(half).filter(Self::labels_fit);
        let best = fitting.max_by_key(|axis| (axis.labelled().count(), axis.ticks.len()));
        best.unwrap_or_else(|| axis(1, &[1.0, 2.0, 4.0, 5.0]).0)
    }

    fn labelled(&self) -> impl Iterator<Item = &(f64, String)> {
        self.ticks.iter().filter(|(_, label)| !label.is_empty())
    }

    /// An axis that ends where the range ends.
    pub fn exact(range: (f64, f64), pixels: (f64, f64), count: f64, unit: Unit) -> Self {
        let (low, high) = widened(range);
        Self::with_step((low, high), pixels, step(low, high, count, &[1.0, 2.0, 5.0]), unit)
    }

    /// An axis with the given ticks, which must lie within its ends.
    pub fn with_ticks(
        (low, high): (f64, f64),
        (from, to): (f64, f64),
        ticks: Vec<(f64, String)>,
    ) -> Self {
        Self { low, high, from, to, ticks }
    }

    fn with_step((low, high): (f64, f64), pixels: (f64, f64), step: f64, unit: Unit) -> Self {
        let (first, last) = ((low / step - 1e-9).ceil(), (high / step + 1e-9).floor());
        let count = (last - first).clamp(0.0, 100.0) as u32;
        let values = (0..=count).map(|rank| (first + f64::from(rank)) * step);
        let ticks = values.map(|value| (value, written(value, step, unit))).collect();
        Self::with_ticks((low, high), pixels, ticks)
    }

    fn labels_fit(&self) -> bool {
        let half = |label: &String| SMALL.width(label) / 2.0 + 6.0;
        self.labelled()
            .zip(self.labelled().skip(1))
            .all(|((a, left), (b, right))| self.at(*b) - self.at(*a) >= half(left) + half(right))
    }

    /// Where the number stands, even if that is beyond the axis.
    pub fn beyond(&self, value: f64) -> f64 {
        self.from + (value - self.low) / (self.high - self.low) * (self.to - self.from)
    }

    /// Where the number stands; one beyond the axis stands at its end.
    pub fn at(&self, value: f64) -> f64 {
        self.beyond(value.max(self.low).min(self.high))
    }

    /// The two places the axis lies between.
    pub fn room(&self) -> (f64, f64) {
        (self.from, self.to)
    }

    /// Draws upright grid lines from `top` to `bottom` and the labels below them; a label that
    /// would touch the one before it is left out.
    pub fn across(&self, canvas: &mut Canvas, top: f64, bottom: f64) {
        let mut taken = f64::NEG_INFINITY;
        for (value, label) in &self.ticks {
            let (x, half) = (self.at(*value), SMALL.width(label) / 2.0);
            canvas.line((x, top), (x, bottom), 1.0, GRID);
            if x - half > taken && !label.is_empty() {
                canvas.text((x, bottom + 21.0), label, SMALL, Side::Middle, SOFT);
                taken = x + half + 10.0;
            }
        }
    }

    /// Draws level grid lines from `left` to `right` and the labels left of them.
    pub fn upwards(&self, canvas: &mut Canvas, left: f64, right: f64) {
        for (value, label) in &self.ticks {
            let y = self.at(*value);
            canvas.line((left, y), (right, y), 1.0, GRID);
            canvas.text((left - 10.0, y + 5.0), label, SMALL, Side::End, SOFT);
        }
    }

    /// Draws a line that carries data: the axis itself or its zero.
    pub fn carry(canvas: &mut Canvas, from: Point, to: Point) {
        canvas.line(from, to, 1.5, AXIS);
    }
}

/// Numbers no further apart than this are taken for the same.
const POINT: f64 = 1e-12;

/// The range, made wider if it is nothing but a point.
fn widened((low, high): (f64, f64)) -> (f64, f64) {
    let around = low.abs().max(high.abs());
    if high - low > f64::max(around * 1e-9, POINT) {
        (low, high)
    } else if around > POINT {
        (low - around * 0.5, high + around * 0.5)
    } else {
        (-1.0, 1.0)
    }
}

/// The step, one of the `round` numbers times a power of ten, that cuts the range into at most `count`.
fn step(low: f64, high: f64, count: f64, round: &[f64]) -> f64 {
    let least = (high - low) / count.max(1.0);
    let power = libm::pow(10.0, libm::log10(least).floor());
    let times = round.iter().copied().find(|times| times * power >= least * (1.0 - 1e-9));
    times.unwrap_or(10.0) * power
}

/// A tick's number, with as many decimals as its step needs.
fn written(value: f64, step: f64, unit: Unit) -> String {
    let (value, step) =
        if unit == Unit::Share { (value * 100.0, step * 100.0) } else { (value, step) };
    let decimals = (-libm::log10(step * (1.0 + 1e-9)).floor()).clamp(0.0, 12.0) as usize;
    typeset(&match unit {
        Unit::Plain | Unit::Count => fixed(value, decimals),
        Unit::Signed => signed(value, decimals),
        Unit::Share => fixed(value, decimals) + "%",
    })
}

/// A value as it is printed beside its mark: with three digits of the range that it is seen in, and
/// of a share at least one decimal.
pub(crate) fn printed(value: f64, (low, high): (f64, f64), unit: Unit) -> String {
    let times = if unit == Unit::Share { 100.0 } else { 1.0 };
    let fine = ((high - low) * times / 50.0).max(1e-9);
    let decimals = (-libm::log10(fine)).ceil().clamp(0.0, 9.0) as usize;
    typeset(&match unit {
        _ if value == 0.0 => if unit == Unit::Share { "0%" } else { "0" }.to_owned(),
        Unit::Plain => fixed(value, decimals),
        Unit::Count => fixed(value, 0),
        Unit::Signed => signed(value, decimals),
        Unit::Share => fixed(value * 100.0, decimals.max(1)) + "%",
    })
}

/// A share as a percentage with one decimal.
pub(crate) fn percent(share: f64) -> String {
    typeset(&number::percent_above_zero(share))
}

/// An interval of shares as percentages.
pub(crate) fn percents((low, high): (f64, f64)) -> String {
    format!("{} – {}", percent(low).trim_end_matches('%'), percent(high))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ticks(range: (f64, f64), unit: Unit) -> Vec<String> {
        let axis = Axis::round(range, (0.0, 500.0), 5.0, unit);
        axis.ticks.into_iter().map(|(_, label)| label).collect()
    }

    #[test]
    fn ticks_are_round_and_hold_the_range() {
        assert_eq!(ticks((0.0, 0.57), Unit::Share), ["0%", "20%", "40%", "60%"]);
        assert_eq!(ticks((-0.013, 0.02), Unit::Signed), ["−0.02", "−0.01", "0", "+0.01", "+0.02"]);
        assert_eq!(ticks((0.0, 0.004), Unit::Share), ["0.0%", "0.1%", "0.2%", "0.3%", "0.4%"]);
        assert_eq!(ticks((0.0, 120.0), Unit::Plain), ["0", "50", "100", "150"]);
    }

    #[test]
    fn a_range_that_is_a_point_still_has_an_axis() {
        for value in [0.0, 1e-300, 1e-13, 0.3, -7.0, 1e12, -1e12] {
            let axis = Axis::round((value, value), (0.0, 500.0), 5.0, Unit::Plain);
            assert!((0.0..=500.0).contains(&axis.at(value)), "{value}");
            assert!(axis.ticks.len() > 1, "{value}");
        }
    }

    #[test]
    fn a_number_beyond_the_axis_stands_at_its_end() {
        let axis = Axis::exact((0.0, 10.0), (100.0, 200.0), 5.0, Unit::Plain);
        assert_eq!([axis.at(-3.0), axis.at(5.0), axis.at(99.0)], [100.0, 150.0, 200.0]);
    }

    #[test]
    fn labels_of_a_padded_axis_keep_apart() {
        for high in [1e-6, 0.004, 0.31, 7.0, 12_345.0] {
            let axis = Axis::padded((-high, high), (0.0, 200.0), 6, Unit::Signed);
            assert!(axis.labels_fit() && axis.ticks.len() > 1, "{high}: {:?}", axis.ticks);
        }
    }

    #[test]
    fn where_labels_are_wide_every_other_tick_has_none() {
        let axis = Axis::padded((-0.0022, 0.0022), (0.0, 190.0), 6, Unit::Signed);
        assert!(axis.labels_fit() && axis.labelled().count() >= 2, "{:?}", axis.ticks);
        assert!(axis.ticks.len() >= 4, "{:?}", axis.ticks);
        assert!(axis.labelled().any(|(value, _)| *value == 0.0));
    }

    #[test]
    fn printed_values_have_the_digits_that_their_range_shows() {
        assert_eq!(printed(0.1234, (0.0, 0.2), Unit::Share), "12.3%");
        assert_eq!(printed(0.001_234, (0.0, 0.006), Unit::Share), "0.12%");
        assert_eq!(printed(-0.1234, (-0.2, 0.1), Unit::Signed), "−0.123");
        assert_eq!(printed(1_234_567.8, (0.0, 2e6), Unit::Plain), "1,234,568");
        assert_eq!(printed(12.34, (0.0, 40.0), Unit::Plain), "12.3");
        assert_eq!(printed(9.0, (0.0, 9.0), Unit::Count), "9");
    }

    #[test]
    fn nothing_is_written_with_a_minus_before_zeros() {
        assert_eq!(written(-0.004, 0.01, Unit::Plain), "0.00");
        assert_eq!(written(0.004, 0.01, Unit::Signed), "0.00");
        assert_eq!(written(-0.25, 0.01, Unit::Signed), "−0.25");
        assert_eq!(percent(0.0001), "<0.1%");
        assert_eq!(percents((0.123, 0.2)), "12.3 – 20.0%");
    }
}
