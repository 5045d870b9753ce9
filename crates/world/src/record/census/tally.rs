//! What is counted of problems, waits and shares.

use crate::terms::ratio::ratio;
use heard_scenario::metric::Metric;

const SECONDS_PER_HOUR: f64 = 3600.0;

/// What became of one voiced problem.
#[derive(Clone, Copy, Debug, Default)]
pub struct Fate {
    /// A person of the company read it.
    pub seen: bool,
    /// Anything came back.
    pub answered: bool,
    /// An on-topic answer came from a person.
    pub heard: bool,
    /// The problem is gone.
    pub resolved: bool,
}

#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Tally {
    pub voiced: u64,
    pub seen: u64,
    pub answered: u64,
    pub heard: u64,
    pub resolved: u64,
}

impl Tally {
    pub fn add(&mut self, fate: Fate) {
        self.seen += u64::from(fate.seen);
        self.answered += u64::from(fate.answered);
        self.heard += u64::from(fate.heard);
        self.resolved += u64::from(fate.resolved);
    }

    pub fn rate(&self, metric: Metric) -> f64 {
        let part = match metric {
            Metric::SeenRate => self.seen,
            Metric::AnswerRate => self.answered,
            Metric::HeardRate => self.heard,
            Metric::ResolutionRate => self.resolved,
            _ => return f64::NAN,
        };
        ratio(part as f64, self.voiced as f64)
    }
}

#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Waits {
    pub arrivals: u64,
    pub waited: u64,
    pub abandoned: u64,
    pub hours: f64,
}

impl Waits {
    pub fn add(&mut self, hours: f64, waited: bool, abandoned: bool) {
        self.arrivals += 1;
        self.waited += u64::from(waited);
        self.abandoned += u64::from(abandoned);
        self.hours += hours;
    }

    pub fn rate(&self, metric: Metric) -> f64 {
        let part = match metric {
            Metric::WaitSecondsMean => self.hours * SECONDS_PER_HOUR,
            Metric::WaitProbability => self.waited as f64,
            Metric::AbandonRate => self.abandoned as f64,
            _ => return f64::NAN,
        };
        ratio(part, self.arrivals as f64)
    }
}

impl std::ops::AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        self.voiced += other.voiced;
        self.seen += other.seen;
        self.answered += other.answered;
        self.heard += other.heard;
        self.resolved += other.resolved;
    }
}

impl std::ops::AddAssign for Waits {
    fn add_assign(&mut self, other: Self) {
        self.arrivals += other.arrivals;
        self.waited += other.waited;
        self.abandoned += other.abandoned;
        self.hours += other.hours;
    }
}

/// A part of a whole, or a sum and the number of its terms.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Share {
    pub part: f64,
    pub whole: f64,
}

impl Share {
    pub fn add(&mut self, part: f64) {
        self.part += part;
        self.whole += 1.0;
    }

    pub fn ratio(self) -> f64 {
        ratio(self.part, self.whole)
    }
}

impl std::ops::AddAssign for Share {
    fn add_assign(&mut self, other: Self) {
        self.part += other.part;
        self.whole += other.whole;
    }
}
