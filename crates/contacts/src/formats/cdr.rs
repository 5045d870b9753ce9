//! Asterisk's call detail records (CDR): one row for every leg of a call, from the table `cdr` of a
//! database or from `Master.csv`, which has no header.
//!
//! A leg begins at `calldate`, or `start`, lasts `duration` seconds, and is answered if its
//! `disposition` is ANSWERED: `billsec` seconds before it ends. Legs of one call share `linkedid`, or
//! else `uniqueid`: where a queue rings several phones, the first to pick up answers. `channel` is the
//! line a call came on, another for each call; `dstchannel` is the phone that rang.

use super::case::{Cases, Entry, Step, Tells, Traits};
use super::extra::Extra;
use super::reader::{Fault, Reader, Told, number};
use crate::about::{Known, Options};
use crate::caveat::{Caveat, LeftOut};
use crate::checks::{Checks, hash_of};
use crate::contact::Contact;
use crate::field::Field;
use crate::moment::Moment;
use crate::rows::{Column, Rows};
use crate::values::shown;
use heard_text::diagnostic::Diagnostic;

/// The columns of `Master.csv`, in their order; the last two may be missing.
const MASTER: [&str; 18] = [
    "accountcode",
    "src",
    "dst",
    "dcontext",
    "clid",
    "channel",
    "dstchannel",
    "lastapp",
    "lastdata",
    "start",
    "answer",
    "end",
    "duration",
    "billsec",
    "disposition",
    "amaflags",
    "uniqueid",
    "userfield",
];

/// Columns that the reader takes for a field by itself.
pub(crate) const TAKES: [(&str, Field); 7] = [
    ("calldate", Field::Arrived),
    ("start", Field::Arrived),
    ("disposition", Field::Outcome),
    ("uniqueid", Field::Id),
    ("linkedid", Field::Id),
    ("src", Field::Customer),
    ("dstchannel", Field::Agent),
];

/// Where the columns stand.
struct Places {
    start: Column,
    duration: Column,
    billsec: Column,
    disposition: Column,
    linked: Option<Column>,
    unique: Option<Column>,
    src: Option<Column>,
    phone: Option<Column>,
    app: Option<Column>,
}

impl Places {
    /// By their names, or by their places where they have none.
    fn of(rows: &Rows) -> Option<Self> {
        let at = |name: &str| match rows.is_headless() {
            false => rows.column(name),
            true => MASTER.iter().position(|column| *column == name).filter(|_| is_master(rows)),
        };
        Some(Self {
            start: at("calldate").or_else(|| at("start"))?,
            duration: at("duration")?,
            billsec: at("billsec")?,
            disposition: at("disposition")?,
            linked: at("linkedid"),
            unique: at("uniqueid"),
            src: at("src"),
            phone: at("dstchannel"),
            app: at("lastapp"),
        })
    }
}

/// Whether the first row without a header is one of `Master.csv`.
fn is_master(rows: &Rows) -> bool {
    rows.ahead().first().is_some_and(|row| {
        let length = |at: usize| row.get(Some(at)).and_then(milliseconds).is_some();
        let word = row.get(Some(14)).and_then(disposition);
        (16..=18).contains(&row.record.len()) && length(12) && length(13) && word.is_some()
    })
}

pub(crate) fn recognize(rows: &Rows) -> bool {
    Places::of(rows).is_some()
}

/// Call detail records.
struct Records {
    at: Places,
    extra: Extra,
    checks: Checks,
    cases: Cases,
    menu: u64,
}

pub(crate) fn open(rows: &Rows, options: &Options) -> Result<Box<dyn Reader>, Diagnostic> {
    let at = Places::of(rows).ok_or_else(|| {
        rows.error_at(1, "the log is no CDR of Asterisk").help(format!(
            "it has the columns calldate (or start), duration, billsec and disposition, or none has a \
             name and there are 16 to 18; these are: {}",
            rows.columns_shown()
        ))
    })?;
    let extra = Extra::of(rows, options)?;
    let (checks, cases) = (Checks::default(), Cases::default());
    Ok(Box::new(Records { at, extra, checks, cases, menu: 0 }))
}

impl Reader for Records {
    fn row(
        &mut self,
        rows: &Rows,
        names: &mut Known,
        _: &mut dyn FnMut(&Contact),
    ) -> Result<(), Fault> {
        rows.has_all_fields()?;
        let needed = |column: Column, name: &str| {
            rows.get(Some(column)).ok_or_else(|| format!("`{name}` is empty"))
        };
        let start = self.checks.moment("calldate", needed(self.at.start, "calldate")?)?;
        let seconds = |column: Column, name: &str| {
            let text = needed(column, name)?;
            milliseconds(text).ok_or_else(|| format!("`{name}` is no number: `{}`", shown(text)))
        };
        let duration = seconds(self.at.duration, "duration")?;
        let talked = seconds(self.at.billsec, "billsec")?;
        if talked > duration {
            return Err(Fault::Row("`billsec` is longer than `duration`".to_owned()));
        }
        let word = needed(self.at.disposition, "disposition")?;
        let answered = disposition(word).ok_or_else(|| {
            format!(
                "`disposition` is `{}`; it can be ANSWERED, NO ANSWER, BUSY, FAILED or CONGESTION",
                shown(word)
            )
        })?;
        let phone = rows.get(self.at.phone).map(device);
        let answered = match (answered, Reached::of(rows, &self.at)) {
            (true, Reached::Menu) => {
                self.menu += 1;
                return Ok(());
            }
            (answered, reached) => answered && reached == Reached::Person,
        };
        let agent = match phone.filter(|_| answered) {
            Some(phone) => {
                let phone = String::from_utf8_lossy(phone);
                Some(number(Field::Agent, &phone, &mut names.agents)?)
            }
            None => None,
        };
        let src = rows.get(self.at.src).filter(|src| !is_withheld(src));
        let own = Traits { customer: src.map(hash_of), ..Traits::default() };
        let traits = self.extra.traits(rows, names)?.or(own);
        let line = rows.line();
        let own = line.to_le_bytes();
        let id = rows.get(self.at.linked).or_else(|| rows.get(self.at.unique)).unwrap_or(&own);
        let entry = Entry { line, agent, traits };
        let mut step = |after: i64, step| {
            let at = Moment { wall_ms: start.wall_ms + after, ..start };
            self.cases.step(id, at, step, entry);
        };
        step(0, Step::Arrives);
        if answered {
            step(duration - talked, Step::Answers);
        }
        step(duration, if answered { Step::Closes } else { Step::GivesUp });
        Ok(())
    }

    fn end(self: Box<Self>, names: &mut Known, each: &mut dyn FnMut(&Contact)) -> Told {
        self.cases.show(Tells { answers: true, resolved: false }, "phone", names, each);
        let mut fields = vec![Field::Arrived, Field::Answered, Field::Closed, Field::Outcome];
        let own = [self.at.src.map(|_| Field::Customer), self.at.phone.map(|_| Field::Agent)];
        fields.extend(own.into_iter().flatten());
        self.extra.name(&mut fields);
        Told {
            fields,
            left_out: vec![(self.menu, LeftOut::LegsInMenu)],
            caveats: vec![Caveat::AllDirections],
            tells_answer_rate: true,
        }
    }
}

/// Whom an answered leg reached.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Reached {
    /// A person.
    Person,
    /// A queue, which answered before anybody picked up.
    Queue,
    /// A machine: a menu, an announcement or a mailbox.
    Menu,
}

impl Reached {
    /// A leg that rang no phone was answered by the exchange itself: what it did last tells where the
    /// caller was.
    fn of(rows: &Rows, at: &Places) -> Self {
        let (Some(app), None) = (rows.get(at.app), rows.get(at.phone)) else { return Self::Person };
        match app.to_ascii_lowercase().as_slice() {
            _ if at.phone.is_none() => Self::Person,
            b"queue" | b"voicemail" | b"dial" => Self::Queue,
            b"playback" | b"background" | b"read" | b"ivr" | b"hangup" | b"congestion"
            | b"wait" | b"waitexten" | b"answer" | b"echo" | b"musiconhold" | b"directory" => {
                Self::Menu
            }
            _ => Self::Person,
        }
    }
}

/// Whether a leg was answered, by its disposition.
fn disposition(word: &[u8]) -> Option<bool> {
    let letters = word.iter().filter(|byte| !matches!(byte, b' ' | b'_' | b'-'));
    let word: Vec<u8> = letters.map(u8::to_ascii_uppercase).collect();
    match word.as_slice() {
        b"ANSWERED" | b"ANSWER" => Some(true),
        b"NOANSWER" | b"BUSY" | b"FAILED" | b"CONGESTION" | b"CANCEL" | b"CHANUNAVAIL" => {
            Some(false)
        }
        _ => None,
    }
}

/// Seconds, as milliseconds.
fn milliseconds(text: &[u8]) -> Option<i64> {
    let seconds: f64 = std::str::from_utf8(text).ok()?.parse().ok()?;
    (0.0..1e9).contains(&seconds).then(|| (seconds * 1000.0).round() as i64)
}

/// The phone of a channel: `SIP/701` of `SIP/701-0000012a`.
pub(crate) fn device(channel: &[u8]) -> &[u8] {
    let end = channel.iter().position(|&byte| byte == b';').unwrap_or(channel.len());
    let name = &channel[..end];
    match name.iter().rposition(|&byte| byte == b'-') {
        Some(at) if at + 1 < end && name[at + 1..].iter().all(u8::is_ascii_hexdigit) => &name[..at],
        _ => name,
    }
}

/// Whether a caller's number is not one.
pub(crate) fn is_withheld(src: &[u8]) -> bool {
    let word = src.to_ascii_lowercase();
    matches!(
        word.as_slice(),
        b"anonymous"
            | b"unknown"
            | b"restricted"
            | b"private"
            | b"unavailable"
            | b"asterisk"
            | b"s"
    )
}
