//! How many people were there whom a log does not name: those who serve while others wait are all.

use super::habits::Habits;
use super::services::{Service, Services};
use super::staff::spread;
use super::waiting::{Concurrent, Waiting};

/// Somebody who waits for less than this tells nothing of how many serve, in hours.
const TOLD: f64 = 2.0 / 60.0;
/// A number of conversations at a time that lasts for less than this of a quarter of an hour may come of
/// clocks that differ, in hours.
const SLIPS: f64 = 5.0 / 3600.0;

/// People by the quarter of an hour: on average, those who are taken while somebody waits, in that quarter
/// or in the hour around; where nobody does, the most of that hour.
pub(super) fn there(
    services: &Services,
    habits: &Habits,
    waiting: &Waiting,
    quarters: usize,
) -> Vec<f64> {
    let after = |service: &Service| service.to + habits.after(service);
    // Somebody at whom a call rings is taken.
    let taken = services.all().map(|service| habits.taken(service));
    let mut taken_hours = vec![0.0; quarters];
    for (from, to, people) in Concurrent::of(taken).levels() {
        for (begin, end) in waiting.between(from, to) {
            (0..people).for_each(|_| spread(&mut taken_hours, begin, end));
        }
    }
    let waits: Vec<f64> = (0..quarters)
        .map(|quarter| quarter as f64 / 4.0)
        .map(|from| waiting.within(from, from + 0.25))
        .collect();
    let talking = Concurrent::of(services.all().map(|service| (service.from, after(service))));
    let most = lasting(&talking.levels(), quarters);
    let people = |quarter: usize| {
        let around = quarter.saturating_sub(2)..(quarter + 3).min(quarters);
        let told = [quarter..quarter + 1, around.clone()].into_iter().find_map(|which| {
            let waited: f64 = waits[which.clone()].iter().sum();
            let taken: f64 = taken_hours[which].iter().sum();
            (waited >= TOLD).then(|| 0.25 * taken / waited)
        });
        told.unwrap_or_else(|| f64::from(most[around].iter().max().copied().unwrap_or(0)))
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
