//! Classes of customers served by priority, without interruption.

use super::erlang_c::ErlangC;
use super::error::{QueueError, not_negative, positive, stable};

/// One class of customers at a single agent.
///
/// Rates are per unit of time of the caller's choice; times come out in that unit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PriorityClass {
    /// Customers per unit of time, at least 0.
    pub arrival_rate: f64,
    /// Mean service time, above 0.
    pub mean_service: f64,
    /// Squared coefficient of variation of service times (variance over squared mean), at least 0.
    pub squared_variation: f64,
}

/// A queue in its steady state that always takes the first of the highest class present, and never
/// interrupts a service (Cobham, 1954, with the correction of 1955).
///
/// The mean wait of class `k`, the highest being 1, is
/// `w / ((1 - s(k - 1)) * (1 - s(k)))`, where `s(k)` is the occupancy due to classes 1 to `k` and
/// `w` the mean time until an agent comes free for an arrival that would be next in line.
#[derive(Clone, Debug, PartialEq)]
pub struct PriorityQueue {
    arrival_rates: Vec<f64>,
    mean_waits: Vec<f64>,
}

impl PriorityQueue {
    /// One agent, Poisson arrivals, any service times (M/G/1), classes from the highest down. Their
    /// loads must add up to less than 1, and to more than 0.
    pub fn one_agent(classes: &[PriorityClass]) -> Result<Self, QueueError> {
        if classes.is_empty() {
            return Err(QueueError::NoClasses);
        }
        let mut residual_work = 0.0;
        let mut loads = Vec::with_capacity(classes.len());
        for class in classes {
            not_negative("the arrival rate", class.arrival_rate)?;
            positive("the mean service time", class.mean_service)?;
            not_negative("the squared coefficient of variation", class.squared_variation)?;
            let load = class.arrival_rate * class.mean_service;
            residual_work += load * class.mean_service * (1.0 + class.squared_variation) / 2.0;
            loads.push(load);
        }
        let load = loads.iter().sum();
        stable(positive("the arrival rate of all classes", load)?, 1)?;
        Ok(Self {
            arrival_rates: classes.iter().map(|class| class.arrival_rate).collect(),
            mean_waits: mean_waits(residual_work, &loads),
        })
    }

    /// Many agents, Poisson arrivals at `arrival_rates` from the highest class down, exponential
    /// service at `service_rate` whatever the class (M/M/c). The load in all must be above 0 and
    /// below the number of agents.
    pub fn many_agents(
        arrival_rates: &[f64],
        service_rate: f64,
        agents: u32,
    ) -> Result<Self, QueueError> {
        if arrival_rates.is_empty() {
            return Err(QueueError::NoClasses);
        }
        for rate in arrival_rates {
            not_negative("the arrival rate", *rate)?;
        }
        let queue = ErlangC::new(arrival_rates.iter().sum(), service_rate, agents)?;
        let capacity = f64::from(agents) * service_rate;
        let occupancies: Vec<f64> = arrival_rates.iter().map(|rate| rate / capacity).collect();
        Ok(Self {
            arrival_rates: arrival_rates.to_vec(),
            mean_waits: mean_waits(queue.wait_probability() / capacity, &occupancies),
        })
    }

    /// The mean wait before service of each class, from the highest down.
    pub fn mean_waits(&self) -> &[f64] {
        &self.mean_waits
    }

    /// The mean wait before service over customers of all classes.
    pub fn mean_wait(&self) -> f64 {
        let rate: f64 = self.arrival_rates.iter().sum();
        self.mean_queue() / rate
    }

    /// The mean number of customers waiting, of all classes (Little, 1961).
    pub fn mean_queue(&self) -> f64 {
        self.arrival_rates.iter().zip(&self.mean_waits).map(|(rate, wait)| rate * wait).sum()
    }
}

fn mean_waits(until_free: f64, occupancies: &[f64]) -> Vec<f64> {
    let mut room = 1.0;
    let wait = |occupancy: &f64| {
        let room_above = room;
        room -= occupancy;
        until_free / (room_above * room)
    };
    occupancies.iter().map(wait).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::queues::MG1;
    use proptest::prelude::*;

    fn near(found: &[f64], expected: &[f64]) {
        assert_eq!(found.len(), expected.len());
        for (found, expected) in found.iter().zip(expected) {
            assert!((found / expected - 1.0).abs() < 1e-12, "{found} instead of {expected}");
        }
    }

    fn class(arrival_rate: f64, mean_service: f64, squared_variation: f64) -> PriorityClass {
        PriorityClass { arrival_rate, mean_service, squared_variation }
    }

    #[test]
    fn two_classes_at_one_agent_wait_as_worked_by_hand() {
        // w = (0.2 * 1 + 0.1 * 32) / 2 = 1.7; s = 0.2, 0.6.
        let queue =
            PriorityQueue::one_agent(&[class(0.2, 1.0, 0.0), class(0.1, 4.0, 1.0)]).unwrap();
        near(queue.mean_waits(), &[1.7 / 0.8, 1.7 / (0.8 * 0.4)]);
        let line = 0.2 * 2.125 + 0.1 * 5.3125;
        near(&[queue.mean_queue(), queue.mean_wait()], &[line, line / 0.3]);
    }

    #[test]
    fn three_classes_at_two_agents_wait_as_worked_by_hand() {
        // a = 1.5, c = 2: C = (a^2 / 2) / (1 - a / 2) / (1 + a + that) = 9/14; w = C / 2 = 9/28.
        let queue = PriorityQueue::many_agents(&[0.5, 0.6, 0.4], 1.0, 2).unwrap();
        let w = 9.0 / 28.0;
        near(queue.mean_waits(), &[w / 0.75, w / (0.75 * 0.45), w / (0.45 * 0.25)]);
    }

    #[test]
    fn in_half_the_time_everybody_waits_half_as_long() {
        let slow = PriorityQueue::many_agents(&[0.5, 0.6, 0.4], 1.0, 2).unwrap();
        let fast = PriorityQueue::many_agents(&[1.0, 1.2, 0.8], 2.0, 2).unwrap();
        let halves: Vec<f64> = slow.mean_waits().iter().map(|wait| wait / 2.0).collect();
        near(fast.mean_waits(), &halves);
    }

    #[test]
    fn impossible_queues_are_refused() {
        assert_eq!(PriorityQueue::one_agent(&[]), Err(QueueError::NoClasses));
        assert_eq!(PriorityQueue::many_agents(&[], 1.0, 1), Err(QueueError::NoClasses));
        assert_eq!(PriorityQueue::many_agents(&[0.1], 1.0, 0), Err(QueueError::NoAgents));
        let overloaded = [class(0.5, 1.0, 0.0), class(0.25, 2.0, 0.0)];
        assert_eq!(
            PriorityQueue::one_agent(&overloaded),
            Err(QueueError::Overloaded { load: 1.0, agents: 1 })
        );
        for bad in [class(-0.1, 1.0, 0.0), class(0.1, 0.0, 0.0), class(0.1, 1.0, -1.0)] {
            assert!(PriorityQueue::one_agent(&[class(0.1, 1.0, 0.0), bad]).is_err());
        }
        assert!(PriorityQueue::one_agent(&[class(0.0, 1.0, 0.0)]).is_err());
        assert!(PriorityQueue::many_agents(&[2.0, -1.0], 1.0, 2).is_err());
    }

    proptest! {
        #[test]
        fn sharing_one_service_time_priorities_only_move_the_wait_around(
            shares in prop::collection::vec(0.01..1.0, 1..6),
            occupancy in 0.05..0.95,
            agents in 1_u32..30,
        ) {
            let rate = occupancy * f64::from(agents);
            let all: f64 = shares.iter().sum();
            let rates: Vec<f64> = shares.iter().map(|share| share * rate / all).collect();
            let queue = PriorityQueue::many_agents(&rates, 1.0, agents).unwrap();
            let plain = ErlangC::new(rate, 1.0, agents).unwrap();
            prop_assert!((queue.mean_wait() / plain.mean_wait() - 1.0).abs() < 1e-9);
            prop_assert!(queue.mean_waits().is_sorted());
        }

        #[test]
        fn a_single_class_is_the_queue_without_priorities(load in 0.05..0.95, variation in 0.0..9.0) {
            let queue = PriorityQueue::one_agent(&[class(load, 1.0, variation)]).unwrap();
            let plain = MG1::new(load, 1.0, variation).unwrap();
            prop_assert!((queue.mean_waits()[0] / plain.mean_wait() - 1.0).abs() < 1e-12);
        }
    }
}
