//! The estimate by hand, piece by piece.

use std::sync::Arc;

use super::*;
use crate::process::stage::{plan, plan_with};
use heard_scenario::edges::Edges;
use heard_scenario::source::Sources;

fn near(found: f64, expected: f64) {
    let off = (found - expected).abs();
    assert!(off <= 1e-9 * expected.abs().max(1e-9), "{found} instead of {expected}");
}

/// A stage on which everybody asks something now and then, on any channel alike.
const ASKING: [&str; 5] = [
    "customers.count=1000",
    "company.questions_per_customer_month=0.6",
    "channel.page.effort=0",
    "channel.mail.effort=0",
    "channel.phone.effort=0",
];

fn asking(more: &[&str]) -> Plan {
    plan(&[&ASKING, more].concat())
}

/// The chance to say something on any of `channels` alike, without effort.
fn chance(setting: &Setting, severity: f64, channels: f64) -> f64 {
    let odds = channels * libm::exp(setting.voice_intercept + setting.voice_slope * severity);
    odds / (1.0 + odds)
}

#[test]
fn distributions_are_read_in_the_middle_of_their_parts() {
    assert_eq!([middle(0, 4), middle(1, 4), middle(3, 4)], [0.125, 0.375, 0.875]);
}

#[test]
fn trees_survive_by_haldanes_rule() {
    near(survival(1.1, 0.0), 0.2 / 1.21);
    near(survival(3.0, 0.0), 4.0 / 9.0);
    near(survival(3.0, 0.5), 4.0 / (9.0 * libm::exp(0.25)));
    assert_eq!(survival(1.0, 0.0), 0.0);
}

#[test]
fn people_take_their_place_and_opinions_of_every_channel_and_company() {
    let plan = plan(&[]);
    let (standing, building) = people(&plan, 11.0);
    // One company, three channels.
    near(standing, 11.0 * (16.0 + 3.0 * 8.0 + 8.0 + 5.0 + 4.0));
    near(building, 11.0 * (size_of::<Person>() as f64 + 8.0));
    let mut two = plan.clone();
    Arc::make_mut(&mut two.setting).companies = 2;
    near(people(&two, 11.0).0, 11.0 * (2.0 * 16.0 + 3.0 * 8.0 + 8.0 + 5.0 + 4.0));
}

#[test]
fn ties_take_four_bytes_each_and_those_of_a_file_once() {
    let plain = plan(&[]);
    assert_eq!(ties(&plain.setting, 11.0), (0.0, 0.0));
    assert_eq!(shared_ties(&plain.setting), 0.0);
    let generated = plan_with(&[], "[network]\nkind = 'heavy-tailed'\nmean_degree = 4");
    let (standing, choosing) = ties(&generated.setting, 11.0);
    near(standing, 11.0 * (8.0 + 4.0 * 4.0));
    near(choosing, 11.0 * network::CHOOSING as f64);
    near(ties(&generated.setting, 3.0).0, 3.0 * (8.0 + 4.0 * 3.0));

    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(&file, "0,1\n0,2\n5,9\n").unwrap();
    let edges =
        Edges::read(file.path(), 10, &heard_contacts::files::Disk, &mut Sources::new()).unwrap();
    let mut read = (*generated.setting).clone();
    read.edges = Some(Arc::new(edges));
    assert_eq!(ties(&read, 11.0), (0.0, 0.0));
    // Eleven places where rows begin or end, three ties.
    near(shared_ties(&read), 11.0 * 8.0 + 3.0 * 4.0);
}

#[test]
fn what_is_voiced_follows_the_logit_of_initial_beliefs() {
    let plan = asking(&[]);
    let (setting, policy) = (&*plan.setting, &plan.policies()[0]);
    let (all, public) = voiced(setting, policy, 0.4);
    near(all, chance(setting, 0.4, 3.0));
    near(public, 1.0 / 3.0);
    // Failed attempts end up on a page that few use first.
    let shy = asking(&["channel.page.effort=10"]);
    assert_eq!(voiced(&shy.setting, &shy.policies()[0], 0.4).1, ESCALATED);
    let private = asking(&["channel.page.seen_by=\"private\""]);
    assert_eq!(voiced(&private.setting, &private.policies()[0], 0.4).1, 0.0);
    let hidden = asking(&[
        "channel.page.seen_by=\"private\"",
        "channel.page.presented=false",
        "channel.mail.presented=false",
        "channel.phone.presented=false",
    ]);
    assert_eq!(voiced(&hidden.setting, &hidden.policies()[0], 0.4), (0.0, 0.0));
}

#[test]
fn cases_and_posts_are_counted_from_every_kind_of_occasion() {
    // Ten days of 1,000 customers: a third of a month.
    let of = |plan: &Plan| said(&plan.setting, &plan.policies()[0]);
    let questions = asking(&["company.question_severity=0.3"]);
    let asked = 1000.0 / 3.0 * 0.6 * chance(&questions.setting, 0.3, 3.0);
    let said = of(&questions);
    near(said.cases, asked);
    near(said.posts, asked / 3.0);
    assert_eq!(said.shares, 0.0);

    let mixed = asking(&[
        "company.question_severity=0.3",
        "company.misconceptions_per_customer_month=0.3",
        "company.delights_per_customer_month=0.9",
        "company.delight_voiced=0.1",
        "company.failures_per_customer_month=0.3",
        "company.severity={ mean = 0.7, sd = 0 }",
    ]);
    let setting = &*mixed.setting;
    let asked = 1000.0 / 3.0 * 0.9 * chance(setting, 0.3, 3.0);
    let praised = 1000.0 / 3.0 * 0.9 * 0.1;
    let failed = 1000.0 / 3.0 * 0.3 * chance(setting, 0.7, 3.0);
    let said = of(&mixed);
    near(said.cases, asked + praised + failed);
    near(said.posts, (asked + failed) / 3.0 + praised);

    let mut rivals = questions.clone();
    Arc::make_mut(&mut rivals.setting).companies = 2;
    let halved = super::said(&rivals.setting, &questions.policies()[0]).cases;
    let each = rivals.setting.market.customers_buy == Buying::FromEach;
    near(halved, of(&questions).cases / if each { 1.0 } else { 2.0 });
}

#[test]
fn capacity_is_the_hours_of_people_over_the_longest_handle_time() {
    let half = plan(&[
        "team.care.conversations_at_once=3",
        "team.care.shifts=[{ days = 'Mon-Sun', hours = '00:00-12:00', people = 4 }]",
    ]);
    // Two people on average, three conversations each, half an hour.
    near(capacity(&half.policies()[0], 100.0), 2.0 * 3.0 * 100.0 / 0.5);
    let stream = "[stream.long]\nchannel = 'phone'\nper_hour = 1\nhandle = { mean_minutes = 90, shape = 'constant' }";
    let long = plan_with(&[], stream);
    near(capacity(&long.policies()[0], 100.0), 100.0 / 1.5);
}

/// A stream of 100 callers an hour for ten days; one person takes 480 of the 24,000.
fn overloaded(more: &str) -> Plan {
    let stream = format!("[stream.calls]\nchannel = 'phone'\nper_hour = 100\n{more}");
    plan_with(&["customers.count=0"], &stream)
}

fn waiting_of(plan: &Plan) -> (f64, f64) {
    let policy = &plan.policies()[0];
    waiting(policy, &policy.streams[0], 24_000.0, 480.0, 240.0)
}

#[test]
fn who_finds_nobody_waits_as_long_as_patience_lasts() {
    assert_eq!(waiting_of(&overloaded("hangs_up = false")), (23_520.0, 0.0));
    // An hour's callers hold the line for an hour.
    let (inside, again) = waiting_of(&overloaded(""));
    near(inside, 100.0);
    assert_eq!(again, 0.0);
    // Of those who hang up, half come back, half of those again, and so on: as many once more.
    let (inside, again) = waiting_of(&overloaded("redials = 0.5"));
    near(again, 23_520.0);
    near(inside, (24_000.0 + 23_520.0) / 240.0);
    let patient = "patience = { mean_minutes = 1e6, shape = 'constant' }";
    assert_eq!(waiting_of(&overloaded(patient)).0, 23_520.0);
    let ignored = plan_with(
        &["customers.count=0", "triage=[{ do = 'ignore' }]"],
        "[stream.calls]\nchannel = 'phone'\nper_hour = 100",
    );
    assert_eq!(waiting_of(&ignored), (0.0, 0.0));
}

#[test]
fn a_life_is_cases_posts_events_and_those_who_wait() {
    let place = desk::BYTES_WAITING as f64;
    let event = queue::bytes_each::<Event>() as f64;
    let calls = overloaded("redials = 0.5");
    let inside = (24_000.0 + 23_520.0) / 240.0;
    let contact = size_of::<(u8, Contact)>() as f64;
    let of = |plan: &Plan| life(&plan.setting, &plan.policies()[0]);
    near(of(&calls), inside * (place + event) + 23_520.0 * contact);
    near(of(&overloaded("hangs_up = false")), 23_520.0 * place);

    let case = (size_of::<Case>() + 5) as f64;
    let post = size_of::<Post>() as f64 + ALLOCATION;
    let asked = asking(&["customers.gives_up_sigma=0.5"]);
    let said = said(&asked.setting, &asked.policies()[0]);
    let patience = 48.0 * libm::exp(0.125);
    let pending = said.cases * (patience + 24.0) / 240.0;
    near(of(&asked), said.cases * case + said.posts * post + pending * event);
    // More than one person can take in ten days at half an hour each.
    let busy =
        asking(&["company.questions_per_customer_month=30", "customers.gives_up_hours=1000"]);
    let said = super::said(&busy.setting, &busy.policies()[0]);
    assert!(said.cases > 480.0);
    let pending = said.cases * (1.0 + 0.1);
    let expected = said.cases * case + said.posts * post + pending * event;
    near(of(&busy), expected + (said.cases - 480.0) * place);
}

#[test]
fn the_peak_is_what_stands_and_the_largest_of_what_comes_and_goes() {
    let calls = overloaded("redials = 0.5");
    let (standing, building) = people(&calls, 1.0);
    let lived = life(&calls.setting, &calls.policies()[0]);
    assert!(lived > building);
    near(bytes(&calls), standing + lived);
    let crowd = plan(&["customers.count=1000"]);
    let (standing, building) = people(&crowd, 1001.0);
    near(bytes(&crowd), standing + building);
    let tied =
        plan_with(&["customers.count=1000"], "[network]\nkind = 'small-world'\nmean_degree = 6");
    let (ties, choosing) = ties(&tied.setting, 1001.0);
    near(bytes(&tied), standing + ties + building.max(choosing));
}

#[test]
fn trees_grow_with_what_is_shared_until_everybody_has_seen_them() {
    let of = |sets: &[&str], more: &str| {
        let plan = plan_with(&[&["customers.count=1000"], sets].concat(), more);
        shares(&plan.setting, &plan.policies()[0], 0.5)
    };
    assert_eq!(of(&[], ""), 0.0);
    // A share is seen by 100 followers times the views of each; every view shares alike.
    let even = ["publicity.shares_per_view=0.0001", "publicity.shares_sigma=0"];
    let plan = plan_with(&[&["customers.count=1000"], &even[..]].concat(), "");
    let (setting, policy) = (&*plan.setting, &plan.policies()[0]);
    let views = 100.0 * policy.publicity.views_per_follower;
    let chance = spreading(setting, policy).attention(0.5, 0.0, views).chance;
    let grows = chance * cascade::most(&policy.publicity) * views;
    assert!(grows < 1.0);
    near(shares(setting, policy, 0.5), grows / (1.0 - grows));
    // In a small world everybody has the same audience: the mean degree.
    let small = of(&even, "[network]\nkind = 'small-world'\nmean_degree = 50");
    let half = grows / 2.0;
    near(small, half / (1.0 - half));
    // What leads to more than one other is seen by everybody, or dies out first.
    let wild = ["publicity.shares_per_view=0.1", "publicity.shares_sigma=0"];
    let plan = plan_with(&[&["customers.count=1000"], &wild[..]].concat(), "");
    let (setting, policy) = (&*plan.setting, &plan.policies()[0]);
    let chance = spreading(setting, policy).attention(0.5, 0.0, views).chance;
    let grows = chance * cascade::most(&policy.publicity) * views;
    assert!(grows > 1.0, "{grows}");
    let all = (setting.customers.market() / views).min(cascade::MOST_SHARES as f64);
    near(shares(setting, policy, 0.5), survival(grows, 0.0) * all);
}

fn spreading<'a>(setting: &'a Setting, policy: &'a Policy) -> Spreading<'a> {
    Spreading {
        settings: &policy.publicity,
        followers: &setting.customers.followers,
        network: None,
        market: setting.customers.market(),
    }
}
