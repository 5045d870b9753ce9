//! Occasions: one stream of candidates at the highest rates that any arm has. Every arm faces the
//! same candidates and skips those that its own rates, or a removed cause, exclude.

use crate::terms::observer::{Happening, Observer};
use crate::terms::occasion::Occasion;
use crate::terms::purpose::Purpose;
use crate::world::{Event, World};
use heard_math::engine::sample;
use heard_scenario::market::Buying;
use heard_scenario::triage::Kind;

impl<O: Observer> World<'_, O> {
    /// Schedules the next candidate.
    pub(super) fn next_occasion(&mut self) {
        let gap = self.draws.uniform(self.candidate, Purpose::Gap, 0);
        if let Some(time) = self.occasions.next(&self.draws, gap, self.setting.end) {
            self.events.at(time, Event::Occasion);
        }
    }

    /// A candidate comes up.
    pub(super) fn occasion(&mut self) {
        let candidate = self.candidate;
        self.candidate += 1;
        self.next_occasion();
        let (mark, who) = self.draws.uniforms(candidate, Purpose::Mark, 0);
        let place = (who * f64::from(self.setting.customers.count)) as usize;
        let Some(company) = self.with_which(candidate, place) else { return };
        let policy = self.policy(company);
        let Some(kind) = self.setting.occasion(&policy.rates, mark) else { return };
        let (how_bad, why) = self.draws.uniforms(candidate, Purpose::Severity, 0);
        let spread = &policy.company.severity;
        let severity = match kind {
            Kind::Question | Kind::Misguided => policy.company.question_severity,
            _ => sample::normal_in_unit(how_bad, spread.mean, spread.sd),
        };
        let causes = &self.companies[company].causes;
        let cause = causes.pick(why);
        if kind == Kind::Complaint && causes.is_removed(cause) {
            return;
        }
        let what = Happening::Occasion { kind, severity, company, customer: place as u32 };
        self.observer.happened(self.events.now(), candidate, what);
        let followers = self.customers.followers(place);
        let occasion = Occasion {
            candidate,
            place,
            company,
            kind,
            severity,
            cause,
            not_first_failure: false,
            probe: false,
            followers,
        };
        match kind {
            Kind::Complaint => self.failure(occasion),
            Kind::Praise => self.delight(occasion),
            _ => self.speak_or_not(occasion),
        }
    }

    /// Something that belongs to no customer: a probe, a detractor's post, an outcry.
    pub(super) fn outsiders(
        &mut self,
        candidate: u32,
        company: usize,
        kind: Kind,
        severity: f64,
        followers: f64,
    ) -> Occasion {
        let (now, place) = (self.now(), self.customers.auditor());
        let what = Happening::Occasion { kind, severity, company, customer: place as u32 };
        self.observer.happened(now, candidate, what);
        Occasion {
            candidate,
            place,
            company,
            kind,
            severity,
            cause: 0,
            not_first_failure: false,
            probe: false,
            followers,
        }
    }

    /// The company that an occasion of this customer is with.
    fn with_which(&self, candidate: u32, place: usize) -> Option<usize> {
        match self.setting.market.customers_buy {
            Buying::FromOne => self.customers.company(place),
            Buying::FromEach => {
                let which = self.draws.uniform(candidate, Purpose::Which, 0);
                let company = (which * self.companies.len() as f64) as usize;
                self.customers.buys(place, company).then_some(company)
            }
        }
    }

    fn failure(&mut self, occasion: Occasion) {
        let now = self.now();
        let Occasion { place, company, .. } = occasion;
        self.companies[company].census.failure(now);
        let not_first_failure = self.customers.fail(place) > 1;
        let step = self.policy(company).reaction.failure_moves * occasion.severity;
        self.customers.move_attitude(place, company, -1.0, step, now);
        self.speak_or_not(Occasion { not_first_failure, ..occasion });
    }

    fn delight(&mut self, occasion: Occasion) {
        let now = self.now();
        let Occasion { place, company, .. } = occasion;
        let step = self.policy(company).reaction.delight_moves;
        self.customers.move_attitude(place, company, 1.0, step, now);
        self.praise_or_not(occasion);
    }
}

#[cfg(test)]
mod tests;
