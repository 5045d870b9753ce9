//! Asterisk's call detail records (CDR): one row for every leg of a call, from the table `cdr` of a
//! database or from `Master.csv`, which has no header.
//!
//! A leg begins at `calldate`, or `start`, lasts `duration` seconds, and is answered if its
//! `disposition` is ANSWERED: `billsec` seconds before it ends. Legs of one call share `linkedid`, or
//! else `uniqueid`: where a queue rings several phones, the first to pick up answers. `channel` is the
//! line a call came on, another for each call; `dstchannel` is the phone that rang.

use super::case::{Cases, Entry, Step, Tells};
use super::extra::with_map;
use super::plain::doubts::Doubts;
use super::plan::Plan;
use super::reader::{Fault, Reader, Told, number};
use crate::about::{Known, Options};
use crate::caveat::{Caveat, LeftOut};
use crate::checks::Checks;
use crate::contact::Contact;
use crate::field::Field;
use crate::moment::Moment;
use crate::note::{Note, Reading};
use crate::rows::{Column, Rows};
use crate::values::shown;
use crate::words::Word;
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
    plan: Plan,
    notes: Vec<Note>,
    checks: Checks,
    cases: Cases,
    doubts: Doubts,
    menu: u64,
    read: u64,
    name: String,
}

pub(crate) fn open(rows: &Rows, options: &Options) -> Result<Box<dyn Reader>, Diagnostic> {
    let at = Places::of(rows).ok_or_else(|| {
        rows.error_at(rows.header_line(), "the log is not a CDR of Asterisk").help(format!(
            "it has the columns calldate (or start), duration, billsec and disposition, or none has a \
             name and there are 16 to 18; these are: {}",
            rows.columns_shown()
        ))
    })?;
    let own = [(Field::Arrived, Some(at.start)), (Field::Customer, at.src)];
    let (plan, notes) = Plan::fixed(rows, options, &with_map(rows, options, &own)?)?;
    let (checks, cases) = (Checks::default(), Cases::default());
    let (doubts, name) = (Doubts::default(), rows.name().to_owned());
    Ok(Box::new(Records { at, plan, notes, checks, cases, doubts, menu: 0, read: 0, name }))
}

impl Records {
    /// Whether a leg was answered; `None` where that cannot be read, which is kept in mind.
    fn is_answered(&mut self, rows: &Rows) -> Option<bool> {
        let word = rows.get(Some(self.at.disposition)).unwrap_or_default();
        let said = self.plan.meanings.said(&String::from_utf8_lossy(word)).flatten();
        let answered = match said {
            Some(Word::Answered | Word::Redirected) => Some(true),
            Some(Word::Abandoned | Word::Unanswered | Word::NotAnswered) => Some(false),
            _ => disposition(word),
        };
        if answered.is_none() {
            self.doubts.word(rows.line(), "disposition", word);
        }
        answered
    }
}

impl Reader for Records {
    fn row(
        &mut self,
        rows: &Rows,
        names: &mut Known,
        _: &mut dyn FnMut(&Contact),
    ) -> Result<(), Fault> {
        rows.has_all_fields()?;
        self.read += 1;
        let needed = |column: Column, name: &str| {
            rows.get(Some(column)).ok_or_else(|| format!("`{name}` is empty"))
        };
        let start = self.plan.arrival(rows, &mut self.checks)?;
        let seconds = |column: Column, name: &str| {
            let text = needed(column, name)?;
            milliseconds(text).ok_or_else(|| format!("`{name}` is not a number: `{}`", shown(text)))
        };
        let duration = seconds(self.at.duration, "duration")?;
        let talked = seconds(self.at.billsec, "billsec")?;
        if talked > duration {
            return Err(Fault::Row("`billsec` is longer than `duration`".to_owned()));
        }
        let answered = self.is_answered(rows);
        let phone = rows.get(self.at.phone).map(device);
        let reached = Reached::of(rows, &self.at);
        if (answered, reached) == (Some(true), Reached::Menu) {
            self.menu += 1;
            return Ok(());
        }
        let answered = answered.map(|answered| answered && reached == Reached::Person);
        let agent = match phone.filter(|_| answered == Some(true)) {
            Some(phone) => {
                let phone = String::from_utf8_lossy(phone);
                Some(number(Field::Agent, &phone, &mut names.agents)?)
            }
            None => None,
        };
        let mut traits = self.plan.traits(rows.row(), names)?;
        if self.plan.get(rows.row(), Field::Customer).is_some_and(is_withheld) {
            traits.customer = None;
        }
        let line = rows.line();
        let own = line.to_le_bytes();
        let id = rows.get(self.at.linked).or_else(|| rows.get(self.at.unique)).unwrap_or(&own);
        let entry = Entry { line, agent, traits };
        let mut step = |after: i64, step| {
            let at = Moment { wall_ms: start.wall_ms + after, ..start };
            self.cases.step(id, at, step, entry);
        };
        step(0, Step::Arrives);
        let end = match answered {
            Some(true) => {
                step(duration - talked, Step::Answers);
                Step::Closes
            }
            Some(false) => Step::GivesUp,
            None => Step::Unclear,
        };
        step(duration, end);
        Ok(())
    }

    fn end(
        self: Box<Self>,
        names: &mut Known,
        each: &mut dyn FnMut(&Contact),
    ) -> Result<Told, Diagnostic> {
        self.doubts.settle(&self.name, self.read)?;
        let tells = Tells { answers: true, resolved: false };
        let samples = self.cases.show(tells, "phone", names, each);
        let mut notes = self.notes;
        notes.extend(self.doubts.note());
        let times = [Field::Arrived, Field::Answered, Field::Closed, Field::Outcome];
        let is_there = |field: &Field| {
            times.contains(field)
                || self.plan.has(*field)
                || *field == Field::Agent && self.at.phone.is_some()
        };
        Ok(Told {
            fields: Field::ALL.into_iter().filter(is_there).collect(),
            left_out: vec![(self.menu, LeftOut::LegsInMenu)],
            caveats: [Some(Caveat::AllDirections), self.doubts.caveat()]
                .into_iter()
                .flatten()
                .collect(),
            tells_answer_rate: true,
            reading: Reading { taken: Vec::new(), samples, notes },
        })
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::about::About;
    use crate::contact::Outcome;
    use crate::field::Mapping;
    use crate::log::tests::{contacts, fate};

    const HEADER: &str =
        "calldate,src,channel,dstchannel,lastapp,duration,billsec,disposition,uniqueid,linkedid\n";

    fn read(rows: &[&str]) -> (About, Vec<Contact>) {
        contacts(&(HEADER.to_owned() + &rows.join("\n")), &Options::default()).unwrap()
    }

    #[test]
    fn a_call_waits_for_as_long_as_it_lasts_without_being_billed() {
        let (about, all) = read(&[
            "2026-03-02 08:00:00,030,SIP/t-1,SIP/701-0000012a,Dial,65,60,ANSWERED,1.1,1.1",
            "2026-03-02 08:10:00,030,SIP/t-2,SIP/702-0000012b,Dial,20,0,NO ANSWER,1.2,1.2",
            "2026-03-02 08:20:00,anonymous,SIP/t-3,,Dial,0,0,BUSY,1.3,1.3",
            "2026-03-02 08:30:00,,SIP/t-4,,Dial,3,0,FAILED,1.4,1.4",
            "2026-03-02 08:40:00,,SIP/t-5,,Dial,3,0,CONGESTION,1.5,1.5",
        ]);
        let expected = [
            (Outcome::Answered, Some(5), Some(65)),
            (Outcome::GaveUp, None, Some(20)),
            (Outcome::GaveUp, None, Some(0)),
            (Outcome::GaveUp, None, Some(3)),
            (Outcome::GaveUp, None, Some(3)),
        ];
        assert_eq!(all.iter().map(fate).collect::<Vec<_>>(), expected);
        assert_eq!(about.format, "Asterisk CDR");
        assert_eq!(about.names.channels.iter().collect::<Vec<_>>(), ["phone"]);
        assert_eq!(about.names.agents.iter().collect::<Vec<_>>(), ["SIP/701"]);
        assert_eq!((all[0].agent, all[1].agent), (Some(0), None));
        assert_eq!(all[0].customer, all[1].customer);
        assert_eq!([all[2].customer, all[3].customer], [None, None]);
    }

    #[test]
    fn legs_of_one_call_are_one_contact_and_the_first_to_pick_up_answers() {
        let (about, all) = read(&[
            "2026-03-02 08:00:00,1,SIP/t-1,SIP/701-01,Queue,15,0,NO ANSWER,1.1,1.1",
            "2026-03-02 08:10:00,2,SIP/t-2,SIP/701-02,Queue,9,5,ANSWERED,1.4,1.4",
            "2026-03-02 08:00:15,1,SIP/t-1,SIP/702-03,Queue,105,90,ANSWERED,1.1,1.1",
            // Put through to a third phone, under an id of its own.
            "2026-03-02 08:02:00,1,SIP/t-1,SIP/703-04,Dial,62,60,ANSWERED,1.3,1.1",
        ]);
        assert_eq!((about.rows, about.contacts), (4, 2));
        assert_eq!(fate(&all[0]), (Outcome::Answered, Some(30), Some(182)));
        assert_eq!(fate(&all[1]), (Outcome::Answered, Some(4), Some(9)));
        assert_eq!(about.names.agents.name(all[0].agent.unwrap()), "SIP/702");
    }

    #[test]
    fn what_the_exchange_answered_itself_nobody_has_answered() {
        let (about, all) = read(&[
            "2026-03-02 08:00:00,1,SIP/t-1,,Queue,95,95,ANSWERED,1.1,1.1",
            "2026-03-02 08:10:00,2,SIP/t-2,,VoiceMail,40,40,ANSWERED,1.2,1.2",
            "2026-03-02 08:20:00,3,SIP/t-3,,Playback,12,12,ANSWERED,1.3,1.3",
            "2026-03-02 08:30:00,3,SIP/t-3,SIP/701-05,Queue,12,2,ANSWERED,1.4,1.4",
        ]);
        let expected = [
            (Outcome::GaveUp, None, Some(95)),
            (Outcome::GaveUp, None, Some(40)),
            (Outcome::Answered, Some(10), Some(12)),
        ];
        assert_eq!(all.iter().map(fate).collect::<Vec<_>>(), expected);
        assert_eq!(about.left_out[0], (1, LeftOut::LegsInMenu));
    }

    #[test]
    fn a_master_without_a_header_is_known_by_its_places() {
        let row = |at: &str, disposition: &str, billsec: u32| {
            format!(
                "\"\",\"030\",\"700\",\"from-pstn\",\"\"\"A, B\"\" <030>\",\"SIP/t-1\",\"SIP/701-0a\",\"Dial\",\"x|y\",\
                 \"2026-03-02 {at}\",\"\",\"2026-03-02 09:00:00\",30,{billsec},\"{disposition}\",\"DOCUMENTATION\",\"{at}\",\"\"\n"
            )
        };
        let text = row("08:00:00", "ANSWERED", 20) + &row("08:10:00", "NO ANSWER", 0);
        let (about, all) = contacts(&text, &Options::default()).unwrap();
        assert_eq!(about.format, "Asterisk CDR");
        let expected = [(Outcome::Answered, Some(10), Some(30)), (Outcome::GaveUp, None, Some(30))];
        assert_eq!(all.iter().map(fate).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn a_map_adds_a_channel_and_one_that_says_the_same_changes_nothing() {
        let row = "2026-03-02 08:00:00,030,SIP/t-1,SIP/701-0000012a,Dial,65,60,ANSWERED,1.1,1.1";
        let read = |map: &[(&str, Field)]| {
            let map = map.iter().map(|&(name, field)| Mapping::new(name, field)).collect();
            contacts(&format!("{HEADER}{row}\n"), &Options { map, ..Options::default() }).unwrap()
        };
        let (about, all) = read(&[
            ("calldate", Field::Arrived),
            ("DISPOSITION", Field::Outcome),
            ("lastapp", Field::Channel),
        ]);
        assert_eq!(about.format, "Asterisk CDR");
        assert_eq!(about.names.channels.name(all[0].channel), "Dial");
        assert_eq!(
            read(&[("calldate", Field::Arrived), ("lastapp", Field::Kind)]).0.format,
            "Asterisk CDR"
        );
    }

    #[test]
    fn a_row_that_cannot_be_is_named() {
        let good = "2026-03-02 08:00:00,030,SIP/t-1,SIP/701-0000012a,Dial,65,60,ANSWERED,1.1,1.1";
        for (from, to, says) in [
            ("ANSWERED", "PERHAPS", "`disposition` is `PERHAPS`, which is not known"),
            (",60,", ",66,", "`billsec` is longer than `duration`"),
            (",60,", ",x,", "`billsec` is not a number: `x`"),
            (",65,", ",,", "`duration` is empty"),
            ("2026-03-02", "2026-33-02", "`calldate` is not a valid timestamp"),
        ] {
            let text = format!("{HEADER}{}\n", good.replacen(from, to, 1));
            let error = contacts(&text, &Options::default()).unwrap_err();
            assert!(error.message.contains(says), "{error:?}");
        }
    }

    #[test]
    fn a_word_that_nobody_knows_counts_as_unknown_and_the_user_can_say_what_it_means() {
        let row = |minute: usize, word: &str| {
            format!(
                "2026-03-02 08:{:02}:00,1,SIP/t,SIP/701-01,Dial,30,20,{word},{minute},\n",
                minute % 60
            )
        };
        let rows: String = (0..150).map(|at| row(at, "ANSWERED")).collect();
        let text = format!("{HEADER}{rows}{}", row(150, "PERHAPS"));
        let (about, all) = contacts(&text, &Options::default()).unwrap();
        assert_eq!((about.contacts, about.skipped.rows), (151, 0));
        assert_eq!(all[150].outcome, Outcome::Unknown);
        assert!(about.caveats.contains(&Caveat::Doubtful(1)));
        let values = vec![("perhaps".to_owned(), Some(Word::Abandoned))];
        let (_, all) = contacts(&text, &Options { values, ..Options::default() }).unwrap();
        assert_eq!(all[150].outcome, Outcome::GaveUp);
    }

    #[test]
    fn a_phone_is_a_channel_without_its_number() {
        for (channel, phone) in [
            ("SIP/701-0000012a", "SIP/701"),
            ("PJSIP/anna-smith-0000012a", "PJSIP/anna-smith"),
            ("Local/701@from-queue-0000d3;1", "Local/701@from-queue"),
            ("SIP/anna-smith", "SIP/anna-smith"),
            ("DAHDI/i1/701-", "DAHDI/i1/701-"),
            ("", ""),
        ] {
            assert_eq!(device(channel.as_bytes()), phone.as_bytes());
        }
    }
}
