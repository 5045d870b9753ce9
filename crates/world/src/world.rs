//! The state of one replication, and what can happen in it.

use std::sync::atomic::AtomicBool;

use crate::company::Company;
use crate::customers::Customers;
use crate::customers::network::{self, Graph};
use crate::customers::open_cases::OpenCases;
use crate::desk::contact::{Contact, Entry};
use crate::plan::Plan;
use crate::plan::arrivals::{Arrivals, WeekProfile};
use crate::plan::policy::Policy;
use crate::plan::setting::Setting;
use crate::public::post::Post;
use crate::terms::case::Case;
use crate::terms::observer::{Happening, Observer, Step};
use heard_math::engine::keyed::Draws;
use heard_math::engine::queue::EventQueue;
use heard_math::normal;
use heard_scenario::customers::{Customers as Habits, Followers};

/// Something that will happen.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Event {
    /// The next candidate occasion.
    Occasion,
    /// The next contact of a stream.
    StreamArrival { company: u8, stream: u8 },
    /// A conversation is over.
    Finished { company: u8, team: u8, place: u32 },
    /// The person at whom a call rings picks up, if it still rings.
    PickUp { company: u8, team: u8, place: u32, generation: u32 },
    /// A caller's patience is over.
    PatienceOver { company: u8, place: u32, generation: u32 },
    /// A caller of a stream calls again.
    CallsAgain(u32),
    /// A team's staffing changes to this step, counted through the weeks, if the phase is still the
    /// same.
    ShiftChange { company: u8, team: u8, phase: u16, step: u32 },
    /// Untagged messages are searched for, if those who came on duty for this watch are still there.
    Sweep { company: u8, watch: u32 },
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
    /// The number of contacts inside is read.
    Reading(u32),
}

/// The state of one replication.
pub(crate) struct World<'a, O> {
    pub plan: &'a Plan,
    pub setting: &'a Setting,
    /// What the companies do now.
    pub policies: &'a [Policy],
    pub phase: u16,
    pub draws: Draws,
    pub events: EventQueue<Event>,
    pub occasions: Arrivals,
    pub candidate: u32,
    pub redials: Vec<(u8, Contact)>,
    pub customers: Customers,
    pub network: Option<Graph>,
    pub cases: Vec<Case>,
    pub open_cases: OpenCases,
    pub companies: Vec<Company>,
    pub posts: Vec<Post>,
    /// What the channels are worth to the customer who is deciding.
    pub utilities: Vec<Option<f64>>,
    pub observer: &'a mut O,
}

/// Followers at which the tenths of customers end, if followers are lognormal.
fn lognormal_tenths(habits: &Habits) -> Vec<f64> {
    let Followers { median, sigma } = habits.followers;
    let end = |tenth: i32| median * libm::exp(sigma * normal::quantile(f64::from(tenth) / 10.0));
    (1..10).map(end).collect()
}

impl<'a, O: Observer> World<'a, O> {
    /// `None` if `stop` was raised before the end.
    pub(crate) fn new(
        plan: &'a Plan,
        draws: Draws,
        observer: &'a mut O,
        stop: &AtomicBool,
    ) -> Option<Self> {
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
            open_cases: OpenCases::new(habits.count as usize + 1),
            companies: (0..setting.companies)
                .map(|company| Company::new(plan, company, tenth_ends.clone(), &draws))
                .collect(),
            posts: Vec::new(),
            utilities: Vec::new(),
            observer,
        })
    }

    /// What the company does now.
    #[inline]
    pub(crate) fn policy(&self, company: usize) -> &'a Policy {
        &self.policies[company]
    }

    #[inline]
    pub(crate) fn now(&self) -> f64 {
        self.events.now()
    }

    pub(crate) fn note(&mut self, case: usize, what: Happening) {
        let (now, candidate) = (self.now(), self.cases[case].candidate);
        self.observer.happened(now, candidate, what);
    }

    /// Notes what becomes of the latest message of a case.
    pub(crate) fn deal(&mut self, case: usize, step: Step) {
        let (now, this) = (self.now(), &self.cases[case]);
        self.observer.handled(now, usize::from(this.company), this.latest(), step);
    }
}
