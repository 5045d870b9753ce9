//! First answers, with giving up as a competing risk and the end of the log as censoring.

use super::bench::{Bench, Halt};
use super::normals::{Normals, Trial};
use super::row::Row;
use heard_math::engine::sample;
use heard_math::stats::{Grid, Incidence};
use heard_text::number::fixed;

/// Rates per hour of answers, of giving up, and of censoring.
const ANSWERED: f64 = 0.5;
const GIVES_UP: f64 = 0.25;
const CUT_OFF: f64 = 0.2;
/// The error from grouping times into cells: a censored subject counts as waiting to the end of its
/// cell. For many subjects it is 0.00005 at 2 hours and less elsewhere.
const CELLS: f64 = 0.0001;
const SUBJECTS: u32 = 500;
/// Hours at which the curve is read, at the next edge of the grid.
const HOURS: [f64; 3] = [0.5, 2.0, 6.0];

/// Seven subjects, times in hours, without ties: e event, c competing, + censored.
/// 1e 2c 3+ 4e 5e 6+ 7c: the step at each event is the share still waiting over those at risk,
/// 1/7, then (5/7)/4 twice over: (5/7)(1/4), (5/7)(3/4)(1/3).
fn by_hand() -> [Row; 2] {
    let mut incidence = Incidence::new();
    [1.0, 4.0, 5.0].into_iter().for_each(|hours| incidence.event(hours));
    [2.0, 7.0].into_iter().for_each(|hours| incidence.competing(hours));
    [3.0, 6.0].into_iter().for_each(|hours| incidence.censored(hours));
    let curves = incidence.curves();
    let last = |curve: &[f64]| curve.last().copied().unwrap_or(f64::NAN);
    let share = 1.0 / 7.0 + 5.0 / 7.0 / 4.0 + 5.0 / 7.0 / 4.0;
    [
        Row::number("answered in the end, worked by hand", "", share, last(&curves.event)),
        Row::number("gave up in the end, worked by hand", "", 1.0 - share, last(&curves.competing)),
    ]
}

pub fn rows(bench: &Bench<'_>) -> Result<Vec<Row>, Halt> {
    let mut rows = by_hand().to_vec();
    rows.extend(simulated(bench, Incidence::competing)?);
    Ok(rows)
}

/// Curves of many small logs; `gives_up` records someone giving up.
fn simulated(bench: &Bench<'_>, gives_up: fn(&mut Incidence, f64)) -> Result<Vec<Row>, Halt> {
    let grid = Grid::shared();
    let slots = HOURS.map(|hours| grid.bin(hours));
    let curves = bench.times(bench.of(4000), |trial| {
        let mut luck = Normals::new(&bench.draws(trial), Trial::Sample);
        let mut incidence = Incidence::new();
        for _ in 0..SUBJECTS {
            let mut after = |rate: f64| sample::exponential(luck.uniform()) / rate;
            let [answered, given_up, cut_off] = [ANSWERED, GIVES_UP, CUT_OFF].map(&mut after);
            if answered < given_up.min(cut_off) {
                incidence.event(answered);
            } else if given_up < cut_off {
                gives_up(&mut incidence, given_up);
            } else {
                incidence.censored(cut_off);
            }
        }
        let curve = incidence.curves().event;
        slots.map(|slot| curve[slot])
    })?;
    let mut rows = Vec::new();
    for (at, slot) in slots.into_iter().enumerate() {
        let hours = grid.upper_edge(slot).unwrap_or(f64::INFINITY);
        let both = ANSWERED + GIVES_UP;
        let exact = ANSWERED / both * -libm::expm1(-both * hours);
        let found = curves.iter().map(|curve| curve[at]);
        rows.push(
            Row::mean(format!("answered within {} h", fixed(hours, 3)), "", exact, found)
                .within(CELLS),
        );
    }
    Ok(rows)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::verify::bench::Effort;
    use std::sync::atomic::AtomicBool;

    #[test]
    fn giving_up_that_counts_as_censored_is_noticed() {
        let stop = AtomicBool::new(false);
        let bench = Bench::new(Effort::Quick, 1, 2, &stop).unwrap();
        assert!(rows(&bench).unwrap().iter().all(|row| row.p_value() > 1e-3));
        let wrong = simulated(&bench, Incidence::censored).unwrap();
        assert!(wrong.iter().all(|row| row.p_value() < 1e-6), "{wrong:?}");
    }
}
