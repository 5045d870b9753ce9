//! Voice, exit or silence (Hirschman 1970): whether a customer speaks up, where, and what follows
//! from having spoken.

use crate::terms::case::{Case, Ending};
use crate::terms::observer::{Happening, Observer, Step};
use crate::terms::occasion::Occasion;
use crate::terms::outcome::Outcome;
use crate::terms::purpose::Purpose;
use crate::world::{Event, World};
use heard_math::engine::sample;
use heard_scenario::customers::Customers;
use heard_scenario::mistake::Mistake;
use heard_scenario::triage::Kind;

/// Which of the options a uniform in (0, 1) stands for, by a logit over silence (utility 0) and
/// the options' utilities; `None`: silence. Options without a utility cannot be chosen.
fn choose(uniform: f64, utilities: impl Iterator<Item = Option<f64>> + Clone) -> Option<usize> {
    let weight = |utility: Option<f64>| utility.map_or(0.0, libm::exp);
    let sum = 1.0 + utilities.clone().map(weight).sum::<f64>();
    let mut rest = uniform * sum - 1.0;
    if rest < 0.0 {
        return None;
    }
    let mut last = None;
    for (option, utility) in utilities.enumerate() {
        if utility.is_some() {
            last = Some(option);
        }
        rest -= weight(utility);
        if rest < 0.0 {
            break;
        }
    }
    last
}

/// Hours within which an answer is expected, infinite where none is. `whether` and `when` are
/// uniforms in (0, 1).
fn expected_within(settings: &Customers, public: bool, whether: f64, when: f64) -> f64 {
    let share = if public { settings.expects_reply_public } else { settings.expects_reply_private };
    if whether >= share {
        return f64::INFINITY;
    }
    let (mut from_share, mut from_hours) = (0.0, 0.0);
    let last = (1.0, 24.0);
    for (share, hours) in
        settings.reply_expected_hours.iter().map(|e| (e.share, e.hours)).chain([last])
    {
        if when < share {
            return from_hours + (hours - from_hours) * (when - from_share) / (share - from_share);
        }
        (from_share, from_hours) = (share, hours);
    }
    from_hours
}

impl<O: Observer> World<'_, O> {
    /// The customer decides whether to say something about a failure, a question or a misconception.
    pub(super) fn speak_or_not(&mut self, occasion: Occasion) {
        let now = self.now();
        let Occasion { candidate, place, company, severity, .. } = occasion;
        self.weigh(place, company, severity);
        let uniform = self.draws.uniform(candidate, Purpose::Voice, 0);
        match choose(uniform, self.utilities.iter().copied()) {
            Some(channel) => {
                let belief = self.customers.belief(place, channel, now);
                self.speak(occasion, channel, Some(belief));
            }
            None => {
                self.observer.happened(now, candidate, Happening::Silent);
                if occasion.kind == Kind::Complaint {
                    self.stay_or_leave(candidate, place, company, Outcome::Silent);
                }
            }
        }
    }

    /// What speaking up is worth to the customer on each channel, against silence at 0.
    fn weigh(&mut self, place: usize, company: usize, severity: f64) {
        let (now, settings, policy) = (self.now(), &self.setting.customers, self.policy(company));
        let attitude = self.customers.attitude(place, company, now);
        let anger = settings.anger_weight * (-attitude).max(0.0);
        let urge = self.setting.voice_intercept + self.setting.voice_slope * severity;
        self.utilities.clear();
        for (index, channel) in policy.channels.iter().enumerate() {
            let gain = self.customers.belief_gain(place, index, now);
            let push = if channel.public { anger } else { 0.0 };
            let reachable = channel.public || channel.presented;
            let utility = urge + settings.belief_weight * gain - channel.effort + push;
            self.utilities.push(reachable.then_some(utility));
        }
    }

    /// A pleased customer may say so in public.
    pub(super) fn praise_or_not(&mut self, occasion: Occasion) {
        let uniform = self.draws.uniform(occasion.candidate, Purpose::Voice, 0);
        let policy = self.policy(occasion.company);
        let told = policy.company.delight_voiced;
        if uniform >= told {
            return;
        }
        let ease = |public: bool, effort: f64| public.then(|| libm::exp(-effort));
        let channels = &policy.channels;
        let sum: f64 = channels.iter().filter_map(|c| ease(c.public, c.effort)).sum();
        let mut rest = uniform / told * sum;
        for (index, channel) in channels.iter().enumerate() {
            if let Some(weight) = ease(channel.public, channel.effort) {
                rest -= weight;
                if rest < 0.0 {
                    self.speak(occasion, index, None);
                    return;
                }
            }
        }
    }

    /// Somebody says it on this channel.
    pub(super) fn speak(&mut self, occasion: Occasion, channel: usize, belief: Option<f64>) {
        let case = self.raise(occasion, channel, belief);
        if self.policies[occasion.company].channels[channel].public {
            self.publish(case);
        }
        self.write(case);
    }

    /// Many say at once what the company did wrong in public.
    pub(super) fn cry_out(
        &mut self,
        occasion: Occasion,
        channel: usize,
        mistake: &Mistake,
        first: bool,
    ) {
        let case = self.raise(occasion, channel, None);
        self.cases[case].tagged = true;
        self.publish_mistake(case, mistake, first);
        self.write(case);
    }

    /// A case comes into being on this channel.
    fn raise(&mut self, occasion: Occasion, channel: usize, belief: Option<f64>) -> usize {
        let now = self.now();
        let Occasion { candidate, place, company, severity, .. } = occasion;
        let policy = self.policy(company);
        let settings = &policy.channels[channel];
        let (name_it, _) = self.draws.uniforms(candidate, Purpose::Notice, 0);
        let tagged = !settings.public || name_it < settings.tagged;
        let expected_within = self.expects(candidate, company, channel);
        let kind = self.manner(occasion, settings.public);
        let case = self.cases.len();
        self.cases.push(Case {
            candidate,
            place: place as u32,
            generation: self.customers.generation(place),
            company: company as u8,
            probe: occasion.probe,
            outsider: place == self.customers.auditor(),
            messages: 0,
            kind,
            looks: self.looks(candidate, kind, policy.listening.misreads),
            severity,
            first_channel: channel as u16,
            channel: channel as u16,
            cause: occasion.cause as u32,
            tagged,
            sent_to: None,
            in_thread: false,
            escalated: false,
            person: None,
            seen_answers: 0.0,
            not_first_failure: occasion.not_first_failure,
            followers: occasion.followers,
            voiced_at: now,
            expected_within,
            asked_at: now,
            answered_at: f64::INFINITY,
            resolved_at: f64::INFINITY,
            ended_at: f64::INFINITY,
            ending: None,
            seen: false,
            heard: false,
            waiting: false,
            silence_judged: false,
            compensated: false,
            post: None,
        });
        self.open_cases.add(place, case as u32);
        self.note(case, Happening::Voiced { channel, tagged, belief });
        if kind.is_failure() && self.customers.buys(place, company) {
            let relief = policy.reaction.voice_relief;
            self.customers.move_attitude(place, company, 1.0, relief, now);
        }
        case
    }

    /// Hours within which the author of a case expects an answer on this channel, infinite where none
    /// is expected.
    fn expects(&self, candidate: u32, company: usize, channel: usize) -> f64 {
        let policy = self.policy(company);
        let (whether, when) = self.draws.uniforms(candidate, Purpose::Expectation, 0);
        let public = policy.channels[channel].public;
        let expected = expected_within(&self.setting.customers, public, whether, when);
        policy.company.promised_reply_hours.unwrap_or(expected)
    }

    /// The customer goes on to this channel, and expects what is expected there.
    pub(super) fn go_to(&mut self, case: usize, channel: usize, tagged: bool) {
        let this = &self.cases[case];
        let expected_within = self.expects(this.candidate, usize::from(this.company), channel);
        let this = &mut self.cases[case];
        this.channel = channel as u16;
        this.tagged = tagged;
        this.expected_within = expected_within;
    }

    /// An angry customer's complaint may come as a rant.
    fn manner(&mut self, occasion: Occasion, public: bool) -> Kind {
        let Occasion { candidate, place, company, kind, .. } = occasion;
        if kind != Kind::Complaint || !public || place == self.customers.auditor() {
            return kind;
        }
        let now = self.now();
        let anger = (-self.customers.attitude(place, company, now)).max(0.0);
        let (_, rants) = self.draws.uniforms(candidate, Purpose::Which, 0);
        if rants < self.setting.customers.rages * anger { Kind::Rage } else { kind }
    }

    /// What triage takes a message for: sometimes for one of the other kinds, all alike.
    fn looks(&self, candidate: u32, kind: Kind, misreads: f64) -> Kind {
        let (whether, which) = self.draws.uniforms(candidate, Purpose::Misread, 0);
        if whether >= misreads {
            return kind;
        }
        let others = Kind::ALL.iter().filter(|other| **other != kind);
        let which = (which * (Kind::ALL.len() - 1) as f64) as usize;
        others.copied().nth(which).unwrap_or(kind)
    }

    /// The customer writes or calls, for the first time or again, and begins to wait.
    pub(super) fn write(&mut self, case: usize) {
        let now = self.now();
        let this = &mut self.cases[case];
        let company = usize::from(this.company);
        this.messages += 1;
        this.asked_at = now;
        this.waiting = true;
        this.silence_judged = false;
        this.seen_answers = self.companies[company].seen_answers;
        let (message, channel) = (this.messages, usize::from(this.channel));
        if this.wants_answer() && !self.policies[company].channels[channel].live {
            let settings = &self.setting.customers;
            let patience = sample::lognormal(
                self.draws.uniform(this.candidate, Purpose::Patience, message),
                settings.gives_up_hours,
                settings.gives_up_sigma,
            );
            let case = case as u32;
            if this.expected_within < patience {
                self.events.after(this.expected_within, Event::Overdue { case, message });
            }
            self.events.after(patience, Event::GivesUp { case, message });
        }
        if message > 1 {
            self.note(case, Happening::WroteAgain { channel, message });
        }
        let Case { kind, followers, .. } = self.cases[case];
        let author = self.cases[case].author();
        self.deal(case, Step::Wrote { channel, kind, author, followers });
        self.come_in(case);
    }

    /// A customer who has not let it rest writes again.
    pub(super) fn writes_again(&mut self, case: usize) {
        if self.cases[case].ending.is_none() {
            self.write(case);
        }
    }

    /// Whether the case still waits for an answer to this very message.
    pub(crate) fn still_waits(&self, case: usize, message: u16) -> bool {
        let case = &self.cases[case];
        case.ending.is_none() && case.waiting && case.messages == message
    }

    /// No answer by the time expected is an answer too.
    pub(super) fn overdue(&mut self, case: usize, message: u16) {
        if self.still_waits(case, message) {
            self.judge_silence(case);
        }
    }

    /// The customer judges that nobody answered the latest message: once, when an answer is overdue
    /// or else on giving up. Who answers badly must not fare worse than who does not answer at all
    /// only because silence went unjudged. Those who meanwhile saw others being answered judge worse.
    fn judge_silence(&mut self, case: usize) {
        let this = &mut self.cases[case];
        if std::mem::replace(&mut this.silence_judged, true) {
            return;
        }
        let company = usize::from(this.company);
        let policy = &self.policies[company];
        let reaction = &policy.reaction;
        let presented = policy.channels[usize::from(this.channel)].presented;
        let gap = if presented { reaction.presence_gap } else { 0.0 };
        let answers = self.companies[company].seen_answers - this.seen_answers;
        let envy = reaction.envy * (1.0 - libm::exp(-answers));
        let satisfaction = self.take_in(case, (reaction.silence - gap - envy).max(-1.0));
        self.note(case, Happening::Ignored { satisfaction });
    }

    /// The customer stops waiting.
    pub(super) fn gives_up(&mut self, case: usize, message: u16) {
        if self.still_waits(case, message) {
            self.give_up(case);
        }
    }

    /// Nobody has answered, and the customer goes: away, or to the public.
    pub(super) fn give_up(&mut self, case: usize) {
        if self.cases[case].ending.is_some() {
            return;
        }
        self.judge_silence(case);
        self.believe(case, false);
        if !self.escalate(case) {
            self.end(case, Ending::GaveUp);
        }
    }

    /// A private attempt about a failure has come to nothing: the customer decides, once, whether to
    /// take it to the public. Returns whether they do.
    pub(super) fn escalate(&mut self, case: usize) -> bool {
        let this = &self.cases[case];
        let (company, place, candidate) =
            (usize::from(this.company), this.place as usize, this.candidate);
        let policy = self.policy(company);
        let goes_on = this.kind.is_failure()
            && !this.outsider
            && !this.escalated
            && this.ending.is_none()
            && !policy.channels[usize::from(this.channel)].public;
        if !goes_on {
            return false;
        }
        let severity = this.severity;
        let push = self.setting.customers.escalation_push;
        self.weigh(place, company, severity);
        for (utility, channel) in self.utilities.iter_mut().zip(&policy.channels) {
            *utility = utility.filter(|_| channel.public).map(|utility| utility + push);
        }
        let (uniform, name_it) = self.draws.uniforms(candidate, Purpose::Escalation, 0);
        let Some(channel) = choose(uniform, self.utilities.iter().copied()) else { return false };
        let this = &mut self.cases[case];
        this.escalated = true;
        this.in_thread = false;
        self.go_to(case, channel, name_it < policy.channels[channel].tagged);
        self.note(case, Happening::WentPublic { channel });
        self.publish(case);
        self.write(case);
        true
    }
}

#[cfg(test)]
mod tests;
