//! Who follows whom: a directed graph of the customers, in compressed rows.
//!
//! A generated graph is a pure function of its settings and the replication's draws, each row of the
//! draws of the customer whose followers it holds: arms share it, and no row depends on another.
//! Nobody follows themselves and nobody twice, exactly: followers are chosen without replacement, by
//! the method of Floyd (Bentley and Floyd, "A sample of brilliance", CACM 30, 1987). It takes one
//! draw a follower, however many of the customers are to be chosen.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::terms::LOOK_EVERY;
use crate::terms::purpose::Purpose;
use heard_math::engine::keyed::{Draws, Sequence};
use heard_math::engine::sample;
use heard_scenario::edges::Edges;
use heard_scenario::network::{Network, NetworkKind};

#[cfg(test)]
mod tests;

/// Bytes that each customer takes while ties are chosen.
pub const CHOOSING: usize = size_of::<u32>();

/// A directed graph. A clone shares the rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Graph {
    /// Where each customer's row begins, and the end of the last one.
    starts: Arc<Vec<usize>>,
    /// The rows, one after another, each in rising order.
    followers: Arc<Vec<u32>>,
}

/// The graph of a replication. `followers_sigma` is that of `customers.followers`; `edges` are those
/// of the scenario's file, without which a network of kind `edges` has no ties. `None` if `stop` was
/// raised before the end.
#[must_use]
pub fn build(
    settings: &Network,
    people: u32,
    followers_sigma: f64,
    edges: Option<&Edges>,
    draws: &Draws,
    stop: &AtomicBool,
) -> Option<Graph> {
    let degree = settings.mean_degree;
    match (settings.kind, edges) {
        (NetworkKind::HeavyTailed, _) => {
            Graph::heavy_tailed(people, degree, followers_sigma, draws, stop)
        }
        (NetworkKind::SmallWorld, _) => {
            Graph::small_world(people, degree, settings.rewired, draws, stop)
        }
        (NetworkKind::Edges, Some(edges)) => Some(Graph::from_edges(people, edges)),
        (NetworkKind::Edges, None) => Graph::heavy_tailed(people, 0.0, 0.0, draws, stop),
    }
}

impl Graph {
    /// Lognormal numbers of followers, who are any of the others with the same chance.
    ///
    /// The median is such that the numbers have the mean `mean_degree`, though nobody has more
    /// followers than there are others. Chance rounds them to whole numbers, without bias.
    #[must_use]
    pub fn heavy_tailed(
        people: u32,
        mean_degree: f64,
        sigma: f64,
        draws: &Draws,
        stop: &AtomicBool,
    ) -> Option<Self> {
        let others = people.saturating_sub(1);
        let median = sample::capped_lognormal_median(mean_degree, sigma, f64::from(others));
        let degree = |who: u32| {
            let (size, rounding) = draws.uniforms(who, Purpose::Network, 0);
            rounded(sample::lognormal(size, median, sigma), rounding, others)
        };
        Self::grown(people, stop, degree, |who, degree, row, chosen| {
            let mut luck = draws.sequence(who, Purpose::Network, 1);
            chosen.choose(degree, others, &mut luck, |step| row.push(ahead(who, step + 1, people)));
        })
    }

    /// A ring on which everybody is followed by their `mean_degree` nearest neighbours, half of them
    /// on each side, some of whom are replaced (Watts and Strogatz, "Collective dynamics of
    /// small-world networks", Nature 393, 1998).
    ///
    /// With chance `rewired` a tie leads to anybody outside of the neighbourhood instead, as long as
    /// anybody is left there. An odd neighbour stands ahead; chance rounds a broken `mean_degree`.
    #[must_use]
    pub fn small_world(
        people: u32,
        mean_degree: f64,
        rewired: f64,
        draws: &Draws,
        stop: &AtomicBool,
    ) -> Option<Self> {
        let others = people.saturating_sub(1);
        let degree =
            |who: u32| rounded(mean_degree, draws.uniform(who, Purpose::Network, 0), others);
        Self::grown(people, stop, degree, |who, degree, row, chosen| {
            let mut luck = draws.sequence(who, Purpose::Network, 1);
            let (front, outside) = (degree.div_ceil(2), others - degree);
            let mut moved = 0;
            // Neighbours are steps 1 to `front` ahead, and the last ones before the ring closes.
            for neighbour in 1..=degree {
                if luck.uniform() < rewired && moved < outside {
                    moved += 1;
                } else {
                    let step = if neighbour <= front { neighbour } else { neighbour + outside };
                    row.push(ahead(who, step, people));
                }
            }
            chosen.choose(moved, outside, &mut luck, |step| {
                row.push(ahead(who, front + 1 + step, people));
            });
        })
    }

    /// The graph of a file, read for as many `people`. It shares the file's rows.
    #[must_use]
    pub fn from_edges(people: u32, edges: &Edges) -> Self {
        let (starts, followers) = edges.rows();
        debug_assert_eq!(starts.len(), people as usize + 1);
        Self { starts: Arc::clone(starts), followers: Arc::clone(followers) }
    }

    /// Rows of these lengths, each filled by `fill(who, length, row, chosen)`.
    fn grown(
        people: u32,
        stop: &AtomicBool,
        degree: impl Fn(u32) -> u32,
        mut fill: impl FnMut(u32, u32, &mut Vec<u32>, &mut Chosen),
    ) -> Option<Self> {
        let mut starts = Vec::with_capacity(people as usize + 1);
        starts.push(0);
        let mut end = 0;
        starts.extend((0..people).map(|who| {
            end += degree(who) as usize;
            end
        }));
        let mut followers = Vec::with_capacity(end);
        let mut chosen = Chosen::among(people);
        for who in 0..people {
            if who.is_multiple_of(LOOK_EVERY) && stop.load(Ordering::Relaxed) {
                return None;
            }
            let (start, end) = (starts[who as usize], starts[who as usize + 1]);
            fill(who, (end - start) as u32, &mut followers, &mut chosen);
            followers[start..].sort_unstable();
        }
        Some(Self { starts: Arc::new(starts), followers: Arc::new(followers) })
    }

    /// Who follows this customer, in rising order.
    #[inline]
    #[must_use]
    pub fn followers_of(&self, who: usize) -> &[u32] {
        &self.followers[self.starts[who]..self.starts[who + 1]]
    }

    /// How many follow this customer.
    #[inline]
    #[must_use]
    pub fn degree(&self, who: usize) -> usize {
        self.starts[who + 1] - self.starts[who]
    }

    /// How many customers there are.
    #[must_use]
    pub fn people(&self) -> usize {
        self.starts.len() - 1
    }

    /// How many ties there are.
    #[must_use]
    pub fn edges(&self) -> usize {
        self.followers.len()
    }
}

/// The customer this many steps ahead on the ring, at most once around.
fn ahead(who: u32, steps: u32, people: u32) -> u32 {
    let place = u64::from(who) + u64::from(steps);
    let people = u64::from(people);
    (if place >= people { place - people } else { place }) as u32
}

/// A whole number, at most `most`, whose mean over the uniform is `number`.
fn rounded(number: f64, uniform: f64, most: u32) -> u32 {
    ((number.min(f64::from(most)) + uniform) as u32).min(most)
}

/// Chooses without replacement. What was chosen is marked with the number of the choice, so that
/// nothing needs to be cleared.
struct Chosen {
    marks: Vec<u32>,
    choice: u32,
}

impl Chosen {
    /// For choices among up to this many, as often as there are people.
    fn among(people: u32) -> Self {
        Self { marks: vec![0; people as usize], choice: 0 }
    }

    /// Takes `count` of the numbers below `among`, every such set with the same chance.
    fn choose(&mut self, count: u32, among: u32, luck: &mut Sequence, mut take: impl FnMut(u32)) {
        self.choice += 1;
        for last in among - count..among {
            let any = (luck.uniform() * (f64::from(last) + 1.0)) as u32;
            let one = if self.marks[any as usize] == self.choice { last } else { any };
            self.marks[one as usize] = self.choice;
            take(one);
        }
    }
}
