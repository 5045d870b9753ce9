//! Which arms do not cost the same: a comparison of them mixes policy and money.

use heard_text::list::list;
use heard_text::name::safe;

/// The part of the larger cost by which two may differ and still be called equal.
const EQUAL: f64 = 0.1;

/// Whether two costs differ by more than a tenth of the larger.
#[must_use]
pub fn differ(one: f64, other: f64) -> bool {
    (one - other).abs() > EQUAL * one.max(other)
}

/// What it means that these arms cost more or less than the baseline; empty without arms.
#[must_use]
pub fn mixes_policy_and_money(baseline: &str, arms: &[String]) -> String {
    let (costs, differences) = match arms {
        [] => return String::new(),
        [_] => ("costs", "its differences reflect"),
        _ => ("cost", "their differences reflect"),
    };
    format!(
        "{} {costs} over 10% more or less than {}, so {differences} money as well as policy.",
        list(arms),
        safe(baseline)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn costs_differ_beyond_a_tenth_of_the_larger() {
        assert!(differ(0.0, 1.0) && differ(100.0, 89.0) && differ(89.0, 100.0));
        assert!(!differ(0.0, 0.0) && !differ(100.0, 90.0) && !differ(90.0, 100.0));
    }
}
