//! What is said in public: posts, who sees them, and what remains of it.

use crate::independent::random::Random;
use crate::independent::setting::Setting;

pub struct Post {
    pub valence: f64,
    pub views: f64,
    /// Views when an answer last appeared below it.
    pub views_at_answer: f64,
    /// Chance that a share drawn at the highest rate happens.
    pub kept: f64,
    pub shares: Vec<Share>,
}

/// One share of a post's tree, drawn when the post is written.
pub struct Share {
    pub at: f64,
    pub views: f64,
    /// The share that it came from; the post itself if there is none.
    pub parent: Option<usize>,
    pub happened: bool,
}

pub struct Public {
    pub posts: Vec<Post>,
    /// Share of the market that saw each answer so far, summed, which is what envy counts.
    pub answers_seen: f64,
    known: f64,
    known_at: f64,
    /// Sums over everything said of audience x valence, and of audience, faded.
    said: (f64, f64),
    said_at: f64,
}

impl Public {
    pub fn new(setting: &Setting) -> Self {
        Self {
            posts: Vec::new(),
            answers_seen: 0.0,
            known: setting.company.awareness,
            known_at: 0.0,
            said: (0.0, 0.0),
            said_at: 0.0,
        }
    }

    pub fn awareness(&mut self, now: f64, setting: &Setting) -> f64 {
        let base = setting.company.awareness;
        let half_life = setting.market.awareness_half_life_days * 24.0;
        self.known = base + (self.known - base) * libm::exp2(-(now - self.known_at) / half_life);
        self.known_at = now;
        self.known
    }

    pub fn sentiment(&mut self, now: f64, setting: &Setting) -> f64 {
        let half_life = setting.publicity.memory_days * 24.0;
        let kept = libm::exp2(-(now - self.said_at) / half_life);
        self.said = (self.said.0 * kept, self.said.1 * kept);
        self.said_at = now;
        self.said.0 / (setting.customers.market_size + self.said.1)
    }

    /// `audience` people see something about the company.
    pub fn seen(&mut self, audience: f64, valence: f64, now: f64, setting: &Setting) {
        let market = setting.customers.market_size;
        let known = self.awareness(now, setting);
        let remembered = setting.market.remembered;
        self.known = known + (1.0 - known) * (1.0 - libm::exp(-remembered * audience / market));
        self.sentiment(now, setting);
        self.said.0 += audience * valence;
        self.said.1 += audience;
    }
}

/// The whole tree of shares of a post with a number of views, at the highest rate that its thread
/// can reach.
pub fn tree(
    severity: f64,
    views: f64,
    now: f64,
    setting: &Setting,
    random: &mut Random,
) -> Vec<Share> {
    let publicity = &setting.publicity;
    let (median, sigma) = (setting.followers.median, setting.followers.sigma);
    let mean_views = publicity.views_per_follower * median * libm::exp(sigma * sigma / 2.0);
    let appeal = random.lognormal(publicity.shares_per_view, publicity.shares_sigma)
        * libm::pow(publicity.severity_ratio, severity);
    let q = appeal.min(publicity.reproduction_cap / mean_views).min(1.0);
    let delay = publicity.half_life_minutes / 60.0 / std::f64::consts::LN_2;
    let mut shares: Vec<Share> = Vec::new();
    let mut drawn = views;
    let mut parent = (None, now, views);
    let mut next = 0;
    loop {
        if drawn >= setting.customers.market_size {
            return shares;
        }
        for _ in 0..random.poisson(q * most(setting) * parent.2) {
            let share = Share {
                at: parent.1 + random.exponential(delay),
                views: publicity.views_per_follower * random.lognormal(median, sigma),
                parent: parent.0,
                happened: false,
            };
            drawn += share.views;
            shares.push(share);
        }
        let Some(share) = shares.get(next) else { return shares };
        parent = (Some(next), share.at, share.views);
        next += 1;
    }
}

/// The highest rate of sharing that a thread can reach, relative to that without an answer.
pub fn most(setting: &Setting) -> f64 {
    setting.publicity.shared_after_answer.max(setting.publicity.shared_after_money).max(1.0)
}
