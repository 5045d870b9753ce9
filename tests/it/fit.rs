//! Fitting against a known truth: a simulated log is fitted, and what made it comes out again. And
//! against a real one: days that were not fitted are predicted.

use std::collections::BTreeMap;

use toml::{Table, Value};

use crate::program::Desk;
use crate::support::public_log;

/// What a scenario says that a fit must find again.
struct Truth {
    /// Contacts an hour by stream.
    per_hour: &'static [(&'static str, f64)],
    /// Mean handle time by stream, minutes.
    handle: &'static [(&'static str, f64)],
    /// Mean patience by stream, minutes.
    patience: &'static [(&'static str, f64)],
    /// People by the hour of the day.
    people: fn(usize) -> u32,
}

/// Five weeks of calls, and no customers but those.
const PHONE: &str = r#"
    [run]
    days = 35
    warmup_days = 0
    margin_days = 0
    replications = 1
    headline = ["abandon_rate"]
    [customers]
    count = 0
    [channel.phone]
    seen_by = "private"
    waits = "on the line"
"#;

const ALL_DAY: &str = r#"
    [stream.calls]
    channel = "phone"
    per_hour = 60
    handle = { mean_minutes = 5.5, sigma = 0.9 }
    patience = { mean_minutes = 4, shape = "exponential" }
    [team.agents]
    channels = ["phone"]
    shifts = [{ days = "Mon-Sun", hours = "00:00-24:00", people = 6 }]
"#;

const OFFICE: &str = r#"
    [stream.calls]
    channel = "phone"
    per_hour = 60
    by_hour = [0, 0, 0, 0, 0, 0, 0, 1, 3, 6, 8, 8, 6, 5, 6, 7, 6, 4, 2, 2, 1, 1, 0, 0]
    by_weekday = [1.3, 1.2, 1, 1, 1.1, 0.8, 0.6]
    handle = { mean_minutes = 4, shape = "exponential" }
    patience = { mean_minutes = 6, sigma = 1.1 }
    [team.agents]
    channels = ["phone"]
    shifts = [
        { days = "Mon-Sun", hours = "07:00-22:00", people = 3 },
        { days = "Mon-Sun", hours = "09:00-18:00", people = 9 },
    ]
"#;

const CLASSES: &str = r#"
    [stream.gold]
    channel = "phone"
    per_hour = 20
    day_to_day_cv = 0.1
    handle = { mean_minutes = 6, sigma = 0.7 }
    patience = { mean_minutes = 5, shape = "exponential" }
    [stream.plain]
    channel = "phone"
    per_hour = 40
    day_to_day_cv = 0.1
    handle = { mean_minutes = 3, shape = "exponential" }
    patience = { mean_minutes = 3, shape = "exponential" }
    redials = 0.3
    [[triage]]
    when = { stream = "gold" }
    do = "restore"
    head_start_minutes = 1.5
    [[triage]]
    do = "restore"
    [team.agents]
    channels = ["phone"]
    shifts = [{ days = "Mon-Sun", hours = "00:00-24:00", people = 4 }]
"#;

/// The number at a path.
fn at(fitted: &Table, path: &[&str]) -> f64 {
    let mut value = &Value::Table(fitted.clone());
    for key in path {
        value = value.get(key).unwrap_or_else(|| panic!("no {key} of {path:?} in\n{fitted}"));
    }
    value.as_float().or(value.as_integer().map(|n| n as f64)).unwrap()
}

fn within(what: &str, found: f64, truth: f64, share: f64) {
    assert!((found / truth - 1.0).abs() <= share, "{what}: {found} instead of {truth}");
}

/// People that a fitted text has by the hour of the week, and whether they count as identified.
fn people(text: &str) -> BTreeMap<usize, (u32, bool)> {
    const DAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
    let mut all = BTreeMap::new();
    for line in text.lines().filter(|line| line.trim_start().starts_with("{ days")) {
        let quoted: Vec<&str> = line.split('"').collect();
        let day = DAYS.iter().position(|day| *day == quoted[1]).unwrap();
        let hour = |clock: &str| clock[..2].parse::<usize>().unwrap();
        let (from, to) = quoted[3].split_once('-').unwrap();
        let people = line.split("people = ").nth(1).unwrap();
        let people = people.split(' ').next().unwrap().parse().unwrap();
        for hour in hour(from)..hour(to) {
            all.insert(day * 24 + hour, (people, !line.contains("not identified")));
        }
    }
    all
}

/// Busy hours by the hour of the week, from the log: five weeks.
fn busy(log: &str) -> Vec<f64> {
    let mut busy = vec![0.0; 168];
    let mut rows = csv::Reader::from_reader(log.as_bytes());
    let header = rows.headers().unwrap().clone();
    let column = |name: &str| header.iter().position(|other| other == name).unwrap();
    let (answered, closed) = (column("answered"), column("closed"));
    for row in rows.records().map(Result::unwrap) {
        if row[answered].is_empty() || row[closed].is_empty() {
            continue;
        }
        let hours = |text: &str| {
            let time: jiff::civil::DateTime = text.parse().unwrap();
            let since = jiff::civil::date(2001, 1, 1).at(0, 0, 0, 0).until(time).unwrap();
            since.total((jiff::Unit::Hour, jiff::SpanRelativeTo::days_are_24_hours())).unwrap()
        };
        let (mut from, to) = (hours(&row[answered]), hours(&row[closed]));
        while from < to {
            let end = (from.floor() + 1.0).min(to);
            busy[from as usize % 168] += end - from;
            from = end;
        }
    }
    busy.iter().map(|hours| hours / 5.0).collect()
}

fn comes_out_again(scenario: &str, truth: &Truth) {
    let desk = Desk::new();
    let scenario = &(PHONE.to_owned() + scenario);
    desk.write("truth.toml", scenario);
    let run =
        desk.heard(&["run", "./truth.toml", "--out", "out", "--log", "--no-charts", "--quiet"]);
    assert_eq!(run.code, 0, "{}", run.err);
    let log = std::fs::read_to_string(desk.path("out/contacts-base.csv")).unwrap();
    let gave_up = log.lines().filter(|line| line.contains(",abandoned,")).count();
    assert!(log.lines().count() > 48_000 && gave_up > 1000, "{gave_up} gave up");
    let fit = desk.heard(&[
        "fit",
        "out/contacts-base.csv",
        "--out",
        "fitted.toml",
        "--check",
        "0",
        "--quiet",
    ]);
    assert_eq!(fit.code, 0, "{}", fit.err);
    let text = std::fs::read_to_string(desk.path("fitted.toml")).unwrap();
    let fitted: Table = text.parse().unwrap();
    let original: Table = scenario.parse().unwrap();

    let sum = |rates: &[(&str, f64)]| rates.iter().map(|(_, rate)| rate).sum::<f64>();
    let found: Vec<(&str, f64)> = truth
        .per_hour
        .iter()
        .map(|(name, _)| (*name, at(&fitted, &["stream", name, "per_hour"])))
        .collect();
    within("arrivals", sum(&found), sum(truth.per_hour), 0.05);
    for (name, _) in truth.per_hour {
        let weights = |table: &Table, key: &str| -> Option<Vec<f64>> {
            let number = |v: &Value| v.as_float().or(v.as_integer().map(|n| n as f64)).unwrap();
            let list = table["stream"][name].get(key)?.as_array().unwrap();
            Some(list.iter().map(number).collect())
        };
        let shares = |hours: Vec<f64>| -> Vec<f64> {
            let all: f64 = hours.iter().sum();
            hours.into_iter().map(|weight| weight / all).collect()
        };
        // The hours of the day, and those of the week.
        let found = weights(&fitted, "by_hour_of_week").unwrap();
        let by_hour = weights(&original, "by_hour").unwrap_or_else(|| vec![1.0; 24]);
        let by_weekday = weights(&original, "by_weekday").unwrap_or_else(|| vec![1.0; 7]);
        let of_week = (0..168).map(|at| by_weekday[at / 24] * by_hour[at % 24]).collect();
        let (found_week, of_week) = (shares(found.clone()), shares(of_week));
        let off: f64 = found_week.iter().zip(&of_week).map(|(a, b)| (a - b).abs()).sum();
        assert!(off / 2.0 < 0.05, "{name}: the week is off by {off}: {found_week:?}");
        let of_day = (0..24).map(|hour| found.iter().skip(hour).step_by(24).sum()).collect();
        let (found, true_hours) = (shares(of_day), shares(by_hour));
        let off: f64 = found.iter().zip(&true_hours).map(|(a, b)| (a - b).abs()).sum();
        assert!(off / 2.0 < 0.05, "{name}: the hours are off by {off}: {found:?}");
    }
    for (name, minutes) in truth.handle {
        within(name, at(&fitted, &["stream", name, "handle", "mean_minutes"]), *minutes, 0.05);
    }
    for (name, minutes) in truth.patience {
        within(name, at(&fitted, &["stream", name, "patience", "mean_minutes"]), *minutes, 0.1);
    }

    let (people, busy) = (people(&text), busy(&log));
    for (hour, busy) in busy.iter().enumerate() {
        let there = (truth.people)(hour % 24);
        let occupancy = if there > 0 { busy / f64::from(there) } else { 0.0 };
        match people.get(&hour) {
            Some((found, true)) => {
                assert!(occupancy > 0.6, "hour {hour}: identified at {occupancy}");
                assert!(found.abs_diff(there) <= 1, "hour {hour}: {found} instead of {there}");
            }
            Some((_, false)) | None => {
                assert!(occupancy < 0.8, "hour {hour}: not identified at {occupancy}\n{text}");
            }
        }
    }
    // What comes out is a scenario that can be run.
    let again = desk.heard(&["check", "./fitted.toml"]);
    assert_eq!(again.code, 0, "{}", again.err);
}

#[test]
fn a_steady_line_comes_out_again() {
    comes_out_again(
        ALL_DAY,
        &Truth {
            per_hour: &[("calls", 60.0)],
            handle: &[("calls", 5.5)],
            patience: &[("calls", 4.0)],
            people: |_| 6,
        },
    );
}

#[test]
fn office_hours_come_out_again() {
    comes_out_again(
        OFFICE,
        &Truth {
            per_hour: &[("calls", 60.0)],
            handle: &[("calls", 4.0)],
            patience: &[("calls", 6.0)],
            people: |hour| match hour {
                9..18 => 12,
                7..22 => 3,
                _ => 0,
            },
        },
    );
}

#[test]
fn classes_with_a_head_start_and_redials_come_out_again() {
    comes_out_again(
        CLASSES,
        &Truth {
            per_hour: &[("gold", 20.0), ("plain", 40.0)],
            handle: &[("gold", 6.0), ("plain", 3.0)],
            patience: &[("gold", 5.0), ("plain", 3.0)],
            people: |_| 4,
        },
    );
}

#[test]
fn head_starts_and_redials_are_found() {
    let desk = Desk::new();
    desk.write("truth.toml", &(PHONE.to_owned() + CLASSES));
    desk.heard(&["run", "./truth.toml", "--out", "out", "--log", "--no-charts", "--quiet"]);
    let fit =
        desk.heard(&["fit", "out/contacts-base.csv", "--out", "fitted.toml", "--check", "0", "-q"]);
    assert_eq!(fit.code, 0, "{}", fit.err);
    let fitted: Table = std::fs::read_to_string(desk.path("fitted.toml")).unwrap().parse().unwrap();
    let ahead = |stream: Option<&str>| {
        let rules = fitted["triage"].as_array().unwrap();
        let when =
            |rule: &&Value| rule.get("when").and_then(|when| when["stream"].as_str()) == stream;
        let rule = rules.iter().find(when).unwrap();
        rule.get("head_start_minutes").map_or(0.0, |minutes| minutes.as_float().unwrap())
    };
    let gold = ahead(Some("gold"));
    assert!((gold - 1.5).abs() < 0.3, "{gold}");
    assert_eq!(ahead(Some("plain")), 0.0);
    // Whoever else comes is taken as the mean contact is: a third of them are gold.
    assert!((ahead(None) - gold / 3.0).abs() < 0.1, "{}", ahead(None));
    let redials = at(&fitted, &["stream", "plain", "redials"]);
    assert!((redials - 0.3).abs() < 0.04, "{redials}");
    assert!(at(&fitted, &["stream", "gold", "redials"]) < 0.02);
}

#[test]
fn an_inbox_comes_out_again() {
    // Six people answer by day what lies there, some of it since the evening before.
    let inbox = PHONE
        .replace("phone", "forum")
        .replace("private", "public")
        .replace("on the line", "in an inbox")
        + r#"
        [stream.posts]
        channel = "forum"
        per_hour = 30
        handle = { mean_minutes = 4, sigma = 0.8 }
        [[triage]]
        do = "restore"
        [team.agents]
        channels = ["forum"]
        shifts = [{ days = "Mon-Sun", hours = "08:00-18:00", people = 6 }]
    "#;
    let desk = Desk::new();
    desk.write("truth.toml", &inbox);
    desk.heard(&["run", "./truth.toml", "--out", "out", "--log", "--no-charts", "--quiet"]);
    let fit = desk.heard(&["fit", "out/contacts-base.csv", "--out", "fitted.toml", "--check", "4"]);
    assert_eq!(fit.code, 0, "{}", fit.err);
    let text = std::fs::read_to_string(desk.path("fitted.toml")).unwrap();
    let fitted: Table = text.parse().unwrap();
    within("handle", at(&fitted, &["stream", "posts", "handle", "mean_minutes"]), 4.0, 0.05);
    assert_eq!(fitted["channel"]["forum"]["waits"].as_str(), Some("in an inbox"));
    let people = people(&text);
    for hour in (0..168).filter(|hour| (9..16).contains(&(hour % 24))) {
        assert_eq!(people[&hour].0, 6, "hour {hour}\n{text}");
    }
    // The waits of the served, as they were: within a hundredth of the curve.
    let told = fit.out.split("differ by at most ").nth(1).unwrap();
    let distance: f64 = told.split(' ').next().unwrap().parse().unwrap();
    assert!(distance < 2.0, "{}", fit.out);
}

/// A week of calls on weekdays, most of which nobody has to wait for.
const WEEKDAYS_ONLY: &str = r#"
    [stream.calls]
    channel = "phone"
    per_hour = 40
    by_hour = [0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0]
    by_weekday = [1, 1, 1, 1, 1, 0, 0]
    handle = { mean_minutes = 3, shape = "exponential" }
    patience = { mean_minutes = 3, shape = "exponential" }
    [team.agents]
    channels = ["phone"]
    shifts = [{ days = "Mon-Fri", hours = "08:30-17:30", people = 15 }]
"#;

/// What a fit says, and its scenario.
fn fitted(desk: &Desk, log: &str) -> (String, String) {
    let fit = desk.heard(&[
        "fit",
        log,
        "--out",
        "f.toml",
        "--check",
        "20",
        "--no-charts",
        "--force",
        "-q",
    ]);
    assert_eq!(fit.code, 0, "{}", fit.err);
    (fit.out, std::fs::read_to_string(desk.path("f.toml")).unwrap())
}

#[test]
fn a_week_without_a_weekend_comes_out_as_that() {
    let desk = Desk::new();
    desk.write("truth.toml", PHONE.replace("days = 35", "days = 7") + WEEKDAYS_ONLY);
    desk.heard(&["run", "./truth.toml", "--out", "out", "--log", "--no-charts", "--quiet"]);
    let (page, text) = fitted(&desk, "out/contacts-base.csv");
    let shares: Vec<f64> = page
        .lines()
        .find(|line| line.starts_with("share that is answered"))
        .unwrap()
        .split_whitespace()
        .filter_map(|word| word.strip_suffix('%')?.parse().ok())
        .collect();
    assert!((shares[0] - shares[1]).abs() < 1.5, "{page}");
    assert!(text.contains("the log has no Sat or Sun: nobody comes then"), "{text}");
    // Where those who serve are named, and where they are not, an hour in which half of them have
    // nothing to do is not identified.
    let mut rows = csv::Reader::from_path(desk.path("out/contacts-base.csv")).unwrap();
    let agent = rows.headers().unwrap().iter().position(|name| name == "agent").unwrap();
    let mut nameless = csv::Writer::from_writer(Vec::new());
    nameless.write_record(rows.headers().unwrap()).unwrap();
    for row in rows.records().map(Result::unwrap) {
        nameless
            .write_record(
                row.iter().enumerate().map(|(at, cell)| if at == agent { "" } else { cell }),
            )
            .unwrap();
    }
    desk.write("nameless.csv", nameless.into_inner().unwrap());
    let (_, nameless) = fitted(&desk, "nameless.csv");
    for text in [&text, &nameless] {
        let people = people(text);
        for hour in 10..16 {
            let (there, identified) = people[&hour];
            assert!(!identified && there <= 15, "{hour}: {there}\n{text}");
        }
        assert!(!people.contains_key(&7) && !people.contains_key(&18), "{text}");
    }
}

#[test]
fn names_of_any_kind_make_a_scenario_that_can_be_read() {
    let desk = Desk::new();
    let long = "a kind whose name is longer than a scenario cares to write";
    let kinds = [
        "it's \"hot\" \\ # [x]".to_owned(),
        format!("{long} 1"),
        format!("{long} 2"),
        "phone".to_owned(),
    ];
    let mut rows = csv::Writer::from_writer(Vec::new());
    rows.write_record(["arrived", "answered", "closed", "kind", "channel", "agent"]).unwrap();
    for minute in 0..240 {
        let time = |second: u32| {
            format!("2026-03-02T{:02}:{:02}:{second:02}", 9 + minute / 60, minute % 60)
        };
        let kind = &kinds[minute % 4];
        rows.write_record([&time(0), &time(10), &time(50), kind, "phone \"1\"", "ann"]).unwrap();
    }
    desk.write("log.csv", rows.into_inner().unwrap());
    let (page, _) = fitted(&desk, "log.csv");
    assert!(page.contains("share that is answered"), "{page}");
}

/// Two days of calls, a Monday and a Tuesday, half past the hours; `wait` minutes on the second.
fn two_days(wait: u32) -> String {
    let mut log = "arrived,answered,closed,agent\n".to_owned();
    for (day, wait) in [(2, 1), (3, wait)] {
        for hour in 9..17 {
            log += &format!(
                "2026-03-{day:02}T{hour:02}:30:00,2026-03-{day:02}T{hour:02}:{:02}:00,2026-03-{day:02}T{hour:02}:{:02}:00,ann\n",
                30 + wait,
                35 + wait
            );
        }
    }
    log
}

#[test]
fn what_is_replayed_may_be_in_the_same_log_or_in_another_and_a_pipe_is_read_once() {
    let desk = Desk::new();
    const MONDAY: &str = "2026-03-02..2026-03-02";
    const TUESDAY: &str = "2026-03-03..2026-03-03";
    let fit = |line: &str, out: &str| -> (String, String) {
        let days = format!("--days {MONDAY} --replay {TUESDAY} --check 0 --out {out}.toml");
        let fit = desk.shell(&format!("{line} {days}"));
        assert_eq!(fit.code, 0, "{}", fit.err);
        let read = |name: &str| std::fs::read_to_string(desk.path(name)).unwrap();
        // Names of files differ.
        let scenario = read(&format!("{out}.toml")).replace(out, "");
        let scenario = scenario.lines().skip(1).collect::<Vec<_>>().join("\n");
        (scenario, read(&format!("{out}.arrivals.csv")))
    };
    desk.write("log.csv", two_days(2));
    let same = fit("$HEARD fit log.csv", "same");
    assert_eq!(same.1.lines().count(), 9, "{}", same.1);
    assert!(same.1.lines().skip(1).all(|line| line.starts_with("2026-03-03T")), "{}", same.1);
    assert_eq!(fit("cat log.csv | $HEARD fit -", "piped"), same);
    // Of the one log only the Monday is taken, of the other the Tuesday.
    desk.write("other.csv", two_days(2));
    desk.write("log.csv", two_days(20));
    assert_eq!(fit("$HEARD fit log.csv --replay-log other.csv", "two-logs"), same);
    // An arm that is offered can be taken.
    let offered = std::fs::read_to_string(desk.path("same.toml")).unwrap();
    let (before, after) = offered.split_once("# [arm.as-it-was]").unwrap();
    let taken =
        format!("{before}[arm.as-it-was]{}", after.replace("\n# ", "\n").replace("\n#", "\n"));
    desk.write("same.toml", &taken);
    let run = desk.heard(&[
        "run",
        "./same.toml",
        "--replications",
        "2",
        "--out",
        "out",
        "--no-charts",
        "-q",
    ]);
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(run.out.contains("two-more"), "{}", run.out);
}

#[test]
#[ignore = "reads a public log that may not be passed on: ../shared/data"]
fn days_that_were_not_fitted_are_predicted() {
    let log = public_log("anonymous_bank_calls.csv.gz").display().to_string();
    let desk = Desk::new();
    let fit = desk.heard(&[
        "fit",
        &log,
        "--days",
        "2010-08-01..2010-08-10",
        "--replay",
        "2010-08-11..2010-08-15",
        "--out",
        "replay.toml",
        "--check",
        "40",
        "--quiet",
    ]);
    assert_eq!(fit.code, 0, "{}", fit.err);
    // `share that gives up   22.9%   24.0%   ...`, `mean wait of the served   97 s   100 s   ...`
    let row = |name: &str| -> Vec<f64> {
        let line = fit.out.lines().find(|line| line.starts_with(name)).unwrap();
        let numbers = line[name.len()..].split_whitespace();
        let numbers = numbers.map(|word| word.trim_end_matches('%').parse::<f64>());
        numbers.filter_map(Result::ok).collect()
    };
    let share = row("share that gives up");
    assert!((share[0] - 22.9).abs() < 0.1, "{}", fit.out);
    assert!((share[1] - share[0]).abs() <= 3.0, "{}", fit.out);
    let soon = row("served within 10 s");
    assert!((soon[1] - soon[0]).abs() <= 4.0, "{}", fit.out);
    // Seconds, or minutes from two on.
    let wait = |at: usize| -> f64 {
        let line =
            fit.out.lines().find(|line| line.starts_with("mean wait of the served")).unwrap();
        let words: Vec<&str> = line.split_whitespace().skip(5).collect();
        let number: f64 = words[2 * at].parse().unwrap();
        if words[2 * at + 1] == "min" { 60.0 * number } else { number }
    };
    assert!((wait(1) / wait(0) - 1.0).abs() < 0.1, "{}", fit.out);
    let off = |before: &str| -> f64 {
        let text: String = fit.out.split_whitespace().collect::<Vec<_>>().join(" ");
        let rest = text.split(before).nth(1).unwrap().to_owned();
        rest.split("points off").next().unwrap().trim().parse().unwrap()
    };
    let ours = off("the share that gives up is");
    assert!(ours < off("on the days fitted would be"), "{}", fit.out);
}
