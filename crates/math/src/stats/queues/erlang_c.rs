//! Many agents, patient customers: the M/M/c queue.

use super::error::{QueueError, positive, stable};

/// The M/M/c queue in its steady state (Erlang, 1917): Poisson arrivals, exponential service, one
/// line in order of arrival, nobody gives up.
///
/// Rates are per unit of time of the caller's choice; times come out in that unit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ErlangC {
    arrival_rate: f64,
    service_rate: f64,
    agents: u32,
    wait_probability: f64,
}

impl ErlangC {
    /// `arrival_rate` customers per unit of time, of which each of `agents` serves `service_rate`
    /// while busy. Rates must be above 0 and the offered load below the number of agents.
    pub fn new(arrival_rate: f64, service_rate: f64, agents: u32) -> Result<Self, QueueError> {
        positive("the arrival rate", arrival_rate)?;
        positive("the service rate", service_rate)?;
        let load = stable(arrival_rate / service_rate, agents)?;
        let blocked = erlang_b(load, agents);
        let occupancy = load / f64::from(agents);
        // Erlang C from Erlang B (Cooper, 1981, 3.5).
        let wait_probability = blocked / (1.0 - occupancy * (1.0 - blocked));
        Ok(Self { arrival_rate, service_rate, agents, wait_probability })
    }

    /// The share of customers who wait at all.
    pub fn wait_probability(&self) -> f64 {
        self.wait_probability
    }

    /// The mean wait before service over all customers, zero waits included.
    pub fn mean_wait(&self) -> f64 {
        self.wait_probability / self.spare_rate()
    }

    /// The mean number of customers waiting (Little, 1961).
    pub fn mean_queue(&self) -> f64 {
        self.arrival_rate * self.mean_wait()
    }

    /// The share of time that agents are busy.
    pub fn occupancy(&self) -> f64 {
        self.arrival_rate / (self.service_rate * f64::from(self.agents))
    }

    /// The share of customers whose service starts within time `t` of arrival; 0 for negative `t`.
    pub fn answered_within(&self, t: f64) -> f64 {
        if t < 0.0 {
            return 0.0;
        }
        1.0 - self.wait_probability * libm::exp(-self.spare_rate() * t)
    }

    fn spare_rate(&self) -> f64 {
        f64::from(self.agents) * self.service_rate - self.arrival_rate
    }
}

/// The share of customers turned away when `agents` without a waiting line are offered `load`
/// erlangs (Erlang, 1917), by the recursion over agents (Jagerman, 1974), which neither overflows
/// nor cancels.
pub fn erlang_b(load: f64, agents: u32) -> f64 {
    let step = |blocked: f64, n: u32| load * blocked / (f64::from(n) + load * blocked);
    (1..=agents).fold(1.0, step)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn near(found: f64, expected: f64, tolerance: f64) {
        assert!((found - expected).abs() < tolerance, "{found} instead of {expected}");
    }

    #[test]
    fn fifty_agents_at_96_percent_make_two_thirds_wait() {
        let queue = ErlangC::new(48.0, 1.0, 50).unwrap();
        near(queue.wait_probability(), 0.694_456, 5e-7);
        near(queue.mean_wait() * 60.0, 20.8337, 5e-5);
        near(queue.mean_queue(), 16.667, 5e-4);
        near(queue.occupancy(), 0.96, 1e-15);
    }

    #[test]
    fn a_call_centre_of_fourteen_answers_89_percent_in_twenty_seconds() {
        let queue = ErlangC::new(100.0 / 1800.0, 1.0 / 180.0, 14).unwrap();
        near(queue.wait_probability(), 0.174_131_9, 5e-8);
        near(queue.mean_wait(), 7.835_94, 5e-6);
        near(queue.answered_within(20.0), 0.888_35, 5e-6);
        near(queue.occupancy(), 0.714_285_7, 5e-8);
    }

    #[test]
    fn blocking_of_two_agents_is_the_textbook_fraction() {
        // (a^2 / 2) / (1 + a + a^2 / 2) at a = 2.
        near(erlang_b(2.0, 2), 0.4, 1e-15);
        near(erlang_b(3.0, 0), 1.0, 1e-15);
    }

    #[test]
    fn answers_start_at_those_who_do_not_wait() {
        let queue = ErlangC::new(3.0, 1.0, 4).unwrap();
        near(queue.answered_within(0.0), 1.0 - queue.wait_probability(), 1e-15);
        assert_eq!(queue.answered_within(-1.0), 0.0);
        assert_eq!(queue.answered_within(f64::INFINITY), 1.0);
    }

    #[test]
    fn impossible_queues_are_refused() {
        let overloaded = QueueError::Overloaded { load: 4.0, agents: 4 };
        assert_eq!(ErlangC::new(4.0, 1.0, 4), Err(overloaded));
        assert_eq!(ErlangC::new(4.0, 1.0, 0), Err(QueueError::NoAgents));
        assert!(matches!(ErlangC::new(0.0, 1.0, 4), Err(QueueError::NotPositive { .. })));
        assert!(matches!(ErlangC::new(1.0, f64::NAN, 4), Err(QueueError::NotPositive { .. })));
    }

    proptest! {
        #[test]
        fn one_agent_is_the_m_m_1_queue(occupancy in 0.01..0.99) {
            let queue = ErlangC::new(occupancy, 1.0, 1).unwrap();
            prop_assert!((queue.wait_probability() - occupancy).abs() < 1e-12);
            let expected = occupancy / (1.0 - occupancy);
            prop_assert!((queue.mean_wait() / expected - 1.0).abs() < 1e-12);
        }
    }
}
