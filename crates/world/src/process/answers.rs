//! An answer goes out: what it does to the case, the customer, and those who look on.

use super::publicity::Shown;
use crate::customers::justice::{Experience, satisfaction};
use crate::customers::person::Temper;
use crate::plan::answer::Answer;
use crate::plan::policy::Policy;
use crate::terms::case::Ending;
use crate::terms::observer::{Happening, Observer};
use crate::terms::purpose::Purpose;
use crate::world::{Event, World};
use heard_math::engine::sample;
use heard_scenario::answer::{Action, By};

/// Spread of the time until a customer writes again, as that of handle times.
const AGAIN_SIGMA: f64 = 0.91;

/// Who gives an answer, and with what luck.
#[derive(Clone, Copy, Debug)]
pub struct Answerer {
    /// The team that has written it; a machine where `None`.
    pub team: Option<usize>,
    /// Which of its people, where they are told apart.
    pub person: Option<u16>,
    /// Whether the same person answered this case before.
    pub again: bool,
    /// Decides whether it solves the problem: a uniform in (0, 1).
    pub solves: f64,
    /// When the customer began to get it, in hours.
    pub since: f64,
}

/// The tone of an answer to people of whom a share `accepts` what is an apology, and who take what
/// sounds like marketing for a gimmick, at this cost.
fn taken(action: Action, tone: f64, accepts: f64, gimmick: f64) -> f64 {
    match action {
        Action::Apologise => tone * accepts,
        Action::Canned | Action::Compensate | Action::ShareSuccess => tone - gimmick,
        _ => tone,
    }
}

impl<O: Observer> World<'_, O> {
    /// The company answers a case.
    pub(super) fn answer(&mut self, case: usize, action: Action, by: Answerer) {
        let company = usize::from(self.cases[case].company);
        let policy = self.policy(company);
        let Some(answer) = policy.answer(action).copied() else { return };
        let now = self.now();
        // An answer finds nobody where the customer has left, for whatever reason.
        if !self.is_still_there(case) {
            return;
        }
        // A machine needs nobody's leave to solve what it can solve; it gives no money.
        let (may_fix, may_compensate) = by.team.map_or((true, false), |team| {
            (policy.teams[team].may_fix, policy.teams[team].may_compensate)
        });
        let fixes = match by.team {
            Some(team) => {
                self.companies[company].people.fixes(policy, team, by.person, answer.fixes)
            }
            None => answer.fixes,
        };
        let heard = answer.by == By::Person && answer.on_topic;
        let already = self.cases[case].resolved();
        let asks = self.cases[case].wants_answer();
        let solved_now = !already && may_fix && asks && by.solves < fixes;
        // What makes good is given once.
        let given = answer.money > 0.0 || answer.makes_good > 0.0;
        let pays = may_compensate && given && !self.cases[case].compensated;
        let makes_good = if pays { answer.makes_good } else { 0.0 };
        let tone = self.tone(case, action, &answer, &by);
        let to_others = self.tone_to_others(case, action, &answer, &by);
        let this = &mut self.cases[case];
        this.compensated |= pays;
        if pays && !this.probe {
            self.companies[company].census.pay(now, answer.money);
        }
        this.answered_at = this.answered_at.min(by.since);
        this.heard |= heard;
        this.in_thread = true;
        if let (Some(team), Some(person)) = (by.team, by.person) {
            this.person = Some((team as u8, person));
        }
        let experience = Experience {
            solved: already || solved_now,
            makes_good,
            repeated_failure: this.not_first_failure,
            tone,
            waited: by.since - this.asked_at,
            expected_within: this.expected_within,
            messages: this.messages,
        };
        let justice = if asks { experience.justice(&policy.reaction) } else { tone };
        let satisfaction = self.take_in(case, justice);
        self.note(case, Happening::Answered { action, heard, satisfaction });
        self.rate(case, &by, satisfaction);
        let shown = Shown { tone: to_others, makes_good, solved: solved_now };
        self.answer_in_public(case, &answer, shown);
        if answer.by == By::Person {
            self.provoke(case);
        }
        if solved_now {
            self.solve(case);
        } else {
            self.go_on_or_not(case, &answer, action);
        }
    }

    /// Interactional justice of an answer, -1 to 1, as this customer takes it.
    fn tone(&self, case: usize, action: Action, answer: &Answer, by: &Answerer) -> f64 {
        let this = &self.cases[case];
        let policy = self.policy(usize::from(this.company));
        let reaction = &policy.reaction;
        let settings = &self.setting.customers;
        let temper = Temper::draw(settings, &self.draws, this.place, this.generation);
        let known = |so: bool| if so { 1.0 } else { 0.0 };
        let mut tone = taken(
            action,
            answer.tone,
            known(temper.accepts_apology),
            reaction.gimmick_cost * known(temper.sees_gimmick),
        );
        if !this.tagged && !this.in_thread && answer.by == By::Person {
            let followed = temper.feels_followed;
            tone += if followed { -reaction.followed_cost } else { reaction.unasked_bonus };
        }
        tone += self.manners(policy, by);
        tone.clamp(-1.0, 1.0)
    }

    /// The same as those take it on average who only look on: nobody has followed them.
    fn tone_to_others(&self, case: usize, action: Action, answer: &Answer, by: &Answerer) -> f64 {
        let policy = self.policy(usize::from(self.cases[case].company));
        let settings = &self.setting.customers;
        let gimmick = policy.reaction.gimmick_cost * settings.sees_gimmick;
        let tone = taken(action, answer.tone, settings.accepts_apology, gimmick);
        (tone + self.manners(policy, by)).clamp(-1.0, 1.0)
    }

    /// What a team's way of writing adds to tone.
    fn manners(&self, policy: &Policy, by: &Answerer) -> f64 {
        let Some(staff) = by.team.map(|team| &policy.teams[team]) else { return 0.0 };
        let named = if staff.named { policy.reaction.named_bonus } else { 0.0 };
        let familiar = if by.again { policy.reaction.familiar_bonus } else { 0.0 };
        staff.tone + named + familiar
    }

    /// The customer may rate the person who answered.
    fn rate(&mut self, case: usize, by: &Answerer, satisfaction: f64) {
        let (Some(team), Some(person)) = (by.team, by.person) else { return };
        let this = &self.cases[case];
        let temper =
            Temper::draw(&self.setting.customers, &self.draws, this.place, this.generation);
        if temper.rates && !this.outsider {
            let company = usize::from(this.company);
            self.companies[company].people.rate(team, person, satisfaction);
        }
    }

    /// Whether the customer of the case is still one.
    fn is_still_there(&self, case: usize) -> bool {
        let case = &self.cases[case];
        let (place, company) = (case.place as usize, usize::from(case.company));
        case.outsider
            || (case.ending != Some(Ending::Left)
                && case.generation == self.customers.generation(place)
                && self.customers.buys(place, company))
    }

    /// The customer judges what happened, and moves attitude and expectation of care. Returns the
    /// satisfaction, -1 to 1.
    pub(super) fn take_in(&mut self, case: usize, justice: f64) -> f64 {
        let now = self.now();
        let this = &self.cases[case];
        let (place, company) = (this.place as usize, usize::from(this.company));
        let reaction = &self.policies[company].reaction;
        let satisfied = satisfaction(justice, self.customers.expectation(place), reaction);
        if this.asks() {
            self.companies[company].census.satisfied(this.voiced_at, now, satisfied);
        }
        if self.is_still_there(case) && !self.cases[case].outsider {
            let step = reaction.answer_moves;
            self.customers.move_attitude(place, company, satisfied, step, now);
            self.customers.expect(place, (justice + 1.0) / 2.0, reaction.expectation_step);
        }
        satisfied
    }

    /// The customer learns whether speaking up on the channel of the case worked; who has seen the
    /// case in public learns too, less.
    pub(super) fn believe(&mut self, case: usize, worked: bool) {
        let now = self.now();
        let this = &self.cases[case];
        let (place, company) = (this.place as usize, usize::from(this.company));
        if !this.asks() || this.generation != self.customers.generation(place) {
            return;
        }
        let channel = usize::from(this.channel);
        let policy = &self.policies[company];
        self.customers.learn(place, channel, worked, policy.reaction.belief_step, now);
        if let Some(post) = this.post.filter(|_| policy.channels[channel].public) {
            let seen = self.reach(self.posts[post as usize].views);
            self.customers.all_learn(channel, worked, policy.reaction.observed_step * seen, now);
        }
    }

    fn solve(&mut self, case: usize) {
        self.cases[case].resolved_at = self.now();
        self.note(case, Happening::Resolved);
        self.believe(case, true);
        if self.cases[case].ending.is_none() {
            self.end(case, Ending::Resolved);
        }
    }

    /// Answered and not solved: the customer writes again, follows to another channel, or drops
    /// it. After an automatic reply, a customer who does not write again still waits for a person.
    fn go_on_or_not(&mut self, case: usize, answer: &Answer, action: Action) {
        let by_person = answer.by == By::Person;
        let this = &mut self.cases[case];
        this.waiting &= !by_person;
        if this.ending.is_some() {
            return;
        }
        let (whether, when) = self.draws.uniforms(this.candidate, Purpose::Again, this.messages);
        let settings = &self.setting.customers;
        let redirected = action == Action::Redirect;
        let chance = if redirected { settings.follows_redirect } else { settings.writes_again };
        let customer = this.probe || !this.outsider;
        let may_go_on = customer && this.wants_answer() && this.messages < settings.most_contacts;
        let goes_on = may_go_on && whether < chance;
        if !goes_on {
            let channel = usize::from(this.channel);
            let live = self.policies[usize::from(this.company)].channels[channel].live;
            if by_person {
                self.believe(case, false);
                if !self.escalate(case) {
                    self.end(case, Ending::Settled);
                }
            } else if live {
                self.give_up(case);
            }
            return;
        }
        if let Some(to) = self.cases[case].sent_to.filter(|_| redirected).map(usize::from) {
            self.go_to(case, to, true);
            self.note(case, Happening::SentTo { channel: to });
        }
        let median = settings.writes_again_minutes / 60.0;
        let delay = sample::lognormal(when, median, AGAIN_SIGMA);
        self.events.after(delay, Event::WritesAgain(case as u32));
    }
}

#[cfg(test)]
mod tests;
