//! How many contacts come when: rates by the hour of the week, and how much days differ beyond chance.

use super::calls::{Calls, End};

/// Hours of a week.
const WEEK: usize = 168;

/// In which hours of the week more contacts come, or fewer, than weekday and hour of the day predict:
/// of all classes together.
///
/// An hour that has no contact at all has none. Others are drawn towards what is expected, the more the
/// fewer they have (a gamma prior around 1, its spread by moments).
#[derive(Clone, Debug, PartialEq)]
pub struct Week {
    ratios: Vec<f64>,
}

impl Week {
    /// Of all contacts.
    #[must_use]
    pub fn of(calls: &Calls) -> Self {
        let mut seen = vec![0.0; WEEK];
        for call in calls.calls.iter().filter(|call| calls.counts(call)) {
            seen[call.clock as usize % WEEK] += 1.0;
        }
        let all: f64 = seen.iter().sum();
        let of_day = |day: usize| seen[day * 24..(day + 1) * 24].iter().sum::<f64>();
        let of_hour = |hour: usize| (0..7).map(|day| seen[day * 24 + hour]).sum::<f64>();
        let expected: Vec<f64> =
            (0..WEEK).map(|at| of_day(at / 24) * of_hour(at % 24) / f64::max(all, 1.0)).collect();
        let pairs = || seen.iter().zip(&expected);
        let beyond: f64 = pairs().map(|(n, m)| (n - m) * (n - m) - m).sum();
        let squares: f64 = expected.iter().map(|m| m * m).sum();
        let ratio = |(&seen, &expected): (&f64, &f64)| {
            if seen == 0.0 {
                0.0
            } else if beyond <= 0.0 {
                1.0
            } else {
                let prior = squares / beyond;
                (seen + prior) / (expected + prior)
            }
        };
        Self { ratios: pairs().map(ratio).collect() }
    }
}

/// The arrivals of a class that come for the first time.
#[derive(Clone, Debug, PartialEq)]
pub struct Rates {
    /// Contacts per hour, averaged over the week.
    pub per_hour: f64,
    /// Weights of the hours of the week, Monday midnight first, 168 of them, with mean 1.
    pub by_hour_of_week: Vec<f64>,
    /// Days of the week that the log does not have: they have no contacts.
    pub unseen: Vec<usize>,
    /// How much days differ beyond chance (coefficient of variation of a factor that the hours of a
    /// day share).
    pub day_to_day_cv: f64,
    /// Contacts counted.
    pub contacts: usize,
}

impl Rates {
    /// The rates of a class, less those who only come because they gave up before: `redials` of those
    /// who give up.
    #[must_use]
    pub fn of(calls: &Calls, week: &Week, class: usize, redials: f64) -> Self {
        let mut days = vec![0.0; calls.days.end];
        let (mut by_hour, mut lost) = ([0.0; 24], [0.0; 24]);
        let (mut contacts, mut gave_up) = (0, 0);
        for call in calls.of_class(class) {
            contacts += 1;
            if calls.counts(call) {
                days[(call.clock / 24.0) as usize] += 1.0;
                by_hour[call.clock as usize % 24] += 1.0;
                if call.end == End::GaveUp {
                    lost[(call.clock + call.wait) as usize % 24] += 1.0;
                }
            }
            gave_up += usize::from(call.end == End::GaveUp);
        }
        let fresh = 1.0 - redials * gave_up as f64 / f64::max(contacts as f64, 1.0);
        // They call again within the hour, half of them in the next by the clock.
        let again = |hour: usize| redials * (lost[hour] + lost[(hour + 23) % 24]) / 2.0;
        let by_hour: [f64; 24] =
            std::array::from_fn(|hour| f64::max(by_hour[hour] - again(hour), 0.0));
        let mut sums = [(0.0, 0); 7];
        for &day in &calls.counted {
            sums[day % 7].0 += days[day];
            sums[day % 7].1 += 1;
        }
        let daily = sums.map(|(sum, days)| sum / f64::from(days.max(1)));
        let mut weights = Vec::with_capacity(WEEK);
        for (day, mean) in daily.iter().enumerate() {
            let ratios = &week.ratios[day * 24..(day + 1) * 24];
            let hours = || by_hour.iter().zip(ratios).map(|(weight, ratio)| weight * ratio);
            let sum: f64 = hours().sum();
            weights.extend(hours().map(|weight| if sum > 0.0 { mean * weight / sum } else { 0.0 }));
        }
        let mean = weights.iter().sum::<f64>() / WEEK as f64;
        Self {
            per_hour: mean * fresh,
            by_hour_of_week: weights
                .into_iter()
                .map(|weight| if mean > 0.0 { weight / mean } else { 1.0 })
                .collect(),
            unseen: (0..7).filter(|&weekday| sums[weekday].1 == 0).collect(),
            day_to_day_cv: variation(&days, calls, &daily),
            contacts,
        }
    }
}

impl Rates {
    /// Half the width of a 95% interval of the rate, as a share of it, by chance alone.
    #[must_use]
    pub fn relative_half_width(&self) -> f64 {
        2.0 * ((self.contacts as f64).sqrt() / self.contacts.max(1) as f64)
    }
}

/// The largest variation that a scenario can have.
const MOST_VARIATION: f64 = 3.0;

/// How much days vary beyond a Poisson count of their weekday's mean, by moments; the means themselves
/// having been estimated from the same days. 0 where chance alone gives as much in one log of twenty.
fn variation(days: &[f64], calls: &Calls, daily: &[f64]) -> f64 {
    let mut count = [0.0; 7];
    calls.counted.iter().for_each(|day| count[day % 7] += 1.0);
    let (mut beyond, mut squares, mut dispersion, mut freedom) = (0.0, 0.0, 0.0, 0.0);
    for &day in &calls.counted {
        let (mean, times) = (daily[day % 7], count[day % 7]);
        if times < 2.0 || mean == 0.0 {
            continue;
        }
        // Around a mean of n days, a day varies by 1 - 1/n of what it does around the truth.
        let off = days[day] - mean;
        beyond += off * off * times / (times - 1.0) - mean;
        squares += mean * mean;
        dispersion += off * off / mean;
        freedom += (times - 1.0) / times;
    }
    if beyond <= 0.0 || dispersion <= chi_square_95(freedom) {
        return 0.0;
    }
    (beyond / squares).sqrt().min(MOST_VARIATION)
}

/// What a chi-square exceeds in one case of twenty (Wilson and Hilferty 1931).
fn chi_square_95(freedom: f64) -> f64 {
    let ninth = 2.0 / (9.0 * freedom);
    let root = 1.0 - ninth + heard_math::normal::quantile(0.95) * ninth.sqrt();
    freedom * root * root * root
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fit::calls::Call;
    use crate::fit::calls::tests::{call, calls};

    /// This many contacts in this hour.
    fn hour(all: &mut Vec<Call>, hour: usize, times: usize) {
        let within = |at: usize| hour as f64 + (at as f64 + 0.5) / times as f64;
        all.extend((0..times).map(|at| call(within(at), 0.0, End::Served(None))));
    }

    #[test]
    fn rates_follow_hours_and_weekdays_and_days_differ_beyond_chance() {
        let mut all = Vec::new();
        // Two weeks; Mondays of 100 and 300 around the same mean, other days of 50.
        for day in 0..14 {
            let times = match day {
                0 => 100,
                7 => 300,
                _ => 50,
            };
            hour(&mut all, day * 24 + 9, times / 2);
            hour(&mut all, day * 24 + 15, times / 2);
        }
        let log = calls(all);
        let rates = Rates::of(&log, &Week::of(&log), 0, 0.0);
        let mean = (200.0 + 6.0 * 50.0) / 168.0;
        assert!((rates.per_hour - mean).abs() < 1e-9);
        for (hour, daily) in [(9, 200.0), (15, 200.0), (24 + 9, 50.0), (10, 0.0)] {
            assert!((rates.by_hour_of_week[hour] - daily / 2.0 / mean).abs() < 1e-9, "{hour}");
        }
        // Off by 100 twice, doubled as the mean is of two; less what chance explains.
        let beyond = 2.0 * (100.0 * 100.0 * 2.0 - 200.0) - 12.0 * 50.0;
        let squares = 2.0 * 200.0 * 200.0 + 12.0 * 50.0 * 50.0;
        assert!((rates.day_to_day_cv - f64::sqrt(beyond / squares)).abs() < 1e-9);
        assert!(rates.unseen.is_empty());
    }

    #[test]
    fn weekdays_that_were_not_seen_have_none_and_redials_are_taken_off() {
        let mut all = Vec::new();
        hour(&mut all, 9, 80);
        hour(&mut all, 33, 40);
        for call in all.iter_mut().take(60) {
            call.end = End::GaveUp;
        }
        let log = calls(all);
        let rates = Rates::of(&log, &Week::of(&log), 0, 0.5);
        assert_eq!(rates.unseen, [2, 3, 4, 5, 6]);
        assert!((rates.per_hour - 120.0 * (1.0 - 0.5 * 60.0 / 120.0) / 168.0).abs() < 1e-9);
        assert_eq!(rates.by_hour_of_week[2 * 24 + 9], 0.0);
    }

    #[test]
    fn a_day_with_hours_of_its_own_keeps_them() {
        // From nine to noon on six days, and on Sunday in the evening only.
        let mut all = Vec::new();
        for day in 0..14 {
            let hours = if day % 7 == 6 { 20..23 } else { 9..12 };
            hours.for_each(|at| hour(&mut all, day * 24 + at, 60));
        }
        let log = calls(all);
        let rates = Rates::of(&log, &Week::of(&log), 0, 0.0);
        let at = |day: usize, hour: usize| rates.by_hour_of_week[day * 24 + hour];
        // Seven times three hours of 168 have all.
        for (day, hour, weight) in [(0, 9, 8.0), (0, 20, 0.0), (6, 20, 8.0), (6, 9, 0.0)] {
            assert!((at(day, hour) - weight).abs() < 0.01, "{day} {hour}: {}", at(day, hour));
        }
    }
}
