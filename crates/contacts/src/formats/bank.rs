//! "Anonymous Bank" (Guedj and Mandelbaum, Technion): one row a call, with the times at which it
//! went through the voice menu, the queue and the service.
//!
//! The date is `990103` as the log was published, and 1999-01-03 in later copies. Times of day belong to
//! the day of the row; 0:00:00 says that something did not happen. A call
//! that hung up without time in the queue never asked for a person, and a `PHANTOM` is not a call. A
//! call's priority is written down when it joins the queue: those who are served at once have none. A
//! few calls were answered by somebody whose service has no times: they were answered when they left
//! the queue.

use super::reader::{Fault, Reader, Told, number};
use crate::about::{Known, Options};
use crate::caveat::{Caveat, LeftOut};
use crate::checks::{YEARS, hash_of};
use crate::contact::{Contact, Outcome};
use crate::field::Field;
use crate::moment::{DAY_MS, Moment, parse_day};
use crate::note::Reading;
use crate::rows::{Column, Rows};
use crate::values::{length, shown};
use heard_text::diagnostic::Diagnostic;

pub(crate) const COLUMNS: [&str; 11] = [
    "customer_id",
    "priority",
    "type",
    "date",
    "vru_exit",
    "q_start",
    "q_exit",
    "outcome",
    "ser_start",
    "ser_exit",
    "server",
];

/// "Anonymous Bank": one row a call.
struct Bank {
    at: [Option<Column>; COLUMNS.len()],
    menu: u64,
    phantoms: u64,
}

pub(crate) fn open(rows: &Rows, _: &Options) -> Result<Box<dyn Reader>, Diagnostic> {
    let at = COLUMNS.map(|column| rows.column(column));
    Ok(Box::new(Bank { at, menu: 0, phantoms: 0 }))
}

impl Reader for Bank {
    fn row(
        &mut self,
        rows: &Rows,
        names: &mut Known,
        each: &mut dyn FnMut(&Contact),
    ) -> Result<(), Fault> {
        match call(rows, &self.at, names)? {
            Call::Asked(contact) => each(&contact),
            Call::Menu => self.menu += 1,
            Call::Phantom => self.phantoms += 1,
        }
        Ok(())
    }

    fn end(
        self: Box<Self>,
        names: &mut Known,
        _: &mut dyn FnMut(&Contact),
    ) -> Result<Told, Diagnostic> {
        names.companies.number("bank");
        names.channels.number("phone");
        Ok(Told {
            fields: vec![
                Field::Customer,
                Field::Channel,
                Field::Company,
                Field::Arrived,
                Field::Answered,
                Field::Closed,
                Field::Outcome,
                Field::Agent,
                Field::Kind,
                Field::Priority,
            ],
            left_out: vec![(self.menu, LeftOut::InMenu), (self.phantoms, LeftOut::Phantom)],
            caveats: vec![Caveat::PriorityOfThoseWhoWaited],
            tells_answer_rate: true,
            reading: Reading::default(),
        })
    }
}

enum Call {
    Asked(Box<Contact>),
    Menu,
    Phantom,
}

fn call(
    rows: &Rows,
    at: &[Option<Column>; COLUMNS.len()],
    names: &mut Known,
) -> Result<Call, Fault> {
    rows.has_all_fields()?;
    let get = |column: usize| rows.get(at[column]).unwrap_or_default();
    let [
        customer,
        priority,
        kind,
        date,
        menu_end,
        queue_start,
        queue_end,
        outcome,
        start,
        end,
        server,
    ] = std::array::from_fn(get);
    let served = match outcome {
        b"AGENT" => true,
        b"HANG" => false,
        b"PHANTOM" => return Ok(Call::Phantom),
        _ => {
            let word = shown(outcome);
            return Err(format!("`outcome` is `{word}`; it can be AGENT, HANG or PHANTOM").into());
        }
    };
    let midnight =
        std::str::from_utf8(date).ok().and_then(|text| parse_day(text).or(six_digits(text)));
    let midnight = midnight.filter(|day| YEARS.contains(day));
    let midnight =
        midnight.ok_or_else(|| format!("`date` is not a valid date: `{}`", shown(date)))? * DAY_MS;
    let clock = |column: &str, text: &[u8]| {
        seconds(text).ok_or_else(|| format!("`{column}` is not a time of day: `{}`", shown(text)))
    };
    let queued = (clock("q_start", queue_start)?, clock("q_exit", queue_end)?);
    let waited = queued.0 != 0;
    if !served && !waited {
        return Ok(Call::Menu);
    }
    let moment = |seconds: i64| Moment::local(midnight + seconds * 1000);
    let service = (clock("ser_start", start)?, clock("ser_exit", end)?);
    let menu_end = clock("vru_exit", menu_end)?;
    let arrived = match (waited, service) {
        (true, _) => queued.0,
        (false, (0, 0)) => menu_end,
        // Without a queue, a call arrives when its service begins: the menu's times are not always right.
        (false, (start, _)) => start,
    };
    // The date is that of the menu.
    let arrived = if menu_end - arrived > DAY / 2 { arrived + DAY } else { arrived };
    let left_queue = if waited { later("q_exit", arrived, queued.1)? } else { arrived };
    let (answered, closed) = match (served, service) {
        (false, _) => (None, Some(left_queue)),
        // Somebody answered, and the time is missing: it is when the queue ended.
        (true, (0, 0)) => (Some(left_queue), None),
        (true, (start, end)) => {
            let start = later("ser_start", arrived, start)?;
            (Some(start), Some(later("ser_exit", start, end)?))
        }
    };
    let priority = match waited {
        true => {
            Some(std::str::from_utf8(priority).ok().and_then(|text| text.parse().ok()).ok_or_else(
                || format!("`priority` is `{}`, which is not a number", shown(priority)),
            )?)
        }
        false => None,
    };
    let kind = number(Field::Kind, &String::from_utf8_lossy(kind), &mut names.kinds)?;
    let agent = match server {
        b"NO_SERVER" | b"" => None,
        server => Some(number(Field::Agent, &String::from_utf8_lossy(server), &mut names.agents)?),
    };
    Ok(Call::Asked(Box::new(Contact {
        line: rows.line(),
        // Customers who were not recognized have the number 0.
        customer: (customer != b"0").then(|| hash_of(customer)),
        company: 0,
        channel: 0,
        kind: Some(kind),
        priority,
        agent: agent.filter(|_| served),
        arrived: moment(arrived),
        answered: answered.map(moment),
        closed: closed.map(moment),
        outcome: if served { Outcome::Answered } else { Outcome::GaveUp },
        public: Some(false),
        followers: None,
        handled_ms: None,
        resolved: None,
        talk: None,
    })))
}

/// The day of `990103`, as the log was published: year of the century, month and day.
fn six_digits(text: &str) -> Option<i64> {
    let (year, rest) = text.split_at_checked(2)?;
    let (month, day) = rest.split_at_checked(2)?;
    let digits = text.len() == 6 && text.bytes().all(|byte| byte.is_ascii_digit());
    digits.then(|| parse_day(&format!("19{year}-{month}-{day}")))?
}

/// Seconds in a day.
const DAY: i64 = 24 * 3600;

/// Seconds since midnight of `9:30:00`.
fn seconds(text: &[u8]) -> Option<i64> {
    let text = std::str::from_utf8(text).ok()?;
    let mut parts = text.split(':').map(|part| part.parse::<u8>().ok());
    let (hour, minute, second) = (parts.next()??, parts.next()??, parts.next()??);
    let whole = parts.next().is_none() && hour < 25 && minute < 60 && second < 60;
    whole.then(|| i64::from(hour) * 3600 + i64::from(minute) * 60 + i64::from(second))
}

/// The clocks of menu, queue and service are this far apart at times, in seconds.
const CLOCKS: i64 = 10;

/// A time of day that comes after another one: past midnight if it reads as earlier by half a day,
/// and at once if it reads as earlier by what the clocks differ.
fn later(column: &str, before: i64, time: i64) -> Result<i64, String> {
    let after = match time - before.rem_euclid(DAY) {
        late if late >= 0 => late,
        early if early >= -CLOCKS => 0,
        early if early < -DAY / 2 => early + DAY,
        early => {
            return Err(format!("`{column}` is {} before what precedes it", length(-early * 1000)));
        }
    };
    Ok(before + after)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::about::About;
    use crate::log::tests::contacts;

    const HEADER: &str = "customer_id,priority,type,date,vru_entry,vru_exit,q_start,q_exit,outcome,ser_start,ser_exit,server\n";
    const NONE: &str = "0:00:00,0:00:00";

    fn read(rows: &[String]) -> Result<(About, Vec<Contact>), Diagnostic> {
        contacts(&(HEADER.to_owned() + &rows.join("\n")), &Options::default())
    }

    fn row(menu_end: &str, queue: &str, outcome: &str, service: &str) -> String {
        format!("17,2,PS,1999-08-01,9:00:00,{menu_end},{queue},{outcome},{service},EVE")
    }

    /// Seconds from arrival to answer and to the end.
    fn times(contact: &Contact) -> (Option<i64>, Option<i64>) {
        let since =
            |moment: Option<Moment>| moment.map(|moment| contact.arrived.until(moment) / 1000);
        (since(contact.answered), since(contact.closed))
    }

    #[test]
    fn calls_arrive_when_they_join_the_queue_or_are_served() {
        let rows = [
            row("9:00:10", "9:00:10,9:01:00", "AGENT", "9:01:00,9:03:00"),
            row("9:00:10", "9:00:10,9:04:00", "HANG", NONE),
            row("9:00:10", NONE, "AGENT", "9:00:08,9:03:00"),
            row("23:58:10", "23:58:10,0:01:00", "AGENT", "0:01:00,0:04:00"),
            row("9:00:10", "9:00:10,9:01:00", "AGENT", NONE),
            row("9:00:10", NONE, "AGENT", NONE),
            row("9:00:10", NONE, "HANG", NONE),
            row("9:00:10", NONE, "PHANTOM", NONE),
        ];
        let (about, all) = read(&rows).unwrap();
        let expected = [
            (Some(50), Some(170)),
            (None, Some(230)),
            // Without a queue: at once, whatever the menu says.
            (Some(0), Some(172)),
            // Past midnight.
            (Some(170), Some(350)),
            // The service times are missing: the call was answered when the queue ended.
            (Some(50), None),
            (Some(0), None),
        ];
        assert_eq!(all.iter().map(times).collect::<Vec<_>>(), expected);
        assert_eq!(about.left_out.iter().map(|(rows, _)| *rows).collect::<Vec<_>>(), [1, 1]);
        assert_eq!((about.format, about.skipped.rows), ("Anonymous Bank", 0));
        let priorities: Vec<_> = all.iter().map(|call| call.priority).collect();
        assert_eq!(priorities, [Some(2), Some(2), None, Some(2), Some(2), None]);
        assert_eq!((all[1].outcome, all[1].agent), (Outcome::GaveUp, None));
        assert_eq!(about.names.agents.name(all[0].agent.unwrap()), "EVE");
    }

    #[test]
    fn a_date_is_six_digits_as_published_or_a_date_as_in_later_copies() {
        let row = row("9:00:10", "9:00:10,9:01:00", "AGENT", "9:01:00,9:03:00");
        let arrived = |date: &str| {
            read(&[row.replacen("1999-08-01", date, 1)]).map(|(_, all)| all[0].arrived.text())
        };
        for date in ["990801", "1999-08-01"] {
            assert_eq!(arrived(date).unwrap(), "1999-08-01T09:00:10");
        }
        for date in ["99081", "9908011", "990832", "991301", "99080x", "99é01"] {
            let error = arrived(date).unwrap_err();
            assert!(error.message.contains("`date` is not a valid date"), "{error:?}");
        }
    }

    #[test]
    fn a_call_that_cannot_be_is_a_bad_row() {
        let good = row("9:00:10", "9:00:10,9:01:00", "AGENT", "9:01:00,9:03:00");
        for (from, to, says) in [
            ("AGENT", "AGNET", "`outcome` is `AGNET`"),
            ("1999-08-01", "1999-08-32", "`date` is not a valid date"),
            (",9:01:00,9:03", ",8:01:00,9:03", "`ser_start` is 59 min before"),
            ("9:03:00", "9:63:00", "`ser_exit` is not a time of day"),
            ("9:00:10,9:01:00", "x,9:01:00", "`q_start` is not a time of day"),
            (",2,", ",two,", "`priority` is `two`"),
            (",EVE", "", "11 fields where the header has 12"),
        ] {
            let error = read(&[good.replacen(from, to, 1)]).unwrap_err();
            assert!(error.message.contains(says), "{error:?}");
            assert_eq!(error.line(), Some(2));
        }
    }
}
