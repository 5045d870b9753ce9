//! Which piece of work comes next, where a piece is one arm of one replication.
//!
//! Replications start in order, each with its longest arm first, and not far ahead of the first
//! one that is incomplete: what waits to be folded stays bounded, and an interrupt loses little. Over
//! the last replications, about four pieces a thread, the longest pieces come first, whichever
//! replication they belong to, so that all threads finish at about the same time. The order changes no
//! result.

use std::collections::VecDeque;
use std::ops::Range;

use super::cost::Costs;

/// One arm of one replication.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Piece {
    /// Number of the replication.
    pub replication: u32,
    /// Index of the arm.
    pub arm: usize,
}

/// The most replications that are under way at once, or wait for an earlier one.
#[must_use]
pub fn most_open(threads: u32) -> u32 {
    threads.saturating_mul(2).saturating_add(2)
}

/// Hands out pieces.
#[derive(Debug)]
pub struct Schedule {
    costs: Costs,
    threads: u32,
    /// The first replication that is incomplete, and the end of all.
    left: Range<u32>,
    /// Replications from the first incomplete one on, as far as any has begun.
    begun: VecDeque<Progress>,
}

/// How far a replication is.
#[derive(Debug)]
struct Progress {
    /// Arms that have not started.
    waiting: Vec<usize>,
    /// Arms that are not done.
    undone: usize,
}

impl Schedule {
    /// A schedule for the replications of `range` on this many threads.
    #[must_use]
    pub fn new(range: Range<u32>, costs: Costs, threads: usize) -> Self {
        let threads = u32::try_from(threads).unwrap_or(u32::MAX);
        Self { costs, threads, left: range, begun: VecDeque::new() }
    }

    /// The first replication of those that are taken longest piece first. They are few, as none of
    /// them is complete before nearly all of them are.
    fn last_ones(&self) -> u32 {
        let arms = u32::try_from(self.costs.arms()).unwrap_or(u32::MAX).max(1);
        let count = self.threads.saturating_mul(4).div_ceil(arms).max(1);
        self.left.end.saturating_sub(count).max(self.left.start)
    }

    /// The end of the replications that may be under way at once.
    fn window(&self) -> u32 {
        self.left.start.saturating_add(most_open(self.threads)).min(self.left.end)
    }

    /// The next piece to start; `None` where all have started, or where those that are under way
    /// must end first.
    pub fn start_next(&mut self) -> Option<Piece> {
        let last_ones = self.last_ones();
        let mut best: Option<(f64, Piece, usize)> = None;
        for replication in self.left.start..self.window() {
            let at = (replication - self.left.start) as usize;
            if at == self.begun.len() {
                let arms = self.costs.arms();
                self.begun.push_back(Progress { waiting: (0..arms).collect(), undone: arms });
            }
            for (place, &arm) in self.begun[at].waiting.iter().enumerate() {
                let cost = self.costs.of(arm);
                if best.is_none_or(|(most, ..)| cost > most) {
                    best = Some((cost, Piece { replication, arm }, place));
                }
            }
            if replication < last_ones && best.is_some() {
                break;
            }
        }
        let (_, piece, place) = best?;
        let at = (piece.replication - self.left.start) as usize;
        self.begun[at].waiting.remove(place);
        Some(piece)
    }

    /// A piece is done, and took this many seconds.
    pub fn done(&mut self, piece: Piece, seconds: f64) {
        self.costs.measured(piece.arm, seconds);
        if let Some(progress) = self.begun.get_mut((piece.replication - self.left.start) as usize) {
            progress.undone -= 1;
        }
        while self.begun.front().is_some_and(|progress| progress.undone == 0) {
            self.begun.pop_front();
            self.left.start += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    /// What a run of workers over a schedule comes to, in simulated time.
    struct Ran {
        /// Pieces in the order in which they started.
        order: Vec<Piece>,
        makespan: f64,
        /// The most replications that were begun and incomplete at once.
        most_open: u32,
        /// The most work that an interrupt would have lost, just before a replication was complete.
        most_lost: f64,
        /// When the first replication was complete.
        first_complete: f64,
    }

    /// Runs a schedule whose pieces take the given seconds. Like the runner, it keeps one piece a
    /// thread in hand beyond those that run.
    fn ran(mut schedule: Schedule, threads: usize, seconds: impl Fn(Piece) -> f64) -> Ran {
        let mut ran = Ran {
            order: Vec::new(),
            makespan: 0.0,
            most_open: 0,
            most_lost: 0.0,
            first_complete: f64::INFINITY,
        };
        let begin = schedule.left.start;
        // Finished pieces of incomplete replications, in seconds.
        let mut at_stake = BTreeMap::new();
        let mut in_hand = VecDeque::new();
        let mut running: Vec<(f64, Piece)> = Vec::new();
        loop {
            while running.len() + in_hand.len() < 2 * threads {
                let Some(piece) = schedule.start_next() else { break };
                in_hand.push_back(piece);
            }
            while running.len() < threads {
                let Some(piece) = in_hand.pop_front() else { break };
                running.push((ran.makespan + seconds(piece), piece));
                ran.order.push(piece);
                let first = schedule.left.start;
                ran.most_open = ran.most_open.max(piece.replication + 1 - first);
            }
            let ends = running.iter().map(|(end, _)| *end).enumerate();
            let Some((next, end)) = ends.min_by(|a, b| a.1.total_cmp(&b.1)) else { break };
            let (_, piece) = running.remove(next);
            let under_way: f64 =
                running.iter().map(|(until, piece)| seconds(*piece) - (until - end)).sum();
            ran.makespan = end;
            *at_stake.entry(piece.replication).or_insert(0.0) += seconds(piece);
            ran.most_lost = ran.most_lost.max(at_stake.values().sum::<f64>() + under_way);
            schedule.done(piece, seconds(piece));
            at_stake.retain(|replication, _| *replication >= schedule.left.start);
            if schedule.left.start > begin {
                ran.first_complete = ran.first_complete.min(end);
            }
        }
        ran
    }

    fn estimates(costs: &[f64]) -> Costs {
        Costs::new(costs.iter().copied())
    }

    /// No schedule is shorter: threads are busy all the time, and no piece is cut.
    fn shortest(costs: &[f64], replications: u32, threads: usize) -> f64 {
        let whole = costs.iter().sum::<f64>() * f64::from(replications);
        (whole / threads as f64).max(costs.iter().copied().fold(0.0, f64::max))
    }

    const ARMS: [[f64; 8]; 6] = [
        [10.0; 8],
        [10.0, 20.0, 30.0, 40.0, 50.0, 60.0, 70.0, 80.0],
        [10.0, 10.0, 10.0, 10.0, 10.0, 10.0, 10.0, 70.0],
        [10.0, 10.0, 10.0, 10.0, 10.0, 10.0, 70.0, 70.0],
        [90.0, 10.0, 80.0, 20.0, 70.0, 30.0, 60.0, 40.0],
        [12.0, 75.0, 33.0, 41.0, 18.0, 66.0, 29.0, 54.0],
    ];

    #[test]
    fn three_replications_of_eight_arms_keep_two_threads_busy() {
        for costs in ARMS {
            let best = shortest(&costs, 3, 2);
            for start in [costs, [1.0; 8]] {
                let schedule = Schedule::new(0..3, estimates(&start), 2);
                let ran = ran(schedule, 2, |piece| costs[piece.arm]);
                assert_eq!(ran.order.len(), 24);
                assert!(ran.makespan <= best / 0.9, "{costs:?}: {} of {best}", ran.makespan);
            }
        }
    }

    #[test]
    fn an_interrupt_of_a_short_run_loses_little_of_it() {
        for costs in ARMS {
            let whole = 3.0 * costs.iter().sum::<f64>();
            for start in [costs, [1.0; 8]] {
                let schedule = Schedule::new(0..3, estimates(&start), 2);
                let ran = ran(schedule, 2, |piece| costs[piece.arm]);
                let (lost, first) = (ran.most_lost / whole, ran.first_complete / ran.makespan);
                assert!(lost <= 0.5 && first <= 0.5, "{costs:?}: {lost} lost, first at {first}");
            }
        }
    }

    #[test]
    fn with_more_replications_threads_still_end_together_though_lengths_scatter() {
        for (threads, replications) in [(2, 10), (4, 9), (8, 40), (16, 20)] {
            for costs in ARMS {
                // Up to a quarter more or less than the mean, in no order.
                let scattered = |piece: Piece| {
                    let turn = (piece.replication * 8 + piece.arm as u32) * 7 % 11;
                    costs[piece.arm] * (0.75 + 0.05 * f64::from(turn))
                };
                let pieces = (0..replications)
                    .flat_map(|replication| (0..8).map(move |arm| Piece { replication, arm }));
                let best = pieces.map(scattered).sum::<f64>() / threads as f64;
                let schedule = Schedule::new(0..replications, estimates(&[1.0; 8]), threads);
                let ran = ran(schedule, threads, scattered);
                assert!(ran.makespan <= best / 0.9, "{costs:?}: {} of {best}", ran.makespan);
            }
        }
    }

    #[test]
    fn every_piece_starts_once_and_few_replications_are_open_at_once() {
        for (range, arms, threads) in [(0..200, 1, 3), (7..60, 5, 2), (0..1, 8, 16), (5..5, 4, 2)] {
            let costs = Costs::new((1..=arms).map(f64::from));
            let schedule = Schedule::new(range.clone(), costs, threads);
            let ran = ran(schedule, threads, |piece| 1.0 + piece.arm as f64);
            let mut order = ran.order;
            order.sort_by_key(|piece| (piece.replication, piece.arm));
            let all = range.flat_map(|replication| {
                (0..arms as usize).map(move |arm| Piece { replication, arm })
            });
            assert!(order.into_iter().eq(all));
            assert!(ran.most_open <= 2 * threads as u32 + 2, "{}", ran.most_open);
        }
    }

    #[test]
    fn a_replication_that_takes_long_holds_the_others_back() {
        let seconds = |piece: Piece| if piece.replication == 0 { 1e6 } else { 1.0 };
        let ran = ran(Schedule::new(0..100, estimates(&[1.0]), 2), 2, seconds);
        assert_eq!(ran.most_open, 6);
    }

    #[test]
    fn before_the_last_ones_replications_start_in_order_with_their_longest_arm_first() {
        let schedule = Schedule::new(0..9, estimates(&[10.0, 30.0, 20.0]), 1);
        let ran = ran(schedule, 1, |piece| [10.0, 30.0, 20.0][piece.arm]);
        let order: Vec<(u32, usize)> =
            ran.order.iter().map(|piece| (piece.replication, piece.arm)).collect();
        let begin = (0..7).flat_map(|replication| [1, 2, 0].map(|arm| (replication, arm)));
        assert!(order[..21].iter().copied().eq(begin), "{order:?}");
        assert_eq!(order[21..], [(7, 1), (8, 1), (7, 2), (8, 2), (7, 0), (8, 0)]);
    }
}
