//! The order at the desk: in random worlds nobody is taken while a better contact waits, and nobody
//! waits while people are free who could take them.

mod judge;
mod worlds;

use super::bench::{Bench, Halt};
use super::row::Row;
use judge::Judge;

/// Worlds in a thorough check.
const WORLDS: u32 = 200;

pub fn rows(bench: &Bench<'_>) -> Result<Vec<Row>, Halt> {
    let judged = bench.try_times(bench.of(WORLDS), |index| {
        let world = match bench.world(&worlds::text(&bench.draws(index)), &[]) {
            Ok(world) => world,
            Err(halt) => return Some(Err(halt)),
        };
        let judge = Judge::new(&world.experiment.plans[0]);
        Some(Ok(world.watched(index, judge)?.verdict()))
    })?;
    let judged = judged.into_iter().collect::<Result<Vec<_>, Halt>>()?;
    // A world in which nobody ever had a choice says nothing.
    let idle = judged.iter().filter(|verdict| verdict.choices == 0).count();
    let sum = |of: fn(&judge::Verdict) -> u64| judged.iter().map(of).sum::<u64>() as f64;
    Ok(vec![
        Row::number("taken before a better one", "", 0.0, sum(|verdict| verdict.wrong)),
        Row::number("waiting while people are free", "", 0.0, sum(|verdict| verdict.left)),
        Row::number("worlds in which nobody chose", "", 0.0, idle as f64),
    ])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::verify::bench::Effort;
    use std::sync::atomic::AtomicBool;

    #[test]
    fn random_worlds_are_valid_and_differ() {
        let stop = AtomicBool::new(false);
        let bench = Bench::new(Effort::Quick, 3, 1, &stop).unwrap();
        let texts: Vec<String> = (0..50).map(|index| worlds::text(&bench.draws(index))).collect();
        for text in &texts {
            bench.world(text, &[]).unwrap();
        }
        assert!(texts.windows(2).all(|pair| pair[0] != pair[1]));
        for part in ["reach-first", "easiest-first", "head_start", "named", "weeks", "team.second"]
        {
            let count = texts.iter().filter(|text| text.contains(part)).count();
            assert!((5..=50).contains(&count), "{part}: {count}");
        }
    }
}
