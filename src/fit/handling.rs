//! How long conversations take, and what follows them before the next.

use super::calls::{Calls, End};
use super::likelihood::Lengths;
use super::staff::Shifts;
use crate::scenario::spell::{Shape, Spell};

/// Conversations longer than this are taken for a clock that went on, in hours.
const LONGEST: f64 = 12.0;
/// Conversations shorter than this say nothing about the shape, in hours: 5 s.
const SHORTEST: f64 = 5.0 / 3600.0;

/// Handle times of a class.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Handling {
    /// What the scenario takes: conversation and what follows.
    pub spell: Spell,
    /// Mean conversation, minutes.
    pub conversation: f64,
    /// Its standard error.
    pub error: f64,
    /// Conversations.
    pub served: usize,
}

impl Handling {
    /// Of the conversations that are of these classes; `None` where the log has fewer than two.
    #[must_use]
    pub fn of(calls: &Calls, classes: impl Fn(usize) -> bool, shifts: &Shifts) -> Option<Self> {
        let lengths: Vec<f64> = calls
            .calls
            .iter()
            .filter(|call| classes(call.class))
            .filter_map(|call| match call.end {
                End::Served(Some(hours)) if (0.0..=LONGEST).contains(&hours) => Some(hours),
                _ => None,
            })
            .collect();
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
        let mean_minutes = 60.0 * (mean + shifts.after_hours);
        let spell = match sigma {
            Some(sigma) => Spell { sigma, ..Spell::lognormal(mean_minutes) },
            None => Spell { shape, ..Spell::exponential(mean_minutes) },
        };
        Some(Self {
            spell,
            conversation: 60.0 * mean,
            error: 60.0 * (variance / n).sqrt(),
            served: lengths.len(),
        })
    }
}
