//! One agent, any service times: the M/G/1 queue.

use super::error::{QueueError, not_negative, positive, stable};

/// The M/G/1 queue in its steady state (Pollaczek, 1930; Khinchine, 1932): Poisson arrivals, one
/// agent, independent service times of any distribution, one line in order of arrival.
///
/// Rates are per unit of time of the caller's choice; times come out in that unit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MG1 {
    arrival_rate: f64,
    mean_service: f64,
    squared_variation: f64,
}

impl MG1 {
    /// `arrival_rate` customers per unit of time, each served for `mean_service` on average, with
    /// `squared_variation` the squared coefficient of variation of service times (variance over
    /// squared mean): 0 when constant, 1 when exponential.
    ///
    /// The first two must be above 0, their product below 1; the third at least 0.
    pub fn new(
        arrival_rate: f64,
        mean_service: f64,
        squared_variation: f64,
    ) -> Result<Self, QueueError> {
        positive("the arrival rate", arrival_rate)?;
        positive("the mean service time", mean_service)?;
        not_negative("the squared coefficient of variation", squared_variation)?;
        stable(arrival_rate * mean_service, 1)?;
        Ok(Self { arrival_rate, mean_service, squared_variation })
    }

    /// The mean wait before service over all customers:
    /// `occupancy * mean service * (1 + squared variation) / (2 * (1 - occupancy))`.
    pub fn mean_wait(&self) -> f64 {
        let residual = self.mean_service * (1.0 + self.squared_variation) / 2.0;
        self.occupancy() * residual / (1.0 - self.occupancy())
    }

    /// The mean number of customers waiting (Little, 1961).
    pub fn mean_queue(&self) -> f64 {
        self.arrival_rate * self.mean_wait()
    }

    /// The share of time that the agent is busy, which is also the share of customers who wait.
    pub fn occupancy(&self) -> f64 {
        self.arrival_rate * self.mean_service
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::queues::ErlangC;
    use proptest::prelude::*;

    fn near(found: f64, expected: f64) {
        assert!((found - expected).abs() < 1e-12, "{found} instead of {expected}");
    }

    #[test]
    fn constant_service_halves_the_wait_of_exponential_service() {
        near(MG1::new(0.8, 1.0, 1.0).unwrap().mean_wait(), 4.0);
        near(MG1::new(0.8, 1.0, 0.0).unwrap().mean_wait(), 2.0);
        near(MG1::new(0.2, 4.0, 0.0).unwrap().mean_wait(), 8.0);
    }

    #[test]
    fn uneven_service_makes_for_waiting() {
        // lambda E[S^2] / (2 (1 - rho)) with S of 1 or 9, evenly: mean 5, E[S^2] 41, variation 0.64.
        let queue = MG1::new(0.1, 5.0, 0.64).unwrap();
        near(queue.mean_wait(), 0.1 * 41.0 / (2.0 * 0.5));
        near(queue.mean_queue(), 0.41);
        near(queue.occupancy(), 0.5);
    }

    #[test]
    fn impossible_queues_are_refused() {
        assert_eq!(MG1::new(0.5, 2.0, 1.0), Err(QueueError::Overloaded { load: 1.0, agents: 1 }));
        assert!(matches!(MG1::new(0.0, 1.0, 1.0), Err(QueueError::NotPositive { .. })));
        assert!(matches!(MG1::new(0.1, -1.0, 1.0), Err(QueueError::NotPositive { .. })));
        assert!(matches!(MG1::new(0.1, 1.0, -0.1), Err(QueueError::Negative { .. })));
    }

    proptest! {
        #[test]
        fn exponential_service_is_erlang_c_with_one_agent(rate in 0.01..1.99) {
            let (one, other) = (MG1::new(rate, 0.5, 1.0), ErlangC::new(rate, 2.0, 1));
            let ratio = one.unwrap().mean_wait() / other.unwrap().mean_wait();
            prop_assert!((ratio - 1.0).abs() < 1e-10);
        }
    }
}
