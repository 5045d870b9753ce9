//! Occasions: one stream of candidates at the highest rates that any arm has. Every arm faces the
//! same candidates and passes over those that its own rates, or a removed cause, leave out.

use super::observer::{Happening, Observer};
use super::purpose::Purpose;
use super::{Event, World};
use crate::engine::sample;
use crate::scenario::triage::Kind;

/// One occasion that came about.
#[derive(Clone, Copy, Debug)]
pub struct Occasion {
    /// Its number among the candidates.
    pub candidate: u32,
    /// Whose it is.
    pub place: usize,
    /// What it leads to.
    pub kind: Kind,
    /// How bad, how pressing, or how pleasing: 0 to 1.
    pub severity: f64,
    /// Root cause of a failure.
    pub cause: usize,
    /// Not the customer's first failure.
    pub not_first_failure: bool,
}

impl<O: Observer> World<'_, O> {
    /// Schedules the next candidate.
    pub(super) fn next_occasion(&mut self) {
        let gap = self.draws.uniform(self.candidate, Purpose::Gap, 0);
        if let Some(time) = self.occasions.next(&self.draws, gap, self.plan.end) {
            self.events.at(time, Event::Occasion);
        }
    }

    /// A candidate comes up.
    pub(super) fn occasion(&mut self) {
        let candidate = self.candidate;
        self.candidate += 1;
        self.next_occasion();
        let (mark, who) = self.draws.uniforms(candidate, Purpose::Mark, 0);
        let place = (who * f64::from(self.plan.customers.count)) as usize;
        let Some(kind) = self.plan.occasion(mark) else { return };
        if !self.customers.is_present(place) {
            return;
        }
        let (how_bad, why) = self.draws.uniforms(candidate, Purpose::Severity, 0);
        let spread = &self.plan.company.severity;
        let severity = match kind {
            Kind::Question => self.plan.company.question_severity,
            _ => sample::normal_in_unit(how_bad, spread.mean, spread.sd),
        };
        let cause = self.causes.pick(why);
        if kind == Kind::Complaint && self.causes.is_removed(cause) {
            return;
        }
        let what = Happening::Occasion { kind, severity, company: 0, customer: place as u32 };
        self.observer.happened(self.events.now(), candidate, what);
        let occasion =
            Occasion { candidate, place, kind, severity, cause, not_first_failure: false };
        match kind {
            Kind::Complaint => self.failure(occasion),
            Kind::Question => self.speak_or_not(occasion),
            _ => self.delight(occasion),
        }
    }

    fn failure(&mut self, occasion: Occasion) {
        let now = self.now();
        let place = occasion.place;
        self.census.failure(now);
        let not_first_failure = self.customers.fail(place) > 1;
        let step = self.plan.reaction.failure_moves * occasion.severity;
        self.customers.move_attitude(place, -1.0, step, now);
        self.speak_or_not(Occasion { not_first_failure, ..occasion });
    }

    fn delight(&mut self, occasion: Occasion) {
        let now = self.now();
        self.customers.move_attitude(occasion.place, 1.0, self.plan.reaction.delight_moves, now);
        self.praise_or_not(occasion);
    }
}
