//! Logs of small worlds, compared with what the very same replication counts.

use std::collections::BTreeMap;
use std::sync::atomic::AtomicBool;

use super::{About, ContactLog, Keep, Row, Table, Who};
use crate::experiment::Experiment;
use heard_contacts::input::Input;
use heard_contacts::{self as contacts, Contact, Options, Outcome};
use heard_scenario::metric::Metric;
use heard_scenario::study::{Request, Study};
use heard_world::column::Column;
use heard_world::observer::Author;

/// Two on duty at night, four by day and one on Sundays, whom too many call. All is counted.
const QUEUE: &str = r#"
[run]
days = 14
warmup_days = 0
margin_days = 0
[customers]
count = 0
[channel.phone]
seen_by = "private"
waits = "on the line"
lines = 12
[stream.callers]
channel = "phone"
per_hour = 14.0
redials = 0.5
handle = { mean_minutes = 12, shape = "exponential" }
patience = { mean_minutes = 8, shape = "exponential" }
[stream.patients]
channel = "phone"
per_hour = 2.0
hangs_up = false
[team.desk]
channels = ["phone"]
shifts = [
    { days = "Mon-Sat", hours = "08:00-20:00", people = 4 },
    { days = "Mon-Sat", hours = "20:00-08:00", people = 2 },
    { days = "Sun", hours = "08:00-24:00", people = 1 },
]
"#;

/// Customers on three channels, some of whom a machine answers, and an auditor.
const PEOPLE: &str = r#"
[run]
days = 30
warmup_days = 0
margin_days = 0
[customers]
count = 2000
[channel.page]
seen_by = "public"
waits = "in an inbox"
[channel.mail]
seen_by = "private"
waits = "in an inbox"
[channel.phone]
seen_by = "private"
waits = "on the line"
[audit]
probes_per_channel = 20
[detractors]
count = 2
[listening]
coverage = 0.5
[team.care]
channels = ["page", "mail", "phone"]
conversations_at_once = 2
shifts = [{ days = "Mon-Fri", hours = "09:00-17:00", people = 2 }]
[[triage]]
when = { kind = "praise" }
do = "ignore"
[[triage]]
when = { channel = "mail", repeat = false }
do = "automatic"
[[triage]]
when = { channel = "page", severity = "< 0.5" }
do = "redirect"
to = "mail"
[[triage]]
do = "restore"
priority = 4
"#;

fn experiment(text: &str, sets: &[&str]) -> Experiment {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("log.toml");
    std::fs::write(&path, text).unwrap();
    let request = Request {
        scenario: path.to_str().unwrap().to_owned(),
        sets: sets.iter().map(|&set| set.to_owned()).collect(),
        ..Request::default()
    };
    Experiment::new(
        Study::load(&request).unwrap_or_else(|refusal| panic!("{}", refusal.render(false))),
    )
}

/// The log of the first replication, and what that replication counts of a metric.
fn played(experiment: &Experiment) -> (ContactLog, impl Fn(Metric) -> f64) {
    let mut log = ContactLog::new(Keep::All);
    let values = experiment.play(0, 0, &AtomicBool::new(false), &mut log).unwrap();
    let columns = experiment.columns.clone();
    let value = move |metric| {
        let at = columns.iter().position(|column| *column == Column::Total(metric)).unwrap();
        values[at]
    };
    (log, value)
}

fn read_back(experiment: &Experiment, log: &ContactLog) -> (contacts::About, Vec<Contact>) {
    let mut table = Table::new(experiment, 0).unwrap();
    table.add(log).unwrap();
    let input = Input::of_bytes("log", table.bytes().unwrap()).unwrap();
    let mut all = Vec::new();
    let about =
        contacts::read(input, &Options::default(), &mut |contact| all.push(contact.clone()))
            .unwrap();
    (about, all)
}

/// When a row's service began and ended, and by whom, where somebody was on the line.
fn services(log: &ContactLog, end: f64) -> BTreeMap<u32, Vec<(f64, f64)>> {
    let mut all: BTreeMap<u32, Vec<(f64, f64)>> = BTreeMap::new();
    for row in log.rows.iter().filter(|row| row.answered.is_some()) {
        let (_, person) = row.agent.unwrap();
        let span = (row.answered.unwrap(), row.closed.unwrap_or(end));
        all.entry(person).or_default().push(span);
    }
    all.values_mut().for_each(|spans| spans.sort_by(|a, b| a.0.total_cmp(&b.0)));
    all
}

fn count(log: &ContactLog, of: impl Fn(&Row) -> bool) -> f64 {
    log.rows.iter().filter(|row| of(row)).count() as f64
}

#[test]
fn every_arrival_of_a_stream_is_a_row_and_redials_are_rows_of_the_same_caller() {
    let experiment = experiment(QUEUE, &[]);
    let (log, _) = played(&experiment);
    let callers = |row: &&Row| matches!(row.who, Who::Caller { stream: 0, .. });
    let mut attempts: BTreeMap<u32, Vec<(u16, f64)>> = BTreeMap::new();
    for row in log.rows.iter().filter(callers) {
        let Who::Caller { number, .. } = row.who else { unreachable!() };
        attempts.entry(number).or_default().push((row.message, row.arrived));
    }
    // Numbered without a gap, and the attempts of each too.
    assert_eq!(
        attempts.keys().copied().collect::<Vec<u32>>(),
        (0..attempts.len() as u32).collect::<Vec<u32>>()
    );
    let expected = 14.0 * 14.0 * 24.0;
    assert!((attempts.len() as f64 - expected).abs() < 5.0 * expected.sqrt());
    for tries in attempts.values() {
        assert!(
            tries
                .iter()
                .enumerate()
                .all(|(index, (attempt, _))| usize::from(*attempt) == index + 1)
        );
    }
    assert!(attempts.values().any(|tries| tries.len() > 2));
    assert!(log.rows.is_sorted_by(|a, b| a.arrived <= b.arrived));
    let (_, contacts) = read_back(&experiment, &log);
    let customers: std::collections::BTreeSet<u64> =
        contacts.iter().map(|c| c.customer.unwrap()).collect();
    let others = count(&log, |row| matches!(row.who, Who::Caller { stream: 1, .. }));
    assert_eq!(customers.len(), attempts.len() + others as usize);
}

#[test]
fn waits_and_hang_ups_are_those_that_the_summary_has() {
    let experiment = experiment(QUEUE, &[]);
    let (log, value) = played(&experiment);
    let over = log.rows.iter().filter_map(|row| Some(row.answered.or(row.gave_up)? - row.arrived));
    let waits: Vec<f64> = over.collect();
    let mean = 3600.0 * waits.iter().sum::<f64>() / waits.len() as f64;
    assert!((mean - value(Metric::WaitSecondsMean)).abs() < 1e-6 * mean, "{mean}");
    let share = count(&log, |row| row.outcome() == Outcome::GaveUp) / waits.len() as f64;
    assert!((share - value(Metric::AbandonRate)).abs() < 1e-9, "{share}");
    assert!(share > 0.05, "{share}");
}

#[test]
fn nobody_serves_two_at_once_and_no_more_are_busy_than_are_there() {
    let experiment = experiment(QUEUE, &[]);
    let (log, _) = played(&experiment);
    let services = services(&log, 14.0 * 24.0);
    assert_eq!(services.keys().copied().collect::<Vec<u32>>(), [1, 2, 3, 4]);
    for (person, spans) in &services {
        let overlap = spans.windows(2).find(|pair| pair[1].0 < pair[0].1);
        assert_eq!(overlap, None, "{person}");
    }
    // Work begins only within the shift of whoever does it.
    for (person, spans) in services {
        for (from, _) in spans {
            let (day, hour) = ((from / 24.0) as u32 % 7, from % 24.0);
            let there = match (day, hour) {
                // Saturday's night shift lasts until Sunday at 8.
                (6, 8.0..) => 1,
                (6, _) => 2,
                (0, ..8.0) => 0,
                (_, 8.0..20.0) => 4,
                _ => 2,
            };
            assert!(person <= there, "{person} of {there} begins on day {day} at {hour}");
        }
    }
}

#[test]
fn the_occupancy_of_the_log_is_that_of_the_summary() {
    let all_day = "team.desk.shifts=[{ days = 'Mon-Sun', hours = '00:00-24:00', people = 3 }]";
    let experiment = experiment(QUEUE, &[all_day]);
    let (log, value) = played(&experiment);
    let end = 14.0 * 24.0;
    let busy: f64 =
        services(&log, end).values().flatten().map(|(from, to)| to.min(end) - from).sum();
    let occupancy = busy / (3.0 * end);
    assert!((occupancy - value(Metric::Occupancy)).abs() < 1e-9, "{occupancy}");
}

#[test]
fn a_log_is_read_back_row_by_row() {
    for text in [QUEUE, PEOPLE] {
        let experiment = experiment(text, &[]);
        let (log, _) = played(&experiment);
        let (about, contacts) = read_back(&experiment, &log);
        assert_eq!(about.skipped.rows, 0, "{:?}", about.skipped.examples);
        assert_eq!(contacts.len(), log.rows.len());
        assert!(contacts.len() > 500, "{}", contacts.len());
        for (contact, row) in contacts.iter().zip(&log.rows) {
            assert_eq!(contact.outcome, row.outcome());
            assert_eq!((contact.priority, contact.followers), (row.rank, row.followers));
            let hours = |ms: i64| ms as f64 / 3_600_000.0;
            let off = hours(contact.arrived.wall_ms - super::wall_ms(super::table::BEGINNING, 0.0))
                - row.arrived;
            assert!(off.abs() < 1.0 / 3_600_000.0, "{off}");
            for (read, meant) in [(contact.answered, row.answered), (contact.closed, row.over())] {
                assert_eq!(read.is_some(), meant.is_some());
                let off = read.map_or(0.0, |read| hours(contact.arrived.until(read)))
                    - meant.map_or(0.0, |meant| meant - row.arrived);
                assert!(off.abs() < 1.0 / 3_600_000.0, "{off}");
            }
        }
        // Hour 0 is midnight of a Monday.
        assert_eq!(contacts[0].arrived.hour_of_week(), log.rows[0].arrived as usize);
    }
}

#[test]
fn messages_of_cases_have_their_kinds_ranks_and_ends() {
    let experiment = experiment(PEOPLE, &[]);
    let (log, _) = played(&experiment);
    let some = |what: &str, of: &dyn Fn(&Row) -> bool| {
        assert!(count(&log, |row| of(row)) > 0.0, "{what}");
    };
    some("an automatic reply", &|row| row.agent.is_none() && row.answered == Some(row.arrived));
    some("a reply", &|row| {
        row.agent.is_some() && row.answered == row.closed && row.answered.is_some()
    });
    some("sent elsewhere", &|row| row.outcome() == Outcome::Redirected);
    some("in vain", &|row| row.outcome() == Outcome::GaveUp && row.channel == 0);
    some("untagged and not found", &|row| row.rank.is_none());
    some("written again", &|row| row.message > 1);
    some("a detractor", &|row| matches!(row.who, Who::Case(Author::Detractor { .. })));
    let probes = count(&log, |row| row.about == About::Probe && row.message == 1);
    assert_eq!(probes, 60.0);
    let (about, contacts) = read_back(&experiment, &log);
    let kinds: Vec<&str> = about.names.kinds.iter().collect();
    assert!(
        ["complaint", "question", "probe", "troll"].iter().all(|kind| kinds.contains(kind)),
        "{kinds:?}"
    );
    for contact in &contacts {
        let channel = about.names.channels.name(contact.channel);
        assert_eq!(contact.public, Some(channel == "page"));
    }
    let agents: Vec<&str> = about.names.agents.iter().collect();
    assert!(agents.iter().all(|agent| ["care-1", "care-2"].contains(agent)), "{agents:?}");
}

#[test]
fn the_shoppers_log_is_its_part_of_the_whole() {
    let experiment = experiment(PEOPLE, &[]);
    let (mut whole, _) = played(&experiment);
    let mut probes = ContactLog::new(Keep::Probes);
    experiment.play(0, 0, &AtomicBool::new(false), &mut probes).unwrap();
    whole.rows.retain(|row| row.about == About::Probe);
    assert!(!probes.rows.is_empty());
    assert_eq!(whole.rows, probes.rows);
}

#[test]
fn watching_changes_nothing() {
    let experiment = experiment(PEOPLE, &[]);
    let stop = AtomicBool::new(false);
    let mut log = ContactLog::new(Keep::All);
    let watched = experiment.play(0, 0, &stop, &mut log).unwrap();
    let bits = |values: Vec<f64>| values.into_iter().map(f64::to_bits).collect::<Vec<u64>>();
    assert_eq!(bits(watched), bits(experiment.play(0, 0, &stop, &mut ()).unwrap()));
}

#[test]
fn whoever_picks_up_had_nobody_else_while_it_rang() {
    let rings = ["team.desk.pickup_seconds=20", "team.desk.pickup_sigma=0"];
    let experiment = experiment(QUEUE, &rings);
    let (log, value) = played(&experiment);
    let ring = 20.0 / 3600.0;
    let mut free_since: BTreeMap<(u16, u32), f64> = BTreeMap::new();
    let mut answered: Vec<&Row> = log.rows.iter().filter(|row| row.answered.is_some()).collect();
    answered.sort_by(|a, b| a.answered.unwrap().total_cmp(&b.answered.unwrap()));
    for row in &answered {
        let (from, agent) = (row.answered.unwrap(), row.agent.unwrap());
        assert!(from - row.arrived >= ring - 1e-9);
        if let Some(since) = free_since.get(&agent) {
            assert!(from - ring >= since - 1e-9, "{agent:?} had another until {since}: {row:?}");
        }
        free_since.insert(agent, row.over().unwrap_or(f64::INFINITY));
    }
    let waits = answered.iter().map(|row| row.answered.unwrap() - row.arrived);
    let mean = 3600.0 * waits.sum::<f64>() / answered.len() as f64;
    assert!((mean - value(Metric::WaitSecondsServed)).abs() < 1e-6, "{mean}");
}
