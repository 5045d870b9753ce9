//! What a customer brings along: attitude, followers, expectation, temper.

use crate::terms::purpose::Purpose;
use heard_math::engine::keyed::Draws;
use heard_math::engine::sample;
use heard_math::normal;
use heard_scenario::customers::Customers as Settings;

/// What a customer brings along.
pub struct Person {
    /// Attitude towards any company.
    pub attitude: f64,
    /// Followers.
    pub followers: f64,
    /// Expectation of care, 0 to 1.
    pub expectation: f64,
}

impl Person {
    /// The person who holds a place in this generation.
    pub fn draw(settings: &Settings, draws: &Draws, place: u32, generation: u16) -> Self {
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

/// How somebody takes things.
#[derive(Clone, Copy, Debug)]
pub struct Temper {
    /// An apology means something to them.
    pub accepts_apology: bool,
    /// They see a gimmick in anything that sounds like marketing.
    pub sees_gimmick: bool,
    /// They feel followed when answered unasked.
    pub feels_followed: bool,
    /// They rate the person who answered them, if people are rated.
    pub rates: bool,
}

impl Temper {
    /// The temper of the person who holds a place in this generation.
    #[must_use]
    pub fn draw(settings: &Settings, draws: &Draws, place: u32, generation: u16) -> Self {
        let (apology, gimmick) = draws.uniforms(place, Purpose::Temper, generation);
        let (followed, rates) = draws.uniforms(place, Purpose::Manner, generation);
        Self {
            accepts_apology: apology < settings.accepts_apology,
            sees_gimmick: gimmick < settings.sees_gimmick,
            feels_followed: followed < settings.feels_followed,
            rates: rates < settings.rates,
        }
    }
}
