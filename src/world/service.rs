//! Service: contacts reach the desk, are served or hang up, and teams change shifts.

use super::answers::Answerer;
use super::desk::{Contact, Work, staffing};
use super::observer::Observer;
use super::plan::Length;
use super::purpose::Purpose;
use super::{Event, World};
use crate::scenario::answer::{Action, By};

/// Where a contact goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Route {
    /// A machine answers at once.
    Machine,
    /// The caller hangs up at once: nobody is there, or nobody will speak.
    HangsUp,
    /// It lies where nobody takes it.
    Nowhere,
    /// A team takes it.
    Desk,
}

impl<O: Observer> World<'_, O> {
    /// Where a contact on this channel goes that triage has given this action. `steadfast`: a
    /// caller who waits for ever, even before a closed line.
    #[inline]
    pub(super) fn route(&self, channel: usize, action: Action, steadfast: bool) -> Route {
        let answer = self.plan.answer(action);
        let by = answer.map_or(By::Nobody, |answer| answer.by);
        let settings = &self.plan.channels[channel];
        if by == By::Machine {
            Route::Machine
        } else if settings.live && (by == By::Nobody || (!steadfast && !self.desk.is_open(channel)))
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
    pub(super) fn submit(&mut self, contact: Contact, patience: Option<(Length, f64)>) {
        let now = self.now();
        let (place, team) = self.desk.arrive(contact, now);
        match team {
            Some(team) => self.begin(team, place),
            None => {
                if let Some((length, luck)) = patience {
                    let generation = self.desk.generation(place);
                    self.events
                        .after(length.hours(luck), Event::PatienceOver { place, generation });
                }
            }
        }
    }

    #[inline]
    fn begin(&mut self, team: usize, place: u32) {
        let contact = *self.desk.contact(place);
        self.events.after(contact.handle, Event::Finished { team: team as u16, place });
        let now = self.now();
        let live = self.is_live(contact.line);
        if live {
            self.census.wait(&contact, now - contact.arrived, false);
        }
        if let Work::Case(case) = contact.work {
            let case = case as usize;
            self.see(case);
            let this = &mut self.cases[case];
            let answers = self.plan.answer(contact.action).is_some_and(|a| a.by == By::Person);
            if live && answers && this.ending.is_none() {
                this.answered_at = this.answered_at.min(now);
            }
        }
    }

    #[inline]
    fn is_live(&self, line: u16) -> bool {
        self.plan.channels.get(usize::from(line)).is_some_and(|channel| channel.live)
    }

    /// A conversation is over; the team takes the next one.
    #[inline]
    pub(super) fn finished(&mut self, team: usize, place: u32) {
        let now = self.now();
        let contact = self.desk.finish(team, place, now);
        match contact.work {
            Work::Stream(stream) => self.stream_served(usize::from(stream), team, &contact),
            Work::Sweep(sweep) => self.read_found(sweep as usize),
            Work::Case(case) => {
                let answers = self.plan.answer(contact.action).is_some_and(|a| a.by != By::Nobody);
                if answers {
                    // A call is answered when somebody picks up, a message when the reply is written.
                    let since = if self.is_live(contact.line) { now - contact.handle } else { now };
                    let by = Answerer { team: Some(team), solves: contact.solves, since };
                    self.answer(case as usize, contact.action, by);
                }
            }
        }
        self.take_work(team);
    }

    fn take_work(&mut self, team: usize) {
        let now = self.now();
        while let Some(place) = self.desk.next(team, now) {
            self.begin(team, place);
        }
    }

    /// The team's staffing becomes what the week says.
    pub(super) fn change_shift(&mut self, team: usize, step: u32) {
        let now = self.now();
        let (people, next) = staffing(&self.plan.teams[team].week, step);
        self.desk.staff(team, people, now);
        if let Some(next) = next {
            self.events.at(next, Event::ShiftChange { team: team as u16, step: step + 1 });
        }
        self.take_work(team);
    }

    /// A caller who is still waiting hangs up.
    pub(super) fn patience_over(&mut self, place: u32, generation: u32) {
        let now = self.now();
        let Some(contact) = self.desk.abandon(place, generation, now) else { return };
        let waited = now - contact.arrived;
        match contact.work {
            Work::Case(case) => {
                self.census.wait(&contact, waited, true);
                self.call_again_or_not(case as usize);
            }
            Work::Stream(stream) => self.stream_hung_up(usize::from(stream), contact, waited),
            Work::Sweep(_) => {}
        }
    }

    /// A caller found nobody there.
    pub(super) fn turned_away(&mut self, case: usize) {
        let now = self.now();
        self.census.turned_away(usize::from(self.cases[case].channel), now);
        self.call_again_or_not(case);
    }

    fn call_again_or_not(&mut self, case: usize) {
        let this = &self.cases[case];
        let (whether, when) = self.draws.uniforms(this.candidate, Purpose::Redial, this.messages);
        let settings = &self.plan.customers;
        if this.messages < settings.most_contacts && whether < settings.redials {
            self.events.after(when, Event::WritesAgain(case as u32));
        } else {
            self.give_up(case);
        }
    }
}
