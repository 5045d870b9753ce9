//! Public sentiment: what is said about the company, weighted by who saw it and how long ago.

/// Sum of audience x valence x 2^(-age / memory) over posts, / (market size + sum of audience x
/// 2^(-age / memory)): -1 to 1, and 0 where nothing is said.
#[derive(Clone, Debug)]
pub struct Sentiment {
    weighted: f64,
    audience: f64,
    market: f64,
    memory_hours: f64,
    at: f64,
}

impl Sentiment {
    /// Nothing said yet, before `market` people.
    #[must_use]
    pub fn new(market: f64, memory_hours: f64) -> Self {
        Self { weighted: 0.0, audience: 0.0, market, memory_hours, at: 0.0 }
    }

    fn advance(&mut self, now: f64) {
        let kept = libm::exp2((self.at - now) / self.memory_hours);
        self.weighted *= kept;
        self.audience *= kept;
        self.at = now;
    }

    /// `audience` people see something of this valence (-1 to 1) at `now` (hours).
    pub fn hear(&mut self, now: f64, audience: f64, valence: f64) {
        self.advance(now);
        self.weighted += audience * valence;
        self.audience += audience;
    }

    /// Sentiment at `now` (hours).
    pub fn read(&mut self, now: f64) -> f64 {
        self.advance(now);
        self.weighted / (self.market + self.audience)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentiment_follows_its_definition() {
        let mut sentiment = Sentiment::new(1000.0, 48.0);
        assert_eq!(sentiment.read(5.0), 0.0);
        sentiment.hear(10.0, 500.0, -0.8);
        sentiment.hear(34.0, 300.0, 0.5);
        let old = libm::exp2(-72.0 / 48.0);
        let young = libm::exp2(-1.0);
        let exact =
            (500.0 * -0.8 * old + 300.0 * 0.5 * young) / (1000.0 + 500.0 * old + 300.0 * young);
        assert!((sentiment.read(82.0) - exact).abs() < 1e-12);
    }
}
