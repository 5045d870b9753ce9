//! A day is over.

use crate::record::census::State;
use crate::terms::observer::Observer;
use crate::terms::ratio::ratio;
use crate::world::{Event, World};

impl<O: Observer> World<'_, O> {
    /// Reads the state of things, and plans the next day.
    pub(super) fn midnight(&mut self) {
        let now = self.now();
        self.read_day(now);
        (0..self.companies.len()).for_each(|company| self.plan_feed(company));
        self.events.after(24.0, Event::Midnight);
    }

    /// Reads the state of things at the end of a day.
    pub(crate) fn read_day(&mut self, now: f64) {
        let counted = self.setting.counted.holds_end(now);
        for (index, company) in self.companies.iter_mut().enumerate() {
            let (here, at_first) = self.customers.members(index);
            company.census.end_of_day(
                now,
                State {
                    sentiment: company.sentiment.read(now),
                    attitude: self.customers.mean_attitude_of_first(index, now),
                    nps: match counted {
                        true => self.customers.promoter_score_of_first(index, now),
                        false => f64::NAN,
                    },
                    expectation: self.customers.mean_expectation(index),
                    awareness: company.awareness.read(now),
                    kept: ratio(here as f64, at_first as f64),
                },
            );
        }
    }
}
