//! Where messages come from, and what is always so there.

use super::Scenario;
use super::bound::Bound;
use super::channel::SeenBy;
use super::triage::{Condition, Kind};

/// A place that messages come from: a channel that customers write on, or a stream.
#[derive(Clone, Copy, Debug)]
pub struct Place<'a> {
    /// The channel.
    pub channel: &'a str,
    /// The stream; `None`: customers.
    pub stream: Option<&'a str>,
    /// Only the company reads what is written there.
    pub private: bool,
    /// The only kind that comes from there.
    pub kind: Option<Kind>,
    /// The only severity that comes from there.
    pub severity: Option<f64>,
}

impl<'a> Place<'a> {
    /// All places of a scenario: its channels in their order, then its streams.
    pub fn all(arm: &'a Scenario) -> Vec<Self> {
        let private = |name: &str| {
            arm.channel.get(name).is_some_and(|channel| channel.seen_by == SeenBy::Private)
        };
        let channels = arm.channel.keys().map(|name| Self {
            channel: name,
            stream: None,
            private: private(name),
            kind: None,
            severity: None,
        });
        let streams = arm.stream.iter().map(|(name, stream)| Self {
            channel: &stream.channel,
            stream: Some(name),
            private: private(&stream.channel),
            kind: Some(stream.kind),
            severity: Some(stream.severity),
        });
        channels.chain(streams).collect()
    }

    /// Why nothing that comes from here can ever meet the condition: the key that rules it out, what
    /// holds here instead, and what would be right.
    pub fn refuses(&self, when: &Condition) -> Option<(&'static str, String, String)> {
        let Self { channel, stream, .. } = *self;
        let misses = |bound: Option<Bound>, low, high| bound.is_some_and(|b| !b.meets(low, high));
        let (low, high) = self.severity.map_or((0.0, 1.0), |severity| (severity, severity));
        if when.stream.as_deref().is_some_and(|name| Some(name) != stream) {
            return Some(("stream", format!("{channel} is not that stream"), String::new()));
        }
        if let Some(other) = when.channel.as_deref().filter(|name| *name != channel) {
            let stream = stream.unwrap_or_default();
            let holds = format!("stream {stream} comes in on {channel}, not on {other}");
            return Some(("channel", holds, "take `channel` out".to_owned()));
        }
        if let Some(kind) = self.kind.filter(|&kind| when.kind.is_some_and(|k| !k.contains(kind))) {
            let (stream, kinds) = (stream.unwrap_or_default(), kind.plural());
            let holds = format!("all that comes from stream {stream} is {kinds}");
            return Some(("kind", holds, format!("write `kind = \"{}\"`", kind.name())));
        }
        if misses(when.severity, 0.0, 1.0) {
            let holds = "severity goes from 0 to 1".to_owned();
            return Some(("severity", holds, "write for instance `\">= 0.6\"`".to_owned()));
        }
        if misses(when.severity, low, high) {
            let holds = format!("its severity on stream {} is {low}", stream.unwrap_or_default());
            return Some(("severity", holds, "take `severity` out".to_owned()));
        }
        let from_zero = |key: &'static str, bound| {
            misses(bound, 0.0, f64::INFINITY).then(|| {
                let help = "write for instance `\">= 24\"`".to_owned();
                (key, "that is never below 0".to_owned(), help)
            })
        };
        let negative = from_zero("followers", when.followers)
            .or_else(|| from_zero("waited_hours", when.waited_hours))
            .or_else(|| from_zero("audience", when.audience));
        if negative.is_some() {
            return negative;
        }
        if let Some(stream) = stream.filter(|_| misses(when.followers, 0.0, 0.0)) {
            let holds = format!("nobody follows the contacts of stream {stream}");
            return Some(("followers", holds, "take `followers` out".to_owned()));
        }
        if self.private && misses(when.audience, 0.0, 0.0) {
            let holds = format!("{channel} is private: nobody else sees what is written there");
            return Some(("audience", holds, "take `audience` out".to_owned()));
        }
        if when.tagged == Some(false) && (self.private || stream.is_some()) {
            let what = stream.map_or_else(
                || format!("{channel} is private: all that is written there"),
                |stream| format!("all that comes from stream {stream}"),
            );
            let help = "take `tagged` out, or name a public channel".to_owned();
            return Some(("tagged", format!("{what} is addressed to the company"), help));
        }
        None
    }
}
