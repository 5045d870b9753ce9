//! Small logs of the kinds that real systems write are read without a mapping, and give the right
//! values; what cannot be read is refused with the flag that would read it.

use serde_json::Value;

use crate::program::{Desk, Outcome};

/// A log of `tests/cases/` on a desk.
fn case(name: &str) -> Desk {
    let desk = Desk::new();
    let path = format!("{}/tests/cases/{name}", env!("CARGO_MANIFEST_DIR"));
    desk.write("log.csv", std::fs::read(path).unwrap());
    desk
}

fn json(outcome: &Outcome) -> Value {
    assert_eq!(outcome.code, 0, "{}", outcome.err);
    serde_json::from_str(&outcome.out).unwrap()
}

fn audit(desk: &Desk, more: &[&str]) -> Value {
    json(&desk.heard(&[&["audit", "log.csv", "--format", "json"], more].concat()))
}

/// The value of a measure of the only company.
fn measure(audit: &Value, name: &str) -> Option<f64> {
    let all = audit["audit"].as_array().unwrap();
    all.iter().find(|line| line["measure"] == name).and_then(|line| line["value"].as_f64())
}

/// Contacts, and the shares that were answered, gave up, and still wait.
fn shares(audit: &Value) -> [Option<f64>; 4] {
    ["contacts", "answered", "gave_up", "still_waiting"].map(|name| measure(audit, name))
}

/// 12 contacts, 9 answered, 3 gave up; half are answered by 25 s.
const PLAIN: [Option<f64>; 4] = [Some(12.0), Some(0.75), Some(0.25), Some(0.0)];

#[test]
fn dates_durations_flags_and_priorities_of_real_systems_need_no_mapping() {
    for (name, maps) in [
        (
            "dmy_dates.csv",
            &[
                "Data Abertura=arrived",
                "Primeira Resposta=answered",
                "Data Fechamento=closed",
                "Chamado=id",
                "Atendente=agent",
            ][..],
        ),
        (
            "us_dates.csv",
            &[
                "Received DtTm=arrived",
                "Answered DtTm=answered",
                "Available DtTm=closed",
                "Call Number=id",
            ],
        ),
        (
            "durations_and_flags.csv",
            &["Date=arrived", "Time=arrived", "Answered (Y/N)=outcome", "Call Id=id"],
        ),
        (
            "priority_words.csv",
            &[
                "Created=arrived",
                "First reply=answered",
                "Closed at=closed",
                "Ticket ID=id",
                "Topic=kind",
                "Priority=",
            ],
        ),
    ] {
        let desk = case(name);
        let flags: Vec<&str> = maps.iter().flat_map(|map| ["--map", map]).collect();
        for more in [&[][..], &flags] {
            let audit = audit(&desk, more);
            assert_eq!(shares(&audit), PLAIN, "{name} {more:?}");
            assert_eq!(measure(&audit, "first_answer_p50"), Some(25.0), "{name}");
        }
    }
    let minutes = audit(&case("one_digit_hour.csv"), &[]);
    assert_eq!(shares(&minutes), PLAIN);
}

#[test]
fn empty_marks_say_that_nothing_happened() {
    let audit = audit(&case("null_marks_1000.csv"), &[]);
    let [contacts, answered, gave_up, waiting] = shares(&audit).map(Option::unwrap);
    assert_eq!((contacts, waiting), (1_000.0, 0.0));
    assert!((answered - 0.991).abs() < 1e-9 && (gave_up - 0.009).abs() < 1e-9);
    assert_eq!(audit["log"]["rows_that_cannot_be_read"], 0);
}

#[test]
fn an_open_ticket_with_an_answer_is_answered() {
    let desk = case("open_but_answered.csv");
    let mapped = [
        "--map",
        "Status=outcome",
        "--map",
        "First response time=answered",
        "--map",
        "Ticket ID=id",
    ];
    for more in [&[][..], &mapped] {
        let [contacts, answered, gave_up, waiting] =
            shares(&audit(&desk, more)).map(Option::unwrap);
        assert_eq!((contacts, gave_up), (12.0, 0.0));
        assert!((answered - 10.0 / 12.0).abs() < 1e-9 && (waiting - 2.0 / 12.0).abs() < 1e-9);
    }
}

#[test]
fn calls_without_answer_and_end_gave_up_and_tickets_with_an_end_alone_tell_no_answers() {
    let calls = audit(&case("unanswered_without_end.csv"), &[]);
    assert_eq!(shares(&calls), PLAIN);
    let biases = calls["log"]["biases"].to_string();
    assert!(biases.contains("3 contacts have neither an answer nor an end"), "{biases}");
    let tickets = audit(&case("created_closed_only.csv"), &[]);
    assert_eq!(measure(&tickets, "contacts"), Some(12.0));
    assert_eq!(measure(&tickets, "answered"), None);
}

#[test]
fn how_columns_were_taken_is_said_to_people_and_nowhere_else() {
    let desk = case("dmy_dates.csv");
    let shown = desk.heard(&["audit", "log.csv", "--out", "out"]);
    for part in [
        "`Data Abertura` = arrived",
        "`Primeira Resposta` = answered",
        "--map COLUMN=FIELD",
        "line 2: arrived 2026-03-02T08:05:10, answered after 5.0 s, over after 65 s, by agent1",
        "line 6:",
    ] {
        assert!(shown.err.contains(part), "{part} is missing in\n{}", shown.err);
    }
    assert!(!shown.out.contains("agent1"), "{}", shown.out);
    for quiet in [&["--quiet"][..], &["--format", "json"], &["--format", "csv"]] {
        let outcome = desk.heard(&[&["audit", "log.csv"], quiet].concat());
        assert_eq!(outcome.err, "", "{quiet:?}");
    }
    let left_out = case("priority_words.csv").heard(&["audit", "log.csv"]);
    assert!(left_out.err.contains("column `Priority` is left out: `Low`"), "{}", left_out.err);
}

#[test]
fn what_cannot_be_read_is_refused_with_the_flag_that_would_read_it() {
    let refused = |text: &str, more: &[&str], says: &[&str]| {
        let desk = Desk::new();
        desk.write("log.csv", text);
        let outcome = desk.heard(&[&["audit", "log.csv"], more].concat());
        assert_eq!(outcome.code, 2, "{}", outcome.out);
        for part in says {
            assert!(outcome.err.contains(part), "{part} is missing in\n{}", outcome.err);
        }
        assert!(!outcome.err.contains("--skip"), "{}", outcome.err);
    };
    let open = "arrived\n02/03/2026 09:05\n";
    refused(open, &[], &["ambiguous", "`02/03/2026 09:05`", "log.csv:2", "--dates DMY", "MDY"]);
    refused(open, &["--dates", "DYM"], &["--dates", "DMY (day, month, year), MDY or YMD"]);
    refused(open, &["--timezone", "Berlin"], &["--timezone", "Europe/Berlin"]);
    let odd = "arrived,outcome\n2026-03-02 09:05,Parked\n2026-03-02 09:06,Parked\n";
    refused(odd, &[], &["`outcome` is `Parked`", "log.csv:2", "--value \"Parked=abandoned\""]);
    refused(odd, &["--value", "Parked=lost"], &["--value", "the words are: answered, "]);
    refused(odd, &["--map", "outcome=wait:years"], &["the units are: milliseconds, "]);
    refused(odd, &["--map", "outcome=kind:minutes"], &["`kind` has no unit"]);
    let desk = Desk::new();
    desk.write("log.csv", odd);
    let read = audit(&desk, &["--value", "parked=abandoned", "--timezone", "Europe/Berlin"]);
    assert_eq!(measure(&read, "gave_up"), Some(1.0));
    assert_eq!(read["log"]["first"], "2026-03-02T09:05:00+01:00");
}

#[test]
fn an_answer_before_the_arrival_is_an_answer_at_an_unknown_time() {
    let desk = Desk::new();
    let text = "arrived,answered,closed\n\
                2026-03-02 09:00:00,2026-03-02 08:30:00,2026-03-02 10:00:00\n\
                2026-03-02 09:00:00,2026-03-02 09:30:00,2026-03-02 09:10:00\n\
                2026-03-02 09:00:00,,2026-03-02 09:10:00\n";
    desk.write("log.csv", text);
    let audit = audit(&desk, &[]);
    assert_eq!(audit["log"]["rows_that_cannot_be_read"], 0);
    assert!((measure(&audit, "answered").unwrap() - 2.0 / 3.0).abs() < 1e-9);
    let biases = audit["log"]["biases"].to_string();
    for part in ["1 contact has an answer before the arrival", "1 contact has an end before"] {
        assert!(biases.contains(part), "{biases}");
    }
}
