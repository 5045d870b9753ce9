//! What a report card says, from the log to the table: numbers that a hand finds.

use std::collections::BTreeMap;

use crate::program::Desk;

/// Twelve calls: answered after 5, 8, 12, 15, 20, 25, 40, 60 and 90 s, each over 1 to 5 minutes later; three
/// hung up after 12, 30 and 70 s.
const CALLS: &str = "\
id,arrived,answered,closed,outcome,agent,kind,customer
1,2026-03-02T08:05:10,2026-03-02T08:05:15,2026-03-02T08:06:15,answered,ann,bill,Erika Mustermann
2,2026-03-02T09:15:20,2026-03-02T09:15:28,2026-03-02T09:17:28,answered,ann,bill,Max
3,2026-03-03T10:25:30,2026-03-03T10:25:42,2026-03-03T10:28:42,answered,bob,move,Otto
4,2026-03-03T10:35:30,,2026-03-03T10:35:42,abandoned,,bill,Otto
5,2026-03-04T11:35:40,2026-03-04T11:35:55,2026-03-04T11:39:55,answered,bob,move,Ida
6,2026-03-05T12:45:50,2026-03-05T12:46:10,2026-03-05T12:51:10,answered,ann,bill,Uwe
7,2026-03-05T12:55:50,,2026-03-05T12:56:20,abandoned,,move,Jan
8,2026-03-06T13:56:00,2026-03-06T13:56:25,2026-03-06T13:57:25,answered,ann,bill,Eva
9,2026-03-09T14:06:10,2026-03-09T14:06:50,2026-03-09T14:08:50,answered,bob,bill,Lea
10,2026-03-10T15:16:20,2026-03-10T15:17:20,2026-03-10T15:20:20,answered,bob,move,Tim
11,2026-04-11T16:26:30,,2026-04-11T16:27:40,abandoned,,bill,Pia
12,2026-04-12T17:36:40,2026-04-12T17:38:10,2026-04-12T17:42:10,answered,ann,bill,Kai
";

/// Twelve tickets that were created and closed, two of them still open.
const TICKETS: &str = include_str!("../cases/created_closed_only.csv");

type Row = BTreeMap<String, String>;

fn audited(desk: &Desk, more: &[&str]) -> Vec<Row> {
    let arguments = [&["audit", "log.csv", "--format", "csv", "--quiet"], more].concat();
    let outcome = desk.heard(&arguments);
    assert_eq!(outcome.code, 0, "{}", outcome.err);
    rows(outcome.out.as_bytes())
}

fn rows(bytes: &[u8]) -> Vec<Row> {
    csv::Reader::from_reader(bytes).deserialize().map(Result::unwrap).collect()
}

/// A measure's value and what it rests on, of the rows that `fits`.
fn found(rows: &[Row], measure: &str, fits: impl Fn(&Row) -> bool) -> (f64, u64) {
    let mut all = rows.iter().filter(|row| row["measure"] == measure && fits(row));
    let row = all.next().unwrap_or_else(|| panic!("no {measure}"));
    assert!(all.next().is_none(), "{measure} comes twice");
    (row["value"].parse().unwrap(), row["n"].parse().unwrap())
}

fn is(rows: &[Row], measure: &str, value: f64, of: u64) {
    let (found, n) = found(rows, measure, |row| row["by"].is_empty());
    assert!((found - value).abs() < 1e-9 && n == of, "{measure}: {found} of {n}");
}

fn calls() -> Desk {
    let desk = Desk::new();
    desk.write("log.csv", CALLS);
    desk
}

#[test]
fn twelve_calls_have_the_service_level_speed_and_handle_time_that_a_hand_finds() {
    let card = audited(&calls(), &[]);
    is(&card, "contacts", 12.0, 12);
    is(&card, "answered", 9.0 / 12.0, 12);
    is(&card, "gave_up", 3.0 / 12.0, 12);
    // 5, 8, 12, 15 and 20 s; one hung up within 20 s.
    is(&card, "service_level_of_offered", 5.0 / 12.0, 12);
    is(&card, "service_level_of_answered", 5.0 / 9.0, 9);
    is(&card, "service_level_of_patient", 5.0 / 11.0, 11);
    is(&card, "speed_of_answer_mean", 275.0 / 9.0, 9);
    is(&card, "speed_of_answer_p50", 20.0, 9);
    // 1 + 2 + 3 + 4 + 5 + 1 + 2 + 3 + 4 minutes.
    is(&card, "handle_time_mean", 25.0 / 9.0 * 60.0, 9);
    is(&card, "open", 0.0, 0);
    assert!(card.iter().all(|row| row["measure"] != "resolved"), "hanging up settles nothing");
    let levels = card.iter().filter(|row| !row["within_seconds"].is_empty());
    assert!(levels.map(|row| row["within_seconds"].as_str()).all(|seconds| seconds == "20"));
    for row in card.iter().filter(|row| row["unit"] == "share") {
        let [low, value, high] =
            ["ci_low", "value", "ci_high"].map(|end| row[end].parse::<f64>().unwrap());
        assert!(low <= value && value <= high, "{row:?}");
        assert!(!row["of"].is_empty(), "{row:?}");
    }
}

#[test]
fn service_levels_are_given_within_every_time_that_is_asked_for() {
    let card = audited(&calls(), &["--within", "1min", "--within", "10s", "--within", "60 s"]);
    let level = |seconds: &str| {
        found(&card, "service_level_of_offered", |row| row["within_seconds"] == seconds)
    };
    assert_eq!((level("10"), level("60")), ((2.0 / 12.0, 12), (8.0 / 12.0, 12)));
    for (wrong, says) in [
        ("20", "`20s`, `5min`"),
        ("0s", "whole seconds"),
        ("x", "`1h`"),
        ("1.5ms", "whole seconds"),
    ] {
        let outcome = calls().heard(&["audit", "log.csv", "--within", wrong]);
        assert_eq!(outcome.code, 2);
        assert!(outcome.err.contains(says) && outcome.err.contains("--within"), "{}", outcome.err);
    }
    let six = ["1s", "2s", "3s", "4s", "5s", "6s"].map(|time| ["--within", time]).concat();
    let outcome = calls().heard(&[&["audit", "log.csv"], six.as_slice()].concat());
    assert!(outcome.code == 2 && outcome.err.contains("6 times"), "{}", outcome.err);
}

#[test]
fn groups_are_named_and_add_up() {
    let card = |by: &str| audited(&calls(), &["--by", by]);
    let by_agent = card("agent");
    let of = |rows: &[Row], measure: &str, group: &str| {
        found(rows, measure, |row| row["group"] == group)
    };
    assert_eq!(
        of(&by_agent, "speed_of_answer_mean", "ann"),
        ((5.0 + 8.0 + 20.0 + 25.0 + 90.0) / 5.0, 5)
    );
    assert_eq!(of(&by_agent, "service_level_of_answered", "bob"), (0.5, 4));
    assert_eq!(of(&by_agent, "contacts", "(nobody named)"), (3.0, 3));
    let told = |row: &&Row| row["by"] == "agent" && row["measure"] == "answered";
    assert!(!by_agent.iter().any(|row| told(&row)), "nobody knows who would have answered");
    is(&by_agent, "service_level_of_offered", 5.0 / 12.0, 12);
    let by_kind = card("kind");
    assert_eq!(of(&by_kind, "answered", "move"), (0.75, 4));
    assert_eq!(of(&by_kind, "service_level_of_offered", "move"), (2.0 / 4.0, 4));
    let groups = |by: &str| -> Vec<String> {
        let rows = card(by);
        let contacts = rows.iter().filter(|row| row["by"] == by && row["measure"] == "contacts");
        contacts.map(|row| format!("{} {}", row["group"], row["value"])).collect()
    };
    assert_eq!(groups("month"), ["2026-03 10", "2026-04 2"]);
    assert_eq!(groups("day")[..3], ["2026-03-02 2", "2026-03-03 2", "2026-03-04 1"]);
    assert_eq!(groups("hour")[2..5], ["10:00 2", "11:00 1", "12:00 2"]);
    let shown = calls().heard(&["audit", "log.csv", "--by", "hour"]).out;
    assert!(shown.contains("By hour") && shown.contains("17:00"), "{shown}");
    let scenario = calls().heard(&["audit", "students-audit", "--by", "day"]);
    assert!(scenario.code == 2 && scenario.err.contains("--by applies only to logs"));
}

#[test]
fn tickets_with_created_and_closed_alone_get_what_can_be_told() {
    let desk = Desk::new();
    desk.write("log.csv", TICKETS);
    let map = ["Ticket ID=id", "Created Date=arrived", "Resolved Date=closed"];
    let maps = map.map(|map| ["--map", map]).concat();
    let card = audited(&desk, &maps);
    is(&card, "contacts", 12.0, 12);
    is(&card, "resolved", 10.0 / 12.0, 12);
    is(&card, "open", 2.0, 2);
    // 2, 4, 8, 24, 48, 72, 1, 3, 30 and 96 h; two are open for 91 and 86 h.
    is(&card, "resolved_p50", 16.0 * 3600.0, 10);
    is(&card, "resolved_mean", 28.8 * 3600.0, 10);
    is(&card, "resolution_p50", 24.0 * 3600.0, 12);
    is(&card, "oldest_open", 91.0 * 3600.0, 2);
    assert!(
        card.iter().all(|row| row["measure"] != "answered" && row["within_seconds"].is_empty())
    );
    let out = [&["audit", "log.csv", "--out", "out", "--no-charts"], maps.as_slice()].concat();
    assert_eq!(desk.heard(&out).code, 0);
    let days: Vec<String> = rows(&desk.read("out/audit-days.csv"))
        .iter()
        .map(|row| {
            [&row["day"], &row["arrivals"], &row["ended"], &row["backlog"]]
                .map(String::as_str)
                .join(" ")
        })
        .collect();
    assert_eq!(
        days,
        [
            "2026-03-02 4 2 2",
            "2026-03-03 4 4 2",
            "2026-03-04 4 0 6",
            "2026-03-05 0 2 4",
            "2026-03-06 0 1 3",
            "2026-03-08 0 1 2",
        ]
    );
    is(&card, "backlog_most", 6.0, 7);
    is(&card, "backlog_mean", (2.0 + 2.0 + 6.0 + 4.0 + 3.0 + 3.0 + 2.0) / 7.0, 7);
}

#[test]
fn no_name_of_a_customer_is_in_any_file_or_on_the_terminal() {
    let desk = calls();
    let outcome = desk.heard(&["audit", "log.csv", "--out", "out", "--by", "day"]);
    assert_eq!(outcome.code, 0, "{}", outcome.err);
    let files = desk.files("out");
    for name in [
        "audit.csv",
        "audit-days.csv",
        "audit-hours.csv",
        "chart-audit-answer-time.svg",
        "chart-audit-hours.svg",
    ] {
        assert!(files.contains(&name.to_owned()), "{name}: {files:?}");
    }
    let names = ["Mustermann", "Erika", "Otto", "Pia"];
    for name in names {
        assert!(!outcome.out.contains(name) && !outcome.err.contains(name), "{name}");
        for file in files.iter().filter(|file| !file.ends_with("png")) {
            let bytes = desk.read(format!("out/{file}"));
            assert!(!String::from_utf8_lossy(&bytes).contains(name), "{file} names {name}");
        }
    }
}

#[test]
fn charts_of_waits_service_levels_and_backlogs_are_drawn_where_there_are_enough() {
    let desk = Desk::new();
    let mut log = String::from("channel,arrived,answered,closed,outcome\n");
    for at in 0..400 {
        let (day, hour, minute) = (2 + at % 20, 9 + at % 8, at % 60);
        let wait = 5 + at * 7 % 50;
        log += &format!(
            "phone,2026-03-{day:02}T{hour:02}:{minute:02}:00,2026-03-{day:02}T{hour:02}:{minute:02}:{wait:02},\
             2026-03-{day:02}T{hour:02}:59:59,answered\n"
        );
        if at % 8 == 0 {
            log += &format!(
                "phone,2026-03-{day:02}T{hour:02}:00:00,,2026-03-{day:02}T{hour:02}:00:30,abandoned\n"
            );
        }
        let answered = format!("2026-03-{:02}T10:00:00", day + 1);
        let closed =
            if at % 3 == 0 { String::new() } else { format!("2026-03-{:02}T11:00:00", day + 3) };
        log += &format!("mail,2026-03-{day:02}T{hour:02}:30:00,{answered},{closed},\n");
    }
    desk.write("log.csv", log);
    let outcome = desk.heard(&["audit", "log.csv", "--out", "out"]);
    assert_eq!(outcome.code, 0, "{}", outcome.err);
    for name in ["waits-by-hour", "service-level", "backlog"] {
        let svg = desk.read(format!("out/chart-audit-{name}.svg"));
        let svg = String::from_utf8(svg).unwrap();
        assert!(svg.contains("mail") && !svg.contains("NaN"), "{name}");
        assert!(desk.read(format!("out/chart-audit-{name}.png")).starts_with(b"\x89PNG"), "{name}");
    }
    // Nothing mixes a telephone and an inbox.
    let all = audited(&desk, &[]);
    let levels =
        all.iter().filter(|row| row["channel"] == "all" && !row["within_seconds"].is_empty());
    assert_eq!(levels.count(), 0);
    let within = |channel: &str| {
        let of =
            |row: &&Row| row["channel"] == channel && row["measure"] == "service_level_of_offered";
        all.iter().find(of).map(|row| row["within_seconds"].clone())
    };
    assert_eq!((within("phone").as_deref(), within("mail").as_deref()), (Some("20"), Some("3600")));
}
