//! Publicity: posts, their shares, and the answers that can be seen below them.

use crate::plan::answer::Answer;
use crate::public::cascade::{Attention, Spreading, Tree, most};
use crate::public::post::Post;
use crate::terms::case::Case;
use crate::terms::observer::{Happening, Observer};
use crate::terms::purpose::Purpose;
use crate::world::{Event, World};
use heard_scenario::answer::By;
use heard_scenario::mistake::Mistake;
use heard_scenario::triage::Kind;

/// Valence of something trivial; of something as bad or good as can be it is 1.
const LEAST_VALENCE: f64 = 0.3;
/// What a solved problem adds to the valence of an answer in public.
const SOLVED_VALENCE: f64 = 0.3;

/// What others see of an answer.
#[derive(Clone, Copy, Debug)]
pub struct Shown {
    /// Its tone to them, -1 to 1.
    pub tone: f64,
    /// Distributive justice of the money given.
    pub makes_good: f64,
    /// It solved the problem.
    pub solved: bool,
}

/// What a post says about the company, -1 to 1.
fn valence(case: &Case) -> f64 {
    let strength = LEAST_VALENCE + (1.0 - LEAST_VALENCE) * case.severity;
    match case.kind {
        Kind::Complaint | Kind::Rage | Kind::Troll | Kind::Misguided => -strength,
        Kind::Question => 0.0,
        Kind::Praise => strength,
    }
}

impl<O: Observer> World<'_, O> {
    /// The share of the market that sees something seen so often.
    pub(super) fn reach(&self, views: f64) -> f64 {
        (views / self.setting.customers.market()).min(1.0)
    }

    fn spreading(&self, company: usize) -> Spreading<'_> {
        let customers = &self.setting.customers;
        Spreading {
            settings: &self.policies[company].publicity,
            followers: &customers.followers,
            network: self.network.as_ref(),
            market: customers.market(),
        }
    }

    /// The case becomes public: with its first message, or when it is taken there.
    pub(super) fn publish(&mut self, case: usize) {
        let this = &self.cases[case];
        let company = usize::from(this.company);
        let views = this.followers * self.policies[company].publicity.views_per_follower;
        let severity = if this.kind.is_failure() { this.severity } else { 0.0 };
        let purpose = if this.escalated { Purpose::LaterShares } else { Purpose::Shares };
        let mut draws = self.draws.sequence(this.candidate, purpose, 0);
        let spreading = self.spreading(company);
        let attention = if this.probe {
            Attention { chance: 0.0, half_life: f64::INFINITY }
        } else {
            spreading.of_post(severity, &mut draws)
        };
        let author = (this.place as usize != self.customers.auditor()).then_some(this.place);
        let tree = spreading.tree(author, views, attention, &mut draws);
        self.put_out(case, views, tree, None);
    }

    /// The company's mistake is out.
    pub(super) fn publish_mistake(&mut self, case: usize, mistake: &Mistake, first: bool) {
        let this = &self.cases[case];
        let spreading = self.spreading(usize::from(this.company));
        let attention =
            spreading.of_mistake(mistake.reproduction, mistake.attention_half_life_hours);
        let mut draws = self.draws.sequence(this.candidate, Purpose::Shares, 0);
        let tree = spreading.tree(None, mistake.views, attention, &mut draws);
        let at = first.then_some(self.now());
        self.put_out(case, mistake.views, tree, at);
    }

    fn put_out(&mut self, case: usize, views: f64, tree: Tree, mistake_at: Option<f64>) {
        let now = self.now();
        let this = &self.cases[case];
        let valence = valence(this);
        let company = this.company;
        if !this.probe {
            self.companies[usize::from(company)].census.posted(now, valence < 0.0);
        }
        let post = self.posts.len() as u32;
        let roots = tree.roots;
        self.cases[case].post = Some(post);
        self.posts.push(Post {
            case: case as u32,
            company,
            tree,
            valence,
            views: 0.0,
            shown: 0.0,
            shared: 1.0,
            mistake_at,
        });
        let author = self.cases[case].place;
        self.be_seen(post as usize, views, Some(author));
        self.schedule_shares(post, 0, roots);
    }

    fn schedule_shares(&mut self, post: u32, from: u32, to: u32) {
        for share in from..to {
            let delay = self.posts[post as usize].tree.shares[share as usize].delay;
            self.events.after(delay, Event::Shared { post, share });
        }
    }

    /// Somebody shares the post, unless what is in the thread keeps them from it.
    pub(super) fn shared(&mut self, post: usize, share: usize) {
        let this = &self.posts[post];
        let node = this.tree.shares[share];
        let most = most(&self.policies[usize::from(this.company)].publicity);
        if node.persistence * most >= this.shared {
            return;
        }
        self.be_seen(post, node.views, node.who);
        let this = &self.posts[post];
        let (case, views) = (this.case as usize, this.views);
        self.note(case, Happening::Shared { views });
        self.schedule_shares(post as u32, node.children.0, node.children.1);
    }

    fn be_seen(&mut self, post: usize, views: f64, by: Option<u32>) {
        let now = self.now();
        let this = &mut self.posts[post];
        let before = this.views;
        this.views += views;
        let (valence, company) = (this.valence, usize::from(this.company));
        let threshold = self.policies[company].publicity.firestorm_views;
        let firestorm = valence < 0.0 && before < threshold && this.views >= threshold;
        let since_mistake = this.mistake_at.map(|at| now - at);
        if self.cases[this.case as usize].probe {
            return;
        }
        let census = &mut self.companies[company].census;
        census.viewed(now, views, firestorm);
        if let Some(hours) = since_mistake {
            census.mistake_seen(hours, views);
        }
        // Authors who are not customers have an audience at large.
        let auditor = self.customers.auditor();
        match by.filter(|&by| self.network.is_some() && by as usize != auditor) {
            Some(by) => self.show_followers(company, by as usize, views, valence),
            None => self.impress(company, views, valence),
        }
    }

    /// People see something about the company.
    pub(super) fn impress(&mut self, company: usize, views: f64, valence: f64) {
        let now = self.now();
        let weight = self.policies[company].publicity.viewer_moves * self.reach(views);
        self.mention(company, views, valence);
        self.customers.pull_all(company, weight, valence, now);
    }

    /// The followers of one customer see it.
    fn show_followers(&mut self, company: usize, by: usize, views: f64, valence: f64) {
        let now = self.now();
        self.mention(company, views, valence);
        let publicity = &self.policies[company].publicity;
        let step = publicity.viewer_moves * publicity.views_per_follower.min(1.0);
        let Some(network) = self.network.as_ref().filter(|network| by < network.people()) else {
            return;
        };
        for &follower in network.followers_of(by) {
            self.customers.move_attitude(follower as usize, company, valence, step, now);
        }
    }

    fn mention(&mut self, company: usize, views: f64, valence: f64) {
        let now = self.now();
        let this = &mut self.companies[company];
        this.sentiment.hear(now, views, valence);
        this.awareness.mention(now, views);
    }

    /// An answer stands below the post for those to see who have seen it. What stands there last
    /// decides how the post spreads on: less where a person has spoken to the problem without making
    /// it worse, more where money is given, which draws others (Herhausen et al. 2019).
    pub(super) fn answer_in_public(&mut self, case: usize, answer: &Answer, shown: Shown) {
        let this = &self.cases[case];
        let company = usize::from(this.company);
        let policy = self.policy(company);
        if this.probe || !policy.channels[usize::from(this.channel)].public {
            return;
        }
        let Some(post) = this.post.map(|post| post as usize) else { return };
        let publicity = &policy.publicity;
        let this = &mut self.posts[post];
        // A further answer is seen by those who have come since the one before.
        let before = std::mem::replace(&mut this.shown, this.views);
        let seen = (this.views - before) * publicity.answer_seen;
        let by_person = answer.by == By::Person;
        if by_person && answer.on_topic {
            if shown.makes_good > 0.0 {
                this.shared = publicity.shared_after_money;
            } else if shown.tone >= 0.0 {
                this.shared = publicity.shared_after_answer;
            }
        }
        let (now, reached) = (self.now(), self.reach(seen));
        let this = &mut self.companies[company];
        this.census.viewed(now, seen, false);
        if by_person {
            this.seen_answers += reached;
        }
        let gain = if shown.solved { SOLVED_VALENCE } else { 0.0 };
        self.impress(company, seen, (shown.tone + gain).clamp(-1.0, 1.0));
    }
}

#[cfg(test)]
mod tests;
