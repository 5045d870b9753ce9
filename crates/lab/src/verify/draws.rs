//! The uniform draws: evenly spread, and uncorrelated between any two keys.

use super::bench::{Bench, Halt};
use super::row::Row;
use heard_math::engine::keyed::Draws;
use heard_world::purpose::Purpose;

/// Two uniforms whose keys (seed, replication, entity, purpose, ordinal) differ in one part.
type Pair = fn(&Draws, &Draws, u32) -> (f64, f64);

/// Which part differs between the two.
const PAIRS: [(&str, Pair); 5] = [
    ("entities", |draws, _, at| {
        let of = |entity| draws.uniform(entity, Purpose::Patience, 0);
        (of(2 * at), of(2 * at + 1))
    }),
    ("purposes", |draws, _, at| {
        (
            draws.uniform(at, Purpose::StreamArrival, 0),
            draws.uniform(at, Purpose::StreamPatience, 0),
        )
    }),
    ("ordinals", |draws, _, at| {
        (draws.uniform(at, Purpose::Handling, 0), draws.uniform(at, Purpose::Handling, 1))
    }),
    ("replications", |draws, next, at| {
        (draws.uniform(at, Purpose::Voice, 0), next.uniform(at, Purpose::Voice, 0))
    }),
    ("pairs of one key", |draws, _, at| draws.uniforms(at, Purpose::Gap, 0)),
];

/// Pairs per trial. Their correlation is computed with the exact mean and variance.
const EACH: u32 = 1000;

fn correlation(bench: &Bench<'_>, pair: Pair, trials: u32) -> Result<Vec<f64>, Halt> {
    bench.times(trials, |trial| {
        let (draws, next) = (bench.draws(2 * trial), bench.draws(2 * trial + 1));
        let product = |at| {
            let (a, b) = pair(&draws, &next, at);
            12.0 * (a - 0.5) * (b - 0.5)
        };
        (0..EACH).map(product).sum::<f64>() / f64::from(EACH)
    })
}

pub fn rows(bench: &Bench<'_>) -> Result<Vec<Row>, Halt> {
    let trials = bench.of(1000);
    let moments = bench.times(trials, |trial| {
        let mut sequence = bench.draws(trial).sequence(0, Purpose::Shares, 0);
        let (mut sum, mut squares) = (0.0, 0.0);
        for _ in 0..EACH {
            let uniform = sequence.uniform();
            sum += uniform;
            squares += (uniform - 0.5) * (uniform - 0.5);
        }
        (sum / f64::from(EACH), squares / f64::from(EACH))
    })?;
    let mut rows = vec![
        Row::mean("mean", "", 0.5, moments.iter().map(|(mean, _)| *mean)),
        Row::mean("variance", "", 1.0 / 12.0, moments.iter().map(|(_, variance)| *variance)),
    ];
    for (name, pair) in PAIRS {
        let found = correlation(bench, pair, trials)?;
        rows.push(Row::mean(format!("correlation, {name}"), "", 0.0, found));
    }
    Ok(rows)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::verify::bench::Effort;
    use std::sync::atomic::AtomicBool;

    #[test]
    fn a_shared_stream_is_noticed() {
        let stop = AtomicBool::new(false);
        let bench = Bench::new(Effort::Quick, 1, 2, &stop).unwrap();
        let rows = rows(&bench).unwrap();
        assert!(rows.iter().all(|row| row.p_value() > 1e-3), "{rows:?}");
        // Arrivals and patience from one stream; and one that leans on another by a twentieth.
        let shared: Pair = |draws, _, at| {
            let of = || draws.uniform(at, Purpose::StreamArrival, 0);
            (of(), of())
        };
        let leaning: Pair = |draws, _, at| {
            let (a, b) = draws.uniforms(at, Purpose::StreamArrival, 0);
            (a, 0.95 * b + 0.05 * a)
        };
        for pair in [shared, leaning] {
            let found = correlation(&bench, pair, 100).unwrap();
            assert!(Row::mean("", "", 0.0, found).p_value() < 1e-6);
        }
    }
}
