//! Awareness: the share of the market that knows of a company. Any mention raises it.

use heard_scenario::market::Market;

/// Who knows of one company.
#[derive(Clone, Debug)]
pub struct Awareness {
    usual: f64,
    share: f64,
    remembered: f64,
    market: f64,
    half_life_hours: f64,
    at: f64,
}

impl Awareness {
    /// As on day 0, before `market` people.
    #[must_use]
    pub fn new(usual: f64, settings: &Market, market: f64) -> Self {
        Self {
            usual,
            share: usual,
            remembered: settings.remembered,
            market,
            half_life_hours: settings.awareness_half_life_days * 24.0,
            at: 0.0,
        }
    }

    /// `views` people see something about the company at `now` (hours): of those who did not know of
    /// it some remember it.
    pub fn mention(&mut self, now: f64, views: f64) {
        let reached = 1.0 - libm::exp(-self.remembered * views / self.market);
        self.share = self.read(now) + reached * (1.0 - self.share);
    }

    /// The share of the market that knows of it at `now` (hours). What was won is forgotten.
    pub fn read(&mut self, now: f64) -> f64 {
        if now != self.at {
            let kept = libm::exp2((self.at - now) / self.half_life_hours);
            self.share = self.usual + kept * (self.share - self.usual);
            self.at = now;
        }
        self.share
    }

    /// The share that knows of it on day 0.
    #[must_use]
    pub fn usual(&self) -> f64 {
        self.usual
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mentions_raise_awareness_and_time_takes_it_back() {
        let settings =
            Market { remembered: 0.5, awareness_half_life_days: 1.0, ..Market::default() };
        let mut awareness = Awareness::new(0.2, &settings, 1000.0);
        awareness.mention(0.0, 400.0);
        let exact = 0.2 + 0.8 * (1.0 - libm::exp(-0.2));
        assert!((awareness.read(0.0) - exact).abs() < 1e-12);
        let later = awareness.read(48.0);
        assert!((later - (0.2 + (exact - 0.2) / 4.0)).abs() < 1e-12, "{later}");
        awareness.mention(48.0, 1e12);
        assert!((awareness.read(48.0) - 1.0).abs() < 1e-12);
    }
}
