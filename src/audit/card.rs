//! The report card: what contacts with one company on one channel came to.

use super::durations::Durations;
use super::measure::{Finding, Measure};
use crate::contacts::contact::SentTo;
use crate::contacts::{Contact, Outcome};
use crate::stats::lifetimes::{Ends, Lifetimes};
use crate::stats::{Moments, Share};

/// Hours in a week.
pub const WEEK: usize = 168;
/// Classes of followers: class 0 has none, class n at least 2^(n-1).
const CLASSES: usize = 40;
/// Turns that are told apart; more count as that many.
const MOST_TURNS: usize = 1000;

/// Counts of contacts, to be filled one by one.
#[derive(Clone, Debug)]
pub struct Card {
    contacts: u64,
    outcomes: [u64; 5],
    answered: Durations,
    gave_up: Durations,
    waiting_since: Durations,
    /// Contacts that were answered at a time that the log does not tell.
    pub untimed: u64,
    /// Contacts by the hour of the week in which they came in, from Monday midnight.
    pub arrivals: [u64; WEEK],
    /// First answers by the hour of the week in which they were given.
    pub answers: [u64; WEEK],
    followers: [(u64, u64); CLASSES],
    known_followers: bool,
    talk: Talks,
}

#[derive(Clone, Debug)]
struct Talks {
    contacts: u64,
    turns: Moments,
    by_turns: Vec<u64>,
    one_reply: u64,
    apologizes: u64,
    copied: u64,
    automatic: u64,
    wrote_again: u64,
    sent: [u64; 4],
    same_person: Share,
}

impl Default for Card {
    fn default() -> Self {
        Self {
            contacts: 0,
            outcomes: [0; 5],
            answered: Durations::default(),
            gave_up: Durations::default(),
            waiting_since: Durations::default(),
            untimed: 0,
            arrivals: [0; WEEK],
            answers: [0; WEEK],
            followers: [(0, 0); CLASSES],
            known_followers: false,
            talk: Talks {
                contacts: 0,
                turns: Moments::new(),
                by_turns: Vec::new(),
                one_reply: 0,
                apologizes: 0,
                copied: 0,
                automatic: 0,
                wrote_again: 0,
                sent: [0; 4],
                same_person: Share { hits: 0, trials: 0 },
            },
        }
    }
}

impl Card {
    /// Counts a contact.
    pub fn count(&mut self, contact: &Contact) {
        self.contacts += 1;
        self.outcomes[contact.outcome as usize] += 1;
        self.arrivals[contact.arrived.hour_of_week()] += 1;
        match (contact.outcome, contact.answered, contact.closed) {
            (Outcome::Answered | Outcome::Redirected, Some(answered), _) => {
                self.answers[answered.hour_of_week()] += 1;
                self.answered.push(contact.arrived.until(answered));
            }
            (Outcome::Answered | Outcome::Redirected, None, _) => self.untimed += 1,
            // Where it is not known when, at once: who gave up is never answered, whenever that was.
            (Outcome::GaveUp, _, closed) => {
                self.gave_up.push(closed.map_or(0, |closed| contact.arrived.until(closed)));
            }
            // Held as seconds since 1970 until the log's end is known.
            (Outcome::Waiting, ..) => self.waiting_since.push(contact.arrived.instant_ms()),
            (Outcome::Lost, ..) => {}
        }
        if let (Some(followers), false) = (contact.followers, contact.outcome == Outcome::Lost) {
            self.known_followers = true;
            let class = libm::log2(followers.max(0.5)).floor() as isize + 1;
            let (answered, all) =
                &mut self.followers[class.clamp(0, CLASSES as isize - 1) as usize];
            *answered += u64::from(contact.outcome.is_answered());
            *all += 1;
        }
        let Some(talk) = contact.talk else { return };
        let counts = &mut self.talk;
        counts.contacts += 1;
        counts.turns.push(f64::from(talk.turns));
        let turns = (talk.turns as usize).min(MOST_TURNS);
        counts.by_turns.resize(counts.by_turns.len().max(turns + 1), 0);
        counts.by_turns[turns] += 1;
        counts.one_reply += u64::from(talk.replies == 1);
        counts.apologizes += u64::from(talk.apologizes);
        counts.copied += u64::from(talk.copied);
        counts.automatic += u64::from(talk.automatic);
        counts.wrote_again += u64::from(talk.wrote_again);
        if let Some(to) = talk.sent_to {
            counts.sent[to as usize] += 1;
        }
        if let Some(same) = talk.same_person {
            counts.same_person.hits += u64::from(same);
            counts.same_person.trials += 1;
        }
    }

    /// How many contacts there are.
    #[must_use]
    pub fn contacts(&self) -> u64 {
        self.contacts
    }

    fn of(&self, outcome: Outcome) -> u64 {
        self.outcomes[outcome as usize]
    }

    /// When first answers came, in seconds since the contact: with giving up as a competing end, and
    /// cut off where the log ends (milliseconds since 1970). Where the log does not tell who was never
    /// answered, of those who were.
    #[must_use]
    pub fn answer_times(&self, log_ends: i64, tells_answer_rate: bool) -> Lifetimes {
        let mut all: Vec<(u32, Ends)> = Vec::new();
        let mut add = |counts: Vec<(u32, u64)>, ends: fn(u64) -> Ends| {
            all.extend(counts.into_iter().map(|(seconds, times)| (seconds, ends(times))));
        };
        add(self.answered.counts(), |event| Ends { event, ..Ends::default() });
        if tells_answer_rate {
            add(self.gave_up.counts(), |competing| Ends { competing, ..Ends::default() });
            let end = u32::try_from(log_ends / 1000).unwrap_or(u32::MAX);
            let waited = |(since, times): (u32, u64)| (end.saturating_sub(since), times);
            add(self.waiting_since.counts().into_iter().map(waited).collect(), |censored| Ends {
                censored,
                ..Ends::default()
            });
        }
        all.sort_by_key(|(seconds, _)| *seconds);
        all.dedup_by(|later, kept| {
            let same = later.0 == kept.0;
            if same {
                kept.1.event += later.1.event;
                kept.1.competing += later.1.competing;
                kept.1.censored += later.1.censored;
            }
            same
        });
        Lifetimes::new(all.into_iter().map(|(seconds, ends)| (f64::from(seconds), ends)))
    }

    /// What the card says, measure by measure; those that the log does not tell are left out.
    #[must_use]
    pub fn findings(&self, log_ends: i64, tells_answer_rate: bool) -> Vec<Finding> {
        let mut all = vec![Finding::count(Measure::Contacts, self.contacts)];
        let answered = self.of(Outcome::Answered) + self.of(Outcome::Redirected);
        let known = self.contacts - self.of(Outcome::Lost);
        if tells_answer_rate {
            for (measure, hits) in [
                (Measure::Answered, answered),
                (Measure::GaveUp, self.of(Outcome::GaveUp)),
                (Measure::StillWaiting, self.of(Outcome::Waiting)),
            ] {
                all.push(Finding::share(measure, Share { hits, trials: known }));
            }
        }
        let times = self.answer_times(log_ends, tells_answer_rate);
        // Answers without times would make a curve of those who were never answered.
        let timed = self.untimed == 0 || self.answered.total() > 0;
        if times.observed > 0 && timed {
            for (measure, share) in [(Measure::Median, 0.5), (Measure::NinetiethPercentile, 0.9)] {
                all.push(Finding::time(measure, share, &times));
            }
        }
        if self.answered.total() > 0 {
            let hours = self.answers.iter().filter(|&&times| times > 0).count() as u64;
            all.push(Finding::count(Measure::HoursCovered, hours));
        }
        let redirected = Share { hits: self.of(Outcome::Redirected), trials: answered };
        if redirected.hits > 0 || self.talk.contacts > 0 {
            all.push(Finding::share(Measure::Redirected, redirected));
        }
        if self.talk.contacts > 0 {
            self.talk.findings(&mut all);
        }
        if self.known_followers && tells_answer_rate {
            self.well_followed(&mut all);
        }
        all
    }

    /// The best-followed tenth against the rest, as near to a tenth as classes allow.
    fn well_followed(&self, all: &mut Vec<Finding>) {
        let total: u64 = self.followers.iter().map(|(_, all)| all).sum();
        let (mut hits, mut trials) = (0, 0);
        for &(answered, of) in self.followers.iter().rev() {
            if trials * 10 >= total {
                break;
            }
            hits += answered;
            trials += of;
        }
        let answered: u64 = self.followers.iter().map(|(answered, _)| answered).sum();
        if trials == 0 || trials == total {
            return;
        }
        all.push(Finding::share(Measure::WellFollowedAnswered, Share { hits, trials }));
        let rest = Share { hits: answered - hits, trials: total - trials };
        all.push(Finding::share(Measure::OthersAnswered, rest));
    }
}

impl Talks {
    fn findings(&self, all: &mut Vec<Finding>) {
        let of = |hits| Share { hits, trials: self.contacts };
        let sent = |to: SentTo| of(self.sent[to as usize]);
        for (measure, share) in [
            (Measure::ToPrivateMessages, sent(SentTo::PrivateMessages)),
            (Measure::ToPhone, sent(SentTo::Phone)),
            (Measure::ToMail, sent(SentTo::Mail)),
            (Measure::ToPage, sent(SentTo::Page)),
            (Measure::Apologizes, of(self.apologizes)),
            (Measure::Copied, of(self.copied)),
            (Measure::Automatic, of(self.automatic)),
            (Measure::OneReply, of(self.one_reply)),
            (Measure::WroteAgain, of(self.wrote_again)),
            (Measure::SamePerson, self.same_person),
        ] {
            if share.trials > 0 {
                all.push(Finding::share(measure, share));
            }
        }
        all.push(Finding::mean(Measure::Turns, &self.turns));
        for (measure, part) in [(Measure::TurnsMedian, 0.5), (Measure::TurnsNinetieth, 0.9)] {
            let wanted = part * self.contacts as f64;
            let mut sum = 0;
            let at = self.by_turns.iter().position(|times| {
                sum += times;
                sum as f64 >= wanted - 1e-9
            });
            all.push(Finding::number(measure, at.map(|turns| turns as f64), self.contacts));
        }
    }
}
