//! What became of some contacts: the counts that a card, and every group of its contacts, is made of.

use super::closings::Closings;
use super::durations::Durations;
use super::finding::Finding;
use super::lengths::Lengths;
use super::{End, Within};
use heard_contacts::{Contact, Measure, Outcome};
use heard_math::stats::Share;
use heard_math::stats::lifetimes::{Ends, Lifetimes};
/// Where more than one in this many answers has no time, nobody knows how many came in time.
const UNTIMED_ONE_IN: u64 = 100;
/// Fewer than this many may be slips of the log.
const FEW_UNTIMED: u64 = 5;

/// Counts of contacts, to be filled one by one.
#[derive(Clone, Debug)]
pub struct Tally {
    contacts: u64,
    outcomes: [u64; 5],
    pub(super) answered: Durations,
    pub(super) gave_up: Durations,
    pub(super) waiting_since: Durations,
    /// Contacts that were answered at a time that the log does not tell.
    pub untimed: u64,
    /// Contacts that gave up at a time that the log does not tell.
    pub gave_up_untimed: u64,
    levels: Vec<Level>,
    speed: Lengths,
    /// How long contacts took whose length the log gives, and, apart, from the answer to the end.
    handled: Lengths,
    spoken: Lengths,
    closings: Closings,
}

/// Contacts that came to something within a time.
#[derive(Clone, Copy, Debug)]
struct Level {
    seconds: u32,
    answered: u64,
    gave_up: u64,
}

impl Tally {
    /// Nothing yet; service levels are counted within these times.
    #[must_use]
    pub fn new(within: &[u32]) -> Self {
        let level = |&seconds| Level { seconds, answered: 0, gave_up: 0 };
        Self {
            contacts: 0,
            outcomes: [0; 5],
            answered: Durations::default(),
            gave_up: Durations::default(),
            waiting_since: Durations::moments(),
            untimed: 0,
            gave_up_untimed: 0,
            levels: within.iter().map(level).collect(),
            speed: Lengths::default(),
            handled: Lengths::default(),
            spoken: Lengths::default(),
            closings: Closings::default(),
        }
    }

    /// Counts a contact.
    pub fn count(&mut self, contact: &Contact) {
        self.contacts += 1;
        self.outcomes[contact.outcome as usize] += 1;
        match (contact.outcome, contact.answered, contact.closed) {
            (Outcome::Answered | Outcome::Redirected, Some(answered), _) => {
                let wait = contact.arrived.until(answered);
                self.answered.push(wait);
                self.speed.push(wait);
                let within = |level: &&mut Level| wait <= i64::from(level.seconds) * 1000;
                self.levels.iter_mut().filter(within).for_each(|level| level.answered += 1);
            }
            (Outcome::Answered | Outcome::Redirected, None, _) => self.untimed += 1,
            (Outcome::GaveUp, _, Some(closed)) => {
                let wait = contact.arrived.until(closed);
                self.gave_up.push(wait);
                let within = |level: &&mut Level| wait <= i64::from(level.seconds) * 1000;
                self.levels.iter_mut().filter(within).for_each(|level| level.gave_up += 1);
            }
            // Where it is not known when, at once: a contact that gave up is never answered, whenever that was.
            // It stays in the denominator of every service level: nothing says that it gave up in time.
            (Outcome::GaveUp, _, None) => {
                self.gave_up_untimed += 1;
                self.gave_up.push(0);
            }
            // Held as seconds since 1970 until the log's end is known.
            (Outcome::Waiting, ..) => self.waiting_since.push(contact.arrived.instant_ms()),
            (Outcome::Unknown, ..) => {}
        }
        if contact.outcome.is_answered() {
            match (contact.handled_ms, contact.busy_ms()) {
                (Some(length), _) => self.handled.push(length),
                (None, Some(length)) => self.spoken.push(length),
                (None, None) => {}
            }
        }
        self.closings.count(contact);
    }

    /// Adds others, once both are settled.
    pub(super) fn add(&mut self, other: &Self) {
        self.contacts += other.contacts;
        for (own, more) in self.outcomes.iter_mut().zip(other.outcomes) {
            *own += more;
        }
        self.answered.add(&other.answered);
        self.gave_up.add(&other.gave_up);
        self.waiting_since.add(&other.waiting_since);
        self.untimed += other.untimed;
        self.gave_up_untimed += other.gave_up_untimed;
        for (own, more) in self.levels.iter_mut().zip(&other.levels) {
            own.answered += more.answered;
            own.gave_up += more.gave_up;
        }
        self.speed.add(&other.speed);
        self.handled.add(&other.handled);
        self.spoken.add(&other.spoken);
        self.closings.add(&other.closings);
    }

    /// Takes note of whether customers hold the line here, which says what an end is: there the
    /// conversation's, elsewhere the matter's.
    pub(super) fn settle(&mut self, holds_the_line: bool, tells_closings: bool) {
        if !holds_the_line {
            self.spoken = Lengths::default();
        }
        self.closings.settle(self.contacts, &self.gave_up, holds_the_line, tells_closings);
    }

    /// How many contacts there are.
    #[must_use]
    pub fn contacts(&self) -> u64 {
        self.contacts
    }

    pub(super) fn of(&self, outcome: Outcome) -> u64 {
        self.outcomes[outcome as usize]
    }

    pub(super) fn all_answered(&self) -> u64 {
        self.of(Outcome::Answered) + self.of(Outcome::Redirected)
    }

    /// When first answers came, in seconds since the contact: with giving up as a competing end, and
    /// cut off where the log ends (milliseconds since 1970). Where the log does not tell who was never
    /// answered, of those who were.
    #[must_use]
    pub fn answer_times(&self, log_ends: i64, tells_answer_rate: bool) -> Lifetimes {
        let event = |times| Ends { event: times, ..Ends::default() };
        let competing = |times| Ends { competing: times, ..Ends::default() };
        let censored = |times| Ends { censored: times, ..Ends::default() };
        let mut others = (Vec::new(), Vec::new());
        if tells_answer_rate {
            others = (self.gave_up.counts(), ages(&self.waiting_since, log_ends));
        }
        let answered = self.answered.counts().into_iter();
        let all = answered
            .map(|(seconds, times)| (seconds, event(times)))
            .chain(others.0.into_iter().map(|(seconds, times)| (seconds, competing(times))))
            .chain(others.1.into_iter().map(|(seconds, times)| (seconds, censored(times))));
        Lifetimes::new(all.map(|(seconds, ends)| (f64::from(seconds), ends)))
    }

    /// What became of them: who was answered.
    pub(super) fn outcomes(&self, end: &End, all: &mut Vec<Finding>) {
        all.push(Finding::count(Measure::Contacts, self.contacts));
        let known = self.contacts - self.of(Outcome::Unknown);
        if end.tells_answer_rate {
            for (measure, hits) in [
                (Measure::Answered, self.all_answered()),
                (Measure::GaveUp, self.of(Outcome::GaveUp)),
                (Measure::StillWaiting, self.of(Outcome::Waiting)),
            ] {
                all.push(Finding::share(measure, Share { hits, trials: known }));
            }
            let unknown = Share { hits: self.contacts - known, trials: self.contacts };
            if unknown.hits > 0 {
                all.push(Finding::share(Measure::Unknown, unknown));
            }
        }
    }

    /// Service levels, and how long answers took.
    pub(super) fn service(&self, end: &End, within: &Within, all: &mut Vec<Finding>) {
        let timed = self.answered.total();
        for level in self.levels.iter().filter(|level| within.contains(&level.seconds)) {
            if timed == 0 && !(end.tells_answer_rate && self.untimed == 0) {
                continue;
            }
            let hits = level.answered;
            // Answers at an unknown time may have come in time or not.
            if end.tells_answer_rate
                && (self.untimed < FEW_UNTIMED
                    || self.untimed * UNTIMED_ONE_IN <= self.all_answered())
            {
                let (young, old) = split(&ages(&self.waiting_since, end.log_ends), level.seconds);
                let offered = timed + self.gave_up.total() + old;
                let patient = offered - level.gave_up;
                let exact = |trials: u64| (trials > 0).then(|| hits as f64 / trials as f64);
                let (mut of_offered, mut of_patient) = (exact(offered), exact(patient));
                // Where the log ends too early for some, leaving them out alone would favour the answered.
                if young > 0 {
                    let curve = self.answer_times(end.log_ends, true);
                    let step = curve.at(f64::from(level.seconds));
                    let (event, ended) = step.map_or((0.0, 0.0), |step| (step.event, step.ended));
                    let untimed = self.gave_up_untimed as f64 / curve.observed.max(1) as f64;
                    let patient_share = 1.0 - (ended - event - untimed).max(0.0);
                    of_offered = of_offered.map(|_| event);
                    of_patient = of_patient
                        .filter(|_| patient_share > 0.0)
                        .map(|_| (event / patient_share).min(1.0));
                }
                let scaled = |value: Option<f64>, trials: u64| Share {
                    hits: value.map_or(0, |value| libm::round(value * trials as f64) as u64),
                    trials,
                };
                for (measure, value, trials) in [
                    (Measure::ServiceLevel, of_offered, offered),
                    (Measure::ServiceLevelOfPatient, of_patient, patient),
                ] {
                    let share = Finding::share(measure, scaled(value, trials));
                    all.push(Finding { value, ..share }.within(level.seconds));
                }
            }
            let share =
                Finding::share(Measure::ServiceLevelOfAnswered, Share { hits, trials: timed });
            all.push(share.within(level.seconds));
        }
        if timed > 0 {
            all.push(Finding::mean_length(Measure::MeanSpeed, &self.speed));
            all.push(Finding::median(Measure::AnsweredMedian, &self.answered.counts()));
        }
        let mut handled = self.handled;
        handled.add(&self.spoken);
        if handled.count() > 0 {
            all.push(Finding::mean_length(Measure::HandleTime, &handled));
        }
    }

    /// First answers, those who never got one included.
    pub(super) fn first_answers(&self, end: &End, all: &mut Vec<Finding>) {
        let times = self.answer_times(end.log_ends, end.tells_answer_rate);
        // Answers without times would make a curve of those who were never answered.
        let timed = self.untimed == 0 || !self.answered.is_empty();
        if times.observed > 0 && timed {
            for (measure, share) in [(Measure::Median, 0.5), (Measure::NinetiethPercentile, 0.9)] {
                all.push(Finding::time(measure, share, &times));
            }
        }
    }

    /// Contacts that were settled at a time that the log does not tell.
    #[must_use]
    pub fn settled_untimed(&self) -> u64 {
        self.closings.untimed
    }

    /// Who was settled, and what is open.
    pub(super) fn resolution(&self, end: &End, all: &mut Vec<Finding>) {
        self.closings.findings(end, &self.waiting_since, all);
    }
}

/// How many are younger than this many seconds, and how many are not.
fn split(ages: &[(u32, u64)], seconds: u32) -> (u64, u64) {
    ages.iter().fold((0, 0), |(young, old), &(age, times)| {
        if age < seconds { (young + times, old) } else { (young, old + times) }
    })
}

/// How old contacts are when the log ends, in seconds, and how many of each age.
pub(super) fn ages(since: &Durations, log_ends: i64) -> Vec<(u32, u64)> {
    let end = u32::try_from(log_ends / 1000).unwrap_or(u32::MAX);
    since.counts().into_iter().map(|(since, times)| (end.saturating_sub(since), times)).collect()
}
