//! People at work as a scenario has them: by the hour of the week, or by the quarter of given days.

use std::ops::Range;

use super::calls::{Calls, End};
use super::enough::Load;
use super::habits::Habits;
use super::services::Services;
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
    /// Whether nobody who calls before closing is left waiting: people serve calls only, and no caller
    /// hangs up.
    pub closing: bool,
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
    /// Whole people, with those who are added.
    pub people: u32,
    /// People who were not seen, and without whom more callers would have waited.
    pub added: u32,
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
    /// Averaged over the days that count. `writing`: what an answer takes whose length is not in the log,
    /// in hours.
    #[must_use]
    pub fn of(shifts: &Shifts, calls: &Calls, habits: &Habits, writing: f64) -> Self {
        let mut hours = week(shifts, &calls.counted);
        let load = Load::of(calls, habits, &Services::of(calls, writing));
        if let Some(load) = &load {
            let most = if shifts.named { shifts.people as u32 } else { u32::MAX };
            load.add_people(&mut hours, most);
        }
        let hangs_up = calls.calls.iter().any(|call| call.end == End::GaveUp);
        Self {
            hours,
            named: shifts.named,
            people: shifts.people,
            closing: load.is_some() && !hangs_up,
        }
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

/// Somebody who is seen for less of the hours than this is not on a shift.
const SEEN: f64 = 0.25;

pub(super) fn week(shifts: &Shifts, days: &[usize]) -> Vec<Option<Hour>> {
    let mut sums = vec![Sums::default(); 168];
    for day in days {
        for hour in 0..24 {
            sums[day % 7 * 24 + hour].add(shifts, day * QUARTERS + hour * 4);
        }
    }
    let mut hours: Vec<Option<Hour>> = sums.iter().map(|sums| sums.hour(shifts.named)).collect();
    // After hours in which people are there, somebody finishes a last message, and is not on a shift.
    let there = |hour: &Option<Hour>| hour.map_or(0.0, |hour| hour.there);
    let beside: Vec<f64> = (0..hours.len())
        .map(|at| f64::max(there(&hours[(at + 167) % 168]), there(&hours[(at + 1) % 168])))
        .collect();
    for ((hour, sums), beside) in hours.iter_mut().zip(&sums).zip(beside) {
        let last = |hour: &&mut Hour| hour.there < SEEN && beside >= 1.0 && !sums.picked_up;
        hour.iter_mut().filter(last).for_each(|hour| hour.people = 0);
    }
    // Where few answer few contacts, somebody is there in every hour in which anybody did.
    if hours.iter().flatten().all(|hour| hour.people == 0) {
        for (hour, sums) in hours.iter_mut().zip(&sums) {
            hour.iter_mut().filter(|_| sums.answered > 0.0).for_each(|hour| hour.people = 1);
        }
    }
    hours
}

/// An hour of the week on all days, in quarters of an hour.
#[derive(Clone, Copy, Default)]
struct Sums {
    there: f64,
    busy: f64,
    crowded: f64,
    /// Days.
    times: f64,
    /// Days on which anybody began something.
    begun: f64,
    /// Days on which anybody answered something.
    answered: f64,
    /// Whether anybody picked up a call.
    picked_up: bool,
}

impl Sums {
    /// One more day, from this quarter on.
    fn add(&mut self, shifts: &Shifts, from: usize) {
        let sum = |of: &[f64]| of.get(from..from + 4).map_or(0.0, |four| four.iter().sum::<f64>());
        let count = |of: &[bool]| {
            of.get(from..from + 4).map_or(0, |four| four.iter().filter(|is| **is).count())
        };
        self.there += sum(&shifts.there) / 4.0;
        self.busy += sum(&shifts.busy) / 4.0;
        self.crowded += count(&shifts.crowded) as f64 / 4.0;
        self.times += 1.0;
        self.begun += if count(&shifts.begun) > 0 { 1.0 } else { 0.0 };
        self.answered += if count(&shifts.answered) > 0 { 1.0 } else { 0.0 };
        self.picked_up |= count(&shifts.picked_up) > 0;
    }

    /// The mean; `None` where no day has it.
    fn hour(&self, named: bool) -> Option<Hour> {
        let there = if self.begun > 0.0 { self.there } else { 0.0 };
        let busy = if there > 0.0 { (self.busy / there).min(1.0) } else { 0.0 };
        // Without names, only while somebody waits all are seen who are there.
        let identified = if named { busy > IDENTIFIED } else { self.crowded / self.times > 0.5 };
        let there = there / self.times;
        let often = there >= SEEN || self.begun.min(self.answered) >= SEEN * self.times;
        // A caller finds somebody there, however rarely one calls.
        let somebody = self.picked_up || (often && self.begun > 0.0);
        let people = if somebody { (there.round() as u32).max(1) } else { 0 };
        (self.times > 0.0).then_some(Hour { there, busy, identified, people, added: 0 })
    }
}
