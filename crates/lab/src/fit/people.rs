//! People at work as a scenario has them: by the hour of the week, or by the quarter of given days.

use std::ops::Range;

use super::staff::{IDENTIFIED, QUARTERS, Shifts};

/// People at work in a usual week.
#[derive(Clone, Debug, PartialEq)]
pub struct Staff {
    /// The hours of the week, Monday midnight first; `None` for those that no day has.
    pub hours: Vec<Option<Hour>>,
    /// Whether the log names who served: otherwise people are counted where somebody waits, and are
    /// those in conversation elsewhere.
    pub named: bool,
    /// Different people; 0 where they are not named.
    pub people: usize,
}

/// An hour of the week.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Hour {
    /// People there.
    pub there: f64,
    /// The share of their time that they are busy.
    pub busy: f64,
    /// Whether the log shows how many were there.
    pub identified: bool,
}

/// People at work on given days.
#[derive(Clone, Debug, PartialEq)]
pub struct Roster {
    /// Whole people by the quarter of an hour, from midnight of the first day on. What is rounded off
    /// is carried on to the next quarter.
    pub quarters: Vec<u32>,
    /// Quarters with one person, although hardly anybody was seen: the line was open.
    pub raised: usize,
    /// Different people; 0 where they are not named.
    pub people: usize,
}

impl Staff {
    /// Averaged over these days.
    #[must_use]
    pub fn of(shifts: &Shifts, days: &[usize]) -> Self {
        Self { hours: week(shifts, days), named: shifts.named, people: shifts.people }
    }
}

impl Roster {
    /// On these days, counted from the first Monday.
    #[must_use]
    pub fn of(shifts: &Shifts, days: &Range<usize>) -> Self {
        let (mut carried, mut raised) = (0.0, 0);
        let quarters = days.start * QUARTERS..days.end * QUARTERS;
        let people = quarters
            .map(|quarter| {
                let wanted = shifts.there.get(quarter).copied().unwrap_or(0.0);
                // A caller who finds nobody there hangs up at once; those of the log did not.
                let open = wanted > 0.0 || shifts.open.get(quarter) == Some(&true);
                let least = if open { 1.0 } else { 0.0 };
                let people = (wanted + carried).round().max(least);
                raised += usize::from(open && wanted < 0.5 && people == 1.0);
                carried =
                    if wanted == 0.0 { 0.0 } else { (wanted + carried - people).clamp(-1.0, 1.0) };
                people as u32
            })
            .collect();
        Self { quarters: people, raised, people: shifts.people }
    }
}

fn week(shifts: &Shifts, days: &[usize]) -> Vec<Option<Hour>> {
    let mut sums = vec![(0.0, 0.0, 0.0, 0.0); 168];
    let mut begun = [false; 168];
    for day in days {
        for hour in 0..24 {
            let from = day * QUARTERS + hour * 4;
            let sum = |of: &[f64]| {
                of.get(from..from + 4).map_or(0.0, |four| four.iter().sum::<f64>() / 4.0)
            };
            begun[day % 7 * 24 + hour] |=
                shifts.begun.get(from..from + 4).is_some_and(|four| four.contains(&true));
            let crowded = shifts.crowded.get(from..from + 4);
            let crowded = crowded.map_or(0, |four| four.iter().filter(|c| **c).count());
            let (there, busy, waiting, times) = &mut sums[day % 7 * 24 + hour];
            *there += sum(&shifts.there);
            *busy += sum(&shifts.busy);
            *waiting += crowded as f64 / 4.0;
            *times += 1.0;
        }
    }
    let hour = |((there, busy, waiting, times), begun): ((f64, f64, f64, f64), bool)| {
        let there = if begun { there } else { 0.0 };
        let busy = if there > 0.0 { (busy / there).min(1.0) } else { 0.0 };
        // Without names, only while somebody waits all are seen who are there.
        let identified = if shifts.named { busy > IDENTIFIED } else { waiting / times > 0.5 };
        (times > 0.0).then_some(Hour { there: there / times, busy, identified })
    };
    sums.into_iter().zip(begun).map(hour).collect()
}
