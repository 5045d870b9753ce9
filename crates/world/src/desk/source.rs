//! Where the contacts of an open stream come from.

use std::sync::Arc;

use crate::plan::arrivals::Arrivals;
use crate::plan::policy::Policy;
use crate::plan::stream::Stream;
use heard_scenario::replay::Replayed;

/// The arrivals of one stream.
#[derive(Clone, Debug)]
pub struct Source {
    /// When they come, by chance.
    pub arrivals: Arrivals,
    /// When its contacts come, in hours, where that does not follow chance.
    pub times: Option<Arc<[f64]>>,
    /// How many have come.
    pub number: u32,
    /// Luck of the next contact's handle time, drawn together with its time of arrival.
    pub handle_luck: f64,
}

impl Source {
    /// The sources of a company, some of which may come when a file says.
    pub fn all(policy: &Policy, replayed: Option<&Replayed>) -> Vec<Self> {
        let source = |stream: &Stream| Self {
            arrivals: Arrivals::new(
                stream.per_hour,
                stream.profile.clone(),
                stream.day_to_day_cv,
                stream.key + 1,
            )
            .spaced(stream.spacing),
            times: replayed.and_then(|replayed| replayed.of(&stream.name)).cloned(),
            number: 0,
            handle_luck: f64::NAN,
        };
        policy.streams.iter().map(source).collect()
    }
}
