//! Many agents, customers who give up: the M/M/c+M queue.

use super::erlang_c::erlang_b;
use super::error::{QueueError, positive};

/// The M/M/c+M queue in its steady state (Palm, 1957; Garnett, Mandelbaum and Reiman, 2002):
/// Poisson arrivals, exponential service, one line in order of arrival, exponential patience while
/// waiting. It is stable at any load.
///
/// Rates are per unit of time of the caller's choice; times come out in that unit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ErlangA {
    arrival_rate: f64,
    service_rate: f64,
    agents: u32,
    patience_rate: f64,
    wait_probability: f64,
    mean_queue: f64,
}

/// Weights of the birth-death chain, relative to those of states with no line: 1 in all.
struct Weights {
    /// All states but those with a line.
    no_line: f64,
    /// The state with every agent busy and nobody waiting.
    all_busy: f64,
    /// All states with a line.
    line: f64,
    /// The same, each times the length of its line.
    line_lengths: f64,
}

impl ErlangA {
    /// `arrival_rate` customers per unit of time, of which each of `agents` serves `service_rate`
    /// while busy; those waiting give up at `patience_rate`, one over their mean patience. All
    /// rates must be above 0.
    ///
    /// Takes time in proportion to the agents and to the length that the line can reach.
    pub fn new(
        arrival_rate: f64,
        service_rate: f64,
        agents: u32,
        patience_rate: f64,
    ) -> Result<Self, QueueError> {
        positive("the arrival rate", arrival_rate)?;
        positive("the service rate", service_rate)?;
        positive("the patience rate", patience_rate)?;
        if agents == 0 {
            return Err(QueueError::NoAgents);
        }
        let capacity = f64::from(agents) * service_rate;
        let blocked = erlang_b(arrival_rate / service_rate, agents);
        let weights =
            Weights::sum(blocked, |waiting| arrival_rate / (capacity + waiting * patience_rate));
        let total = weights.no_line + weights.line;
        Ok(Self {
            arrival_rate,
            service_rate,
            agents,
            patience_rate,
            wait_probability: (weights.all_busy + weights.line) / total,
            mean_queue: weights.line_lengths / total,
        })
    }

    /// The share of customers who are not served at once, whether they wait it out or give up.
    pub fn wait_probability(&self) -> f64 {
        self.wait_probability
    }

    /// The share of customers who give up.
    pub fn abandon_probability(&self) -> f64 {
        self.patience_rate * self.mean_wait()
    }

    /// The mean time in line over all customers: served at once, served later and given up.
    pub fn mean_wait(&self) -> f64 {
        self.mean_queue / self.arrival_rate
    }

    /// The mean number of customers waiting.
    pub fn mean_queue(&self) -> f64 {
        self.mean_queue
    }

    /// The share of time that agents are busy.
    pub fn occupancy(&self) -> f64 {
        let served_rate = self.arrival_rate * (1.0 - self.abandon_probability());
        served_rate / (self.service_rate * f64::from(self.agents))
    }
}

impl Weights {
    /// Sums the chain, given the weight of the state with all busy and nobody waiting among states
    /// without a line (Erlang's B) and the ratio of the weight of each line length to the one
    /// before, which falls towards 0.
    fn sum(all_busy: f64, ratio: impl Fn(f64) -> f64) -> Self {
        const LARGE: f64 = 1e200;
        let mut sums = Self { no_line: 1.0, all_busy, line: 0.0, line_lengths: 0.0 };
        let (mut weight, mut waiting) = (all_busy, 0.0);
        loop {
            waiting += 1.0;
            let ratio = ratio(waiting);
            weight *= ratio;
            sums.line += weight;
            sums.line_lengths += weight * waiting;
            if sums.line_lengths > LARGE {
                // Under heavy overload weights pass the range of floats before they fall.
                weight /= LARGE;
                sums.no_line /= LARGE;
                sums.all_busy /= LARGE;
                sums.line /= LARGE;
                sums.line_lengths /= LARGE;
            }
            // Ratios go on falling, so a geometric series bounds what is left of both sums.
            let room = 1.0 - ratio;
            let left = weight * (waiting + 1.0 / room) / room;
            if room > 0.0 && left <= 1e-17 * sums.line_lengths {
                return sums;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::queues::ErlangC;
    use proptest::prelude::*;

    fn near(found: f64, expected: f64, tolerance: f64) {
        assert!((found - expected).abs() < tolerance, "{found} instead of {expected}");
    }

    /// Wait probability, mean queue and occupancy from the whole chain, in logarithms of weights
    /// from state 0, cut at `states`.
    fn by_brute_force(
        (arrival, service, agents, patience): (f64, f64, u32, f64),
        states: u32,
    ) -> [f64; 3] {
        let mut logs = vec![0.0];
        for state in 1..=states {
            let served = f64::from(state.min(agents)) * service;
            let gone = f64::from(state.saturating_sub(agents)) * patience;
            logs.push(logs[logs.len() - 1] + libm::log(arrival / (served + gone)));
        }
        let peak = logs.iter().copied().fold(f64::MIN, f64::max);
        let weights: Vec<f64> = logs.iter().map(|log| libm::exp(log - peak)).collect();
        let total: f64 = weights.iter().sum();
        let mean = |value: &dyn Fn(u32) -> f64| {
            (0..=states).zip(&weights).map(|(state, weight)| value(state) * weight).sum::<f64>()
                / total
        };
        [
            mean(&|state| if state >= agents { 1.0 } else { 0.0 }),
            mean(&|state| f64::from(state.saturating_sub(agents))),
            mean(&|state| f64::from(state.min(agents)) / f64::from(agents)),
        ]
    }

    #[test]
    fn patience_of_two_minutes_takes_the_wait_from_21_seconds_to_4() {
        let queue = ErlangA::new(48.0, 1.0, 50, 0.5).unwrap();
        near(queue.wait_probability(), 0.467_774, 5e-7);
        near(queue.abandon_probability(), 0.030_912, 5e-7);
        near(queue.mean_wait() * 60.0, 3.709_47, 5e-6);
        near(queue.mean_queue(), 2.967_58, 5e-6);
        near(queue.occupancy(), 0.930_32, 5e-6);
    }

    #[test]
    fn the_whole_chain_gives_the_same_above_and_below_capacity() {
        for parameters in [(22.0, 1.0, 20, 0.5), (3.0, 0.5, 20, 4.0), (500.0, 2.0, 10, 0.7)] {
            let (arrival, service, agents, patience) = parameters;
            let queue = ErlangA::new(arrival, service, agents, patience).unwrap();
            let [waits, line, busy] = by_brute_force(parameters, 3000);
            near(queue.wait_probability() / waits, 1.0, 1e-10);
            near(queue.mean_queue() / line, 1.0, 1e-10);
            near(queue.occupancy(), busy, 1e-10);
        }
    }

    #[test]
    fn overload_beyond_the_range_of_floats_settles_on_the_fluid_line() {
        // Arrivals 1e4 against service 1 and patience 1/10: a line of about (1e4 - 1) * 10.
        let queue = ErlangA::new(1e4, 1.0, 1, 0.1).unwrap();
        near(queue.mean_queue(), 99_990.0, 0.1);
        near(queue.wait_probability(), 1.0, 1e-12);
        near(queue.occupancy(), 1.0, 1e-9);
    }

    #[test]
    fn passing_the_range_of_floats_leaves_no_step() {
        // Weights peak near 1e200 somewhere on the way.
        for step in 0..100 {
            let parameters = (95.0 + f64::from(step) / 10.0, 1.0, 10, 0.15);
            let queue = ErlangA::new(parameters.0, 1.0, 10, 0.15).unwrap();
            let [_, line, _] = by_brute_force(parameters, 1500);
            near(queue.mean_queue() / line, 1.0, 1e-10);
            near(queue.wait_probability(), 1.0, 1e-10);
        }
    }

    #[test]
    fn far_too_many_agents_leave_nobody_waiting() {
        let queue = ErlangA::new(1.0, 1.0, 1000, 1.0).unwrap();
        assert_eq!((queue.wait_probability(), queue.mean_queue()), (0.0, 0.0));
        near(queue.occupancy(), 0.001, 1e-15);
    }

    #[test]
    fn endless_patience_is_erlang_c() {
        let (patient, queue) = (ErlangC::new(3.0, 1.0, 4), ErlangA::new(3.0, 1.0, 4, 1e-9));
        near(queue.unwrap().mean_wait(), patient.unwrap().mean_wait(), 1e-7);
    }

    #[test]
    fn impossible_queues_are_refused() {
        assert_eq!(ErlangA::new(1.0, 1.0, 0, 1.0), Err(QueueError::NoAgents));
        assert!(matches!(ErlangA::new(1.0, 1.0, 1, 0.0), Err(QueueError::NotPositive { .. })));
    }

    proptest! {
        #[test]
        fn patience_equal_to_service_leaves_a_poisson_number_present(
            load in 0.5..40.0,
            agents in 1_u32..40,
        ) {
            // With equal rates the chain is M/M/infinity; its mean is the load.
            let queue = ErlangA::new(load, 1.0, agents, 1.0).unwrap();
            let present = queue.mean_queue() + queue.occupancy() * f64::from(agents);
            prop_assert!((present / load - 1.0).abs() < 1e-12);
            let [waits, line, _] = by_brute_force((load, 1.0, agents, 1.0), 400);
            prop_assert!((queue.wait_probability() - waits).abs() < 1e-12);
            prop_assert!((queue.mean_queue() - line).abs() < 1e-10);
        }
    }
}
