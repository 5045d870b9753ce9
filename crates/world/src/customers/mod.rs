//! The customers of one replication: who they are, what they believe, whom they buy from.
//!
//! A customer has a place, and a generation counts who has held it. State lies in arrays by field.
//! The last place is the auditor's, who buys from nobody.

pub mod justice;
pub mod network;
pub mod open_cases;
pub mod opinion;
pub mod person;

use std::sync::atomic::{AtomicBool, Ordering};

use crate::plan::policy::Policy;
use crate::plan::setting::Setting;
use crate::terms::LOOK_EVERY;
use crate::terms::purpose::Purpose;
use crate::terms::ratio::ratio;
use heard_math::engine::keyed::Draws;
use heard_scenario::customers::Customers as Settings;
use heard_scenario::market::Buying;
use opinion::{GroupSum, Opinions};
use person::Person;

/// Attitudes from which on customers neither promote nor detract, and from which on they promote: the
/// likelihood to recommend is 5 + 5 x attitude, rounded; up to 6 they detract, from 9 on they promote.
const PASSIVE: f64 = 0.3;
const PROMOTER: f64 = 0.7;

/// All customers.
#[derive(Clone, Debug)]
pub struct Customers {
    count: usize,
    /// Attitude towards each company.
    attitudes: Vec<Opinions>,
    /// Belief in each channel.
    beliefs: Vec<Opinions>,
    initial_belief: Vec<f64>,
    followers: Vec<f32>,
    /// Expectation of care, 0 to 1.
    expectation: Vec<f32>,
    failures: Vec<u8>,
    generation: Vec<u16>,
    /// Whom each buys from: a bit for each company.
    buys: Vec<u8>,
    /// Whose customers of day 0 each still is: a bit for each company.
    first: Vec<u8>,
    companies: Vec<Members>,
}

/// The customers of one company.
#[derive(Clone, Debug, Default)]
struct Members {
    /// On day 0.
    at_first: usize,
    /// Now.
    now: usize,
    /// Those of day 0 that are still there.
    first: GroupSum,
    /// Attitudes with which others of them left.
    left_with: Vec<f32>,
}

impl Customers {
    /// The customers of day 0: the same for every arm. `None` if `stop` was raised before the end.
    #[must_use]
    pub fn new(
        setting: &Setting,
        policies: &[Policy],
        draws: &Draws,
        stop: &AtomicBool,
    ) -> Option<Self> {
        let settings = &setting.customers;
        let count = settings.count as usize;
        let person = |place: u32| {
            let stopped = place.is_multiple_of(LOOK_EVERY) && stop.load(Ordering::Relaxed);
            (!stopped).then(|| Person::draw(settings, draws, place, 0))
        };
        let people: Vec<Person> = (0..=settings.count).map(person).collect::<Option<_>>()?;
        let base: Vec<f64> = people.iter().map(|person| person.attitude).collect();
        let half_life = settings.attitude_half_life_days * 24.0;
        let initial_belief: Vec<f64> =
            policies[0].channels.iter().map(|channel| channel.belief).collect();
        let memory = settings.belief_half_life_days * 24.0;
        let belief = |&initial| Opinions::all_alike(count + 1, initial, memory);
        let mut buys: Vec<u8> = match setting.market.customers_buy {
            Buying::FromEach => vec![((1u16 << setting.companies) - 1) as u8; count],
            Buying::FromOne => {
                let ends = shares(policies);
                let company = |place| {
                    let luck = draws.uniform(place, Purpose::FirstCompany, 0);
                    1 << ends.partition_point(|&end| end < luck).min(policies.len() - 1)
                };
                (0..count as u32).map(company).collect()
            }
        };
        buys.push(0);
        let attitudes = vec![Opinions::new(base, half_life); setting.companies];
        let members = |company: usize| {
            let is_customer = |who: usize| buys[who] >> company & 1 == 1;
            let number = (0..count).filter(|&who| is_customer(who)).count();
            Members {
                at_first: number,
                now: number,
                first: attitudes[company].group(is_customer),
                left_with: Vec::new(),
            }
        };
        Some(Self {
            companies: (0..setting.companies).map(members).collect(),
            count,
            beliefs: initial_belief.iter().map(belief).collect(),
            initial_belief,
            followers: people.iter().map(|person| person.followers as f32).collect(),
            expectation: people.iter().map(|person| person.expectation as f32).collect(),
            failures: vec![0; count + 1],
            generation: vec![0; count + 1],
            first: buys.clone(),
            buys,
            attitudes,
        })
    }

    /// The auditor's place.
    #[must_use]
    pub fn auditor(&self) -> usize {
        self.count
    }

    /// Whether the holder of this place buys from the company.
    #[must_use]
    pub fn buys(&self, place: usize, company: usize) -> bool {
        self.buys[place] >> company & 1 == 1
    }

    /// The company that the holder of this place buys from; the first of several.
    #[must_use]
    pub fn company(&self, place: usize) -> Option<usize> {
        let buys = self.buys[place];
        (buys != 0).then(|| buys.trailing_zeros() as usize)
    }

    /// Customers of the company now, and on day 0.
    #[must_use]
    pub fn members(&self, company: usize) -> (usize, usize) {
        (self.companies[company].now, self.companies[company].at_first)
    }

    /// Which customer in a row holds or last held this place.
    #[must_use]
    pub fn generation(&self, place: usize) -> u16 {
        self.generation[place]
    }

    /// Followers of the customer.
    #[must_use]
    pub fn followers(&self, place: usize) -> f64 {
        f64::from(self.followers[place])
    }

    /// Gives the customer this many followers, as a network has them.
    pub fn follow(&mut self, place: usize, followers: f64) {
        self.followers[place] = followers as f32;
    }

    /// Followers at which the tenths of customers end, as they follow each other on day 0.
    #[must_use]
    pub fn tenths(&self) -> Vec<f64> {
        let mut all = self.followers[..self.count].to_vec();
        all.sort_by(f32::total_cmp);
        let end = |tenth: usize| all.get(tenth * all.len() / 10).copied().unwrap_or(0.0);
        (1..10).map(|tenth| f64::from(end(tenth))).collect()
    }

    /// Expectation of care, 0 to 1.
    #[must_use]
    pub fn expectation(&self, place: usize) -> f64 {
        f64::from(self.expectation[place])
    }

    /// Moves the expectation of care by the share `step` of the way to `care`.
    pub fn expect(&mut self, place: usize, care: f64, step: f64) {
        self.expectation[place] += (step * (care - self.expectation(place))) as f32;
    }

    /// Mean expectation of care of a company's customers; NaN where it has none.
    #[must_use]
    pub fn mean_expectation(&self, company: usize) -> f64 {
        let there = (0..self.count).filter(|&who| self.buys(who, company));
        let sum: f64 = there.map(|who| self.expectation(who)).sum();
        ratio(sum, self.companies[company].now as f64)
    }

    /// Counts a failure; returns how many this customer has now had.
    pub fn fail(&mut self, place: usize) -> u8 {
        self.failures[place] = self.failures[place].saturating_add(1);
        self.failures[place]
    }

    /// How likely the customer holds it that speaking up on `channel` helps, at `now` (hours).
    #[must_use]
    pub fn belief(&mut self, place: usize, channel: usize, now: f64) -> f64 {
        self.believe_at(channel, now).of(place)
    }

    /// How far that lies above its initial value.
    #[must_use]
    pub fn belief_gain(&mut self, place: usize, channel: usize, now: f64) -> f64 {
        self.belief(place, channel, now) - self.initial_belief[channel]
    }

    /// Moves the belief in `channel` by the share `step` towards 1 (it worked) or 0 (it did not).
    pub fn learn(&mut self, place: usize, channel: usize, worked: bool, step: f64, now: f64) {
        self.believe_at(channel, now).move_towards(place, f64::from(u8::from(worked)), step, None);
    }

    /// The same for everybody.
    pub fn all_learn(&mut self, channel: usize, worked: bool, step: f64, now: f64) {
        self.believe_at(channel, now).pull_all(step, f64::from(u8::from(worked)));
    }

    /// The beliefs in a channel once time has passed.
    fn believe_at(&mut self, channel: usize, now: f64) -> &mut Opinions {
        let beliefs = &mut self.beliefs[channel];
        beliefs.advance(now);
        if beliefs.worn_out() {
            beliefs.rebase();
        }
        beliefs
    }

    /// Lets time pass for all attitudes towards a company.
    fn advance(&mut self, company: usize, now: f64) {
        let attitudes = &mut self.attitudes[company];
        attitudes.advance(now);
        if attitudes.worn_out() {
            attitudes.rebase();
            let first = &self.first;
            self.companies[company].first = attitudes.group(|who| first[who] >> company & 1 == 1);
        }
    }

    /// Moves one attitude by the share `step` of the way to `target` (-1 to 1).
    pub fn move_attitude(
        &mut self,
        place: usize,
        company: usize,
        target: f64,
        step: f64,
        now: f64,
    ) {
        self.advance(company, now);
        let is_first = self.first[place] >> company & 1 == 1;
        let group = is_first.then_some(&mut self.companies[company].first);
        self.attitudes[company].move_towards(place, target, step, group);
    }

    /// The attitude of one customer towards a company at `now` (hours).
    pub fn attitude(&mut self, place: usize, company: usize, now: f64) -> f64 {
        self.advance(company, now);
        self.attitudes[company].of(place)
    }

    /// Moves everybody by the share `weight` of the way to `mood`.
    pub fn pull_all(&mut self, company: usize, weight: f64, mood: f64, now: f64) {
        self.advance(company, now);
        self.attitudes[company].pull_all(weight, mood);
    }

    /// The customer no longer buys from the company.
    pub fn leave(&mut self, place: usize, company: usize, now: f64) {
        self.advance(company, now);
        let bit = 1 << company;
        let members = &mut self.companies[company];
        if self.first[place] & bit != 0 {
            self.attitudes[company].remove_from(&mut members.first, place);
            members.left_with.push(self.attitudes[company].of(place) as f32);
            self.first[place] &= !bit;
        }
        members.now -= 1;
        self.buys[place] &= !bit;
        self.failures[place] = 0;
    }

    /// The customer buys from the company from now on.
    pub fn join(&mut self, place: usize, company: usize) {
        self.buys[place] |= 1 << company;
        self.companies[company].now += 1;
    }

    /// A new person takes the place; who buys from nobody yet.
    pub fn arrive(&mut self, place: usize, settings: &Settings, draws: &Draws, now: f64) {
        self.generation[place] = self.generation[place].wrapping_add(1).max(1);
        let person = Person::draw(settings, draws, place as u32, self.generation[place]);
        for company in 0..self.companies.len() {
            self.forget(place, company, person.attitude, now);
        }
        for channel in 0..self.beliefs.len() {
            let initial = self.initial_belief[channel];
            self.believe_at(channel, now).replace(place, initial);
        }
        self.followers[place] = person.followers as f32;
        self.expectation[place] = person.expectation as f32;
        self.failures[place] = 0;
    }

    /// Attitude towards a company starts afresh, for somebody who is not one of its first customers.
    pub fn forget(&mut self, place: usize, company: usize, attitude: f64, now: f64) {
        self.advance(company, now);
        self.attitudes[company].replace(place, attitude);
    }

    /// Mean attitude of the company's customers of day 0, leavers as they left; NaN if it had none.
    pub fn mean_attitude_of_first(&mut self, company: usize, now: f64) -> f64 {
        self.advance(company, now);
        let members = &self.companies[company];
        let left: f64 = members.left_with.iter().map(|&attitude| f64::from(attitude)).sum();
        ratio(self.attitudes[company].sum(&members.first) + left, members.at_first as f64)
    }

    /// Net promoter score of the company's customers of day 0, leavers as they left, -100 to 100; NaN if
    /// it had none. Looks at every customer.
    pub fn promoter_score_of_first(&mut self, company: usize, now: f64) -> f64 {
        self.advance(company, now);
        let members = &self.companies[company];
        let there = self.attitudes[company].balance(&self.first, company, (PASSIVE, PROMOTER));
        let side = |attitude: f64| i64::from(attitude >= PROMOTER) - i64::from(attitude < PASSIVE);
        let left: i64 = members.left_with.iter().map(|&attitude| side(attitude.into())).sum();
        100.0 * ratio((there + left) as f64, members.at_first as f64)
    }
}

/// Upper ends of the companies' shares of the customers of day 0. What some do not claim is split
/// evenly among the others.
fn shares(policies: &[Policy]) -> Vec<f64> {
    let claimed: f64 = policies.iter().filter_map(|policy| policy.company.share).sum();
    let others = policies.iter().filter(|policy| policy.company.share.is_none()).count();
    let rest = (1.0 - claimed).max(0.0) / others.max(1) as f64;
    let mut end = 0.0;
    let mut next = |policy: &Policy| {
        end += policy.company.share.unwrap_or(rest);
        end
    };
    policies.iter().map(&mut next).collect()
}

#[cfg(test)]
mod tests;
