//! One arm of a scenario, compiled: a sequence of phases, with a policy for each company.

pub(crate) mod answer;
pub(crate) mod arrivals;
pub mod budget;
pub(crate) mod channel;
pub(crate) mod counted;
pub(crate) mod length;
pub mod policy;
pub(crate) mod rates;
pub mod readings;
pub(crate) mod rota;
pub mod setting;
pub(crate) mod stream;
pub(crate) mod team;
pub(crate) mod triage;

use std::sync::Arc;

use heard_scenario::Scenario;
use heard_scenario::study::Arm;
use policy::Policy;
use setting::Setting;

/// One arm, compiled.
#[derive(Clone, Debug)]
pub struct Plan {
    /// What all arms share.
    pub setting: Arc<Setting>,
    /// What the companies do, from the start and from each switch on. There is at least one.
    pub phases: Vec<Phase>,
}

/// A stretch of time in which no policy changes.
#[derive(Clone, Debug)]
pub struct Phase {
    /// When it begins, in hours.
    pub from: f64,
    /// The companies' policies.
    pub policies: Vec<Policy>,
}

impl Plan {
    /// Compiles a checked arm.
    #[must_use]
    pub fn new(arm: &Arm, setting: &Arc<Setting>) -> Self {
        let policies = |companies: &[Scenario]| {
            let mut streams = 0;
            let mut policy = |scenario| {
                let policy = Policy::new(scenario, streams);
                streams += policy.streams.len() as u16;
                policy
            };
            companies.iter().map(&mut policy).collect()
        };
        let phases = arm.phases.iter().map(|phase| Phase {
            from: phase.from_day * 24.0,
            policies: policies(&phase.companies),
        });
        Self { setting: Arc::clone(setting), phases: phases.collect() }
    }

    /// The companies' policies at the start.
    #[must_use]
    pub fn policies(&self) -> &[Policy] {
        &self.phases[0].policies
    }
}

#[cfg(test)]
mod tests {
    use crate::process::stage;

    #[test]
    fn streams_are_numbered_through_all_companies() {
        let stream = |company: &str, name: &str| {
            format!("[company.{company}.stream.{name}]\nchannel = 'phone'\nper_hour = 1\n")
        };
        let more = [
            "[company.one]\n".to_owned(),
            stream("one", "a"),
            stream("one", "b"),
            stream("two", "c"),
        ];
        let plan = stage::plan_with(&[], &more.concat());
        let keys: Vec<Vec<u16>> = plan
            .policies()
            .iter()
            .map(|policy| policy.streams.iter().map(|stream| stream.key).collect())
            .collect();
        assert_eq!(keys, [vec![0, 1], vec![2]]);
    }
}
