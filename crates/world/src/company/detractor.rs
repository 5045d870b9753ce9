//! A determined detractor, and how provoked they are.

use heard_scenario::detractors::Detractors;

/// One detractor.
#[derive(Clone, Copy, Debug, Default)]
pub struct Detractor {
    /// Candidate posts so far.
    pub posts: u16,
    /// How much more than usual was posted at `at`, as a share.
    provoked: f64,
    at: f64,
}

impl Detractor {
    /// The detractors of a company.
    #[must_use]
    pub fn all(settings: &Detractors) -> Vec<Self> {
        vec![Self::default(); settings.count as usize]
    }

    /// How much more than usual the detractor posts at `now` (hours), as a share.
    pub fn excess(&self, now: f64, settings: &Detractors) -> f64 {
        self.provoked * libm::exp2((self.at - now) / (24.0 * settings.calms_down_days))
    }

    /// A person has answered the detractor.
    pub fn provoke(&mut self, now: f64, settings: &Detractors) {
        self.provoked = settings.provoked - 1.0;
        self.at = now;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn provocation_wears_off() {
        let settings = Detractors { provoked: 3.0, calms_down_days: 2.0, ..Detractors::default() };
        let mut detractor = Detractor::default();
        assert_eq!(detractor.excess(100.0, &settings), 0.0);
        detractor.provoke(100.0, &settings);
        assert_eq!(detractor.excess(100.0, &settings), 2.0);
        assert!((detractor.excess(148.0, &settings) - 1.0).abs() < 1e-12);
    }
}
