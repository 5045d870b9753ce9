//! How long somebody who is free takes to pick up a call: the telephone rings, and nobody queues.

use heard_math::normal;
use libm::{exp, log, sqrt};

/// Clocks of logs are rounded: a shorter wait counts as 0, in hours.
pub(super) const INSTANT: f64 = 2.0 / 3600.0;
/// Fewer calls than this that found somebody free tell nothing.
const FEW: usize = 30;
/// Where a smaller share than this waits at all, those waited for something else: for somebody who had not
/// done with the last call. Of four people who are busy for 92% of the time, 40% of it with what follows
/// a conversation, that holds 8% of those who find somebody who seems free.
const NONE: f64 = 0.2;
/// Where a larger share than this does, all calls ring; those far off the others waited for something
/// else.
const ALL: f64 = 0.75;
/// Further off than this many deviations is far off.
const OUTLYING: f64 = 3.0;
/// The largest deviation of the logarithm that a scenario takes.
const LARGEST: f64 = 4.0;
/// Values of each parameter that are tried at a time.
const STEPS: usize = 11;
/// This number of calls tells enough.
const MOST: usize = 4000;

/// How long a call rings at somebody who is free.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Pickup {
    /// The mean, in hours; 0 where calls are picked up at once, or the log does not tell.
    pub mean: f64,
    /// Standard deviation of its logarithm.
    pub sigma: f64,
    /// Calls that found somebody free.
    pub calls: usize,
}

/// The wait of a call that found somebody free, in hours, and whether it was answered then.
pub(super) type Found = (f64, bool);

impl Pickup {
    /// From calls that found somebody free, or seemed to; and from what lies between a conversation and the
    /// next while others wait: its mean in hours, and each. That holds the ringing of the next.
    pub(super) fn of(mut found: Vec<Found>, pauses: Option<(f64, &[Found])>) -> Self {
        let none = Self { calls: found.len(), ..Self::default() };
        found.sort_by(|a, b| a.0.total_cmp(&b.0));
        let at_once = found.partition_point(|(wait, _)| *wait <= INSTANT);
        let waited = 1.0 - at_once as f64 / found.len().max(1) as f64;
        if found.len() < FEW || waited < NONE {
            return none;
        }
        let answered: Vec<f64> =
            found.iter().filter(|(_, answered)| *answered).map(|(wait, _)| *wait).collect();
        if waited > ALL {
            return Self { calls: answered.len(), ..Self::of_all(&answered) };
        }
        let Some((longest, pauses)) = pauses else { return none };
        let (found, pauses) = (thinned(&found), thinned(pauses));
        let mut this = Self::of_some(&found, (0.02 * longest, longest));
        if this.mean > 0.99 * longest && !pauses.is_empty() {
            // Nothing but ringing lies between a conversation and the next. Both samples count alike.
            let between = Self::of_some(&pauses, (longest, longest));
            let variance = 0.5 * (this.sigma * this.sigma + between.sigma * between.sigma);
            this = Self { mean: longest, sigma: sqrt(variance), calls: 0 };
        }
        Self { calls: none.calls, ..this }
    }

    /// Where all calls ring.
    fn of_all(waits: &[f64]) -> Self {
        let at = |share: f64| {
            let at = (share * waits.len() as f64) as usize;
            log(waits.get(at).copied().unwrap_or(0.0).max(0.5 * INSTANT))
        };
        // Between the quartiles lie 1.349 deviations of a normal. Clocks are rounded to the second.
        let spread = ((at(0.75) - at(0.25)) / 1.349).max(0.1);
        let (low, high) = (at(0.5) - OUTLYING * spread, at(0.5) + OUTLYING * spread);
        let usual: Vec<f64> = waits
            .iter()
            .map(|wait| log(wait.max(0.5 * INSTANT)))
            .filter(|log_wait| (low..=high).contains(log_wait))
            .collect();
        let n = f64::max(usual.len() as f64, 2.0);
        let middle = usual.iter().sum::<f64>() / n;
        let off = |log_wait: &f64| (log_wait - middle) * (log_wait - middle);
        let variance = usual.iter().map(off).sum::<f64>() / (n - 1.0);
        let mean = usual.iter().map(|log_wait| exp(*log_wait)).sum::<f64>() / n;
        Self { mean, sigma: sqrt(variance).min(LARGEST), calls: 0 }
    }

    /// Where some calls are picked up at once, and others are not: somebody who seems free is not always at
    /// the telephone. The likeliest lognormal with a mean between these.
    fn of_some(found: &[Found], (low, high): (f64, f64)) -> Self {
        let mut best = (f64::NEG_INFINITY, Self::default());
        // A coarse search, and finer ones around the best.
        let (mut means, mut sigmas) = ((low, high), (0.1, LARGEST));
        for _ in 0..4 {
            for step in 0..STEPS * STEPS {
                let at = |(low, high): (f64, f64), step: usize| {
                    low + (high - low) * step as f64 / (STEPS - 1) as f64
                };
                let (mean, sigma) = (at(means, step / STEPS), at(sigmas, step % STEPS));
                let height = height(found, mean, sigma);
                if height > best.0 {
                    best = (height, Self { mean, sigma, calls: 0 });
                }
            }
            let around = |(from, to): (f64, f64), best: f64, (low, high): (f64, f64)| {
                let step = (to - from) / (STEPS - 1) as f64;
                ((best - step).max(low), (best + step).min(high))
            };
            means = around(means, best.1.mean, (low, high));
            sigmas = around(sigmas, best.1.sigma, (0.1, LARGEST));
        }
        best.1
    }

    /// The usual time, in hours: half of the calls ring no longer.
    pub(super) fn median(&self) -> f64 {
        self.mean * exp(-0.5 * self.sigma * self.sigma)
    }

    /// The longest wait that picking up alone explains, in hours: 95% of calls are picked up sooner, or
    /// it is three times the usual.
    pub(super) fn explains(&self) -> f64 {
        // Clocks are rounded to the second.
        let half = 0.25 * INSTANT;
        (self.median() * exp(1.645 * self.sigma).min(3.0) + half).max(INSTANT)
    }

    /// Half the width of the 95% interval of the mean, in hours.
    #[must_use]
    pub fn half_width(&self) -> f64 {
        let spread = sqrt(exp(self.sigma * self.sigma) - 1.0);
        1.96 * self.mean * spread / sqrt(self.calls.max(1) as f64)
    }
}

/// At most as many as tell enough, evenly spread.
fn thinned(waits: &[Found]) -> Vec<Found> {
    waits.iter().step_by(waits.len().div_ceil(MOST).max(1)).copied().collect()
}

/// The log-likelihood of a lognormal. Of those who waited no time only that is known; of those who hung up,
/// that they would have waited longer.
fn height(found: &[Found], mean: f64, sigma: f64) -> f64 {
    let middle = log(mean) - 0.5 * sigma * sigma;
    let below = |wait: f64| normal::cdf((log(wait) - middle) / sigma).clamp(1e-12, 1.0);
    let part = |&(wait, answered): &Found| match answered {
        _ if wait <= INSTANT => log(below(INSTANT)),
        true => {
            let z = (log(wait) - middle) / sigma;
            -0.5 * z * z - log(sigma)
        }
        false => log((1.0 - below(wait)).max(1e-12)),
    };
    found.iter().map(part).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use heard_math::engine::sample;

    fn seconds(waits: impl IntoIterator<Item = f64>) -> Vec<Found> {
        waits.into_iter().map(|wait| (wait / 3600.0, true)).collect()
    }

    /// The waits at the quantiles of a lognormal, in whole seconds.
    fn lognormal(mean: f64, sigma: f64) -> impl Iterator<Item = f64> {
        let median = mean * exp(-0.5 * sigma * sigma);
        let at = move |at: i32| sample::lognormal((f64::from(at) + 0.5) / 500.0, median, sigma);
        (0..500).map(at).map(f64::round)
    }

    #[test]
    fn ringing_is_found_and_those_who_waited_for_something_else_are_not_in_it() {
        let pickup = Pickup::of(seconds(lognormal(12.0, 0.3)), None);
        assert!((3600.0 * pickup.mean - 12.0).abs() < 0.2, "{pickup:?}");
        assert!((pickup.sigma - 0.3).abs() < 0.02, "{pickup:?}");
        // One in ten found nobody, after all.
        let others = (0..50).map(|at| 60.0 + 10.0 * f64::from(at));
        let mixed = Pickup::of(seconds(lognormal(12.0, 0.3).chain(others)), None);
        assert!((3600.0 * mixed.mean - 12.0).abs() < 1.0, "{mixed:?}");
        // What rings takes up to about twenty seconds.
        assert!((17.0..25.0).contains(&(3600.0 * pickup.explains())), "{}", pickup.explains());
    }

    #[test]
    fn where_calls_are_picked_up_at_once_nothing_rings() {
        let mut at_once = vec![0.0; 100];
        at_once.extend([30.0, 40.0, 200.0]);
        assert_eq!(Pickup::of(seconds(at_once), Some((0.01, &[]))).mean, 0.0);
        // Few tell nothing.
        assert_eq!(Pickup::of(seconds([12.0; 20]), None).mean, 0.0);
    }

    #[test]
    fn a_wide_spread_is_found_where_half_are_picked_up_at_once() {
        let pickup = Pickup::of(seconds(lognormal(18.0, 1.8)), Some((60.0 / 3600.0, &[])));
        assert!((3600.0 * pickup.mean - 18.0).abs() < 3.0, "{pickup:?}");
        assert!((pickup.sigma - 1.8).abs() < 0.15, "{pickup:?}");
        // Never above what lies between a conversation and the next.
        let capped = Pickup::of(seconds(lognormal(18.0, 1.8)), Some((10.0 / 3600.0, &[])));
        assert!((3600.0 * capped.mean - 10.0).abs() < 1e-9, "{capped:?}");
    }
}
