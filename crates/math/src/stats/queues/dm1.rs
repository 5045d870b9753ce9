//! Even arrivals, one agent: the D/M/1 queue.

use super::error::{QueueError, positive, stable};

/// The D/M/1 queue in its steady state: arrivals evenly spaced, exponential service, one agent.
///
/// An arrival finds the agent busy with the probability `s` in (0, 1) for which
/// `s = exp(-(1 - s) service rate / arrival rate)` (Kendall, 1953; Gross and others, 2008, 5.1.3).
///
/// Rates are per unit of time of the caller's choice; times come out in that unit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DM1 {
    arrival_rate: f64,
    service_rate: f64,
    busy: f64,
}

impl DM1 {
    /// Both rates above 0, the first below the second.
    pub fn new(arrival_rate: f64, service_rate: f64) -> Result<Self, QueueError> {
        positive("the arrival rate", arrival_rate)?;
        positive("the service rate", service_rate)?;
        let ratio = 1.0 / stable(arrival_rate / service_rate, 1)?;
        // Newton from below: the function is convex, so it comes up to the root without passing it.
        let mut busy = 0.0;
        for _ in 0..200 {
            let value = libm::exp(-(1.0 - busy) * ratio);
            let step = (value - busy) / (1.0 - ratio * value);
            busy += step;
            if step.abs() < 1e-16 {
                break;
            }
        }
        Ok(Self { arrival_rate, service_rate, busy })
    }

    /// The share of arrivals that have to wait.
    pub fn wait_probability(&self) -> f64 {
        self.busy
    }

    /// The mean wait before service over all arrivals.
    pub fn mean_wait(&self) -> f64 {
        self.busy / (self.service_rate * (1.0 - self.busy))
    }

    /// The share of time that the agent is busy.
    pub fn occupancy(&self) -> f64 {
        self.arrival_rate / self.service_rate
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn half_the_load_waits_in_one_of_five_cases() {
        // s = exp(-2 (1 - s)): 0.203188 (Gross and others, 2008).
        let queue = DM1::new(1.0, 2.0).unwrap();
        assert!((queue.wait_probability() - 0.203_187_869_979_979_9).abs() < 1e-14);
        assert!(
            (queue.mean_wait() - 0.203_187_869_979_979_9 / 2.0 / (1.0 - 0.203_187_869_979_979_9))
                .abs()
                < 1e-14
        );
        assert_eq!(queue.occupancy(), 0.5);
        assert!(DM1::new(2.0, 2.0).is_err() && DM1::new(0.0, 2.0).is_err());
    }

    proptest! {
        #[test]
        fn the_equation_holds_and_waiting_is_rarer_than_with_poisson_arrivals(load in 0.01..0.995) {
            let queue = DM1::new(load, 1.0).unwrap();
            let s = queue.wait_probability();
            prop_assert!((s - libm::exp(-(1.0 - s) / load)).abs() < 1e-12);
            prop_assert!(s > 0.0 && s < load);
        }
    }
}
