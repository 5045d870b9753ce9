//! `[customers]`: the population that has problems and learns.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The customers of day 0 and their habits. Shared by all arms: an arm cannot change it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Customers {
    /// Customers at the start; 0 where all work comes from streams.
    #[schemars(range(min = 0, max = 10_000_000), extend("x-unit" = "customers",
        "x-moves" = "occupancy +", "x-try" = [200, 2000]))]
    pub count: u32,
    /// People who might hear of the company, customers included; five times the customers where
    /// left out (assumed).
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 1.0), extend("x-unit" = "people", "x-source" = "assumed",
        "x-moves" = "awareness -", "x-try" = [5_000, 100_000]))]
    pub market_size: Option<f64>,
    /// Followers of a customer, lognormal.
    pub followers: Followers,
    /// Attitude towards the company on day 0, -1 to 1, and what each customer drifts back to.
    #[schemars(extend("x-within" = [-1, 1], "x-moves" = "nps +", "x-try" = [-0.5, 0.5],
        "x-moves-spread" = "churn_rate +", "x-try-spread" = [0.0, 0.6]))]
    pub attitude: Spread,
    /// Time in which half of a change in attitude fades.
    #[schemars(extend("exclusiveMinimum" = 0.0, "x-unit" = "days", "x-source" = "assumed",
        "x-moves" = "attitude -", "x-try" = [5, 500]))]
    pub attitude_half_life_days: f64,
    /// Expectation of care on day 0, 0 to 1.
    #[schemars(extend("x-within" = [0, 1], "x-moves" = "satisfaction -", "x-try" = [0.2, 0.8],
        "x-moves-spread" = "shape only", "x-try-spread" = [0.0, 0.5]))]
    pub expectation: Spread,
    /// Time in which half of what was learned about a channel is forgotten.
    #[schemars(extend("exclusiveMinimum" = 0.0, "x-unit" = "days", "x-source" = "assumed",
        "x-moves" = "complaints_per_failure -", "x-try" = [5, 1000]))]
    pub belief_half_life_days: f64,
    /// Chance to voice a serious problem (severity 0.8) at initial beliefs.
    #[schemars(extend("exclusiveMinimum" = 0.0, "exclusiveMaximum" = 1.0, "x-unit" = "share",
        "x-source" = "evidence.md 1: CCMC 2015, TARP",
        "x-moves" = "complaints_per_failure +", "x-try" = [0.3, 0.9]))]
    pub voices_serious: f64,
    /// Chance to voice a trivial problem (severity 0.1) at initial beliefs.
    #[schemars(extend("exclusiveMinimum" = 0.0, "exclusiveMaximum" = 1.0, "x-unit" = "share",
        "x-source" = "evidence.md 1: CCMC 2015, TARP",
        "x-moves" = "complaints_per_failure +", "x-try" = [0.01, 0.2]))]
    pub voices_trivial: f64,
    /// Weight of the belief that a channel works in the decision to speak up.
    #[schemars(range(min = 0.0), extend("x-unit" = "logits per unit of belief", "x-source" = "assumed",
        "x-moves" = "complaints_per_failure -", "x-try" = [0, 6]))]
    pub belief_weight: f64,
    /// Push towards public channels for each unit of anger (how far attitude is below 0).
    #[schemars(range(min = 0.0), extend("x-unit" = "logits per unit of attitude", "x-source" = "assumed",
        "x-moves" = "public_share +", "x-try" = [0, 3]))]
    pub anger_weight: f64,
    /// Push towards public channels after a failed private attempt. The customer then decides again
    /// whether to speak up, this time in public.
    #[schemars(range(min = -20.0, max = 20.0), extend("x-unit" = "logits", "x-source" = "assumed",
        "x-moves" = "negative_share +", "x-try" = [-3, 3]))]
    pub escalation_push: f64,
    /// Chance, for each unit of anger (how far attitude is below 0), that a public complaint comes as
    /// a rant.
    #[schemars(range(min = 0.0, max = 1.0), extend("x-unit" = "share per unit of attitude", "x-source" = "assumed",
        "x-moves" = "heard_rate -"))]
    pub rages: f64,
    /// Share of customers to whom an apology means something.
    #[schemars(range(min = 0.0, max = 1.0), extend("x-unit" = "share", "x-source" = "assumed",
        "x-moves" = "satisfaction +"))]
    pub accepts_apology: f64,
    /// Share of customers who take anything that sounds like marketing for a gimmick.
    #[schemars(range(min = 0.0, max = 1.0), extend("x-unit" = "share", "x-source" = "assumed",
        "x-moves" = "satisfaction -"))]
    pub sees_gimmick: f64,
    /// Share of customers who feel watched when they get an answer they did not ask for.
    #[schemars(range(min = 0.0, max = 1.0), extend("x-unit" = "share", "x-source" = "assumed",
        "x-moves" = "satisfaction -"))]
    pub feels_followed: f64,
    /// Share of customers who rate the person that answered them, where people are rated.
    #[schemars(range(min = 0.0, max = 1.0), extend("x-unit" = "share", "x-source" = "assumed",
        "x-moves" = "resolution_rate +"))]
    pub rates: f64,
    /// Share of those who write in public that expect an answer.
    #[schemars(range(min = 0.0, max = 1.0), extend("x-unit" = "share",
        "x-source" = "evidence.md 2: Hug Your Haters 2016, public channels",
        "x-moves" = "satisfaction -"))]
    pub expects_reply_public: f64,
    /// Share of those who write in private that expect an answer.
    #[schemars(range(min = 0.0, max = 1.0), extend("x-unit" = "share",
        "x-source" = "evidence.md 2: Hug Your Haters 2016, phone",
        "x-moves" = "satisfaction -"))]
    pub expects_reply_private: f64,
    /// When those who expect an answer expect it: cumulative share and hours, rising. The rest expect
    /// it within a day.
    #[schemars(extend("x-source" = "evidence.md 2: Lithium 2013"))]
    pub reply_expected_hours: Vec<Expectation>,
    /// Median time after which a customer with an unanswered message gives up (lognormal).
    #[schemars(extend("exclusiveMinimum" = 0.0, "x-unit" = "hours", "x-source" = "assumed",
        "x-moves" = "churn_rate -", "x-try" = [6, 400]))]
    pub gives_up_hours: f64,
    /// Standard deviation of the logarithm of that time.
    #[schemars(range(min = 0.0, max = 5.0), extend("x-unit" = "log hours", "x-source" = "assumed",
        "x-moves" = "churn_rate -", "x-try" = [0, 2]))]
    pub gives_up_sigma: f64,
    /// Chance to write again after an answer that did not solve the problem. With half of the
    /// answers solving it at once, about 41% of threads then continue.
    #[schemars(range(min = 0.0, max = 1.0), extend("x-unit" = "share",
        "x-source" = "evidence.md 8: threads in which the customer writes again, 41%",
        "x-moves" = "resolution_rate +"))]
    pub writes_again: f64,
    /// Median time until they write again.
    #[schemars(range(min = 0.0), extend("x-unit" = "minutes", "x-source" = "evidence.md 8: median 16.5 min",
        "x-moves" = "resolution_hours_p50 +", "x-try" = [1, 2000]))]
    pub writes_again_minutes: f64,
    /// Maximum number of messages from one customer about one problem.
    #[schemars(range(min = 1, max = 100), extend("x-unit" = "contacts",
        "x-source" = "evidence.md 1: about 4 contacts, CCMC 2013",
        "x-moves" = "resolution_rate +", "x-try" = [1, 8]))]
    pub most_contacts: u16,
    /// Chance that a caller who hung up calls again within the hour.
    #[schemars(range(min = 0.0, max = 0.99), extend("x-unit" = "share",
        "x-source" = "evidence.md 8: Anonymous Bank, 36%",
        "x-moves" = "answer_rate +"))]
    pub redials: f64,
    /// Chance that a customer who is sent to another channel goes there.
    #[schemars(range(min = 0.0, max = 1.0), extend("x-unit" = "share", "x-source" = "assumed",
        "x-moves" = "resolution_rate +"))]
    pub follows_redirect: f64,
    /// When things happen: relative weight of each hour of the day (24 values).
    #[schemars(length(min = 24, max = 24), inner(range(min = 0.0)), extend("x-source" = "assumed",
        "x-moves" = "shape only"))]
    pub by_hour: Vec<f64>,
    /// Relative weight of each day of the week, Monday first.
    #[schemars(length(min = 7, max = 7), inner(range(min = 0.0)), extend("x-source" = "assumed",
        "x-moves" = "shape only"))]
    pub by_weekday: Vec<f64>,
    /// How much days differ together: the coefficient of variation of a factor that all of a day's
    /// occasions share.
    #[schemars(range(min = 0.0, max = 3.0), extend("x-unit" = "ratio", "x-source" = "assumed",
        "x-moves" = "wait_seconds_mean +", "x-try" = [0, 2]))]
    pub day_to_day_cv: f64,
}

/// A lognormal number of followers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Followers {
    /// Half of the customers have fewer.
    #[schemars(extend("exclusiveMinimum" = 0.0, "x-unit" = "followers", "x-source" = "evidence.md 4: O'Reilly Radar 2013",
        "x-moves" = "audience +", "x-try" = [20, 200]))]
    pub median: f64,
    /// Standard deviation of the logarithm.
    #[schemars(range(min = 0.0, max = 4.0), extend("x-unit" = "log followers", "x-source" = "evidence.md 4",
        "x-moves" = "audience +", "x-try" = [0, 2]))]
    pub sigma: f64,
}

/// Mean and standard deviation over customers. `x-within` of the key that has it is the range to which
/// draws are cut: onto its ends, or, if it is `x-open`, strictly between them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Spread {
    /// Mean over customers.
    #[schemars(range(min = -1.0, max = 1.0), extend("x-source" = "assumed",
        "x-moves" = "as where it stands"))]
    pub mean: f64,
    /// Standard deviation over customers.
    #[schemars(range(min = 0.0, max = 1.0), extend("x-source" = "assumed",
        "x-moves" = "as where it stands"))]
    pub sd: f64,
}

/// One point of the curve of expected reply times.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Expectation {
    /// Share, of those who expect an answer, that expect it by then.
    #[schemars(range(min = 0.0, max = 1.0), extend("x-unit" = "share",
        "x-moves" = "satisfaction -", "x-try" = [0.3, 0.95]))]
    pub share: f64,
    /// By when.
    #[schemars(range(min = 0.0, max = 24.0), extend("x-unit" = "hours",
        "x-moves" = "satisfaction +", "x-try" = [0.6, 20]))]
    pub hours: f64,
}

impl Default for Followers {
    fn default() -> Self {
        Self { median: 61.0, sigma: 1.65 }
    }
}

impl Default for Customers {
    fn default() -> Self {
        Self {
            count: 0,
            market_size: None,
            followers: Followers::default(),
            attitude: Spread { mean: 0.5, sd: 0.3 },
            attitude_half_life_days: 60.0,
            expectation: Spread { mean: 0.5, sd: 0.15 },
            belief_half_life_days: 180.0,
            voices_serious: 0.75,
            voices_trivial: 0.03,
            belief_weight: 2.0,
            anger_weight: 0.5,
            escalation_push: 1.0,
            rages: 0.3,
            accepts_apology: 0.7,
            sees_gimmick: 0.3,
            feels_followed: 0.15,
            rates: 0.3,
            expects_reply_public: 0.41,
            expects_reply_private: 0.90,
            reply_expected_hours: vec![
                Expectation { share: 0.20, hours: 0.5 },
                Expectation { share: 0.72, hours: 1.0 },
            ],
            gives_up_hours: 72.0,
            gives_up_sigma: 1.0,
            writes_again: 0.75,
            writes_again_minutes: 16.5,
            most_contacts: 4,
            redials: 0.36,
            follows_redirect: 0.6,
            by_hour: vec![
                1.0, 0.6, 0.4, 0.3, 0.3, 0.5, 1.0, 2.0, 3.5, 4.5, 5.0, 5.0, 5.0, 5.0, 5.0, 5.0,
                5.0, 5.0, 5.0, 5.0, 4.5, 4.0, 3.0, 2.0,
            ],
            by_weekday: vec![1.0; 7],
            day_to_day_cv: 0.3,
        }
    }
}

impl Customers {
    /// People who might hear of the company.
    #[must_use]
    pub fn market(&self) -> f64 {
        self.market_size.unwrap_or(5.0 * f64::from(self.count)).max(1.0)
    }
}
