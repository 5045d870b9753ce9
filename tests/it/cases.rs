//! Small logs of the kinds that people have: each gives the right values, worked out by hand from the
//! rows of its file in `tests/cases`.

use std::path::Path;

use serde_json::Value;

use crate::program::Desk;

/// What `heard audit` says of one of the logs.
pub struct Card {
    json: Value,
    /// What it says to people.
    pub text: String,
}

impl Card {
    /// Audits a log of `tests/cases`.
    pub fn of(case: &str, flags: &[&str]) -> Self {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases").join(case);
        let desk = Desk::new();
        let audit = ["audit", path.to_str().unwrap()];
        let heard = |more: &[&str]| {
            let outcome = desk.heard(&[&audit[..], flags, more].concat());
            assert_eq!(outcome.code, 0, "{case}: {}", outcome.err);
            outcome.out
        };
        let json = serde_json::from_str(&heard(&["--format", "json"])).unwrap();
        let text = heard(&[]).split_whitespace().collect::<Vec<_>>().join(" ");
        Self { json, text }
    }

    /// What is known of the log.
    pub fn log(&self, what: &str) -> &Value {
        &self.json["log"][what]
    }

    /// What its file turned out to be.
    pub fn file(&self, what: &str) -> &Value {
        &self.json["log"]["file"][what]
    }

    /// A measure of one channel, or of all where there is one; `None` where it has no value.
    pub fn of_channel(&self, channel: &str, measure: &str) -> Option<f64> {
        let lines = self.json["audit"].as_array().unwrap();
        let line = lines.iter().find(|line| {
            line["measure"] == measure && (channel.is_empty() || line["channel"] == channel)
        });
        line.unwrap_or_else(|| panic!("there is no {measure} of {channel}"))["value"].as_f64()
    }

    /// A measure of a log with one company and channel.
    pub fn value(&self, measure: &str) -> Option<f64> {
        self.of_channel("", measure)
    }

    /// The twelve calls that most of the logs hold: nine answered after 5, 8, 12, 15, 20, 25, 40, 60
    /// and 90 s, three given up.
    pub fn is_of_the_twelve_calls(&self) {
        assert_eq!(self.log("contacts"), 12);
        assert_eq!(self.log("rows_that_cannot_be_read"), 0);
        assert_eq!(self.value("answered"), Some(0.75), "{}", self.text);
        assert_eq!(self.value("gave_up"), Some(0.25));
        assert_eq!(self.value("still_waiting"), Some(0.0));
        assert_eq!(self.value("first_answer_p50"), Some(25.0));
        assert_eq!(self.value("first_answer_p90"), None);
        assert_eq!(self.value("hours_covered"), Some(9.0));
    }
}

#[test]
fn titles_above_and_totals_below_are_no_contacts() {
    let card = Card::of("title_and_total.csv", &[]);
    card.is_of_the_twelve_calls();
    assert_eq!((card.file("header_line"), card.file("titles")), (&4.into(), &2.into()));
    assert_eq!(card.file("totals"), 1);
    assert!(card.text.contains("line 4 names the columns, below 2 lines"), "{}", card.text);
    Card::of("title_and_total.csv", &["--header", "4"]).is_of_the_twelve_calls();
}

#[test]
fn letters_of_windows_1252_are_read_as_they_were_written() {
    let map = [
        "--map",
        "Data Abertura=arrived",
        "--map",
        "Primeira Interação=answered",
        "--map",
        "Data Solução=closed",
        "--map",
        "Unidade=channel",
        "--map",
        "Chamado=id",
    ];
    for more in [&[][..], &["--encoding", "latin1", "--delimiter", ";"]] {
        let card = Card::of("latin1.csv", &[&map[..], more].concat());
        assert_eq!(card.log("contacts"), 12);
        assert_eq!(card.of_channel("all", "answered"), Some(0.75));
        assert_eq!(card.of_channel("Leste", "contacts"), Some(6.0));
        assert_eq!(card.of_channel("São", "contacts"), Some(6.0));
        assert_eq!(card.file("encoding"), "windows-1252");
        assert_eq!(card.file("delimiter"), ";");
        assert!(card.text.contains("its letters are windows-1252 (--encoding)"), "{}", card.text);
    }
}

#[test]
fn a_log_without_a_line_of_names_is_mapped_by_numbers() {
    let map = ["--map", "1=id", "--map", "2=arrived", "--map", "3=answered", "--map", "4=closed"];
    for more in [&[][..], &["--header", "none"]] {
        let card = Card::of("no_header.csv", &[&map[..], more].concat());
        card.is_of_the_twelve_calls();
        assert_eq!(card.file("header_line"), &Value::Null);
        assert!(card.text.contains("no line names the columns"), "{}", card.text);
    }
}

#[test]
fn a_workbook_of_excel_is_read_as_it_is() {
    let card = Card::of("workbook.xlsx", &[]);
    card.is_of_the_twelve_calls();
    assert_eq!(card.file("kind"), "Excel workbook");
    let sheet = card.file("sheet").as_str().unwrap();
    Card::of("workbook.xlsx", &["--sheet", sheet]).is_of_the_twelve_calls();
    Card::of("workbook.xlsx", &["--sheet", "1"]).is_of_the_twelve_calls();
}

#[test]
fn the_records_of_an_asterisk_are_known_with_and_without_a_map() {
    let maps =
        ["--map", "calldate=arrived", "--map", "disposition=outcome", "--map", "uniqueid=id"];
    for flags in [&[][..], &maps] {
        let card = Card::of("cdr_words.csv", flags);
        card.is_of_the_twelve_calls();
        assert_eq!(card.log("format"), "Asterisk CDR");
        assert_eq!(card.of_channel("phone", "contacts"), Some(12.0), "one channel");
    }
}

#[test]
fn rows_of_events_are_put_together_with_and_without_a_map() {
    let maps = ["--map", "Timestamp=arrived", "--map", "CaseID=id", "--map", "Resource=agent"];
    for flags in [&[][..], &maps] {
        let card = Card::of("event_log.csv", flags);
        card.is_of_the_twelve_calls();
        assert_eq!(card.log("format"), "one row per event");
    }
}

#[test]
fn the_banks_log_is_read_as_it_was_published() {
    let card = Card::of("bank_as_published.txt", &[]);
    assert_eq!(card.log("format"), "Anonymous Bank");
    // A call that ended in the menu and a phantom are left out.
    assert_eq!((card.log("rows").as_u64(), card.log("contacts").as_u64()), (Some(12), Some(10)));
    assert_eq!((card.value("answered"), card.value("gave_up")), (Some(0.8), Some(0.2)));
    // 0, 30, 60, 45, 0, 10, 15 and 120 s: four of ten within 20 s, and the fifth after 30 s.
    assert_eq!(card.value("speed_of_answer_mean"), Some(280.0 / 8.0));
    assert_eq!(card.value("speed_of_answer_p50"), Some(22.5));
    assert_eq!(card.value("service_level_of_offered"), Some(0.4));
    assert_eq!(card.value("first_answer_p50"), Some(30.0));
    // 100, 120, 90, 200, 300, 150, 60 and 240 s.
    assert_eq!(card.value("handle_time_mean"), Some(1260.0 / 8.0));
}
