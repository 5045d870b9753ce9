//! What the company does wrong in public: a post that people pass on, and a message for triage.

use super::observer::{Happening, Observer};
use super::occasions::Occasion;
use super::{Event, World};
use crate::scenario::triage::Kind;

/// Where the candidate numbers of mistakes begin: a company has 2^16 of them.
pub const FIRST: u32 = 0xe000_0000;

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
        let (now, policy) = (self.now(), self.policy(company));
        let (mistake, channel) = &policy.mistakes[number];
        let candidate = FIRST | (company as u32) << 16 | number as u32;
        let (kind, severity, place) = (Kind::Complaint, mistake.severity, self.customers.auditor());
        let what = Happening::Occasion { kind, severity, company, customer: place as u32 };
        self.observer.happened(now, candidate, what);
        let occasion = Occasion {
            candidate,
            place,
            company,
            kind,
            severity,
            cause: 0,
            not_first_failure: false,
            probe: false,
            followers: mistake.views,
        };
        self.cry_out(occasion, *channel, mistake, number == 0);
    }
}
