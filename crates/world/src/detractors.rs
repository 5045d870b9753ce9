//! Determined detractors: persistent critics who post against the company whatever it does, and more
//! once a person has answered them.

use super::observer::Observer;
use super::purpose::Purpose;
use super::{Event, World};
use heard_math::engine::sample;
use heard_scenario::detractors::Detractors;
use heard_scenario::triage::Kind;

/// Where the candidate numbers of detractors' posts begin: a company has 2^26 of them, 2^16 for each
/// detractor.
pub const FIRST: u32 = 0x8000_0000;

/// Which of its company's detractors the candidate post is by.
#[must_use]
pub fn number_of(candidate: u32) -> u32 {
    candidate >> 16 & 0x3ff
}

/// One detractor.
#[derive(Clone, Copy, Debug, Default)]
pub struct Detractor {
    /// Candidate posts so far.
    posts: u16,
    /// How much more than usual was posted at `at`, as a share.
    provoked: f64,
    at: f64,
}

impl Detractor {
    /// The detractors of a company.
    #[must_use]
    pub fn all(settings: &Detractors) -> Vec<Self> {
        vec![Self::default(); settings.count as usize]
    }

    /// How much more than usual the detractor posts at `now` (hours), as a share.
    fn excess(&self, now: f64, settings: &Detractors) -> f64 {
        self.provoked * libm::exp2((self.at - now) / (24.0 * settings.calms_down_days))
    }

    /// A person has answered the detractor.
    fn provoke(&mut self, now: f64, settings: &Detractors) {
        self.provoked = settings.provoked - 1.0;
        self.at = now;
    }
}

impl<O: Observer> World<'_, O> {
    /// The company's detractors begin.
    pub(super) fn wake_detractors(&mut self, company: usize) {
        for number in 0..self.companies[company].detractors.len() {
            self.next_rant(company, number as u16);
        }
    }

    fn candidate_of(&self, company: usize, number: u16) -> u32 {
        let posts = self.companies[company].detractors[usize::from(number)].posts;
        FIRST | (company as u32) << 26 | u32::from(number) << 16 | u32::from(posts)
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
        let number = number_of(this.candidate) as usize;
        let settings = &self.policy(company).detractors;
        self.companies[company].detractors[number].provoke(now, settings);
    }
}

#[cfg(test)]
mod tests;
