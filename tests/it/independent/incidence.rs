//! When something first happens to a case, if it does.

use crate::independent::case::{Case, End};

/// Cumulative incidence of an event that giving up, leaving and dropping it compete with (Aalen and
/// Johansen): only the end of the run censors.
pub struct Incidence {
    /// Hours, and the share that had the event by then.
    steps: Vec<(f64, f64)>,
}

impl Incidence {
    pub fn of(cases: &[&Case], end: f64, event: impl Fn(&Case) -> Option<f64>) -> Self {
        let competes = |it: &Case| match it.end {
            Some((at, End::GaveUp | End::Left | End::Settled)) => Some(at),
            _ => None,
        };
        let mut spells: Vec<(f64, bool, bool)> = Vec::new();
        for it in cases {
            let (happened, other) = (event(it), competes(it));
            let first = match (happened, other) {
                (Some(at), Some(other)) if other < at => (other, false, true),
                (Some(at), _) => (at, true, false),
                (None, Some(other)) => (other, false, true),
                (None, None) => (end, false, false),
            };
            spells.push((first.0 - it.voiced, first.1, first.2));
        }
        spells.sort_by(|a, b| a.0.total_cmp(&b.0));
        let mut free = 1.0;
        let mut incidence = 0.0;
        let mut steps = Vec::new();
        for (index, (hours, happened, other)) in spells.iter().enumerate() {
            let at_risk = (spells.len() - index) as f64;
            if *happened {
                incidence += free / at_risk;
                steps.push((*hours, incidence));
            }
            if *happened || *other {
                free *= 1.0 - 1.0 / at_risk;
            }
        }
        Self { steps }
    }

    pub fn quantile(&self, share: f64) -> f64 {
        self.steps.iter().find(|step| step.1 >= share).map_or(f64::NAN, |step| step.0)
    }
}
