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
struct Right {
    contacts: f64,
    answered: f64,
    gave_up: f64,
    median: Option<f64>,
    hours: f64,
}

impl Right {
    fn of(calls: &[Call]) -> Self {
        let all = calls.len() as f64;
        let mut waits: Vec<i64> =
            calls.iter().filter(|call| call.talk.is_some()).map(|call| call.wait).collect();
        waits.sort_unstable();
        let answered = waits.len() as f64;
        // The wait by which half of all contacts have been answered: nobody waits when the log ends.
        let half = (all / 2.0).ceil() as usize;
        let mut hours: Vec<i64> = calls
            .iter()
            .filter_map(Call::answered)
            .map(|at| i64::from(at.weekday().to_monday_zero_offset()) * 24 + i64::from(at.hour()))
            .collect();
        hours.sort_unstable();
        hours.dedup();
        Self {
            contacts: all,
            answered: answered / all,
            gave_up: (all - answered) / all,
            median: waits.get(half - 1).map(|wait| *wait as f64),
            hours: hours.len() as f64,
        }
    }

    fn holds(&self, kind: &str, json: &serde_json::Value) {
        let rows = json["audit"].as_array().unwrap();
        // Of all companies together, where there are several: they come last.
        let value = |measure: &str| {
            let row = rows.iter().rev().find(|row| row["measure"] == measure);
            row.unwrap_or_else(|| panic!("{kind}: no {measure}"))["value"].as_f64()
        };
        for (measure, right) in [
            ("contacts", Some(self.contacts)),
            ("answered", Some(self.answered)),
            ("gave_up", Some(self.gave_up)),
            ("still_waiting", Some(0.0)),
            ("first_answer_p50", self.median),
            ("hours_covered", Some(self.hours)),
        ] {
            let value = value(measure);
            let is_near = match (value, right) {
                (Some(value), Some(right)) => (value - right).abs() <= 1e-9 * right.abs().max(1.0),
                (value, right) => value == right,
            };
            assert!(is_near, "{kind}: {measure} is {value:?}, not {right:?}");
        }
    }
}

/// Audits the contacts in a file of some kind.
fn audited(kind: &str, bytes: impl AsRef<[u8]>, arguments: &[&str]) -> serde_json::Value {
    let desk = Desk::new();
    desk.write("export", bytes);
    let outcome = desk.heard(&[&["audit", "export", "--format", "json"], arguments].concat());
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
    Right::of(&calls()).holds(kind, &audited(kind, bytes, arguments));
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
