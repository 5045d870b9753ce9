//! Every contact and case is accounted for, in a world with everything going on.

use super::bench::{Bench, Halt};
use super::row::Row;
use crate::world::column::{Check, Column};

/// A population, companies that compete and a mistake; and streams on a staffed line.
const WORLDS: [(&str, &str); 3] = [
    ("a company", include_str!("scenarios/alike.toml")),
    ("a market", include_str!("scenarios/market.toml")),
    ("a line", include_str!("scenarios/shifts.toml")),
];

/// Over rows: the most that is lost, and the largest gap between the sides of Little's law.
fn worst(columns: &[Column], rows: &[Vec<f64>]) -> (f64, f64) {
    let worst = |check: Check| {
        let at = columns.iter().position(|column| *column == Column::Check(check));
        let of = |row: &Vec<f64>| {
            let all = at.into_iter().flat_map(|at| row.iter().skip(at).step_by(columns.len()));
            all.map(|value| value.abs()).fold(0.0, f64::max)
        };
        rows.iter().map(of).fold(0.0, f64::max)
    };
    (worst(Check::Unaccounted), worst(Check::LittleGap))
}

pub fn rows(bench: &Bench<'_>) -> Result<Vec<Row>, Halt> {
    let mut rows = Vec::new();
    for (name, scenario) in WORLDS {
        let world = bench.world(scenario, &[])?;
        let played = bench.try_times(bench.of(40), |index| world.row(index))?;
        let (lost, gap) = worst(&world.experiment.columns, &played);
        rows.push(Row::number(format!("cases lost, {name}"), "", 0.0, lost));
        rows.push(Row::number(format!("gap in Little's law, {name}"), "", 0.0, gap));
    }
    Ok(rows)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::verify::bench::Effort;
    use std::sync::atomic::AtomicBool;

    #[test]
    fn one_customer_who_is_lost_in_any_arm_is_noticed() {
        let stop = AtomicBool::new(false);
        let bench = Bench::new(Effort::Quick, 1, 2, &stop).unwrap();
        let world = bench.world(WORLDS[0].1, &[]).unwrap();
        let columns = &world.experiment.columns;
        let mut rows = vec![world.row(0).unwrap(), world.row(1).unwrap()];
        let (lost, gap) = worst(columns, &rows);
        assert!(lost == 0.0 && gap < 1e-9);
        let at = columns.iter().position(|c| *c == Column::Check(Check::Unaccounted)).unwrap();
        rows[1][columns.len() + at] = 1.0;
        let (lost, _) = worst(columns, &rows);
        assert_eq!(Row::number("", "", 0.0, lost).p_value(), 0.0);
    }
}
