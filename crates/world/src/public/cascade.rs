//! Sharing: the tree of shares that a public post would get if it spread as far as anything can make
//! it spread.
//!
//! The whole tree is drawn when the post is written, from the post's own key, so that arms share
//! it; what happens in the thread then decides which branches grow.

use crate::customers::network::Graph;
use heard_math::engine::keyed::Sequence;
use heard_math::engine::sample;
use heard_math::normal;
use heard_scenario::customers::Followers;
use heard_scenario::publicity::Publicity;

/// Maximum number of shares in one tree: a guard against endless trees, far above any that a
/// reproduction number below 1 grows.
pub const MOST_SHARES: usize = 100_000;

/// One share in a tree.
#[derive(Clone, Copy, Debug)]
pub struct Share {
    /// Hours after the post or share that it comes from.
    pub delay: f64,
    /// Hours after the post.
    age: f64,
    /// People who see it.
    pub views: f64,
    /// Happens where this is below what the thread lets through, as a share of the most it can.
    pub persistence: f64,
    /// The customer who shares it, where there is a network.
    pub who: Option<u32>,
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

/// How a post spreads among whom.
#[derive(Clone, Copy, Debug)]
pub struct Spreading<'a> {
    /// How public messages spread.
    pub settings: &'a Publicity,
    /// Followers of those who share, if there is no network.
    pub followers: &'a Followers,
    /// The network, if there is one.
    pub network: Option<&'a Graph>,
    /// People who can see it in all.
    pub market: f64,
}

/// What draws attention to a post, and for how long.
#[derive(Clone, Copy, Debug)]
pub struct Attention {
    /// Chance that a view leads to a share, at first.
    pub chance: f64,
    /// Hours in which half of the attention is gone; infinite where it lasts.
    pub half_life: f64,
}

impl Spreading<'_> {
    /// The attention that a customer's post about something of this severity (0 to 1) draws.
    #[must_use]
    pub fn of_post(&self, severity: f64, draws: &mut Sequence) -> Attention {
        self.attention(severity, normal::quantile(draws.uniform()), self.mean_views())
    }

    /// The same for a post of this appeal (a standard normal), if a share has this many views.
    #[must_use]
    pub fn attention(&self, severity: f64, luck: f64, mean_views: f64) -> Attention {
        let settings = self.settings;
        let liking = libm::exp(settings.shares_sigma * luck);
        let chance =
            settings.shares_per_view * liking * libm::pow(settings.severity_ratio, severity);
        let cap = settings.reproduction_cap / mean_views.max(f64::MIN_POSITIVE);
        Attention { chance: chance.min(cap).min(1.0), half_life: f64::INFINITY }
    }

    /// Attention with which one share leads to `reproduction` others at first.
    #[must_use]
    pub fn of_mistake(&self, reproduction: f64, half_life: f64) -> Attention {
        let chance = reproduction / self.mean_views().max(f64::MIN_POSITIVE);
        Attention { chance: chance.min(1.0), half_life }
    }

    /// Views of one share, on average.
    #[must_use]
    pub fn mean_views(&self) -> f64 {
        let mean = match self.network {
            Some(network) => network.edges() as f64 / network.people().max(1) as f64,
            None => {
                let Followers { median, sigma } = *self.followers;
                median * libm::exp(0.5 * sigma * sigma)
            }
        };
        mean * self.settings.views_per_follower
    }

    /// The tree of a post by `author`, a customer where there is a network, that `views` people see.
    #[must_use]
    pub fn tree(
        &self,
        author: Option<u32>,
        views: f64,
        attention: Attention,
        draws: &mut Sequence,
    ) -> Tree {
        let mut tree = Tree::default();
        let mut seen = views;
        let post =
            Share { delay: 0.0, age: 0.0, views, persistence: 0.0, who: author, children: (0, 0) };
        tree.roots = self.grow(&mut tree.shares, &mut seen, &post, attention, draws);
        let mut next = 0;
        while next < tree.shares.len() {
            let first = tree.shares.len() as u32;
            let parent = tree.shares[next];
            let count = self.grow(&mut tree.shares, &mut seen, &parent, attention, draws);
            tree.shares[next].children = (first, first + count);
            next += 1;
        }
        // Trees are kept, and most are small: the room they grew into is not.
        tree.shares.shrink_to_fit();
        tree
    }

    /// Draws the shares of one post or share. Once as many have seen it as there are, nobody is left
    /// to share it.
    fn grow(
        &self,
        shares: &mut Vec<Share>,
        seen: &mut f64,
        parent: &Share,
        attention: Attention,
        draws: &mut Sequence,
    ) -> u32 {
        let settings = self.settings;
        let mean_delay = settings.half_life_minutes / 60.0 / std::f64::consts::LN_2;
        let room = MOST_SHARES.saturating_sub(shares.len()) as u32;
        if *seen >= self.market || room == 0 {
            return 0;
        }
        let left = libm::exp2(-parent.age / attention.half_life);
        let rate = attention.chance * left * most(settings) * parent.views;
        let count = sample::poisson(rate.min(f64::from(room)), draws).min(room);
        for _ in 0..count {
            let (who, followers) = self.sharer(parent.who, draws.uniform());
            let delay = mean_delay * sample::exponential(draws.uniform());
            let views = followers * settings.views_per_follower;
            *seen += views;
            shares.push(Share {
                delay,
                age: parent.age + delay,
                views,
                persistence: draws.uniform(),
                who,
                children: (0, 0),
            });
        }
        count
    }

    /// Somebody who shares what `author` posted or shared, and how many follow them.
    fn sharer(&self, author: Option<u32>, luck: f64) -> (Option<u32>, f64) {
        let Some(network) = self.network else {
            let Followers { median, sigma } = *self.followers;
            return (None, sample::lognormal(luck, median, sigma));
        };
        let anybody = || (luck * network.people() as f64) as u32;
        let sharer = match author.map(|author| network.followers_of(author as usize)) {
            Some(followers) if !followers.is_empty() => {
                followers[(luck * followers.len() as f64) as usize]
            }
            _ => anybody(),
        };
        (Some(sharer), network.degree(sharer as usize) as f64)
    }
}

/// How much more than usual a post can be shared for what is in its thread.
#[must_use]
pub fn most(settings: &Publicity) -> f64 {
    settings.shared_after_money.max(settings.shared_after_answer).max(1.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::terms::purpose::Purpose;
    use heard_math::engine::keyed::Draws;

    #[test]
    fn a_tree_has_the_mean_progeny_of_its_branching_process() {
        // Everybody alike and no spread in followers: mean size (1 - R)^-1 shares per root.
        let settings = Publicity {
            views_per_follower: 1.0,
            shares_per_view: 0.005,
            shares_sigma: 0.0,
            severity_ratio: 1.0,
            shared_after_money: 1.0,
            ..Publicity::default()
        };
        let followers = Followers { median: 100.0, sigma: 0.0 };
        let spreading =
            Spreading { settings: &settings, followers: &followers, network: None, market: 1e12 };
        let draws = Draws::new(5, 0);
        let n = 40_000;
        let (mut roots, mut total) = (0.0, 0.0);
        for post in 0..n {
            let mut draws = draws.sequence(post, Purpose::Shares, 0);
            let attention = spreading.of_post(0.5, &mut draws);
            let tree = spreading.tree(None, 100.0, attention, &mut draws);
            roots += f64::from(tree.roots);
            total += tree.shares.len() as f64;
        }
        assert!((roots / f64::from(n) - 0.5).abs() < 0.01, "{}", roots / f64::from(n));
        assert!((total / roots - 2.0).abs() < 0.05, "{}", total / roots);
    }

    #[test]
    fn every_share_but_the_roots_has_one_parent_before_it() {
        let (settings, followers) = (Publicity::default(), Followers::default());
        let spreading =
            Spreading { settings: &settings, followers: &followers, network: None, market: 1e12 };
        let draws = Draws::new(5, 1);
        for post in 0..2000 {
            let mut draws = draws.sequence(post, Purpose::Shares, 0);
            let attention = spreading.of_post(1.0, &mut draws);
            let tree = spreading.tree(None, 5000.0, attention, &mut draws);
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
