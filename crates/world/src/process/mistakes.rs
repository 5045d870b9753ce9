//! What the company does wrong in public: a post that people pass on, and a message for triage.

use crate::terms::candidate;
use crate::terms::observer::Observer;
use crate::world::{Event, World};
use heard_scenario::triage::Kind;

impl<O: Observer> World<'_, O> {
    /// Schedules the company's mistakes.
    pub(super) fn plan_mistakes(&mut self, company: usize) {
        for (number, (mistake, _)) in self.policy(company).mistakes.iter().enumerate() {
            let event = Event::Mistake { company: company as u8, number: number as u16 };
            self.events.at(mistake.at_day * 24.0, event);
        }
    }

    /// The company makes a mistake. It stands in the inbox as an outcry that names the company.
    pub(super) fn mistake(&mut self, company: usize, number: usize) {
        let policy = self.policy(company);
        let (mistake, channel) = &policy.mistakes[number];
        let candidate = candidate::MISTAKES | (company as u32) << 16 | number as u32;
        let (severity, views) = (mistake.severity, mistake.views);
        let occasion = self.outsiders(candidate, company, Kind::Complaint, severity, views);
        self.cry_out(occasion, *channel, mistake, number == 0);
    }
}

#[cfg(test)]
mod tests;
