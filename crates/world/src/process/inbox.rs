//! Being noticed: what reaches the inbox, what a search finds, and what triage makes of it.

use super::answers::Answerer;
use super::service::Route;
use crate::desk::contact::{Contact, Work};
use crate::plan::policy::Policy;
use crate::plan::triage::{Decision, Message};
use crate::terms::observer::{Happening, Observer, Step};
use crate::terms::purpose::Purpose;
use crate::world::{Event, World};
use heard_math::engine::queue::Turn;
use heard_scenario::answer::Action;
use heard_scenario::team::Reward;

/// Rank of reading what a sweep found: before an inbox, after callers.
const SWEEP_PRIORITY: u8 = 4;

impl<O: Observer> World<'_, O> {
    /// A message is out. It reaches the company if it is addressed to it where it is present; else
    /// only as far as the company listens.
    pub(super) fn come_in(&mut self, case: usize) {
        let this = &self.cases[case];
        let company = usize::from(this.company);
        let channel = &self.policies[company].channels[usize::from(this.channel)];
        // A customer who was answered in a thread continues in that thread.
        if this.tagged || this.in_thread {
            let decision = self.sort(case);
            self.act(case, decision);
        } else {
            let (_, luck) = self.draws.uniforms(this.candidate, Purpose::Notice, 0);
            if luck < channel.coverage {
                self.companies[company].found.push(case as u32);
            }
        }
    }

    /// What the policy says to do with the case's latest message.
    pub(super) fn triage(&self, case: usize) -> Decision {
        let case = &self.cases[case];
        self.policies[usize::from(case.company)].triage(&Message {
            kind: case.looks,
            severity: case.severity,
            followers: case.followers,
            tagged: case.tagged,
            repeat: case.messages > 1,
            channel: usize::from(case.channel),
            stream: None,
            waited: self.now() - case.voiced_at,
            audience: case.post.map_or(0.0, |post| self.posts[post as usize].views),
        })
    }

    fn sort(&mut self, case: usize) -> Decision {
        let decision = self.triage(case);
        let kind = self.cases[case].looks;
        let Decision { action, priority: rank, .. } = decision;
        self.note(case, Happening::Sorted { kind, action, rank });
        decision
    }

    /// Carries out a decision: at once by machine, otherwise as work for those who serve the channel.
    fn act(&mut self, case: usize, decision: Decision) {
        self.cases[case].sent_to = decision.to.map(|to| to as u16);
        let this = &self.cases[case];
        let (company, line) = (usize::from(this.company), this.channel);
        let policy = self.policy(company);
        let channel = &policy.channels[usize::from(line)];
        let route = self.route(company, usize::from(line), decision.action, false);
        let (length, solves) =
            self.draws.uniforms(this.candidate, Purpose::Handling, this.messages);
        let answer = match (route, policy.answer(decision.action)) {
            (Route::Desk, Some(answer)) => answer,
            (Route::Machine, _) => {
                self.deal(case, Step::ByMachine { action: decision.action });
                let by =
                    Answerer { team: None, person: None, again: false, solves, since: self.now() };
                return self.answer(case, decision.action, by);
            }
            (Route::HangsUp, _) => return self.turned_away(case),
            (Route::Nowhere | Route::Desk, _) => return,
        };
        let now = self.now();
        let handle = answer.handle.hours(length);
        let contact = Contact {
            work: Work::Case(case as u32),
            line,
            priority: decision.priority,
            urgency: urgency(
                policy,
                usize::from(line),
                this.followers,
                handle,
                now - decision.head_start,
            ),
            action: decision.action,
            handle,
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
        self.submit(company, contact, patience);
    }

    /// The first who comes on duty to listen searches at once; with the last who goes, searches end.
    pub(super) fn mind_searches(&mut self, company: usize) {
        let policy = self.policy(company);
        let this = &mut self.companies[company];
        let there = policy.searching_team().filter(|&team| this.desk.is_there(team));
        if there != this.searching {
            this.searching = there;
            this.watch += 1;
            let watch = this.watch;
            self.sweep(company, watch);
        }
    }

    /// It is time to search, if those who searched last are still there. What is found waits for
    /// somebody of the listening team to read it.
    pub(super) fn sweep(&mut self, company: usize, watch: u32) {
        let (now, policy) = (self.now(), self.policy(company));
        let this = &mut self.companies[company];
        let Some(team) = this.searching.filter(|_| watch == this.watch) else { return };
        let next = Event::Sweep { company: company as u8, watch };
        let due = now + policy.listening.sweep_every_hours;
        self.events.at_turn(due, Turn::Last, next);
        if this.found.is_empty() {
            return;
        }
        let found = std::mem::take(&mut this.found);
        let handle = found.len() as f64 * policy.listening.minutes_per_message / 60.0;
        let work = Work::Sweep(this.sweeps.len() as u32);
        this.sweeps.push(found);
        self.chore(company, team, work, SWEEP_PRIORITY, handle, now);
    }

    /// Work that nobody waits for: it stands in the team's own line.
    pub(super) fn chore(
        &mut self,
        company: usize,
        team: usize,
        work: Work,
        priority: u8,
        handle: f64,
        now: f64,
    ) {
        let oldest_first = self.policy(company).teams[team].reward == Reward::OldestFirst;
        let urgency = if oldest_first { -now } else { 0.0 };
        let contact = Contact {
            work,
            line: self.companies[company].desk.chores(team),
            priority,
            urgency,
            action: Action::Monitor,
            handle,
            solves: 0.0,
            number: 0,
            attempt: 0,
            voiced_at: now,
            arrived: now,
        };
        self.submit(company, contact, None);
    }

    /// The team has read what a sweep found, and now does with it what triage says.
    pub(super) fn read_found(&mut self, company: usize, sweep: usize) {
        for case in std::mem::take(&mut self.companies[company].sweeps[sweep]) {
            let case = case as usize;
            self.see(case);
            let decision = self.sort(case);
            if self.policy(company).answers(decision.action) {
                self.act(case, decision);
            }
        }
    }

    /// A person of the company reads the message.
    pub(super) fn see(&mut self, case: usize) {
        if std::mem::replace(&mut self.cases[case].seen, true) {
            return;
        }
        self.note(case, Happening::Seen);
        let this = &self.cases[case];
        let company = usize::from(this.company);
        let counts = this.kind.is_failure() && !this.outsider;
        let causes = &mut self.companies[company].causes;
        if counts && causes.report(this.cause as usize) {
            let removed = Event::CauseRemoved { company: company as u8, cause: this.cause };
            self.events.after(self.policy(company).company.days_to_fix * 24.0, removed);
        }
    }
}

/// What those who serve a line are rewarded for taking first: the oldest, those with a head start
/// being older than they are; the best followed; or what takes the least time.
pub(super) fn urgency(
    policy: &Policy,
    line: usize,
    followers: f64,
    handle: f64,
    queued_since: f64,
) -> f64 {
    let reward = policy.channels[line].teams.first().map(|&team| policy.teams[team].reward);
    match reward {
        Some(Reward::ReachFirst) => followers,
        Some(Reward::EasiestFirst) => -handle,
        Some(Reward::OldestFirst) | None => -queued_since,
    }
}

#[cfg(test)]
mod tests;
