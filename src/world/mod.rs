//! The world: one replication of one arm.
//!
//! [`replicate`] plays a [`Plan`] once and returns what was measured. Data flows one way through
//! the processes, one file each:
//!
//! ```text
//! occasions -> voice -> inbox -> desk -> answers -> justice, belief, attitude
//!                 \-> publicity -> sentiment          \-> leaving, improvement
//! ```
//!
//! Every draw is keyed by the candidate occasion that it belongs to (`purpose.rs`), so that two arms
//! see the same customers with the same problems and the same luck, and differ in nothing but what
//! the company does.

mod answers;
mod arrivals;
mod attitude;
mod cascade;
mod case;
mod census;
pub mod column;
mod customers;
mod desk;
mod improvement;
mod inbox;
mod justice;
mod leaving;
mod network;
pub mod observer;
mod occasions;
pub mod plan;
mod publicity;
mod purpose;
mod sentiment;
mod service;
mod streams;
mod voice;

use std::sync::atomic::{AtomicBool, Ordering};

use arrivals::{Arrivals, WeekProfile};
use cascade::Sharing;
use case::Case;
use census::Census;
use column::Column;
use customers::Customers;
use desk::Desk;
use improvement::Causes;
use observer::{Happening, Observer};
use plan::Plan;
use publicity::Post;
use sentiment::Sentiment;

use crate::engine::keyed::Draws;
use crate::engine::queue::EventQueue;

/// Something that will happen.
#[derive(Clone, Copy, Debug)]
enum Event {
    /// The next candidate occasion.
    Occasion,
    /// The next contact of a stream.
    StreamArrival(u16),
    /// A conversation is over.
    Finished { team: u16, place: u32 },
    /// A caller's patience is over.
    PatienceOver { place: u32, generation: u32 },
    /// A caller of a stream calls again.
    CallsAgain(u32),
    /// A team's staffing changes to this step, counted through the weeks.
    ShiftChange { team: u16, step: u32 },
    /// Untagged messages are searched for.
    Sweep,
    /// An answer is overdue.
    Overdue { case: u32, message: u16 },
    /// A customer stops waiting.
    GivesUp { case: u32, message: u16 },
    /// A customer writes or calls again about the same problem.
    WritesAgain(u32),
    /// A post is shared.
    Shared { post: u32, share: u32 },
    /// A new customer takes a place.
    Newcomer(u32),
    /// A root cause is gone.
    CauseRemoved(u32),
    /// A day is over.
    Midnight,
}

/// Events between two looks at whether to stop.
const STOP_EVERY: u32 = 8192;

/// The state of one replication.
struct World<'a, O> {
    plan: &'a Plan,
    draws: Draws,
    events: EventQueue<Event>,
    occasions: Arrivals,
    candidate: u32,
    streams: Vec<streams::Source>,
    redials: Vec<desk::Contact>,
    customers: Customers,
    cases: Vec<Case>,
    open_cases: leaving::OpenCases,
    desk: Desk,
    found: Vec<u32>,
    sweeps: Vec<Vec<u32>>,
    sharing: Sharing,
    posts: Vec<Post>,
    sentiment: Sentiment,
    causes: Causes,
    census: Census,
    observer: &'a mut O,
}

/// Plays replication number `replication` of `plan` and returns one value for each of `columns`,
/// NaN where it is not defined. `None` if `stop` was raised before the end.
pub fn replicate<O: Observer>(
    plan: &Plan,
    columns: &[Column],
    seed: u64,
    replication: u32,
    stop: &AtomicBool,
    observer: &mut O,
) -> Option<Vec<f64>> {
    let mut world = World::new(plan, Draws::new(seed, replication), observer);
    world.start();
    let mut until_look = STOP_EVERY;
    while let Some(event) = world.events.next_until(plan.end) {
        world.happen(event);
        until_look -= 1;
        if until_look == 0 {
            until_look = STOP_EVERY;
            if stop.load(Ordering::Relaxed) {
                return None;
            }
        }
    }
    Some(world.finish(columns))
}

impl<'a, O: Observer> World<'a, O> {
    fn new(plan: &'a Plan, draws: Draws, observer: &'a mut O) -> Self {
        let habits = &plan.customers;
        let profile = WeekProfile::new(Some(&habits.by_hour), Some(&habits.by_weekday));
        Self {
            plan,
            draws,
            events: EventQueue::default(),
            occasions: Arrivals::new(plan.candidates_per_hour(), profile, habits.day_to_day_cv, 0),
            candidate: 0,
            streams: streams::Source::all(plan),
            redials: Vec::new(),
            customers: Customers::new(plan, &draws),
            cases: Vec::new(),
            open_cases: leaving::OpenCases::new(habits.count as usize),
            desk: Desk::new(plan),
            found: Vec::new(),
            sweeps: Vec::new(),
            sharing: Sharing::new(&plan.publicity, &habits.followers),
            posts: Vec::new(),
            sentiment: Sentiment::new(habits.market(), plan.publicity.memory_days * 24.0),
            causes: Causes::new(&plan.company),
            census: Census::new(plan),
            observer,
        }
    }

    fn start(&mut self) {
        for team in 0..self.plan.teams.len() {
            self.change_shift(team, 0);
        }
        self.next_occasion();
        for stream in 0..self.streams.len() {
            self.next_of_stream(stream);
        }
        if self.plan.channels.iter().any(|channel| channel.public && channel.coverage > 0.0) {
            self.events.after(self.plan.listening.sweep_every_hours, Event::Sweep);
        }
        self.events.at(24.0, Event::Midnight);
    }

    #[inline]
    fn happen(&mut self, event: Event) {
        match event {
            Event::Occasion => self.occasion(),
            Event::StreamArrival(stream) => self.stream_arrival(usize::from(stream)),
            Event::Finished { team, place } => self.finished(usize::from(team), place),
            Event::PatienceOver { place, generation } => self.patience_over(place, generation),
            Event::CallsAgain(redial) => self.stream_contact(self.redials[redial as usize]),
            Event::ShiftChange { team, step } => self.change_shift(usize::from(team), step),
            Event::Sweep => self.sweep(),
            Event::Overdue { case, message } => self.overdue(case as usize, message),
            Event::GivesUp { case, message } => self.gives_up(case as usize, message),
            Event::WritesAgain(case) => self.writes_again(case as usize),
            Event::Shared { post, share } => self.shared(post as usize, share as usize),
            Event::Newcomer(place) => self.newcomer(place as usize),
            Event::CauseRemoved(cause) => self.causes.remove(cause as usize),
            Event::Midnight => self.midnight(),
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

    fn midnight(&mut self) {
        let now = self.now();
        self.read_day(now);
        self.events.after(24.0, Event::Midnight);
    }

    /// Open questions and complaints that nothing will ever end: neither at the desk, nor found by a
    /// sweep, nor with a customer who will give up or write again. There must be none.
    fn lost_cases(&self) -> usize {
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
        for contact in self.desk.still_inside() {
            if let desk::Work::Case(case) = contact.work {
                held[case as usize] = true;
            }
        }
        let open = |case: &Case| case.asks() && case.ending.is_none();
        self.cases.iter().zip(held).filter(|(case, held)| open(case) && !held).count()
    }

    fn read_day(&mut self, now: f64) {
        let sentiment = self.sentiment.read(now);
        let attitude = self.customers.mean_attitude_of_first(now);
        self.census.end_of_day(now, sentiment, attitude);
    }

    fn finish(mut self, columns: &[Column]) -> Vec<f64> {
        let end = self.plan.end;
        if end % 24.0 != 0.0 {
            self.read_day(end);
        }
        self.desk.close(end);
        let calls = self.events.pending().filter_map(|event| match event {
            Event::CallsAgain(redial) => Some(self.redials[redial as usize]),
            _ => None,
        });
        let lost = self.lost_cases();
        self.census.close(self.plan, &self.cases, &self.desk, calls, lost);
        self.census.ask(self.plan, &mut self.customers);
        self.census.values(self.plan, columns)
    }
}
