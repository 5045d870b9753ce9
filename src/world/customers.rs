//! The customers of one replication: who they are, what they believe, who is still there.
//!
//! A customer has a place, and a generation counts who has held it. State lies in arrays by field.

use super::attitude::{Attitudes, GroupSum};
use super::plan::Plan;
use super::purpose::Purpose;
use crate::engine::keyed::Draws;
use crate::engine::sample;
use crate::normal;

/// All customers.
#[derive(Clone, Debug)]
pub struct Customers {
    /// Attitude towards the company.
    pub attitudes: Attitudes,
    followers: Vec<f32>,
    /// Expectation of care, 0 to 1.
    expectation: Vec<f32>,
    /// Belief in each channel less its initial value, when it was last learned: rows of customers,
    /// columns of channels.
    belief: Vec<f32>,
    /// When that was, in hours.
    learned_at: Vec<f32>,
    channels: usize,
    initial_belief: Vec<f64>,
    belief_half_life_hours: f64,
    failures: Vec<u8>,
    generation: Vec<u16>,
    present: Vec<bool>,
    /// The customers of day 0 that are still there.
    first: GroupSum,
    /// Attitudes with which others of them left.
    left_with: Vec<f32>,
}

impl Customers {
    /// The customers of day 0: the same for every arm.
    #[must_use]
    pub fn new(plan: &Plan, draws: &Draws) -> Self {
        let count = plan.customers.count as usize;
        let channels = plan.channels.len();
        let mut base = Vec::with_capacity(count);
        let mut followers = Vec::with_capacity(count);
        let mut expectation = Vec::with_capacity(count);
        for place in 0..count {
            let person = Person::draw(plan, draws, place as u32, 0);
            base.push(person.attitude);
            followers.push(person.followers as f32);
            expectation.push(person.expectation as f32);
        }
        let attitudes = Attitudes::new(base, plan.customers.attitude_half_life_days * 24.0);
        let first = attitudes.group(|_| true);
        Self {
            attitudes,
            followers,
            expectation,
            belief: vec![0.0; count * channels],
            learned_at: vec![0.0; count * channels],
            channels,
            initial_belief: plan.channels.iter().map(|channel| channel.belief).collect(),
            belief_half_life_hours: plan.customers.belief_half_life_days * 24.0,
            failures: vec![0; count],
            generation: vec![0; count],
            present: vec![true; count],
            first,
            left_with: Vec::new(),
        }
    }

    /// Whether somebody holds this place now.
    #[must_use]
    pub fn is_present(&self, place: usize) -> bool {
        self.present[place]
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

    /// Expectation of care, 0 to 1.
    #[must_use]
    pub fn expectation(&self, place: usize) -> f64 {
        f64::from(self.expectation[place])
    }

    /// Moves the expectation of care by the share `step` of the way to `care`.
    pub fn expect(&mut self, place: usize, care: f64, step: f64) {
        self.expectation[place] += (step * (care - self.expectation(place))) as f32;
    }

    /// Counts a failure; returns how many this customer has now had.
    pub fn fail(&mut self, place: usize) -> u8 {
        self.failures[place] = self.failures[place].saturating_add(1);
        self.failures[place]
    }

    /// How far the belief in `channel` lies above its initial value, at `now` (hours).
    #[must_use]
    pub fn belief_gain(&self, place: usize, channel: usize, now: f64) -> f64 {
        let at = place * self.channels + channel;
        let age = (now - f64::from(self.learned_at[at])).max(0.0);
        f64::from(self.belief[at]) * libm::exp2(-age / self.belief_half_life_hours)
    }

    /// Moves the belief in `channel` by the share `step` towards 1 (it worked) or 0 (it did not).
    pub fn learn(&mut self, place: usize, channel: usize, worked: bool, step: f64, now: f64) {
        let initial = self.initial_belief[channel];
        let belief = initial + self.belief_gain(place, channel, now);
        let target = if worked { 1.0 } else { 0.0 };
        let gain = belief + step * (target - belief) - initial;
        self.belief[place * self.channels + channel] = gain as f32;
        self.learned_at[place * self.channels + channel] = now as f32;
    }

    /// Lets time pass for all attitudes.
    fn advance(&mut self, now: f64) {
        self.attitudes.advance(now);
        if self.attitudes.worn_out() {
            self.attitudes.rebase();
            let (generation, present) = (&self.generation, &self.present);
            self.first = self.attitudes.group(|who| generation[who] == 0 && present[who]);
        }
    }

    /// Moves one attitude by the share `step` of the way to `target` (-1 to 1).
    pub fn move_attitude(&mut self, place: usize, target: f64, step: f64, now: f64) {
        self.advance(now);
        let group = (self.generation[place] == 0 && self.present[place]).then_some(&mut self.first);
        self.attitudes.move_towards(place, target, step, group);
    }

    /// The attitude of one customer at `now` (hours).
    pub fn attitude(&mut self, place: usize, now: f64) -> f64 {
        self.advance(now);
        self.attitudes.of(place)
    }

    /// Moves everybody by the share `weight` of the way to `mood`.
    pub fn pull_all(&mut self, weight: f64, mood: f64, now: f64) {
        self.advance(now);
        self.attitudes.pull_all(weight, mood);
    }

    /// Takes the customer out of the market.
    pub fn leave(&mut self, place: usize, now: f64) {
        self.advance(now);
        if self.generation[place] == 0 {
            self.attitudes.remove_from(&mut self.first, place);
            self.left_with.push(self.attitudes.of(place) as f32);
        }
        self.present[place] = false;
    }

    /// Lets a new customer take the place.
    pub fn arrive(&mut self, place: usize, plan: &Plan, draws: &Draws, now: f64) {
        self.advance(now);
        self.generation[place] = self.generation[place].wrapping_add(1).max(1);
        let person = Person::draw(plan, draws, place as u32, self.generation[place]);
        self.attitudes.replace(place, person.attitude);
        self.followers[place] = person.followers as f32;
        self.expectation[place] = person.expectation as f32;
        self.belief[place * self.channels..][..self.channels].fill(0.0);
        self.failures[place] = 0;
        self.present[place] = true;
    }

    /// Mean attitude of the customers of day 0, leavers as they left.
    pub fn mean_attitude_of_first(&mut self, now: f64) -> f64 {
        self.advance(now);
        let left: f64 = self.left_with.iter().map(|&attitude| f64::from(attitude)).sum();
        (self.attitudes.sum(&self.first) + left) / self.present.len() as f64
    }

    /// The attitudes of the customers of day 0, leavers as they left.
    pub fn attitudes_of_first(&mut self, now: f64) -> impl Iterator<Item = f64> {
        self.advance(now);
        let there = (0..self.present.len())
            .filter(|&who| self.generation[who] == 0 && self.present[who])
            .map(|who| self.attitudes.of(who));
        there.chain(self.left_with.iter().map(|&attitude| f64::from(attitude)))
    }
}

/// What a customer brings along.
struct Person {
    attitude: f64,
    followers: f64,
    expectation: f64,
}

impl Person {
    fn draw(plan: &Plan, draws: &Draws, place: u32, generation: u16) -> Self {
        let settings = &plan.customers;
        let (mood, fame) = draws.uniforms(place, Purpose::Person, generation);
        let habit = draws.uniform(place, Purpose::Habit, generation);
        let (attitude, care) = (&settings.attitude, &settings.expectation);
        Self {
            attitude: (attitude.mean + attitude.sd * normal::quantile(mood)).clamp(-1.0, 1.0),
            followers: sample::lognormal(fame, settings.followers.median, settings.followers.sigma),
            expectation: (care.mean + care.sd * normal::quantile(habit)).clamp(0.0, 1.0),
        }
    }
}
