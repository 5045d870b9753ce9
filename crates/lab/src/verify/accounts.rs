//! Every contact and case is accounted for, in worlds where a lot happens.

use super::bench::{Bench, Halt};
use super::row::Row;
use heard_world::column::{Check, Column, length};

/// Small worlds where a lot happens: bundled scenarios, and a phone line with shifts.
const WORLDS: [(&str, &str); 4] = [
    ("listening-vs-responding", include_str!("../../../../scenarios/listening-vs-responding.toml")),
    ("firestorm", include_str!("../../../../scenarios/firestorm.toml")),
    ("rated-people", include_str!("../../../../scenarios/rated-people.toml")),
    ("a line with shifts", include_str!("scenarios/shifts.toml")),
];

/// The largest loss in any row, and the largest gap between the two sides of Little's law, over this
/// many windows.
fn worst(columns: &[Column], windows: usize, rows: &[Vec<f64>]) -> (f64, f64) {
    let each = length(columns, windows);
    let worst = |check: Check| {
        let at = columns.iter().position(|column| *column == Column::Check(check));
        let of = |row: &Vec<f64>| {
            let all = at.into_iter().flat_map(|at| row.iter().skip(at).step_by(each));
            largest(all.map(|value| value.abs()))
        };
        if at.is_none() { f64::NAN } else { largest(rows.iter().map(of)) }
    };
    (worst(Check::Unaccounted), worst(Check::LittleGap))
}

/// The largest value; NaN where any value is NaN or there are no values, because what was not measured
/// must not pass.
fn largest(values: impl Iterator<Item = f64>) -> f64 {
    let larger = |a: f64, b: f64| if a.is_nan() || b.is_nan() { f64::NAN } else { a.max(b) };
    values.reduce(larger).unwrap_or(f64::NAN)
}

pub fn rows(bench: &Bench<'_>) -> Result<Vec<Row>, Halt> {
    let mut rows = Vec::new();
    for (name, scenario) in WORLDS {
        let few = ["customers.count=400"];
        let few = if scenario.contains("[stream.callers]") { &[][..] } else { &few[..] };
        let world = bench.world(scenario, few)?;
        let simulated = bench.try_times(bench.of(40), |index| world.row(index))?;
        let (lost, gap) =
            worst(&world.experiment.columns, world.experiment.windows.len(), &simulated);
        rows.push(Row::number(format!("cases lost, {name}"), "", 0.0, lost));
        rows.push(Row::number(format!("Little's law, {name}"), "", 0.0, gap));
    }
    Ok(rows)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::verify::bench::Effort;
    use std::sync::atomic::AtomicBool;

    #[test]
    fn one_customer_lost_in_any_arm_is_noticed() {
        let stop = AtomicBool::new(false);
        let bench = Bench::new(Effort::Quick, 1, 2, &stop).unwrap();
        let world = bench.world(WORLDS[0].1, &["customers.count=200"]).unwrap();
        let columns = &world.experiment.columns;
        let windows = world.experiment.windows.len();
        let each = length(columns, windows);
        let mut rows = vec![world.row(0).unwrap(), world.row(1).unwrap()];
        let (lost, gap) = worst(columns, windows, &rows);
        assert!(lost == 0.0 && gap < 1e-9);
        let at = columns.iter().position(|c| *c == Column::Check(Check::Unaccounted)).unwrap();
        rows[1][each + at] = 1.0;
        let at = columns.iter().position(|c| *c == Column::Check(Check::LittleGap)).unwrap();
        rows[0][at] = 0.001;
        let (lost, gap) = worst(columns, windows, &rows);
        assert_eq!(Row::number("", "", 0.0, lost).p_value(), 0.0);
        assert_eq!(Row::number("", "", 0.0, gap).p_value(), 0.0);
        // What was not measured must not pass either.
        rows[0][at] = f64::NAN;
        assert!(worst(columns, windows, &rows).1.is_nan() && worst(&[], 1, &rows).0.is_nan());
    }
}
