//! Times to an end of one of two sorts, some of them cut off: exact curves with their errors.

/// Ends at one time, and who was still under observation then.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Ends {
    /// Those to whom the event happened.
    pub event: u64,
    /// Those who came to the competing end.
    pub competing: u64,
    /// Those who were observed no longer: they count as still there at that time.
    pub censored: u64,
}

/// The share to which the event has happened, by the estimator of Aalen and Johansen (1978), at
/// each time at which somebody came to an end. Without competing ends it is one minus the estimate
/// of Kaplan and Meier.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Lifetimes {
    /// Where the curve steps.
    pub steps: Vec<Step>,
    /// How many were observed.
    pub observed: u64,
}

/// One step of a curve.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Step {
    /// The time, in the unit of the input.
    pub time: f64,
    /// Share to which the event has happened by then.
    pub event: f64,
    /// Share that has come to either end by then.
    pub ended: f64,
    /// Standard error of `event` (Aalen 1978, as Marubini and Valsecchi 1995 write it).
    pub error: f64,
}

impl Lifetimes {
    /// The curve of ends at some times, in any order.
    pub fn new(ends: impl IntoIterator<Item = (f64, Ends)>) -> Self {
        let mut ends: Vec<(f64, Ends)> = ends.into_iter().collect();
        ends.sort_by(|a, b| a.0.total_cmp(&b.0));
        ends.dedup_by(|later, kept| {
            let same = later.0 == kept.0;
            if same {
                kept.1.event += later.1.event;
                kept.1.competing += later.1.competing;
                kept.1.censored += later.1.censored;
            }
            same
        });
        let observed = ends.iter().map(|(_, e)| e.event + e.competing + e.censored).sum();
        let mut at_risk = observed;
        let (mut surviving, mut event) = (1.0, 0.0);
        let mut sums = Sums::default();
        let mut steps = Vec::new();
        for (time, ends) in ends {
            let gone = ends.event + ends.competing;
            if gone > 0 {
                let (n, d, own) = (at_risk as f64, gone as f64, ends.event as f64);
                event += surviving * own / n;
                sums.step(surviving, event, (n, d, own));
                surviving *= 1.0 - d / n;
                let error = sums.variance(event).max(0.0).sqrt();
                steps.push(Step { time, event, ended: 1.0 - surviving, error });
            }
            at_risk -= gone + ends.censored;
        }
        Self { steps, observed }
    }

    /// The first time by which the event has happened to at least this share; `None` where the curve
    /// does not get there.
    #[must_use]
    pub fn quantile(&self, share: f64) -> Option<f64> {
        self.first(share, |step| step.event)
    }

    /// The quantile with its interval, `z` standard errors to either side on the scale of
    /// log(-log): the times at which the band around the curve reaches the share. An end is `None`
    /// where the band does not get there.
    #[must_use]
    pub fn quantile_interval(&self, share: f64, z: f64) -> (Option<f64>, Option<f64>) {
        let band = |sign: f64| {
            self.first(share, |step| {
                if step.event >= 1.0 || step.event <= 0.0 {
                    return step.event;
                }
                let log = libm::log1p(-step.event);
                let half = z * step.error / ((1.0 - step.event) * -log);
                1.0 - libm::exp(log * libm::exp(sign * half))
            })
        };
        (band(1.0), band(-1.0))
    }

    fn first(&self, share: f64, of: impl Fn(&Step) -> f64) -> Option<f64> {
        // Sums of many small steps may end a hair below the share that they stand for.
        self.steps.iter().find(|step| of(step) >= share - 1e-12).map(|step| step.time)
    }

    /// The step that the curve stands at by a time; `None` before the first.
    #[must_use]
    pub fn at(&self, time: f64) -> Option<&Step> {
        let after = self.steps.partition_point(|step| step.time <= time);
        after.checked_sub(1).map(|at| &self.steps[at])
    }
}

/// What the variance is made of, with the share so far taken out of the sums.
#[derive(Clone, Copy, Debug, Default)]
struct Sums {
    ended: [f64; 3],
    own: f64,
    both: [f64; 2],
}

impl Sums {
    fn step(&mut self, surviving: f64, event: f64, (n, d, own): (f64, f64, f64)) {
        // Where all that are left come to their end, nothing is left to weigh that term.
        if n > d {
            let g = d / (n * (n - d));
            self.ended[0] += g;
            self.ended[1] += event * g;
            self.ended[2] += event * event * g;
        }
        self.own += surviving * surviving * (n - own) * own / (n * n * n);
        let c = surviving * own / (n * n);
        self.both[0] += c;
        self.both[1] += event * c;
    }

    fn variance(&self, event: f64) -> f64 {
        let [g0, g1, g2] = self.ended;
        let [c0, c1] = self.both;
        event * event * g0 - 2.0 * event * g1 + g2 + self.own - 2.0 * (event * c0 - c1)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn ends(list: &[(f64, u64, u64, u64)]) -> Vec<(f64, Ends)> {
        list.iter()
            .map(|&(time, event, competing, censored)| (time, Ends { event, competing, censored }))
            .collect()
    }

    #[test]
    fn remission_times_give_the_textbooks_curve_and_errors() {
        // 6-MP of Freireich et al. (1963): Kaplan-Meier with Greenwood's errors as printed in
        // Kalbfleisch and Prentice, and in Marubini and Valsecchi.
        let list = [
            (6.0, 3, 0, 1),
            (7.0, 1, 0, 0),
            (9.0, 0, 0, 1),
            (10.0, 1, 0, 1),
            (11.0, 0, 0, 1),
            (13.0, 1, 0, 0),
            (16.0, 1, 0, 0),
            (17.0, 0, 0, 1),
            (19.0, 0, 0, 1),
            (20.0, 0, 0, 1),
            (22.0, 1, 0, 0),
            (23.0, 1, 0, 0),
            (25.0, 0, 0, 1),
            (32.0, 0, 0, 2),
            (34.0, 0, 0, 1),
            (35.0, 0, 0, 1),
        ];
        let curve = Lifetimes::new(ends(&list));
        assert_eq!(curve.observed, 21);
        let expected = [
            (6.0, 0.8571, 0.0764),
            (7.0, 0.8067, 0.0869),
            (10.0, 0.7529, 0.0963),
            (13.0, 0.6902, 0.1068),
            (16.0, 0.6275, 0.1141),
            (22.0, 0.5378, 0.1282),
            (23.0, 0.4482, 0.1346),
        ];
        assert_eq!(curve.steps.len(), expected.len());
        for (step, (time, surviving, error)) in curve.steps.iter().zip(expected) {
            assert_eq!(step.time, time);
            assert!((1.0 - step.event - surviving).abs() < 5e-5, "{step:?}");
            assert!((step.error - error).abs() < 6e-5, "{step:?}");
        }
        assert_eq!((curve.quantile(0.5), curve.quantile(0.9)), (Some(23.0), None));
    }

    #[test]
    fn without_censoring_shares_and_errors_are_the_binomials() {
        let curve = Lifetimes::new(ends(&[(1.0, 2, 1, 0), (2.0, 3, 0, 0), (5.0, 0, 4, 0)]));
        let shares: Vec<f64> = curve.steps.iter().map(|step| step.event).collect();
        assert!(shares.iter().zip([0.2, 0.5, 0.5]).all(|(a, b)| (a - b).abs() < 1e-12));
        for step in &curve.steps {
            let error = (step.event * (1.0 - step.event) / 10.0).sqrt();
            assert!((step.error - error).abs() < 1e-12, "{step:?} {error}");
        }
        assert_eq!(curve.quantile(0.5), Some(2.0));
        assert_eq!(curve.quantile(0.51), None);
        assert_eq!(curve.at(0.5), None);
        assert_eq!(curve.at(3.0).map(|step| step.time), Some(2.0));
    }

    #[test]
    fn the_interval_of_a_median_holds_it() {
        let list: Vec<_> = (1..=99).map(|time| (f64::from(time), 1, 0, 0)).collect();
        let curve = Lifetimes::new(ends(&list));
        let (low, high) = curve.quantile_interval(0.5, 1.96);
        // Order statistics of 99 give 40 to 60.
        assert!((39.0..=42.0).contains(&low.unwrap()), "{low:?}");
        assert!((58.0..=61.0).contains(&high.unwrap()), "{high:?}");
        assert_eq!(curve.quantile(0.5), Some(50.0));
    }

    proptest! {
        #[test]
        fn curves_rise_and_stay_within_0_and_1(list in prop::collection::vec((0u64..4, 0u64..4, 0u64..4), 0..40)) {
            let list: Vec<_> = list.iter().enumerate().map(|(at, &(a, b, c))| (at as f64, a, b, c)).collect();
            let curve = Lifetimes::new(ends(&list));
            let mut before = 0.0;
            for step in &curve.steps {
                prop_assert!(step.event >= before && step.event <= step.ended + 1e-12);
                prop_assert!(step.ended <= 1.0 + 1e-12 && step.error.is_finite());
                before = step.event;
            }
            let (low, high) = curve.quantile_interval(0.5, 1.96);
            if let (Some(low), Some(median), Some(high)) = (low, curve.quantile(0.5), high) {
                prop_assert!(low <= median && median <= high);
            }
        }
    }
}
