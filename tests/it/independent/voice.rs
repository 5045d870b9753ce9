//! Something happens to a customer, who speaks up or stays silent.

use crate::independent::agenda::Event;
use crate::independent::case::{Case, Thread};
use crate::independent::people::approach;
use crate::independent::setting::Channel;
use crate::independent::triage::{KINDS, Kind};
use crate::independent::world::World;

/// Log odds.
pub fn logit(p: f64) -> f64 {
    libm::log(p / (1.0 - p))
}

impl World<'_> {
    /// A failure, question, misconception or delight, of somebody.
    pub fn occasion(&mut self, kind: Kind) {
        let place = self.random.below(self.people.places.len());
        if !self.people.places[place].here {
            return;
        }
        let mut cause = None;
        if kind == Kind::Complaint {
            let weights: Vec<f64> = (1..=self.causes.len()).map(|rank| 1.0 / rank as f64).collect();
            let one = self.random.pick(&weights);
            if self.causes[one].1 {
                return;
            }
            cause = Some(one);
        }
        let severity = match kind {
            Kind::Complaint | Kind::Praise => {
                let (mean, sd) = (self.setting.severity.mean, self.setting.severity.sd);
                self.random.truncated_normal(mean, sd)
            }
            _ => self.setting.company.question_severity,
        };
        let failure_moves = self.setting.reaction.failure_moves * severity;
        let delight_moves = self.setting.reaction.delight_moves;
        let person = &mut self.people.places[place];
        let second = person.failures > 0;
        if kind == Kind::Complaint {
            person.failures += 1;
            approach(&mut person.attitude, -1.0, failure_moves);
            self.tally.failures += usize::from(self.setting.window().contains(&self.now));
        }
        if kind == Kind::Praise {
            approach(&mut person.attitude, 1.0, delight_moves);
        }
        let channel = if kind == Kind::Praise {
            self.where_praise_goes()
        } else {
            self.where_to_speak(place, severity, 0.0, false)
        };
        match channel {
            Some(channel) => self.voice(place, kind, severity, cause, second, channel),
            None if kind.is_failure() => self.failure_ends(place),
            None => {}
        }
    }

    fn where_praise_goes(&mut self) -> Option<usize> {
        let told = self.setting.company.delight_voiced;
        if !self.random.chance(told) {
            return None;
        }
        let weight = |it: &Channel| {
            if it.public { libm::exp(-it.effort) } else { 0.0 }
        };
        let weights: Vec<f64> = self.setting.channels.iter().map(weight).collect();
        Some(self.random.pick(&weights))
    }

    /// The logit over silence and the channels; in public only, with a push, on escalation.
    pub fn where_to_speak(
        &mut self,
        place: usize,
        severity: f64,
        push: f64,
        only_public: bool,
    ) -> Option<usize> {
        let serious = logit(self.setting.customers.voices_serious);
        let trivial = logit(self.setting.customers.voices_trivial);
        let all: f64 = self.setting.channels.iter().map(|it| libm::exp(-it.effort)).sum();
        let beta1 = (serious - trivial) / (0.8 - 0.1);
        let beta0 = serious - 0.8 * beta1 - libm::log(all);
        let belief_weight = self.setting.customers.belief_weight;
        let anger_weight = self.setting.customers.anger_weight;
        let person = &self.people.places[place];
        let mut weights = vec![1.0];
        for (channel, belief) in self.setting.channels.iter().zip(&person.beliefs) {
            let anger = if channel.public { (-person.attitude).max(0.0) } else { 0.0 };
            let utility = beta0 + beta1 * severity + belief_weight * (belief - channel.belief)
                - channel.effort
                + anger_weight * anger
                + push;
            let possible = channel.public || (channel.presented && !only_public);
            weights.push(if possible { libm::exp(utility) } else { 0.0 });
        }
        self.random.pick(&weights).checked_sub(1)
    }

    fn voice(
        &mut self,
        place: usize,
        kind: Kind,
        severity: f64,
        cause: Option<usize>,
        second: bool,
        channel: usize,
    ) {
        let public = self.setting.channels[channel].public;
        let anger = (-self.people.places[place].attitude).max(0.0);
        let rages = self.setting.customers.rages * anger;
        let rants = kind == Kind::Complaint && public && self.random.chance(rages);
        let kind = if rants { Kind::Rage } else { kind };
        if kind.is_failure() {
            let relief = self.setting.reaction.voice_relief;
            approach(&mut self.people.places[place].attitude, 1.0, relief);
        }
        let person = &self.people.places[place];
        let case = Case {
            place,
            generation: person.generation,
            followers: person.followers,
            kind,
            read_as: kind,
            severity,
            cause,
            second,
            voiced: self.now,
            counted: self.is_counted(),
            first_public: public,
            standing: self.people.standing(person.followers),
            finding: self.random.uniform(),
            expects: (self.random.uniform(), self.random.uniform()),
            messages: 0,
            channel,
            written: self.now,
            expected: None,
            waiting: false,
            judged: false,
            seen_before: 0.0,
            thread: Thread::default(),
            escalated: false,
            money_given: false,
            seen: false,
            answered: None,
            heard: false,
            resolved: None,
            end: None,
        };
        self.cases.push(case);
        let case = self.cases.len() - 1;
        let misreads = self.setting.listening.misreads;
        if self.random.chance(misreads) {
            let others: Vec<Kind> = KINDS.into_iter().filter(|other| *other != kind).collect();
            self.cases[case].read_as = others[self.random.below(others.len())];
        }
        self.open_thread(case, channel, 0);
        self.speak(case, channel);
    }

    /// Begins a thread: whether it names the company, whether a search would find it, and its post.
    pub fn open_thread(&mut self, case: usize, channel: usize, number: u32) {
        let it = &self.setting.channels[channel];
        let tagged = !it.public || (self.random.chance(it.tagged) && it.presented);
        let found = self.cases[case].finding < self.coverage(channel);
        let post = it.public.then(|| self.post(case));
        self.cases[case].thread = Thread { number, tagged, found, post, ..Thread::default() };
        if it.public {
            self.tally
                .public_message(self.cases[case].kind, self.setting.window().contains(&self.now));
        }
    }

    fn coverage(&self, channel: usize) -> f64 {
        let works_there = self.setting.teams.iter().any(|team| team.channels.contains(&channel));
        let by_accident = if works_there { self.setting.listening.by_accident } else { 0.0 };
        self.setting.listening.coverage.max(by_accident)
    }

    /// The customer writes or calls, for the first time or again.
    pub fn speak(&mut self, case: usize, channel: usize) {
        let expected = self.expected(case, channel);
        let it = &mut self.cases[case];
        let first = it.messages == 0;
        it.messages += 1;
        it.channel = channel;
        it.written = self.now;
        it.waiting = true;
        it.judged = false;
        it.seen_before = self.public.answers_seen;
        if first || !self.rules.first_channel_expected {
            it.expected = expected;
        }
        it.thread.tagged |= !self.setting.channels[channel].public;
        if self.setting.channels[channel].live {
            self.call(case);
            return;
        }
        self.start_clocks(case);
        self.receive(case);
    }

    fn expected(&self, case: usize, channel: usize) -> Option<f64> {
        let (whether, when) = self.cases[case].expects;
        let public = self.setting.channels[channel].public;
        let customers = &self.setting.customers;
        let expect =
            if public { customers.expects_reply_public } else { customers.expects_reply_private };
        if whether >= expect {
            return None;
        }
        let mut points = vec![(0.0, 0.0)];
        points.extend(&self.setting.reply_expected);
        points.push((1.0, 24.0));
        let pairs = points.iter().zip(&points[1..]);
        let within = |pair: &(&(f64, f64), &(f64, f64))| when <= pair.1.0;
        let (low, high) = pairs.into_iter().find(within).expect("a share is at most 1");
        Some(low.1 + (when - low.0) / (high.0 - low.0) * (high.1 - low.1))
    }

    fn start_clocks(&mut self, case: usize) {
        if !self.cases[case].asks() {
            return;
        }
        let message = self.cases[case].messages;
        let (median, sigma) =
            (self.setting.customers.gives_up_hours, self.setting.customers.gives_up_sigma);
        let patience = self.random.lognormal(median, sigma);
        if let Some(expected) = self.cases[case].expected
            && expected < patience
        {
            self.agenda.add(self.now + expected, Event::Overdue { case, message });
        }
        self.agenda.add(self.now + patience, Event::GivesUp { case, message });
    }
}
