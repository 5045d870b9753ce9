//! Posts and their shares are seen, and move those who see them.

use crate::independent::agenda::Event;
use crate::independent::public::{Post, most, tree};
use crate::independent::triage::Kind;
use crate::independent::world::World;

impl World<'_> {
    /// The public part of a case is written; returns its number.
    pub fn post(&mut self, case: usize) -> usize {
        let it = &self.cases[case];
        let (kind, severity, followers) = (it.kind, it.severity, it.followers);
        let strength = 0.3 + 0.7 * severity;
        let valence = match kind {
            Kind::Question => 0.0,
            Kind::Praise => strength,
            _ => -strength,
        };
        let per_follower = self.setting.publicity.views_per_follower;
        let views = per_follower * followers;
        let shareable = if kind.is_failure() { severity } else { 0.0 };
        let shares = tree(shareable, views, self.now, self.setting, &mut self.random);
        let post = self.public.posts.len();
        for (share, it) in shares.iter().enumerate() {
            self.agenda.add(it.at, Event::Shared { post, share });
        }
        self.public.posts.push(Post {
            valence,
            views: 0.0,
            views_at_answer: 0.0,
            kept: 1.0 / most(self.setting),
            shares,
        });
        self.viewed(post, views);
        post
    }

    pub fn shared(&mut self, post: usize, share: usize) {
        let it = &self.public.posts[post];
        let parent = it.shares[share].parent;
        if parent.is_some_and(|parent| !it.shares[parent].happened) {
            return;
        }
        let (views, kept) = (it.shares[share].views, it.kept);
        if self.random.chance(kept) {
            self.public.posts[post].shares[share].happened = true;
            self.viewed(post, views);
        }
    }

    fn viewed(&mut self, post: usize, views: f64) {
        let threshold = self.setting.publicity.firestorm_views;
        let it = &mut self.public.posts[post];
        let before = it.views;
        it.views += views;
        let valence = it.valence;
        let crossed = before < threshold && it.views >= threshold && valence < 0.0;
        if crossed && self.is_counted() {
            self.tally.firestorms += 1;
        }
        self.seen_by(views, valence);
    }

    /// An audience sees something about the company: it moves opinions, awareness and sentiment.
    pub fn seen_by(&mut self, audience: f64, valence: f64) {
        let reach = (audience / self.setting.customers.market_size).min(1.0);
        let share = self.setting.publicity.viewer_moves * reach;
        self.people.move_all_attitudes(valence, share);
        self.public.seen(audience, valence, self.now, self.setting);
        if self.is_counted() {
            self.tally.views += audience;
        }
    }
}
