//! Which days of a log tell how many come, and who is there.
//!
//! A day without contacts on which several are usual was a holiday, or lies in a gap of the log. The
//! first and the last may be cut off.

use std::ops::Range;

use super::calls::Call;

/// A day that misses this many contacts or more does not miss them by chance.
const SEVERAL: f64 = 5.0;

/// Those of `days` that count, rising, by the contacts of all classes.
#[must_use]
pub fn counted(calls: &[Call], days: &Range<usize>) -> Vec<usize> {
    let mut by_day = vec![0.0; days.end];
    let mut by_hour = [0.0; 24];
    for call in calls {
        if let Some(day) = by_day.get_mut((call.clock / 24.0) as usize) {
            *day += 1.0;
        }
        by_hour[call.clock as usize % 24] += 1.0;
    }
    let usual: [f64; 7] = std::array::from_fn(|weekday| {
        let open = days.clone().filter(|day| day % 7 == weekday && by_day[*day] > 0.0);
        let (sum, times) =
            open.fold((0.0, 0.0), |(sum, times), day| (sum + by_day[day], times + 1.0));
        if times > 0.0 { sum / times } else { 0.0 }
    });
    let mut counted: Vec<usize> =
        days.clone().filter(|&day| by_day[day] > 0.0 || usual[day % 7] < SEVERAL).collect();
    // What is usual in some hours of a day, by the hours of all days.
    let expected = |day: usize, hours: Range<usize>| {
        usual[day % 7] * hours.map(|hour| by_hour[hour]).sum::<f64>()
            / f64::max(calls.len() as f64, 1.0)
    };
    let hours_of = |day: usize| {
        let hours = calls.iter().filter(move |call| (call.clock / 24.0) as usize == day);
        hours.map(|call| call.clock as usize % 24)
    };
    let cut = |day: Option<usize>, first: bool| {
        day.filter(|&day| {
            let missing = if first {
                0..hours_of(day).min().unwrap_or(0)
            } else {
                hours_of(day).max().unwrap_or(23) + 1..24
            };
            let others = counted.iter().any(|&other| other != day && other % 7 == day % 7);
            others && expected(day, missing) >= SEVERAL
        })
    };
    let cut = [cut(counted.first().copied(), true), cut(counted.last().copied(), false)];
    counted.retain(|day| !cut.contains(&Some(*day)));
    counted
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fit::calls::End;
    use crate::fit::calls::tests::call;

    /// Ten contacts an hour from nine to five on these days, less those that `lost` says.
    fn log(days: impl Iterator<Item = usize>, lost: fn(usize, usize) -> bool) -> Vec<Call> {
        let hours =
            |day: usize| (9..17).filter(move |hour| !lost(day, *hour)).map(move |hour| (day, hour));
        let ten = |(day, hour): (usize, usize)| {
            (0..10).map(move |at| {
                call((day * 24 + hour) as f64 + f64::from(at) / 10.0, 0.0, End::Unknown)
            })
        };
        days.flat_map(hours).flat_map(ten).collect()
    }

    #[test]
    fn holidays_gaps_and_days_that_are_cut_off_do_not_count() {
        let open = |day: &usize| day % 7 < 5;
        // The log begins on the first Monday at one, and the second Thursday is a holiday.
        let calls = log((0..21).filter(open), |day, hour| (day == 0 && hour < 13) || day == 10);
        let counted = counted(&calls, &(0..21));
        assert!(!counted.contains(&0) && !counted.contains(&10), "{counted:?}");
        // Weekends are closed, and count as that.
        assert_eq!(counted.len(), 19);
        // Where there is no other Monday, the one that there is counts.
        let calls = log(0..5, |day, hour| day == 0 && hour < 13);
        assert_eq!(super::counted(&calls, &(0..5)), [0, 1, 2, 3, 4]);
    }

    #[test]
    fn days_without_contacts_count_where_contacts_are_rare() {
        let calls: Vec<Call> =
            (0..40).map(|at| call(f64::from(at) * 31.0, 0.0, End::Unknown)).collect();
        let days = 0..52;
        assert_eq!(counted(&calls, &days).len(), 52);
    }
}
