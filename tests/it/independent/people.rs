//! Customers and what they think.

use crate::independent::keys::Spread;
use crate::independent::random::Random;
use crate::independent::setting::Setting;

/// Where followers put somebody, by the distribution that they are drawn from.
#[derive(Clone, Copy, PartialEq)]
pub enum Standing {
    LowerFiveTenths,
    Between,
    TopTenth,
}

/// A standard normal is below it nine times in ten.
const NINTH_DECILE: f64 = 1.281_551_565_544_600_4;

#[derive(Clone)]
pub struct Person {
    pub generation: u32,
    /// Whether they are customers; a place is empty after its customer left.
    pub here: bool,
    pub base: f64,
    pub attitude: f64,
    pub expectation: f64,
    pub beliefs: Vec<f64>,
    pub followers: f64,
    pub failures: u32,
    pub accepts_apology: bool,
    pub sees_gimmick: bool,
    pub feels_followed: bool,
}

pub struct People {
    pub places: Vec<Person>,
    /// Attitudes of the customers of day 0 who left, at that moment.
    pub left_with: Vec<Option<f64>>,
    initial_beliefs: Vec<f64>,
    half_lives: (f64, f64),
    /// Followers of the median customer, and of the least of the best-followed tenth.
    ladder: (f64, f64),
    now: f64,
}

impl People {
    pub fn new(setting: &Setting, random: &mut Random) -> Self {
        let count = setting.customers.count as usize;
        let places: Vec<Person> = (0..count).map(|_| person(setting, random, 0)).collect();
        let median = setting.followers.median;
        let sigma = setting.followers.sigma;
        Self {
            left_with: vec![None; count],
            initial_beliefs: setting.channels.iter().map(|it| it.belief).collect(),
            half_lives: (
                setting.customers.attitude_half_life_days * 24.0,
                setting.customers.belief_half_life_days * 24.0,
            ),
            places,
            ladder: (median, median * libm::exp(NINTH_DECILE * sigma)),
            now: 0.0,
        }
    }

    /// Lets attitudes drift to each customer's base, and beliefs to what they were at first.
    pub fn drift(&mut self, now: f64) {
        if now == self.now {
            return;
        }
        let kept = |half_life: f64| libm::exp2(-(now - self.now) / half_life);
        let (attitude, belief) = (kept(self.half_lives.0), kept(self.half_lives.1));
        for person in &mut self.places {
            person.attitude = person.base + attitude * (person.attitude - person.base);
            for (now, first) in person.beliefs.iter_mut().zip(&self.initial_beliefs) {
                *now = first + belief * (*now - first);
            }
        }
        self.now = now;
    }

    pub fn move_all_attitudes(&mut self, towards: f64, share: f64) {
        for person in &mut self.places {
            approach(&mut person.attitude, towards, share);
        }
    }

    pub fn move_all_beliefs(&mut self, channel: usize, towards: f64, share: f64) {
        for person in &mut self.places {
            approach(&mut person.beliefs[channel], towards, share);
        }
    }

    pub fn leaves(&mut self, place: usize) {
        let person = &mut self.places[place];
        person.here = false;
        if person.generation == 0 {
            self.left_with[place] = Some(person.attitude);
        }
    }

    pub fn newcomer(&mut self, place: usize, setting: &Setting, random: &mut Random) {
        let generation = self.places[place].generation + 1;
        self.places[place] = person(setting, random, generation);
    }

    pub fn standing(&self, followers: f64) -> Standing {
        if followers < self.ladder.0 {
            Standing::LowerFiveTenths
        } else if followers < self.ladder.1 {
            Standing::Between
        } else {
            Standing::TopTenth
        }
    }

    /// Attitudes of the customers of day 0; those who left, as they left.
    pub fn first_attitudes(&self) -> Vec<f64> {
        let places = self.places.iter().zip(&self.left_with);
        places.map(|(person, left)| left.unwrap_or(person.attitude)).collect()
    }
}

/// `value -> towards by share`.
pub fn approach(value: &mut f64, towards: f64, share: f64) {
    *value += share * (towards - *value);
}

fn person(setting: &Setting, random: &mut Random, generation: u32) -> Person {
    let customers = &setting.customers;
    let accepts_apology = random.chance(customers.accepts_apology);
    let sees_gimmick = random.chance(customers.sees_gimmick);
    let feels_followed = random.chance(customers.feels_followed);
    let mut spread = |of: &Spread| of.mean + of.sd * random.normal();
    let base = spread(&setting.attitude).clamp(-1.0, 1.0);
    let expectation = spread(&setting.expectation).clamp(0.0, 1.0);
    Person {
        generation,
        here: true,
        base,
        attitude: base,
        expectation,
        beliefs: setting.channels.iter().map(|it| it.belief).collect(),
        followers: random.lognormal(setting.followers.median, setting.followers.sigma),
        failures: 0,
        accepts_apology,
        sees_gimmick,
        feels_followed,
    }
}
