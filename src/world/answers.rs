//! An answer goes out: what it does to the case, the customer, and those who look on.

use super::case::Ending;
use super::justice::{Experience, satisfaction};
use super::observer::{Happening, Observer};
use super::plan::Answer;
use super::purpose::Purpose;
use super::{Event, World};
use crate::engine::sample;
use crate::scenario::answer::{Action, By};

/// Spread of the time until a customer writes again, as that of handle times.
const AGAIN_SIGMA: f64 = 0.91;

/// Who gives an answer, and with what luck.
#[derive(Clone, Copy, Debug)]
pub struct Answerer {
    /// The team that has written it; a machine where `None`.
    pub team: Option<usize>,
    /// Decides whether it solves the problem: a uniform in (0, 1).
    pub solves: f64,
    /// When the customer began to get it, in hours.
    pub since: f64,
}

impl<O: Observer> World<'_, O> {
    /// The company answers a case.
    pub(super) fn answer(&mut self, case: usize, action: Action, by: Answerer) {
        let Some(answer) = self.plan.answer(action).copied() else { return };
        let Answerer { team, solves, since } = by;
        let now = self.now();
        // An answer finds nobody where the customer has left, for whatever reason.
        if !self.is_still_there(case) {
            return;
        }
        // A machine needs nobody's leave to solve what it can solve; it gives no money.
        let (may_fix, may_compensate) = team.map_or((true, false), |team| {
            (self.plan.teams[team].may_fix, self.plan.teams[team].may_compensate)
        });
        let heard = answer.by == By::Person && answer.on_topic;
        let already = self.cases[case].resolved();
        let solved_now = !already && may_fix && self.cases[case].asks() && solves < answer.fixes;
        let makes_good = if may_compensate { answer.makes_good } else { 0.0 };
        let this = &mut self.cases[case];
        if may_compensate && answer.money > 0.0 && !std::mem::replace(&mut this.compensated, true) {
            self.census.pay(now, answer.money);
        }
        this.answered_at = this.answered_at.min(since);
        this.heard |= heard;
        let experience = Experience {
            solved: already || solved_now,
            makes_good,
            repeated_failure: this.not_first_failure,
            tone: answer.tone,
            waited: since - this.asked_at,
            expected_within: this.expected_within,
            messages: this.messages,
        };
        let asks = this.asks();
        self.note(case, Happening::Answered { action, heard, satisfaction: 0.0 });
        let justice = if asks { experience.justice(&self.plan.reaction) } else { answer.tone };
        self.take_in(case, justice);
        self.answer_in_public(case, &answer, solved_now);
        if solved_now {
            self.solve(case);
        } else {
            self.go_on_or_not(case, &answer, action);
        }
    }

    /// Whether the customer of the case is still one.
    fn is_still_there(&self, case: usize) -> bool {
        let case = &self.cases[case];
        let place = case.place as usize;
        case.generation == self.customers.generation(place) && self.customers.is_present(place)
    }

    /// The customer judges what happened, and moves attitude and expectation of care.
    pub(super) fn take_in(&mut self, case: usize, justice: f64) {
        let now = self.now();
        if !self.is_still_there(case) {
            return;
        }
        let place = self.cases[case].place as usize;
        let reaction = &self.plan.reaction;
        let satisfied = satisfaction(justice, self.customers.expectation(place), reaction);
        self.customers.move_attitude(place, satisfied, reaction.answer_moves, now);
        self.customers.expect(place, (justice + 1.0) / 2.0, reaction.expectation_step);
    }

    /// The customer learns whether speaking up on the channel of the case worked.
    pub(super) fn believe(&mut self, case: usize, worked: bool) {
        let now = self.now();
        let this = &self.cases[case];
        let place = this.place as usize;
        if this.asks() && this.generation == self.customers.generation(place) {
            let step = self.plan.reaction.belief_step;
            self.customers.learn(place, usize::from(this.channel), worked, step, now);
        }
    }

    fn solve(&mut self, case: usize) {
        self.cases[case].resolved_at = self.now();
        self.note(case, Happening::Resolved);
        self.believe(case, true);
        if self.cases[case].ending.is_none() {
            self.end(case, Ending::Resolved);
        }
    }

    /// Answered and not solved: the customer writes again, follows to another channel, or lets it
    /// rest. After a machine's line, who does not write again goes on waiting for a person.
    fn go_on_or_not(&mut self, case: usize, answer: &Answer, action: Action) {
        let by_person = answer.by == By::Person;
        let this = &mut self.cases[case];
        this.waiting &= !by_person;
        if this.ending.is_some() {
            return;
        }
        let (whether, when) = self.draws.uniforms(this.candidate, Purpose::Again, this.messages);
        let settings = &self.plan.customers;
        let redirected = action == Action::Redirect;
        let chance = if redirected { settings.follows_redirect } else { settings.writes_again };
        let goes_on = this.asks() && this.messages < settings.most_contacts && whether < chance;
        if !goes_on {
            let live = self.plan.channels[usize::from(self.cases[case].channel)].live;
            if by_person {
                self.believe(case, false);
                self.end(case, Ending::Settled);
            } else if live {
                self.give_up(case);
            }
            return;
        }
        if let Some(to) = self.triage(case).to.filter(|_| redirected) {
            self.cases[case].channel = to as u16;
            self.cases[case].tagged = true;
        }
        let median = settings.writes_again_minutes / 60.0;
        let delay = sample::lognormal(when, median, AGAIN_SIGMA);
        self.events.after(delay, Event::WritesAgain(case as u32));
    }
}
