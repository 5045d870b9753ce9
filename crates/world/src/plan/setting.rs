//! What all arms of a scenario have in common.

use std::sync::Arc;

use super::counted::Counted;
use super::rates::{HOURS_PER_MONTH, OccasionRates};
use super::readings::Readings;
use heard_scenario::Scenario;
use heard_scenario::audit::Audit;
use heard_scenario::customers::Customers;
use heard_scenario::edges::Edges;
use heard_scenario::market::{Buying, Market};
use heard_scenario::network::Network;
use heard_scenario::replay::Replayed;
use heard_scenario::study::{Arm, Study};
use heard_scenario::triage::Kind;

const SERIOUS: f64 = 0.8;
const TRIVIAL: f64 = 0.1;

/// What all arms of a scenario have in common.
#[derive(Clone, Debug)]
pub struct Setting {
    /// Days simulated.
    pub days: u32,
    /// End of the run, in hours.
    pub end: f64,
    /// The hours whose occasions are counted.
    pub counted: Counted,
    /// The population.
    pub customers: Customers,
    /// How it knows of companies and chooses between them.
    pub market: Market,
    /// The mystery shopper.
    pub audit: Audit,
    /// The explicit network of followers, if there is one.
    pub network: Option<Network>,
    /// Its edges, where a file has them.
    pub edges: Option<Arc<Edges>>,
    /// When contacts of streams come, where a file says so.
    pub replayed: Option<Arc<Replayed>>,
    /// When the number of contacts inside is read, where streams alone make it settle.
    pub readings: Option<Readings>,
    /// Number of companies.
    pub companies: usize,
    /// Utility of speaking up at severity 0, effort 0 and initial beliefs.
    pub voice_intercept: f64,
    /// How fast it grows with severity.
    pub voice_slope: f64,
    /// Highest rates that any company has in any phase of any arm.
    most: OccasionRates,
}

impl Setting {
    /// Calibrates voice on the channels of the scenario before its arms, and finds the highest rates.
    #[must_use]
    pub fn new(study: &Study) -> Self {
        let base = &study.base;
        let (run, customers) = (&base.run, &base.customers);
        let logit = |p: f64| libm::log(p / (1.0 - p));
        let (serious, trivial) = (logit(customers.voices_serious), logit(customers.voices_trivial));
        let voice_slope = (serious - trivial) / (SERIOUS - TRIVIAL);
        let ease: f64 = base.channel.values().map(|channel| libm::exp(-channel.effort)).sum();
        let scenarios: Vec<&Scenario> = study.arms.iter().flat_map(Arm::scenarios).collect();
        Self {
            days: run.days.ceil() as u32,
            end: run.end_hours(),
            counted: Counted::new(run),
            customers: customers.clone(),
            market: base.market.clone(),
            audit: base.audit.clone(),
            network: base.network.clone(),
            edges: study.edges.clone(),
            replayed: study.replayed.clone(),
            readings: Readings::new(
                &scenarios,
                customers.count > 0 || study.replayed.is_some(),
                run.span_hours().1,
            ),
            companies: study.companies.len(),
            voice_intercept: serious
                - voice_slope * SERIOUS
                - libm::log(ease.max(f64::MIN_POSITIVE)),
            voice_slope,
            most: scenarios
                .iter()
                .map(|scenario| OccasionRates::of(&scenario.company))
                .fold(OccasionRates::default(), OccasionRates::or_more),
        }
    }

    /// Candidate occasions of the whole population per hour, at the highest rates of any arm.
    #[must_use]
    pub fn candidates_per_hour(&self) -> f64 {
        let relations = match self.market.customers_buy {
            Buying::FromOne => 1,
            Buying::FromEach => self.companies,
        };
        f64::from(self.customers.count) * relations as f64 * self.most.sum() / HOURS_PER_MONTH
    }

    /// What kind of occasion a candidate is, by a uniform in (0, 1); `None` where `rates` thin it
    /// out. Kinds keep their place at the highest rates of any arm, so that a candidate is of the
    /// same kind in every arm.
    #[must_use]
    pub fn occasion(&self, rates: &OccasionRates, uniform: f64) -> Option<Kind> {
        let most = &self.most;
        let mut at = uniform * most.sum();
        for (kind, most, rate) in [
            (Kind::Complaint, most.failures, rates.failures),
            (Kind::Question, most.questions, rates.questions),
            (Kind::Misguided, most.misconceptions, rates.misconceptions),
        ] {
            if at < most {
                return (at < rate).then_some(kind);
            }
            at -= most;
        }
        (at < rates.delights).then_some(Kind::Praise)
    }
}

#[cfg(test)]
mod tests;
