//! Who was at work when, as far as a log shows: somebody who serves is there, somebody who does not
//! while others wait is not.

use std::ops::Range;

use indexmap::IndexMap;

use super::calls::{Call, Calls, End};

/// Quarters of an hour in a day.
const QUARTERS: usize = 96;
/// Somebody who takes nobody for this long while others wait is away, in hours. Shorter pauses belong
/// to work; of the limits tried (2, 5 and 10 minutes), 5 reproduce the share of callers who give up
/// in the first ten days of a bank's log best.
const PAUSE: f64 = 5.0 / 60.0;
/// Somebody who takes nobody for this long has gone home or to lunch, in hours.
const LONGEST_PAUSE: f64 = 1.0;
/// Share of time in conversation above which a log shows how many were there.
pub const IDENTIFIED: f64 = 0.7;

/// People at work by quarters of an hour.
#[derive(Clone, Debug, PartialEq)]
pub struct Shifts {
    /// People there, by the quarter since midnight of the first Monday.
    pub there: Vec<f64>,
    /// Of those, in conversation or at what follows it.
    pub busy: Vec<f64>,
    /// What follows a conversation before the next can begin, in hours.
    pub after_hours: f64,
    /// Pauses that it is the mean of.
    pub pauses: usize,
    /// Whether the log names who served: otherwise people are counted where somebody waits, and are
    /// those in conversation elsewhere.
    pub named: bool,
    /// Different people.
    pub people: usize,
}

impl Shifts {
    /// Of these channels.
    #[must_use]
    pub fn of(calls: &Calls) -> Self {
        let waiting = Waiting::of(calls);
        let mut by_agent: IndexMap<u32, Vec<(f64, f64, f64)>> = IndexMap::new();
        let mut nobody: Vec<(f64, f64)> = Vec::new();
        let mut served = 0;
        for call in &calls.calls {
            let End::Served(service) = call.end else { continue };
            let from = call.arrived + call.wait;
            let to = from + service.unwrap_or(0.0).clamp(0.0, 12.0);
            served += 1;
            match call.agent {
                Some(agent) => by_agent.entry(agent).or_default().push((from, to, call.arrived)),
                None => nobody.push((from, to)),
            }
        }
        let named = nobody.len() * 2 < served;
        let quarters = calls.days.end * QUARTERS;
        let mut this = Self {
            there: vec![0.0; quarters],
            busy: vec![0.0; quarters],
            after_hours: 0.0,
            pauses: 0,
            named,
            people: by_agent.len(),
        };
        for services in by_agent.values_mut() {
            services.sort_by(|a, b| a.0.total_cmp(&b.0));
        }
        this.pauses_of(by_agent.values());
        let mut there = nobody.clone();
        for services in by_agent.values() {
            there.extend(presence(services, &waiting));
        }
        let all = by_agent.values().flatten().map(|&(from, to, _)| (from, to)).chain(nobody);
        for (from, to) in all {
            spread(&mut this.busy, from, to + this.after_hours, 1.0);
        }
        if named {
            there.into_iter().for_each(|(from, to)| spread(&mut this.there, from, to, 1.0));
        } else {
            this.there = while_others_wait(&this.busy, &waiting);
        }
        this
    }

    /// The mean pause before somebody who had been waiting all the while was taken.
    fn pauses_of<'a>(&mut self, agents: impl Iterator<Item = &'a Vec<(f64, f64, f64)>>) {
        let mut pauses = Vec::new();
        for services in agents {
            for pair in services.windows(2) {
                let ((_, end, _), (begin, _, arrived)) = (pair[0], pair[1]);
                if arrived <= end && (0.0..=PAUSE).contains(&(begin - end)) {
                    pauses.push(begin - end);
                }
            }
        }
        self.pauses = pauses.len();
        self.after_hours = pauses.iter().sum::<f64>() / f64::max(pauses.len() as f64, 1.0);
    }

    /// People by the hour of the week, Monday midnight first, averaged over the days that are meant:
    /// those there, and the share of their time that they are busy; `None` for hours that no day has.
    #[must_use]
    pub fn week(&self, days: &Range<usize>) -> Vec<Option<(f64, f64)>> {
        let mut sums = vec![(0.0, 0.0, 0.0); 168];
        for day in days.clone() {
            for hour in 0..24 {
                let from = day * QUARTERS + hour * 4;
                let sum = |of: &[f64]| {
                    of.get(from..from + 4).map_or(0.0, |four| four.iter().sum::<f64>() / 4.0)
                };
                let (there, busy, times) = &mut sums[day % 7 * 24 + hour];
                *there += sum(&self.there);
                *busy += sum(&self.busy);
                *times += 1.0;
            }
        }
        sums.into_iter()
            .map(|(there, busy, times)| {
                (times > 0.0).then(|| {
                    (there / times, if there > 0.0 { (busy / there).min(1.0) } else { 0.0 })
                })
            })
            .collect()
    }

    /// Whole people by the quarter, for the days that are meant: what is rounded off is carried on to
    /// the next quarter.
    #[must_use]
    pub fn quarters(&self, days: &Range<usize>) -> Vec<u32> {
        let mut carried = 0.0;
        let quarters = days.start * QUARTERS..days.end * QUARTERS;
        quarters
            .map(|quarter| {
                let wanted = self.there.get(quarter).copied().unwrap_or(0.0);
                let people = (wanted + carried).round().max(0.0);
                carried =
                    if wanted == 0.0 { 0.0 } else { (wanted + carried - people).clamp(-1.0, 1.0) };
                people as u32
            })
            .collect()
    }
}

/// When somebody was there who served these, one after another.
fn presence(services: &[(f64, f64, f64)], waiting: &Waiting) -> Vec<(f64, f64)> {
    let mut all: Vec<(f64, f64)> = Vec::new();
    for &(from, to, _) in services {
        if let Some((_, end)) = all.last_mut()
            && from - *end <= LONGEST_PAUSE
            && (from <= *end || waiting.within(*end, from) <= PAUSE)
        {
            *end = end.max(to);
        } else {
            all.push((from, to));
        }
    }
    all
}

/// Adds what lies between two times to the quarters that it lies in.
fn spread(quarters: &mut [f64], from: f64, to: f64, weight: f64) {
    let (from, to) = (from * 4.0, to * 4.0);
    let mut at = from.max(0.0);
    while at < to {
        let quarter = at as usize;
        let end = (quarter as f64 + 1.0).min(to);
        let Some(sum) = quarters.get_mut(quarter) else { return };
        *sum += (end - at) * weight;
        at = end;
    }
}

/// People in conversation where somebody waits are all that there are; elsewhere the most of the
/// hour.
fn while_others_wait(busy: &[f64], waiting: &Waiting) -> Vec<f64> {
    (0..busy.len())
        .map(|quarter| {
            let from = quarter as f64 / 4.0;
            if waiting.within(from, from + 0.25) > 0.125 {
                return busy[quarter];
            }
            let around = quarter.saturating_sub(2)..(quarter + 3).min(busy.len());
            busy[around].iter().fold(0.0, |most: f64, busy| most.max(*busy)).ceil()
        })
        .collect()
}

/// When at least one customer waits: stretches that do not touch, rising.
struct Waiting(Vec<(f64, f64)>);

impl Waiting {
    fn of(calls: &Calls) -> Self {
        let waits = |call: &&Call| call.wait > 0.0 && call.end != End::Cut;
        let mut all: Vec<(f64, f64)> = Vec::new();
        // Calls come by time of arrival.
        for call in calls.calls.iter().filter(waits) {
            let (from, to) = (call.arrived, call.arrived + call.wait);
            match all.last_mut() {
                Some((_, end)) if from <= *end => *end = end.max(to),
                _ => all.push((from, to)),
            }
        }
        Self(all)
    }

    /// Hours between two times at which somebody waits.
    fn within(&self, from: f64, to: f64) -> f64 {
        let first = self.0.partition_point(|(_, end)| *end <= from);
        let touching = self.0[first..].iter().take_while(|(begin, _)| *begin < to);
        touching.map(|(begin, end)| end.min(to) - begin.max(from)).sum()
    }
}
