//! Determined detractors: persistent critics who post against the company whatever it does, and more
//! once a person has answered them.

use crate::terms::candidate;
use crate::terms::observer::Observer;
use crate::terms::purpose::Purpose;
use crate::world::{Event, World};
use heard_math::engine::sample;
use heard_scenario::triage::Kind;

impl<O: Observer> World<'_, O> {
    /// The company's detractors begin.
    pub(super) fn wake_detractors(&mut self, company: usize) {
        for number in 0..self.companies[company].detractors.len() {
            self.next_rant(company, number as u16);
        }
    }

    fn candidate_of(&self, company: usize, number: u16) -> u32 {
        let posts = self.companies[company].detractors[usize::from(number)].posts;
        candidate::DETRACTORS | (company as u32) << 26 | u32::from(number) << 16 | u32::from(posts)
    }

    /// Schedules a candidate post, at the highest rate that provocation can bring about.
    fn next_rant(&mut self, company: usize, number: u16) {
        let settings = &self.policy(company).detractors;
        let per_hour = settings.posts_per_day * settings.provoked / 24.0;
        let posts = self.companies[company].detractors[usize::from(number)].posts;
        if per_hour > 0.0 && posts < u16::MAX {
            let candidate = self.candidate_of(company, number);
            let gap = self.draws.uniform(candidate, Purpose::Detractor, 0);
            let event = Event::Detractor { company: company as u8, number };
            self.events.after(sample::exponential(gap) / per_hour, event);
        }
    }

    /// A detractor posts, if the mood is there.
    pub(super) fn detractor(&mut self, company: usize, number: u16) {
        let (now, policy) = (self.now(), self.policy(company));
        let settings = &policy.detractors;
        let candidate = self.candidate_of(company, number);
        let detractor = &mut self.companies[company].detractors[usize::from(number)];
        detractor.posts += 1;
        let mood = 1.0 + detractor.excess(now, settings);
        self.next_rant(company, number);
        let (_, thinning) = self.draws.uniforms(candidate, Purpose::Detractor, 0);
        let channel = policy.channels.iter().position(|channel| channel.public);
        let Some(channel) = channel.filter(|_| thinning * settings.provoked < mood) else { return };
        let (severity, followers) = (settings.severity, settings.followers);
        let occasion = self.outsiders(candidate, company, Kind::Troll, severity, followers);
        self.speak(occasion, channel, None);
    }

    /// A person has answered a case: a detractor's is fuel to them.
    pub(super) fn provoke(&mut self, case: usize) {
        let this = &self.cases[case];
        if this.kind != Kind::Troll {
            return;
        }
        let (now, company) = (self.now(), usize::from(this.company));
        let number = candidate::detractor_of(this.candidate) as usize;
        let settings = &self.policy(company).detractors;
        self.companies[company].detractors[number].provoke(now, settings);
    }
}

#[cfg(test)]
mod tests;
