//! How long conversations and answers take, and what follows them before the next.

use indexmap::IndexMap;

use super::calls::{Call, Calls, End};
use super::likelihood::Lengths;
use super::services::LONGEST_PAUSE;
use heard_scenario::spell::{Shape, Spell};

/// Conversations longer than this are taken for a clock that went on, in hours.
const LONGEST: f64 = 12.0;
/// Conversations shorter than this say nothing about the shape, in hours: 5 s.
const SHORTEST: f64 = 5.0 / 3600.0;
/// Fewer times between answers than this tell nothing.
const FEW: usize = 30;
/// A class with fewer conversations or answers than this shares those of the others.
const FEW_OF_CLASS: usize = 100;
/// What an answer takes to write where the log does not tell, in hours (assumed, as the default of
/// `answer.restore.handle`).
const WRITING: f64 = 5.0 / 60.0;

/// How long work took, by class, in hours: conversations, and what lies between two answers of one
/// person to messages, of which the second was waiting when the first was written.
#[derive(Clone, Debug, PartialEq)]
pub struct Worked(Vec<(usize, f64)>);

impl Worked {
    /// Of these contacts.
    #[must_use]
    pub fn of(calls: &Calls) -> Self {
        let mut all = Vec::new();
        let mut written: IndexMap<u32, Vec<&Call>> = IndexMap::new();
        for call in &calls.calls {
            match (call.end, call.agent) {
                (End::Served(Some(hours)), _) if (0.0..=LONGEST).contains(&hours) => {
                    all.push((call.class, hours));
                }
                (End::Served(None), Some(agent)) if !calls.is_live(call.class) => {
                    written.entry(agent).or_default().push(call);
                }
                _ => {}
            }
        }
        let answered = |call: &Call| call.arrived + call.wait;
        let mut between = Vec::new();
        for messages in written.values_mut() {
            messages.sort_by(|a, b| answered(a).total_cmp(&answered(b)));
            between.extend(messages.windows(2).filter_map(|pair| {
                let (before, hours) = (answered(pair[0]), answered(pair[1]) - answered(pair[0]));
                (pair[1].arrived <= before && hours <= LONGEST_PAUSE)
                    .then_some((pair[1].class, hours))
            }));
        }
        if between.len() >= FEW {
            all.extend(between);
        }
        Self(all)
    }

    /// What an answer to a message takes on average, in hours.
    #[must_use]
    pub fn writing(&self, calls: &Calls) -> f64 {
        let (mut sum, mut times) = (0.0, 0.0);
        for (_, hours) in self.0.iter().filter(|(class, _)| !calls.is_live(*class)) {
            (sum, times) = (sum + hours, times + 1.0);
        }
        if times > 0.0 { sum / times } else { WRITING }
    }
}

/// Handle times of a class.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Handling {
    /// What the scenario takes: conversation and what follows, or answer.
    pub spell: Spell,
    /// Mean conversation or answer, minutes.
    pub mean: f64,
    /// Its standard error.
    pub error: f64,
    /// Conversations or answers.
    pub served: usize,
    /// Whether other classes had to help.
    pub shared: bool,
}

impl Handling {
    /// Of all classes, with the pause that follows conversations of each: of one that has few, of all whose
    /// customers wait as its do; `None` where the log has fewer than two of those.
    #[must_use]
    pub fn of(
        calls: &Calls,
        worked: &Worked,
        after_hours: impl Fn(usize) -> f64,
    ) -> Vec<Option<Self>> {
        let pooled = [false, true].map(|live| {
            let all = Self::of_these(worked, |class| calls.is_live(class) == live);
            all.map(|all| Self { shared: true, ..all })
        });
        let of = |class: usize| {
            let live = calls.is_live(class);
            let own = Self::of_these(worked, |other| other == class);
            let mut found =
                own.filter(|own| own.served >= FEW_OF_CLASS).or(pooled[usize::from(live)])?;
            found.spell.mean_minutes += if live { 60.0 * after_hours(class) } else { 0.0 };
            Some(found)
        };
        (0..calls.classes.len()).map(of).collect()
    }

    /// Half the width of the 95% interval of the mean, minutes.
    #[must_use]
    pub fn half_width(&self) -> f64 {
        1.96 * self.error
    }

    fn of_these(worked: &Worked, classes: impl Fn(usize) -> bool) -> Option<Self> {
        let of_these = worked.0.iter().filter(|(class, _)| classes(*class));
        let lengths: Vec<f64> = of_these.map(|(_, hours)| *hours).collect();
        let n = lengths.len() as f64;
        if lengths.len() < 2 {
            return None;
        }
        let mean = lengths.iter().sum::<f64>() / n;
        let variance = lengths.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / (n - 1.0);
        let told = lengths.iter().filter(|hours| **hours >= SHORTEST).map(|hours| (*hours, true));
        let shape = Lengths::new(told).fit();
        let (shape, sigma) = match shape {
            // All alike, but for the rounding of the log.
            _ if variance.sqrt() < 0.01 * mean => (Shape::Constant, None),
            Some(fit) if fit.spell.shape == Shape::Lognormal => {
                (Shape::Lognormal, Some(fit.spell.sigma))
            }
            _ => (Shape::Exponential, None),
        };
        let mean_minutes = 60.0 * mean;
        let spell = match sigma {
            Some(sigma) => Spell { sigma, ..Spell::lognormal(mean_minutes) },
            None => Spell { shape, ..Spell::exponential(mean_minutes) },
        };
        Some(Self {
            spell,
            mean: 60.0 * mean,
            error: 60.0 * (variance / n).sqrt(),
            served: lengths.len(),
            shared: false,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fit::calls::tests::{call, calls};

    #[test]
    fn what_lies_between_two_answers_counts_where_the_second_lay_there() {
        // One person answers every six minutes what came in the night, then what comes in at half
        // past, an hour after the other.
        let mut all: Vec<Call> =
            (0..40).map(|at| call(1.0, 8.0 + 0.1 * f64::from(at), End::Served(None))).collect();
        all.push(call(13.5, 0.2, End::Served(None)));
        all.iter_mut().for_each(|call| call.agent = Some(1));
        let mut log = calls(all);
        log.channels[0].live = false;
        let worked = Worked::of(&log);
        assert_eq!(worked.0.len(), 39);
        assert!((worked.writing(&log) - 0.1).abs() < 1e-12);
        let handling = Handling::of_these(&worked, |_| true).unwrap();
        assert!((handling.mean - 6.0).abs() < 1e-9, "{handling:?}");
        // Without names nobody can tell.
        log.calls.iter_mut().for_each(|call| call.agent = None);
        assert_eq!(Worked::of(&log).writing(&log), WRITING);
    }
}
