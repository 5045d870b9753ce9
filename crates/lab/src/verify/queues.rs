//! Simulated queues behave as queueing theory says.

use super::bench::{Bench, Halt};
use super::row::Row;
use super::world::Sample;
use heard_math::stats::queues::{
    DM1, ErlangA, ErlangC, MG1, MMCK, PriorityClass, PriorityQueue, QueueError,
};
use heard_scenario::metric::Metric;
use heard_scenario::metric::Metric::{AbandonRate, Occupancy, WaitProbability, WaitSecondsMean};
use heard_world::column::{Check, Column};

type Rows = Result<Vec<Row>, Halt>;

/// A formula that rejects its own parameters is an error in the check.
fn known<T>(theory: Result<T, QueueError>) -> Result<T, Halt> {
    theory.map_err(Halt::refused)
}

fn mean(sample: &Sample<'_>, name: &str, unit: &'static str, metric: Metric, exact: f64) -> Row {
    Row::mean(name, unit, exact, sample.metric(metric))
}

fn waits(sample: &Sample<'_>, probability: f64, seconds: f64) -> [Row; 2] {
    [
        mean(sample, "chance to wait", "", WaitProbability, probability),
        mean(sample, "mean wait", "s", WaitSecondsMean, seconds),
    ]
}

fn occupancy(sample: &Sample<'_>, exact: f64) -> Row {
    mean(sample, "occupancy", "", Occupancy, exact)
}

/// Calls: they arrive at the rate that theory is given.
fn arrivals(sample: &Sample<'_>, per_hour: f64) -> Row {
    let exact = per_hour * sample.world.hours();
    Row::mean("calls", "", exact, sample.check(Check::Voiced))
}

/// By Little's law, from the simulated waits and calls.
fn mean_queue(sample: &Sample<'_>, exact: f64) -> Row {
    let hours = 3600.0 * sample.world.hours();
    let calls = sample.check(Check::Voiced).into_iter();
    let queue = calls.zip(sample.metric(WaitSecondsMean)).map(|(n, wait)| n * wait / hours);
    Row::mean("mean queue", "", exact, queue)
}

/// No caller is left unserved in any replication.
fn all_served(sample: &Sample<'_>) -> Row {
    let unserved = sample.metric(AbandonRate).into_iter().zip(sample.check(Check::Censored));
    let unserved = unserved.map(|(lost, open)| lost + open);
    let most = unserved.reduce(|a, b| if a.is_nan() || b > a { b } else { a });
    Row::number("share of callers not served", "", 0.0, most.unwrap_or(f64::NAN))
}

fn is_erlang_c(sample: &Sample<'_>, per_hour: f64, exact: &ErlangC) -> Vec<Row> {
    let mut rows = vec![arrivals(sample, per_hour), all_served(sample)];
    rows.extend(waits(sample, exact.wait_probability(), 60.0 * exact.mean_wait()));
    rows.extend([mean_queue(sample, exact.mean_queue()), occupancy(sample, exact.occupancy())]);
    rows
}

pub fn erlang_c(bench: &Bench<'_>) -> Rows {
    let world = bench.world(include_str!("scenarios/erlang-c-14-agents.toml"), &[])?;
    let sample = world.simulate(bench)?;
    let exact = known(ErlangC::new(100.0 / 30.0, 1.0 / 3.0, 14))?;
    let mut rows = is_erlang_c(&sample, 200.0, &exact);
    let by = sample.column(&Column::AnsweredBy(0));
    rows.push(Row::mean("answered within 20 s", "", exact.answered_within(20.0 / 60.0), by));
    Ok(rows)
}

pub fn erlang_c_near_saturation(bench: &Bench<'_>) -> Rows {
    let world = bench.world(include_str!("scenarios/erlang-c-50-agents.toml"), &[])?;
    let exact = known(ErlangC::new(48.0, 1.0, 50))?;
    Ok(is_erlang_c(&world.simulate(bench)?, 2880.0, &exact))
}

pub fn erlang_a(bench: &Bench<'_>) -> Rows {
    let world = bench.world(include_str!("scenarios/erlang-a-50-agents.toml"), &[])?;
    let sample = world.simulate(bench)?;
    let exact = known(ErlangA::new(48.0, 1.0, 50, 0.5))?;
    let mut rows = vec![arrivals(&sample, 2880.0)];
    rows.extend(waits(&sample, exact.wait_probability(), 60.0 * exact.mean_wait()));
    rows.push(mean(&sample, "share hung up", "", AbandonRate, exact.abandon_probability()));
    // With memoryless patience, P(hangs up) = mean wait / mean patience, whatever else holds.
    let sides = sample.metric(AbandonRate).into_iter().zip(sample.metric(WaitSecondsMean));
    let gap = sides.map(|(share, wait)| share - wait / 120.0);
    rows.push(Row::mean("share hung up - wait / patience", "", 0.0, gap));
    rows.extend([mean_queue(&sample, exact.mean_queue()), occupancy(&sample, exact.occupancy())]);
    Ok(rows)
}

pub fn full_house(bench: &Bench<'_>) -> Rows {
    let world = bench.world(include_str!("scenarios/full-house.toml"), &[])?;
    let sample = world.simulate(bench)?;
    let exact = known(MMCK::new(70.0, 20.0, 4, 7))?;
    let mut rows = vec![
        arrivals(&sample, 70.0),
        mean(&sample, "share turned away", "", AbandonRate, exact.turned_away()),
    ];
    rows.extend(waits(&sample, exact.wait_probability(), 3600.0 * exact.mean_wait()));
    rows.extend([mean_queue(&sample, exact.mean_queue()), occupancy(&sample, exact.occupancy())]);
    Ok(rows)
}

pub fn lognormal(bench: &Bench<'_>) -> Rows {
    let world = bench.world(include_str!("scenarios/one-agent-lognormal.toml"), &[])?;
    let sample = world.simulate(bench)?;
    let exact = known(MG1::new(0.8, 1.0, libm::expm1(0.91 * 0.91)))?;
    let mut rows = vec![arrivals(&sample, 48.0), all_served(&sample)];
    rows.extend(waits(&sample, exact.occupancy(), 60.0 * exact.mean_wait()));
    rows.extend([mean_queue(&sample, exact.mean_queue()), occupancy(&sample, exact.occupancy())]);
    Ok(rows)
}

pub fn even_arrivals(bench: &Bench<'_>) -> Rows {
    let world = bench.world(include_str!("scenarios/even-arrivals.toml"), &[])?;
    let sample = world.simulate(bench)?;
    let exact = known(DM1::new(12.0, 15.0))?;
    let mut rows = vec![all_served(&sample)];
    rows.extend(waits(&sample, exact.wait_probability(), 3600.0 * exact.mean_wait()));
    rows.push(occupancy(&sample, exact.occupancy()));
    Ok(rows)
}

fn by_rank(sample: &Sample<'_>, exact: &PriorityQueue, probability: f64) -> Vec<Row> {
    let mut rows = Vec::new();
    for (stream, wait) in ["urgent", "others"].into_iter().zip(exact.mean_waits()) {
        let waits = sample.of_stream(WaitSecondsMean, stream);
        rows.push(Row::mean(format!("mean wait, {stream}"), "s", 60.0 * wait, waits));
        let share = sample.of_stream(WaitProbability, stream);
        rows.push(Row::mean(format!("chance to wait, {stream}"), "", probability, share));
    }
    rows
}

pub fn priorities(bench: &Bench<'_>) -> Rows {
    let world = bench.world(include_str!("scenarios/priority-one-agent.toml"), &[])?;
    let sample = world.simulate(bench)?;
    let class = |per_hour: f64, mean_service: f64| PriorityClass {
        arrival_rate: per_hour / 60.0,
        mean_service,
        squared_variation: 1.0,
    };
    let exact = known(PriorityQueue::one_agent(&[class(18.0, 1.0), class(15.0, 2.0)]))?;
    let mut rows = vec![arrivals(&sample, 33.0), all_served(&sample)];
    rows.extend(by_rank(&sample, &exact, 0.8));
    rows.extend([mean_queue(&sample, exact.mean_queue()), occupancy(&sample, 0.8)]);
    Ok(rows)
}

pub fn priorities_of_many(bench: &Bench<'_>) -> Rows {
    let world = bench.world(include_str!("scenarios/priority-five-agents.toml"), &[])?;
    let sample = world.simulate(bench)?;
    let exact = known(PriorityQueue::many_agents(&[0.5, 0.9], 1.0 / 3.0, 5))?;
    let together = known(ErlangC::new(1.4, 1.0 / 3.0, 5))?;
    let mut rows = by_rank(&sample, &exact, together.wait_probability());
    rows.extend(is_erlang_c(&sample, 84.0, &together));
    Ok(rows)
}

pub fn conversations(bench: &Bench<'_>) -> Rows {
    let world = bench.world(include_str!("scenarios/conversations.toml"), &[])?;
    let exact = known(ErlangC::new(105.0 / 60.0, 1.0 / 6.0, 4 * 3))?;
    Ok(is_erlang_c(&world.simulate(bench)?, 105.0, &exact))
}
