//! The world: one replication of one arm.
//!
//! [`replicate`] plays a [`Plan`] once and returns what was measured. Data flows one way through
//! the processes, one file each:
//!
//! ```text
//! occasions -> voice -> inbox -> desk -> answers -> justice, belief, attitude
//!                 \-> publicity -> sentiment          \-> leaving, improvement
//!     detractors, mistakes, audit -> inbox      feed -> publicity
//! ```
//!
//! Every draw is keyed by the candidate occasion that it belongs to (`purpose.rs`), so that two arms
//! see the same customers with the same problems and the same luck, and differ in nothing but what
//! the companies do.

mod answers;
mod arrivals;
mod audit;
mod awareness;
pub mod cascade;
mod case;
mod census;
pub mod column;
mod company;
mod customers;
mod desk;
mod detractors;
mod feed;
pub mod footprint;
mod improvement;
mod inbox;
mod justice;
mod leaving;
pub mod load;
mod mistakes;
pub mod network;
pub mod observer;
mod occasions;
mod opinion;
mod people;
pub mod plan;
pub mod policy;
mod publicity;
pub mod purpose;
mod rota;
mod sentiment;
mod service;
#[cfg(test)]
mod stage;
mod streams;
#[cfg(test)]
mod tests;
mod voice;

use std::sync::atomic::{AtomicBool, Ordering};

use arrivals::{Arrivals, WeekProfile};
use case::Case;
use census::Census;
use column::Column;
use company::Company;
use customers::Customers;
use desk::Entry;
use network::Graph;
use observer::{Happening, Observer, Step};
use plan::{Plan, Setting};
use policy::Policy;
use publicity::Post;

use heard_math::engine::keyed::Draws;
use heard_math::engine::queue::EventQueue;
use heard_math::normal;
use heard_scenario as scenario;

/// Something that will happen.
#[derive(Clone, Copy, Debug)]
enum Event {
    /// The next candidate occasion.
    Occasion,
    /// The next contact of a stream.
    StreamArrival { company: u8, stream: u8 },
    /// A conversation is over.
    Finished { company: u8, team: u8, place: u32 },
    /// A caller's patience is over.
    PatienceOver { company: u8, place: u32, generation: u32 },
    /// A caller of a stream calls again.
    CallsAgain(u32),
    /// A team's staffing changes to this step, counted through the weeks, if the phase is still the
    /// same.
    ShiftChange { company: u8, team: u8, phase: u16, step: u32 },
    /// Untagged messages are searched for, if the phase is still the same.
    Sweep { company: u8, phase: u16 },
    /// An answer is overdue.
    Overdue { case: u32, message: u16 },
    /// A customer stops waiting.
    GivesUp { case: u32, message: u16 },
    /// A customer writes or calls again about the same problem.
    WritesAgain(u32),
    /// A post is shared.
    Shared { post: u32, share: u32 },
    /// A customer who left a company is replaced: by somebody new, or, where customers buy from
    /// each, as this company's customer.
    Newcomer { place: u32, company: u8 },
    /// A root cause is gone.
    CauseRemoved { company: u8, cause: u32 },
    /// A detractor may post.
    Detractor { company: u8, number: u16 },
    /// The company makes a mistake in public.
    Mistake { company: u8, number: u16 },
    /// An auditor posts a probe.
    Probe(u32),
    /// It is time to write something for the feed.
    FeedDue { company: u8, entry: Entry },
    /// What companies do changes.
    Switch(u16),
    /// A day is over.
    Midnight,
    /// It is read how many contacts are inside.
    Reading(u32),
}

/// Events, or customers while a world is built, between two looks at the stop flag. Few, as an event
/// can take a millisecond in a large world; a look costs nothing.
const LOOK_EVERY: u32 = 256;

/// The state of one replication.
struct World<'a, O> {
    plan: &'a Plan,
    setting: &'a Setting,
    /// What the companies do now.
    policies: &'a [Policy],
    phase: u16,
    draws: Draws,
    events: EventQueue<Event>,
    occasions: Arrivals,
    candidate: u32,
    redials: Vec<(u8, desk::Contact)>,
    customers: Customers,
    network: Option<Graph>,
    cases: Vec<Case>,
    open_cases: leaving::OpenCases,
    companies: Vec<Company>,
    posts: Vec<Post>,
    /// What the channels are worth to whoever is making up their mind.
    utilities: Vec<Option<f64>>,
    observer: &'a mut O,
}

/// Plays replication number `replication` of `plan` and returns one value for each of `columns`, for
/// each company and, where there are several, for all of them together; NaN where it is not defined.
/// `None` if `stop` was raised before the end.
pub fn replicate<O: Observer>(
    plan: &Plan,
    columns: &[Column],
    seed: u64,
    replication: u32,
    stop: &AtomicBool,
    observer: &mut O,
) -> Option<Vec<f64>> {
    let mut world = World::new(plan, Draws::new(seed, replication), observer, stop)?;
    world.start();
    let mut until_look = LOOK_EVERY;
    while let Some(event) = world.events.next_until(plan.setting.end) {
        world.happen(event);
        until_look -= 1;
        if until_look == 0 {
            until_look = LOOK_EVERY;
            if stop.load(Ordering::Relaxed) {
                return None;
            }
        }
    }
    Some(world.finish(columns))
}

/// Followers at which the tenths of customers end, where followers are lognormal.
fn lognormal_tenths(habits: &scenario::customers::Customers) -> Vec<f64> {
    let scenario::customers::Followers { median, sigma } = habits.followers;
    let end = |tenth: i32| median * libm::exp(sigma * normal::quantile(f64::from(tenth) / 10.0));
    (1..10).map(end).collect()
}

impl<'a, O: Observer> World<'a, O> {
    /// `None` if `stop` was raised before the end.
    fn new(plan: &'a Plan, draws: Draws, observer: &'a mut O, stop: &AtomicBool) -> Option<Self> {
        let (setting, policies) = (&*plan.setting, plan.policies());
        let habits = &setting.customers;
        let profile = WeekProfile::new(Some(&habits.by_hour), Some(&habits.by_weekday));
        let mut customers = Customers::new(setting, policies, &draws, stop)?;
        let network = match &setting.network {
            Some(network) => {
                let (sigma, edges) = (habits.followers.sigma, setting.edges.as_deref());
                Some(network::build(network, habits.count, sigma, edges, &draws, stop)?)
            }
            None => None,
        };
        if let Some(graph) = &network {
            (0..habits.count as usize)
                .for_each(|place| customers.follow(place, graph.degree(place) as f64));
        }
        let tenth_ends =
            if network.is_some() { customers.tenths() } else { lognormal_tenths(habits) };
        Some(Self {
            plan,
            setting,
            policies,
            phase: 0,
            draws,
            events: EventQueue::default(),
            occasions: Arrivals::new(
                setting.candidates_per_hour(),
                profile,
                habits.day_to_day_cv,
                0,
            ),
            candidate: 0,
            redials: Vec::new(),
            customers,
            network,
            cases: Vec::new(),
            open_cases: leaving::OpenCases::new(habits.count as usize + 1),
            companies: (0..setting.companies)
                .map(|company| Company::new(plan, company, tenth_ends.clone(), &draws))
                .collect(),
            posts: Vec::new(),
            utilities: Vec::new(),
            observer,
        })
    }

    fn start(&mut self) {
        for company in 0..self.companies.len() {
            self.open(company);
            for stream in 0..self.policy(company).streams.len() {
                self.next_of_stream(company, stream);
            }
            self.plan_mistakes(company);
            self.wake_detractors(company);
            self.plan_feed(company);
        }
        self.next_occasion();
        self.plan_probes();
        for (phase, next) in self.plan.phases.iter().enumerate().skip(1) {
            self.events.at(next.from, Event::Switch(phase as u16));
        }
        self.events.at(24.0, Event::Midnight);
        self.next_reading(0);
    }

    /// What the company does now.
    #[inline]
    fn policy(&self, company: usize) -> &'a Policy {
        &self.policies[company]
    }

    /// A company's people go to work as its policy of now says.
    fn open(&mut self, company: usize) {
        let (now, phase, policy) = (self.now(), self.phase, self.policy(company));
        for (team, staff) in policy.teams.iter().enumerate() {
            self.change_shift(company, team, staff.rota.step_at(now));
        }
        if policy.channels.iter().any(|channel| channel.public && channel.coverage > 0.0) {
            // Sweeps keep to the clock, whatever is switched when.
            let every = policy.listening.sweep_every_hours;
            let sweep = Event::Sweep { company: company as u8, phase };
            self.events.at((now / every).ceil() * every, sweep);
        }
    }

    /// From now on the companies do what this phase says.
    fn switch(&mut self, phase: u16) {
        self.phase = phase;
        self.policies = &self.plan.phases[usize::from(phase)].policies;
        for company in 0..self.companies.len() {
            let (policy, now) = (self.policy(company), self.now());
            self.companies[company].turn(policy, now);
            self.open(company);
        }
    }

    #[inline]
    fn happen(&mut self, event: Event) {
        match event {
            Event::Occasion => self.occasion(),
            Event::StreamArrival { company, stream } => {
                self.stream_arrival(usize::from(company), usize::from(stream));
            }
            Event::Finished { company, team, place } => {
                self.finished(usize::from(company), usize::from(team), place);
            }
            Event::PatienceOver { company, place, generation } => {
                self.patience_over(usize::from(company), place, generation);
            }
            Event::CallsAgain(redial) => {
                let (company, contact) = self.redials[redial as usize];
                self.stream_contact(usize::from(company), contact);
            }
            Event::ShiftChange { company, team, phase, step } if phase == self.phase => {
                self.change_shift(usize::from(company), usize::from(team), step);
            }
            Event::Sweep { company, phase } if phase == self.phase => {
                self.sweep(usize::from(company));
            }
            Event::ShiftChange { .. } | Event::Sweep { .. } => {}
            Event::Overdue { case, message } => self.overdue(case as usize, message),
            Event::GivesUp { case, message } => self.gives_up(case as usize, message),
            Event::WritesAgain(case) => self.writes_again(case as usize),
            Event::Shared { post, share } => self.shared(post as usize, share as usize),
            Event::Newcomer { place, company } => self.newcomer(place as usize, company.into()),
            Event::CauseRemoved { company, cause } => {
                self.companies[usize::from(company)].causes.remove(cause as usize);
            }
            Event::Detractor { company, number } => self.detractor(company.into(), number),
            Event::Mistake { company, number } => self.mistake(company.into(), number.into()),
            Event::Probe(probe) => self.probe(probe),
            Event::FeedDue { company, entry } => self.feed_due(usize::from(company), entry),
            Event::Switch(phase) => self.switch(phase),
            Event::Midnight => self.midnight(),
            Event::Reading(index) => self.read_load(index),
        }
    }

    #[inline]
    fn now(&self) -> f64 {
        self.events.now()
    }

    fn note(&mut self, case: usize, what: Happening) {
        let (now, candidate) = (self.now(), self.cases[case].candidate);
        self.observer.happened(now, candidate, what);
    }

    /// Notes what becomes of the latest message of a case.
    fn deal(&mut self, case: usize, step: Step) {
        let (now, this) = (self.now(), &self.cases[case]);
        self.observer.handled(now, usize::from(this.company), this.latest(), step);
    }

    fn midnight(&mut self) {
        let now = self.now();
        self.read_day(now);
        (0..self.companies.len()).for_each(|company| self.plan_feed(company));
        self.events.after(24.0, Event::Midnight);
    }

    /// Open questions and complaints that nothing will ever end: neither at the desk, nor found by a
    /// sweep, nor with a customer who will give up or write again. There must be none.
    fn lost_cases(&self) -> Vec<usize> {
        let mut held = vec![false; self.cases.len()];
        for event in self.events.pending() {
            match event {
                Event::WritesAgain(case) => held[case as usize] = true,
                Event::GivesUp { case, message } => {
                    held[case as usize] |= self.still_waits(case as usize, message);
                }
                _ => {}
            }
        }
        for contact in self.companies.iter().flat_map(|company| company.desk.still_inside()) {
            if let desk::Work::Case(case) = contact.work {
                held[case as usize] = true;
            }
        }
        let mut lost = vec![0; self.companies.len()];
        for (case, held) in self.cases.iter().zip(held) {
            if case.wants_answer() && case.ending.is_none() && !held {
                lost[usize::from(case.company)] += 1;
            }
        }
        lost
    }

    fn read_day(&mut self, now: f64) {
        for (index, company) in self.companies.iter_mut().enumerate() {
            let (here, at_first) = self.customers.members(index);
            company.census.end_of_day(
                now,
                census::State {
                    sentiment: company.sentiment.read(now),
                    attitude: self.customers.mean_attitude_of_first(index, now),
                    expectation: self.customers.mean_expectation(index),
                    awareness: company.awareness.read(now),
                    kept: census::ratio(here as f64, at_first as f64),
                },
            );
        }
    }

    fn finish(mut self, columns: &[Column]) -> Vec<f64> {
        let end = self.setting.end;
        if end % 24.0 != 0.0 {
            self.read_day(end);
        }
        let lost = self.lost_cases();
        let calls: Vec<(u8, desk::Contact)> = (self.events.pending())
            .filter_map(|event| match event {
                Event::CallsAgain(redial) => Some(self.redials[redial as usize]),
                _ => None,
            })
            .collect();
        for case in &self.cases {
            self.companies[usize::from(case.company)].census.count_case(case);
        }
        for (index, company) in self.companies.iter_mut().enumerate() {
            company.desk.close(end);
            let calls = calls.iter().filter(|(whose, _)| usize::from(*whose) == index);
            let calls = calls.map(|(_, contact)| *contact);
            company.census.close(&self.policies[index], &company.desk, calls, lost[index]);
            company.census.ask(&mut self.customers, index);
        }
        let censuses: Vec<Census> = self.companies.into_iter().map(|one| one.census).collect();
        let mut values = Vec::with_capacity(columns.len() * (censuses.len() + 1));
        for census in &censuses {
            values.extend(census.values(columns));
        }
        if let [first, others @ ..] = censuses.as_slice()
            && !others.is_empty()
        {
            let mut all = first.clone();
            others.iter().for_each(|other| all.absorb(other));
            values.extend(all.values(columns));
        }
        values
    }
}
