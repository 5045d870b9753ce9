//! Listening by periodic searches: how long until a message is found.

use std::collections::BTreeMap;

use super::bench::{Bench, Halt};
use super::row::Row;
use heard_math::stats::Share;
use heard_world::observer::Happening;

/// Hours between searches, and the share of messages that a search finds, as in the scenario.
const EVERY: f64 = 4.0;
const FOUND: f64 = 0.6;

struct Found {
    delays: Vec<f64>,
    voiced: u64,
}

pub fn rows(bench: &Bench<'_>) -> Result<Vec<Row>, Halt> {
    let world = bench.world(include_str!("scenarios/sweeps.toml"), &[])?;
    let last = world.experiment.study.base.run.end_hours() - EVERY;
    let replications = bench.try_times(bench.of(40), |index| {
        let mut voiced = BTreeMap::new();
        let mut delays = Vec::new();
        for (hours, case, what) in world.story(index)? {
            match what {
                // Messages written after the last search are never found.
                Happening::Voiced { .. } if hours < last => drop(voiced.insert(case, hours)),
                Happening::Seen => {
                    delays.extend(voiced.get(&case).map(|since| hours - since));
                }
                _ => {}
            }
        }
        Some(Found { delays, voiced: voiced.len() as u64 })
    })?;
    let delays = || replications.iter().flat_map(|found| found.delays.iter().copied());
    let hits = delays().count() as u64;
    let within_an_hour = delays().filter(|&hours| hours < 1.0).count() as u64;
    let trials = replications.iter().map(|found| found.voiced).sum();
    Ok(vec![
        Row::count("share found", FOUND, Share { hits, trials }),
        Row::mean("mean delay", "h", EVERY / 2.0, delays()),
        Row::mean("mean squared delay", "h2", EVERY * EVERY / 3.0, delays().map(|d| d * d)),
        Row::count(
            "found within an hour",
            1.0 / EVERY,
            Share { hits: within_an_hour, trials: hits },
        ),
    ])
}
