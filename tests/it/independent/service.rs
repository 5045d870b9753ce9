//! Work is taken, done, or given up by callers.

use crate::independent::agenda::Event;
use crate::independent::desk::{Contact, Waiting, Work, can_take};
use crate::independent::world::World;

impl World<'_> {
    pub fn enqueue(&mut self, waiting: Waiting) {
        if self.rules.consequences_first {
            let teams = 0..self.setting.teams.len();
            let free = |team: &usize| {
                can_take(*team, &waiting.work, self.setting)
                    && self.desk.is_free(*team, self.setting)
            };
            if let Some(team) = teams.into_iter().find(free) {
                self.begin(team, waiting);
                return;
            }
        }
        self.desk.waiting.push(waiting);
    }

    /// Whoever is free takes the best that waits.
    pub fn assign(&mut self) {
        for team in 0..self.setting.teams.len() {
            while self.desk.is_free(team, self.setting) {
                let Some(waiting) = self.desk.take(team, self.setting) else { break };
                self.begin(team, waiting);
            }
        }
    }

    fn begin(&mut self, team: usize, waiting: Waiting) {
        self.desk.crews[team].busy += 1;
        let (mean, sigma) = self.setting.teams[team].pickup;
        match waiting.work {
            Work::Contact(call) if mean > 0.0 && self.setting.channels[call.channel].live => {
                let rings = self.random.lognormal(mean * libm::exp(-sigma * sigma / 2.0), sigma);
                let picks_up = Event::PicksUp { case: call.case, message: call.message };
                self.agenda.add(self.now + rings, picks_up);
                self.desk.ringing.push((team, waiting));
            }
            _ => self.take_up(team, waiting),
        }
    }

    /// Somebody picks up the call that rings at them, unless its caller has hung up.
    pub fn picks_up(&mut self, case: usize, message: u32) {
        let ringing = &mut self.desk.ringing;
        let Some(index) = ringing.iter().position(|(_, it)| it.is_call(case, message)) else {
            return;
        };
        let (team, call) = ringing.remove(index);
        self.take_up(team, call);
    }

    fn take_up(&mut self, team: usize, waiting: Waiting) {
        let mut target = self.setting.teams[team].handle_target;
        let needed = match &waiting.work {
            Work::Search { found, .. } => {
                let each = self.setting.listening.minutes_per_message / 60.0;
                if self.rules.triaged_as_read {
                    for (index, case) in found.iter().enumerate() {
                        let at = self.now + each * (index + 1) as f64;
                        self.agenda.add(at, Event::Read { case: *case });
                    }
                }
                target = f64::INFINITY;
                each * found.len() as f64
            }
            Work::Contact(contact) => {
                let Contact { case, channel, rule, .. } = *contact;
                self.see(case);
                if self.setting.channels[channel].live {
                    self.desk.talking[channel] += 1;
                    self.tally.picked_up(self.now - waiting.came, self.setting, waiting.came);
                    self.cases[case].waiting = false;
                }
                let (mean, sigma) = self.setting.triage[rule].action.handle;
                self.random.lognormal(mean * libm::exp(-sigma * sigma / 2.0), sigma)
            }
        };
        let takes = needed.min(target);
        let kept = if needed > target { target / needed } else { 1.0 };
        let work = waiting.work;
        let finished = Event::Finished { team, work, kept, picked_up: self.now };
        self.agenda.add(self.now + takes, finished);
    }

    /// Work ends: the next is taken first, then it has its consequences.
    pub fn finished(&mut self, team: usize, work: Work, kept: f64, picked_up: f64) {
        self.desk.crews[team].busy -= 1;
        if let Work::Contact(contact) = work
            && self.setting.channels[contact.channel].live
        {
            self.desk.talking[contact.channel] -= 1;
        }
        if !self.rules.consequences_first {
            self.assign();
        }
        match work {
            Work::Search { .. } if self.rules.triaged_as_read => {}
            Work::Search { found, .. } => {
                for case in found {
                    self.read(case);
                }
            }
            Work::Contact(contact) => self.worked_on(contact, team, kept, picked_up),
        }
    }

    fn worked_on(&mut self, contact: Contact, team: usize, kept: f64, picked_up: f64) {
        let Contact { case, thread, channel, rule, .. } = contact;
        if !self.setting.triage[rule].action.person || self.cases[case].thread.number != thread {
            return;
        }
        let live = self.setting.channels[channel].live;
        let answered = if live { picked_up } else { self.now };
        self.answer(case, rule, Some(team), kept, answered);
    }

    /// A call comes in.
    pub fn call(&mut self, case: usize) {
        let channel = self.cases[case].channel;
        let rule = self.decide(case);
        let nobody = !self.setting.triage[rule].action.person
            || !self.desk.is_anybody_there(channel, self.setting);
        if nobody || self.desk.callers(channel) >= self.setting.channels[channel].lines {
            self.tally.hung_up(0.0, self.setting, self.now);
            self.hangs_up(case);
            return;
        }
        self.put_in_line(case, channel, rule, 3);
        let patience = self.random.exponential(self.setting.channels[channel].patience);
        let message = self.cases[case].messages;
        self.agenda.add(self.now + patience, Event::HangsUp { case, message });
    }

    pub fn patience_over(&mut self, case: usize, message: u32) {
        let ringing = &mut self.desk.ringing;
        let call = match self.desk.waiting.iter().position(|it| it.is_call(case, message)) {
            Some(index) => self.desk.waiting.remove(index),
            None => {
                let rings = ringing.iter().position(|(_, it)| it.is_call(case, message));
                let Some(index) = rings else { return };
                let (team, call) = ringing.remove(index);
                self.desk.crews[team].busy -= 1;
                call
            }
        };
        self.tally.hung_up(self.now - call.came, self.setting, call.came);
        if !self.rules.consequences_first {
            self.assign();
        }
        if self.cases[case].is_open() {
            self.hangs_up(case);
        }
    }

    /// Calls again within the hour, or gives up.
    fn hangs_up(&mut self, case: usize) {
        let redials = self.setting.customers.redials;
        let few = f64::from(self.cases[case].messages) < self.setting.customers.most_contacts;
        if few && self.random.chance(redials) {
            self.cases[case].waiting = false;
            let at = self.now + self.random.uniform();
            self.agenda.add(at, Event::WritesAgain { case });
        } else {
            self.give_up(case);
        }
    }
}
