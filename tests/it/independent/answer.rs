//! An answer is judged by the customer, seen by others, and followed by another message or an end.

use crate::independent::agenda::Event;
use crate::independent::case::End;
use crate::independent::people::approach;
use crate::independent::public::most;
use crate::independent::setting::Team;
use crate::independent::triage::Action;
use crate::independent::world::World;

/// What an answer brings.
struct Worth {
    solves: bool,
    pays: bool,
    tone: f64,
}

impl World<'_> {
    /// An answer arrives, by a team or by a machine. `kept` is the share of the chance to solve
    /// that a target leaves; `answered` is when the wait ended.
    pub fn answer(
        &mut self,
        case: usize,
        rule: usize,
        team: Option<usize>,
        kept: f64,
        answered: f64,
    ) {
        if !self.is_author_here(case) {
            return;
        }
        let action = self.setting.triage[rule].action.clone();
        let crew: Option<&Team> = team.map(|team| &self.setting.teams[team]);
        let may_fix = crew.is_none_or(|crew| crew.may_fix);
        let may_pay = crew.is_some_and(|crew| crew.may_compensate);
        let luck = self.random.chance(action.fixes * kept);
        let it = &self.cases[case];
        let solves = it.asks() && may_fix && luck && it.resolved.is_none();
        let pays = may_pay && action.makes_good > 0.0 && !it.money_given;
        let worth = Worth { solves, pays, tone: self.tone(case, &action, crew) };
        self.note_answer(case, &action, answered, &worth);
        self.judge_answer(case, &action, answered, &worth);
        self.show_answer(case, &action, crew, &worth);
        self.cases[case].thread.answered = true;
        self.after_answer(case, rule, solves);
    }

    fn note_answer(&mut self, case: usize, action: &Action, answered: f64, worth: &Worth) {
        let now = self.now;
        let counted = self.is_counted();
        let it = &mut self.cases[case];
        it.judged |= action.person;
        it.waiting &= !action.person;
        it.answered.get_or_insert(answered);
        it.heard |= action.person && action.on_topic;
        if worth.solves {
            it.resolved = Some(now);
        }
        if worth.pays {
            it.money_given = true;
            self.tally.money += if counted { action.money } else { 0.0 };
        }
    }

    /// Tone, as its addressee takes it.
    fn tone(&self, case: usize, action: &Action, crew: Option<&Team>) -> f64 {
        let it = &self.cases[case];
        let person = &self.people.places[it.place];
        let mut tone = action.tone;
        if action.name == "apologise" && !person.accepts_apology {
            tone = 0.0;
        }
        if action.is_gimmick() && person.sees_gimmick {
            tone -= self.setting.reaction.gimmick_cost;
        }
        if action.person && !it.thread.tagged && !it.thread.answered {
            if person.feels_followed {
                tone -= self.setting.reaction.followed_cost;
            } else {
                tone += self.setting.reaction.unasked_bonus;
            }
        }
        (tone + crew.map_or(0.0, |crew| crew.tone)).clamp(-1.0, 1.0)
    }

    /// Tone, as people take it on average.
    fn tone_to_others(&self, action: &Action, crew: Option<&Team>) -> f64 {
        let mut tone = action.tone;
        if action.name == "apologise" {
            tone *= self.setting.customers.accepts_apology;
        }
        if action.is_gimmick() {
            tone -= self.setting.reaction.gimmick_cost * self.setting.customers.sees_gimmick;
        }
        (tone + crew.map_or(0.0, |crew| crew.tone)).clamp(-1.0, 1.0)
    }

    fn judge_answer(&mut self, case: usize, action: &Action, answered: f64, worth: &Worth) {
        let it = &self.cases[case];
        let justice = if it.asks() {
            let mut distributive = if it.resolved.is_some() { 1.0 } else { -0.5 };
            distributive += if worth.pays { action.makes_good } else { 0.0 };
            let second = if self.rules.second_remedy_at_the_answer {
                self.people.places[it.place].failures > 1
            } else {
                it.second
            };
            let applies = it.kind.is_failure() || self.rules.second_remedy_for_questions;
            if distributive > 0.0 && second && applies {
                distributive *= self.setting.reaction.second_remedy;
            }
            let waited = answered - it.written;
            let sooner =
                it.expected.map_or(0.0, |expected| (expected - waited) / (expected + waited));
            let procedural = (sooner - 0.2 * f64::from(it.messages - 1)).max(-1.0);
            let parts = [
                (self.setting.reaction.weight_distributive, distributive.clamp(-1.0, 1.0)),
                (self.setting.reaction.weight_interactional, worth.tone),
                (self.setting.reaction.weight_procedural, procedural),
            ];
            let weights: f64 = parts.iter().map(|(weight, _)| weight).sum();
            parts.iter().map(|(weight, value)| weight * value).sum::<f64>() / weights
        } else {
            worth.tone
        };
        self.judge(case, justice);
    }

    /// Satisfaction follows from justice and expectation, and moves both opinions.
    pub fn judge(&mut self, case: usize, justice: f64) {
        let against = self.setting.reaction.against_expectation;
        let answer_moves = self.setting.reaction.answer_moves;
        let expectation_step = self.setting.reaction.expectation_step;
        let it = &self.cases[case];
        let person = &mut self.people.places[it.place];
        let satisfaction = (justice - against * (2.0 * person.expectation - 1.0)).clamp(-1.0, 1.0);
        approach(&mut person.attitude, satisfaction, answer_moves);
        approach(&mut person.expectation, (justice + 1.0) / 2.0, expectation_step);
        if it.counted && it.asks() {
            self.tally.satisfactions.push(satisfaction);
        }
    }

    /// Others see a public answer.
    fn show_answer(&mut self, case: usize, action: &Action, crew: Option<&Team>, worth: &Worth) {
        let it = &self.cases[case];
        if !self.setting.channels[it.channel].public {
            return;
        }
        let Some(post) = it.thread.post else { return };
        let tone_to_others = self.tone_to_others(action, crew);
        let seen = self.setting.publicity.answer_seen;
        let rates =
            [self.setting.publicity.shared_after_answer, self.setting.publicity.shared_after_money];
        let most = most(self.setting);
        let it = &mut self.public.posts[post];
        let before = if self.rules.answers_seen_again { 0.0 } else { it.views_at_answer };
        let audience = seen * (it.views - before);
        it.views_at_answer = it.views;
        if action.person && action.on_topic {
            let rate = match (worth.pays, tone_to_others >= 0.0) {
                (true, _) => rates[1],
                (false, true) => rates[0],
                (false, false) => it.kept * most,
            };
            it.kept = rate / most;
        }
        let tone = if self.rules.shown_as_addressed { worth.tone } else { tone_to_others };
        let valence = (tone + if worth.solves { 0.3 } else { 0.0 }).clamp(-1.0, 1.0);
        self.seen_by(audience, valence);
        if action.person || self.rules.envy_counts_machines {
            self.public.answers_seen += audience / self.setting.customers.market_size;
        }
    }

    fn after_answer(&mut self, case: usize, rule: usize, solved: bool) {
        let it = &self.cases[case];
        if solved {
            self.believe(case, 1.0);
            if self.cases[case].is_open() {
                self.end(case, End::Resolved);
            }
        } else if it.is_open() && !it.asks() {
            if self.setting.triage[rule].action.person {
                self.end(case, End::Settled);
            }
        } else if it.is_open() {
            self.go_on_or_not(case, rule);
        }
    }

    fn go_on_or_not(&mut self, case: usize, rule: usize) {
        let rule = &self.setting.triage[rule];
        let customers = &self.setting.customers;
        let goes_on =
            if rule.to.is_some() { customers.follows_redirect } else { customers.writes_again };
        let few = f64::from(self.cases[case].messages) < self.setting.customers.most_contacts;
        if few && self.random.chance(goes_on) {
            if let Some(channel) = rule.to {
                self.cases[case].channel = channel;
            }
            let median = self.setting.customers.writes_again_minutes / 60.0;
            let at = self.now + self.random.lognormal(median, 0.91);
            self.agenda.add(at, Event::WritesAgain { case });
        } else if rule.action.person {
            self.drop_it(case);
        } else if self.setting.channels[self.cases[case].channel].live {
            self.give_up(case);
        }
    }
}
