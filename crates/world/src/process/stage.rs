//! A stage for tests: a small world in which nothing happens by itself and nothing is left to
//! chance, so that what a test does to it has exact consequences.

use std::sync::atomic::AtomicBool;

use crate::plan::Plan;
use crate::plan::setting::Setting;
use crate::record::column::Column;
use crate::terms::case::Case;
use crate::terms::observer::{Happening, Observer};
use crate::terms::occasion::Occasion;
use crate::world::World;
use heard_math::engine::keyed::Draws;
use heard_scenario::metric::Metric;
use heard_scenario::study::{Request, Study};
use heard_scenario::triage::Kind;

/// Index of the public channel with an inbox.
pub const PAGE: usize = 0;
/// Index of the private channel with an inbox.
pub const MAIL: usize = 1;
/// Index of the private channel with a line to hold.
pub const PHONE: usize = 2;

/// One person who is always there answers everything within half an hour, and solves it; the
/// window is all ten days. Everybody has 100 followers and no opinion, is patient for 48 hours and
/// expects an answer within 2.
const TEXT: &str = r#"
    title = "stage"
    [run]
    days = 10
    warmup_days = 0
    margin_days = 0
    [customers]
    count = 10
    market_size = 1000
    followers = { median = 100, sigma = 0 }
    attitude = { mean = 0, sd = 0 }
    expectation = { mean = 0.5, sd = 0 }
    gives_up_hours = 48
    gives_up_sigma = 0
    rages = 0
    writes_again = 0
    redials = 0
    most_contacts = 4
    [company]
    promised_reply_hours = 2
    failures_per_customer_month = 0
    questions_per_customer_month = 0
    misconceptions_per_customer_month = 0
    delights_per_customer_month = 0
    [publicity]
    shares_per_view = 0
    [reaction]
    leaves_at_neutral = 1e-9
    [answer.restore]
    handle = { mean_minutes = 30, shape = "constant" }
    fixes = 1
    [channel.page]
    seen_by = "public"
    waits = "in an inbox"
    tagged = 1
    [channel.mail]
    seen_by = "private"
    waits = "in an inbox"
    [channel.phone]
    seen_by = "private"
    waits = "on the line"
    patience = { mean_minutes = 60, shape = "constant" }
    [team.care]
    channels = ["page", "mail", "phone"]
    shifts = [{ days = "Mon-Sun", hours = "00:00-24:00", people = 1 }]
    [[triage]]
    do = "restore"
"#;

/// The stage with some keys set, and perhaps more of a scenario added at the end.
pub fn plan_with(sets: &[&str], more: &str) -> Plan {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("stage.toml");
    std::fs::write(&path, format!("{TEXT}\n{more}")).unwrap();
    let request = Request {
        scenario: path.to_str().unwrap().to_owned(),
        sets: sets.iter().map(|&set| set.to_owned()).collect(),
        ..Request::default()
    };
    let study = Study::load(&request).unwrap_or_else(|refusal| panic!("{}", refusal.render(false)));
    Plan::new(&study.arms[0], &std::sync::Arc::new(Setting::new(&study)))
}

/// The stage with some keys set.
pub fn plan(sets: &[&str]) -> Plan {
    plan_with(sets, "")
}

/// Remembers what happened.
#[derive(Debug, Default)]
pub struct Log(pub Vec<(f64, u32, Happening)>);

impl Observer for Log {
    fn happened(&mut self, hours: f64, candidate: u32, what: Happening) {
        self.0.push((hours, candidate, what));
    }
}

/// What a world does by itself from the start on.
pub fn world<'a>(plan: &'a Plan, log: &'a mut Log) -> World<'a, Log> {
    let mut world = World::new(plan, Draws::new(2011, 0), log, &AtomicBool::new(false)).unwrap();
    world.start();
    world
}

/// A customer's occasion of middling severity with the first company.
pub fn occasion(candidate: u32, place: usize, kind: Kind) -> Occasion {
    Occasion {
        candidate,
        place,
        company: 0,
        kind,
        severity: 0.5,
        cause: 0,
        not_first_failure: false,
        probe: false,
        followers: 100.0,
    }
}

/// A case of the first company's, voiced at this hour and not answered yet.
pub fn case(kind: Kind, channel: usize, voiced_at: f64) -> Case {
    Case {
        candidate: 0,
        place: 0,
        generation: 0,
        company: 0,
        probe: false,
        outsider: false,
        messages: 1,
        kind,
        looks: kind,
        severity: 0.5,
        first_channel: channel as u16,
        channel: channel as u16,
        cause: 0,
        tagged: true,
        sent_to: None,
        in_thread: false,
        escalated: false,
        person: None,
        seen_answers: 0.0,
        not_first_failure: false,
        followers: 100.0,
        voiced_at,
        expected_within: f64::INFINITY,
        asked_at: voiced_at,
        answered_at: f64::INFINITY,
        resolved_at: f64::INFINITY,
        ended_at: f64::INFINITY,
        ending: None,
        seen: false,
        heard: false,
        waiting: true,
        silence_judged: false,
        compensated: false,
        post: None,
    }
}

impl World<'_, Log> {
    /// Lets happen all that is due by this hour.
    pub fn until(&mut self, hours: f64) {
        while let Some(event) = self.events.next_until(hours) {
            self.happen(event);
        }
    }

    /// A customer says something on this channel now; returns the case.
    pub fn say(&mut self, candidate: u32, place: usize, kind: Kind, channel: usize) -> usize {
        self.speak(occasion(candidate, place, kind), channel, None);
        self.cases.len() - 1
    }

    /// What happened to the case of this candidate, in order.
    pub fn story(&self, candidate: u32) -> Vec<(f64, Happening)> {
        let of = self.observer.0.iter().filter(|(_, whose, _)| *whose == candidate);
        of.map(|&(hours, _, what)| (hours, what)).collect()
    }

    /// One number of the first company's at the end of the run.
    pub fn total(mut self, metric: Metric) -> f64 {
        self.until(self.setting.end);
        self.finish(&[Column::Total(metric)])[0]
    }
}
