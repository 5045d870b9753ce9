//! Staff that changes by the hour, against the numerically solved equations of such a queue.

use super::bench::{Bench, Halt};
use super::row::Row;
use heard_math::stats::queues::{DayOfQueue, StaffedQueue};
use heard_scenario::metric::Metric::{AbandonRate, Occupancy, WaitProbability, WaitSecondsMean};
use heard_world::column::Check;

/// Calls by hour, relative, as in the scenario.
const BY_HOUR: [f64; 24] = [
    6.0, 4.0, 3.0, 3.0, 4.0, 8.0, 14.0, 25.0, 45.0, 60.0, 65.0, 62.0, 55.0, 50.0, 52.0, 55.0, 50.0,
    44.0, 36.0, 28.0, 20.0, 14.0, 10.0, 7.0,
];
/// Agents by hour, as in the scenario.
const AGENTS: [u32; 24] = [1, 1, 1, 1, 1, 1, 1, 3, 3, 7, 7, 7, 3, 6, 6, 6, 6, 3, 3, 1, 1, 1, 1, 1];

fn exact() -> Result<DayOfQueue, Halt> {
    let sum: f64 = BY_HOUR.iter().sum();
    let arrivals = BY_HOUR.map(|weight| 30.0 * 24.0 * weight / sum);
    let queue = StaffedQueue::new(arrivals, AGENTS, 10.0, 12.0, 60);
    let mut queue = queue.map_err(Halt::refused)?;
    queue.day();
    Ok(queue.day())
}

pub fn rows(bench: &Bench<'_>) -> Result<Vec<Row>, Halt> {
    let world = bench.world(include_str!("scenarios/shifts.toml"), &[])?;
    let sample = world.simulate(bench)?;
    let day = exact()?;
    let per_call = |sum: f64| sum / day.arrivals;
    let waited = per_call(day.waited);
    let (wait, left) = (3600.0 * per_call(day.queue_hours), per_call(day.abandoned));
    let occupancy = day.busy_hours / day.staffed_hours;
    let calls = day.arrivals * world.hours() / 24.0;
    Ok(vec![
        Row::mean("calls", "", calls, sample.check(Check::Voiced)),
        Row::mean("chance to wait", "", waited, sample.metric(WaitProbability)),
        Row::mean("mean wait", "s", wait, sample.metric(WaitSecondsMean)),
        Row::mean("share hung up", "", left, sample.metric(AbandonRate)),
        Row::mean("occupancy", "", occupancy, sample.metric(Occupancy)),
    ])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_queue_is_truncated_beyond_its_reach_and_every_day_is_alike() {
        let sum: f64 = BY_HOUR.iter().sum();
        let arrivals = BY_HOUR.map(|weight| 30.0 * 24.0 * weight / sum);
        let mut roomy = StaffedQueue::new(arrivals, AGENTS, 10.0, 12.0, 90).unwrap();
        roomy.day();
        roomy.day();
        let (third, exact) = (roomy.day(), exact().unwrap());
        assert!((third.waited / exact.waited - 1.0).abs() < 1e-9);
        assert!((third.queue_hours / exact.queue_hours - 1.0).abs() < 1e-9);
    }
}
