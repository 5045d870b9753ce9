//! The scenario: what the user wrote, checked, with every default filled in.
//!
//! A parameter's meaning, unit, range, default and source are declared once, on the types of this
//! module's files, one for each section. The JSON Schema, the checking and the documentation derive
//! from there. [`study`] reads a file and its arms; everything below may read the plain types.

pub mod answer;
pub mod audit;
pub mod bound;
pub mod bundled;
pub mod calendar;
pub mod channel;
pub mod company;
pub mod customers;
pub mod detractors;
pub mod edges;
pub mod feed;
pub mod figure;
pub mod finding;
pub mod kind;
pub mod listening;
pub mod market;
pub mod metric;
pub mod mistake;
pub mod network;
mod place;
pub mod publicity;
#[cfg(test)]
mod quick;
mod reach;
pub mod reaction;
pub mod reference;
pub mod replay;
pub mod run;
pub mod size;
pub mod source;
pub mod spell;
pub mod stream;
pub mod study;
mod subject;
pub mod team;
pub mod triage;
mod validate;
pub mod window;
pub mod worth;

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A scenario: who has problems, what the company does about them, and what is compared.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Scenario {
    /// What the scenario is about, in a few words.
    #[schemars(length(max = 300))]
    pub title: String,
    /// The claim that it tests.
    #[schemars(length(max = 1_000))]
    pub claim: String,
    /// Who makes the claim.
    #[schemars(length(max = 1_000))]
    pub source: String,
    /// Whether the result follows from the processes alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<Status>,
    /// What the author found.
    #[serde(skip_serializing_if = "finding::Finding::is_empty")]
    pub finding: finding::Finding,
    /// Charts for the scenario's own question.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub figure: Vec<figure::Figure>,
    /// How long, how often, and the comparison.
    pub run: run::Run,
    /// The population.
    pub customers: customers::Customers,
    /// What the company gives customers to talk about.
    pub company: company::Company,
    /// Where customers speak up.
    pub channel: IndexMap<String, channel::Channel>,
    /// Who answers.
    pub team: IndexMap<String, team::Team>,
    /// Open sources of contacts.
    pub stream: IndexMap<String, stream::Stream>,
    /// Contacts that arrive at the times of a log.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub replay: Option<replay::Replay>,
    /// How customers know of companies and choose between them.
    pub market: market::Market,
    /// Who follows whom. Left out: followers are drawn from the market at large.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub network: Option<network::Network>,
    /// A mystery shopper.
    pub audit: audit::Audit,
    /// Persistent critics.
    pub detractors: detractors::Detractors,
    /// Public mistakes of the company.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub mistake: Vec<mistake::Mistake>,
    /// What the company posts on its own initiative.
    pub feed: feed::Feed,
    /// Finding messages that do not address the company.
    pub listening: listening::Listening,
    /// The policy: the first rule that matches wins. Messages that match no rule are ignored in an
    /// inbox and served on the line.
    pub triage: Vec<triage::Rule>,
    /// What each action costs and is worth.
    pub answer: answer::Answers,
    /// How people react.
    pub reaction: reaction::Reaction,
    /// How public messages spread.
    pub publicity: publicity::Publicity,
    /// What changes during the run, in order of time: `at_day`, and either `like`, the arm whose policy
    /// applies from then on, or values for this scenario's sections, or both.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub switch: Vec<serde_json::Map<String, serde_json::Value>>,
    /// The arms: named sets of overrides of this scenario. `like = "other"` starts from another
    /// arm. An arm cannot change `run` or `customers`: all arms share them.
    #[serde(skip_serializing_if = "IndexMap::is_empty")]
    pub arm: IndexMap<String, serde_json::Map<String, serde_json::Value>>,
}

/// What a scenario's result depends on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub enum Status {
    /// It follows from processes whose defaults are measured.
    #[serde(rename = "emergent")]
    Emergent,
    /// It depends on a reaction whose strength is assumed.
    #[serde(rename = "mechanism assumed")]
    MechanismAssumed,
}
