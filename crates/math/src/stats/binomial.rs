//! Counts of successes: how surprising one is, and the interval of the share behind it.

use libm::{exp, lgamma, log, log1p};

/// `hits` of `trials`, each with the same chance.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Share {
    /// Successes.
    pub hits: u64,
    /// Trials, at least as many.
    pub trials: u64,
}

impl Share {
    /// The hits among these trials.
    pub fn of(trials: impl IntoIterator<Item = bool>) -> Self {
        trials.into_iter().fold(Self { hits: 0, trials: 0 }, |share, hit| Self {
            hits: share.hits + u64::from(hit),
            trials: share.trials + 1,
        })
    }

    /// The share of successes; not a number without trials.
    pub fn value(&self) -> f64 {
        self.hits as f64 / self.trials as f64
    }

    /// The exact two-sided p-value of the chance being `chance` (0 to 1): twice the smaller tail, at
    /// most 1.
    pub fn p_value(&self, chance: f64) -> f64 {
        let Self { hits, trials } = *self;
        let upper = tail(trials, hits, chance);
        let lower = tail(trials, trials - hits, 1.0 - chance);
        (2.0 * upper.min(lower)).min(1.0)
    }

    /// The exact interval of the chance at this confidence (Clopper and Pearson, 1934): the chances
    /// whose tails leave at least `(1 - confidence) / 2` to the count.
    pub fn interval(&self, confidence: f64) -> (f64, f64) {
        let Self { hits, trials } = *self;
        let outside = (1.0 - confidence) / 2.0;
        let low = |hits: u64| {
            if hits == 0 {
                return 0.0;
            }
            let (mut low, mut high) = (0.0, 1.0);
            while high - low > 1e-12 {
                let middle = 0.5 * (low + high);
                if tail(trials, hits, middle) < outside { low = middle } else { high = middle }
            }
            low
        };
        (low(hits), 1.0 - low(trials - hits))
    }
}

/// The probability of `hits` or more of `trials`. Terms fall off at least geometrically once past
/// the mean, so that few of them count.
fn tail(trials: u64, hits: u64, chance: f64) -> f64 {
    if hits == 0 {
        return 1.0;
    }
    if chance <= 0.0 {
        return 0.0;
    }
    if chance >= 1.0 {
        return 1.0;
    }
    if (hits as f64) < trials as f64 * chance {
        // The other side is the one with few terms.
        return 1.0 - tail(trials, trials - hits + 1, 1.0 - chance);
    }
    let n = trials as f64;
    let choose = |k: f64| lgamma(n + 1.0) - lgamma(k + 1.0) - lgamma(n - k + 1.0);
    let k = hits as f64;
    let mut term = exp(choose(k) + k * log(chance) + (n - k) * log1p(-chance));
    let (mut sum, odds) = (0.0, chance / (1.0 - chance));
    for k in hits..=trials {
        sum += term;
        term *= (trials - k) as f64 / (k + 1) as f64 * odds;
        if term < 1e-17 * sum {
            break;
        }
    }
    sum.min(1.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use statrs::distribution::{Binomial, DiscreteCDF};

    fn near(found: f64, expected: f64) {
        assert!((found - expected).abs() < 1e-9, "{found} instead of {expected}");
    }

    #[test]
    fn few_trials_are_counted_by_hand() {
        // 0 of 4 at one half: 1/16 on this side, twice.
        near(Share { hits: 0, trials: 4 }.p_value(0.5), 0.125);
        near(Share { hits: 4, trials: 4 }.p_value(0.5), 0.125);
        near(Share { hits: 2, trials: 4 }.p_value(0.5), 1.0);
        near(Share { hits: 3, trials: 3 }.p_value(0.1), 0.002);
        assert_eq!(Share { hits: 1, trials: 4 }.value(), 0.25);
    }

    #[test]
    fn impossible_counts_have_no_chance() {
        assert_eq!(Share { hits: 1, trials: 4 }.p_value(0.0), 0.0);
        assert_eq!(Share { hits: 3, trials: 4 }.p_value(1.0), 0.0);
        assert_eq!(Share { hits: 0, trials: 4 }.p_value(0.0), 1.0);
        assert_eq!(Share { hits: 4, trials: 4 }.p_value(1.0), 1.0);
    }

    #[test]
    fn the_interval_is_clopper_and_pearsons() {
        // Newcombe (1998): 81 of 263, 0.2527 to 0.3676; 0 of 20, 0 to 0.1684.
        let (low, high) = Share { hits: 81, trials: 263 }.interval(0.95);
        assert!((low - 0.2527).abs() < 5e-5 && (high - 0.3676).abs() < 5e-5, "{low} {high}");
        let (low, high) = Share { hits: 0, trials: 20 }.interval(0.95);
        assert!(low == 0.0 && (high - 0.1684).abs() < 5e-5, "{high}");
        assert_eq!(Share { hits: 20, trials: 20 }.interval(0.95).1, 1.0);
    }

    proptest! {
        #[test]
        fn tails_agree_with_statrs(trials in 1u64..400, part in 0.0..1.0, chance in 0.01..0.99) {
            let hits = (part * trials as f64) as u64;
            let exact = Binomial::new(chance, trials).unwrap();
            let upper = if hits == 0 { 1.0 } else { exact.sf(hits - 1) };
            prop_assert!((tail(trials, hits, chance) - upper).abs() < 1e-9);
        }

        #[test]
        fn the_interval_holds_just_the_chances_that_are_not_refuted(
            trials in 1u64..300, part in 0.0..1.0, chance in 0.001..0.999,
        ) {
            let share = Share { hits: (part * trials as f64) as u64, trials };
            let (low, high) = share.interval(0.9);
            prop_assert!(low <= share.value() && share.value() <= high);
            let inside = low < chance && chance < high;
            prop_assert_eq!(inside, share.p_value(chance) > 0.1);
        }
    }
}
