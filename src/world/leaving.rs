//! The end of a case, and whether the customer stays, leaves, or is replaced.

use super::case::Ending;
use super::observer::{Happening, Observer};
use super::purpose::Purpose;
use super::{Event, World};
use crate::engine::sample;
use crate::scenario::triage::Kind;

/// The open cases of each customer, as chains through one array.
#[derive(Clone, Debug)]
pub struct OpenCases {
    first: Vec<u32>,
    next: Vec<u32>,
}

const NONE: u32 = u32::MAX;

impl OpenCases {
    /// No open case for any of `places` customers.
    #[must_use]
    pub fn new(places: usize) -> Self {
        Self { first: vec![NONE; places], next: Vec::new() }
    }

    /// Case number `case`, the newest, is open.
    pub fn add(&mut self, place: usize, case: u32) {
        self.next.push(self.first[place]);
        self.first[place] = case;
    }

    /// The case is over.
    pub fn remove(&mut self, place: usize, case: u32) {
        if self.first[place] == case {
            self.first[place] = self.next[case as usize];
            return;
        }
        let mut at = self.first[place];
        while at != NONE {
            let next = self.next[at as usize];
            if next == case {
                self.next[at as usize] = self.next[case as usize];
                return;
            }
            at = next;
        }
    }

    /// Takes one open case of the customer away.
    pub fn take(&mut self, place: usize) -> Option<u32> {
        let case = self.first[place];
        if case == NONE {
            return None;
        }
        self.first[place] = self.next[case as usize];
        Some(case)
    }
}

impl<O: Observer> World<'_, O> {
    /// The case comes to its end, and the customer decides whether to stay.
    pub(super) fn end(&mut self, case: usize, ending: Ending) {
        let (candidate, place) = (self.cases[case].candidate, self.cases[case].place as usize);
        self.open_cases.remove(place, case as u32);
        self.conclude(case, ending);
        if self.cases[case].kind == Kind::Complaint {
            self.stay_or_leave(candidate, place);
        }
    }

    fn conclude(&mut self, case: usize, ending: Ending) {
        let this = &mut self.cases[case];
        this.ending = Some(ending);
        this.ended_at = self.events.now();
        this.waiting = false;
        let what = match ending {
            Ending::Resolved => return,
            Ending::Settled => Happening::Settled,
            Ending::GaveUp => Happening::GaveUp,
            Ending::Left => Happening::Left,
        };
        self.note(case, what);
    }

    /// After a problem the customer may leave; the worse the attitude, the sooner. What else they
    /// had open ends with it.
    pub(super) fn stay_or_leave(&mut self, candidate: u32, place: usize) {
        let now = self.now();
        let reaction = &self.plan.reaction;
        let neutral = reaction.leaves_at_neutral;
        let logit = libm::log(neutral / (1.0 - neutral))
            - reaction.leaving_slope * self.customers.attitude(place, now);
        let chance = 1.0 / (1.0 + libm::exp(-logit));
        if self.draws.uniform(candidate, Purpose::Leaving, 0) >= chance {
            return;
        }
        self.census.left(now);
        self.customers.leave(place, now);
        while let Some(case) = self.open_cases.take(place) {
            self.conclude(case as usize, Ending::Left);
        }
        let (_, wait) =
            self.draws.uniforms(place as u32, Purpose::Habit, self.customers.generation(place));
        let pull = reaction.newcomers_follow_sentiment * self.sentiment.read(now);
        let hours = reaction.replaced_days * 24.0 * libm::exp(-pull) * sample::exponential(wait);
        self.events.after(hours, Event::Newcomer(place as u32));
    }

    /// A new customer takes the place of one who left.
    pub(super) fn newcomer(&mut self, place: usize) {
        let now = self.now();
        self.customers.arrive(place, self.plan, &self.draws, now);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn open_cases_come_and_go_in_any_order() {
        let mut open = OpenCases::new(2);
        for case in 0..5 {
            open.add(usize::from(case == 3), case);
        }
        open.remove(0, 1);
        open.remove(0, 4);
        open.remove(1, 3);
        assert_eq!((open.take(0), open.take(0), open.take(0)), (Some(2), Some(0), None));
        assert_eq!(open.take(1), None);
    }
}
