//! A queue whose rates and staff change by the hour, by its time-dependent equations.

use super::error::{QueueError, not_negative, positive};

/// What one day of an M(t)/M/c(t)+M queue comes to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DayOfQueue {
    /// Arrivals.
    pub arrivals: f64,
    /// Arrivals that found nobody free.
    pub waited: f64,
    /// Arrivals that hung up.
    pub abandoned: f64,
    /// Hours waited, by those who hung up too.
    pub queue_hours: f64,
    /// Hours of service.
    pub busy_hours: f64,
    /// Hours of staff, overtime included.
    pub staffed_hours: f64,
}

/// A queue that repeats every day: arrivals and agents by hour, exponential service and patience,
/// rates per hour. Who is in service when agents leave is served to the end, by overtime, and no one
/// else is taken until fewer are in service than agents are there; when agents come they take from
/// the line at once.
#[derive(Clone, Debug)]
pub struct StaffedQueue {
    arrivals: [f64; 24],
    agents: [u32; 24],
    service_rate: f64,
    patience_rate: f64,
    most: usize,
    room: usize,
    /// Probability of (in service, waiting), by rows of `room + 1`.
    state: Vec<f64>,
}

/// Steps of the solver in an hour.
const STEPS: u32 = 1200;

impl StaffedQueue {
    /// Empty at midnight. `room` is where the line is cut off: that many must practically never wait.
    ///
    /// Service rate above 0, the others at least 0, somebody there at every hour.
    pub fn new(
        arrivals: [f64; 24],
        agents: [u32; 24],
        service_rate: f64,
        patience_rate: f64,
        room: usize,
    ) -> Result<Self, QueueError> {
        arrivals.iter().try_for_each(|&rate| not_negative("an arrival rate", rate).map(drop))?;
        positive("the service rate", service_rate)?;
        not_negative("the patience rate", patience_rate)?;
        if agents.contains(&0) {
            return Err(QueueError::NoAgents);
        }
        let most = agents.iter().copied().max().unwrap_or(1) as usize;
        let mut state = vec![0.0; (most + 1) * (room + 1)];
        state[0] = 1.0;
        Ok(Self { arrivals, agents, service_rate, patience_rate, most, room, state })
    }

    fn at(&self, busy: usize, queue: usize) -> usize {
        busy * (self.room + 1) + queue
    }

    /// Lives through the next day, by Runge and Kutta's method of fourth order.
    pub fn day(&mut self) -> DayOfQueue {
        let mut day = DayOfQueue {
            arrivals: self.arrivals.iter().sum(),
            waited: 0.0,
            abandoned: 0.0,
            queue_hours: 0.0,
            busy_hours: 0.0,
            staffed_hours: 0.0,
        };
        let step = 1.0 / f64::from(STEPS);
        for hour in 0..24 {
            let agents = self.agents[hour] as usize;
            self.agents_come(agents);
            for _ in 0..STEPS {
                self.measure(&mut day, hour, 0.5 * step);
                self.runge_kutta(hour, step);
                self.measure(&mut day, hour, 0.5 * step);
            }
        }
        day
    }

    /// Those waiting are taken by agents who have just come.
    fn agents_come(&mut self, agents: usize) {
        for busy in 0..agents {
            for queue in 1..=self.room {
                let from = self.at(busy, queue);
                let taken = queue.min(agents - busy);
                let to = self.at(busy + taken, queue - taken);
                self.state[to] += std::mem::take(&mut self.state[from]);
            }
        }
    }

    /// Adds the day's integrals over a stretch in which the state stays (trapezoids in all).
    fn measure(&self, day: &mut DayOfQueue, hour: usize, hours: f64) {
        let agents = self.agents[hour] as usize;
        for busy in 0..=self.most {
            for queue in 0..=self.room {
                let weight = self.state[self.at(busy, queue)] * hours;
                if busy >= agents {
                    day.waited += weight * self.arrivals[hour];
                }
                day.abandoned += weight * queue as f64 * self.patience_rate;
                day.queue_hours += weight * queue as f64;
                day.busy_hours += weight * busy as f64;
                day.staffed_hours += weight * busy.max(agents) as f64;
            }
        }
    }

    fn runge_kutta(&mut self, hour: usize, step: f64) {
        let moved = |state: &[f64], slope: &[f64], by: f64| -> Vec<f64> {
            state.iter().zip(slope).map(|(p, d)| p + by * d).collect()
        };
        let first = self.slope(&self.state, hour);
        let second = self.slope(&moved(&self.state, &first, 0.5 * step), hour);
        let third = self.slope(&moved(&self.state, &second, 0.5 * step), hour);
        let fourth = self.slope(&moved(&self.state, &third, step), hour);
        for (at, p) in self.state.iter_mut().enumerate() {
            *p += step / 6.0 * (first[at] + 2.0 * (second[at] + third[at]) + fourth[at]);
        }
    }

    /// Kolmogorov's forward equations.
    fn slope(&self, state: &[f64], hour: usize) -> Vec<f64> {
        let (arrivals, agents) = (self.arrivals[hour], self.agents[hour] as usize);
        let mut slope = vec![0.0; state.len()];
        let mut flow = |from: usize, to: usize, rate: f64| {
            let probability = state[from] * rate;
            slope[from] -= probability;
            slope[to] += probability;
        };
        for busy in 0..=self.most {
            for queue in 0..=self.room {
                let here = self.at(busy, queue);
                if busy < agents && queue == 0 {
                    flow(here, self.at(busy + 1, 0), arrivals);
                } else if queue < self.room {
                    flow(here, self.at(busy, queue + 1), arrivals);
                }
                if busy > 0 {
                    let next = if busy <= agents && queue > 0 {
                        self.at(busy, queue - 1)
                    } else {
                        self.at(busy - 1, queue)
                    };
                    flow(here, next, busy as f64 * self.service_rate);
                }
                if queue > 0 {
                    flow(here, self.at(busy, queue - 1), queue as f64 * self.patience_rate);
                }
            }
        }
        slope
    }
}

#[cfg(test)]
mod tests {
    use super::super::ErlangA;
    use super::*;

    #[test]
    fn a_day_that_does_not_change_settles_to_erlang_a() {
        let mut queue = StaffedQueue::new([12.0; 24], [3; 24], 4.0, 2.0, 40).unwrap();
        queue.day();
        let day = queue.day();
        let exact = ErlangA::new(12.0, 4.0, 3, 2.0).unwrap();
        assert_eq!(day.arrivals, 288.0);
        assert!((day.waited / day.arrivals - exact.wait_probability()).abs() < 1e-9);
        assert!((day.abandoned / day.arrivals - exact.abandon_probability()).abs() < 1e-9);
        assert!((day.queue_hours / day.arrivals - exact.mean_wait()).abs() < 1e-9);
        assert!((day.busy_hours / day.staffed_hours - exact.occupancy()).abs() < 1e-9);
    }

    #[test]
    fn who_is_served_when_agents_leave_is_served_to_the_end() {
        // Two agents until 1, then one; nobody comes after 1.
        let (mut arrivals, mut agents) = ([0.0; 24], [1; 24]);
        (arrivals[0], agents[0]) = (30.0, 2);
        let mut queue = StaffedQueue::new(arrivals, agents, 1.0, 0.0, 80).unwrap();
        let day = queue.day();
        // All are served in the end, an hour each; overtime is staffed beyond the 25 hours planned.
        assert!(day.busy_hours > 20.0 && day.staffed_hours > 25.3, "{day:?}");
        assert_eq!(day.abandoned, 0.0);
        assert!((queue.state.iter().sum::<f64>() - 1.0).abs() < 1e-12);
    }

    #[test]
    fn impossible_queues_are_refused() {
        let with =
            |rate, agents, service| StaffedQueue::new([rate; 24], [agents; 24], service, 1.0, 9);
        assert!(with(-1.0, 1, 1.0).is_err() && with(1.0, 1, 0.0).is_err());
        assert_eq!(with(1.0, 0, 1.0).err(), Some(QueueError::NoAgents));
    }
}
