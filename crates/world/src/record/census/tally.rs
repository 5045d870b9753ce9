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

/// How a caller's wait on a live channel ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Caller {
    /// Somebody picked up.
    Served,
    /// They lost patience.
    HungUp,
    /// Nobody was there, or the line was busy: there was no wait.
    TurnedAway,
}

/// What is counted of callers on live channels.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Waits {
    arrivals: u64,
    waited: u64,
    turned_away: u64,
    hours: f64,
    served: Share,
    hung_up: Share,
}

impl Waits {
    pub fn add(&mut self, hours: f64, caller: Caller) {
        self.arrivals += 1;
        self.waited += u64::from(hours > 0.0);
        self.hours += hours;
        match caller {
            Caller::Served => self.served.add(hours),
            Caller::HungUp => self.hung_up.add(hours),
            Caller::TurnedAway => self.turned_away += 1,
        }
    }

    pub fn rate(&self, metric: Metric) -> f64 {
        let arrivals = self.arrivals as f64;
        match metric {
            Metric::WaitSecondsMean => ratio(self.hours * SECONDS_PER_HOUR, arrivals),
            Metric::WaitSecondsServed => self.served.ratio() * SECONDS_PER_HOUR,
            Metric::WaitSecondsAbandoned => self.hung_up.ratio() * SECONDS_PER_HOUR,
            Metric::WaitProbability => ratio(self.waited as f64, arrivals),
            Metric::AbandonRate => ratio(self.hung_up.whole + self.turned_away as f64, arrivals),
            _ => f64::NAN,
        }
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
        self.turned_away += other.turned_away;
        self.hours += other.hours;
        self.served += other.served;
        self.hung_up += other.hung_up;
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
