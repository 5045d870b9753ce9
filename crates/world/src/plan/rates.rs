//! How often occasions occur.

use heard_scenario::company::Company;

/// Hours of the 30 days that rates go by.
pub const HOURS_PER_MONTH: f64 = 30.0 * 24.0;

/// Occasions per customer and 30 days.
#[derive(Clone, Copy, Debug, Default)]
pub struct OccasionRates {
    /// Failures.
    pub failures: f64,
    /// Questions.
    pub questions: f64,
    /// Misconceptions.
    pub misconceptions: f64,
    /// Delights.
    pub delights: f64,
}

impl OccasionRates {
    /// The rates of a company.
    #[must_use]
    pub fn of(company: &Company) -> Self {
        Self {
            failures: company.failures_per_customer_month,
            questions: company.questions_per_customer_month,
            misconceptions: company.misconceptions_per_customer_month,
            delights: company.delights_per_customer_month,
        }
    }

    pub(super) fn or_more(self, other: Self) -> Self {
        Self {
            failures: self.failures.max(other.failures),
            questions: self.questions.max(other.questions),
            misconceptions: self.misconceptions.max(other.misconceptions),
            delights: self.delights.max(other.delights),
        }
    }

    pub(super) fn sum(self) -> f64 {
        self.failures + self.questions + self.misconceptions + self.delights
    }
}
