//! How the people of a company work between one conversation and the next: how long a call rings, what
//! follows a conversation, and how long somebody who is ready is without a caller.

use heard_math::stats::Lifetimes;
use heard_math::stats::lifetimes::Ends;
use libm::exp;

use super::calls::{Call, Calls, End};
use super::pickup::{Found, INSTANT, Pickup};
use super::services::{Service, Services};
use super::staff::QUARTERS;
use super::waiting::{Concurrent, Waiting, held};

/// Somebody who takes nobody for this long while others wait is away, in hours. Shorter pauses belong
/// to work. Between 2 and 20 minutes it hardly matters: the share of callers who give up in the first
/// ten days of a bank's log comes out within a point of the same.
const PAUSE: f64 = 5.0 / 60.0;
/// Where pauses are long, so is the limit: this many times their median.
const MEDIANS: f64 = 6.0;
/// Fewer pauses than this, or times without a caller, tell nothing of what is usual.
const FEW: usize = 30;
/// Somebody who takes nobody for this long has gone home or to lunch, in hours; where calls are rare, for
/// longer.
const ABSENT: (f64, f64) = (1.0, 4.0);
/// One in twenty of those who are there has no caller for this many times the mean.
const RARELY: f64 = 3.0;
/// Somebody without a call for this long has done with the last one, in hours; and for three times what
/// usually follows a conversation.
const DONE: (f64, f64) = (30.0 / 3600.0, 3.0);
/// Somebody who had no call for longer than this may have been away, in hours.
const SEEN: f64 = 10.0;

/// How people work between one conversation and the next.
#[derive(Clone, Debug, PartialEq)]
pub struct Habits {
    /// How long a call rings at somebody who is free.
    pub pickup: Pickup,
    /// What follows a conversation before the next can begin, in hours.
    pub after_hours: f64,
    /// Pauses that it is the mean of.
    pub pauses: usize,
    /// Pauses up to this belong to work, in hours.
    pub longest_pause: f64,
    /// How long somebody who is ready is without a caller while nobody waits, in hours.
    pub idle_hours: f64,
    /// Somebody without a caller for longer than this is not there, in hours.
    pub absent_hours: f64,
}

/// What lies between a conversation and the next while others wait.
struct Pauses {
    /// Those that are work, and whether each was seen to its end.
    all: Vec<Found>,
    /// Their mean, in hours.
    mean: f64,
    /// Those up to this are work, in hours.
    longest: f64,
    /// How many there are.
    count: usize,
}

impl Habits {
    /// Of these contacts. `writing`: what an answer takes whose length is not in the log, in hours.
    #[must_use]
    pub fn of(calls: &Calls, writing: f64) -> Self {
        let services = &Services::of(calls, writing);
        let line = Line::of(calls);
        let (idle_hours, absent_hours) = idle(services, &line);
        // Ringing tells which pauses are work, and pauses how long it rings at most.
        let mut pickup = Pickup::default();
        let mut pauses = Pauses::of(services, &Waiting::of(calls, &pickup), true);
        for _ in 0..2 {
            let found = if services.named() {
                let done = DONE.0.max(DONE.1 * pauses.as_ref().map_or(0.0, |pauses| pauses.mean));
                found_somebody(calls, services, &line, (done, absent_hours))
            } else {
                found_fewer(calls, services, &line)
            };
            pickup = Pickup::of(found, pauses.as_ref().map(|pauses| (pauses.mean, &*pauses.all)));
            pauses = Pauses::of(services, &Waiting::of(calls, &pickup), false);
        }
        let after = pauses.as_ref().map_or(0.0, |pauses| (pauses.mean - pickup.mean).max(0.0));
        Self {
            pickup,
            after_hours: after,
            pauses: pauses.as_ref().map_or(0, |pauses| pauses.count),
            longest_pause: pauses.map_or(PAUSE, |pauses| pauses.longest),
            idle_hours: (idle_hours - after).max(0.0),
            absent_hours,
        }
    }

    /// When a piece of work takes somebody: from when a call rings at them, until they have done with it.
    pub(super) fn taken(&self, service: &Service) -> (f64, f64) {
        let rings = if service.live { self.pickup.mean.min(service.wait()).max(0.0) } else { 0.0 };
        (service.from - rings, service.to + self.after(service))
    }

    /// What follows a piece of work, in hours.
    pub(super) fn after(&self, service: &Service) -> f64 {
        if service.live { self.after_hours } else { 0.0 }
    }
}

/// Callers who hold the line, whether they queue or it rings.
struct Line(Concurrent);

impl Line {
    fn of(calls: &Calls) -> Self {
        Self(Concurrent::of(held(calls).map(|call| (call.arrived, call.arrived + call.wait))))
    }

    /// Whether nobody held the line when somebody came in.
    fn free(&self, arrived: f64) -> bool {
        self.0.during(arrived, arrived) == 0
    }
}

/// How long somebody who is there usually is without a caller, as callers come at random; and without a
/// caller for how long somebody is not there.
fn idle(services: &Services, line: &Line) -> (f64, f64) {
    let mut idle: Vec<f64> = services
        .pairs()
        .filter(|(_, next)| line.free(next.arrived))
        .map(|(before, next)| next.arrived - before.to)
        .filter(|gap| (0.0..=ABSENT.0).contains(gap))
        .collect();
    if idle.len() < FEW {
        return (0.0, ABSENT.0);
    }
    idle.sort_by(f64::total_cmp);
    // Told by the median, as some of these were at lunch.
    let by_median = idle[idle.len() / 2] / std::f64::consts::LN_2;
    let mean = if by_median < 0.25 * ABSENT.0 {
        by_median
    } else {
        untruncated(idle.iter().sum::<f64>() / idle.len() as f64, ABSENT.0).min(ABSENT.1)
    };
    (mean, (RARELY * mean).clamp(ABSENT.0, ABSENT.1))
}

/// The mean of an exponential of which those up to `limit` have this mean.
fn untruncated(mean: f64, limit: f64) -> f64 {
    // Means beyond ten limits are not told apart.
    let (mut low, mut high) = (limit * 1e-3, limit * 10.0);
    let seen = |whole: f64| whole - limit / (exp(limit / whole) - 1.0);
    for _ in 0..60 {
        let middle = 0.5 * (low + high);
        if seen(middle) < mean { low = middle } else { high = middle }
    }
    0.5 * (low + high)
}

/// Calls that found somebody who seemed free: nobody else held the line, and somebody had been without a
/// call for as long as they have done with the last one, and was there later.
fn found_somebody(
    calls: &Calls,
    services: &Services,
    line: &Line,
    (done, absent): (f64, f64),
) -> Vec<Found> {
    let channel_of = |class: usize| calls.classes[class].channel;
    // By the channel that they also serve.
    let free: Vec<Concurrent> = (0..calls.channels.len())
        .map(|channel| {
            let serves = services.by_agent.values().filter(|services| {
                services.iter().any(|service| channel_of(service.class) == channel)
            });
            Concurrent::of(serves.flat_map(|services| {
                services.windows(2).filter_map(|pair| {
                    let (from, to) = (pair[0].to + done, pair[1].from);
                    // Who answers after a long time was there when the call came in.
                    let was_there = to - pair[0].to <= absent
                        || (pair[1].live && pair[1].arrived - pair[0].to < SEEN);
                    let from =
                        if to - pair[0].to <= absent { from } else { pair[1].arrived - done };
                    was_there.then_some((from.max(pair[0].to + done), to))
                })
            }))
        })
        .collect();
    held_or_answered(calls)
        .filter(|call| {
            line.free(call.arrived)
                && free[channel_of(call.class)].during(call.arrived, call.arrived) > 0
        })
        .map(|call| (call.wait, matches!(call.end, End::Served(_))))
        .collect()
}

/// Where people are not named: calls that came while nobody held the line, and two conversations fewer went
/// on than at other times of the same hour, or none.
fn found_fewer(calls: &Calls, services: &Services, line: &Line) -> Vec<Found> {
    let live = services.nameless.iter().filter(|service| service.live);
    let talking = Concurrent::of(live.map(|service| (service.from, service.to)));
    let mut most = vec![0; calls.days.end * QUARTERS];
    for (from, to, level) in talking.levels() {
        let (first, last) = ((4.0 * from).max(0.0) as usize, (4.0 * to).max(0.0) as usize);
        for quarter in most.iter_mut().take(last + 1).skip(first) {
            *quarter = level.max(*quarter);
        }
    }
    held_or_answered(calls)
        .filter(|call| {
            let at = (4.0 * call.arrived).max(0.0) as usize;
            let around = at.saturating_sub(2)..(at + 3).min(most.len());
            let most = most.get(around).into_iter().flatten().max().copied().unwrap_or(0);
            let talk = talking.during(call.arrived - DONE.0, call.arrived);
            line.free(call.arrived) && talk + 1 < most.max(2)
        })
        .map(|call| (call.wait, matches!(call.end, End::Served(_))))
        .collect()
}

/// Calls that were answered, and those that hung up after a while.
fn held_or_answered(calls: &Calls) -> impl Iterator<Item = &Call> {
    calls.calls.iter().filter(|call| {
        let told = match call.end {
            End::Served(_) => true,
            End::GaveUp => call.wait > INSTANT,
            End::Waiting | End::Unknown => false,
        };
        told && calls.is_live(call.class)
    })
}

impl Pauses {
    /// How long after a conversation at whose end others wait somebody takes the next caller: a curve of
    /// Kaplan and Meier in which a pause is cut off when nobody waits. `None` where there are few.
    /// `first`: of those only whose next caller had been waiting then.
    fn of(services: &Services, waiting: &Waiting, first: bool) -> Option<Self> {
        let mut pauses: Vec<(f64, bool)> = Vec::new();
        for (before, next) in services.pairs() {
            let pause = next.from - before.to;
            if !(0.0..=ABSENT.0).contains(&pause) {
                continue;
            }
            let until = waiting.until(before.to) - before.to;
            if next.arrived <= before.to || (!first && until >= pause - INSTANT && until > 0.0) {
                pauses.push((pause, true));
            } else if until > 0.0 && !first {
                pauses.push((until, false));
            }
        }
        let count = pauses.iter().filter(|(_, taken)| *taken).count();
        if count < FEW {
            return None;
        }
        let ends = pauses.iter().map(|&(time, taken)| {
            let event = u64::from(taken);
            (time, Ends { event, competing: 0, censored: 1 - event })
        });
        let curve = Lifetimes::new(ends);
        let median = curve.quantile(0.5).unwrap_or(ABSENT.0);
        let longest = (MEDIANS * median).clamp(PAUSE, ABSENT.0);
        let (mut sum, mut share) = (0.0, 0.0);
        for step in curve.steps.iter().take_while(|step| step.time <= longest) {
            sum += (step.event - share) * step.time;
            share = step.event;
        }
        pauses.retain(|(pause, _)| *pause <= longest);
        let count = pauses.iter().filter(|(_, taken)| *taken).count();
        Some(Self { mean: sum / share.max(1e-9), longest, count, all: pauses })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fit::calls::Call;
    use crate::fit::calls::tests::{call, calls};

    fn served(agent: u32, arrived: f64, from: f64, to: f64) -> Call {
        Call { agent: Some(agent), ..call(arrived, from - arrived, End::Served(Some(to - from))) }
    }

    fn habits(all: Vec<Call>) -> Habits {
        Habits::of(&calls(all), 0.0)
    }

    const MINUTE: f64 = 1.0 / 60.0;

    #[test]
    fn what_follows_a_conversation_is_the_pause_before_who_has_been_waiting() {
        // Every hour one is taken at once, the next a minute after the conversation during which they came,
        // and one more who came after that was over.
        let hour = |at: u32| {
            let at = f64::from(at);
            [
                served(1, at, at, at + 0.2),
                served(1, at + 0.1, at + 0.2 + MINUTE, at + 0.5),
                served(1, at + 0.8, at + 0.8, at + 0.9),
            ]
        };
        let found = habits((0..40).flat_map(hour).collect());
        assert_eq!((found.pauses, found.pickup.mean), (40, 0.0));
        assert!((found.after_hours - MINUTE).abs() < 1e-9, "{found:?}");
    }

    #[test]
    fn ringing_is_not_work_after_the_last_call() {
        // A call every twenty minutes, picked up after 10 to 14 seconds, for three minutes.
        let second = MINUTE / 60.0;
        let rings = |at: u32| {
            let (arrived, rings) = (f64::from(at) / 3.0, f64::from(10 + at % 5) * second);
            served(at % 2, arrived, arrived + rings, arrived + rings + 3.0 * MINUTE)
        };
        let found = habits((0..100).map(rings).collect());
        assert!((found.pickup.mean - 12.0 * second).abs() < 0.1 * second, "{found:?}");
        assert_eq!((found.after_hours, found.pauses), (0.0, 0));
        // The same of people who are not named.
        let nameless = (0..100).map(rings).map(|call| Call { agent: None, ..call }).collect();
        let nameless = habits(nameless);
        assert!((nameless.pickup.mean - 12.0 * second).abs() < 0.1 * second, "{nameless:?}");
    }

    #[test]
    fn where_callers_are_rare_people_are_there_for_longer_without_one() {
        // One caller in 50 minutes on average, as a truncated exponential has them.
        let mut at = 0.0;
        let mut all = Vec::new();
        for gap in 0..400 {
            let gap = -50.0 * MINUTE * libm::log1p(-(f64::from(gap * 181 % 400) + 0.5) / 400.0);
            at += gap;
            all.push(served(1, at, at, at));
        }
        let found = habits(all);
        assert!((found.idle_hours / (50.0 * MINUTE) - 1.0).abs() < 0.05, "{found:?}");
        assert!((found.absent_hours - 3.0 * found.idle_hours).abs() < 1e-9);
    }

    #[test]
    fn long_work_after_conversations_is_found() {
        // Four people take the first who came; what follows a conversation takes them a minute and a
        // half, exponentially, and conversations four; a hundred callers in each of sixty hours.
        let mut random = 0.5_f64;
        let mut draw = |mean: f64| {
            random = (random * 9301.0 + 0.618_034).fract();
            -mean * libm::log(1.0 - random)
        };
        let (mut ready, mut all, mut now) = ([0.0_f64; 4], Vec::new(), 0.0);
        while now < 200.0 {
            now += draw(1.0 / 40.0);
            let agent = (0..4).min_by(|&a, &b| ready[a].total_cmp(&ready[b])).unwrap();
            let from = ready[agent].max(now);
            // Nobody waits for longer than ten minutes.
            if from - now < 1.0 / 6.0 {
                let to = from + draw(4.0 / 60.0);
                ready[agent] = to + draw(1.5 / 60.0);
                all.push(served(agent as u32, now, from, to));
            }
        }
        let after = habits(all).after_hours / MINUTE;
        assert!((after - 1.5).abs() < 0.15, "{after}");
    }
}
