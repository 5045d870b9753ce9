//! Whether customers speak up, and on which channel: the shares of a logit.

use super::bench::{Bench, Halt};
use super::normals::mean_over_unit;
use super::row::Row;
use heard_math::stats::Share;
use heard_world::observer::Happening;

/// Channels and the effort that each takes, as in the scenario.
const CHANNELS: [(&str, f64); 3] = [("twitter", 0.0), ("email", -1.0), ("phone", 0.5)];
/// Severities and the share of customers who speak up at each; mean and spread of severities.
const SERIOUS: (f64, f64) = (0.8, 0.7);
const TRIVIAL: (f64, f64) = (0.1, 0.1);
const SEVERITY: (f64, f64) = (0.4, 0.2);

/// The share of failures, over all severities, that is voiced on a channel with this effort.
///
/// The log-odds of speaking up are linear in severity, through the two points above; channels share
/// them in proportion to `exp(-effort)`.
fn exact(effort: f64) -> f64 {
    let logit = |(_, share): (f64, f64)| libm::log(share / (1.0 - share));
    let slope = (logit(SERIOUS) - logit(TRIVIAL)) / (SERIOUS.0 - TRIVIAL.0);
    let of_channel =
        libm::exp(-effort) / CHANNELS.iter().map(|(_, effort)| libm::exp(-effort)).sum::<f64>();
    let speaks =
        |severity: f64| 1.0 / (1.0 + libm::exp(-(logit(SERIOUS) + slope * (severity - SERIOUS.0))));
    of_channel * mean_over_unit(SEVERITY.0, SEVERITY.1, speaks)
}

pub fn rows(bench: &Bench<'_>) -> Result<Vec<Row>, Halt> {
    let world = bench.world(include_str!("scenarios/voice.toml"), &[])?;
    let counts = bench.try_times(bench.of(40), |index| {
        let mut counts = [0u64; CHANNELS.len() + 1];
        for (_, _, what) in world.story(index)? {
            match what {
                Happening::Silent => counts[CHANNELS.len()] += 1,
                Happening::Voiced { channel, .. } => counts[channel] += 1,
                _ => {}
            }
        }
        Some(counts)
    })?;
    let of = |option: usize| counts.iter().map(|counts| counts[option]).sum::<u64>();
    let trials = (0..=CHANNELS.len()).map(of).sum();
    let silent = 1.0 - CHANNELS.iter().map(|(_, effort)| exact(*effort)).sum::<f64>();
    let mut rows = vec![Row::count("silent", silent, Share { hits: of(CHANNELS.len()), trials })];
    for (index, (name, effort)) in CHANNELS.into_iter().enumerate() {
        let share = Share { hits: of(index), trials };
        rows.push(Row::count(format!("on {name}"), exact(effort), share));
    }
    Ok(rows)
}
