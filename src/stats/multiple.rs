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

    proptest! {
        #[test]
        fn errors_add_up_to_what_was_allowed(confidence in 0.5..0.999, comparisons in 1_usize..500) {
            let each = 1.0 - bonferroni(confidence, comparisons);
            prop_assert!((each * comparisons as f64 - (1.0 - confidence)).abs() < 1e-12);
        }
    }
}
