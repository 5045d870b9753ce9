//! The hours that are counted.

use heard_scenario::run::Run;

/// From one hour of the run to another, which is not part of it.
pub type Span = (f64, f64);

/// Which hours count, in hours from the start of the run.
#[derive(Clone, Debug, PartialEq)]
pub struct Counted {
    /// All between warm-up and closing margin: what checks of the run as a whole go over.
    pub span: Span,
    /// The windows that results are counted over, within it; at least one, and the first is the main
    /// one. They may overlap.
    pub windows: Vec<Span>,
}

impl Counted {
    /// As a run has them.
    #[must_use]
    pub fn new(run: &Run) -> Self {
        let windows = run.counted_windows().iter().map(|window| window.hours()).collect();
        Self { span: run.span_hours(), windows }
    }
}

impl Counted {
    /// The main window.
    #[must_use]
    pub fn main(&self) -> Span {
        self.windows.first().copied().unwrap_or(self.span)
    }

    /// Whether some window holds the end of a day.
    #[must_use]
    pub fn holds_end(&self, end: f64) -> bool {
        self.windows.iter().any(|&window| holds_end(window, end))
    }
}

/// Whether a span holds a day that ends at this hour: its last day may end with it.
#[must_use]
pub fn holds_end((from, to): Span, end: f64) -> bool {
    from < end && end <= to
}

/// Whether a span holds this hour.
#[inline]
#[must_use]
pub fn holds((from, to): Span, hours: f64) -> bool {
    from <= hours && hours < to
}

/// The hour, or the end of the span that is nearest to it.
#[inline]
#[must_use]
pub fn clip((from, to): Span, hours: f64) -> f64 {
    hours.max(from).min(to)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_span_holds_its_first_hour_and_not_its_last() {
        let found = [23.9, 24.0, 50.0, 71.9, 72.0].map(|hours| holds((24.0, 72.0), hours));
        assert_eq!(found, [false, true, true, true, false]);
    }

    #[test]
    fn a_span_holds_the_days_that_end_in_it() {
        let found = [24.0, 24.1, 72.0, 72.1].map(|end| holds_end((24.0, 72.0), end));
        assert_eq!(found, [false, true, true, false]);
        let counted = Counted { span: (0.0, 96.0), windows: vec![(0.0, 24.0), (48.0, 72.0)] };
        assert_eq!([24.0, 48.0, 72.0].map(|end| counted.holds_end(end)), [true, false, true]);
    }

    #[test]
    fn what_lies_outside_of_a_span_is_brought_to_its_nearer_end() {
        assert_eq!([0.0, 30.0, 99.0].map(|hours| clip((24.0, 72.0), hours)), [24.0, 30.0, 72.0]);
    }
}
