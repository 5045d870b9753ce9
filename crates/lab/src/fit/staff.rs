//! Who was at work when, as far as a log shows it: somebody who serves is there, somebody who does not
//! while others wait is not.

use super::calls::Calls;
use super::habits::Habits;
use super::nameless;
use super::services::{Service, Services};
use super::waiting::Waiting;

/// Quarters of an hour in a day.
pub(super) const QUARTERS: usize = 96;
/// A call that is held says that the line was open for at most this long, in hours.
const HELD: f64 = 4.0;
/// Share of time in conversation above which a log shows how many were there.
pub const IDENTIFIED: f64 = 0.7;

/// People at work by quarters of an hour.
#[derive(Clone, Debug, PartialEq)]
pub struct Shifts {
    /// People there, by the quarter since midnight of the first Monday.
    pub there: Vec<f64>,
    /// Of those, in conversation or at what follows it.
    pub busy: Vec<f64>,
    /// Whether somebody held the line then who was served later: it was open.
    pub open: Vec<bool>,
    /// Whether somebody held the line for most of the quarter.
    pub(super) crowded: Vec<bool>,
    /// Whether anybody began something then: otherwise those there end what they began before.
    pub(super) begun: Vec<bool>,
    /// Whether anybody answered something then.
    pub(super) answered: Vec<bool>,
    /// Whether anybody picked up a call then.
    pub(super) picked_up: Vec<bool>,
    /// Whether the log names who served: otherwise people are counted where somebody waits, and are
    /// those in conversation elsewhere.
    pub named: bool,
    /// Different people.
    pub people: usize,
}

impl Shifts {
    /// Of these channels, by people of these habits. `writing`: what an answer takes whose length is not in
    /// the log, in hours.
    #[must_use]
    pub fn of(calls: &Calls, habits: &Habits, writing: f64) -> Self {
        let services = Services::of(calls, writing);
        let waiting = Waiting::of(calls, &habits.pickup);
        let named = services.named();
        let quarters = calls.days.end * QUARTERS;
        let mut this = Self {
            there: vec![0.0; quarters],
            busy: vec![0.0; quarters],
            open: vec![false; quarters],
            crowded: (0..quarters).map(|quarter| waiting.most_of(quarter)).collect(),
            begun: vec![false; quarters],
            answered: vec![false; quarters],
            picked_up: vec![false; quarters],
            named,
            people: services.by_agent.len(),
        };
        for service in services.all() {
            if service.live {
                let from = service.arrived.max(service.from - HELD);
                mark(&mut this.open, from, service.from);
                mark(&mut this.picked_up, service.from, service.from);
            }
            // Messages of the first and last minutes reach beyond the hours in which somebody is there.
            let hour = (service.from.floor(), service.to.floor());
            if service.live || hour.0 == hour.1 || service.to - service.from > 0.5 {
                mark(&mut this.begun, service.from, service.from);
            }
            let answered = if service.live { service.from } else { service.to };
            mark(&mut this.answered, answered, answered);
            let (from, to) = habits.taken(service);
            spread(&mut this.busy, from, to);
        }
        if named {
            let nameless = services.nameless.iter().map(|service| (service.from, service.to));
            nameless.for_each(|(from, to)| spread(&mut this.there, from, to));
            for services in services.by_agent.values() {
                presence(services, habits, &waiting, &mut this.there);
            }
        } else {
            this.there = nameless::there(&services, habits, &waiting, quarters);
        }
        this
    }
}

/// When somebody was there who served these, one after another: a while longer than they were busy,
/// as somebody who is ready waits for the next caller, before the first and after the last.
fn presence(services: &[Service], habits: &Habits, waiting: &Waiting, there: &mut [f64]) {
    // When they are done with all before.
    let Some(mut done) = services.first().map(|first| habits.taken(first).0) else { return };
    if services[0].live {
        spread(there, waiting.nobody_before(done, habits.idle_hours), done);
    }
    for service in services {
        let (from, to) = habits.taken(service);
        let stayed = from - done <= habits.absent_hours
            && waiting.within(done, from) <= habits.longest_pause;
        if stayed {
            spread(there, done, from);
        } else {
            let after = waiting.nobody_after(done, habits.idle_hours).min(from).max(done);
            spread(there, done, after);
            if service.live {
                spread(there, waiting.nobody_before(from, habits.idle_hours).max(after), from);
            }
        }
        spread(there, from.max(done), to);
        done = done.max(to);
    }
    spread(there, done, waiting.nobody_after(done, habits.idle_hours));
}

/// Marks the quarters that lie between two times.
fn mark(quarters: &mut [bool], from: f64, to: f64) {
    for quarter in (from * 4.0).max(0.0) as usize..=(to * 4.0).max(0.0) as usize {
        if let Some(marked) = quarters.get_mut(quarter) {
            *marked = true;
        }
    }
}

/// Adds what lies between two times to the quarters that it lies in.
pub(super) fn spread(quarters: &mut [f64], from: f64, to: f64) {
    let (from, to) = (from * 4.0, to * 4.0);
    let mut at = from.max(0.0);
    while at < to {
        let quarter = at as usize;
        let end = (quarter as f64 + 1.0).min(to);
        let Some(sum) = quarters.get_mut(quarter) else { return };
        *sum += end - at;
        at = end;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fit::calls::tests::{call, calls};
    use crate::fit::calls::{Call, End};
    use crate::fit::people::{Hour, Roster, week};

    /// With the habits that they show.
    fn seen(all: Vec<Call>) -> Shifts {
        let calls = calls(all);
        Shifts::of(&calls, &Habits::of(&calls, 0.0), 0.0)
    }

    fn served(agent: u32, arrived: f64, from: f64, to: f64) -> Call {
        Call { agent: Some(agent), ..call(arrived, from - arrived, End::Served(Some(to - from))) }
    }

    #[test]
    fn somebody_is_there_from_one_conversation_to_the_next() {
        // One person from 9:00 to 9:30 and from 10:00 to 10:30: the half hour between is work, as
        // nobody waits.
        let shifts = seen(vec![served(1, 9.0, 9.0, 9.5), served(1, 10.0, 10.0, 10.5)]);
        assert_eq!(shifts.people, 1);
        assert_eq!(shifts.there[9 * 4..11 * 4], [1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 0.0, 0.0]);
        assert_eq!(shifts.busy[9 * 4..11 * 4], [1.0, 1.0, 0.0, 0.0, 1.0, 1.0, 0.0, 0.0]);
        let week = week(&shifts, &[0]);
        let hour =
            |there, busy, identified| Some(Hour { there, busy, identified, people: 1, added: 0 });
        assert_eq!((week[9], week[10]), (hour(1.0, 0.5, false), hour(0.5, 1.0, true)));
        assert_eq!(week[24], None);
    }

    #[test]
    fn who_takes_nobody_while_others_wait_is_away() {
        // Somebody holds the line from 9:35 on, and is not taken before 10:00.
        let shifts = seen(vec![served(1, 9.0, 9.0, 9.5), served(1, 9.6, 10.0, 10.5)]);
        assert_eq!(shifts.there[9 * 4..11 * 4], [1.0, 1.0, 0.0, 0.0, 1.0, 1.0, 0.0, 0.0]);
        // A pause of more than an hour is not work.
        let shifts = seen(vec![served(1, 9.0, 9.0, 9.5), served(1, 10.75, 10.75, 11.0)]);
        assert_eq!(shifts.there.iter().sum::<f64>(), 3.0);
    }

    #[test]
    fn somebody_who_is_ready_is_there_before_the_first_caller_and_after_the_last() {
        let minute = 1.0 / 60.0;
        // One caller every five minutes, none of whom waits, taken at once for two minutes.
        let mut all: Vec<Call> = (0..40)
            .map(|at| 9.0 + f64::from(at) * 5.0 * minute)
            .map(|at| served(1, at, at, at + 2.0 * minute))
            .collect();
        let shifts = seen(all.clone());
        let idle = 3.0 * minute / std::f64::consts::LN_2;
        let there: f64 = shifts.there.iter().sum::<f64>() / 4.0;
        assert!((there - (197.0 * minute + 2.0 * idle)).abs() < 1e-9, "{there}");
        // Somebody holds the line until half a minute before, and from one minute after the end on.
        all.push(call(8.8, 0.2 - 0.5 * minute, End::GaveUp));
        all.push(call(9.0 + 198.0 * minute, 0.1, End::GaveUp));
        let there: f64 = seen(all).there.iter().sum::<f64>() / 4.0;
        assert!((there - 198.5 * minute).abs() < 1e-9, "{there}");
    }

    #[test]
    fn what_is_rounded_off_is_carried_on() {
        let mut shifts = seen(vec![served(1, 9.0, 9.0, 9.5)]);
        shifts.there = vec![1.4; 96];
        assert_eq!(Roster::of(&shifts, &(0..1)).quarters.iter().sum::<u32>(), 134);
        // Somebody who is there at all keeps the line open.
        shifts.there = vec![0.1; 96];
        let roster = Roster::of(&shifts, &(0..1));
        assert_eq!((roster.quarters, roster.raised), (vec![1; 96], 96));
    }

    #[test]
    fn without_names_those_in_conversation_while_others_wait_are_all() {
        let nameless = |arrived: f64, from: f64, to: f64| {
            call(arrived, from - arrived, End::Served(Some(to - from)))
        };
        let shifts =
            seen(vec![nameless(9.0, 9.0, 9.5), nameless(9.0, 9.0, 9.5), nameless(9.05, 9.5, 10.0)]);
        assert!(!shifts.named);
        assert_eq!(shifts.there[9 * 4..9 * 4 + 2], [2.0, 2.0]);
    }
}
