//! Publicity: posts, their shares, and the answers that can be seen below them.

use super::cascade::Tree;
use super::observer::Observer;
use super::plan::Answer;
use super::purpose::Purpose;
use super::{Event, World};
use crate::scenario::answer::By;
use crate::scenario::triage::Kind;

/// Valence of something trivial; of something as bad or good as can be it is 1.
const LEAST_VALENCE: f64 = 0.3;
/// What a solved problem adds to the valence of an answer in public.
const SOLVED_VALENCE: f64 = 0.3;

/// A public message and what became of it.
#[derive(Clone, Debug)]
pub struct Post {
    tree: Tree,
    valence: f64,
    views: f64,
    answered: bool,
}

impl<O: Observer> World<'_, O> {
    /// The first message of a case is public.
    pub(super) fn publish(&mut self, case: usize) {
        let this = &self.cases[case];
        let strength = LEAST_VALENCE + (1.0 - LEAST_VALENCE) * this.severity;
        let valence = match this.kind {
            Kind::Complaint => -strength,
            Kind::Question => 0.0,
            _ => strength,
        };
        let views = this.followers * self.plan.publicity.views_per_follower;
        let severity = if this.kind == Kind::Complaint { this.severity } else { 0.0 };
        let mut draws = self.draws.sequence(this.candidate, Purpose::Shares, 0);
        let tree = self.sharing.tree(views, severity, &mut draws);
        let post = self.posts.len() as u32;
        let roots = tree.roots;
        self.cases[case].post = Some(post);
        self.posts.push(Post { tree, valence, views: 0.0, answered: false });
        self.be_seen(post as usize, views);
        self.schedule_shares(post, 0, roots);
    }

    fn schedule_shares(&mut self, post: u32, from: u32, to: u32) {
        for share in from..to {
            let delay = self.posts[post as usize].tree.shares[share as usize].delay;
            self.events.after(delay, Event::Shared { post, share });
        }
    }

    /// Somebody shares the post, unless an answer has taken the wind out of it.
    pub(super) fn shared(&mut self, post: usize, share: usize) {
        let this = &self.posts[post];
        let node = this.tree.shares[share];
        if this.answered && node.persistence >= self.plan.publicity.shared_after_answer {
            return;
        }
        self.be_seen(post, node.views);
        self.schedule_shares(post as u32, node.children.0, node.children.1);
    }

    fn be_seen(&mut self, post: usize, views: f64) {
        let this = &mut self.posts[post];
        let before = this.views;
        this.views += views;
        let threshold = self.plan.publicity.firestorm_views;
        let firestorm = this.valence < 0.0 && before < threshold && this.views >= threshold;
        let valence = this.valence;
        let now = self.now();
        self.census.viewed(now, views, firestorm);
        self.impress(views, valence);
    }

    /// People see something about the company.
    fn impress(&mut self, views: f64, valence: f64) {
        let now = self.now();
        self.sentiment.hear(now, views, valence);
        let reached = (views / self.plan.customers.market()).min(1.0);
        self.customers.pull_all(self.plan.publicity.viewer_moves * reached, valence, now);
    }

    /// An answer stands below the post for those to see who have seen it, and slows its spread
    /// where a person has spoken to the problem without making it worse. Money given in public calms
    /// nobody (Herhausen et al. 2019).
    pub(super) fn answer_in_public(&mut self, case: usize, answer: &Answer, solved: bool) {
        let this = &self.cases[case];
        if !self.plan.channels[usize::from(this.channel)].public {
            return;
        }
        let Some(post) = this.post.map(|post| post as usize) else { return };
        let gain = if solved { SOLVED_VALENCE } else { 0.0 };
        let seen = self.posts[post].views * self.plan.publicity.answer_seen;
        let calms = answer.on_topic && answer.tone >= 0.0 && answer.makes_good == 0.0;
        self.posts[post].answered |= answer.by == By::Person && calms;
        let now = self.now();
        self.census.viewed(now, seen, false);
        self.impress(seen, (answer.tone + gain).clamp(-1.0, 1.0));
    }
}
