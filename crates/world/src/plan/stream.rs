//! Open streams of contacts.

use super::arrivals::WeekProfile;
use super::length::Length;
use super::triage::Decision;
use heard_scenario::stream::Spacing;
use heard_scenario::triage::Kind;

/// An open stream of contacts.
#[derive(Clone, Debug)]
pub struct Stream {
    /// Name.
    pub name: String,
    /// Its number among the streams of all companies.
    pub key: u16,
    /// Channel.
    pub channel: usize,
    /// Mean rate.
    pub per_hour: f64,
    /// Rate by hour of the week.
    pub profile: WeekProfile,
    /// Variation of days.
    pub day_to_day_cv: f64,
    /// How arrivals follow one another.
    pub spacing: Spacing,
    /// What the contacts are about.
    pub kind: Kind,
    /// Handle time, where it is not that of the action.
    pub handle: Option<Length>,
    /// Patience; `None`: holds the line for ever, or waits in an inbox.
    pub patience: Option<Length>,
    /// Chance to call again.
    pub redials: f64,
    /// What is done with them: the same for all, as they are all alike.
    pub decision: Decision,
}
