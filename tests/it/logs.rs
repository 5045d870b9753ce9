//! Logs of contacts: what is wrong with one is said in one message with its row, exit 2, and nothing
//! is written; the two public formats come out as an independent calculation says.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{Read, Write};
use std::path::Path;

use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;
use jiff::civil::date;
use jiff::tz::TimeZone;

use crate::program::{Desk, Outcome};
use crate::support::public_log;

const GOOD: &str = "\
id,customer,channel,arrived,answered,closed,outcome
1,ann,mail,2026-03-02T09:00:00,2026-03-02T09:30:00,,answered
2,bob,mail,2026-03-01T09:00:00,,2026-03-01T10:00:00,abandoned
3,ann,phone,2026-03-02T08:00:00,2026-03-02T08:00:10,2026-03-02T08:05:00,resolved
";

/// A log that is wrong; the message must hold each of `says`, in the order of reading.
fn refused(log: impl AsRef<[u8]>, more: &[&str], says: &[&str]) {
    let desk = Desk::new();
    desk.write("log.csv", log);
    let outcome = desk.heard(&[&["audit", "log.csv", "--out", "out"], more].concat());
    is_refusal(&desk, &outcome, says);
}

fn is_refusal(desk: &Desk, outcome: &Outcome, says: &[&str]) {
    let err = &outcome.err;
    assert_eq!(outcome.code, 2, "{err}");
    assert_eq!(outcome.out, "");
    assert_eq!(err.matches("error:").count(), 1, "{err}");
    assert!(err.len() < 1500, "{} bytes: {err}", err.len());
    assert!(!err.chars().any(|c| c.is_control() && c != '\n'), "{err:?}");
    let mut rest = err.as_str();
    for part in says {
        let at = rest.find(part).unwrap_or_else(|| panic!("`{part}` is missing in\n{err}"));
        rest = &rest[at..];
    }
    assert!(!desk.path("out").exists(), "something was written");
}

/// What `--format json` says of a log.
fn audited(log: impl AsRef<[u8]>, more: &[&str]) -> serde_json::Value {
    let desk = Desk::new();
    desk.write("log.csv", log);
    json(&desk.heard(&[&["audit", "log.csv", "--format", "json"], more].concat()))
}

fn json(outcome: &Outcome) -> serde_json::Value {
    assert_eq!(outcome.code, 0, "{}", outcome.err);
    serde_json::from_str(&outcome.out).unwrap()
}

fn packed(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

#[test]
fn the_separator_of_the_columns_is_found_and_may_be_given() {
    let with = |delimiter: &str| GOOD.replace(',', delimiter);
    for (delimiter, given) in [(",", ","), (";", ";"), ("\t", "\\t"), ("|", "|")] {
        for more in [&[][..], &["--delimiter", given]] {
            assert_eq!(
                audited(with(delimiter), more)["log"]["contacts"],
                3,
                "{delimiter} {more:?}"
            );
        }
    }
    let announced = format!("sep=;\n{}", with(";"));
    assert_eq!(audited(announced, &[])["log"]["contacts"], 3);
    assert_eq!(audited(with("^"), &["--delimiter", "^"])["log"]["contacts"], 3);
    refused(GOOD, &["--delimiter", ";"], &["not separated by ';'", "--delimiter ','"]);
    refused(GOOD, &["--delimiter", "ab"], &["--delimiter", "one character"]);
}

#[test]
fn columns_that_are_missing_or_come_twice_are_named_with_those_there_are() {
    let says = ["no column says when contacts arrived", "log.csv:1", "--map COLUMN=arrived"];
    refused(
        GOOD.replace("arrived", "made"),
        &[],
        &[&says[..], &["these hold times: made"]].concat(),
    );
    refused(
        GOOD,
        &["--map", "made=arrived"],
        &["there is no column `made`", "log.csv:1", "the columns are: id, customer"],
    );
    refused(GOOD, &["--map", "id=when"], &["--map", "the fields are: id, customer"]);
    refused(GOOD, &["--map", "id"], &["--map", "COLUMN=FIELD"]);
    refused(
        GOOD,
        &["--map", "id=agent", "--map", "customer=agent"],
        &["--map gives `agent` two columns"],
    );
    refused(
        GOOD.replace("customer", "arrived"),
        &[],
        &["2 columns are called `arrived`", "log.csv:1"],
    );
    let mapped = audited(GOOD.replace("arrived", "created"), &["--map", "Created=arrived"]);
    assert_eq!(mapped["log"]["contacts"], 3);
}

#[test]
fn a_row_that_cannot_be_is_named_with_its_line_and_why() {
    for (from, to, says) in [
        ("2026-03-02T09:30:00", "2026-03-02T09:30:00Z", "`answered` has an offset from UTC"),
        ("2026-03-02T09:30:00", "9.30", "`answered` is not a valid timestamp: `9.30`"),
        ("2026-03-02T09:30:00", "9999-12-31T00:00:00", "outside of 1970 to 2099"),
        (",answered\n2", ",fine\n2", "`outcome` is `fine`, which is not known"),
        (",answered\n2", ",unanswered\n2", "`outcome` is `unanswered`, but `answered` has a time"),
        (",answered\n2", ",answered,x\n2", "8 fields where the header has 7"),
        ("1,ann", "1", "6 fields where the header has 7"),
        ("2026-03-02T09:00:00", "", "`arrived` is empty"),
        ("2026-03-02T09:00:00", "-5", "`arrived` is not a valid timestamp: `-5`"),
    ] {
        assert!(GOOD.contains(from), "{from}");
        let text = GOOD.replacen(from, to, 1);
        refused(&text, &[], &["1 of 3 rows (33.3%) cannot be read: ", says, "log.csv:2"]);
        // Windows line ends, and blank lines before it.
        refused(text.replace('\n', "\r\n\r\n"), &[], &[says, "log.csv:3"]);
    }
    let twice = GOOD.replace("\n3,", "\n1,");
    refused(twice, &[], &["the id `1` has come before", "log.csv:4"]);
    let zones =
        GOOD.replace("\n3,ann,phone,2026-03-02T08:00:00", "\n3,ann,phone,2026-03-02T08:00:00Z");
    refused(
        zones,
        &[],
        &["`arrived` has an offset from UTC", "times before it have none", "log.csv:4"],
    );
}

#[test]
fn so_many_rows_may_be_bad_as_skip_says() {
    let rows: String =
        (0..97).map(|id| format!("{id},2026-03-01T10:00:00,2026-03-01T11:00:00\n")).collect();
    let text = format!("id,arrived,answered\n{rows}5,2026-03-01T10:00:00,\nx,x,x\ny,y,y\n");
    refused(
        &text,
        &[],
        &[
            "3 of 100 rows (3.0%) cannot be read; the first: the id `5` has come before",
            "log.csv:99",
            "line 100: `arrived` is not a valid timestamp: `x`",
            "line 101:",
            "--skip 5%",
        ],
    );
    let audit = audited(&text, &["--skip", "3%"]);
    assert_eq!(audit["log"]["rows_that_cannot_be_read"], 3);
    assert_eq!(audit["log"]["contacts"], 97);
    refused("id,arrived\n1,x\n2,y\n", &["--skip", "100%"], &["2 of 2 rows (100.0%)"]);
    refused(GOOD, &["--skip", "5"], &["--skip", "from 0% to 100%"]);
}

#[test]
fn what_is_no_log_is_refused_at_once() {
    refused("", &[], &["the log is empty", "log.csv", "names the columns"]);
    refused("\n\r\n", &[], &["the log is empty"]);
    refused("id,arrived\n", &[], &["a header and no rows", "log.csv"]);
    refused(packed(b""), &[], &["the log is empty"]);
    let rubbish: Vec<u8> =
        (0..90_000_u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
    refused(rubbish, &[], &["names of the columns cannot be read", "log.csv", "--encoding"]);
    refused(b"%PDF-1.7\n", &[], &["this is a PDF document", "log.csv", "CSV or .xlsx"]);
    refused("<html><table><tr><td>id", &[], &["this is a web page", "log.csv", "save it as .xlsx"]);
    refused(b"\xd0\xcf\x11\xe0\xa1\xb1", &[], &["before 2007", "save it as .xlsx"]);
    refused(GOOD, &["--sheet", "1"], &["this is text: --sheet does not apply"]);
    refused("[{\"id\": 1}]", &["--header", "2"], &["this is JSON: --header does not apply"]);
    refused(vec![0; 5_000_000], &[], &["log.csv:1"]);
    refused("title = \"no log\"\n", &[], &["no column says when", "title"]);
}

#[test]
fn a_log_that_is_not_there_or_a_folder_is_named() {
    let desk = Desk::new();
    let outcome = desk.heard(&["audit", "none.csv", "--out", "out"]);
    is_refusal(&desk, &outcome, &["there is no file none.csv", "standard input"]);
    fs::create_dir(desk.path("logs")).unwrap();
    let outcome = desk.heard(&["audit", "logs", "--out", "out"]);
    is_refusal(&desk, &outcome, &["logs is a folder", "name the log in it"]);
}

#[test]
fn a_pack_that_breaks_off_or_is_damaged_is_no_log() {
    let text: String = (0..20_000_u32)
        .map(|id| format!("{id},2026-03-01T10:{:02}:00\n", id.wrapping_mul(2_654_435_761) >> 27))
        .collect();
    let whole = packed(format!("id,arrived\n{text}").as_bytes());
    refused(&whole[..whole.len() / 2], &[], &["the gzipped file breaks off after line", "log.csv"]);
    refused(&whole[..7], &[], &["the gzipped file breaks off"]);
    let mut damaged = whole.clone();
    let late = damaged.len() * 3 / 4;
    damaged[late..late + 40].fill(0xff);
    refused(damaged, &[], &["the gzipped file is damaged", "log.csv"]);
}

#[test]
fn a_quotation_mark_that_stays_open_is_found_where_it_opens() {
    let text = GOOD.replace("3,ann", "3,\"ann");
    refused(&text, &[], &["a quotation mark is opened here and never closed", "log.csv:4"]);
    refused(GOOD.replace("id,customer", "id,\"customer"), &[], &["never closed", "log.csv:1"]);
    let long = format!("{}{}", GOOD.replace("2,bob", "2,\"bob"), "x\n".repeat(1 << 20));
    refused(long, &["--skip", "100%"], &["never closed", "log.csv:3"]);
}

#[test]
#[cfg(target_os = "linux")]
fn a_row_of_a_gigabyte_takes_no_memory() {
    for (source, line, says) in [
        ("head -c 1000000000 /dev/zero | tr '\\0' x", "", "1"),
        ("head -c 1000000000 /dev/zero | tr '\\0' ,", "id,arrived\\n", "2"),
        ("head -c 1000000000 /dev/zero | tr '\\0' '\\n'", "id,arrived\\n1,\\042", "2"),
        ("head -c 1000000000 /dev/zero | tr '\\0' x", "\\357\\273\\277\\042id\\n", "1"),
    ] {
        for pack in ["cat", "gzip -1"] {
            let desk = Desk::new();
            // Less than the row would take.
            let outcome = desk.shell(&format!(
                "ulimit -v 900000; (printf '{line}'; {source}) 2>/dev/null | {pack} 2>/dev/null \
                 | \"$HEARD\" audit - --out out"
            ));
            is_refusal(&desk, &outcome, &["error:", &format!("standard input:{says}\n")]);
        }
    }
}

#[test]
fn free_text_for_names_is_refused_before_it_fills_the_memory() {
    let rows: String =
        (0..10_001).map(|id| format!("2026-03-01T10:00:00,{id},{}\n", id % 7)).collect();
    let text = format!("arrived,company,channel\n{rows}");
    let says = ["`company` has more than 10,000 different values", "log.csv:10002"];
    refused(&text, &["--map", "company=company"], &says);
    // Nobody named it: it is left out.
    assert_eq!(audited(text, &[])["log"]["contacts"], 10_001);
    let pairs: String =
        (0..20_001).map(|id| format!("2026-03-01T10:00:00,{},{}\n", id % 200, id / 200)).collect();
    let text = format!("arrived,company,channel\n{pairs}");
    refused(text, &[], &["more than 20,000 pairs of a company and a channel", "log.csv:20002"]);
}

#[test]
fn the_same_log_reads_the_same_however_it_is_written_down() {
    let audited = |log: Vec<u8>| {
        let mut audit = audited(log, &[]);
        // What the file is may differ, and nothing else.
        audit["log"].as_object_mut().unwrap().remove("file");
        audit
    };
    let expected = audited(GOOD.into());
    assert_eq!(expected["log"]["contacts"], 3);
    let quoted: String =
        GOOD.lines().map(|line| format!("\"{}\"\n", line.replace(',', "\",\""))).collect();
    let mut turned: Vec<&str> = GOOD.lines().collect();
    turned[1..].reverse();
    for (name, text) in [
        ("windows", GOOD.replace('\n', "\r\n").into_bytes()),
        ("old mac", GOOD.replace('\n', "\r").into_bytes()),
        ("mark", format!("\u{feff}{GOOD}").into_bytes()),
        ("mark and quoted", format!("\u{feff}{quoted}").into_bytes()),
        ("UTF-16", GOOD.encode_utf16().flat_map(u16::to_le_bytes).collect()),
        ("semicolons", GOOD.replace(',', ";").into_bytes()),
        ("no end", GOOD.trim_end().to_owned().into_bytes()),
        ("blank lines", GOOD.replace('\n', "\n\n,,,,,,\n \n").into_bytes()),
        ("gzip", packed(GOOD.as_bytes())),
        ("gzip twice", [packed(&GOOD.as_bytes()[..70]), packed(&GOOD.as_bytes()[70..])].concat()),
        ("ids as floats", GOOD.replace("\n1,", "\n1.0,").replace("\n2,", "\n2.0,").into_bytes()),
        ("blanks", GOOD.replace(',', " , ").into_bytes()),
    ] {
        assert_eq!(audited(text), expected, "{name}");
    }
    let turned = audited(turned.join("\n").into_bytes());
    assert_eq!(turned["log"], expected["log"], "rows in any order");
    let desk = Desk::new();
    desk.write("log.csv", packed(GOOD.as_bytes()));
    let mut piped = json(&desk.shell("cat log.csv | \"$HEARD\" audit - --format json"));
    assert_eq!(piped["log"]["name"], "standard input");
    piped["log"]["name"] = "log.csv".into();
    piped["log"].as_object_mut().unwrap().remove("file");
    assert_eq!(piped, expected);
}

#[test]
fn answers_without_times_are_not_taken_for_no_answers() {
    let rows: String = (0..50)
        .map(|at| format!("2026-03-01T10:00:{at:02},{}\n", ["answered", "unanswered"][at % 2]))
        .collect();
    let audit = audited(format!("arrived,outcome\n{rows}"), &[]);
    let measures = values(&audit);
    assert_eq!(measures["all answered"], 0.5);
    assert!(!measures.keys().any(|name| name.contains("first_answer")), "{measures:?}");
    let bias = audit["log"]["biases"][0].as_str().unwrap();
    assert!(bias.starts_with("25 contacts were answered and the log does not say when"), "{bias}");
}

/// Values by subject and measure: the company and the measure; `all` where there is only one.
fn values(audit: &serde_json::Value) -> BTreeMap<String, f64> {
    let lines = audit["audit"].as_array().unwrap();
    let known = lines.iter().filter(|line| !line["value"].is_null());
    known
        .map(|line| {
            let company = line["company"].as_str().unwrap().replace("company", "all");
            let name = format!("{company} {}", line["measure"].as_str().unwrap());
            (name, line["value"].as_f64().unwrap())
        })
        .collect()
}

fn audit_of(path: &Path) -> (serde_json::Value, String) {
    let desk = Desk::new();
    let path = path.to_str().unwrap();
    let shown = desk.heard(&["audit", path, "--quiet"]);
    assert_eq!(shown.code, 0, "{}", shown.err);
    (json(&desk.heard(&["audit", path, "--format", "json"])), shown.out)
}

struct Tweet {
    id: u64,
    parent: Option<u64>,
    author: String,
    inbound: bool,
    at: i64,
    text: String,
}

fn tweets(path: &Path) -> Vec<Tweet> {
    let mut text = String::new();
    GzDecoder::new(fs::File::open(path).unwrap()).read_to_string(&mut text).unwrap();
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let id = |text: &str| text.trim_end_matches(".0").parse::<u64>().ok();
    let rows = reader.records().map(|row| {
        let row = row.unwrap();
        Tweet {
            id: id(&row[0]).unwrap(),
            parent: id(&row[6]),
            author: row[1].to_owned(),
            inbound: &row[2] == "True",
            at: seconds(&row[3]),
            text: row[4].to_owned(),
        }
    });
    rows.collect()
}

/// Seconds since 1970 of `Tue Oct 31 22:10:47 +0000 2017`.
fn seconds(text: &str) -> i64 {
    let parts: Vec<&str> = text.split_whitespace().collect();
    let months = "JanFebMarAprMayJunJulAugSepOctNovDec";
    let month = months.find(parts[1]).unwrap() / 3 + 1;
    let clock: Vec<i8> = parts[3].split(':').map(|part| part.parse().unwrap()).collect();
    assert_eq!(parts[4], "+0000");
    let day = date(parts[5].parse().unwrap(), month as i8, parts[2].parse().unwrap());
    let moment = day.at(clock[0], clock[1], clock[2], 0);
    TimeZone::UTC.to_timestamp(moment).unwrap().as_second()
}

/// Whether a reply sends the customer to private messages, the telephone or mail: as docs/logs.md
/// says, searched for in another way.
fn redirects(text: &str) -> bool {
    let plain: String = text
        .to_lowercase()
        .chars()
        .map(|c| if c.is_alphanumeric() || c == '\'' || c == '’' { c } else { ' ' })
        .collect();
    let plain = format!(" {} ", plain.split_whitespace().collect::<Vec<_>>().join(" "));
    let phrases = "dm|dms|direct message|direct messages|private message|private messages|pm us|a pm|\
                   via pm|inbox us|call us|give us a call|call our|phone us|ring us|contact us at 1|\
                   contact us on 0|email us|e mail us|send us an email|drop us an email|mail us";
    phrases.split('|').any(|phrase| plain.contains(&format!(" {phrase} ")))
        || text
            .split_whitespace()
            .any(|word| word.find('@').is_some_and(|at| at > 0 && word[at..].contains('.')))
}

/// The smallest value that at least this share does not exceed.
fn quantile(values: &[i64], percent: usize) -> f64 {
    let mut values = values.to_vec();
    values.sort_unstable();
    values[(values.len() * percent).div_ceil(100) - 1] as f64
}

#[test]
#[ignore = "reads a public log that may not be passed on: ../shared/data"]
fn conversations_on_twitter_are_what_an_independent_calculation_says() {
    let path = public_log("customer_support_on_twitter.csv.gz");
    let tweets = tweets(&path);
    let place: BTreeMap<u64, usize> =
        tweets.iter().enumerate().map(|(at, tweet)| (tweet.id, at)).collect();
    let mut threads: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for at in 0..tweets.len() {
        let mut root = at;
        while let Some(up) = tweets[root].parent.and_then(|id| place.get(&id)) {
            root = *up;
        }
        threads.entry(root).or_default().push(at);
    }
    // First answers in seconds, those that redirect, and turns, by company.
    let mut companies: BTreeMap<&str, (Vec<i64>, u64, Vec<i64>)> = BTreeMap::new();
    for (root, members) in &threads {
        let begin = &tweets[*root];
        if !begin.inbound || begin.parent.is_some() {
            continue;
        }
        let replies = members.iter().map(|&at| &tweets[at]).filter(|tweet| !tweet.inbound);
        let Some(first) = replies.min_by_key(|tweet| (tweet.at, tweet.id)) else { continue };
        for company in [first.author.as_str(), "all"] {
            let (times, redirected, turns) = companies.entry(company).or_default();
            times.push(first.at - begin.at);
            *redirected += u64::from(redirects(&first.text));
            turns.push(members.len() as i64);
        }
    }
    let (audit, shown) = audit_of(&path);
    let ours = values(&audit);
    let names: BTreeSet<&str> = audit["audit"]
        .as_array()
        .unwrap()
        .iter()
        .map(|line| line["company"].as_str().unwrap())
        .collect();
    assert_eq!(names, companies.keys().copied().collect());
    assert!(companies.len() > 50, "{}", companies.len());
    for (company, (times, redirected, turns)) in &companies {
        let count = times.len() as f64;
        for (measure, expected) in [
            ("contacts", count),
            ("first_answer_p50", quantile(times, 50)),
            ("first_answer_p90", quantile(times, 90)),
            ("redirected", *redirected as f64 / count),
            ("turns_mean", turns.iter().sum::<i64>() as f64 / count),
            ("turns_p50", quantile(turns, 50)),
            ("turns_p90", quantile(turns, 90)),
        ] {
            let value = ours.get(&format!("{company} {measure}")).copied();
            let close =
                value.is_some_and(|value| (value - expected).abs() <= 1e-9 * expected.abs());
            assert!(close, "{company} {measure}: {value:?}, expected {expected}");
        }
    }
    // Only conversations that were answered were collected.
    assert_eq!(audit["log"]["tells_answer_rate"], false);
    let claims =
        ["answered", "gave_up", "still_waiting", "well_followed_answered", "others_answered"];
    for line in audit["audit"].as_array().unwrap() {
        assert!(!claims.contains(&line["measure"].as_str().unwrap()), "{line}");
    }
    let shown = shown.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        shown.contains("Note: only conversations that a company answered were collected"),
        "{shown}"
    );
    assert!(shown.contains("the hours say little"), "{shown}");
}

#[test]
#[ignore = "reads a public log that may not be passed on: ../shared/data"]
fn calls_to_the_bank_are_all_read_and_those_that_asked_for_an_agent_counted() {
    let path = public_log("anonymous_bank_calls.csv.gz");
    let (audit, shown) = audit_of(&path);
    let log = &audit["log"];
    assert_eq!((&log["rows"], &log["contacts"]), (&23_668.into(), &21_634.into()));
    assert_eq!(log["rows_that_cannot_be_read"], 0);
    let left_out = log["left_out"].as_array().unwrap();
    let rows: Vec<u64> = left_out.iter().map(|line| line["rows"].as_u64().unwrap()).collect();
    assert_eq!(rows, [23_668 - 199 - 21_634, 199]);
    assert!(left_out[1]["what"].as_str().unwrap().contains("PHANTOM"), "{log}");
    let values = values(&audit);
    assert_eq!(values["bank answered"], 15_888.0 / 21_634.0);
    assert_eq!(values["bank gave_up"], 5_746.0 / 21_634.0);
    assert_eq!(values["bank still_waiting"], 0.0);
    assert!(shown.contains("21,634 contacts in 23,668 rows"), "{shown}");
}
