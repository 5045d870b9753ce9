//! The judge: keeps lines of its own from what can be watched, and says of everybody who is taken
//! whether somebody better was waiting.

use std::collections::BTreeMap;

use heard_scenario::team::Reward;
use heard_world::observer::{Happening, Matter, Observer, Step};
use heard_world::plan::Plan;
use heard_world::plan::policy::Policy;

/// What the judge has seen.
#[derive(Clone, Copy, Debug, Default)]
pub struct Verdict {
    /// Contacts that were taken while a better one was waiting for the same team, or that came in
    /// at the same instant.
    pub wrong: u64,
    /// Instants after which somebody was waiting though people were free.
    pub left: u64,
    /// Contacts that were taken while others were waiting.
    pub choices: u64,
}

#[derive(Clone, Copy, Debug)]
struct Waiting {
    line: usize,
    rank: u8,
    urgency: f64,
    /// How many were put in line before.
    order: u64,
    since: f64,
}

impl Waiting {
    fn is_better_than(&self, other: &Self) -> bool {
        let by_urgency = other.urgency.total_cmp(&self.urgency);
        self.rank.cmp(&other.rank).then(by_urgency).then(self.order.cmp(&other.order)).is_lt()
    }
}

/// Watches the first company of one arm.
#[derive(Debug)]
pub struct Judge<'a> {
    plan: &'a Plan,
    phase: usize,
    /// By their place at the desk.
    waiting: BTreeMap<u32, Waiting>,
    places: BTreeMap<Matter, u32>,
    followers: BTreeMap<u32, f64>,
    /// Who was taken in this instant, by which team, since something ended or changed: conversations
    /// that were cut to a target can end in the same instant, one after the other.
    taken: Vec<(usize, Waiting)>,
    /// Calls that ring, and at whose people: they have been taken.
    ringing: BTreeMap<Matter, usize>,
    people: Vec<u32>,
    busy: Vec<u32>,
    order: u64,
    now: f64,
    found: Verdict,
}

impl<'a> Judge<'a> {
    /// A judge of an arm that has not begun.
    pub fn new(plan: &'a Plan) -> Self {
        let teams = plan.policies()[0].teams.len();
        Self {
            plan,
            phase: 0,
            waiting: BTreeMap::new(),
            places: BTreeMap::new(),
            followers: BTreeMap::new(),
            taken: Vec::new(),
            ringing: BTreeMap::new(),
            people: vec![0; teams],
            busy: vec![0; teams],
            order: 0,
            now: 0.0,
            found: Verdict::default(),
        }
    }

    /// What was found by now.
    pub fn verdict(&self) -> Verdict {
        self.found
    }

    fn policy(&self) -> &'a Policy {
        &self.plan.phases[self.phase].policies[0]
    }

    fn serves(&self, team: usize, line: usize) -> bool {
        let policy = self.policy();
        policy.teams[team].channels.contains(&line) || line == policy.channels.len() + team
    }

    /// What happens from now on is a later instant than what happened before, unless it is the same.
    fn reach(&mut self, hours: f64) {
        if hours <= self.now {
            return;
        }
        for team in 0..self.people.len() {
            let slots = self.people[team] * self.policy().teams[team].conversations;
            let free = self.busy[team] < slots;
            let waits = self.waiting.values().any(|waiting| self.serves(team, waiting.line));
            self.found.left += u64::from(free && waits);
        }
        self.taken.clear();
        self.now = hours;
    }

    /// Whether somebody in line is as urgent as the team's reward makes them.
    fn is_as_rewarded(&self, matter: Matter, waiting: &Waiting, handle: f64) -> bool {
        let policy = self.policy();
        let is_chore = waiting.line >= policy.channels.len();
        let team = (0..policy.teams.len()).find(|&team| self.serves(team, waiting.line));
        let followers = match matter {
            Matter::Message { candidate, .. } => self.followers.get(&candidate).copied(),
            Matter::Call { .. } | Matter::Chore => Some(0.0),
        };
        match team.map(|team| policy.teams[team].reward) {
            Some(Reward::ReachFirst) => followers == Some(waiting.urgency),
            Some(Reward::EasiestFirst) if is_chore => waiting.urgency == 0.0,
            Some(Reward::EasiestFirst) => waiting.urgency == -handle,
            // A head start makes them older than they are.
            Some(Reward::OldestFirst) => waiting.urgency >= -self.now,
            None => false,
        }
    }

    fn put_in_line(&mut self, matter: Matter, place: u32, waiting: Waiting, handle: f64) {
        let unlike = !self.is_as_rewarded(matter, &waiting, handle);
        // All that comes in at one instant is in line before anybody takes any of it.
        let too_soon = self.taken.iter().any(|(team, taken)| {
            taken.since == self.now
                && self.serves(*team, waiting.line)
                && waiting.is_better_than(taken)
        });
        self.found.wrong += u64::from(unlike || too_soon);
        self.waiting.insert(place, waiting);
        self.places.insert(matter, place);
    }

    fn take(&mut self, team: usize, place: u32) {
        self.busy[team] += 1;
        let Some(taken) = self.waiting.remove(&place) else {
            self.found.wrong += 1;
            return;
        };
        let mut others = self.waiting.values().filter(|other| self.serves(team, other.line));
        let chose = others.clone().next().is_some();
        let wrong = !self.serves(team, taken.line) || others.any(|it| it.is_better_than(&taken));
        self.found.choices += u64::from(chose);
        self.found.wrong += u64::from(wrong);
        self.taken.push((team, taken));
    }
}

impl Observer for Judge<'_> {
    fn happened(&mut self, _: f64, _: u32, _: Happening) {}

    fn handled(&mut self, hours: f64, _company: usize, matter: Matter, step: Step) {
        self.reach(hours);
        match step {
            Step::Wrote { followers, .. } => {
                if let Matter::Message { candidate, .. } = matter {
                    self.followers.insert(candidate, followers);
                }
            }
            Step::InLine { place, line, rank, urgency, handle } => {
                let waiting = Waiting { line, rank, urgency, order: self.order, since: hours };
                self.order += 1;
                self.put_in_line(matter, place, waiting, handle);
            }
            Step::Rings { team, place, .. } => {
                self.take(team, place);
                self.ringing.insert(matter, team);
            }
            Step::HungUp => {
                if let Some(team) = self.ringing.remove(&matter) {
                    self.taken.clear();
                    self.busy[team] -= 1;
                }
                if let Some(place) = self.places.remove(&matter) {
                    self.waiting.remove(&place);
                }
            }
            // It was taken when it began to ring.
            Step::Begun { .. } if self.ringing.remove(&matter).is_some() => {}
            Step::Begun { team, place, .. } => self.take(team, place),
            Step::Ended { team, .. } => {
                self.taken.clear();
                self.busy[team] -= 1;
            }
            Step::Called { .. } | Step::ByMachine { .. } => {}
        }
    }

    fn staffed(&mut self, hours: f64, _company: usize, team: usize, people: u32) {
        self.reach(hours);
        self.taken.clear();
        self.people[team] = people;
    }

    fn switched(&mut self, hours: f64, phase: usize) {
        self.reach(hours);
        self.phase = phase;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::verify::bench::{Bench, Effort};
    use heard_scenario::answer::Action;
    use std::sync::atomic::AtomicBool;

    const ONE: Matter = Matter::Call { stream: 0, number: 0, attempt: 0 };
    const TWO: Matter = Matter::Call { stream: 0, number: 1, attempt: 0 };

    /// Feeds steps to a judge of one team of one person.
    fn judged(steps: &[(f64, Matter, Step)]) -> Verdict {
        let stop = AtomicBool::new(false);
        let bench = Bench::new(Effort::Quick, 1, 1, &stop).unwrap();
        let text = "
            run = { days = 2, warmup_days = 0, margin_days = 0, headline = ['occupancy'] }
            channel.mail = { seen_by = 'private', waits = 'in an inbox' }
            stream.letters = { channel = 'mail', per_hour = 1 }
            team.all = { channels = ['mail'], shifts = [{ days = 'Mon-Sun', hours = '09:00-17:00', people = 1 }] }
            triage = [{ do = 'restore' }]";
        let world = bench.world(text, &[]).unwrap();
        let mut judge = Judge::new(&world.experiment.plans[0]);
        judge.staffed(0.0, 0, 0, 1);
        steps.iter().for_each(|&(hours, matter, step)| judge.handled(hours, 0, matter, step));
        judge.verdict()
    }

    fn in_line(place: u32, rank: u8, since: f64) -> Step {
        Step::InLine { place, line: 0, rank, urgency: -since, handle: 1.0 }
    }

    fn begun(place: u32) -> Step {
        Step::Begun { team: 0, person: None, place, action: Action::Restore, answers: false }
    }

    const ENDED: Step = Step::Ended { team: 0, place: 9, answers: true };
    const BUSY: [(f64, Matter, Step); 2] = [
        (
            1.0,
            Matter::Chore,
            Step::InLine { place: 9, line: 1, rank: 4, urgency: -1.0, handle: 2.0 },
        ),
        (
            1.0,
            Matter::Chore,
            Step::Begun {
                team: 0,
                person: None,
                place: 9,
                action: Action::Monitor,
                answers: false,
            },
        ),
    ];

    #[test]
    fn what_is_born_as_a_conversation_ends_may_not_jump_those_who_wait() {
        let one = (2.0, ONE, in_line(1, 5, 2.0));
        let two = (3.0, TWO, in_line(2, 5, 3.0));
        let ended = (3.0, Matter::Chore, ENDED);
        let right = [ended, (3.0, ONE, begun(1)), two];
        let jumps = [ended, two, (3.0, TWO, begun(2))];
        let verdict = |rest: &[_]| judged(&[&BUSY[..], &[one], rest].concat());
        assert_eq!((verdict(&right).wrong, verdict(&jumps).wrong), (0, 1));
        assert_eq!((verdict(&jumps).choices, verdict(&jumps).left), (1, 0));
    }

    #[test]
    fn what_comes_in_at_one_instant_is_in_line_before_anybody_takes_it() {
        let worse = (2.0, ONE, in_line(1, 5, 2.0));
        let better = (2.0, TWO, in_line(2, 3, 2.0));
        let right = [worse, better, (2.0, TWO, begun(2))];
        let hasty = [worse, (2.0, ONE, begun(1)), better];
        assert_eq!((judged(&right).wrong, judged(&hasty).wrong), (0, 1));
        // What a second conversation leads to that ends at the same instant comes later.
        let ended = (2.0, ONE, Step::Ended { team: 0, place: 1, answers: true });
        let later = [worse, (2.0, ONE, begun(1)), ended, better, (2.0, TWO, begun(2))];
        assert_eq!(judged(&later).wrong, 0);
    }

    #[test]
    fn a_call_is_taken_when_it_begins_to_ring() {
        let one = (2.0, ONE, in_line(1, 5, 2.0));
        let rings = (2.0, ONE, Step::Rings { team: 0, person: None, place: 1 });
        let two = (2.5, TWO, in_line(2, 3, 2.5));
        let later = (4.0, TWO, begun(2));
        // A better one that comes while it rings waits, and is taken once the caller has hung up.
        let right = judged(&[one, rings, two, (3.0, ONE, begun(1))]);
        assert_eq!((right.wrong, right.left), (0, 0));
        let hung_up = judged(&[one, rings, two, (4.0, ONE, Step::HungUp), later]);
        assert_eq!((hung_up.wrong, hung_up.left), (0, 0));
        assert_eq!(judged(&[one, rings, two, (3.0, ONE, Step::HungUp), later]).left, 1);
    }

    #[test]
    fn nobody_waits_while_people_are_free_and_no_urgency_is_made_up() {
        let one = (2.0, ONE, in_line(1, 5, 2.0));
        let later = (4.0, TWO, in_line(2, 5, 4.0));
        assert_eq!(judged(&[one, later]).left, 1);
        assert_eq!(judged(&[one, (3.0, ONE, Step::HungUp), later]).left, 1);
        assert_eq!(judged(&[one, (2.0, ONE, begun(1)), later]).left, 0);
        assert_eq!(judged(&[(2.0, ONE, in_line(1, 5, 2.5))]).wrong, 1);
        assert_eq!(judged(&[(2.0, ONE, begun(1))]).wrong, 1);
    }
}
