//! Limited room: agents and a waiting room of limited size, the M/M/c/K queue.

use super::error::{QueueError, positive};

/// The M/M/c/K queue in its steady state: Poisson arrivals, exponential service, `agents` alike, and
/// room for a limited number in all, those in service included; further callers are turned away (Gross and
/// others, 2008, 3.5). With room for the agents alone it is Erlang's loss system.
///
/// Rates are per unit of time of the caller's choice; times come out in that unit.
#[derive(Clone, Debug, PartialEq)]
pub struct MMCK {
    arrival_rate: f64,
    agents: u32,
    /// Probability of each number inside, from 0 to the capacity.
    inside: Vec<f64>,
}

impl MMCK {
    /// `arrival_rate` and `service_rate` above 0, at least one agent, and room for `capacity`, which
    /// is taken as the number of agents where it is less. Any load has a steady state.
    pub fn new(
        arrival_rate: f64,
        service_rate: f64,
        agents: u32,
        capacity: u32,
    ) -> Result<Self, QueueError> {
        positive("the arrival rate", arrival_rate)?;
        positive("the service rate", service_rate)?;
        if agents == 0 {
            return Err(QueueError::NoAgents);
        }
        let load = arrival_rate / service_rate;
        let mut weights = vec![1.0];
        // Scaled on the way, as a large load would overflow.
        for n in 1..=capacity.max(agents) {
            let next = weights[n as usize - 1] * load / f64::from(n.min(agents));
            weights.push(next);
            if next > 1e200 {
                weights.iter_mut().for_each(|weight| *weight /= next);
            }
        }
        let sum: f64 = weights.iter().sum();
        weights.iter_mut().for_each(|weight| *weight /= sum);
        Ok(Self { arrival_rate, agents, inside: weights })
    }

    /// The share of arrivals that find no room.
    pub fn turned_away(&self) -> f64 {
        self.inside.last().copied().unwrap_or_default()
    }

    /// The share of arrivals, those turned away included, that come in and have to wait.
    pub fn wait_probability(&self) -> f64 {
        self.inside[self.agents as usize..].iter().sum::<f64>() - self.turned_away()
    }

    /// The mean number waiting.
    pub fn mean_queue(&self) -> f64 {
        let waiting = self.inside.iter().skip(self.agents as usize).enumerate();
        waiting.map(|(queue, probability)| queue as f64 * probability).sum()
    }

    /// The mean wait over all arrivals, 0 for those turned away (Little, 1961).
    pub fn mean_wait(&self) -> f64 {
        self.mean_queue() / self.arrival_rate
    }

    /// The share of the agents' time that they are busy.
    pub fn occupancy(&self) -> f64 {
        let agents = self.agents as usize;
        let busy = self.inside.iter().enumerate().map(|(n, p)| n.min(agents) as f64 * p);
        busy.sum::<f64>() / agents as f64
    }
}

#[cfg(test)]
mod tests {
    use super::super::{ErlangC, erlang_b};
    use super::*;
    use proptest::prelude::*;

    fn near(found: f64, expected: f64) {
        assert!((found - expected).abs() < 1e-12, "{found} instead of {expected}");
    }

    #[test]
    fn one_agent_and_room_for_two_by_hand() {
        // Load 1/2: weights 1, 1/2, 1/4.
        let queue = MMCK::new(1.0, 2.0, 1, 2).unwrap();
        near(queue.turned_away(), 1.0 / 7.0);
        near(queue.wait_probability(), 2.0 / 7.0);
        near(queue.mean_queue(), 1.0 / 7.0);
        near(queue.mean_wait(), 1.0 / 7.0);
        near(queue.occupancy(), 3.0 / 7.0);
    }

    #[test]
    fn room_for_the_agents_alone_is_erlangs_loss_system() {
        let queue = MMCK::new(10.0, 1.0, 12, 0).unwrap();
        near(queue.turned_away(), erlang_b(10.0, 12));
        assert_eq!(queue.mean_queue(), 0.0);
        near(queue.wait_probability(), 0.0);
    }

    #[test]
    fn much_room_is_erlang_c_and_any_load_is_borne() {
        let (queue, exact) =
            (MMCK::new(8.0, 1.0, 10, 400).unwrap(), ErlangC::new(8.0, 1.0, 10).unwrap());
        near(queue.wait_probability(), exact.wait_probability());
        near(queue.mean_wait(), exact.mean_wait());
        let flooded = MMCK::new(1e6, 1.0, 3, 500).unwrap();
        assert!((flooded.occupancy() - 1.0).abs() < 1e-12 && flooded.turned_away() > 0.999_99);
    }

    #[test]
    fn impossible_queues_are_refused() {
        assert_eq!(MMCK::new(1.0, 1.0, 0, 3), Err(QueueError::NoAgents));
        assert!(MMCK::new(0.0, 1.0, 1, 3).is_err() && MMCK::new(1.0, -1.0, 1, 3).is_err());
    }

    proptest! {
        #[test]
        fn what_is_let_in_keeps_the_agents_busy(
            rate in 0.1..50.0, agents in 1u32..20, room in 0u32..40,
        ) {
            let queue = MMCK::new(rate, 1.5, agents, room).unwrap();
            let carried = rate * (1.0 - queue.turned_away()) / 1.5;
            prop_assert!((queue.occupancy() * f64::from(agents) - carried).abs() < 1e-9);
        }
    }
}
