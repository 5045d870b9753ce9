//! What happens, one file per process. [`World::happen`] hands each event to its process.

mod answers;
mod assigning;
mod audit;
mod days;
mod detractors;
mod feed;
mod inbox;
mod leaving;
mod load;
mod mistakes;
mod occasions;
mod policies;
mod publicity;
mod service;
#[cfg(test)]
pub(crate) mod stage;
mod streams;
mod voice;

use crate::terms::observer::Observer;
use crate::world::{Event, World};
use heard_math::engine::queue::Turn;

impl<O: Observer> World<'_, O> {
    /// Schedules what happens first.
    pub(crate) fn start(&mut self) {
        for company in 0..self.companies.len() {
            self.open(company);
            for stream in 0..self.policy(company).streams.len() {
                self.next_of_stream(company, stream);
            }
            self.plan_mistakes(company);
            self.wake_detractors(company);
            self.plan_feed(company);
        }
        self.next_occasion();
        self.plan_probes();
        for (phase, next) in self.plan.phases.iter().enumerate().skip(1) {
            self.events.at_turn(next.from, Turn::First, Event::Switch(phase as u16));
        }
        self.events.at(24.0, Event::Midnight);
        self.next_reading(0);
    }

    /// What was due happens.
    #[inline]
    pub(crate) fn happen(&mut self, event: Event) {
        match event {
            Event::Occasion => self.occasion(),
            Event::StreamArrival { company, stream } => {
                self.stream_arrival(usize::from(company), usize::from(stream));
            }
            Event::Finished { company, team, place } => {
                self.finished(usize::from(company), usize::from(team), place);
            }
            Event::PickUp { company, team, place, generation } => {
                self.rung(usize::from(company), usize::from(team), place, generation);
            }
            Event::PatienceOver { company, place, generation } => {
                self.patience_over(usize::from(company), place, generation);
            }
            Event::CallsAgain(redial) => {
                let (company, contact) = self.redials[redial as usize];
                self.stream_contact(usize::from(company), contact);
            }
            Event::ShiftChange { company, team, phase, step } if phase == self.phase => {
                self.shift_change(usize::from(company), usize::from(team), step);
            }
            Event::ShiftChange { .. } => {}
            Event::Sweep { company, watch } => self.sweep(usize::from(company), watch),
            Event::Overdue { case, message } => self.overdue(case as usize, message),
            Event::GivesUp { case, message } => self.gives_up(case as usize, message),
            Event::WritesAgain(case) => self.writes_again(case as usize),
            Event::Shared { post, share } => self.shared(post as usize, share as usize),
            Event::Newcomer { place, company } => self.newcomer(place as usize, company.into()),
            Event::CauseRemoved { company, cause } => {
                self.companies[usize::from(company)].causes.remove(cause as usize);
            }
            Event::Detractor { company, number } => self.detractor(company.into(), number),
            Event::Mistake { company, number } => self.mistake(company.into(), number.into()),
            Event::Probe(probe) => self.probe(probe),
            Event::FeedDue { company, entry } => self.feed_due(usize::from(company), entry),
            Event::Switch(phase) => self.switch(phase),
            Event::Midnight => self.midnight(),
            Event::Reading(index) => self.read_load(index),
        }
    }
}
