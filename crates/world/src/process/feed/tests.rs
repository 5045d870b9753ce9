//! When posts are due, and what they do.

use super::*;
use crate::process::stage::{self, Log};

fn close(found: f64, expected: f64) {
    assert!((found - expected).abs() < 1e-6, "{found} instead of {expected}");
}

/// Hours at which posts are due in the first days.
fn due(sets: &[&str], days: u32) -> Vec<f64> {
    let plan = stage::plan(sets);
    let mut log = Log::default();
    let mut world = stage::world(&plan, &mut log);
    let mut hours = Vec::new();
    while let Some(event) = world.events.next_until(f64::from(days) * 24.0) {
        if let Event::FeedDue { .. } = event {
            hours.push(world.now());
        }
        world.happen(event);
    }
    hours
}

#[test]
fn posts_are_spread_evenly_over_the_hours_of_work_of_every_day() {
    assert_eq!(due(&["feed.faces_per_day=1"], 2), [13.0, 37.0]);
    assert_eq!(due(&["feed.links_per_day=2"], 2), [11.0, 15.0, 35.0, 39.0]);
    let three = due(&["feed.promotions_per_day=1", "feed.links_per_day=2"], 1);
    assert_eq!(three, [11.0, 13.0, 15.0]);
    assert_eq!(due(&["feed.faces_per_day=0.5"], 4), [37.0, 85.0]);
    assert_eq!(due(&["feed.faces_per_day=0"], 4), [0.0; 0]);
}

#[test]
fn a_post_takes_time_to_write_and_then_reaches_its_readers() {
    let after = |what: &str| {
        let plan = stage::plan(&[
            &format!("feed={{{what}_per_day=1, readers=0.2, minutes_per_post=30}}"),
            "reaction.promotion_wears=0.5",
            "reaction.face_warms=0.25",
        ]);
        let mut log = Log::default();
        let mut world = stage::world(&plan, &mut log);
        world.until(13.4);
        assert_eq!(world.companies[0].awareness.read(13.4), 0.5);
        world.until(13.6);
        let known = world.companies[0].awareness.read(13.6);
        // 2 of the 10 customers see it.
        assert!(known > 0.5 + 0.499 * (1.0 - libm::exp(-0.2 * 2.0 / 1000.0)), "{known}");
        assert!(known < 0.5 + 0.501 * (1.0 - libm::exp(-0.2 * 2.0 / 1000.0)), "{known}");
        let attitude = world.customers.attitude(3, 0, 13.5);
        (attitude, world.total(heard_scenario::metric::Metric::Audience))
    };
    let (promotions, views) = after("promotions");
    assert!((promotions + 0.1).abs() < 1e-4);
    // 2 a day are 60 in a month.
    close(views, 60.0);
    assert!((after("faces").0 - 0.05).abs() < 1e-4);
    assert_eq!(after("links").0, 0.0);
}
