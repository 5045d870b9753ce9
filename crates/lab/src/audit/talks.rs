//! What the words of conversations show.

use super::finding::Finding;
use heard_contacts::contact::SentTo;
use heard_contacts::{Measure, Talk};
use heard_math::stats::{Moments, Share};

/// Turns that are told apart; more count as that many.
const MOST_TURNS: usize = 1000;

/// Counts of conversations.
#[derive(Clone, Debug)]
pub(super) struct Talks {
    pub contacts: u64,
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

impl Default for Talks {
    fn default() -> Self {
        Self {
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
        }
    }
}

impl Talks {
    /// Counts a conversation.
    pub fn count(&mut self, talk: Talk) {
        self.contacts += 1;
        self.turns.push(f64::from(talk.turns));
        let turns = (talk.turns as usize).min(MOST_TURNS);
        self.by_turns.resize(self.by_turns.len().max(turns + 1), 0);
        self.by_turns[turns] += 1;
        self.one_reply += u64::from(talk.replies == 1);
        self.apologizes += u64::from(talk.apologizes);
        self.copied += u64::from(talk.copied);
        self.automatic += u64::from(talk.automatic);
        self.wrote_again += u64::from(talk.wrote_again);
        if let Some(to) = talk.sent_to {
            self.sent[to as usize] += 1;
        }
        if let Some(same) = talk.same_person {
            self.same_person.hits += u64::from(same);
            self.same_person.trials += 1;
        }
    }

    /// What they say.
    pub fn findings(&self, all: &mut Vec<Finding>) {
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
