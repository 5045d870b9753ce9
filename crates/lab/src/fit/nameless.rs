//! How many people were there whom a log does not name: those who serve while others wait are all.

use super::habits::Habits;
use super::services::Services;
use super::staff::spread;
use super::waiting::{Concurrent, Waiting};

/// Somebody who waits for less than this of a quarter of an hour tells nothing, in hours.
const TOLD: f64 = 30.0 / 3600.0;
/// A number of conversations at a time that lasts for less than this of a quarter of an hour may come of
/// clocks that differ, in hours.
const SLIPS: f64 = 5.0 / 3600.0;

/// People by the quarter of an hour: on average, those who serve while somebody waits; where nobody does,
/// the most of the hour around.
pub(super) fn there(
    services: &Services,
    habits: &Habits,
    waiting: &Waiting,
    quarters: usize,
) -> Vec<f64> {
    // At whom a call rings is taken.
    let taken = services.all().map(|service| {
        let rings =
            if service.live { habits.pickup.median().min(service.wait()).max(0.0) } else { 0.0 };
        (service.from - rings, service.to + habits.after(service))
    });
    let levels = Concurrent::of(taken).levels();
    let mut while_waiting = vec![0.0; quarters];
    for (from, to, people) in &levels {
        for (begin, end) in waiting.between(*from, *to) {
            (0..*people).for_each(|_| spread(&mut while_waiting, begin, end));
        }
    }
    let most = lasting(&levels, quarters);
    let seen: Vec<f64> = (0..quarters)
        .map(|quarter| {
            let from = quarter as f64 / 4.0;
            let waits = waiting.within(from, from + 0.25);
            if waits > TOLD {
                0.25 * while_waiting[quarter] / waits
            } else {
                f64::from(most[quarter])
            }
        })
        .collect();
    let people = |quarter: usize| {
        let around = quarter.saturating_sub(2)..(quarter + 3).min(quarters);
        let from = quarter as f64 / 4.0;
        if waiting.within(from, from + 0.25) > TOLD {
            seen[quarter]
        } else {
            seen[around].iter().fold(0.0, |most: f64, seen| most.max(*seen))
        }
    };
    (0..quarters).map(people).collect()
}

/// The most that go on at a time, by the quarter of an hour, for longer than clocks slip.
fn lasting(levels: &[(f64, f64, usize)], quarters: usize) -> Vec<u32> {
    // How long at least one, two, three go on, by the quarter.
    let mut lasted: Vec<Vec<f64>> = vec![Vec::new(); quarters];
    for &(from, to, people) in levels {
        let mut at = from.max(0.0);
        while at < to {
            let quarter = (4.0 * at) as usize;
            let end = ((quarter as f64 + 1.0) / 4.0).min(to);
            let Some(lasted) = lasted.get_mut(quarter) else { break };
            lasted.resize(lasted.len().max(people), 0.0);
            lasted[..people].iter_mut().for_each(|hours| *hours += end - at);
            at = end;
        }
    }
    let most = |lasted: Vec<f64>| lasted.partition_point(|hours| *hours >= SLIPS) as u32;
    lasted.into_iter().map(most).collect()
}
