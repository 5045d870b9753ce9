//! Intervals that hold however often one looks.

use super::interval::Interval;
use super::moments::Moments;

/// The variance of the effect size, mean over standard deviation, that the mixture gives to
/// alternatives.
///
/// It may not depend on the number at which one stops, so it is one number for all runs: a typical
/// effect is one standard deviation of the paired differences. Any number gives valid intervals; this
/// one makes them narrow where runs stop. With 18 comparisons at 95%, the half-width is that of
/// Student's interval times 1.65 at 10 replications (1.51 with the variance best there), 1.40 at 20
/// (1.40), 1.38 at 100 (1.33) and 1.45 at 1,000 (1.32).
const EFFECT_VARIANCE: f64 = 1.0;

/// The part of the error at one look that all later looks may add to it.
const LATER: f64 = 0.2;

/// The confidence at which the sequence is judged by those whose first look had Student's interval at this
/// `confidence`: 99% after 95%.
///
/// The first look may find something falsely in 5% of experiments, and the later ones together in 1%
/// more: in 6% at most with normal differences, whatever the rule by which one stops, and in 5.1% with
/// looks at 10, 20, ..., 200 values. At 95%, the sequence would make it 5.8%.
///
/// With 18 comparisons, the half-width is then that of Student's interval at 95% times 2.3 at 10 values, 1.6
/// at 20, 1.5 at 100 and 1.6 at 1,000.
pub fn after_the_first(confidence: f64) -> f64 {
    1.0 - LATER * (1.0 - confidence)
}

/// The evidence of `count` values against a mean: `sqrt(1/A) ((1 + u) / (1 + u/A))^(n/2)`, with
/// `u = t^2 / (n - 1)` of Student's t and `A = 1 + n g`.
///
/// It is the likelihood ratio of the values, up to their scale, between normal values whose effect size is
/// itself normal with mean 0 and variance `g` and normal values around the mean in question (Lai, 1976;
/// Wang and Ramdas, 2024, "Anytime-valid t-tests and confidence sequences for Gaussian means with unknown
/// variance", the scale-invariant mixture). If the mean is the true one, its expectation is exactly 1 at
/// each number of values from 1 on, and the probability that it ever reaches `1 / a` is at most `a`
/// (Ville, 1939), whatever the rule by which one stops.
///
/// `squared_t` is `t^2`, from 0 to infinity; `count` is above 1.
pub fn e_value(squared_t: f64, count: u64) -> f64 {
    let n = count as f64;
    let (a, u) = (1.0 + n * EFFECT_VARIANCE, squared_t / (n - 1.0));
    let gain = if u.is_finite() { libm::log1p(u) - libm::log1p(u / a) } else { libm::log(a) };
    libm::exp(0.5 * (n * gain - libm::log(a)))
}

/// The half-width of the interval at `count` values, in their standard deviations (divisor `n - 1`).
///
/// Infinite where so few values say nothing at this confidence, a share between 0 and 1.
pub fn half_width(count: u64, confidence: f64) -> f64 {
    if count < 2 || !(confidence > 0.0 && confidence < 1.0) {
        return f64::INFINITY;
    }
    let (n, a) = (count as f64, 1.0 + count as f64 * EFFECT_VARIANCE);
    // The u at which the evidence reaches 1 / (1 - confidence): 1 + u = r (1 + u/A).
    let log_r = (libm::log(a) - 2.0 * libm::log(1.0 - confidence)) / n;
    let left = -libm::expm1(log_r - libm::log(a));
    if left <= 0.0 {
        return f64::INFINITY;
    }
    let u = libm::expm1(log_r) / left;
    (u * (n - 1.0) / n).sqrt()
}

/// The interval for the mean of independent values that holds at all numbers of values at once: the
/// means against which the evidence ([`e_value`]) is below `1 / (1 - confidence)`.
///
/// The probability that any interval of the sequence, from two values to as many as there will ever be,
/// leaves out the mean is at most `1 - confidence`: one may look after each replication and stop
/// whenever one likes. Exact for normal values; for others it is about as good as Student's interval.
/// It has no ends where [`half_width`] is infinite. `None` without values.
pub fn interval(moments: &Moments, confidence: f64) -> Option<Interval> {
    let (mean, count) = (moments.mean()?, moments.count());
    let reach = half_width(count, confidence);
    let deviation = moments.variance().map(f64::sqrt).filter(|_| reach.is_finite());
    let half = deviation.map(|deviation| reach * deviation);
    Some(Interval {
        mean,
        low: half.map(|half| mean - half),
        high: half.map(|half| mean + half),
        count,
    })
}

#[cfg(test)]
mod tests;
