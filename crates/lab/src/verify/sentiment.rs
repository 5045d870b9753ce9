//! Public sentiment: what one mistake leaves behind, day by day.

use super::bench::{Bench, Halt};
use super::row::Row;
use heard_scenario::metric::Metric;
use heard_world::column::Column;

/// The mistake, as in the scenario: its day, its severity, how many see it, the size of the market, and
/// the half-life of memory in days.
const AT_DAY: f64 = 1.5;
const SEVERITY: f64 = 0.5;
const VIEWS: f64 = 4_000.0;
const MARKET: f64 = 10_000.0;
const MEMORY_DAYS: f64 = 5.0;

/// Days at the end of which it is read.
const DAYS: [u32; 4] = [0, 1, 6, 17];

/// Sentiment at the end of a day: remembered views relative to the market.
fn exact(day: u32) -> f64 {
    let age = f64::from(day) + 1.0 - AT_DAY;
    if age <= 0.0 {
        return 0.0;
    }
    let seen = VIEWS * libm::exp2(-age / MEMORY_DAYS);
    -(0.3 + 0.7 * SEVERITY) * seen / (MARKET + seen)
}

pub fn rows(bench: &Bench<'_>) -> Result<Vec<Row>, Halt> {
    let world = bench.world(include_str!("scenarios/fading.toml"), &[])?;
    let sample = world.simulate(bench)?;
    let row = |day: u32| {
        let values = sample.column(&Column::Day { metric: Metric::Reputation, day });
        let found = values.first().copied().unwrap_or(f64::NAN);
        Row::number(format!("sentiment at the end of day {day}"), "", exact(day), found)
    };
    Ok(DAYS.map(row).to_vec())
}
