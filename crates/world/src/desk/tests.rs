//! What the desk promises.

use super::contact::Work;
use super::*;
use crate::plan::counted::Counted;
use heard_scenario::Scenario;
use heard_scenario::answer::Action;

/// One phone line and one inbox, both of one team of `people`, which count a day.
fn desk(people: u32) -> Desk {
    desk_over(&[(0.0, 24.0)], people)
}

/// The same with these windows of the day.
fn desk_over(windows: &[Span], people: u32) -> Desk {
    let text = "
        stream = { calls = { channel = 'phone', per_hour = 1 } }
        channel.phone = { seen_by = 'private', waits = 'on the line' }
        channel.mail = { seen_by = 'private', waits = 'in an inbox' }
        team.all = { channels = ['phone', 'mail'] }
        run = { days = 1, warmup_days = 0, margin_days = 0 }";
    let scenario: Scenario = toml::from_str(text).unwrap();
    let counted = Counted { windows: windows.to_vec(), ..Counted::new(&scenario.run) };
    let mut desk = Desk::new(&Policy::new(&scenario, 0), &counted);
    desk.staff(0, people, 0.0);
    desk
}

fn contact(line: u16, priority: u8, number: u32, arrived: f64) -> Contact {
    Contact {
        work: Work::Stream(0),
        line,
        priority,
        urgency: 0.0,
        action: Action::Restore,
        handle: 1.0,
        solves: 0.5,
        number,
        attempt: 0,
        voiced_at: arrived,
        arrived,
    }
}

#[test]
fn the_best_rank_is_taken_first_and_the_oldest_of_a_rank_whatever_its_line() {
    let mut desk = desk(0);
    for (number, (line, priority)) in
        [(0, 5), (1, 5), (1, 2), (0, 2), (0, 9)].into_iter().enumerate()
    {
        let (_, team) = desk.arrive(contact(line, priority, number as u32, 0.0), 0.0);
        assert_eq!(team, None);
    }
    desk.staff(0, 5, 1.0);
    let taken: Vec<u32> = std::iter::from_fn(|| desk.next(0, 1.0)).collect();
    let order: Vec<u32> = taken.into_iter().map(|place| desk.contact(place).number).collect();
    assert_eq!(order, [2, 3, 0, 1, 4]);
}

#[test]
fn who_has_hung_up_is_passed_over_even_if_the_place_is_taken_again() {
    let mut desk = desk(0);
    let (first, _) = desk.arrive(contact(0, 3, 0, 0.0), 0.0);
    let generation = desk.generation(first);
    assert!(desk.abandon(first, generation, 1.0).is_some());
    assert!(desk.abandon(first, generation, 1.0).is_none());
    let (second, _) = desk.arrive(contact(0, 3, 1, 2.0), 2.0);
    assert_eq!(second, first);
    assert!(desk.abandon(second, generation, 2.0).is_none());
    desk.staff(0, 2, 3.0);
    assert_eq!(desk.next(0, 3.0).map(|at| desk.contact(at).number), Some(1));
    assert_eq!(desk.next(0, 3.0), None);
}

#[test]
fn a_conversation_outlasts_the_shift_and_is_paid_and_staffed() {
    let mut desk = desk(2);
    let (first, team) = desk.arrive(contact(0, 3, 0, 0.0), 0.0);
    assert_eq!(team, Some(0));
    desk.staff(0, 0, 1.0);
    assert_eq!(desk.arrive(contact(0, 3, 1, 1.5), 1.5).1, None);
    desk.finish(0, first, 3.0);
    assert_eq!(desk.next(0, 3.0), None);
    desk.close(24.0);
    // One of two people talks for 3 hours, 2 of them after the shift of an hour.
    let hours: Vec<Hours> = desk.hours(0).collect();
    assert_eq!(hours, [Hours { busy: 3.0, staffed: 4.0, wages: 4.0 * 22.0 }]);
    let check = desk.checks().next().unwrap();
    assert_eq!((check.unaccounted, check.number_hours), (0, check.sojourn_hours));
    assert_eq!(check.number_hours, 3.0 + 22.5);
}

#[test]
fn each_window_has_its_part_of_a_teams_time_and_the_checks_have_the_whole_span() {
    let mut desk = desk_over(&[(0.0, 2.0), (1.5, 6.0), (20.0, 24.0)], 2);
    let (first, _) = desk.arrive(contact(0, 3, 0, 1.0), 1.0);
    desk.staff(0, 0, 4.0);
    desk.finish(0, first, 5.0);
    desk.close(24.0);
    let hours: Vec<Hours> = desk.hours(0).collect();
    let worked = |busy, staffed, paid| Hours { busy, staffed, wages: paid * 22.0 };
    assert_eq!(hours, [worked(1.0, 4.0, 4.0), worked(3.5, 6.0, 6.0), worked(0.0, 0.0, 0.0)]);
    let check = desk.checks().next().unwrap();
    assert_eq!((check.number_hours, check.sojourn_hours), (4.0, 4.0));
}
