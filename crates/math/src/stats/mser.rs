//! How much of the beginning of a run to leave out.

/// How many values to leave out at the beginning of a series so that its mean is best known, by the
/// marginal standard error rule over means of `batch` values (White, 1997; White, Cobb and Spratt,
/// 2000, for batches of 5): the cut `d` that makes `sum of (y - mean)^2 / (n - d)^2` smallest among
/// those that leave at least half.
///
/// A cut at half says that the series has not settled. `None` under four batches.
pub fn mser(series: &[f64], batch: usize) -> Option<usize> {
    let (whole, _) = series.split_at(series.len() / batch * batch);
    let means: Vec<f64> =
        whole.chunks(batch).map(|values| values.iter().sum::<f64>() / batch as f64).collect();
    if means.len() < 4 {
        return None;
    }
    let error = |cut: usize| {
        let rest = &means[cut..];
        let n = rest.len() as f64;
        let mean = rest.iter().sum::<f64>() / n;
        rest.iter().map(|y| (y - mean) * (y - mean)).sum::<f64>() / (n * n)
    };
    let cuts = 0..=means.len() / 2;
    let best = cuts.min_by(|&a, &b| error(a).total_cmp(&error(b)))?;
    Some(best * batch)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A series that comes up to 1 with the given half-life, with a small regular noise.
    fn rising(half_life: f64, length: usize) -> Vec<f64> {
        let value = |i: usize| {
            let noise = [0.02, -0.03, 0.01, 0.025, -0.025, 0.04, -0.04][i * i % 101 % 7];
            1.0 - libm::exp2(-(i as f64) / half_life) + noise
        };
        (0..length).map(value).collect()
    }

    #[test]
    fn a_rise_is_cut_off_about_where_it_sinks_into_the_noise() {
        let cut = mser(&rising(5.0, 200), 5).unwrap();
        assert!((15..=40).contains(&cut), "{cut}");
        assert!(mser(&rising(15.0, 400), 5).unwrap() > cut);
    }

    #[test]
    fn a_series_without_a_start_is_left_whole() {
        let flat: Vec<f64> = [1.0, 1.1, 0.9, 1.05, 0.95].into_iter().cycle().take(100).collect();
        assert_eq!(mser(&flat, 5), Some(0));
        assert_eq!(mser(&[3.0; 40], 5), Some(0));
    }

    #[test]
    fn a_series_that_never_settles_is_cut_at_half() {
        let growing: Vec<f64> = (0..100).map(f64::from).collect();
        assert_eq!(mser(&growing, 5), Some(50));
        assert_eq!(mser(&growing, 1), Some(50));
    }

    #[test]
    fn the_rule_by_hand() {
        // Cuts 0, 1, 2 of 9, 1, 2, 1: squares 45.69 / 16, 0.667 / 9, 0.5 / 4. The second is smallest.
        assert_eq!(mser(&[9.0, 1.0, 2.0, 1.0], 1), Some(1));
        assert_eq!(mser(&[9.0, 1.0, 2.0], 1), None);
        assert_eq!(mser(&[1.0; 19], 5), None);
    }
}
