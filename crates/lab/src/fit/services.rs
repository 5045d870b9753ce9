//! What those who serve did one after another: conversations, and answers to messages.

use indexmap::IndexMap;

use super::calls::{Calls, End};

/// Conversations are cut to this, in hours: a clock that went on.
const LONGEST: f64 = 12.0;
/// Somebody who answers no message for this long has not been at it, in hours.
pub(super) const LONGEST_PAUSE: f64 = 1.0;

/// One piece of work of one person, in hours.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Service {
    pub(super) from: f64,
    pub(super) to: f64,
    /// When the customer came in.
    pub(super) arrived: f64,
    /// Whether the customer held the line.
    pub(super) live: bool,
    pub(super) class: usize,
}

impl Service {
    /// How long the customer waited.
    pub(super) fn wait(&self) -> f64 {
        self.from - self.arrived
    }
}

/// All that was served.
#[derive(Clone, Debug, Default)]
pub(super) struct Services {
    /// Of each person whom the log names, in the order in which they began.
    pub(super) by_agent: IndexMap<u32, Vec<Service>>,
    /// Of those whom it does not name.
    pub(super) nameless: Vec<Service>,
}

impl Services {
    /// Of these channels. `writing`: what an answer takes whose length is not in the log, in hours.
    pub(super) fn of(calls: &Calls, writing: f64) -> Self {
        let mut this = Self::default();
        for call in &calls.calls {
            let End::Served(service) = call.end else { continue };
            let answered = call.arrived + call.wait;
            let live = calls.is_live(call.class);
            let (from, to) = match service {
                Some(hours) => (answered, answered + hours.clamp(0.0, LONGEST)),
                None if live => (answered, answered + writing),
                None => (answered - writing, answered),
            };
            let service = Service { from, to, arrived: call.arrived, live, class: call.class };
            match call.agent {
                Some(agent) => this.by_agent.entry(agent).or_default().push(service),
                None => this.nameless.push(service),
            }
        }
        this.by_agent.values_mut().for_each(|services| one_after_another(services));
        this
    }

    /// Whether the log names who served most of the contacts.
    pub(super) fn named(&self) -> bool {
        let named: usize = self.by_agent.values().map(Vec::len).sum();
        self.nameless.len() < named
    }

    /// All of them.
    pub(super) fn all(&self) -> impl Iterator<Item = &Service> {
        self.by_agent.values().flatten().chain(&self.nameless)
    }

    /// Two in a row of one person, of which the second is a call.
    pub(super) fn pairs(&self) -> impl Iterator<Item = (&Service, &Service)> {
        let pairs = self.by_agent.values().flat_map(|services| services.windows(2));
        pairs.map(|pair| (&pair[0], &pair[1])).filter(|(_, next)| next.live)
    }
}

/// Messages are written one after another; one that lies there is begun at once.
fn one_after_another(services: &mut [Service]) {
    services.sort_by(|a, b| a.to.total_cmp(&b.to));
    for at in 1..services.len() {
        let before = services[at - 1].to;
        let this = &mut services[at];
        if !this.live {
            let at_once = this.arrived <= before && this.to - before <= LONGEST_PAUSE;
            this.from = if at_once { before } else { this.from.max(before) };
        }
    }
    services.sort_by(|a, b| a.from.total_cmp(&b.from));
}
