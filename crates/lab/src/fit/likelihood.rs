//! Lengths of time by maximum likelihood, some of them cut off.

use libm::{erfc, exp, log, sqrt};

use heard_scenario::spell::{Shape, Spell};

/// Observed lengths: hours, whether that was their end, and how many alike.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Lengths(Vec<(f64, bool, f64)>);

/// The shortest length that is told apart from none, in hours: half a second.
const SHORTEST: f64 = 0.5 / 3600.0;

/// A fitted length.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Fit {
    /// What the scenario takes.
    pub spell: Spell,
    /// The log-likelihood.
    pub log_likelihood: f64,
    /// Ends seen.
    pub ends: usize,
    /// Median of the fitted curve, hours.
    pub median: f64,
    /// Standard error of the logarithm of the median; `None` where sigma is at its limit.
    pub error: Option<f64>,
}

impl Fit {
    /// The 95% interval of the median, hours; `None` where sigma is at its limit.
    #[must_use]
    pub fn median_interval(&self) -> Option<(f64, f64)> {
        let end = |error: f64| self.median * exp(error);
        self.error.map(|error| (end(-1.96 * error), end(1.96 * error)))
    }
}

impl Lengths {
    /// Lengths with whether each was seen to its end. From half a minute on they are put together by the
    /// second.
    pub fn new(lengths: impl IntoIterator<Item = (f64, bool)>) -> Self {
        let mut all: Vec<(f64, bool, f64)> = lengths
            .into_iter()
            // Those who were served at once say nothing about patience.
            .filter(|(hours, ended)| *ended || *hours > 0.0)
            .map(|(hours, ended)| {
                let seconds = 3600.0 * hours;
                let hours = if seconds < 30.0 { hours } else { seconds.round() / 3600.0 };
                (hours.max(SHORTEST), ended, 1.0)
            })
            .collect();
        all.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        all.dedup_by(|later, kept| {
            let same = (later.0, later.1) == (kept.0, kept.1);
            kept.2 += if same { later.2 } else { 0.0 };
            same
        });
        Self(all)
    }

    /// How many ends were seen.
    #[must_use]
    pub fn ends(&self) -> usize {
        self.0.iter().filter(|(_, ended, _)| *ended).map(|(.., times)| *times as usize).sum()
    }

    /// The likelier of an exponential and a lognormal; `None` without two ends.
    #[must_use]
    pub fn fit(&self) -> Option<Fit> {
        let exponential = self.exponential()?;
        // The lognormal has one parameter more (Akaike 1974).
        let better = |fit: &Fit| fit.log_likelihood - 1.0 > exponential.log_likelihood;
        Some(self.lognormal().filter(better).unwrap_or(exponential))
    }

    fn exponential(&self) -> Option<Fit> {
        let ends = self.ends();
        let hours: f64 = self.0.iter().map(|(hours, _, times)| hours * times).sum();
        if ends < 2 || hours <= 0.0 {
            return None;
        }
        let mean = hours / ends as f64;
        Some(Fit {
            spell: Spell::exponential(mean * 60.0),
            log_likelihood: -(ends as f64) * (log(mean) + 1.0),
            ends,
            median: mean * std::f64::consts::LN_2,
            error: Some(1.0 / sqrt(ends as f64)),
        })
    }

    fn lognormal(&self) -> Option<Fit> {
        let ends: Vec<(f64, f64)> =
            self.0.iter().filter(|(_, ended, _)| *ended).map(|(h, _, n)| (log(*h), *n)).collect();
        let n: f64 = ends.iter().map(|(_, times)| times).sum();
        let mean = ends.iter().map(|(x, times)| x * times).sum::<f64>() / n;
        let variance =
            ends.iter().map(|(x, times)| (x - mean) * (x - mean) * times).sum::<f64>() / n;
        if ends.len() < 2 || !variance.is_finite() {
            return None;
        }
        // From what was seen to the likeliest, by Newton's method in (mu, log sigma) with steps that
        // never go down.
        let mut at = [mean, 0.5 * log(variance.max(1e-6))];
        let mut height = self.height(at);
        for _ in 0..200 {
            let (gradient, curvature) = self.slopes(at);
            let step = solved(curvature, gradient);
            let mut length = 1.0;
            let (next, higher) = loop {
                let next =
                    [at[0] + length * step[0], (at[1] + length * step[1]).clamp(-4.0, LARGEST)];
                let higher = self.height(next);
                if higher >= height || length < 1e-6 {
                    break (next, higher);
                }
                length *= 0.5;
            };
            let gained = higher - height;
            (at, height) = if gained > 0.0 { (next, higher) } else { (at, height) };
            if gained < 1e-9 {
                break;
            }
        }
        let [mu, log_sigma] = at;
        let sigma = exp(log_sigma);
        let (_, [[a, b], [_, c]]) = self.slopes(at);
        let variance_of_mu = c / (a * c - b * b).max(1e-300);
        Some(Fit {
            spell: Spell {
                mean_minutes: 60.0 * exp(mu + 0.5 * sigma * sigma),
                shape: Shape::Lognormal,
                sigma,
            },
            log_likelihood: height,
            ends: n as usize,
            median: exp(mu),
            error: (log_sigma < LARGEST - 1e-3).then(|| sqrt(variance_of_mu.max(0.0))),
        })
    }

    fn height(&self, [mu, log_sigma]: [f64; 2]) -> f64 {
        let sigma = exp(log_sigma);
        let part = |&(hours, ended, times): &(f64, bool, f64)| {
            let z = (log(hours) - mu) / sigma;
            times
                * if ended {
                    -0.5 * z * z - log_sigma - log(hours) - HALF_LOG_2_PI
                } else {
                    log(surviving(z))
                }
        };
        self.0.iter().map(part).sum()
    }

    /// The gradient, and minus the matrix of second derivatives, by differences.
    fn slopes(&self, at: [f64; 2]) -> ([f64; 2], [[f64; 2]; 2]) {
        const STEP: f64 = 1e-4;
        let f = |dx: f64, dy: f64| self.height([at[0] + dx * STEP, at[1] + dy * STEP]);
        let (middle, right, left, up, down) =
            (f(0.0, 0.0), f(1.0, 0.0), f(-1.0, 0.0), f(0.0, 1.0), f(0.0, -1.0));
        let corner = f(1.0, 1.0) - f(1.0, -1.0) - f(-1.0, 1.0) + f(-1.0, -1.0);
        let gradient = [(right - left) / (2.0 * STEP), (up - down) / (2.0 * STEP)];
        let xx = -(right - 2.0 * middle + left) / (STEP * STEP);
        let yy = -(up - 2.0 * middle + down) / (STEP * STEP);
        let xy = -corner / (4.0 * STEP * STEP);
        (gradient, [[xx, xy], [xy, yy]])
    }
}

/// The largest logarithm of sigma that a scenario takes.
const LARGEST: f64 = 1.386_294_361_119_890_6;
const HALF_LOG_2_PI: f64 = 0.918_938_533_204_672_8;

/// The share of a normal above `z`.
fn surviving(z: f64) -> f64 {
    (0.5 * erfc(z / std::f64::consts::SQRT_2)).max(1e-300)
}

/// The step to the top of a paraboloid; uphill where it has none.
fn solved([[a, b], [_, c]]: [[f64; 2]; 2], [x, y]: [f64; 2]) -> [f64; 2] {
    let determinant = a * c - b * b;
    if a > 0.0 && determinant > 1e-12 * a * c.abs() {
        [(c * x - b * y) / determinant, (a * y - b * x) / determinant]
    } else {
        let size = sqrt(x * x + y * y).max(1e-12);
        [x / size, y / size]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use heard_math::engine::sample;

    /// Lengths at the quantiles of a distribution, cut off at quantiles of an exponential, the pairs
    /// taken in an order of their own.
    fn cut(length: impl Fn(f64) -> f64, mean_cut: f64) -> Lengths {
        let n = 4000;
        let part = |at: f64| (at - at.floor()).clamp(1e-6, 1.0 - 1e-6);
        Lengths::new((0..n).map(|at| {
            let (u, v) =
                ((f64::from(at) + 0.5) / f64::from(n), part(f64::from(at) * 0.618_033_988_75));
            let (length, cut) = (length(u), mean_cut * sample::exponential(v));
            (length.min(cut), length <= cut)
        }))
    }

    #[test]
    fn an_exponential_that_is_cut_off_is_found_again() {
        let lengths = cut(|u| 0.1 * sample::exponential(u), 0.05);
        let fit = lengths.fit().unwrap();
        assert_eq!(fit.spell.shape, Shape::Exponential);
        assert!((fit.spell.mean_minutes / 6.0 - 1.0).abs() < 0.05, "{fit:?}");
        assert!(lengths.ends() < 2000);
    }

    #[test]
    fn a_lognormal_that_is_cut_off_is_found_again() {
        let lengths = cut(|u| sample::lognormal(u, 0.2, 1.2), 0.3);
        let fit = lengths.fit().unwrap();
        assert_eq!(fit.spell.shape, Shape::Lognormal);
        assert!((fit.spell.sigma - 1.2).abs() < 0.06, "{fit:?}");
        assert!((fit.median / 0.2 - 1.0).abs() < 0.06, "{fit:?}");
        let error = fit.error.unwrap();
        assert!(error > 0.01 && error < 0.05, "{fit:?}");
    }

    #[test]
    fn too_little_is_no_fit() {
        assert_eq!(Lengths::default().fit(), None);
        assert_eq!(Lengths::new([(0.1, true)]).fit(), None);
        assert_eq!(Lengths::new([(0.1, false), (0.2, false)]).fit(), None);
    }
}
