//! What companies do changes: at the start, and at every switch.

use crate::terms::observer::Observer;
use crate::world::World;

impl<O: Observer> World<'_, O> {
    /// A company's people go to work as its policy of now says.
    pub(super) fn open(&mut self, company: usize) {
        let (now, policy) = (self.now(), self.policy(company));
        self.together(company, |world| {
            for (team, staff) in policy.teams.iter().enumerate() {
                world.staff(company, team, staff.rota.step_at(now));
            }
            world.mind_searches(company);
        });
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
