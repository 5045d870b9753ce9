//! Silence, giving up, going public, and what the end of a case leads to.

use crate::independent::agenda::Event;
use crate::independent::case::End;
use crate::independent::people::approach;
use crate::independent::voice::logit;
use crate::independent::world::World;

impl World<'_> {
    pub fn overdue(&mut self, case: usize, message: u32) {
        if self.waits_for(case, message) {
            self.judge_silence(case);
        }
    }

    /// Once for each message that nobody answered.
    fn judge_silence(&mut self, case: usize) {
        if self.cases[case].judged {
            return;
        }
        self.cases[case].judged = true;
        let it = &self.cases[case];
        let presented = self.setting.channels[it.channel].presented;
        let gap = if presented { self.setting.reaction.presence_gap } else { 0.0 };
        let seen = self.public.answers_seen - it.seen_before;
        let envy = self.setting.reaction.envy * (1.0 - libm::exp(-seen));
        self.judge(case, (self.setting.reaction.silence - gap - envy).max(-1.0));
    }

    pub fn give_up(&mut self, case: usize) {
        self.judge_silence(case);
        self.lose_faith(case, End::GaveUp);
    }

    /// The customer does not go on after a person's answer.
    pub fn drop_it(&mut self, case: usize) {
        self.lose_faith(case, End::Settled);
    }

    fn lose_faith(&mut self, case: usize, how: End) {
        self.cases[case].waiting = false;
        self.believe(case, 0.0);
        match self.escalates_to(case) {
            Some(channel) => self.escalate(case, channel),
            None => self.end(case, how),
        }
    }

    fn escalates_to(&mut self, case: usize) -> Option<usize> {
        let it = &self.cases[case];
        let private = !self.setting.channels[it.channel].public;
        if !it.kind.is_failure() || !private || it.escalated {
            return None;
        }
        let (place, severity) = (it.place, it.severity);
        let push = self.setting.customers.escalation_push;
        self.where_to_speak(place, severity, push, true)
    }

    fn escalate(&mut self, case: usize, channel: usize) {
        let old = self.cases[case].thread.clone();
        self.cases[case].escalated = true;
        self.open_thread(case, channel, old.number + 1);
        if self.rules.escalation_in_the_old_thread {
            let thread = &mut self.cases[case].thread;
            thread.number = old.number;
            thread.tagged |= old.tagged;
            thread.answered = old.answered;
        }
        self.speak(case, channel);
    }

    /// Belief in the channel moves: the customer's own, and in public that of all who see it.
    pub fn believe(&mut self, case: usize, worked: f64) {
        let it = &self.cases[case];
        let (channel, place) = (it.channel, it.place);
        let step = self.setting.reaction.belief_step;
        approach(&mut self.people.places[place].beliefs[channel], worked, step);
        if let Some(post) = it.thread.post.filter(|_| self.setting.channels[channel].public) {
            let views = self.public.posts[post].views;
            let reach = (views / self.setting.customers.market_size).min(1.0);
            let observed = self.setting.reaction.observed_step * reach;
            self.people.move_all_beliefs(channel, worked, observed);
        }
    }

    pub fn end(&mut self, case: usize, how: End) {
        self.cases[case].end = Some((self.now, how));
        self.cases[case].waiting = false;
        if self.cases[case].kind.is_failure() {
            self.failure_ends(self.cases[case].place);
        }
    }

    /// At the end of each failure, silent ones included, the customer stays or leaves.
    pub fn failure_ends(&mut self, place: usize) {
        let attitude = self.people.places[place].attitude;
        let utility = logit(self.setting.reaction.leaves_at_neutral)
            - self.setting.reaction.leaving_slope * attitude;
        let leaves = self.random.chance(1.0 / (1.0 + libm::exp(-utility)));
        let counted = self.is_counted();
        if counted {
            self.tally.ended += 1;
            self.tally.stayed += usize::from(!leaves);
        }
        if !leaves {
            return;
        }
        self.tally.left += usize::from(counted);
        self.people.leaves(place);
        let generation = self.people.places[place].generation;
        for it in &mut self.cases {
            if it.place == place && it.generation == generation && it.is_open() {
                it.end = Some((self.now, End::Left));
                it.waiting = false;
            }
        }
        self.schedule_newcomer(place);
    }

    fn schedule_newcomer(&mut self, place: usize) {
        let known = self.public.awareness(self.now, self.setting);
        let sentiment = self.public.sentiment(self.now, self.setting);
        let draw = libm::pow(
            known / self.setting.company.awareness,
            self.setting.market.follows_awareness,
        ) * libm::exp(self.setting.reaction.newcomers_follow_sentiment * sentiment);
        let mean = self.setting.reaction.replaced_days * 24.0 / draw;
        let at = self.now + self.random.exponential(mean);
        self.agenda.add(at, Event::Newcomer { place });
    }
}
