//! Who is taken first when several wait: how much older a class counts than it is.
//!
//! Of all who wait when somebody is taken, each has a chance that grows with the time waited so far
//! and with the class (a conditional logit, McFadden 1974). What a class adds, as time waited, is its
//! head start. Taking turns strictly is the limit in which time decides everything.

use libm::{exp, log};

use super::calls::{Call, Calls, End};

/// Most choices that are looked at.
const MOST: usize = 5000;
/// Choices of a class below which its head start is not told.
const FEW: usize = 100;
/// Head starts below this are not worth telling, in minutes.
const SHORTEST: f64 = 0.25;
/// Head starts are cut to this, in minutes: a class with it always comes first.
const LONGEST: f64 = 10_000.0;
/// Most of those waiting that are looked at in one choice, evenly spread, besides the one who was
/// taken. A logit of such a sample estimates the same (McFadden 1978).
const MOST_WAITING: usize = 50;

/// Head starts.
#[derive(Clone, Debug, PartialEq)]
pub struct Order {
    /// Minutes by class, the smallest 0; `None` where too few choices tell.
    pub minutes: Vec<Option<f64>>,
    /// Choices between several who waited.
    pub choices: usize,
    /// Share of them that fell on the contact that is oldest with its head start, and on the one that is
    /// oldest without.
    pub explained: (f64, f64),
}

/// One choice: who waited how long (minutes), and which of them was taken.
struct Choice {
    waiting: Vec<(usize, f64)>,
    taken: usize,
}

impl Choice {
    /// Leaves out some of those who wait, where many do.
    fn thin(&mut self) {
        let step = self.waiting.len().div_ceil(MOST_WAITING);
        if step < 2 {
            return;
        }
        let all = std::mem::take(&mut self.waiting);
        for (at, waiting) in all.into_iter().enumerate() {
            if at == self.taken {
                self.taken = self.waiting.len();
                self.waiting.push(waiting);
            } else if at % step == 0 {
                self.waiting.push(waiting);
            }
        }
    }
}

impl Order {
    /// Of all classes; `None` where there is one, or none has a head start worth telling. `rings`: how long a
    /// call usually rings at whom it was given to, in hours.
    #[must_use]
    pub fn of(calls: &Calls, rings: f64) -> Option<Self> {
        if calls.classes.len() < 2 {
            return None;
        }
        let choices = choices(calls, rings);
        let mut among = vec![0; calls.classes.len()];
        for choice in &choices {
            let mut classes: Vec<usize> = choice.waiting.iter().map(|(class, _)| *class).collect();
            classes.sort_unstable();
            classes.dedup();
            classes.into_iter().for_each(|class| among[class] += 1);
        }
        if choices.len() < 2 * FEW {
            return None;
        }
        // The others are compared with the class that is most often there to be chosen.
        let usual = (0..among.len()).max_by_key(|&class| (among[class], among.len() - class));
        let told: Vec<Option<usize>> = {
            let mut next = 0;
            let number = |(class, times): (usize, &usize)| {
                (Some(class) != usual && *times >= FEW).then(|| {
                    next += 1;
                    next
                })
            };
            among.iter().enumerate().map(number).collect()
        };
        let weights = fitted(&choices, &told)?;
        let pace = weights[0];
        if pace <= 0.0 {
            return None;
        }
        let minutes = |(class, at): (usize, &Option<usize>)| match at {
            _ if Some(class) == usual => Some(0.0),
            at => at.map(|at| weights[at] / pace),
        };
        let minutes: Vec<Option<f64>> = told.iter().enumerate().map(minutes).collect();
        let least = minutes.iter().flatten().copied().fold(f64::INFINITY, f64::min);
        let from_least =
            |minutes: Option<f64>| minutes.map(|minutes| (minutes - least).min(LONGEST));
        let minutes: Vec<Option<f64>> = minutes.into_iter().map(from_least).collect();
        if minutes.iter().flatten().all(|minutes| *minutes < SHORTEST) {
            return None;
        }
        let oldest = |ahead: &dyn Fn(usize) -> f64| {
            let right = choices.iter().filter(|choice| {
                let age = |at: usize| choice.waiting[at].1 + ahead(choice.waiting[at].0);
                (0..choice.waiting.len()).all(|at| age(at) <= age(choice.taken))
            });
            right.count() as f64 / choices.len() as f64
        };
        let explained = (oldest(&|class| minutes[class].unwrap_or(0.0)), oldest(&|_| 0.0));
        Some(Self { choices: choices.len(), explained, minutes })
    }
}

fn choices(calls: &Calls, rings: f64) -> Vec<Choice> {
    let all = &calls.calls;
    // A call that rings at somebody waits no longer to be taken.
    let leaves = |call: &Call| match call.end {
        End::Served(_) => call.arrived + (call.wait - rings).max(0.0),
        _ => call.arrived + call.wait,
    };
    let mut taken: Vec<usize> = (0..all.len())
        .filter(|&at| {
            let served = matches!(all[at].end, End::Served(_));
            all[at].wait > rings && served && calls.is_live(all[at].class)
        })
        .collect();
    taken.sort_by(|&a, &b| leaves(&all[a]).total_cmp(&leaves(&all[b])));
    let live = all.iter().filter(|call| calls.is_live(call.class));
    let longest = live.map(|call| call.wait).fold(0.0, f64::max);
    let step = taken.len().div_ceil(MOST).max(1);
    let choice = |&at: &usize| {
        let now = leaves(&all[at]);
        let channel = calls.classes[all[at].class].channel;
        let first = all.partition_point(|call| call.arrived < now - longest);
        let mut choice = Choice { waiting: Vec::new(), taken: 0 };
        for (other, call) in
            all.iter().enumerate().skip(first).take_while(|(_, call)| call.arrived < now)
        {
            // Two seconds: clocks of logs are rounded.
            let waits =
                leaves(call) > now + 2.0 / 3600.0 && calls.classes[call.class].channel == channel;
            if other == at {
                choice.taken = choice.waiting.len();
            }
            if other == at || waits {
                choice.waiting.push((call.class, 60.0 * (now - call.arrived)));
            }
        }
        choice.thin();
        (choice.waiting.len() > 1).then_some(choice)
    };
    taken.iter().step_by(step).filter_map(choice).collect()
}

/// The weight of a minute waited, then those of the classes that are told, by Newton's method: the
/// likelihood has one top.
fn fitted(choices: &[Choice], told: &[Option<usize>]) -> Option<Vec<f64>> {
    let size = 1 + told.iter().flatten().count();
    let mut weights = vec![0.0; size];
    let mut height = f64::NEG_INFINITY;
    let mut step = vec![0.0; size];
    let mut length = 1.0;
    for _ in 0..100 {
        let tried: Vec<f64> = weights.iter().zip(&step).map(|(w, s)| w + length * s).collect();
        let (higher, gradient, curvature) = slopes(choices, told, &tried);
        if higher < height {
            length *= 0.5;
            if length < 1e-6 {
                break;
            }
            continue;
        }
        let gained = higher - height;
        (weights, height, length) = (tried, higher, 1.0);
        if gained < 1e-6 {
            break;
        }
        step = solved(curvature, gradient)?;
    }
    Some(weights)
}

fn slopes(
    choices: &[Choice],
    told: &[Option<usize>],
    weights: &[f64],
) -> (f64, Vec<f64>, Vec<Vec<f64>>) {
    let size = weights.len();
    let (mut height, mut gradient) = (0.0, vec![0.0; size]);
    // A little curvature of its own, for classes that are hardly ever compared.
    let mut curvature = vec![vec![0.0; size]; size];
    (0..size).for_each(|at| curvature[at][at] = 1e-6);
    for choice in choices {
        let worth = |&(class, minutes): &(usize, f64)| {
            weights[0] * minutes + told[class].map_or(0.0, |at| weights[at])
        };
        let most = choice.waiting.iter().map(worth).fold(f64::NEG_INFINITY, f64::max);
        let shares: Vec<f64> = choice.waiting.iter().map(|one| exp(worth(one) - most)).collect();
        let sum: f64 = shares.iter().sum();
        height += worth(&choice.waiting[choice.taken]) - most - log(sum);
        let mut mean = vec![0.0; size];
        let mut squares = vec![vec![0.0; size]; size];
        for ((class, minutes), share) in choice.waiting.iter().zip(&shares) {
            let share = share / sum;
            mean[0] += share * minutes;
            squares[0][0] += share * minutes * minutes;
            if let Some(at) = told[*class] {
                mean[at] += share;
                squares[at][at] += share;
                squares[0][at] += share * minutes;
                squares[at][0] += share * minutes;
            }
        }
        let (class, minutes) = choice.waiting[choice.taken];
        gradient[0] += minutes;
        if let Some(at) = told[class] {
            gradient[at] += 1.0;
        }
        for row in 0..size {
            gradient[row] -= mean[row];
            for column in 0..size {
                curvature[row][column] += squares[row][column] - mean[row] * mean[column];
            }
        }
    }
    (height, gradient, curvature)
}

/// The solution of a system of linear equations, by elimination with pivots; `None` where there is
/// none.
fn solved(mut rows: Vec<Vec<f64>>, mut right: Vec<f64>) -> Option<Vec<f64>> {
    let size = right.len();
    for column in 0..size {
        let pivot = (column..size)
            .max_by(|&a, &b| rows[a][column].abs().total_cmp(&rows[b][column].abs()))?;
        rows.swap(column, pivot);
        right.swap(column, pivot);
        if rows[column][column].abs() < 1e-300 {
            return None;
        }
        for row in column + 1..size {
            let times = rows[row][column] / rows[column][column];
            let pivot = rows[column].clone();
            for (value, above) in rows[row].iter_mut().zip(&pivot).skip(column) {
                *value -= times * above;
            }
            right[row] -= times * right[column];
        }
    }
    for row in (0..size).rev() {
        let known: f64 = (row + 1..size).map(|at| rows[row][at] * right[at]).sum();
        right[row] = (right[row] - known) / rows[row][row];
    }
    Some(right)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fit::calls::tests::{call, calls};

    /// Somebody takes the call that counts as oldest, every three minutes; one comes every two and a half,
    /// of the two classes in turns, and gives up after half an hour.
    fn line(ahead: [f64; 2]) -> Vec<Call> {
        let (mut waiting, mut done): (Vec<Call>, Vec<Call>) = (Vec::new(), Vec::new());
        let mut came = 0;
        for turn in 0..2000 {
            let now = f64::from(turn) * 0.05;
            while f64::from(came) / 24.0 < now {
                // A little later or earlier, so that ages differ by all sorts of minutes.
                let shaken = (f64::from(came) * 0.618).fract() * 0.1;
                let class = usize::from(came % 2 == 1);
                waiting.push(Call {
                    class,
                    ..call(f64::from(came) / 24.0 - shaken, 0.0, End::GaveUp)
                });
                came += 1;
            }
            waiting.retain(|call| {
                let gone = now - call.arrived > 0.5;
                done.extend(gone.then_some(Call { wait: 0.5, ..*call }));
                !gone
            });
            let oldest = |a: &usize, b: &usize| {
                let age = |at: usize| now - waiting[at].arrived + ahead[waiting[at].class] / 60.0;
                age(*a).total_cmp(&age(*b))
            };
            if let Some(next) = (0..waiting.len()).max_by(oldest) {
                let taken = waiting.remove(next);
                let end = End::Served(Some(0.05));
                done.push(Call { wait: (now - taken.arrived).max(0.0), end, ..taken });
            }
        }
        done.retain(|call| call.arrived > 0.0);
        done
    }

    #[test]
    fn head_starts_come_out_of_who_was_taken() {
        let order = Order::of(&calls(line([4.0, 0.0])), 0.0).unwrap();
        assert!((order.minutes[0].unwrap() - 4.0).abs() < 0.5, "{order:?}");
        assert_eq!(order.minutes[1], Some(0.0));
        assert!(order.explained.0 > 0.95 && order.explained.1 < 0.9, "{order:?}");
    }

    #[test]
    fn a_class_that_hardly_ever_waits_is_not_told() {
        let mut all = line([4.0, 0.0]);
        // Five of a third class, which somebody takes at once.
        all.extend((0..5).map(|at| Call {
            class: 2,
            ..call(f64::from(at) * 7.0 + 1.0, 0.001, End::Served(Some(0.05)))
        }));
        let order = Order::of(&calls(all), 0.0).unwrap();
        assert_eq!((order.minutes[1], order.minutes[2]), (Some(0.0), None));
    }

    #[test]
    fn long_queues_are_thinned_and_say_the_same() {
        let waiting = (0..1000).map(|at| (at % 3, at as f64)).collect();
        let mut choice = Choice { waiting, taken: 777 };
        choice.thin();
        assert!((MOST_WAITING..=MOST_WAITING + 1).contains(&choice.waiting.len()));
        assert_eq!(choice.waiting[choice.taken], (0, 777.0));
    }

    #[test]
    fn where_the_oldest_comes_first_nobody_has_a_head_start() {
        assert_eq!(Order::of(&calls(line([0.0, 0.0])), 0.0), None);
    }
}
