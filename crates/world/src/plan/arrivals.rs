//! When things happen: at random or evenly, at a rate that changes by hour and weekday, on days that
//! differ together.

use crate::terms::purpose::Purpose;
use heard_math::engine::keyed::Draws;
use heard_math::engine::sample;
use heard_scenario::calendar::WEEK_HOURS;
use heard_scenario::stream::Spacing;

/// Relative rate of each hour of the week, with mean 1.
#[derive(Clone, Debug)]
pub struct WeekProfile {
    hours: Vec<f64>,
}

impl WeekProfile {
    /// From weights by hour of the day (24) and by day of the week (7); `None`: all alike.
    #[must_use]
    pub fn new(by_hour: Option<&[f64]>, by_weekday: Option<&[f64]>) -> Self {
        let weight = |weights: Option<&[f64]>, at: usize| weights.map_or(1.0, |w| w[at]);
        let hours = (0..WEEK_HOURS as usize)
            .map(|hour| weight(by_weekday, hour / 24) * weight(by_hour, hour % 24));
        Self::of_week(hours.collect())
    }

    /// From weights by hour of the week, 168 of them.
    #[must_use]
    pub fn of_week(mut hours: Vec<f64>) -> Self {
        let mean = hours.iter().sum::<f64>() / WEEK_HOURS;
        if mean > 0.0 {
            hours.iter_mut().for_each(|weight| *weight /= mean);
        }
        if hours.windows(2).all(|pair| pair[0] == pair[1]) {
            hours.truncate(1);
        }
        Self { hours }
    }

    /// Hours for which the rate stays the same.
    fn cell_hours(&self, day_factors: bool) -> f64 {
        match (self.hours.len(), day_factors) {
            (1, false) => f64::INFINITY,
            (1, true) => 24.0,
            _ => 1.0,
        }
    }

    fn at(&self, hour: f64) -> f64 {
        self.hours[hour as usize % self.hours.len()]
    }
}

/// Arrivals made from unit exponentials (a Poisson process) or from ones: the same numbers give the
/// same arrivals whatever is done with them.
#[derive(Clone, Debug)]
pub struct Arrivals {
    per_hour: f64,
    profile: WeekProfile,
    cell_hours: f64,
    day_to_day_cv: f64,
    source: u16,
    spacing: Spacing,
    time: f64,
    rate: f64,
    cell_end: f64,
}

impl Arrivals {
    /// Arrivals at `per_hour` on average. `source` numbers the process among those of a replication
    /// and keys the factors of its days.
    #[must_use]
    pub fn new(per_hour: f64, profile: WeekProfile, day_to_day_cv: f64, source: u16) -> Self {
        let cell_hours = profile.cell_hours(day_to_day_cv > 0.0);
        Self {
            per_hour,
            profile,
            cell_hours,
            day_to_day_cv,
            source,
            spacing: Spacing::AtRandom,
            time: 0.0,
            rate: 0.0,
            cell_end: 0.0,
        }
    }

    /// The same with arrivals that follow one another so.
    #[must_use]
    pub fn spaced(self, spacing: Spacing) -> Self {
        Self { spacing, ..self }
    }

    /// Time of the next arrival, in hours; `None` past `end`.
    #[inline]
    pub fn next(&mut self, draws: &Draws, uniform: f64, end: f64) -> Option<f64> {
        let mut work = match self.spacing {
            Spacing::AtRandom => sample::exponential(uniform),
            Spacing::Evenly => 1.0,
        };
        loop {
            let capacity = self.rate * (self.cell_end - self.time);
            if work < capacity || (self.cell_end.is_infinite() && self.rate > 0.0) {
                self.time += work / self.rate;
                return (self.time <= end).then_some(self.time);
            }
            if self.cell_end > end || self.per_hour <= 0.0 {
                return None;
            }
            if self.rate > 0.0 {
                work -= capacity;
            }
            self.enter_cell(draws);
        }
    }

    fn enter_cell(&mut self, draws: &Draws) {
        self.time = self.cell_end;
        self.cell_end = self.time + self.cell_hours;
        let day = (self.time / 24.0) as u32;
        let mut sequence = draws.sequence(day, Purpose::Day, self.source);
        let factor = sample::gamma_of_mean_one(self.day_to_day_cv, &mut sequence);
        self.rate = self.per_hour * self.profile.at(self.time) * factor;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn times(arrivals: &mut Arrivals, days: f64) -> Vec<f64> {
        let draws = Draws::new(3, 0);
        let mut sequence = draws.sequence(0, Purpose::StreamArrival, 0);
        std::iter::from_fn(|| arrivals.next(&draws, sequence.uniform(), days * 24.0)).collect()
    }

    #[test]
    fn arrivals_keep_the_mean_rate_and_the_profile() {
        let mut by_hour = vec![0.0; 24];
        by_hour[9] = 3.0;
        by_hour[10] = 1.0;
        let weekdays = [1.0, 1.0, 1.0, 1.0, 1.0, 0.0, 0.0];
        let profile = WeekProfile::new(Some(&by_hour), Some(&weekdays));
        let times = times(&mut Arrivals::new(10.0, profile, 0.0, 0), 700.0);
        let expected = 10.0 * 24.0 * 700.0;
        assert!((times.len() as f64 / expected - 1.0).abs() < 0.01, "{}", times.len());
        let at_nine = times.iter().filter(|&&t| (t % 24.0) as usize == 9).count();
        assert!((at_nine as f64 / times.len() as f64 - 0.75).abs() < 0.01);
        assert!(times.iter().all(|&t| (t / 24.0) as usize % 7 < 5));
    }

    #[test]
    fn days_differ_together_by_the_stated_variation() {
        let profile = WeekProfile::new(None, None);
        let times = times(&mut Arrivals::new(100.0, profile, 0.3, 0), 2000.0);
        let mut days = vec![0.0; 2000];
        times.iter().for_each(|t| days[(t / 24.0) as usize] += 1.0);
        let mean = days.iter().sum::<f64>() / 2000.0;
        let sd = (days.iter().map(|d| (d - mean) * (d - mean)).sum::<f64>() / 2000.0).sqrt();
        assert!((mean / 2400.0 - 1.0).abs() < 0.03, "{mean}");
        assert!((sd / mean - 0.3).abs() < 0.02, "{}", sd / mean);
    }

    #[test]
    fn even_arrivals_are_as_far_apart_as_the_rate_says() {
        let mut by_hour = vec![1.0; 24];
        by_hour[0] = 3.0;
        let profile = WeekProfile::new(Some(&by_hour), None);
        let mut even = Arrivals::new(26.0 / 24.0, profile, 0.0, 0).spaced(Spacing::Evenly);
        let times = times(&mut even, 1.0);
        let expected: Vec<f64> =
            [1.0, 2.0, 3.0].map(|n| n / 3.0).into_iter().chain((2..=24).map(f64::from)).collect();
        assert_eq!(times.len(), 26);
        assert!(times.iter().zip(expected).all(|(a, b)| (a - b).abs() < 1e-9), "{times:?}");
    }

    #[test]
    fn no_rate_means_no_arrivals() {
        let profile = WeekProfile::new(None, None);
        assert!(times(&mut Arrivals::new(0.0, profile.clone(), 0.0, 0), 10.0).is_empty());
        assert!(times(&mut Arrivals::new(0.0, profile, 0.3, 0), 10.0).is_empty());
    }
}
