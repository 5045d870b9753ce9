//! What is counted while a replication runs.

use crate::independent::setting::Setting;
use crate::independent::triage::Kind;
use crate::independent::world::World;

/// Counts of the window, kept while it passes.
#[derive(Default)]
pub struct Tally {
    pub failures: usize,
    pub views: f64,
    pub money: f64,
    pub firestorms: usize,
    /// Failures that ended, and those after which the customer stayed.
    pub ended: usize,
    pub stayed: usize,
    pub left: usize,
    pub satisfactions: Vec<f64>,
    pub negative: usize,
    pub public: usize,
    pub calls: Vec<Call>,
    pub days: Vec<Day>,
}

pub struct Call {
    pub waited: f64,
    pub hung_up: bool,
}

/// States at the end of a day.
pub struct Day {
    pub attitude: f64,
    pub nps: f64,
    pub sentiment: f64,
    pub expectation: f64,
    pub awareness: f64,
    pub kept: f64,
}

impl Tally {
    pub fn public_message(&mut self, kind: Kind, counted: bool) {
        if counted {
            self.public += 1;
            self.negative += usize::from(!matches!(kind, Kind::Question | Kind::Praise));
        }
    }

    pub fn picked_up(&mut self, waited: f64, setting: &Setting, came: f64) {
        self.called(waited, false, setting, came);
    }

    pub fn hung_up(&mut self, waited: f64, setting: &Setting, came: f64) {
        self.called(waited, true, setting, came);
    }

    fn called(&mut self, waited: f64, hung_up: bool, setting: &Setting, came: f64) {
        if setting.window().contains(&came) {
            self.calls.push(Call { waited, hung_up });
        }
    }
}

impl World<'_> {
    pub fn day_ends(&mut self) {
        let window = self.setting.window();
        if self.now <= window.start || self.now > window.end {
            return;
        }
        let day = self.state();
        self.tally.days.push(day);
    }

    pub fn state(&mut self) -> Day {
        let attitudes = self.people.first_attitudes();
        let recommends = |a: &f64| libm::round(5.0 + 5.0 * a);
        let promoters = attitudes.iter().filter(|a| recommends(a) >= 9.0).count() as f64;
        let critics = attitudes.iter().filter(|a| recommends(a) <= 6.0).count() as f64;
        let count = attitudes.len() as f64;
        let here = self.people.places.iter().filter(|it| it.here);
        let expectations: Vec<f64> = here.map(|it| it.expectation).collect();
        Day {
            attitude: mean(&attitudes),
            nps: 100.0 * (promoters - critics) / count,
            sentiment: self.public.sentiment(self.now, self.setting),
            expectation: mean(&expectations),
            awareness: self.public.awareness(self.now, self.setting),
            kept: expectations.len() as f64 / count,
        }
    }
}

pub fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
}
