//! How much memory one replication of an arm will take, estimated before it runs.
//!
//! An estimate of what grows: places for customers, ties, cases, posts and their shares, events to
//! come, and contacts that nobody has time for. It follows the rates of the scenario at its initial
//! beliefs, and is meant to be right within a factor of 1.5 where it matters, above some hundred
//! megabytes; `docs/limits.md` compares it with what was measured.

use std::mem::size_of;

use crate::customers::network;
use crate::customers::person::Person;
use crate::desk;
use crate::desk::contact::Contact;
use crate::plan::Plan;
use crate::plan::policy::Policy;
use crate::plan::rates::HOURS_PER_MONTH;
use crate::plan::setting::Setting;
use crate::plan::stream::Stream;
use crate::public::cascade;
use crate::public::cascade::{Attention, Spreading};
use crate::public::post::Post;
use crate::terms::case::Case;
use crate::world::Event;
use heard_math::engine::{queue, sample};
use heard_math::normal;
use heard_scenario::market::Buying;
use heard_scenario::network::NetworkKind;

/// Points at which a distribution is read.
const POINTS: u32 = 16;
/// Share of private cases that end up in public after all.
const ESCALATED: f64 = 0.1;
/// What an allocation of its own costs besides.
const ALLOCATION: f64 = 16.0;

/// What one replication holds at its peak, in bytes.
#[must_use]
pub fn bytes(plan: &Plan) -> f64 {
    let setting = &*plan.setting;
    let places = f64::from(setting.customers.count) + 1.0;
    let (standing, building) = people(plan, places);
    let (ties, choosing) = ties(setting, places);
    let lived: f64 = (0..setting.companies)
        .map(|company| {
            let phases = plan.phases.iter().map(|phase| &phase.policies[company]);
            phases.map(|policy| life(setting, policy)).fold(0.0, f64::max)
        })
        .sum();
    standing + ties + lived.max(building).max(choosing)
}

/// What one replication takes in work, as a number of cases, shares of posts and calls. Right within
/// a small factor between the arms of a scenario: enough to start with the longest.
#[must_use]
pub fn events(plan: &Plan) -> f64 {
    let setting = &*plan.setting;
    let of_policy = |policy: &Policy| {
        let said = said(setting, policy);
        let calls: f64 = policy.streams.iter().map(|stream| stream.per_hour * setting.end).sum();
        said.cases + said.shares + calls
    };
    let of_company = |company: usize| {
        let phases = plan.phases.iter().map(|phase| of_policy(&phase.policies[company]));
        phases.fold(0.0, f64::max)
    };
    (0..setting.companies).map(of_company).sum()
}

/// Bytes of the ties of a network from a file, which all replications share.
#[must_use]
pub fn shared_ties(setting: &Setting) -> f64 {
    setting.edges.as_ref().map_or(0.0, |edges| {
        let (starts, followers) = edges.rows();
        starts.len() as f64 * 8.0 + followers.len() as f64 * 4.0
    })
}

/// What customers take for good, and while they are drawn.
fn people(plan: &Plan, places: f64) -> (f64, f64) {
    let companies = plan.setting.companies as f64;
    let channels = plan.policies()[0].channels.len() as f64;
    // Attitudes with what they drift back to, beliefs, followers and expectation, five small
    // fields, the first open case.
    let each = 16.0 * companies + 8.0 * channels + 8.0 + 5.0 + 4.0;
    (places * each, places * (size_of::<Person>() + 8) as f64)
}

/// What ties take for good, and while they are drawn.
fn ties(setting: &Setting, places: f64) -> (f64, f64) {
    match (&setting.network, &setting.edges) {
        (Some(network), None) => {
            let degree = network.mean_degree.min(places);
            (places * (8.0 + 4.0 * degree), places * network::CHOOSING as f64)
        }
        _ => (0.0, 0.0),
    }
}

/// What customers say, and where.
struct Said {
    /// Cases.
    cases: f64,
    /// Posts.
    posts: f64,
    /// Shares of all posts.
    shares: f64,
}

/// What happens at one company in one replication.
fn life(setting: &Setting, policy: &Policy) -> f64 {
    let said = said(setting, policy);
    let hours = setting.end;
    let patience = setting.customers.gives_up_hours;
    let spread = setting.customers.gives_up_sigma;
    let patience = patience * libm::exp(0.5 * spread * spread);
    let reshared = policy.publicity.half_life_minutes / 60.0 / std::f64::consts::LN_2;
    // Two for each case: the answer is overdue, the customer gives up.
    let mut pending = said.cases * (patience / hours).min(1.0)
        + said.cases * (24.0 / hours).min(1.0)
        + said.shares * (reshared / hours).min(1.0);
    let capacity = capacity(policy, hours);
    let mut inside = (said.cases - capacity).max(0.0);
    let mut redials = 0.0;
    for stream in &policy.streams {
        let calls = stream.per_hour * hours;
        let (waiting, again) = waiting(policy, stream, calls, capacity, hours);
        inside += waiting;
        pending += if stream.patience.is_some() { waiting } else { 0.0 };
        redials += again;
    }
    said.cases * (size_of::<Case>() + 5) as f64
        + said.posts * (size_of::<Post>() as f64 + ALLOCATION)
        + said.shares * size_of::<cascade::Share>() as f64
        + pending * queue::bytes_each::<Event>() as f64
        + inside * desk::BYTES_WAITING as f64
        + redials * size_of::<(u8, Contact)>() as f64
}

fn said(setting: &Setting, policy: &Policy) -> Said {
    let relations = match setting.market.customers_buy {
        Buying::FromEach => 1.0,
        Buying::FromOne => 1.0 / setting.companies as f64,
    };
    let months = setting.end / HOURS_PER_MONTH;
    let occasions = f64::from(setting.customers.count) * relations * months;
    let mut said = Said { cases: 0.0, posts: 0.0, shares: 0.0 };
    let mut say = |cases: f64, public: f64, severity: f64| {
        let posts = cases * public;
        said.cases += cases;
        said.posts += posts;
        said.shares += posts * shares(setting, policy, severity);
    };
    let spread = &policy.company.severity;
    let rates = &policy.rates;
    for point in 0..POINTS {
        let severity = sample::normal_in_unit(middle(point, POINTS), spread.mean, spread.sd);
        let (voiced, public) = voiced(setting, policy, severity);
        say(occasions * rates.failures * voiced / f64::from(POINTS), public, severity);
    }
    let (voiced, public) = voiced(setting, policy, policy.company.question_severity);
    say(occasions * (rates.questions + rates.misconceptions) * voiced, public, 0.0);
    if policy.channels.iter().any(|channel| channel.public) {
        say(occasions * rates.delights * policy.company.delight_voiced, 1.0, 0.0);
    }
    said
}

/// The middle of one of `parts` equal parts of the unit interval.
fn middle(part: u32, parts: u32) -> f64 {
    (f64::from(part) + 0.5) / f64::from(parts)
}

/// The chance to say something of this severity at initial beliefs, and to say it in public.
fn voiced(setting: &Setting, policy: &Policy, severity: f64) -> (f64, f64) {
    let urge = setting.voice_intercept + setting.voice_slope * severity;
    let (mut all, mut public) = (0.0, 0.0);
    for channel in policy.channels.iter().filter(|channel| channel.public || channel.presented) {
        let weight = libm::exp((urge - channel.effort).min(50.0));
        all += weight;
        public += if channel.public { weight } else { 0.0 };
    }
    if all <= 0.0 {
        return (0.0, 0.0);
    }
    let public = public / all;
    (all / (1.0 + all), if public > 0.0 { public.max(ESCALATED) } else { 0.0 })
}

/// Mean size of the tree of a post about something of this severity: nearly all of it from the few
/// posts that are liked so much that one share leads to more than one other. Most of their trees die
/// out as well, as few have many followers; the others end when everybody has seen them.
fn shares(setting: &Setting, policy: &Policy, severity: f64) -> f64 {
    let customers = &setting.customers;
    let spreading = Spreading {
        settings: &policy.publicity,
        followers: &customers.followers,
        network: None,
        market: customers.market(),
    };
    let per_follower = policy.publicity.views_per_follower;
    let people = f64::from(customers.count.max(1));
    let (views, sigma) = match (&setting.network, &setting.edges) {
        (Some(_), Some(edges)) => (edges.rows().1.len() as f64 / people * per_follower, 1.0),
        (Some(network), None) => {
            let alike = network.kind == NetworkKind::SmallWorld;
            let sigma = if alike { 0.0 } else { customers.followers.sigma };
            (network.mean_degree * per_follower, sigma)
        }
        _ => (spreading.mean_views(), customers.followers.sigma),
    };
    let all = customers.market() / views.max(f64::MIN_POSITIVE);
    let all = all.min(cascade::MOST_SHARES as f64);
    let tree = |luck: f64| {
        let Attention { chance, .. } = spreading.attention(severity, luck, views);
        let grows = chance * cascade::most(&policy.publicity) * views;
        if grows < 1.0 { (grows / (1.0 - grows)).min(all) } else { survival(grows, sigma) * all }
    };
    let parts = 8 * POINTS;
    (0..parts).map(|part| tree(normal::quantile(middle(part, parts)))).sum::<f64>()
        / f64::from(parts)
}

/// The chance that a tree never dies out whose shares lead to `grows` others on average, a little more
/// than one. Audiences are lognormal, and the more they differ the sooner it dies out: Haldane's
/// `2 (m - 1) / (v + m^2 - m)`, where m is the mean and v the variance of a share's own shares.
fn survival(grows: f64, sigma: f64) -> f64 {
    let squares = grows * grows * libm::exp(sigma * sigma);
    (2.0 * (grows - 1.0) / squares).min(1.0)
}

/// Contacts that the company's people can handle in this many hours.
fn capacity(policy: &Policy, hours: f64) -> f64 {
    let handle = mean_handle(policy);
    let people: f64 = policy
        .teams
        .iter()
        .map(|team| team.rota.mean_people() * f64::from(team.conversations))
        .sum();
    people * hours / handle.max(1e-6)
}

/// The longest mean time that an answer of people takes, in hours, of those that triage gives.
fn mean_handle(policy: &Policy) -> f64 {
    let streams = policy.streams.iter().filter_map(|stream| stream.handle.map(|it| it.mean()));
    let answers = policy.handle_times();
    streams.chain(answers).fold(0.0, f64::max)
}

/// Maximum number of callers of a stream who wait at once, and how many call again.
fn waiting(policy: &Policy, stream: &Stream, calls: f64, capacity: f64, hours: f64) -> (f64, f64) {
    if !policy.answers(stream.decision.action) {
        return (0.0, 0.0);
    }
    let left = (calls - capacity).max(0.0);
    match stream.patience {
        Some(patience) if policy.channels[stream.channel].live => {
            let again = left * stream.redials / (1.0 - stream.redials).max(0.01);
            (left.min((calls + again) / hours * patience.mean()), again)
        }
        _ => (left, 0.0),
    }
}

#[cfg(test)]
mod tests;
