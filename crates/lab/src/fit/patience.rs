//! How long customers hold the line: those who are served are censored.

use super::calls::{Calls, End};
use super::likelihood::{Fit, Lengths};
use heard_math::stats::Lifetimes;
use heard_math::stats::lifetimes::Ends;

/// Fewer hang-ups than this are put together with those of other classes of the channel.
const FEW: usize = 100;

/// Patience of a class.
#[derive(Clone, Debug, PartialEq)]
pub struct Patience {
    /// The curve.
    pub fit: Fit,
    /// Whether other classes of the channel had to help.
    pub shared: bool,
    /// Share still holding the line after some minutes, by the estimate of Kaplan and Meier: the log's
    /// own, without a curve.
    pub kaplan_meier: Vec<(f64, f64)>,
    /// Share that the same estimate leaves after the longest wait that ended in a hang-up.
    pub left: f64,
}

impl Patience {
    fn of_class(calls: &Calls, class: usize) -> Option<Self> {
        let own = lengths(calls, |other| other == class);
        if own.1.ends() < FEW { None } else { Self::new(own, false) }
    }

    fn of_channel(calls: &Calls, channel: usize) -> Option<Self> {
        Self::new(lengths(calls, |class| calls.classes[class].channel == channel), true)
    }

    /// Of all classes: of one with few hang-ups, of its channel; `None` where there are hardly any.
    #[must_use]
    pub fn of(calls: &Calls) -> Vec<Option<Self>> {
        let channels: Vec<Option<Self>> =
            (0..calls.channels.len()).map(|channel| Self::of_channel(calls, channel)).collect();
        let of = |class: usize| {
            let shared = || channels[calls.classes[class].channel].clone();
            Self::of_class(calls, class).or_else(shared)
        };
        (0..calls.classes.len()).map(of).collect()
    }

    fn new((curve, lengths): (Lifetimes, Lengths), shared: bool) -> Option<Self> {
        let fit = lengths.fit()?;
        let minutes = [0.5, 1.0, 2.0, 5.0, 10.0];
        let last = curve.steps.last().map_or(0.0, |step| step.time);
        let kaplan_meier = minutes
            .into_iter()
            .filter(|minutes| minutes / 60.0 <= last)
            .map(|minutes| (minutes, 1.0 - curve.at(minutes / 60.0).map_or(0.0, |step| step.event)))
            .collect();
        let left = 1.0 - curve.steps.last().map_or(0.0, |step| step.event);
        Some(Self { fit, shared, kaplan_meier, left })
    }
}

/// How long they held the line, and whether they hung up. Those who hung up at once had
/// a busy or a closed line, which says nothing about patience.
fn lengths(calls: &Calls, classes: impl Fn(usize) -> bool) -> (Lifetimes, Lengths) {
    let waits: Vec<(f64, bool)> = calls
        .calls
        .iter()
        .filter(|call| classes(call.class) && (call.wait > 0.0 || call.end != End::GaveUp))
        .map(|call| (call.wait.max(0.0), call.end == End::GaveUp))
        .collect();
    let ends = waits.iter().map(|&(wait, gave_up)| {
        let event = u64::from(gave_up);
        (wait, Ends { event, competing: 0, censored: 1 - event })
    });
    (Lifetimes::new(ends), Lengths::new(waits.iter().copied()))
}
