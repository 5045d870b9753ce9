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
fn quantiles_are_the_times_of_events_or_do_not_exist() {
    let incidence = worked_by_hand();
    for (p, event) in [(0.01, 1.0), (0.125, 1.0), (0.2, 4.0), (0.46, 8.0), (67.0 / 144.0, 8.0)] {
        assert_eq!(incidence.quantile(p), Some(event), "{p}");
    }
    for p in [0.47, 1.0, 0.0, -1.0, f64::NAN] {
        assert_eq!(incidence.quantile(p), None);
    }
}

#[test]
fn a_censoring_counts_at_the_end_of_its_cell() {
    // Both times in one cell, the censoring first: it is still at risk when the event comes.
    let mut incidence = Incidence::new();
    incidence.censored(1.0);
    incidence.event(1.000_001);
    assert_eq!(incidence.curve_at(&[2.0]), [0.5]);
    incidence.censored(1.0);
    incidence.event(1.01);
    assert_eq!(incidence.curve_at(&[1.005, 2.0]), [0.25, 1.0]);
}

#[test]
fn a_constant_is_its_own_quantile_however_it_was_summed_up() {
    for hours in [0.75, 1.0 / 3.0, 1e-4, 24.0, 3.0 * HIGHEST] {
        let incidence = uncensored(&[hours; 100], &[0.5; 50]);
        for p in [0.001, 0.5, 2.0 / 3.0] {
            assert_eq!(incidence.quantile(p), Some(hours), "{hours}");
        }
    }
    let noise = |at: u32| 0.75 + f64::from(at % 5) * 1e-13;
    let incidence = uncensored(&(0..100).map(noise).collect::<Vec<f64>>(), &[]);
    assert!((incidence.quantile(0.5).unwrap() - 0.75).abs() < 1e-12);
}

#[test]
fn lumps_stay_lumps_among_times_that_differ() {
    // Three kinds of answers within two percent, and a few others between them.
    let lumps = [0.75, 0.757, 0.764];
    let mut times: Vec<f64> = lumps.into_iter().flat_map(|lump| [lump; 30]).collect();
    times.extend([0.753, 0.76, 0.77]);
    let incidence = uncensored(&times, &[]);
    for (p, lump) in [(0.05, 0.75), (0.3, 0.75), (0.5, 0.757), (0.6, 0.757), (0.9, 0.764)] {
        assert_eq!(incidence.quantile(p), Some(lump), "{p}");
    }
    assert_eq!(incidence.curve_at(&[0.7499, 0.75]), [0.0, 30.0 / 93.0]);
}

#[test]
fn inside_a_cell_the_curve_is_straight_from_its_first_event_to_its_last() {
    let incidence = uncensored(&[1.001, 1.0012, 1.0016, 1.0018], &[]);
    assert_eq!(incidence.quantile(0.25), Some(1.001));
    for (p, hours) in [(0.5, 1.001 + 0.0008 / 3.0), (0.75, 1.001 + 0.0016 / 3.0), (1.0, 1.0018)] {
        assert!((incidence.quantile(p).unwrap() - hours).abs() < 1e-12);
        assert!((incidence.curve_at(&[hours])[0] - p).abs() < 1e-9);
    }
    assert_eq!(incidence.curve_at(&[1.0009, 1.001, 2.0]), [0.0, 0.25, 1.0]);
}

#[test]
fn quantiles_of_times_that_all_differ_are_a_tenth_of_a_percent_off_at_most() {
    // 2,000 exponential times of mean 5 h, at even steps of probability: no sampling error.
    let times: Vec<f64> =
        (0..2000).map(|at| -5.0 * libm::log((f64::from(at) + 0.5) / 2000.0)).collect();
    let incidence = uncensored(&times, &[]);
    for percent in 1..=99_u32 {
        let p = f64::from(percent) / 100.0;
        let exact = times[2000 - percent as usize * 20];
        let found = incidence.quantile(p).unwrap();
        assert!((found / exact - 1.0).abs() < 1e-3, "{percent}: {found} {exact}");
    }
}

#[test]
fn times_off_the_grid_are_kept_too() {
    let early = uncensored(&[1e-4, 2e-4], &[]);
    assert_eq!((early.quantile(0.5), early.quantile(1.0)), (Some(1e-4), Some(2e-4)));
    assert_eq!(early.curve_at(&[0.0, LOWEST]), [0.0, 1.0]);
    let late = uncensored(&[2.0 * HIGHEST, 4.0 * HIGHEST], &[]);
    assert_eq!(
        (late.quantile(0.5), late.quantile(0.75)),
        (Some(2.0 * HIGHEST), Some(3.0 * HIGHEST))
    );
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
        let hours = incidence.quantile(f64::from(count) / 10.0);
        assert_eq!(hours, Some(times[usize::from(count) - 1]), "{count}");
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
    fn a_quantile_is_where_the_curve_reaches_the_share(ends in ends(), p in 0.001..1.0) {
        let incidence = observe(&ends);
        if let Some(hours) = incidence.quantile(p) {
            let [before, there] = [hours * (1.0 - 1e-9), hours];
            prop_assert!(incidence.curve_at(&[before])[0] <= p + 1e-4);
            prop_assert!(incidence.curve_at(&[there])[0] >= p - 1e-9);
        } else {
            prop_assert!(incidence.curves().event[SLOTS - 1] < p);
        }
    }

    #[test]
    fn quantiles_are_within_a_cell_of_the_empirical_ones(ends in ends(), p in 0.001..1.0_f64) {
        let mut times: Vec<f64> = ends.into_iter().map(|(_, hours)| hours).collect();
        times.sort_by(f64::total_cmp);
        let exact = times[((p * times.len() as f64).ceil() as usize).clamp(1, times.len()) - 1];
        let found = uncensored(&times, &[]).quantile(p).unwrap();
        let within = (2e-3 * exact).max(LOWEST / 32.0);
        prop_assert!(exact > HIGHEST || (found - exact).abs() <= within, "{} {}", found, exact);
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
        let mut reversed = observe(rest);
        reversed.merge(&observe(first));
        prop_assert_eq!(merged.slots, reversed.slots);
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
