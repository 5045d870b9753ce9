//! Service: contacts reach the desk, are served or hang up, and teams change shifts.

use super::answers::Answerer;
use super::streams::stream_attempt;
use crate::desk::contact::{Contact, Work};
use crate::plan::length::Length;
use crate::plan::policy::Policy;
use crate::record::census::Caller;
use crate::terms::observer::{Happening, Matter, Observer, Step};
use crate::terms::purpose::Purpose;
use crate::world::{Event, World};
use heard_math::engine::queue::Turn;
use heard_scenario::answer::{Action, By};

/// Where a contact goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Route {
    /// A machine answers at once.
    Machine,
    /// The caller hangs up at once: nobody is there, nobody will speak, or the line is busy.
    HangsUp,
    /// It lies where nobody takes it.
    Nowhere,
    /// A team takes it.
    Desk,
}

impl<O: Observer> World<'_, O> {
    /// Where a contact on this channel goes that triage has given this action. `steadfast`: a
    /// caller who waits for ever, even before a closed line; a busy one turns everybody away.
    #[inline]
    pub(super) fn route(
        &self,
        company: usize,
        channel: usize,
        action: Action,
        steadfast: bool,
    ) -> Route {
        let policy = self.policy(company);
        let answer = policy.answer(action);
        let by = answer.map_or(By::Nobody, |answer| answer.by);
        let settings = &policy.channels[channel];
        let desk = &self.companies[company].desk;
        let full = || desk.inside(channel) >= settings.lines;
        if by == By::Machine {
            Route::Machine
        } else if settings.live
            && (by == By::Nobody || full() || (!steadfast && !desk.is_open(channel)))
        {
            Route::HangsUp
        } else if answer.is_none() || settings.teams.is_empty() {
            Route::Nowhere
        } else {
            Route::Desk
        }
    }

    /// A contact comes in at the desk. `patience`: how long it will wait, and its luck in that; for
    /// ever where `None`. Most are served at once, which is why nobody has worked out the hours.
    #[inline]
    pub(super) fn submit(
        &mut self,
        company: usize,
        contact: Contact,
        patience: Option<(Length, f64)>,
    ) {
        let now = self.now();
        let desk = &mut self.companies[company].desk;
        let (place, team) = desk.arrive(contact, now);
        let step = Step::InLine {
            place,
            line: usize::from(contact.line),
            rank: contact.priority,
            urgency: contact.urgency,
            handle: contact.handle,
        };
        self.observer.handled(now, company, self.matter(&contact), step);
        let waits = team.is_none_or(|team| self.begin(company, team, place));
        if let Some((length, luck)) = patience.filter(|_| waits) {
            let generation = self.companies[company].desk.generation(place);
            let company = company as u8;
            self.events
                .after(length.hours(luck), Event::PatienceOver { company, place, generation });
        }
    }

    /// The team takes the contact at a place. Returns whether the customer still waits: a call may ring
    /// before somebody picks up.
    #[inline]
    fn begin(&mut self, company: usize, team: usize, place: u32) -> bool {
        let policy = self.policy(company);
        let (person, again) = self.assign(company, team, place);
        let this = &mut self.companies[company];
        let contact = this.desk.contact_mut(place);
        if again {
            contact.handle *= 1.0 - policy.reaction.familiar_bonus;
        }
        let target = policy.teams[team].handle_target;
        let is_chore = matches!(contact.work, Work::Sweep(_) | Work::Feed(_));
        if contact.handle > target && !is_chore {
            // Cut short, it solves the problem the less often, the more of it is missing.
            contact.solves *= contact.handle / target;
            contact.handle = target;
        }
        let contact = *contact;
        match policy.teams[team].pickup.filter(|_| is_live(policy, contact.line)) {
            Some(length) => {
                self.ring(company, (team, person, place), length, &contact);
                true
            }
            None => {
                self.pick_up(company, (team, person, place), &contact);
                false
            }
        }
    }

    /// A call rings at somebody who is free.
    fn ring(
        &mut self,
        company: usize,
        (team, person, place): (usize, Option<u16>, u32),
        length: Length,
        contact: &Contact,
    ) {
        let luck = match contact.work {
            Work::Stream(stream) => {
                let key = self.policy(company).streams[usize::from(stream)].key;
                let key = stream_attempt(key, contact.attempt);
                self.draws.uniform(contact.number, Purpose::StreamPickup, key)
            }
            Work::Case(case) => {
                let candidate = self.cases[case as usize].candidate;
                self.draws.uniform(candidate, Purpose::Pickup, contact.number as u16)
            }
            // Nobody calls with a chore.
            Work::Sweep(_) | Work::Feed(_) => 0.5,
        };
        let desk = &mut self.companies[company].desk;
        desk.ring(team, place);
        let generation = desk.generation(place);
        let (now, matter) = (self.now(), self.matter(contact));
        self.observer.handled(now, company, matter, Step::Rings { team, person, place });
        let (company, team) = (company as u8, team as u8);
        self.events.after(length.hours(luck), Event::PickUp { company, team, place, generation });
    }

    /// It has rung long enough: the person picks up, unless the caller has hung up.
    pub(super) fn rung(&mut self, company: usize, team: usize, place: u32, generation: u32) {
        let desk = &mut self.companies[company].desk;
        if desk.pick_up(place, generation) {
            let (contact, person) = (*desk.contact(place), desk.person(place));
            self.pick_up(company, (team, person, place), &contact);
        }
    }

    /// Somebody picks up, or begins to read and write.
    #[inline]
    fn pick_up(
        &mut self,
        company: usize,
        (team, person, place): (usize, Option<u16>, u32),
        contact: &Contact,
    ) {
        let (now, policy) = (self.now(), self.policy(company));
        let finished = Event::Finished { company: company as u8, team: team as u8, place };
        self.events.after(contact.handle, finished);
        let live = is_live(policy, contact.line);
        let probe = matches!(contact.work, Work::Case(case) if self.cases[case as usize].probe);
        if live && !probe {
            let census = &mut self.companies[company].census;
            census.wait(contact, now - contact.arrived, Caller::Served);
        }
        let (matter, action) = (self.matter(contact), contact.action);
        let step = Step::Begun { team, person, place, action, answers: live };
        self.observer.handled(now, company, matter, step);
        if let Work::Case(case) = contact.work {
            let case = case as usize;
            self.note(case, Happening::PickedUp { team, person });
            self.see(case);
            let this = &mut self.cases[case];
            let answers = policy.answer(contact.action).is_some_and(|a| a.by == By::Person);
            if live && answers && this.ending.is_none() {
                this.answered_at = this.answered_at.min(now);
            }
        }
    }

    /// A conversation is over. The team takes the next contact first: what follows from the
    /// conversation comes in behind those who wait.
    #[inline]
    pub(super) fn finished(&mut self, company: usize, team: usize, place: u32) {
        let (now, policy) = (self.now(), self.policy(company));
        let desk = &mut self.companies[company].desk;
        let person = desk.person(place);
        let contact = desk.finish(team, place, now);
        let answers = policy.answers(contact.action);
        let matter = self.matter(&contact);
        self.observer.handled(now, company, matter, Step::Ended { team, place, answers });
        self.take_work(company, team);
        match contact.work {
            Work::Stream(stream) => {
                self.stream_served(company, usize::from(stream), (team, person), &contact);
            }
            Work::Sweep(sweep) => {
                self.together(company, |world| world.read_found(company, sweep as usize));
            }
            Work::Feed(entry) => self.post(company, entry),
            Work::Case(case) => {
                // Who has gone on to another channel meanwhile no longer looks here.
                let there = self.cases[case as usize].channel == contact.line;
                if there && answers {
                    // A call is answered when somebody picks up, a message when the reply is written.
                    let live = is_live(policy, contact.line);
                    let since = if live { now - contact.handle } else { now };
                    let (case, solves) = (case as usize, contact.solves);
                    let before = self.cases[case].person;
                    let named = policy.teams[team].named;
                    let again =
                        named && person.is_some_and(|who| before == Some((team as u8, who)));
                    let by = Answerer { team: Some(team), person, again, solves, since };
                    self.answer(case, contact.action, by);
                }
            }
        }
    }

    /// What a contact at the desk is about.
    #[inline]
    fn matter(&self, contact: &Contact) -> Matter {
        match contact.work {
            Work::Case(case) => Matter::Message {
                candidate: self.cases[case as usize].candidate,
                message: contact.number as u16,
            },
            Work::Stream(stream) => Matter::Call {
                stream: usize::from(stream),
                number: contact.number,
                attempt: contact.attempt,
            },
            Work::Sweep(_) | Work::Feed(_) => Matter::Chore,
        }
    }

    /// All that comes in by `what` is put in line before anybody takes any of it.
    pub(super) fn together(&mut self, company: usize, what: impl FnOnce(&mut Self)) {
        self.companies[company].desk.hold(true);
        what(self);
        self.companies[company].desk.hold(false);
        (0..self.policy(company).teams.len()).for_each(|team| self.take_work(company, team));
    }

    fn take_work(&mut self, company: usize, team: usize) {
        let now = self.now();
        while let Some(place) = self.companies[company].desk.next(team, now) {
            self.begin(company, team, place);
        }
    }

    /// A shift begins or ends. Those who come on search first: what they have to read is in line
    /// before they take anything.
    pub(super) fn shift_change(&mut self, company: usize, team: usize, step: u32) {
        self.together(company, |world| {
            world.staff(company, team, step);
            world.mind_searches(company);
        });
    }

    /// The team's staffing becomes what the week says.
    pub(super) fn staff(&mut self, company: usize, team: usize, step: u32) {
        let (now, phase) = (self.now(), self.phase);
        let (people, next) = self.policy(company).teams[team].rota.step(step);
        self.companies[company].desk.staff(team, people, now);
        self.observer.staffed(now, company, team, people);
        if let Some(next) = next {
            let (company, team) = (company as u8, team as u8);
            let change = Event::ShiftChange { company, team, phase, step: step + 1 };
            self.events.at_turn(next, Turn::First, change);
        }
    }

    /// A caller who is still waiting hangs up. The person at whom the call rang takes the next contact
    /// first, as after a conversation.
    pub(super) fn patience_over(&mut self, company: usize, place: u32, generation: u32) {
        let now = self.now();
        let desk = &mut self.companies[company].desk;
        let Some((contact, team)) = desk.abandon(place, generation, now) else { return };
        let waited = now - contact.arrived;
        let matter = self.matter(&contact);
        self.observer.handled(now, company, matter, Step::HungUp);
        if let Some(team) = team {
            self.take_work(company, team);
        }
        let this = &mut self.companies[company];
        match contact.work {
            Work::Case(case) => {
                if !self.cases[case as usize].probe {
                    this.census.wait(&contact, waited, Caller::HungUp);
                }
                self.call_again_or_not(case as usize);
            }
            Work::Stream(stream) => {
                self.stream_hung_up(company, usize::from(stream), contact, Caller::HungUp);
            }
            Work::Sweep(_) | Work::Feed(_) => {}
        }
    }

    /// A caller found nobody there.
    pub(super) fn turned_away(&mut self, case: usize) {
        let now = self.now();
        self.deal(case, Step::HungUp);
        let this = &self.cases[case];
        if !this.probe {
            let census = &mut self.companies[usize::from(this.company)].census;
            census.turned_away(usize::from(this.channel), now);
        }
        self.call_again_or_not(case);
    }

    fn call_again_or_not(&mut self, case: usize) {
        let this = &self.cases[case];
        // Who has left the company over something else holds the line no more.
        if this.ending.is_some() {
            return;
        }
        self.note(case, Happening::HungUp);
        let this = &self.cases[case];
        let (whether, when) = self.draws.uniforms(this.candidate, Purpose::Redial, this.messages);
        let settings = &self.setting.customers;
        if this.messages < settings.most_contacts && whether < settings.redials {
            self.events.after(when, Event::WritesAgain(case as u32));
        } else {
            self.give_up(case);
        }
    }
}

#[inline]
fn is_live(policy: &Policy, line: u16) -> bool {
    policy.channels.get(usize::from(line)).is_some_and(|channel| channel.live)
}

#[cfg(test)]
mod tests;
