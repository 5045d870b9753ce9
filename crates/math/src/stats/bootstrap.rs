//! The bootstrap: intervals for statistics without a formula, such as a median.

/// The percentile interval of a statistic (Efron, 1979): the middle `confidence` of its values over
/// `resamples` samples drawn from `values` with replacement.
///
/// `statistic` is handed as many values as there are, in no order, and may reorder them; `uniform`
/// gives uniforms in (0, 1). `None` without values or resamples, or where the statistic is not a
/// number. The interval of a mean of few values is a little too narrow, by about
/// `sqrt((n - 1) / n)` and the difference of Student's t to the normal.
pub fn percentile(
    values: &[f64],
    resamples: usize,
    confidence: f64,
    mut statistic: impl FnMut(&mut [f64]) -> f64,
    mut uniform: impl FnMut() -> f64,
) -> Option<(f64, f64)> {
    if values.is_empty() || resamples == 0 {
        return None;
    }
    let mut sample = vec![0.0; values.len()];
    let mut found: Vec<f64> = (0..resamples)
        .map(|_| {
            for place in &mut sample {
                *place = values[((uniform() * values.len() as f64) as usize).min(values.len() - 1)];
            }
            statistic(&mut sample)
        })
        .collect();
    if found.iter().any(|value| value.is_nan()) {
        return None;
    }
    found.sort_by(f64::total_cmp);
    let outside = (1.0 - confidence) / 2.0;
    // Of B values the quantile p is number p (B + 1): Davison and Hinkley (1997), 5.3.1.
    let number = |p: f64| (p * (resamples + 1) as f64).round() as usize;
    let at = |p: f64| found[number(p).clamp(1, resamples) - 1];
    Some((at(outside), at(1.0 - outside)))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Uniforms by SplitMix64 (Steele, Lea and Flood, 2014).
    fn steps() -> impl FnMut() -> f64 {
        let mut state = 0u64;
        move || {
            state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
            let mut z = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
            ((z ^ (z >> 31)) >> 11) as f64 / (1u64 << 53) as f64
        }
    }

    fn mean(sample: &mut [f64]) -> f64 {
        sample.iter().sum::<f64>() / sample.len() as f64
    }

    #[test]
    fn values_alike_have_an_interval_without_width() {
        assert_eq!(percentile(&[3.0; 5], 99, 0.95, mean, steps()), Some((3.0, 3.0)));
        assert_eq!(percentile(&[], 99, 0.95, mean, steps()), None);
        assert_eq!(percentile(&[1.0], 0, 0.95, mean, steps()), None);
        assert_eq!(percentile(&[1.0, f64::NAN], 99, 0.95, mean, steps()), None);
    }

    #[test]
    fn the_mean_of_many_values_has_nearly_the_normal_interval() {
        // 0 to 99: standard deviation 28.87, so 1.96 x 28.87 / 10 = 5.66 to either side of 49.5.
        let values: Vec<f64> = (0..100).map(f64::from).collect();
        let (low, high) = percentile(&values, 1999, 0.95, mean, steps()).unwrap();
        assert!(
            (low - (49.5 - 5.66)).abs() < 0.7 && (high - (49.5 + 5.66)).abs() < 0.7,
            "{low} {high}"
        );
    }

    #[test]
    fn the_order_of_resamples_picks_the_ends() {
        // The statistic counts the resamples: 1 to 19, of which the middle 90% is 1 to 19.
        let mut count = 0.0;
        let counted = |_: &mut [f64]| {
            count += 1.0;
            count
        };
        assert_eq!(percentile(&[0.0], 19, 0.9, counted, steps()), Some((1.0, 19.0)));
        let mut count = 0.0;
        let counted = |_: &mut [f64]| {
            count += 1.0;
            count
        };
        assert_eq!(percentile(&[0.0], 19, 0.5, counted, steps()), Some((5.0, 15.0)));
    }
}
