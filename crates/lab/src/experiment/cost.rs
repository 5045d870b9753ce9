//! How long one replication of each arm takes: estimated first, then measured.

/// The cost of each arm. Only the ratios between arms matter.
#[derive(Clone, Debug, PartialEq)]
pub struct Costs {
    arms: Vec<Cost>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
struct Cost {
    /// In any unit, the same for all arms.
    estimate: f64,
    /// Seconds that all measured replications took.
    seconds: f64,
    /// Replications measured.
    measured: f64,
}

impl Costs {
    /// Costs that start from estimates, one for each arm, in any unit that makes most of them
    /// larger than 1; what is smaller counts as 1.
    #[must_use]
    pub fn new(estimates: impl IntoIterator<Item = f64>) -> Self {
        let cost =
            |estimate: f64| Cost { estimate: estimate.max(1.0), seconds: 0.0, measured: 0.0 };
        Self { arms: estimates.into_iter().map(cost).collect() }
    }

    /// The number of arms.
    #[must_use]
    pub fn arms(&self) -> usize {
        self.arms.len()
    }

    /// One replication of an arm took this long.
    pub fn measured(&mut self, arm: usize, seconds: f64) {
        self.arms[arm].seconds += seconds;
        self.arms[arm].measured += 1.0;
    }

    /// What one replication of an arm costs: the mean of what was measured, or else the estimate,
    /// corrected by how far the other arms' estimates were off.
    #[must_use]
    pub fn of(&self, arm: usize) -> f64 {
        let Cost { estimate, seconds, measured } = self.arms[arm];
        if measured > 0.0 { seconds / measured } else { estimate * self.seconds_per_unit() }
    }

    fn seconds_per_unit(&self) -> f64 {
        let seconds: f64 = self.arms.iter().map(|arm| arm.seconds).sum();
        let units: f64 = self.arms.iter().map(|arm| arm.estimate * arm.measured).sum();
        if units > 0.0 && seconds > 0.0 { seconds / units } else { 1.0 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_estimate_counts_until_the_arm_is_measured_and_is_scaled_by_the_others() {
        let mut costs = Costs::new([10.0, 20.0, 40.0]);
        assert_eq!([0, 1, 2].map(|arm| costs.of(arm)), [10.0, 20.0, 40.0]);
        costs.measured(0, 5.0);
        assert_eq!([0, 1, 2].map(|arm| costs.of(arm)), [5.0, 10.0, 20.0]);
        costs.measured(0, 7.0);
        costs.measured(1, 3.0);
        assert_eq!(costs.of(0), 6.0);
        assert_eq!(costs.of(1), 3.0);
        assert_eq!(costs.of(2), 40.0 * 15.0 / 40.0);
    }

    #[test]
    fn without_estimates_all_arms_cost_the_same() {
        let mut costs = Costs::new([0.0, 0.0]);
        assert_eq!(costs.of(0), costs.of(1));
        costs.measured(0, 2.0);
        assert_eq!(costs.of(0), 2.0);
        assert_eq!(costs.of(1), 2.0);
    }
}
