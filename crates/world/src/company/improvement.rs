//! The company learns: failures that were seen count as evidence, and enough of it removes a root
//! cause.

use heard_scenario::company::Company;

/// The root causes of a company's failures.
#[derive(Clone, Debug)]
pub struct Causes {
    /// Upper ends of the causes' shares of [0, 1].
    cumulative: Vec<f64>,
    reports: Vec<u32>,
    being_fixed: Vec<bool>,
    removed: Vec<bool>,
    reports_to_fix: Option<u32>,
}

impl Causes {
    /// Causes with weights 1 / rank, none of them known yet.
    #[must_use]
    pub fn new(company: &Company) -> Self {
        let count = company.root_causes as usize;
        let mut sum = 0.0;
        let mut cumulative: Vec<f64> = (1..=count)
            .map(|rank| {
                sum += 1.0 / rank as f64;
                sum
            })
            .collect();
        cumulative.iter_mut().for_each(|end| *end /= sum);
        Self {
            cumulative,
            reports: vec![0; count],
            being_fixed: vec![false; count],
            removed: vec![false; count],
            reports_to_fix: company.reports_to_fix,
        }
    }

    /// From now on the company needs as many reports as this; causes and what is known of them stay.
    pub fn learn_as(&mut self, company: &Company) {
        self.reports_to_fix = company.reports_to_fix;
    }

    /// The cause that a uniform in (0, 1) stands for.
    #[must_use]
    pub fn pick(&self, uniform: f64) -> usize {
        self.cumulative.partition_point(|&end| end < uniform).min(self.cumulative.len() - 1)
    }

    /// Whether failures of this cause still happen.
    #[must_use]
    pub fn is_removed(&self, cause: usize) -> bool {
        self.removed[cause]
    }

    /// One failure of this cause was seen; true where it was the last one needed.
    pub fn report(&mut self, cause: usize) -> bool {
        self.reports[cause] += 1;
        let enough = self.reports_to_fix.is_some_and(|enough| self.reports[cause] >= enough);
        enough && !std::mem::replace(&mut self.being_fixed[cause], true)
    }

    /// Removes the cause.
    pub fn remove(&mut self, cause: usize) {
        self.removed[cause] = true;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn causes_have_weights_by_rank_and_go_after_enough_reports() {
        let company = Company { root_causes: 3, reports_to_fix: Some(2), ..Company::default() };
        let mut causes = Causes::new(&company);
        let n = 11_000;
        let mut counts = [0; 3];
        (0..n).for_each(|i| counts[causes.pick((f64::from(i) + 0.5) / f64::from(n))] += 1);
        assert_eq!(counts, [6000, 3000, 2000]);
        assert!(!causes.report(1) && causes.report(1) && !causes.report(1));
        causes.remove(1);
        assert!(causes.is_removed(1) && !causes.is_removed(0));
    }

    #[test]
    fn a_company_that_does_not_learn_keeps_its_causes() {
        let company = Company { reports_to_fix: None, ..Company::default() };
        let mut causes = Causes::new(&company);
        assert!((0..10_000).all(|_| !causes.report(0)));
    }

    #[test]
    fn a_company_that_learns_to_listen_counts_what_it_has_been_told_before() {
        let company = Company { reports_to_fix: None, ..Company::default() };
        let mut causes = Causes::new(&company);
        assert!((0..9).all(|_| !causes.report(0)));
        causes.learn_as(&Company { reports_to_fix: Some(10), ..company });
        assert!(causes.report(0));
    }
}
