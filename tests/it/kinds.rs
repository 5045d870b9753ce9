//! The same contacts, written in every kind of file that people have, are graded as a calculation of
//! this test's own says: none needs a spreadsheet or a script first.

use std::fmt::Write as _;

use jiff::civil::{DateTime, date};

use crate::program::Desk;

/// A contact, in seconds.
struct Call {
    id: usize,
    arrived: DateTime,
    wait: i64,
    talk: Option<i64>,
    agent: &'static str,
    company: &'static str,
}

const AGENTS: [&str; 4] = ["SIP/701", "SIP/702", "SIP/703", "SIP/704"];
const COMPANIES: [&str; 2] = ["Müller", "Möller"];

/// Random numbers (SplitMix64).
struct Random(u64);

impl Random {
    fn below(&mut self, most: i64) -> i64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut x = self.0;
        x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((x ^ (x >> 31)) % most as u64) as i64
    }
}

/// Two hundred contacts of March 2026: three of four are answered.
fn calls() -> Vec<Call> {
    let mut random = Random(13);
    let mut all: Vec<Call> = (0..200)
        .map(|_| {
            let day = date(2026, 3, 2 + random.below(26) as i8);
            let arrived =
                day.at(8, 0, 0, 0) + jiff::SignedDuration::from_secs(random.below(36_000));
            // Mostly short, sometimes long.
            let wait = random.below(12) * random.below(12) * (1 + random.below(5));
            let talk = (random.below(4) > 0).then(|| 20 + random.below(600));
            let agent = AGENTS[random.below(4) as usize];
            let company = COMPANIES[random.below(2) as usize];
            Call { id: 0, arrived, wait, talk, agent, company }
        })
        .collect();
    all.sort_by_key(|call| call.arrived);
    all.iter_mut().enumerate().for_each(|(at, call)| call.id = at + 1);
    all
}

impl Call {
    fn after(&self, seconds: i64) -> DateTime {
        self.arrived + jiff::SignedDuration::from_secs(seconds)
    }

    fn answered(&self) -> Option<DateTime> {
        self.talk.map(|_| self.after(self.wait))
    }

    fn closed(&self) -> DateTime {
        self.after(self.wait + self.talk.unwrap_or(0))
    }

    /// Seconds since 1970, as if the clock on the wall were that of UTC.
    fn epoch(moment: DateTime) -> i64 {
        jiff::tz::Offset::UTC.to_timestamp(moment).unwrap().as_second()
    }
}

/// What must come out, from the contacts themselves.
struct Right(Vec<(&'static str, Option<f64>)>);

impl Right {
    fn of(calls: &[Call]) -> Self {
        let all = calls.len() as f64;
        let mut waits: Vec<i64> =
            calls.iter().filter(|call| call.talk.is_some()).map(|call| call.wait).collect();
        waits.sort_unstable();
        let answered = waits.len() as f64;
        let middle = waits.len() / 2;
        let median = match waits.len() % 2 {
            0 => (waits[middle - 1] + waits[middle]) as f64 / 2.0,
            _ => waits[middle] as f64,
        };
        let talks: i64 = calls.iter().filter_map(|call| call.talk).sum();
        let within = waits.iter().filter(|wait| **wait <= 20).count() as f64;
        let left = |call: &&Call| call.talk.is_none() && call.wait <= 20;
        let early = calls.iter().filter(left).count() as f64;
        // The wait by which half of all contacts have been answered: nobody waits when the log ends.
        let half = (all / 2.0).ceil() as usize;
        let mut hours: Vec<i64> = calls
            .iter()
            .filter_map(Call::answered)
            .map(|at| i64::from(at.weekday().to_monday_zero_offset()) * 24 + i64::from(at.hour()))
            .collect();
        hours.sort_unstable();
        hours.dedup();
        Self(vec![
            ("contacts", Some(all)),
            ("answered", Some(answered / all)),
            ("gave_up", Some((all - answered) / all)),
            ("still_waiting", Some(0.0)),
            ("service_level_of_offered", Some(within / all)),
            ("service_level_of_answered", Some(within / answered)),
            ("service_level_of_patient", Some(within / (all - early))),
            ("speed_of_answer_mean", Some(waits.iter().sum::<i64>() as f64 / answered)),
            ("speed_of_answer_p50", Some(median)),
            ("handle_time_mean", Some(talks as f64 / answered)),
            ("first_answer_p50", waits.get(half - 1).map(|wait| *wait as f64)),
            ("hours_covered", Some(hours.len() as f64)),
        ])
    }

    /// Whether this stands in a card, but for the measures `without`.
    fn holds(&self, kind: &str, json: &serde_json::Value, without: &[&str]) {
        let rows = json["audit"].as_array().unwrap();
        for (measure, right) in self.0.iter().filter(|(measure, _)| !without.contains(measure)) {
            // Of all companies together, where there are several: they come last.
            let row = rows.iter().rev().find(|row| row["measure"] == *measure);
            let row = row.unwrap_or_else(|| panic!("{kind}: no {measure}"));
            let value = row["value"].as_f64();
            let is_near = match (value, right) {
                (Some(value), Some(right)) => (value - right).abs() <= 1e-9 * right.abs().max(1.0),
                (value, right) => value == *right,
            };
            assert!(is_near, "{kind}: {measure} is {value:?}, not {right:?}");
        }
    }
}

/// Audits the contacts in a file of some kind.
fn audited(kind: &str, bytes: impl AsRef<[u8]>, arguments: &[&str]) -> serde_json::Value {
    let desk = Desk::new();
    desk.write("export", bytes);
    let start = ["audit", "export", "--format", "json", "--within", "20s"];
    let outcome = desk.heard(&[&start, arguments].concat());
    assert_eq!(outcome.code, 0, "{kind}: {}", outcome.err);
    serde_json::from_str(&outcome.out).unwrap()
}

/// Writes the contacts as a table: a header, and a row each.
fn table(header: &str, row: impl Fn(&Call) -> String) -> String {
    calls().iter().fold(format!("{header}\n"), |mut text, call| {
        writeln!(text, "{}", row(call)).unwrap();
        text
    })
}

/// `2026-03-02T09:30:00`, or nothing.
fn iso(moment: Option<DateTime>) -> String {
    moment.map_or(String::new(), |moment| moment.to_string())
}

fn is_right(kind: &str, bytes: impl AsRef<[u8]>, arguments: &[&str]) {
    Right::of(&calls()).holds(kind, &audited(kind, bytes, arguments), &[]);
}

/// The contacts with columns of these names, and what stands in them.
struct Export<'a> {
    names: &'a [&'a str],
    delimiter: char,
    moment: &'a dyn Fn(DateTime) -> String,
}

impl Export<'_> {
    /// Id, arrival, answer, end, agent and company: an empty cell where nothing happened.
    fn text(&self) -> String {
        let mut text = self.line(self.names.iter().map(|name| (*name).to_owned()));
        for call in calls() {
            let moment = |at: Option<DateTime>| at.map_or(String::new(), self.moment);
            text += &self.line([
                call.id.to_string(),
                moment(Some(call.arrived)),
                moment(call.answered()),
                moment(Some(call.closed())),
                if call.talk.is_some() { call.agent } else { "" }.to_owned(),
                call.company.to_owned(),
            ]);
        }
        text
    }

    fn line(&self, cells: impl IntoIterator<Item = String>) -> String {
        let quoted = |cell: String| match cell.contains([self.delimiter, '"']) {
            true => format!("\"{}\"", cell.replace('"', "\"\"")),
            false => cell,
        };
        let cells: Vec<String> = cells.into_iter().map(quoted).collect();
        cells.join(&self.delimiter.to_string()) + "\n"
    }
}

/// Names as helpdesks have them.
const ENGLISH: [&str; 6] =
    ["Ticket ID", "Created at", "First responded at", "Closed at", "Agent", "Company"];
const GERMAN: [&str; 6] =
    ["Ticketnummer", "Eingegangen am", "Beantwortet am", "Geschlossen am", "Bearbeiter", "Firma"];

/// An export with dates in a form of `strftime`.
fn dated(names: &[&str], delimiter: char, form: &str) -> String {
    Export { names, delimiter, moment: &|at| at.strftime(form).to_string() }.text()
}

const PLAIN: &str = "id,arrived,answered,closed,agent,company";

fn plain(call: &Call) -> String {
    let [answered, closed] = [call.answered(), Some(call.closed())].map(iso);
    let (id, arrived) = (call.id, call.arrived);
    format!("{id},{arrived},{answered},{closed},{},{}", call.agent, call.company)
}

#[test]
fn a_row_each_in_the_plain_format() {
    is_right("plain", table(PLAIN, plain), &[]);
}

#[test]
fn the_records_of_an_asterisk() {
    let row = |call: &Call, columns: &str| {
        let at = call.arrived.strftime("%Y-%m-%d %H:%M:%S").to_string();
        let (duration, billsec) = (call.wait + call.talk.unwrap_or(0), call.talk.unwrap_or(0));
        let disposition = if call.talk.is_some() { "ANSWERED" } else { "NO ANSWER" };
        let (phone, id) = (format!("{}-{:08x}", call.agent, call.id), call.id);
        let answer = call.answered().map_or(String::new(), |at| at.strftime("%F %T").to_string());
        let end = call.closed().strftime("%F %T").to_string();
        columns
            .split(',')
            .map(|column| match column {
                "calldate" | "start" => at.clone(),
                "answer" => answer.clone(),
                "end" => end.clone(),
                "duration" => duration.to_string(),
                "billsec" => billsec.to_string(),
                "disposition" => disposition.to_owned(),
                "dstchannel" => phone.clone(),
                "channel" => format!("SIP/trunk-{id:08x}"),
                "src" => format!("030{:06}", id * 17),
                "uniqueid" => format!("{}.{id}", Call::epoch(call.arrived)),
                "lastapp" => "Dial".to_owned(),
                "clid" => format!("\"\"\"Caller, {id}\"\" <{id}>\""),
                _ => String::new(),
            })
            .collect::<Vec<_>>()
            .join(",")
    };
    let header = "calldate,src,dst,channel,dstchannel,duration,billsec,disposition,uniqueid";
    is_right("cdr", table(header, |call| row(call, header)), &[]);
    let master = "accountcode,src,dst,dcontext,clid,channel,dstchannel,lastapp,lastdata,start,answer,end,\
                  duration,billsec,disposition,amaflags,uniqueid,userfield";
    let text = table("", |call| row(call, master));
    is_right("Master.csv", text.trim_start(), &[]);
}

#[test]
fn the_log_of_the_queues_of_an_asterisk() {
    let mut events = Vec::new();
    for call in calls() {
        let (id, agent) = (call.id, call.agent);
        let at = |seconds: i64| Call::epoch(call.after(seconds));
        let event = |at: i64, agent: &str, event: &str| {
            (at, format!("{at}|{}.{id}|support|{agent}|{event}", at0(&call)))
        };
        events.push(event(at(0), "NONE", &format!("ENTERQUEUE||030{id}|1")));
        match call.talk {
            Some(talk) => {
                let (wait, end) = (call.wait, call.wait + talk);
                events.push(event(at(wait), agent, &format!("CONNECT|{wait}|1772.{id}|3")));
                events.push(event(at(end), agent, &format!("COMPLETECALLER|{wait}|{talk}|1")));
            }
            None => {
                let wait = call.wait;
                events.push(event(at(wait / 2), "SIP/701", "RINGNOANSWER|15000"));
                events.push(event(at(wait), "NONE", &format!("ABANDON|1|1|{wait}")));
            }
        }
    }
    events.sort_by_key(|(at, _)| *at);
    let mut text = "1772438400|NONE|NONE|NONE|QUEUESTART|\n".to_owned();
    events.iter().for_each(|(_, event)| text += &format!("{event}\n"));
    is_right("queue_log", &text, &[]);
    let rows = events.iter().enumerate().map(|(at, (_, event))| {
        let mut cells: Vec<&str> = event.split('|').collect();
        cells.resize(8, "");
        format!("{at},{}\n", cells.join(","))
    });
    let header = "id,time,callid,queuename,agent,event,data1,data2,data3\n";
    is_right("queue_log of a database", header.to_owned() + &rows.collect::<String>(), &[]);
}

fn at0(call: &Call) -> i64 {
    Call::epoch(call.arrived)
}

#[test]
fn dates_in_the_forms_of_spreadsheets_and_helpdesks() {
    for (form, delimiter) in [
        ("%Y-%m-%d %H:%M:%S", ','),
        ("%Y-%-m-%-d %-H:%M:%S", ','),
        ("%-m/%-d/%Y %-I:%M:%S %p", ','),
        ("%d/%m/%Y %H:%M:%S", '\t'),
        ("%-d-%b-%y %H:%M:%S", '|'),
        ("%Y/%m/%d %H:%M:%S", ','),
        ("%a, %d %b %Y %H:%M:%S +0000", ';'),
        ("%Y-%m-%d %H:%M:%S UTC", ','),
        ("%Y-%m-%dT%H:%M:%S.000-0800", ','),
        ("%B %-d, %Y %-I:%M:%S %p", ';'),
        ("%Y%m%d %H%M%S", ','),
    ] {
        is_right(form, dated(&ENGLISH, delimiter, form), &[]);
    }
    is_right("German", dated(&GERMAN, ';', "%d.%m.%Y %H:%M:%S"), &[]);
    for (kind, moment) in [
        ("seconds since 1970", (&|at| Call::epoch(at).to_string()) as &dyn Fn(DateTime) -> String),
        ("milliseconds since 1970", &|at| format!("{}000", Call::epoch(at))),
        ("seconds and a fraction", &|at| format!("{}.250", Call::epoch(at))),
        // A spreadsheet counts days from the end of 1899.
        ("serial", &|at| format!("{:.8}", Call::epoch(at) as f64 / 86_400.0 + 25_569.0)),
    ] {
        is_right(kind, Export { names: &ENGLISH, delimiter: ',', moment }.text(), &[]);
    }
}

#[test]
fn what_stands_around_a_table_is_no_contact() {
    let plain = || dated(&ENGLISH, ';', "%Y-%m-%d %H:%M:%S");
    is_right("sep=", format!("sep=;\n{}", plain()), &[]);
    let titles = "Report on calls\nMarch 2026;;;\n\n";
    is_right("titles and totals", format!("{titles}{}Total;200;;;;\n", plain()), &[]);
    let trailing = plain().replace('\n', ";\n");
    is_right("trailing delimiters", trailing, &[]);
    let (_, headless) = plain().split_once('\n').map(|(_, rows)| ((), rows.to_owned())).unwrap();
    let maps = ["--map", "1=id", "--map", "2=arrived", "--map", "3=answered", "--map", "4=closed"];
    is_right("no header", headless, &maps);
    is_right("Windows", plain().replace('\n', "\r\n"), &[]);
    for mark in ["NULL", "-", "N/A", "?", "\\N", "(null)"] {
        is_right(mark, plain().replace(";;", &format!(";{mark};")), &[]);
    }
}

#[test]
fn letters_as_old_and_new_systems_write_them() {
    let text = dated(&GERMAN, ';', "%d.%m.%Y %H:%M:%S");
    let latin = |u: u8, o: u8| {
        let bytes = text.chars().map(move |letter| match letter {
            'ü' => u,
            'ö' => o,
            letter => u8::try_from(letter).unwrap(),
        });
        bytes.collect::<Vec<u8>>()
    };
    let wide = |order: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(order).collect::<Vec<u8>>();
    let marked = [vec![0xff, 0xfe], wide(u16::to_le_bytes)].concat();
    let packed = {
        let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        std::io::Write::write_all(&mut packer, text.as_bytes()).unwrap();
        packer.finish().unwrap()
    };
    for (kind, bytes, arguments) in [
        ("UTF-8 with a mark", format!("\u{feff}{text}").into_bytes(), &[][..]),
        ("Windows-1252", latin(0xfc, 0xf6), &[]),
        ("CP850", latin(0x81, 0x94), &["--encoding", "CP850"]),
        ("UTF-16, little end first", marked, &[]),
        ("UTF-16, big end first, no mark", wide(u16::to_be_bytes), &[]),
        ("gzip", packed, &[]),
    ] {
        let arguments = [arguments, &["--map", "Firma=company"]].concat();
        let card = audited(kind, bytes, &arguments);
        Right::of(&calls()).holds(kind, &card, &[]);
        for company in COMPANIES {
            let these: Vec<Call> =
                calls().into_iter().filter(|call| call.company == company).collect();
            let rows = card["audit"].as_array().unwrap().iter();
            let row =
                rows.clone().find(|row| row["company"] == company && row["measure"] == "contacts");
            let contacts = row.unwrap_or_else(|| panic!("{kind}: no {company}"))["value"].as_f64();
            assert_eq!(contacts, Some(these.len() as f64), "{kind}: {company}");
        }
    }
}

#[test]
fn workbooks_and_json() {
    let book = format!("{}/tests/cases/kinds.xlsx", env!("CARGO_MANIFEST_DIR"));
    is_right("xlsx", std::fs::read(book).unwrap(), &[]);
    let objects: Vec<serde_json::Value> = calls()
        .iter()
        .map(|call| {
            serde_json::json!({
                "id": call.id,
                "created_at": iso(Some(call.arrived)),
                "first_response": { "at": call.answered().map(|at| at.to_string()) },
                "closed_at": iso(Some(call.closed())),
                "subject": "a, \"b\"\nc",
            })
        })
        .collect();
    let maps = ["--map", "first_response.at=answered"];
    let lines: String = objects.iter().map(|object| format!("{object}\n")).collect();
    is_right("JSON lines", lines, &maps);
    is_right("JSON array", serde_json::to_string_pretty(&objects).unwrap(), &maps);
    let within = serde_json::json!({ "count": 200, "tickets": objects });
    is_right("JSON with the array in it", within.to_string(), &maps);
}

#[test]
fn lengths_of_time_and_words_instead_of_moments() {
    let at = |call: &Call| call.arrived.strftime("%d.%m.%Y,%H:%M:%S").to_string();
    let flags = |call: &Call| {
        let (flag, talk) = call.talk.map_or(("N", String::new()), |talk| {
            ("Y", format!("{}:{:02}:{:02}", talk / 3600, talk / 60 % 60, talk % 60))
        });
        format!("{},{},{flag},{},{talk}", call.id, at(call), call.wait)
    };
    let header = "Call Id,Date,Time,Answered (Y/N),Speed of answer in seconds,Talk duration";
    is_right("seconds and flags", table(header, flags), &[]);
    let spoken = |call: &Call| {
        let length = |seconds: i64| format!("{} min {} s", seconds / 60, seconds % 60);
        let (word, talk) = match call.talk {
            Some(talk) => ("Angenommen", length(talk)),
            None => ("Verpasst", String::new()),
        };
        let at = at(call).replace(',', " ");
        format!("{};{at};{word};{};{talk}", call.id, length(call.wait))
    };
    let header = "Anruf-ID;Anrufbeginn;Anrufstatus;Wartezeit;Gesprächsdauer";
    is_right("minutes and seconds, German", table(header, spoken), &[]);
    let parted = |call: &Call| {
        let clock = |at: Option<DateTime>| {
            at.map_or("-".to_owned(), |at| at.strftime("%H:%M:%S").to_string())
        };
        let day = call.arrived.strftime("%d/%m/%Y");
        let [start, answer, end] =
            [Some(call.arrived), call.answered(), Some(call.closed())].map(clock);
        format!("{},{day},{start},{answer},{end}", call.id)
    };
    let maps = ["--map", "Answer=answered", "--map", "End=closed"];
    is_right("date and clocks", table("Id,Date,Time,Answer,End", parted), &maps);
}

#[test]
fn a_row_for_every_state_of_a_contact() {
    let mut rows: Vec<(DateTime, String)> = Vec::new();
    for call in calls() {
        let mut state =
            |written: DateTime, answered: Option<DateTime>, closed: Option<DateTime>| {
                let [opened, answered, closed] = [Some(call.arrived), answered, closed].map(iso);
                rows.push((
                    written,
                    format!("INC{},{opened},{answered},{closed},{written},A\n", call.id),
                ));
            };
        // Within one second, nothing tells which state was the last.
        let before = call.closed() - jiff::SignedDuration::from_secs(1);
        if before > call.arrived {
            state(call.arrived, None, None);
            state(before, call.answered().filter(|at| *at <= before), None);
        }
        state(call.closed(), call.answered(), Some(call.closed()));
    }
    rows.sort_by_key(|row| row.0);
    let header = "number,opened_at,answered_at,closed_at,sys_updated_at,category\n";
    let text: String = rows.iter().map(|(_, row)| row.as_str()).collect();
    is_right("states", format!("{header}{text}"), &[]);
    let newest: String = rows.iter().rev().map(|(_, row)| row.as_str()).collect();
    is_right("states, newest first", format!("{header}{newest}"), &[]);
}

/// The events of all contacts, in the order of their moments.
fn events() -> Vec<(DateTime, usize, &'static str, &'static str)> {
    let mut all = Vec::new();
    for call in calls() {
        all.push((call.arrived, call.id, "New", ""));
        match call.answered() {
            Some(answered) => {
                all.push((answered, call.id, "Answered", call.agent));
                all.push((call.closed(), call.id, "Closed", call.agent));
            }
            None => all.push((call.closed(), call.id, "Abandoned", "")),
        }
    }
    // What happens within one second stays in the order of a contact.
    all.sort_by_key(|event| event.0);
    all
}

#[test]
fn a_row_an_event() {
    let write = |header: &str, events: &[(DateTime, usize, &str, &str)]| {
        events.iter().fold(format!("{header}\n"), |text, (at, id, what, agent)| {
            text + &format!("C{id},{what},{at},{agent}\n")
        })
    };
    let mut all = events();
    is_right("events", write("CaseID,Activity,Timestamp,Resource", &all), &[]);
    all.reverse();
    is_right(
        "events, newest first",
        write("case:concept:name,concept:name,time:timestamp,org:resource", &all),
        &[],
    );
    let maps = [
        "--map",
        "When=arrived",
        "--map",
        "Matter=id",
        "--map",
        "What=outcome",
        "--map",
        "Who=agent",
    ];
    is_right("events, mapped", write("Matter,What,When,Who", &all), &maps);
}
