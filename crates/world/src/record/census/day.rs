//! What is counted of one day.

use super::tally::{Share, Tally};
use crate::terms::ratio::mean;

/// The state of things at the end of a day.
#[derive(Clone, Copy, Debug)]
pub struct State {
    /// Public sentiment.
    pub sentiment: f64,
    /// Mean attitude of the customers of day 0.
    pub attitude: f64,
    /// Their net promoter score; unknown on days that no window holds.
    pub nps: f64,
    /// Mean expectation of care of the customers.
    pub expectation: f64,
    /// Share of the market that knows of the company.
    pub awareness: f64,
    /// Customers / customers of day 0.
    pub kept: f64,
}

impl State {
    pub(super) const UNKNOWN: Self = Self {
        sentiment: f64::NAN,
        attitude: f64::NAN,
        nps: f64::NAN,
        expectation: f64::NAN,
        awareness: f64::NAN,
        kept: f64::NAN,
    };

    /// The mean of this one, which stands for `mine` customers, and another that stands for `others`.
    pub(super) fn take_in(&mut self, other: &Self, mine: f64, others: f64) {
        let mix = |value: &mut f64, other: f64| *value = mean((*value, mine), (other, others));
        mix(&mut self.sentiment, other.sentiment);
        mix(&mut self.attitude, other.attitude);
        mix(&mut self.nps, other.nps);
        mix(&mut self.expectation, other.expectation);
        mix(&mut self.awareness, other.awareness);
        mix(&mut self.kept, other.kept);
    }

    /// The mean of these, each part over those in which it is known.
    pub(super) fn mean<'a>(states: impl Iterator<Item = &'a Self> + Clone) -> Self {
        let mean = |part: fn(&Self) -> f64| {
            let mut known = Share::default();
            states.clone().map(part).filter(|value| !value.is_nan()).for_each(|v| known.add(v));
            known.ratio()
        };
        Self {
            sentiment: mean(|state| state.sentiment),
            attitude: mean(|state| state.attitude),
            nps: mean(|state| state.nps),
            expectation: mean(|state| state.expectation),
            awareness: mean(|state| state.awareness),
            kept: mean(|state| state.kept),
        }
    }
}

#[derive(Clone, Copy, Debug)]
pub(super) struct Day {
    pub tally: Tally,
    pub failures: u64,
    pub complaints: u64,
    pub public: u64,
    pub left: u64,
    pub views: f64,
    pub satisfaction: Share,
    pub negative: Share,
    pub state: State,
}

impl Day {
    pub(super) const EMPTY: Self = Self {
        tally: Tally { voiced: 0, seen: 0, answered: 0, heard: 0, resolved: 0 },
        failures: 0,
        complaints: 0,
        public: 0,
        left: 0,
        views: 0.0,
        satisfaction: Share { part: 0.0, whole: 0.0 },
        negative: Share { part: 0.0, whole: 0.0 },
        state: State::UNKNOWN,
    };
}
