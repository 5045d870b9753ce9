//! The end of a case, and whether the customer stays, leaves, or is replaced.

use crate::customers::person::Person;
use crate::terms::case::Ending;
use crate::terms::observer::{Happening, Observer};
use crate::terms::outcome::Outcome;
use crate::terms::purpose::Purpose;
use crate::world::{Event, World};
use heard_math::engine::sample;
use heard_scenario::market::Buying;

/// A company that nobody knows is taken to be known by one in a hundred of those who look for one.
const LEAST_AWARENESS: f64 = 0.01;

impl<O: Observer> World<'_, O> {
    /// The case comes to its end, and the customer decides whether to stay.
    pub(super) fn end(&mut self, case: usize, ending: Ending) {
        let this = &self.cases[case];
        let (candidate, place) = (this.candidate, this.place as usize);
        let (company, decides) =
            (usize::from(this.company), this.kind.is_failure() && !this.outsider);
        let outcome = match this.resolved_at - this.voiced_at {
            hours if hours <= this.expected_within.min(24.0) => Outcome::SatisfiedFast,
            hours if hours.is_finite() => Outcome::Satisfied,
            _ => Outcome::Dissatisfied,
        };
        self.open_cases.remove(place, case as u32);
        self.conclude(case, ending);
        if decides {
            self.stay_or_leave(candidate, place, company, outcome);
        }
    }

    fn conclude(&mut self, case: usize, ending: Ending) {
        let this = &mut self.cases[case];
        this.ending = Some(ending);
        this.ended_at = self.events.now();
        this.waiting = false;
        let what = match ending {
            Ending::Resolved => return,
            Ending::Settled => Happening::Settled,
            Ending::GaveUp => Happening::GaveUp,
            Ending::Left => Happening::Left,
        };
        self.note(case, what);
    }

    /// After a problem the customer may leave; the worse the attitude, the sooner. What else they
    /// had open with the company ends with it.
    pub(super) fn stay_or_leave(
        &mut self,
        candidate: u32,
        place: usize,
        company: usize,
        outcome: Outcome,
    ) {
        let now = self.now();
        let reaction = &self.policy(company).reaction;
        let neutral = reaction.leaves_at_neutral;
        let logit = libm::log(neutral / (1.0 - neutral))
            - reaction.leaving_slope * self.customers.attitude(place, company, now);
        let chance = 1.0 / (1.0 + libm::exp(-logit));
        let stays = self.draws.uniform(candidate, Purpose::Leaving, 0) >= chance;
        self.companies[company].census.loyalty(now, outcome, stays);
        if stays {
            return;
        }
        self.companies[company].census.left(now);
        self.customers.leave(place, company, now);
        self.observer.happened(now, candidate, Happening::Quit);
        let mut others = Vec::new();
        while let Some(case) = self.open_cases.take(place) {
            if usize::from(self.cases[case as usize].company) == company {
                self.conclude(case as usize, Ending::Left);
            } else {
                others.push(case);
            }
        }
        others.into_iter().rev().for_each(|case| self.open_cases.put_back(place, case));
        if !self.changes_over(candidate, place, company) {
            self.await_newcomer(place, company);
        }
    }

    /// Where there are rivals, a leaver may buy from one of them instead.
    fn changes_over(&mut self, candidate: u32, place: usize, left: usize) -> bool {
        let market = &self.setting.market;
        if market.customers_buy == Buying::FromEach || self.companies.len() == 1 {
            return false;
        }
        let (goes, which) = self.draws.uniforms(candidate, Purpose::Choice, 0);
        if goes < market.goes_away {
            return false;
        }
        let Some(company) = self.choose_company(place, Some(left), which) else { return false };
        self.customers.join(place, company);
        self.observer.happened(self.events.now(), candidate, Happening::WentTo { company });
        true
    }

    /// The company that a customer picks by what they think and know of each, by a uniform in (0, 1);
    /// not the one just left. `None` where nobody knows of any other.
    fn choose_company(&mut self, place: usize, left: Option<usize>, uniform: f64) -> Option<usize> {
        let (now, market) = (self.now(), &self.setting.market);
        let mut weights = Vec::with_capacity(self.companies.len());
        for (index, company) in self.companies.iter_mut().enumerate() {
            let opinion = market.follows_attitude * self.customers.attitude(place, index, now);
            let follow = self.policies[index].reaction.newcomers_follow_sentiment;
            let heard = follow * company.sentiment.read(now);
            let known = libm::pow(company.awareness.read(now), market.follows_awareness);
            let weight = known * libm::exp(opinion + heard);
            weights.push(if left == Some(index) { 0.0 } else { weight });
        }
        let mut rest = uniform * weights.iter().sum::<f64>();
        weights.iter().position(|weight| {
            rest -= weight;
            rest < 0.0
        })
    }

    /// Sooner or later somebody takes the place of a leaver: the better the company stands in public
    /// and the more know of it, the sooner.
    fn await_newcomer(&mut self, place: usize, company: usize) {
        let now = self.now();
        let generation = self.customers.generation(place);
        let (_, wait) = self.draws.uniforms(place as u32, Purpose::Habit, generation);
        let companies = match self.setting.market.customers_buy {
            Buying::FromEach => company..company + 1,
            Buying::FromOne => 0..self.companies.len(),
        };
        let count = companies.len() as f64;
        let power = self.setting.market.follows_awareness;
        let mut pull = 0.0;
        for index in companies {
            let follow = self.policies[index].reaction.newcomers_follow_sentiment;
            let this = &mut self.companies[index];
            let usual = this.awareness.usual().max(LEAST_AWARENESS);
            let known = libm::pow(this.awareness.read(now) / usual, power);
            pull += known * libm::exp(follow * this.sentiment.read(now)) / count;
        }
        let mean = self.policy(company).reaction.replaced_days * 24.0;
        let hours = mean / pull.max(1e-9) * sample::exponential(wait);
        let newcomer = Event::Newcomer { place: place as u32, company: company as u8 };
        self.events.after(hours, newcomer);
    }

    /// A new customer takes the place of one who left.
    pub(super) fn newcomer(&mut self, place: usize, company: usize) {
        let (now, setting) = (self.now(), self.setting);
        let settings = &setting.customers;
        if setting.market.customers_buy == Buying::FromEach {
            // The same person deals with the other companies still.
            let generation = self.customers.generation(place);
            let person = Person::draw(settings, &self.draws, place as u32, generation);
            self.customers.forget(place, company, person.attitude, now);
            self.customers.join(place, company);
            return;
        }
        self.customers.arrive(place, settings, &self.draws, now);
        if let Some(network) = &self.network {
            self.customers.follow(place, network.degree(place) as f64);
        }
        let generation = self.customers.generation(place);
        let which = self.draws.uniform(place as u32, Purpose::Choice, generation);
        let company = self.choose_company(place, None, which).unwrap_or(company);
        self.customers.join(place, company);
    }
}

#[cfg(test)]
mod tests;
