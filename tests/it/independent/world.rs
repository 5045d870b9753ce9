//! One replication: the state of everything, and what each event does to it.

use crate::independent::agenda::{Agenda, Event};
use crate::independent::case::Case;
use crate::independent::compare::Values;
use crate::independent::desk::Desk;
use crate::independent::people::People;
use crate::independent::public::Public;
use crate::independent::random::Random;
use crate::independent::rules::Rules;
use crate::independent::setting::Setting;
use crate::independent::tally::Tally;
use crate::independent::triage::Kind;

pub struct World<'a> {
    pub setting: &'a Setting,
    pub rules: Rules,
    pub random: Random,
    pub now: f64,
    pub agenda: Agenda,
    pub people: People,
    pub public: Public,
    pub desk: Desk,
    pub cases: Vec<Case>,
    /// Cases with a message that the next search finds.
    pub to_find: Vec<usize>,
    pub search_round: u32,
    /// Reports of each root cause, and whether it is removed.
    pub causes: Vec<(u32, bool)>,
    pub tally: Tally,
}

impl<'a> World<'a> {
    fn new(setting: &'a Setting, rules: Rules, seed: u64) -> Self {
        let mut random = Random::new(seed);
        Self {
            setting,
            rules,
            now: 0.0,
            agenda: Agenda::default(),
            people: People::new(setting, &mut random),
            public: Public::new(setting),
            desk: Desk::new(setting),
            cases: Vec::new(),
            to_find: Vec::new(),
            search_round: 0,
            causes: vec![(0, false); setting.company.root_causes as usize],
            tally: Tally::default(),
            random,
        }
    }

    pub fn is_counted(&self) -> bool {
        self.setting.window().contains(&self.now)
    }

    fn happen(&mut self, event: Event) {
        match event {
            Event::Occasion(kind) => self.occasion(kind),
            Event::ShiftChange { team } => self.shift_change(team),
            Event::Search { round } => self.search_again(round),
            Event::Finished { team, work, kept, picked_up } => {
                self.finished(team, work, kept, picked_up);
            }
            Event::Read { case } => self.read(case),
            Event::PicksUp { case, message } => self.picks_up(case, message),
            Event::HangsUp { case, message } => self.patience_over(case, message),
            Event::Overdue { case, message } => self.overdue(case, message),
            Event::GivesUp { case, message } => {
                if self.waits_for(case, message) {
                    self.give_up(case);
                }
            }
            Event::WritesAgain { case } => {
                if self.cases[case].is_open() {
                    self.speak(case, self.cases[case].channel);
                }
            }
            Event::Shared { post, share } => self.shared(post, share),
            Event::Newcomer { place } => {
                self.people.newcomer(place, self.setting, &mut self.random);
            }
            Event::CauseRemoved { cause } => self.causes[cause].1 = true,
            Event::DayEnds => self.day_ends(),
        }
    }

    /// Whether the author of a case is still a customer.
    pub fn is_author_here(&self, case: usize) -> bool {
        let case = &self.cases[case];
        let holder = &self.people.places[case.place];
        holder.here && holder.generation == case.generation
    }

    /// Whether a customer still waits for an answer to this very message.
    pub fn waits_for(&self, case: usize, message: u32) -> bool {
        let case = &self.cases[case];
        case.is_open() && case.waiting && case.messages == message
    }
}

/// Every metric of a scenario in a number of replications, on two threads.
pub fn metrics(scenario: &str, rules: Rules, replications: usize) -> Vec<Values> {
    let setting = &Setting::read(scenario);
    let run = |seeds: std::ops::Range<usize>| {
        seeds.map(|seed| replicate(setting, rules, seed as u64)).collect::<Vec<_>>()
    };
    let half = replications / 2;
    let rows = std::thread::scope(|scope| {
        let first = scope.spawn(|| run(0..half));
        let mut second = run(half..replications);
        second.extend(first.join().expect("a thread that ends"));
        second
    });
    let names = rows[0].iter().map(|(name, _)| *name).enumerate();
    let column =
        |at: usize| rows.iter().map(move |row| Some(row[at].1).filter(|it| it.is_finite()));
    names
        .map(|(at, name)| Values { metric: name.to_owned(), values: column(at).collect() })
        .collect()
}

/// Runs one replication, and measures it.
fn replicate(setting: &Setting, rules: Rules, seed: u64) -> Vec<(&'static str, f64)> {
    let mut world = World::new(setting, rules, seed);
    world.schedule_occasions();
    world.schedule_shifts();
    let days = setting.run.days as usize;
    for day in 1..=days {
        world.agenda.add(day as f64 * 24.0, Event::DayEnds);
    }
    let end = days as f64 * 24.0;
    while let Some((at, event)) = world.agenda.next() {
        if at > end {
            break;
        }
        world.now = at;
        world.desk.count_hours(at, setting);
        world.people.drift(at);
        world.happen(event);
        world.assign();
    }
    world.now = end;
    world.measure()
}

impl World<'_> {
    /// Candidates for occasions: a Poisson process whose rate follows the hour and the weekday,
    /// and a factor that all of a day share.
    fn schedule_occasions(&mut self) {
        let (by_hour, by_weekday) = (&self.setting.by_hour, &self.setting.by_weekday);
        let mean = |weights: &[f64]| weights.iter().sum::<f64>() / weights.len() as f64;
        let usual = mean(by_hour) * mean(by_weekday);
        let rates = [
            (Kind::Complaint, self.setting.company.failures_per_customer_month),
            (Kind::Question, self.setting.company.questions_per_customer_month),
            (Kind::Misguided, self.setting.company.misconceptions_per_customer_month),
            (Kind::Praise, self.setting.company.delights_per_customer_month),
        ];
        let cv = self.setting.customers.day_to_day_cv;
        for day in 0..self.setting.run.days as usize {
            let factor = self.random.gamma_factor(cv);
            for (hour, weight) in by_hour.iter().enumerate() {
                let busy = factor * weight * by_weekday[day % 7] / usual;
                for (kind, rate) in rates {
                    let expected = busy * rate * self.setting.customers.count / 720.0;
                    for _ in 0..self.random.poisson(expected) {
                        let at = (day * 24 + hour) as f64 + self.random.uniform();
                        self.agenda.add(at, Event::Occasion(kind));
                    }
                }
            }
        }
    }
}
