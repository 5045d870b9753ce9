use super::super::grid::{HIGHEST, LOWEST};
use super::*;
use proptest::prelude::*;

/// Ends of eight subjects, in time order; worked by hand below.
///
/// | hours | end       | at risk | event            | competing        | surviving |
/// |-------|-----------|---------|------------------|------------------|-----------|
/// | 1     | event     | 8       | 1/8              | 0                | 7/8       |
/// | 2     | censored  | 7       |                  |                  |           |
/// | 3     | competing | 6       |                  | 7/48             | 35/48     |
/// | 4     | event     | 5       | 1/8 + 7/48       |                  | 7/12      |
/// | 6     | censored  | 4       |                  |                  |           |
/// | 8     | event     | 3       | + 7/36 = 67/144  |                  | 7/18      |
/// | 10    | competing | 2       |                  | 49/144           | 7/36      |
/// | 12    | censored  | 1       |                  |                  |           |
fn worked_by_hand() -> Incidence {
    let mut incidence = Incidence::new();
    for hours in [1.0, 4.0, 8.0] {
        incidence.event(hours);
    }
    for hours in [3.0, 10.0] {
        incidence.competing(hours);
    }
    for hours in [2.0, 6.0, 12.0] {
        incidence.censored(hours);
    }
    incidence
}

fn uncensored(events: &[f64], competing: &[f64]) -> Incidence {
    let mut incidence = Incidence::new();
    events.iter().for_each(|hours| incidence.event(*hours));
    competing.iter().for_each(|hours| incidence.competing(*hours));
    incidence
}

#[test]
fn distinct_times_give_the_exact_estimate() {
    let incidence = worked_by_hand();
    let found = incidence.curve_at(&[0.0, 0.9, 1.1, 3.5, 4.4, 7.0, 9.0, 1e5]);
    let [one, two, three] = [1.0 / 8.0, 13.0 / 48.0, 67.0 / 144.0];
    for (found, expected) in found.iter().zip([0.0, 0.0, one, one, two, two, three, three]) {
        assert!((found - expected).abs() < 1e-15, "{found} {expected}");
    }
    let curves = incidence.curves();
    assert!((curves.competing[SLOTS - 1] - 49.0 / 144.0).abs() < 1e-15);
    assert!((curves.surviving[SLOTS - 1] - 7.0 / 36.0).abs() < 1e-15);
    assert_eq!(incidence.total(), 8);
}

#[test]
fn quantiles_lie_in_the_bin_of_the_event_or_do_not_exist() {
    let incidence = worked_by_hand();
    let grid = Grid::shared();
    for (p, event) in [(0.01, 1.0), (0.125, 1.0), (0.2, 4.0), (0.46, 8.0), (67.0 / 144.0, 8.0)] {
        let hours = incidence.quantile(p).unwrap();
        assert_eq!(grid.bin(hours * (1.0 - 1e-12)), grid.bin(event), "{p}: {hours}");
    }
    for p in [0.47, 1.0, 0.0, -1.0, f64::NAN] {
        assert_eq!(incidence.quantile(p), None);
    }
}

#[test]
fn a_censoring_counts_at_the_end_of_its_bin() {
    // Both times in one bin, the censoring first: it is still at risk when the event comes.
    let mut incidence = Incidence::new();
    incidence.censored(1.0);
    incidence.event(1.000_001);
    assert_eq!(Grid::shared().bin(1.0), Grid::shared().bin(1.000_001));
    assert_eq!(incidence.curve_at(&[2.0]), [0.5]);
}

#[test]
fn interpolation_is_straight_in_the_logarithm_inside_a_bin() {
    let incidence = uncensored(&[1.0], &[]);
    let slot = Grid::shared().bin(1.0);
    let (start, end) = incidence.span(slot);
    let middle = (start * end).sqrt();
    assert!((incidence.curve_at(&[middle])[0] - 0.5).abs() < 1e-12);
    assert!((incidence.quantile(0.5).unwrap() - middle).abs() < 1e-12);
}

#[test]
fn times_off_the_grid_interpolate_from_zero_and_to_the_latest_event() {
    let early = uncensored(&[1e-4, 2e-4], &[]);
    assert!((early.quantile(0.5).unwrap() - LOWEST / 2.0).abs() < 1e-15);
    assert_eq!(early.curve_at(&[0.0, LOWEST]), [0.0, 1.0]);
    let late = uncensored(&[2.0 * HIGHEST, 4.0 * HIGHEST], &[]);
    assert!((late.quantile(0.5).unwrap() - 2.0 * HIGHEST).abs() < 1e-6);
    assert_eq!(late.quantile(1.0), Some(4.0 * HIGHEST));
    assert_eq!(late.curve_at(&[HIGHEST, 4.0 * HIGHEST, 9.0 * HIGHEST]), [0.0, 1.0, 1.0]);
}

#[test]
fn without_subjects_nothing_ever_happens() {
    let incidence = Incidence::new();
    assert_eq!(incidence.curve_at(&[0.0, 1.0, 1e9]), [0.0, 0.0, 0.0]);
    assert_eq!((incidence.quantile(0.1), incidence.total()), (None, 0));
}

#[test]
fn a_share_met_exactly_is_reached_despite_rounding() {
    // 1/10 + 1/10 + 1/10 is above 0.3 in binary, 7/10 by steps of 1/10 below 0.7.
    let times: Vec<f64> = (1..=10).map(|step| f64::from(step) * 3.0).collect();
    let incidence = uncensored(&times, &[]);
    for count in 1..=10_u8 {
        let hours = incidence.quantile(f64::from(count) / 10.0).unwrap();
        let found = Grid::shared().bin(hours * (1.0 - 1e-12));
        assert_eq!(found, Grid::shared().bin(times[usize::from(count) - 1]), "{count}");
    }
}

fn ends() -> impl Strategy<Value = Vec<(u8, f64)>> {
    prop::collection::vec((0_u8..3, -8.0..10.5), 1..80)
        .prop_map(|ends| ends.into_iter().map(|(end, t)| (end, libm::exp(t))).collect())
}

fn observe(ends: &[(u8, f64)]) -> Incidence {
    let mut incidence = Incidence::new();
    for (end, hours) in ends {
        match end {
            0 => incidence.event(*hours),
            1 => incidence.competing(*hours),
            _ => incidence.censored(*hours),
        }
    }
    incidence
}

proptest! {
    #[test]
    fn shares_never_fall_and_add_up_to_one(ends in ends()) {
        let curves = observe(&ends).curves();
        for slot in 0..SLOTS {
            let sum = curves.event[slot] + curves.competing[slot] + curves.surviving[slot];
            prop_assert!((sum - 1.0).abs() < 1e-12);
            prop_assert!(slot == 0 || curves.event[slot] >= curves.event[slot - 1]);
            prop_assert!(slot == 0 || curves.competing[slot] >= curves.competing[slot - 1]);
        }
    }

    #[test]
    fn without_censoring_the_curve_is_the_empirical_share(
        ends in ends(),
        slot in 0..SLOTS - 1,
    ) {
        let ends: Vec<_> = ends.into_iter().map(|(end, hours)| (end % 2, hours)).collect();
        let edge = Grid::shared().upper_edge(slot).unwrap();
        let happened = ends.iter().filter(|(end, hours)| *end == 0 && *hours <= edge).count();
        let found = observe(&ends).curve_at(&[edge])[0];
        prop_assert!((found - happened as f64 / ends.len() as f64).abs() < 1e-12);
    }

    #[test]
    fn the_curve_at_a_quantile_is_the_share_asked_for(ends in ends(), p in 0.001..1.0) {
        let incidence = observe(&ends);
        if let Some(hours) = incidence.quantile(p) {
            prop_assert!((incidence.curve_at(&[hours])[0] - p).abs() < 1e-9);
        } else {
            prop_assert!(incidence.curves().event[SLOTS - 1] < p);
        }
    }

    #[test]
    fn merging_equals_observing_together(ends in ends(), at in 0_usize..80) {
        let (first, rest) = ends.split_at(at.min(ends.len()));
        let mut merged = observe(first);
        merged.merge(&observe(rest));
        let together = observe(&ends);
        prop_assert_eq!(merged.curves(), together.curves());
        prop_assert_eq!(merged.total(), together.total());
        prop_assert_eq!(merged.quantile(0.4), together.quantile(0.4));
    }
}

#[test]
fn what_happens_at_once_is_merged_as_such() {
    let at_once = || {
        let mut incidence = Incidence::new();
        (0..3).for_each(|_| incidence.event(0.0));
        incidence
    };
    let mut merged = uncensored(&[5.0, 6.0, 7.0, 8.0], &[]);
    (0..2).for_each(|_| merged.merge(&at_once()));
    assert_eq!(merged.curve_at(&[0.0]), [0.6]);
    assert_eq!(merged.quantile(0.55), Some(0.0));
}

#[test]
fn what_happens_at_once_is_not_spread_over_the_first_slot() {
    let mut incidence = Incidence::new();
    (0..3).for_each(|_| incidence.event(0.0));
    incidence.event(2.0);
    assert_eq!(incidence.curve_at(&[1e-9, 1e-4, 1.0]), [0.75, 0.75, 0.75]);
    assert_eq!(incidence.quantile(0.5), Some(0.0));
    assert_eq!(incidence.quantile(0.75), Some(0.0));
    assert!(incidence.quantile(0.9).is_some_and(|hours| hours > 1.0));
}
