//! How many come when: rates by hour and weekday, and how much days differ beyond chance.

use super::calls::{Calls, End};

/// The arrivals of a class that come for the first time.
#[derive(Clone, Debug, PartialEq)]
pub struct Rates {
    /// Contacts per hour, averaged over the week.
    pub per_hour: f64,
    /// Weights of the hours of the day, 24 of them.
    pub by_hour: Vec<f64>,
    /// Weights of the days of the week, Monday first, 7 of them.
    pub by_weekday: Vec<f64>,
    /// Weekdays that the log does not have: they take the mean of the others.
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
    pub fn of(calls: &Calls, class: usize, redials: f64) -> Self {
        let mut days = vec![0.0; calls.days.end];
        let mut by_hour = vec![0.0; 24];
        let (mut contacts, mut gave_up) = (0, 0);
        for call in calls.of_class(class) {
            let hour = call.arrived.max(0.0);
            if let Some(day) = days.get_mut((hour / 24.0) as usize) {
                *day += 1.0;
            }
            by_hour[hour as usize % 24] += 1.0;
            contacts += 1;
            gave_up += usize::from(call.end == End::GaveUp);
        }
        let fresh = 1.0 - redials * gave_up as f64 / f64::max(contacts as f64, 1.0);
        let mut sums = [(0.0, 0); 7];
        for day in calls.days.clone() {
            sums[day % 7].0 += days[day];
            sums[day % 7].1 += 1;
        }
        let seen: Vec<f64> = sums
            .iter()
            .filter(|(_, days)| *days > 0)
            .map(|(sum, days)| sum / f64::from(*days))
            .collect();
        let usual = seen.iter().sum::<f64>() / f64::max(seen.len() as f64, 1.0);
        let daily: Vec<f64> = sums
            .iter()
            .map(|(sum, days)| if *days > 0 { sum / f64::from(*days) } else { usual })
            .collect();
        let mean = daily.iter().sum::<f64>() / 7.0;
        Self {
            per_hour: mean * fresh / 24.0,
            by_weekday: daily.iter().map(|day| if mean > 0.0 { day / mean } else { 1.0 }).collect(),
            unseen: (0..7).filter(|&weekday| sums[weekday].1 == 0).collect(),
            day_to_day_cv: variation(&days, calls, &daily),
            by_hour: normalised(by_hour),
            contacts,
        }
    }
}

fn normalised(weights: Vec<f64>) -> Vec<f64> {
    let mean = weights.iter().sum::<f64>() / weights.len() as f64;
    weights.into_iter().map(|weight| if mean > 0.0 { weight / mean } else { 1.0 }).collect()
}

/// What days vary beyond a Poisson count of their weekday's mean, by moments; the means themselves
/// having been estimated from the same days.
fn variation(days: &[f64], calls: &Calls, daily: &[f64]) -> f64 {
    let mut count = [0.0; 7];
    calls.days.clone().for_each(|day| count[day % 7] += 1.0);
    let (mut beyond, mut squares) = (0.0, 0.0);
    for day in calls.days.clone() {
        let (mean, times) = (daily[day % 7], count[day % 7]);
        if times < 2.0 {
            continue;
        }
        // Around a mean of n days, a day varies by 1 - 1/n of what it does around the truth.
        let off = days[day] - mean;
        beyond += off * off * times / (times - 1.0) - mean;
        squares += mean * mean;
    }
    if squares > 0.0 { (beyond / squares).max(0.0).sqrt() } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fit::calls::Call;
    use crate::fit::calls::tests::{call, calls};

    /// So many contacts in this hour.
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
        let rates = Rates::of(&calls(all), 0, 0.0);
        let mean = (200.0 + 6.0 * 50.0) / 7.0;
        assert!((rates.per_hour - mean / 24.0).abs() < 1e-9);
        assert!((rates.by_weekday[0] - 200.0 / mean).abs() < 1e-9);
        assert_eq!((rates.by_hour[9], rates.by_hour[15], rates.by_hour[10]), (12.0, 12.0, 0.0));
        // Off by 100 twice, doubled as the mean is of two; less what chance explains.
        let beyond = 2.0 * (100.0 * 100.0 * 2.0 - 200.0) - 12.0 * 50.0;
        let squares = 2.0 * 200.0 * 200.0 + 12.0 * 50.0 * 50.0;
        assert!((rates.day_to_day_cv - f64::sqrt(beyond / squares)).abs() < 1e-9);
        assert!(rates.unseen.is_empty());
    }

    #[test]
    fn weekdays_that_were_not_seen_take_the_mean_and_redials_are_taken_off() {
        let mut all = Vec::new();
        hour(&mut all, 9, 80);
        hour(&mut all, 33, 40);
        for call in all.iter_mut().take(60) {
            call.end = End::GaveUp;
        }
        let rates = Rates::of(&calls(all), 0, 0.5);
        assert_eq!(rates.unseen, [2, 3, 4, 5, 6]);
        assert!((rates.per_hour - 60.0 * (1.0 - 0.5 * 60.0 / 120.0) / 24.0).abs() < 1e-9);
        assert_eq!(rates.by_weekday[2], 1.0);
    }
}
