//! How many people it takes for as few to wait as did: Erlang's formulas, where a log shows some of those
//! who were there, and not all.

use heard_math::normal;
use heard_math::stats::queues::{ErlangA, ErlangC};
use libm::{exp, log};

use super::calls::{Call, Calls, End};
use super::habits::Habits;
use super::people::Hour;
use super::services::Services;

/// Where so few wait in an hour by chance alone in fewer cases than this, there are more people.
const OF_ONE: f64 = 0.005;
/// The same of all hours together, of which one or the other has few by chance.
const OF_ALL: f64 = 0.2;
/// One wait brings others about: at most this many.
const TOGETHER: f64 = 20.0;
/// At most this many people are added to those who were seen.
const MORE: u32 = 20;

/// What callers ask of the people of an hour of the week.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Demand {
    /// Callers on all days of the log.
    pub(super) callers: f64,
    /// Of those, who had to wait for somebody to be free.
    pub(super) waited: f64,
    /// Days that they came on.
    pub(super) days: f64,
}

/// What callers ask for in a usual week.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Load {
    /// By the hour of the week.
    pub(super) hours: Vec<Demand>,
    /// How long somebody is taken by a call, in hours.
    service: f64,
    /// Waits for somebody to be free that are shorter do not show, in hours.
    shown: f64,
    /// How long a caller holds the line, in hours; `None` where nobody hangs up.
    patience: Option<f64>,
}

impl Load {
    /// Of all calls; `None` where people answer messages as well, or nothing was served.
    pub(super) fn of(calls: &Calls, habits: &Habits, services: &Services) -> Option<Self> {
        if services.all().any(|service| !service.live) {
            return None;
        }
        let (served, busy) = services.all().fold((0.0, 0.0), |(served, busy), service| {
            (served + 1.0, busy + service.to - service.from + habits.after(service))
        });
        let service = busy / served + habits.pickup.mean;
        if served == 0.0 || service <= 0.0 {
            return None;
        }
        let mut hours = vec![Demand::default(); 168];
        let explained = habits.pickup.explains();
        let told = |call: &&Call| matches!(call.end, End::Served(_) | End::GaveUp);
        let (mut held, mut gave_up) = (0.0, 0.0);
        for call in calls.calls.iter().filter(told) {
            held += call.wait;
            gave_up += if call.end == End::GaveUp { 1.0 } else { 0.0 };
            if calls.counts(call) {
                let hour = &mut hours[call.clock as usize % 168];
                hour.callers += 1.0;
                hour.waited += if call.wait > explained { 1.0 } else { 0.0 };
            }
        }
        for day in &calls.counted {
            hours[day % 7 * 24..][..24].iter_mut().for_each(|hour| hour.days += 1.0);
        }
        let patience = (gave_up > 0.0 && held > 0.0).then(|| held / gave_up);
        let shown = (explained - habits.pickup.mean).max(0.0);
        Some(Self { hours, service, shown, patience })
    }

    /// Callers who would wait in an hour of the week with these people, and those who did; each for those
    /// who wait because of one another.
    fn waits(&self, hour: usize, people: u32) -> (f64, f64) {
        let Demand { callers, waited, days } = self.hours[hour];
        if callers == 0.0 || days == 0.0 {
            return (0.0, 0.0);
        }
        let (rate, free) = (callers / days, 1.0 / self.service);
        let (share, mean) = match self.patience {
            Some(patience) => ErlangA::new(rate, free, people, 1.0 / patience)
                .map_or((1.0, 1.0), |queue| (queue.wait_probability(), queue.mean_wait())),
            None => ErlangC::new(rate, free, people)
                .map_or((1.0, 1.0), |queue| (queue.wait_probability(), queue.mean_wait())),
        };
        // Those who wait do so about exponentially.
        let share = share * exp(-self.shown * share / mean.max(1e-12));
        let busy = rate * self.service / f64::from(people.max(1));
        let together = (1.0 / (1.0 - busy).max(1e-9)).min(TOGETHER);
        (callers * share / together, waited / together)
    }

    /// Adds people where fewer callers waited than would with those who were seen: in hours in which that is
    /// not chance, and elsewhere until all hours together have no more than chance explains. Nobody is
    /// added to hours whose people the log shows, and no more are there than `most`.
    pub(super) fn add_people(&self, hours: &mut [Option<Hour>], most: u32) {
        let open = |hour: &Hour| !hour.identified && hour.people > 0;
        let mut all: Vec<(usize, f64, f64)> = Vec::new();
        for (at, hour) in hours.iter_mut().enumerate() {
            let Some(hour) = hour.as_mut().filter(|hour| open(hour)) else { continue };
            let seen = hour.people;
            loop {
                let (expected, waited) = self.waits(at, hour.people);
                if chance(waited, expected) >= OF_ONE || hour.people >= most.min(seen + MORE) {
                    all.push((at, expected, waited));
                    break;
                }
                hour.people += 1;
            }
            hour.added = hour.people - seen;
        }
        // Where the waits of an hour are too few to tell, those of all hours do.
        for _ in 0..all.len() * MORE as usize {
            let sum = all.iter().fold((0.0, 0.0), |sum, one| (sum.0 + one.1, sum.1 + one.2));
            if chance(sum.1, sum.0) >= OF_ALL {
                break;
            }
            let can =
                |at: usize| hours[at].is_some_and(|hour| hour.people < most && hour.added < MORE);
            let beyond = |one: &(usize, f64, f64)| one.1 - one.2;
            let worst = (0..all.len())
                .filter(|&at| can(all[at].0))
                .max_by(|&a, &b| beyond(&all[a]).total_cmp(&beyond(&all[b])).then(b.cmp(&a)));
            let Some(worst) = worst else { break };
            let at = all[worst].0;
            if let Some(hour) = hours[at].as_mut() {
                hour.people += 1;
                hour.added += 1;
                let (expected, waited) = self.waits(at, hour.people);
                all[worst] = (at, expected, waited);
            }
        }
    }
}

/// The chance that a Poisson count with this mean is `seen` or less.
fn chance(seen: f64, mean: f64) -> f64 {
    if mean > 100.0 {
        return normal::cdf((seen + 0.5 - mean) / mean.sqrt());
    }
    if mean <= 0.0 {
        return 1.0;
    }
    let mut log_factorial = 0.0;
    let mut sum = 0.0;
    for count in 0..=seen.max(0.0) as u32 {
        let count = f64::from(count);
        log_factorial += if count > 0.0 { log(count) } else { 0.0 };
        sum += exp(count * log(mean) - mean - log_factorial);
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;

    fn load(callers: f64, waited: f64) -> Load {
        let mut hours = vec![Demand::default(); 168];
        hours[9] = Demand { callers, waited, days: 10.0 };
        Load { hours, service: 0.1, shown: 0.0, patience: None }
    }

    fn added(load: &Load, people: u32, identified: bool) -> u32 {
        let mut hours = vec![None; 168];
        hours[9] = Some(Hour { there: 1.0, busy: 0.5, identified, people, added: 0 });
        load.add_people(&mut hours, 50);
        hours[9].unwrap().people
    }

    #[test]
    fn as_many_are_there_as_the_waits_show() {
        // 20 callers an hour for six minutes each, on ten days: with three people 44% wait (Erlang's C
        // for a load of two), with four 17%, with five 6%, with six 2%.
        assert_eq!(added(&load(200.0, 35.0), 3, false), 4);
        assert_eq!(added(&load(200.0, 35.0), 4, false), 4);
        assert!(added(&load(200.0, 0.0), 3, false) >= 6);
        // Never fewer than were seen, and none where the log shows them.
        assert_eq!(added(&load(200.0, 150.0), 4, false), 4);
        assert_eq!(added(&load(200.0, 0.0), 3, true), 3);
    }

    #[test]
    fn a_poisson_count_is_as_rare_as_it_is() {
        assert!((chance(0.0, 2.0) - libm::exp(-2.0)).abs() < 1e-12);
        assert!((chance(2.0, 2.0) - 5.0 * libm::exp(-2.0)).abs() < 1e-12);
        assert!((chance(150.0, 150.0) - 0.516).abs() < 0.01);
    }
}
