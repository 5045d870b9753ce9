//! Many comparisons at once.

/// The confidence that each of `comparisons` intervals needs so that all of them together hold
/// with at least `confidence` (Bonferroni, 1936; Dunn, 1961): `1 - (1 - confidence) / comparisons`.
///
/// Both confidences are shares in `0..1`. No comparison, or only one, leaves it as it is. It holds
/// however the comparisons depend on one another, which is why it suits arms that share customers.
pub fn bonferroni(confidence: f64, comparisons: usize) -> f64 {
    if comparisons <= 1 {
        return confidence;
    }
    1.0 - (1.0 - confidence) / comparisons as f64
}

/// Which of several hypotheses are rejected at level `alpha` for all of them together (Holm, 1979):
/// the chance that any true one is among them is at most `alpha`, however they depend on one another.
///
/// `p_values` are in `0..=1`, one for each hypothesis; the answer has their order. The smallest must
/// be at most `alpha / n`, the next at most `alpha / (n - 1)`, and so on up to the first that is not.
pub fn holm(p_values: &[f64], alpha: f64) -> Vec<bool> {
    let mut order: Vec<usize> = (0..p_values.len()).collect();
    order.sort_by(|&a, &b| p_values[a].total_cmp(&p_values[b]));
    let mut rejected = vec![false; p_values.len()];
    for (step, &at) in order.iter().enumerate() {
        let allowed = alpha / (p_values.len() - step) as f64;
        if p_values[at].is_nan() || p_values[at] > allowed {
            break;
        }
        rejected[at] = true;
    }
    rejected
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_error_allowed_is_shared_out_evenly() {
        assert!((bonferroni(0.95, 5) - 0.99).abs() < 1e-15);
        assert!((bonferroni(0.9, 4) - 0.975).abs() < 1e-15);
    }

    #[test]
    fn one_comparison_or_none_needs_no_correction() {
        assert_eq!(bonferroni(0.95, 1), 0.95);
        assert_eq!(bonferroni(0.95, 0), 0.95);
    }

    #[test]
    fn holm_steps_down_until_one_is_not_small_enough() {
        // 0.01 <= 0.05/4, 0.015 <= 0.05/3, 0.03 > 0.05/2: Holm's second step would not be Bonferroni's.
        let rejected = holm(&[0.03, 0.01, 0.015, 0.9], 0.05);
        assert_eq!(rejected, [false, true, true, false]);
        assert_eq!(holm(&[0.0125, 0.0126, 0.2, 0.2], 0.05), [true, true, false, false]);
        assert_eq!(holm(&[0.051], 0.05), [false]);
        assert_eq!(holm(&[0.05], 0.05), [true]);
        assert_eq!(holm(&[], 0.05), [false; 0]);
        assert_eq!(holm(&[f64::NAN, 0.001], 0.05), [false, true]);
    }

    proptest! {
        #[test]
        fn holm_rejects_whatever_bonferroni_does_and_nothing_above_the_level(
            p_values in prop::collection::vec(0.0..0.1, 1..12),
        ) {
            let rejected = holm(&p_values, 0.05);
            for (p, rejected) in p_values.iter().zip(rejected) {
                prop_assert!(rejected || *p > 0.05 / p_values.len() as f64);
                prop_assert!(!rejected || *p <= 0.05);
            }
        }

        #[test]
        fn errors_add_up_to_what_was_allowed(confidence in 0.5..0.999, comparisons in 1_usize..500) {
            let each = 1.0 - bonferroni(confidence, comparisons);
            prop_assert!((each * comparisons as f64 - (1.0 - confidence)).abs() < 1e-12);
        }
    }
}
