//! Being noticed: what reaches the inbox, what a search finds, and what triage makes of it.

use super::answers::Answerer;
use super::desk::{Contact, Work};
use super::observer::{Happening, Observer};
use super::plan::{Decision, Message};
use super::purpose::Purpose;
use super::service::Route;
use super::{Event, World};
use crate::scenario::answer::{Action, By};
use crate::scenario::triage::Kind;

/// Rank of reading what a sweep found: before an inbox, after callers.
const SWEEP_PRIORITY: u8 = 4;

impl<O: Observer> World<'_, O> {
    /// A message is out. It reaches the company if it is addressed to it where it is present; else
    /// only as far as the company listens.
    pub(super) fn come_in(&mut self, case: usize) {
        let this = &self.cases[case];
        let channel = &self.plan.channels[usize::from(this.channel)];
        // Whoever has been answered in a thread writes on in that thread.
        if this.tagged || this.answered() {
            let decision = self.triage(case);
            self.act(case, decision);
        } else {
            let (_, luck) = self.draws.uniforms(this.candidate, Purpose::Notice, 0);
            if luck < channel.coverage {
                self.found.push(case as u32);
            }
        }
    }

    /// What the policy says to do with the case's latest message.
    pub(super) fn triage(&self, case: usize) -> Decision {
        let case = &self.cases[case];
        self.plan.triage(&Message {
            kind: case.kind,
            severity: case.severity,
            followers: case.followers,
            tagged: case.tagged,
            repeat: case.messages > 1,
            channel: usize::from(case.channel),
            stream: None,
        })
    }

    /// Carries a decision out: at once by machine, else as work for whoever serves the channel.
    fn act(&mut self, case: usize, decision: Decision) {
        let this = &self.cases[case];
        let line = this.channel;
        let channel = &self.plan.channels[usize::from(line)];
        let route = self.route(usize::from(line), decision.action, false);
        let (length, solves) =
            self.draws.uniforms(this.candidate, Purpose::Handling, this.messages);
        let answer = match (route, self.plan.answer(decision.action)) {
            (Route::Desk, Some(answer)) => answer,
            (Route::Machine, _) => {
                let by = Answerer { team: None, solves, since: self.now() };
                return self.answer(case, decision.action, by);
            }
            (Route::HangsUp, _) => return self.turned_away(case),
            (Route::Nowhere | Route::Desk, _) => return,
        };
        let now = self.now();
        let contact = Contact {
            work: Work::Case(case as u32),
            line,
            priority: decision.priority,
            action: decision.action,
            handle: answer.handle.hours(length),
            solves,
            number: u32::from(this.messages),
            attempt: 0,
            voiced_at: this.voiced_at,
            arrived: now,
        };
        let patience = channel.live.then(|| {
            let luck = self.draws.uniform(this.candidate, Purpose::Patience, this.messages);
            (channel.patience, luck)
        });
        self.submit(contact, patience);
    }

    /// It is time to search. What is found waits for somebody of the listening team to read it.
    pub(super) fn sweep(&mut self) {
        let now = self.now();
        self.events.after(self.plan.listening.sweep_every_hours, Event::Sweep);
        let Some(team) = self.plan.listening_team else { return };
        if self.found.is_empty() || !self.desk.is_there(team) {
            return;
        }
        let found = std::mem::take(&mut self.found);
        let handle = found.len() as f64 * self.plan.listening.minutes_per_message / 60.0;
        let contact = Contact {
            work: Work::Sweep(self.sweeps.len() as u32),
            line: self.desk.chores(team),
            priority: SWEEP_PRIORITY,
            action: Action::Monitor,
            handle,
            solves: 0.0,
            number: 0,
            attempt: 0,
            voiced_at: now,
            arrived: now,
        };
        self.sweeps.push(found);
        self.submit(contact, None);
    }

    /// The team has read what a sweep found, and now does with it what triage says.
    pub(super) fn read_found(&mut self, sweep: usize) {
        for case in std::mem::take(&mut self.sweeps[sweep]) {
            let case = case as usize;
            self.see(case);
            let decision = self.triage(case);
            let only_reads = self.plan.answer(decision.action).is_none_or(|a| a.by == By::Nobody);
            if !only_reads {
                self.act(case, decision);
            }
        }
    }

    /// A person of the company reads the message.
    pub(super) fn see(&mut self, case: usize) {
        if self.cases[case].seen {
            return;
        }
        self.cases[case].seen = true;
        self.note(case, Happening::Seen);
        let this = &self.cases[case];
        if this.kind == Kind::Complaint && self.causes.report(this.cause as usize) {
            let cause = this.cause;
            self.events.after(self.plan.company.days_to_fix * 24.0, Event::CauseRemoved(cause));
        }
    }
}
