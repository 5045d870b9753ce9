//! The report card: what contacts with one company on one channel came to.

use super::clock::Clock;
use super::days::{Day, Days};
use super::finding::Finding;
use super::followers::Followers;
use super::talks::Talks;
use super::tally::Tally;
use super::{End, Within};
use heard_contacts::{Contact, Measure, Outcome};
use heard_math::stats::Share;

/// Counts of contacts, to be filled one by one.
#[derive(Clone, Debug)]
pub struct Card {
    /// What became of them.
    pub tally: Tally,
    /// When they came in and were answered.
    pub clock: Clock,
    days: Days,
    followers: Followers,
    pub(super) talks: Talks,
}

impl Card {
    /// Nothing yet; service levels are counted within these times in seconds.
    #[must_use]
    pub fn new(within: &[u32]) -> Self {
        Self {
            tally: Tally::new(within),
            clock: Clock::new(within),
            days: Days::default(),
            followers: Followers::default(),
            talks: Talks::default(),
        }
    }

    /// Counts a contact.
    pub fn count(&mut self, contact: &Contact) {
        self.tally.count(contact);
        self.clock.count(contact);
        self.days.count(contact);
        if let (Some(followers), false) = (contact.followers, contact.outcome == Outcome::Unknown) {
            self.followers.count(followers, contact.outcome.is_answered());
        }
        if let Some(talk) = contact.talk {
            self.talks.count(talk);
        }
    }

    /// Takes note of what an end means here.
    pub(super) fn settle(&mut self, holds_the_line: bool, tells_closings: bool) {
        self.tally.settle(holds_the_line, tells_closings);
        self.days.settle(holds_the_line || !tells_closings);
    }

    /// Adds another, once both are settled; the words of conversations are not added.
    pub(super) fn add(&mut self, other: &Self) {
        self.tally.add(&other.tally);
        self.clock.add(&other.clock);
        self.days.add(&other.days);
        self.followers.add(&other.followers);
    }

    /// How many contacts there are.
    #[must_use]
    pub fn contacts(&self) -> u64 {
        self.tally.contacts()
    }

    /// The days on which something happened, and the last of the log, by the clock on the wall.
    #[must_use]
    pub fn days(&self, log_ends_wall: i64) -> Vec<Day> {
        self.days.all(log_ends_wall)
    }

    /// What the card says, measure by measure; those that the log does not tell are left out.
    pub(super) fn findings(&self, end: &End, within: &Within) -> Vec<Finding> {
        let mut all = tally_findings(&self.tally, end, within);
        if self.clock.answers.iter().any(|&times| times > 0) {
            let hours = self.clock.answers.iter().filter(|&&times| times > 0).count() as u64;
            all.push(Finding::count(Measure::HoursCovered, hours));
        }
        self.tally.resolution(end, &mut all);
        let tells_open = all.iter().any(|finding| finding.measure == Measure::Open);
        if let (true, Some((mean, most, days))) = (tells_open, self.days.backlog(end.log_ends_wall))
        {
            all.push(Finding::number(Measure::BacklogMean, Some(mean), days));
            all.push(Finding::number(Measure::BacklogMost, Some(most as f64), days));
        }
        let (hits, trials) = (self.tally.of(Outcome::Redirected), self.tally.all_answered());
        if hits > 0 || self.talks.contacts > 0 {
            all.push(Finding::share(Measure::Redirected, Share { hits, trials }));
        }
        if self.talks.contacts > 0 {
            self.talks.findings(&mut all);
        }
        if end.tells_answer_rate {
            self.followers.findings(&mut all);
        }
        all
    }
}

/// What the contacts of a group came to.
pub(super) fn tally_findings(tally: &Tally, end: &End, within: &Within) -> Vec<Finding> {
    let mut all = Vec::new();
    tally.outcomes(end, &mut all);
    tally.service(end, within, &mut all);
    tally.first_answers(end, &mut all);
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use heard_contacts::contact::SentTo;
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
            answered: answered.map(moment),
            closed: closed.map(moment),
            outcome,
            ..Contact::arrived_at(2, moment(arrived))
        }
    }

    fn card(contacts: &[Contact]) -> Card {
        let mut card = Card::new(&[20, 3600]);
        contacts.iter().for_each(|contact| card.count(contact));
        card.settle(true, true);
        card
    }

    fn found(card: &Card, tells: bool, measure: Measure) -> Option<(Option<f64>, u64)> {
        let log_ends = MONDAY + 10_000 * 1000;
        let end = End { log_ends, log_ends_wall: log_ends, tells_answer_rate: tells };
        let findings = card.findings(&end, &vec![20]);
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
        assert_eq!(
            (card.clock.arrivals[0], card.clock.arrivals[1], card.clock.arrivals[2]),
            (7, 1, 2)
        );
        assert_eq!((card.clock.answers[0], card.clock.answers[2]), (4, 2));
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
        assert_eq!(card(&some).tally.untimed, 1);
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
