//! What customers believe when they speak up: only their own earlier calls change it, so it converges
//! geometrically to the true rate, however rarely those who were let down call.

use std::collections::BTreeMap;

use super::bench::{Bench, Halt};
use super::row::Row;
use heard_math::stats::Share;
use heard_world::observer::Happening;

/// The initial belief, how far one call moves it, and the share of calls that solve the problem, as in
/// the scenario.
const FIRST: f64 = 0.2;
const STEP: f64 = 0.3;
const SOLVED: f64 = 0.6;

/// Calls at which beliefs are read. All but one customer in millions call that often.
const CALLS: [usize; 5] = [1, 2, 3, 5, 10];

/// What each customer believed at each of [`CALLS`].
type Beliefs = [Vec<f64>; CALLS.len()];

pub fn rows(bench: &Bench<'_>) -> Result<Vec<Row>, Halt> {
    let world = bench.world(include_str!("scenarios/learning.toml"), &[])?;
    let replications = bench.try_times(bench.of(40), |index| {
        let mut who = BTreeMap::new();
        let mut beliefs: BTreeMap<u32, Vec<f64>> = BTreeMap::new();
        let (mut calls, mut solved) = (0, 0);
        for (_, case, what) in world.story(index)? {
            match what {
                Happening::Occasion { customer, .. } => drop(who.insert(case, customer)),
                Happening::Voiced { belief: Some(belief), .. } => {
                    calls += 1;
                    if let Some(customer) = who.get(&case) {
                        beliefs.entry(*customer).or_default().push(belief);
                    }
                }
                Happening::Resolved => solved += 1,
                _ => {}
            }
        }
        // Customers learn from nobody else, so each one is an independent trial.
        let at =
            |call: usize| beliefs.values().filter_map(|all| all.get(call - 1).copied()).collect();
        Some((CALLS.map(at), Share { hits: solved, trials: calls }))
    })?;
    let sum = |of: fn(&Share) -> u64| replications.iter().map(|(_, share)| of(share)).sum();
    let solved = Share { hits: sum(|share| share.hits), trials: sum(|share| share.trials) };
    let mut rows = vec![Row::count("calls solved", SOLVED, solved)];
    for (at, call) in CALLS.into_iter().enumerate() {
        let exact = SOLVED + (FIRST - SOLVED) * libm::pow(1.0 - STEP, (call - 1) as f64);
        let found = replications.iter().flat_map(|(beliefs, _): &(Beliefs, Share)| &beliefs[at]);
        let quantity = format!("belief at call {call}");
        let row = Row::mean(quantity.clone(), "", exact, found.copied());
        // Before the first call nobody has learned anything.
        rows.push(if call == 1 { Row::number(quantity, "", exact, row.estimate()) } else { row });
    }
    Ok(rows)
}
