//! One company within a replication: its desk and everything that it has gathered.

pub mod detractor;
pub mod improvement;

use crate::desk::Desk;
use crate::desk::people::People;
use crate::desk::source::Source;
use crate::plan::Plan;
use crate::plan::policy::Policy;
use crate::public::awareness::Awareness;
use crate::public::sentiment::Sentiment;
use crate::record::census::Census;
use detractor::Detractor;
use heard_math::engine::keyed::Draws;
use improvement::Causes;

/// The state of one company.
#[derive(Clone, Debug)]
pub struct Company {
    /// Who waits and who serves.
    pub desk: Desk,
    /// Its streams' arrivals.
    pub streams: Vec<Source>,
    /// Cases that the next sweep will find.
    pub found: Vec<u32>,
    /// The team that searches now: the listening team while it has people on duty.
    pub searching: Option<usize>,
    /// How often that has changed.
    pub watch: u32,
    /// What sweeps have found, until somebody has read it.
    pub sweeps: Vec<Vec<u32>>,
    /// Sum over its public answers of the share of the market that saw each.
    pub seen_answers: f64,
    /// What is said about it.
    pub sentiment: Sentiment,
    /// Who knows of it.
    pub awareness: Awareness,
    /// Why things go wrong.
    pub causes: Causes,
    /// Its teams' people, where they are told apart.
    pub people: People,
    /// Its detractors.
    pub detractors: Vec<Detractor>,
    /// What is counted.
    pub census: Census,
}

impl Company {
    /// Company number `company` at the start. `tenth_ends`: followers at which the tenths of customers
    /// end.
    #[must_use]
    pub fn new(plan: &Plan, company: usize, tenth_ends: Vec<f64>, draws: &Draws) -> Self {
        let setting = &*plan.setting;
        let policy = &plan.policies()[company];
        let market = setting.customers.market();
        Self {
            desk: Desk::new(policy, &setting.counted),
            streams: Source::all(policy, plan.setting.replayed.as_deref()),
            found: Vec::new(),
            searching: None,
            watch: 0,
            sweeps: Vec::new(),
            seen_answers: 0.0,
            sentiment: Sentiment::new(market, policy.publicity.memory_days * 24.0),
            awareness: Awareness::new(policy.company.awareness, &setting.market, market),
            causes: Causes::new(&policy.company),
            people: People::new(plan, company, draws),
            detractors: Detractor::all(&policy.detractors),
            census: Census::new(setting, policy, tenth_ends),
        }
    }

    /// From now on (hours) it does what `policy` says.
    pub fn turn(&mut self, policy: &Policy, now: f64) {
        self.desk.serve(policy, now);
        self.causes.learn_as(&policy.company);
        self.census.pay_tools(policy, now);
    }
}
