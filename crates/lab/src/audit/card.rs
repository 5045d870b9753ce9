//! The report card: what contacts with one company on one channel came to.

use super::durations::Durations;
use super::measure::{Finding, Measure};
use heard_contacts::contact::SentTo;
use heard_contacts::{Contact, Outcome};
use heard_math::stats::lifetimes::{Ends, Lifetimes};
use heard_math::stats::{Moments, Share};

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
            // Where it is not known when, at once: a contact that gave up is never answered, whenever that was.
            (Outcome::GaveUp, _, closed) => {
                self.gave_up.push(closed.map_or(0, |closed| contact.arrived.until(closed)));
            }
            // Held as seconds since 1970 until the log's end is known.
            (Outcome::Waiting, ..) => self.waiting_since.push(contact.arrived.instant_ms()),
            (Outcome::Unknown, ..) => {}
        }
        if let (Some(followers), false) = (contact.followers, contact.outcome == Outcome::Unknown) {
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
        Lifetimes::new(all.into_iter().map(|(seconds, ends)| (f64::from(seconds), ends)))
    }

    /// What the card says, measure by measure; those that the log does not tell are left out.
    #[must_use]
    pub fn findings(&self, log_ends: i64, tells_answer_rate: bool) -> Vec<Finding> {
        let mut all = vec![Finding::count(Measure::Contacts, self.contacts)];
        let answered = self.of(Outcome::Answered) + self.of(Outcome::Redirected);
        let known = self.contacts - self.of(Outcome::Unknown);
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

#[cfg(test)]
mod tests {
    use super::*;
    use heard_contacts::{Moment, Talk};

    /// 2026-03-02, a Monday, at midnight.
    const MONDAY: i64 = 1_772_409_600_000;

    fn contact(
        arrived: i64,
        answered: Option<i64>,
        closed: Option<i64>,
        outcome: Outcome,
    ) -> Contact {
        let moment = |seconds: i64| Moment::local(MONDAY + seconds * 1000);
        Contact {
            line: 2,
            customer: None,
            company: 0,
            channel: 0,
            kind: None,
            priority: None,
            agent: None,
            arrived: moment(arrived),
            answered: answered.map(moment),
            closed: closed.map(moment),
            outcome,
            public: None,
            followers: None,
            handled_ms: None,
            resolved: None,
            talk: None,
        }
    }

    fn card(contacts: &[Contact]) -> Card {
        let mut card = Card::default();
        contacts.iter().for_each(|contact| card.count(contact));
        card
    }

    fn found(card: &Card, tells: bool, measure: Measure) -> Option<(Option<f64>, u64)> {
        let findings = card.findings(MONDAY + 10_000 * 1000, tells);
        findings.iter().find(|f| f.measure == measure).map(|f| (f.value, f.of))
    }

    fn ten() -> Vec<Contact> {
        let mut ten: Vec<Contact> = [10, 20, 30, 40]
            .iter()
            .map(|&wait| contact(0, Some(wait), None, Outcome::Answered))
            .collect();
        ten.push(contact(7200, Some(7250), Some(7300), Outcome::Redirected));
        ten.push(contact(3600, Some(7260), None, Outcome::Answered));
        ten.push(contact(0, None, Some(15), Outcome::GaveUp));
        ten.push(contact(0, None, None, Outcome::GaveUp));
        ten.push(contact(9_975, None, None, Outcome::Waiting));
        ten.push(contact(0, None, None, Outcome::Unknown));
        ten
    }

    #[test]
    fn a_card_of_ten_contacts_is_what_a_hand_finds() {
        let card = card(&ten());
        let is = |measure, value: Option<f64>, of| {
            let found = found(&card, true, measure).unwrap();
            assert_eq!(found.1, of, "{measure:?}");
            assert_eq!(found.0.is_some(), value.is_some(), "{measure:?} {found:?}");
            let (a, b) = (found.0.unwrap_or(0.0), value.unwrap_or(0.0));
            assert!((a - b).abs() < 1e-12, "{measure:?} {a} {b}");
        };
        is(Measure::Contacts, Some(10.0), 10);
        // Of nine: one of the ten is lost.
        is(Measure::Answered, Some(6.0 / 9.0), 9);
        is(Measure::GaveUp, Some(2.0 / 9.0), 9);
        is(Measure::StillWaiting, Some(1.0 / 9.0), 9);
        is(Measure::Redirected, Some(1.0 / 6.0), 6);
        // At risk: 9, less who gave up at 0; 10 s: 1/9, gave up at 15 s, 20 s: 2/9, waited 25 s and
        // is seen no longer; 4 are left and stand for 5/9: 30 s: 2/9 + 5/36, 40 s: 18/36, 50 s: more.
        is(Measure::Median, Some(40.0), 9);
        is(Measure::NinetiethPercentile, None, 9);
        // Monday midnight and two o'clock.
        is(Measure::HoursCovered, Some(2.0), 2);
        assert_eq!((card.arrivals[0], card.arrivals[1], card.arrivals[2]), (7, 1, 2));
        assert_eq!((card.answers[0], card.answers[2]), (4, 2));
    }

    #[test]
    fn where_the_log_does_not_tell_who_was_never_answered_times_are_of_those_who_were() {
        let card = card(&ten());
        assert_eq!(found(&card, false, Measure::Answered), None);
        assert_eq!(found(&card, false, Measure::Median), Some((Some(30.0), 6)));
        assert_eq!(found(&card, false, Measure::NinetiethPercentile), Some((Some(3660.0), 6)));
    }

    #[test]
    fn answers_without_times_make_no_curve() {
        let mut some = vec![
            contact(0, None, None, Outcome::Answered),
            contact(0, None, None, Outcome::Waiting),
        ];
        assert_eq!(found(&card(&some), true, Measure::Median), None);
        assert_eq!(card(&some).untimed, 1);
        some.push(contact(0, Some(5), None, Outcome::Answered));
        assert_eq!(found(&card(&some), true, Measure::Median), Some((Some(5.0), 2)));
    }

    #[test]
    fn the_best_followed_tenth_is_held_against_the_rest() {
        let mut contacts = Vec::new();
        for at in 0..20 {
            let answered = at < 5;
            let outcome = if answered { Outcome::Answered } else { Outcome::Waiting };
            let mut contact = contact(0, answered.then_some(9), None, outcome);
            // Two with a thousand, of which both are answered.
            contact.followers = Some(if at < 2 { 1000.0 } else { at as f64 });
            contacts.push(contact);
        }
        let mut lost = contact(0, None, None, Outcome::Unknown);
        lost.followers = Some(1e9);
        contacts.push(lost);
        let card = card(&contacts);
        assert_eq!(found(&card, true, Measure::WellFollowedAnswered), Some((Some(1.0), 2)));
        assert_eq!(found(&card, true, Measure::OthersAnswered), Some((Some(3.0 / 18.0), 18)));
    }

    #[test]
    fn words_are_counted_per_conversation() {
        let conversations: Vec<Contact> = (1..=10u32)
            .map(|turns| {
                let mut contact = contact(0, Some(9), None, Outcome::Answered);
                contact.talk = Some(Talk {
                    turns,
                    replies: u32::from(turns > 2) + 1,
                    apologizes: turns == 1,
                    sent_to: (turns < 4).then_some(SentTo::Page),
                    same_person: (turns > 6).then_some(turns == 10),
                    ..Talk::default()
                });
                contact
            })
            .collect();
        let card = card(&conversations);
        for (measure, value, of) in [
            (Measure::OneReply, 0.2, 10),
            (Measure::Apologizes, 0.1, 10),
            (Measure::ToPage, 0.3, 10),
            (Measure::ToPhone, 0.0, 10),
            (Measure::SamePerson, 0.25, 4),
            (Measure::Turns, 5.5, 10),
            (Measure::TurnsMedian, 5.0, 10),
            (Measure::TurnsNinetieth, 9.0, 10),
            (Measure::Redirected, 0.0, 10),
        ] {
            assert_eq!(found(&card, false, measure), Some((Some(value), of)), "{measure:?}");
        }
    }
}
