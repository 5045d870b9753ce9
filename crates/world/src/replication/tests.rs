//! What a replication promises as a whole.

use super::*;
use crate::desk::Desk;
use crate::process::stage::{self, Log, MAIL, PAGE};
use crate::record::column::Check;
use crate::terms::observer::{Happening, Matter, Step};
use heard_math::engine::queue::EventQueue;
use heard_scenario::metric::Metric;
use heard_scenario::triage::Kind;

#[test]
fn a_run_that_is_told_to_stop_stops_and_gives_nothing() {
    let plan = stage::plan_with(&[], "[stream.calls]\nchannel = 'phone'\nper_hour = 100\n");
    let play = |stop: bool| {
        let columns = [Column::Check(Check::Voiced)];
        replicate(&plan, &columns, 2011, 0, &AtomicBool::new(stop), &mut ())
    };
    assert!(play(false).is_some_and(|values| values[0] > 20_000.0));
    assert_eq!(play(true), None);
}

/// Raises a flag after `before` contacts, and counts those that follow.
struct Stopper<'a> {
    stop: &'a AtomicBool,
    before: u32,
    after: u32,
}

impl Observer for Stopper<'_> {
    fn happened(&mut self, _: f64, _: u32, _: Happening) {}

    fn handled(&mut self, _: f64, _: usize, _: Matter, step: Step) {
        if matches!(step, Step::Called { .. }) {
            self.after += u32::from(self.before == 0);
            self.before = self.before.saturating_sub(1);
            self.stop.store(self.before == 0, Ordering::Relaxed);
        }
    }
}

#[test]
fn a_world_that_is_told_to_stop_half_way_stops_within_a_few_hundred_events() {
    let plan = stage::plan_with(&[], "[stream.calls]\nchannel = 'phone'\nper_hour = 100\n");
    let columns = [Column::Check(Check::Voiced)];
    let stop = AtomicBool::new(false);
    let mut stopper = Stopper { stop: &stop, before: 5_000, after: 0 };
    assert_eq!(replicate(&plan, &columns, 2011, 0, &stop, &mut stopper), None);
    assert_eq!(stopper.before, 0);
    assert!(stopper.after <= LOOK_EVERY, "{}", stopper.after);
}

#[test]
fn a_world_is_not_built_once_it_is_told_to_stop() {
    let plan = stage::plan(&[]);
    let (stop, mut nobody) = (AtomicBool::new(true), ());
    let world = World::new(&plan, Draws::new(1, 0), &mut nobody, &stop);
    assert!(world.is_none());
}

#[test]
fn from_a_switch_on_only_the_new_shifts_and_sweeps_are_kept_to() {
    let plan = stage::plan_with(
        &["listening={coverage=1, sweep_every_hours=6}", "channel.page.tagged=0"],
        "[arm.turns]\nswitch = [{ at_day = 5, listening.sweep_every_hours = 24, \
         team.care.shifts = [{ days = 'Mon-Sun', hours = '09:00-17:00', people = 1 }] }]\n",
    );
    let mut log = Log::default();
    let mut world = stage::world(&plan, &mut log);
    world.until(119.0);
    assert!(world.companies[0].desk.is_there(0));
    world.until(123.0);
    assert_eq!(world.phase, 1);
    assert!(!world.companies[0].desk.is_there(0));
    // Found by the sweep at noon only if the old rhythm went on.
    world.until(129.5);
    let case = world.say(1, 1, Kind::Question, PAGE);
    world.until(143.0);
    assert!(!world.cases[case].seen);
    world.until(170.0);
    let pending = |is: fn(&Event) -> bool| world.events.pending().filter(is).count();
    assert_eq!(pending(|event| matches!(event, Event::Sweep { .. })), 1);
    assert_eq!(pending(|event| matches!(event, Event::ShiftChange { .. })), 1);
}

#[test]
fn sweeps_go_on_through_the_run() {
    let plan =
        stage::plan(&["listening={coverage=1, sweep_every_hours=6}", "channel.page.tagged=0"]);
    let mut log = Log::default();
    let mut world = stage::world(&plan, &mut log);
    for day in 0..9 {
        world.until(f64::from(day) * 24.0 + 1.0);
        let case = world.say(day, day as usize, Kind::Question, PAGE);
        world.until(f64::from(day) * 24.0 + 8.0);
        assert!(world.cases[case].answered(), "{day}");
    }
}

#[test]
fn a_case_that_nothing_will_ever_end_is_found() {
    let plan = stage::plan(&["team.care.shifts=[]"]);
    let lost = |tamper: fn(&mut World<'_, Log>)| {
        let mut log = Log::default();
        let mut world = stage::world(&plan, &mut log);
        (0..3).for_each(|who| {
            assert_eq!(world.say(who, who as usize, Kind::Complaint, MAIL), who as usize)
        });
        tamper(&mut world);
        world.lost_cases()
    };
    // They wait at the desk, and their customers will give up.
    assert_eq!(lost(|_| {}), [0]);
    assert_eq!(lost(|world| world.events = EventQueue::default()), [0]);
    let empty = |world: &mut World<'_, Log>| {
        world.companies[0].desk = Desk::new(world.policy(0), &world.setting.counted);
    };
    assert_eq!(lost(empty), [0]);
    assert_eq!(
        lost(|world| {
            world.companies[0].desk = Desk::new(world.policy(0), &world.setting.counted);
            world.events = EventQueue::default();
            world.events.at(5.0, Event::WritesAgain(1));
            world.events.at(5.0, Event::GivesUp { case: 2, message: 7 });
        }),
        [2]
    );
}

#[test]
fn every_day_ends_with_a_look_at_the_state_and_so_does_a_broken_last_one() {
    let daily = |days: f64| {
        let plan =
            stage::plan(&[&format!("run.days={days}"), "customers.attitude={mean=0.5, sd=0}"]);
        let columns: Vec<Column> =
            (0..4).map(|day| Column::Day { metric: Metric::Attitude, day }).collect();
        replicate(&plan, &columns, 2011, 0, &AtomicBool::new(false), &mut ()).unwrap()
    };
    let defined = |values: Vec<f64>| values.iter().filter(|value| **value == 0.5).count();
    assert_eq!([daily(2.0), daily(2.5), daily(4.0)].map(defined), [2, 3, 4]);
}

#[test]
fn several_companies_have_a_row_each_and_one_together() {
    let rows = |companies: &str| {
        let plan = stage::plan_with(&[], companies);
        let columns = [Column::Check(Check::Voiced), Column::Total(Metric::CustomersKept)];
        replicate(&plan, &columns, 2011, 0, &AtomicBool::new(false), &mut ()).unwrap()
    };
    assert_eq!(rows(""), [0.0, 1.0]);
    assert_eq!(rows("[company.one]\n[company.two]\n"), [0.0, 1.0, 0.0, 1.0, 0.0, 1.0]);
}
