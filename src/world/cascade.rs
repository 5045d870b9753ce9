//! Sharing: the tree of shares that a public post would get if nobody answered it.
//!
//! The whole tree is drawn when the post is written, from the post's own key, so that arms share
//! it; an answer then cuts branches that have not happened yet.

use crate::engine::keyed::Sequence;
use crate::engine::sample;
use crate::normal;
use crate::scenario::customers::Followers;
use crate::scenario::publicity::Publicity;

/// Shares in one tree, at the most: a guard against endless trees, far above any that a
/// reproduction number below 1 grows.
const MOST_SHARES: usize = 100_000;

/// One share in a tree.
#[derive(Clone, Copy, Debug)]
pub struct Share {
    /// Hours after the post or share that it comes from.
    pub delay: f64,
    /// People who see it.
    pub views: f64,
    /// Survives an answer where this is below the share that still happens.
    pub persistence: f64,
    /// Its own shares, as a range of the tree.
    pub children: (u32, u32),
}

/// The shares of a post: the first `roots` are of the post itself.
#[derive(Clone, Debug, Default)]
pub struct Tree {
    /// All shares, parents before children.
    pub shares: Vec<Share>,
    /// How many are shares of the post itself.
    pub roots: u32,
}

/// Draws trees.
#[derive(Clone, Debug)]
pub struct Sharing {
    settings: Publicity,
    followers: Followers,
    mean_views: f64,
}

impl Sharing {
    /// Sharing among authors with these followers.
    #[must_use]
    pub fn new(settings: &Publicity, followers: &Followers) -> Self {
        let mean = followers.median * libm::exp(0.5 * followers.sigma * followers.sigma);
        Self {
            settings: settings.clone(),
            followers: followers.clone(),
            mean_views: mean * settings.views_per_follower,
        }
    }

    /// The tree of a post seen by `views` people, about something of this severity (0 to 1).
    #[must_use]
    pub fn tree(&self, views: f64, severity: f64, draws: &mut Sequence) -> Tree {
        let settings = &self.settings;
        let liking = libm::exp(settings.shares_sigma * normal::quantile(draws.uniform()));
        let chance =
            settings.shares_per_view * liking * libm::pow(settings.severity_ratio, severity);
        let chance =
            chance.min(settings.reproduction_cap / self.mean_views.max(f64::MIN_POSITIVE)).min(1.0);
        let mut tree = Tree::default();
        tree.roots = self.grow(&mut tree.shares, chance, views, draws);
        let mut next = 0;
        while next < tree.shares.len() {
            let first = tree.shares.len() as u32;
            let views = tree.shares[next].views;
            let count = self.grow(&mut tree.shares, chance, views, draws);
            tree.shares[next].children = (first, first + count);
            next += 1;
        }
        tree
    }

    fn grow(&self, shares: &mut Vec<Share>, chance: f64, views: f64, draws: &mut Sequence) -> u32 {
        let mean_delay = self.settings.half_life_minutes / 60.0 / std::f64::consts::LN_2;
        let room = MOST_SHARES.saturating_sub(shares.len()) as u32;
        let count = sample::poisson((chance * views).min(f64::from(room)), draws).min(room);
        for _ in 0..count {
            let followers =
                sample::lognormal(draws.uniform(), self.followers.median, self.followers.sigma);
            shares.push(Share {
                delay: mean_delay * sample::exponential(draws.uniform()),
                views: followers * self.settings.views_per_follower,
                persistence: draws.uniform(),
                children: (0, 0),
            });
        }
        count
    }
}

#[cfg(test)]
mod tests {
    use super::super::purpose::Purpose;
    use super::*;
    use crate::engine::keyed::Draws;

    #[test]
    fn a_tree_has_the_mean_progeny_of_its_branching_process() {
        // Everybody alike and no spread in followers: mean size (1 - R)^-1 shares per root.
        let settings = Publicity {
            views_per_follower: 1.0,
            shares_per_view: 0.005,
            shares_sigma: 0.0,
            severity_ratio: 1.0,
            ..Publicity::default()
        };
        let sharing = Sharing::new(&settings, &Followers { median: 100.0, sigma: 0.0 });
        let draws = Draws::new(5, 0);
        let n = 40_000;
        let (mut roots, mut total) = (0.0, 0.0);
        for post in 0..n {
            let tree = sharing.tree(100.0, 0.5, &mut draws.sequence(post, Purpose::Shares, 0));
            roots += f64::from(tree.roots);
            total += tree.shares.len() as f64;
        }
        assert!((roots / f64::from(n) - 0.5).abs() < 0.01, "{}", roots / f64::from(n));
        assert!((total / roots - 2.0).abs() < 0.05, "{}", total / roots);
    }

    #[test]
    fn every_share_but_the_roots_has_one_parent_before_it() {
        let sharing = Sharing::new(&Publicity::default(), &Followers::default());
        let draws = Draws::new(5, 1);
        for post in 0..2000 {
            let tree = sharing.tree(5000.0, 1.0, &mut draws.sequence(post, Purpose::Shares, 0));
            let mut expected = tree.roots;
            for (index, share) in tree.shares.iter().enumerate() {
                assert_eq!(share.children.0, expected);
                assert!(share.children.0 > index as u32);
                expected = share.children.1;
            }
            assert_eq!(expected as usize, tree.shares.len());
        }
    }
}
