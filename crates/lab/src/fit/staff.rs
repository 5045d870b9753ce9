//! Who was at work when, as far as a log shows it: somebody who serves is there, somebody who does not
//! while others wait is not.

use indexmap::IndexMap;

use super::calls::{Calls, End};
use super::waiting::Waiting;

/// Quarters of an hour in a day.
pub(super) const QUARTERS: usize = 96;
/// Somebody who takes nobody for this long while others wait is away, in hours. Shorter pauses belong
/// to work. Between 2 and 20 minutes it hardly matters: the share of callers who give up in the first
/// ten days of a bank's log comes out within half a point of the same.
const PAUSE: f64 = 5.0 / 60.0;
/// Where pauses are long, so is the limit: this many times their median.
const MEDIANS: f64 = 6.0;
/// A call that is held says that the line was open for at most this long, in hours.
const HELD: f64 = 4.0;
/// Fewer pauses than this, or times without a caller, tell nothing of what is usual.
const FEW: usize = 30;
/// Clocks of logs are rounded: a shorter wait counts as 0, in hours.
const INSTANT: f64 = 2.0 / 3600.0;
/// Somebody who takes nobody for this long has gone home or to lunch, in hours.
pub(super) const LONGEST_PAUSE: f64 = 1.0;
/// Conversations are cut to this, in hours: a clock that went on.
const LONGEST: f64 = 12.0;
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
    /// What follows a conversation before the next can begin, in hours.
    pub after_hours: f64,
    /// Pauses that it is the mean of.
    pub pauses: usize,
    /// Pauses up to this belong to work, in hours.
    pub longest_pause: f64,
    /// How long somebody who is ready is without a caller while nobody waits, in hours.
    pub idle_hours: f64,
    /// Whether the log names who served: otherwise people are counted where somebody waits, and are
    /// those in conversation elsewhere.
    pub named: bool,
    /// Different people.
    pub people: usize,
}

/// One piece of work of one person, in hours.
#[derive(Clone, Copy, Debug)]
struct Service {
    from: f64,
    to: f64,
    /// When the customer came in.
    arrived: f64,
    /// Whether the customer held the line.
    live: bool,
}

impl Shifts {
    /// Of these channels. `writing`: what an answer takes whose length is not in the log, in hours.
    #[must_use]
    pub fn of(calls: &Calls, writing: f64) -> Self {
        let waiting = Waiting::of(calls);
        let mut by_agent: IndexMap<u32, Vec<Service>> = IndexMap::new();
        let mut nobody: Vec<(f64, f64)> = Vec::new();
        let (mut served, mut open) = (0, Vec::new());
        for call in &calls.calls {
            let End::Served(service) = call.end else { continue };
            let answered = call.arrived + call.wait;
            let live = calls.is_live(call.class);
            let (from, to) = match service {
                Some(hours) => (answered, answered + hours.clamp(0.0, LONGEST)),
                None if live => (answered, answered + writing),
                None => (answered - writing, answered),
            };
            served += 1;
            if live {
                open.push((call.arrived.max(answered - HELD), answered));
            }
            match call.agent {
                Some(agent) => {
                    let service = Service { from, to, arrived: call.arrived, live };
                    by_agent.entry(agent).or_default().push(service);
                }
                None => nobody.push((from, to)),
            }
        }
        let named = nobody.len() * 2 < served;
        let quarters = calls.days.end * QUARTERS;
        let mut this = Self {
            there: vec![0.0; quarters],
            busy: vec![0.0; quarters],
            open: vec![false; quarters],
            crowded: (0..quarters).map(|quarter| waiting.most_of(quarter)).collect(),
            begun: vec![false; quarters],
            after_hours: 0.0,
            longest_pause: PAUSE,
            idle_hours: 0.0,
            pauses: 0,
            named,
            people: by_agent.len(),
        };
        for (from, to) in open {
            for quarter in (from * 4.0).max(0.0) as usize..=(to * 4.0) as usize {
                if let Some(open) = this.open.get_mut(quarter) {
                    *open = true;
                }
            }
        }
        for services in by_agent.values_mut() {
            services.sort_by(|a, b| a.to.total_cmp(&b.to));
            // Messages are written one after another; one that lies there is begun at once.
            for at in 1..services.len() {
                let before = services[at - 1].to;
                let this = &mut services[at];
                if !this.live {
                    let at_once = this.arrived <= before && this.to - before <= LONGEST_PAUSE;
                    this.from = if at_once { before } else { this.from.max(before) };
                }
            }
            services.sort_by(|a, b| a.from.total_cmp(&b.from));
        }
        this.pauses_of(by_agent.values());
        let mut there = nobody.clone();
        for services in by_agent.values() {
            there.extend(this.presence(services, &waiting));
        }
        for service in by_agent.values().flatten() {
            let to = service.to + this.after(service);
            spread(&mut this.busy, service.from, to);
        }
        nobody.iter().for_each(|(from, to)| spread(&mut this.busy, *from, *to));
        let named_begin = by_agent.values().flatten().map(|service| service.from);
        for from in named_begin.chain(nobody.iter().map(|(from, _)| *from)) {
            if let Some(begun) = this.begun.get_mut((4.0 * from).max(0.0) as usize) {
                *begun = true;
            }
        }
        if named {
            there.into_iter().for_each(|(from, to)| spread(&mut this.there, from, to));
        } else {
            this.there = while_others_wait(&this.busy, &this.crowded);
        }
        this
    }

    /// The mean pause before somebody who waited was taken: their wait ends when a person is ready.
    fn pauses_of<'a>(&mut self, agents: impl Iterator<Item = &'a Vec<Service>>) {
        let (mut pauses, mut idle) = (Vec::new(), Vec::new());
        for services in agents {
            for pair in services.windows(2) {
                let pause = pair[1].from - pair[0].to;
                let waited = pair[1].live && pair[1].from - pair[1].arrived > INSTANT;
                if (0.0..=LONGEST_PAUSE).contains(&pause) && pair[1].live {
                    if waited { &mut pauses } else { &mut idle }.push(pause);
                }
            }
        }
        pauses.sort_by(f64::total_cmp);
        let enough = |times: &[f64]| times.len() >= FEW;
        let median = pauses.get(pauses.len() / 2).filter(|_| enough(&pauses)).copied();
        let median = median.unwrap_or(0.0);
        self.longest_pause = (MEDIANS * median).clamp(PAUSE, LONGEST_PAUSE);
        pauses.truncate(pauses.partition_point(|pause| *pause <= self.longest_pause));
        self.pauses = pauses.len();
        self.after_hours = pauses.iter().sum::<f64>() / f64::max(pauses.len() as f64, 1.0);
        // Callers come at random: the mean is that of an exponential, told by the median, as some of
        // these were at lunch.
        idle.sort_by(f64::total_cmp);
        let median = idle.get(idle.len() / 2).filter(|_| enough(&idle)).copied().unwrap_or(0.0);
        self.idle_hours = (median / std::f64::consts::LN_2 - self.after_hours).max(0.0);
    }

    /// When somebody was there who served these, one after another: a while longer than they were busy,
    /// as somebody who is ready waits for the next caller, before the first and after the last.
    fn presence(&self, services: &[Service], waiting: &Waiting) -> Vec<(f64, f64)> {
        let mut all: Vec<(f64, f64)> = Vec::new();
        for service in services {
            let (from, to) = (service.from, service.to + self.after(service));
            if let Some((_, end)) = all.last_mut()
                && from - *end <= LONGEST_PAUSE
                && (from <= *end || waiting.within(*end, from) <= self.longest_pause)
            {
                *end = end.max(to);
                continue;
            }
            let before = all.last().map_or(f64::NEG_INFINITY, |(_, end)| *end);
            let from =
                if service.live { waiting.nobody_before(from, self.idle_hours) } else { from };
            if let Some((_, end)) = all.last_mut() {
                *end = waiting.nobody_after(*end, self.idle_hours).min(service.from);
            }
            all.push((from.max(before), to));
        }
        if let Some((_, end)) = all.last_mut() {
            *end = waiting.nobody_after(*end, self.idle_hours);
        }
        all
    }

    /// What follows a piece of work, in hours.
    fn after(&self, service: &Service) -> f64 {
        if service.live { self.after_hours } else { 0.0 }
    }
}

/// Adds what lies between two times to the quarters that it lies in.
fn spread(quarters: &mut [f64], from: f64, to: f64) {
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

/// People in conversation where somebody waits are all that there are; elsewhere there are the most of
/// the hour around, as long as anybody is.
fn while_others_wait(busy: &[f64], crowded: &[bool]) -> Vec<f64> {
    let people = |(quarter, &busy_here): (usize, &f64)| {
        if crowded[quarter] || busy_here == 0.0 {
            return busy_here;
        }
        let around = quarter.saturating_sub(2)..(quarter + 3).min(busy.len());
        busy[around].iter().fold(0.0, |most: f64, busy| most.max(*busy)).ceil()
    };
    busy.iter().enumerate().map(people).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fit::calls::Call;
    use crate::fit::calls::tests::{call, calls};
    use crate::fit::people::{Hour, Roster, Staff};

    fn served(agent: u32, arrived: f64, from: f64, to: f64) -> Call {
        Call { agent: Some(agent), ..call(arrived, from - arrived, End::Served(Some(to - from))) }
    }

    #[test]
    fn somebody_is_there_from_one_conversation_to_the_next() {
        // One person from 9:00 to 9:30 and from 10:00 to 10:30: the half hour between is work, as
        // nobody waits.
        let shifts =
            Shifts::of(&calls(vec![served(1, 9.0, 9.0, 9.5), served(1, 10.0, 10.0, 10.5)]), 0.0);
        assert_eq!(shifts.people, 1);
        assert_eq!(shifts.there[9 * 4..11 * 4], [1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 0.0, 0.0]);
        assert_eq!(shifts.busy[9 * 4..11 * 4], [1.0, 1.0, 0.0, 0.0, 1.0, 1.0, 0.0, 0.0]);
        let week = Staff::of(&shifts, &[0]).hours;
        let hour = |there, busy, identified| Some(Hour { there, busy, identified });
        assert_eq!((week[9], week[10]), (hour(1.0, 0.5, false), hour(0.5, 1.0, true)));
        assert_eq!(week[24], None);
    }

    #[test]
    fn who_takes_nobody_while_others_wait_is_away() {
        // Somebody holds the line from 9:35 on, and is not taken before 10:00.
        let shifts =
            Shifts::of(&calls(vec![served(1, 9.0, 9.0, 9.5), served(1, 9.6, 10.0, 10.5)]), 0.0);
        assert_eq!(shifts.there[9 * 4..11 * 4], [1.0, 1.0, 0.0, 0.0, 1.0, 1.0, 0.0, 0.0]);
        // A pause of more than an hour is not work.
        let shifts =
            Shifts::of(&calls(vec![served(1, 9.0, 9.0, 9.5), served(1, 10.75, 10.75, 11.0)]), 0.0);
        assert_eq!(shifts.there.iter().sum::<f64>(), 3.0);
    }

    #[test]
    fn what_follows_a_conversation_is_the_pause_before_who_has_been_waiting() {
        let minute = 1.0 / 60.0;
        let shifts = Shifts::of(
            &calls(vec![
                served(1, 9.0, 9.0, 9.5),
                served(1, 9.2, 9.5 + minute, 9.8),
                // Came later than the pause began: says nothing about it.
                served(1, 9.9, 9.9, 10.0),
                served(1, 9.95, 10.0 + 3.0 * minute, 10.5),
            ]),
            0.0,
        );
        assert_eq!(shifts.pauses, 2);
        assert!((shifts.after_hours - 2.0 * minute).abs() < 1e-9, "{}", shifts.after_hours);
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
        let after = Shifts::of(&calls(all), 0.0).after_hours * 60.0;
        assert!((after - 1.5).abs() < 0.15, "{after}");
    }

    #[test]
    fn somebody_who_is_ready_is_there_before_the_first_caller_and_after_the_last() {
        let minute = 1.0 / 60.0;
        // One caller every five minutes, none of whom waits, taken at once for two minutes.
        let mut all: Vec<Call> = (0..40)
            .map(|at| 9.0 + f64::from(at) * 5.0 * minute)
            .map(|at| served(1, at, at, at + 2.0 * minute))
            .collect();
        let shifts = Shifts::of(&calls(all.clone()), 0.0);
        let idle = 3.0 * minute / std::f64::consts::LN_2;
        assert!((shifts.idle_hours - idle).abs() < 1e-9);
        let there: f64 = shifts.there.iter().sum::<f64>() / 4.0;
        assert!((there - (197.0 * minute + 2.0 * idle)).abs() < 1e-9, "{there}");
        // Somebody holds the line until half a minute before, and from one minute after the end on.
        all.push(call(8.8, 0.2 - 0.5 * minute, End::GaveUp));
        all.push(call(9.0 + 198.0 * minute, 0.1, End::GaveUp));
        let there: f64 = Shifts::of(&calls(all), 0.0).there.iter().sum::<f64>() / 4.0;
        assert!((there - 198.5 * minute).abs() < 1e-9, "{there}");
    }

    #[test]
    fn what_is_rounded_off_is_carried_on() {
        let mut shifts = Shifts::of(&calls(vec![served(1, 9.0, 9.0, 9.5)]), 0.0);
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
        let shifts = Shifts::of(
            &calls(vec![
                nameless(9.0, 9.0, 9.5),
                nameless(9.0, 9.0, 9.5),
                nameless(9.05, 9.5, 10.0),
            ]),
            0.0,
        );
        assert!(!shifts.named);
        assert_eq!(shifts.there[9 * 4..9 * 4 + 2], [2.0, 2.0]);
    }
}
