//! `[reaction]`: how people react to what happens to them. Most of it is assumed, so it is kept apart
//! from the policy: an arm may switch a reaction off to show what a result depends on.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Strengths of people's reactions.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Reaction {
    /// Weight of distributive justice: whether the problem is solved and compensated.
    #[schemars(range(min = 0.0), extend("x-unit" = "weight", "x-source" = "evidence.md 3: order D > I > P, Orsingher et al. 2010",
        "x-moves" = "satisfaction +", "x-try" = [0, 2]))]
    pub weight_distributive: f64,
    /// Weight of interactional justice: a person answering, tone, sincerity.
    #[schemars(range(min = 0.0), extend("x-unit" = "weight", "x-source" = "evidence.md 3: order D > I > P",
        "x-moves" = "satisfaction +", "x-try" = [0, 2]))]
    pub weight_interactional: f64,
    /// Weight of procedural justice: sooner or later than expected, number of contacts.
    #[schemars(range(min = 0.0), extend("x-unit" = "weight", "x-source" = "evidence.md 3: order D > I > P",
        "x-moves" = "satisfaction -", "x-try" = [0, 2]))]
    pub weight_procedural: f64,
    /// Share of satisfaction that is relative to the care a customer expects.
    #[schemars(range(min = 0.0, max = 1.0), extend("x-unit" = "share", "x-source" = "assumed",
        "x-moves" = "satisfaction -"))]
    pub against_expectation: f64,
    /// Share of the way to the satisfaction that attitude moves at an answer.
    #[schemars(range(min = 0.0, max = 1.0), extend("x-unit" = "share", "x-source" = "assumed",
        "x-moves" = "attitude +"))]
    pub answer_moves: f64,
    /// Share of the way to -1 that attitude moves at a failure of severity 1.
    #[schemars(range(min = 0.0, max = 1.0), extend("x-unit" = "share", "x-source" = "assumed",
        "x-moves" = "attitude -"))]
    pub failure_moves: f64,
    /// Share of the way to 1 that attitude moves at a delight.
    #[schemars(range(min = 0.0, max = 1.0), extend("x-unit" = "share", "x-source" = "assumed",
        "x-moves" = "attitude +"))]
    pub delight_moves: f64,
    /// How a silence past the expected time is judged, -1 to 1.
    #[schemars(range(min = -1.0, max = 1.0), extend("x-unit" = "justice", "x-source" = "assumed",
        "x-moves" = "satisfaction +"))]
    pub silence: f64,
    /// How much worse that silence is judged where the company has a presence.
    #[schemars(range(min = 0.0, max = 2.0), extend("x-unit" = "justice", "x-source" = "assumed",
        "x-moves" = "satisfaction -"))]
    pub presence_gap: f64,
    /// Share of a remedy's effect that is left after a second failure.
    #[schemars(range(min = 0.0, max = 1.0), extend("x-unit" = "share",
        "x-source" = "evidence.md 3: sign, Maxham & Netemeyer 2002; size assumed",
        "x-moves" = "satisfaction +"))]
    pub second_remedy: f64,
    /// Step by which belief in a channel moves towards what happened there.
    #[schemars(range(min = 0.0, max = 1.0), extend("x-unit" = "share", "x-source" = "assumed",
        "x-moves" = "complaints_per_failure -"))]
    pub belief_step: f64,
    /// Step by which belief in a public channel moves towards how somebody else's case ended there,
    /// for those who see it.
    #[schemars(range(min = 0.0, max = 1.0), extend("x-unit" = "share", "x-source" = "assumed",
        "x-moves" = "complaints_per_failure -"))]
    pub observed_step: f64,
    /// How much worse silence is judged by somebody who saw others answered in the meantime.
    #[schemars(range(min = 0.0, max = 2.0), extend("x-unit" = "justice", "x-source" = "assumed",
        "x-moves" = "satisfaction -"))]
    pub envy: f64,
    /// Share of the way to 1 that attitude moves on speaking up: 0 where those who complain in vain
    /// think worse of the company than the silent do (CCMC), above 0 where they think better (TARP).
    #[schemars(range(min = 0.0, max = 1.0), extend("x-unit" = "share",
        "x-source" = "evidence.md 3: CCMC 2013, 2020; 0 in that regime",
        "x-moves" = "attitude +"))]
    pub voice_relief: f64,
    /// Tone lost by an unasked answer, with those who feel watched.
    #[schemars(range(min = 0.0, max = 2.0), extend("x-unit" = "justice", "x-source" = "assumed",
        "x-moves" = "satisfaction -"))]
    pub followed_cost: f64,
    /// Tone gained by an unasked answer, with all others.
    #[schemars(range(min = 0.0, max = 1.0), extend("x-unit" = "justice", "x-source" = "assumed",
        "x-moves" = "satisfaction +"))]
    pub unasked_bonus: f64,
    /// Tone lost by an answer that sounds like marketing (a standard reply, money, praise passed on),
    /// with those who take it for a gimmick.
    #[schemars(range(min = 0.0, max = 2.0), extend("x-unit" = "justice", "x-source" = "assumed",
        "x-moves" = "satisfaction -"))]
    pub gimmick_cost: f64,
    /// Tone gained by an answer that is signed with a name.
    #[schemars(range(min = 0.0, max = 1.0), extend("x-unit" = "justice",
        "x-source" = "evidence.md 2: sign, Decock 2021; size assumed",
        "x-moves" = "satisfaction +"))]
    pub named_bonus: f64,
    /// Further tone gained, and share of the handle time saved, when the same named person answers
    /// again.
    #[schemars(range(min = 0.0, max = 0.9), extend("x-unit" = "justice, and share", "x-source" = "assumed",
        "x-moves" = "satisfaction +"))]
    pub familiar_bonus: f64,
    /// How much harder people try where they are rated: added to their skill.
    #[schemars(range(min = 0.0, max = 2.0), extend("x-unit" = "logits of solving the problem", "x-source" = "assumed",
        "x-moves" = "resolution_rate +"))]
    pub rating_motivates: f64,
    /// Share of the way to -1 that attitude moves at seeing a promotion in the feed.
    #[schemars(range(min = 0.0, max = 1.0), extend("x-unit" = "share", "x-source" = "assumed",
        "x-moves" = "attitude -", "x-try" = [0, 0.1]))]
    pub promotion_wears: f64,
    /// Share of the way to 1 that attitude moves at a look behind the scenes.
    #[schemars(range(min = 0.0, max = 1.0), extend("x-unit" = "share", "x-source" = "assumed",
        "x-moves" = "attitude +", "x-try" = [0, 0.1]))]
    pub face_warms: f64,
    /// Step by which the expectation of care moves towards the care received.
    #[schemars(range(min = 0.0, max = 1.0), extend("x-unit" = "share", "x-source" = "assumed",
        "x-moves" = "expectation -"))]
    pub expectation_step: f64,
    /// Chance of leaving at the end of a case, at attitude 0.
    #[schemars(extend("exclusiveMinimum" = 0.0, "exclusiveMaximum" = 1.0, "x-unit" = "probability", "x-source" = "assumed",
        "x-moves" = "churn_rate +", "x-try" = [0.005, 0.3]))]
    pub leaves_at_neutral: f64,
    /// How fast that chance falls with attitude.
    #[schemars(range(min = 0.0), extend("x-unit" = "logits per unit of attitude", "x-source" = "assumed",
        "x-moves" = "churn_rate -", "x-try" = [0, 6]))]
    pub leaving_slope: f64,
    /// Mean time until a lost customer is replaced, at public sentiment 0.
    #[schemars(extend("exclusiveMinimum" = 0.0, "x-unit" = "days", "x-source" = "assumed",
        "x-moves" = "customers_kept -", "x-try" = [5, 200]))]
    pub replaced_days: f64,
    /// How strongly newcomers follow public sentiment.
    #[schemars(range(min = 0.0), extend("x-unit" = "logs per unit of sentiment", "x-source" = "assumed",
        "x-moves" = "customers_kept +", "x-try" = [0, 10]))]
    pub newcomers_follow_sentiment: f64,
}

impl Default for Reaction {
    fn default() -> Self {
        Self {
            weight_distributive: 0.5,
            weight_interactional: 0.3,
            weight_procedural: 0.2,
            against_expectation: 0.3,
            answer_moves: 0.3,
            failure_moves: 0.3,
            delight_moves: 0.2,
            silence: -0.4,
            presence_gap: 0.3,
            second_remedy: 0.5,
            belief_step: 0.2,
            observed_step: 0.05,
            envy: 0.2,
            voice_relief: 0.0,
            followed_cost: 1.0,
            unasked_bonus: 0.2,
            gimmick_cost: 0.5,
            named_bonus: 0.15,
            familiar_bonus: 0.1,
            rating_motivates: 0.0,
            promotion_wears: 0.005,
            face_warms: 0.005,
            expectation_step: 0.05,
            leaves_at_neutral: 0.02,
            leaving_slope: 3.0,
            replaced_days: 30.0,
            newcomers_follow_sentiment: 2.0,
        }
    }
}
