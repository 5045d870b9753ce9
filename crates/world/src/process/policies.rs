//! What companies do changes: at the start, and at every switch.

use crate::terms::observer::Observer;
use crate::world::{Event, World};

impl<O: Observer> World<'_, O> {
    /// A company's people go to work as its policy of now says.
    pub(super) fn open(&mut self, company: usize) {
        let (now, phase, policy) = (self.now(), self.phase, self.policy(company));
        for (team, staff) in policy.teams.iter().enumerate() {
            self.change_shift(company, team, staff.rota.step_at(now));
        }
        if policy.channels.iter().any(|channel| channel.public && channel.coverage > 0.0) {
            // Sweeps keep to the clock, whatever is switched when.
            let every = policy.listening.sweep_every_hours;
            let sweep = Event::Sweep { company: company as u8, phase };
            self.events.at((now / every).ceil() * every, sweep);
        }
    }

    /// From now on the companies do what this phase says.
    pub(super) fn switch(&mut self, phase: u16) {
        self.phase = phase;
        self.policies = &self.plan.phases[usize::from(phase)].policies;
        self.observer.switched(self.now(), usize::from(phase));
        for company in 0..self.companies.len() {
            let (policy, now) = (self.policy(company), self.now());
            self.companies[company].turn(policy, now);
            self.open(company);
        }
    }
}
