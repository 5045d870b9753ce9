//! Asterisk's `queue_log`: one row for everything that happens in a queue, as
//! `epoch|call|queue|agent|event|data...` without a header, or from a table of a database with the
//! columns `time`, `callid`, `queuename`, `agent`, `event`, `data1`, ...
//!
//! A call arrives when it enters its first queue, is answered when somebody connects, and is over when
//! that person or the caller completes it, or when it is transferred. A caller who hangs up, or leaves a
//! queue after a time, by a key or because nobody is there, was not answered, unless another queue
//! answers later. Where the log begins in the middle of a call, the arrival follows from the time the
//! call has waited by then, which is written down when the wait ends.

use super::case::{Cases, Entry, Step, Tells};
use super::cdr::is_withheld;
use super::extra::with_map;
use super::plan::Plan;
use super::reader::{Fault, Reader, Told, number};
use crate::about::{Known, Options};
use crate::caveat::LeftOut;
use crate::checks::{Checks, hash_of};
use crate::contact::Contact;
use crate::field::Field;
use crate::moment::Moment;
use crate::note::{Note, Reading};
use crate::rows::{Column, Rows};
use heard_text::diagnostic::Diagnostic;

/// Columns that the reader takes for a field by itself.
pub(crate) const TAKES: [(&str, Field); 7] = [
    ("time", Field::Arrived),
    ("callid", Field::Id),
    ("queuename", Field::Channel),
    ("queue", Field::Channel),
    ("agent", Field::Agent),
    ("event", Field::Outcome),
    ("3", Field::Channel),
];

/// Places in a row without a header.
const TIME: Column = 0;
const DATA: Column = 5;

/// Where the columns stand.
#[derive(Clone, Copy, Debug)]
struct Places {
    time: Column,
    call: Column,
    queue: Column,
    agent: Column,
    event: Column,
    data: [Option<Column>; 4],
}

impl Places {
    fn of(rows: &Rows) -> Option<Self> {
        if rows.is_headless() {
            let data = [DATA, DATA + 1, DATA + 2, DATA + 3].map(Some);
            let places = Self { time: TIME, call: 1, queue: 2, agent: 3, event: 4, data };
            return places.fits(rows).then_some(places);
        }
        let at = |name| rows.column(name);
        let places = Self {
            time: at("time").or_else(|| at("epoch"))?,
            call: at("callid")?,
            queue: at("queuename").or_else(|| at("queue"))?,
            agent: at("agent")?,
            event: at("event")?,
            data: [at("data1"), at("data2"), at("data3"), at("data4")],
        };
        places.fits(rows).then_some(places)
    }

    /// Whether most of the first rows hold events of queues.
    fn fits(&self, rows: &Rows) -> bool {
        let ahead = rows.ahead();
        let known = |event: &[u8]| Event::of(event).is_some();
        let events =
            ahead.iter().filter(|row| row.get(Some(self.event)).is_some_and(known)).count();
        events * 2 > ahead.len()
    }
}

/// What happens in a queue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Event {
    /// A call joins it.
    Enter,
    /// Somebody answers; the place of the seconds waited.
    Connect { waited: usize },
    /// A conversation ends; the places of the seconds waited and talked.
    Complete { waited: usize, talked: usize },
    /// A call leaves unanswered; the place of the seconds waited.
    Leave { waited: usize },
    /// Something that changes nothing for a call, or is about people.
    Passes,
}

impl Event {
    fn of(word: &[u8]) -> Option<Self> {
        Some(match word.to_ascii_uppercase().as_slice() {
            b"ENTERQUEUE" => Self::Enter,
            b"CONNECT" => Self::Connect { waited: 0 },
            b"COMPLETEAGENT" | b"COMPLETECALLER" => Self::Complete { waited: 0, talked: 1 },
            // The extension and its context come first.
            b"TRANSFER" | b"BLINDTRANSFER" | b"ATTENDEDTRANSFER" => {
                Self::Complete { waited: 2, talked: 3 }
            }
            b"ABANDON" | b"EXITWITHTIMEOUT" | b"EXITEMPTY" => Self::Leave { waited: 2 },
            b"EXITWITHKEY" => Self::Leave { waited: 3 },
            b"RINGNOANSWER"
            | b"RINGCANCELED"
            | b"AGENTDUMP"
            | b"DID"
            | b"INFO"
            | b"HOLD"
            | b"UNHOLD"
            | b"SYSCOMPAT"
            | b"QUEUESTART"
            | b"CONFIGRELOAD"
            | b"ADDMEMBER"
            | b"REMOVEMEMBER"
            | b"PAUSE"
            | b"UNPAUSE"
            | b"PAUSEALL"
            | b"UNPAUSEALL"
            | b"PAUSEREASON"
            | b"AGENTLOGIN"
            | b"AGENTLOGOFF"
            | b"AGENTCALLBACKLOGIN"
            | b"AGENTCALLBACKLOGOFF"
            | b"PENALTY"
            | b"QUEUEPAUSE"
            | b"MEMBERPENALTY" => Self::Passes,
            _ => return None,
        })
    }
}

pub(crate) fn recognize(rows: &Rows) -> bool {
    Places::of(rows).is_some()
}

/// The log of queues.
struct Queues {
    at: Places,
    plan: Plan,
    notes: Vec<Note>,
    checks: Checks,
    cases: Cases,
    /// Rows that change nothing for a call.
    passed: u64,
    /// Rows about calls that arrived before the log begins, nobody knows when.
    begun_before: u64,
}

pub(crate) fn open(rows: &Rows, options: &Options) -> Result<Box<dyn Reader>, Diagnostic> {
    let at = Places::of(rows).ok_or_else(|| {
        rows.error_at(rows.header_line(), "the log is not a queue_log of Asterisk").help(
            "its rows are `epoch|call|queue|agent|event|...` without a header, or it has the columns \
             time, callid, queuename, agent and event",
        )
    })?;
    let own = [(Field::Arrived, Some(at.time)), (Field::Channel, Some(at.queue))];
    let (plan, notes) = Plan::fixed(rows, options, &with_map(rows, options, &own)?)?;
    Ok(Box::new(Queues {
        at,
        plan,
        notes,
        checks: Checks::default(),
        cases: Cases::default(),
        passed: 0,
        begun_before: 0,
    }))
}

impl Queues {
    /// Seconds in a column for data, as milliseconds.
    fn data(&self, rows: &Rows, place: usize) -> Option<i64> {
        let text = std::str::from_utf8(rows.get(self.at.data[place])?).ok()?;
        text.parse::<u32>().ok().map(|seconds| i64::from(seconds) * 1000)
    }

    /// The steps of a row, with how long before it they were.
    fn steps(&self, rows: &Rows, event: Event, is_known: bool) -> Option<Vec<(i64, Step)>> {
        let data = |place| self.data(rows, place);
        let (mut steps, last) = match event {
            Event::Passes => return Some(Vec::new()),
            Event::Enter => return Some(vec![(0, Step::Arrives)]),
            _ if is_known => (Vec::new(), event),
            // The call is not known: what it waited tells when it arrived.
            Event::Connect { waited } | Event::Leave { waited } => {
                (vec![(data(waited)?, Step::Arrives)], event)
            }
            Event::Complete { waited, talked } => {
                let (waited, talked) = (data(waited)?, data(talked)?);
                (vec![(talked + waited, Step::Arrives), (talked, Step::Answers)], event)
            }
        };
        steps.push(match last {
            Event::Connect { .. } => (0, Step::Answers),
            Event::Leave { .. } => (0, Step::GivesUp),
            _ => (0, Step::Closes),
        });
        Some(steps)
    }
}

impl Reader for Queues {
    fn row(
        &mut self,
        rows: &Rows,
        names: &mut Known,
        _: &mut dyn FnMut(&Contact),
    ) -> Result<(), Fault> {
        rows.is_text()?;
        let needed = |column: Column, name: &str| {
            rows.get(Some(column)).ok_or_else(|| format!("the {name} is empty"))
        };
        let event = Event::of(needed(self.at.event, "event")?).unwrap_or(Event::Passes);
        let at = self.plan.arrival(rows, &mut self.checks)?;
        if event == Event::Passes {
            self.passed += 1;
            return Ok(());
        }
        let call = needed(self.at.call, "id of the call")?;
        let Some(steps) = self.steps(rows, event, self.cases.has(call)) else {
            self.begun_before += 1;
            return Ok(());
        };
        let mut traits = self.plan.traits(rows.row(), names)?;
        if event == Event::Enter {
            let caller = rows.get(self.at.data[1]).filter(|caller| !is_withheld(caller));
            traits.customer = traits.customer.or(caller.map(hash_of));
        }
        let agent = rows.text(Some(self.at.agent)).filter(|agent| agent != "NONE");
        let agent = match agent.filter(|_| event != Event::Enter) {
            Some(agent) => Some(number(Field::Agent, &agent, &mut names.agents)?),
            None => None,
        };
        for (before, step) in steps {
            let at = Moment { wall_ms: at.wall_ms - before, ..at };
            self.cases.step(call, at, step, Entry { line: rows.line(), agent, traits });
        }
        Ok(())
    }

    fn end(
        self: Box<Self>,
        names: &mut Known,
        each: &mut dyn FnMut(&Contact),
    ) -> Result<Told, Diagnostic> {
        let tells = Tells { answers: true, resolved: false };
        let samples = self.cases.show(tells, "phone", names, each);
        let own = [
            Field::Customer,
            Field::Channel,
            Field::Arrived,
            Field::Answered,
            Field::Closed,
            Field::Outcome,
            Field::Agent,
        ];
        let is_there = |field: &Field| own.contains(field) || self.plan.has(*field);
        Ok(Told {
            fields: Field::ALL.into_iter().filter(is_there).collect(),
            left_out: vec![
                (self.passed, LeftOut::AboutQueues),
                (self.begun_before, LeftOut::CallsBegunOutside),
            ],
            caveats: Vec::new(),
            tells_answer_rate: true,
            reading: Reading { taken: Vec::new(), samples, notes: self.notes },
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::about::About;
    use crate::contact::Outcome;
    use crate::log::tests::{contacts, fate};

    /// Rows written `second call queue agent event data`, the second counted from some moment.
    fn read(rows: &[&str]) -> (About, Vec<Contact>) {
        let rows = rows.iter().map(|row| {
            let parts: Vec<&str> = row.splitn(2, ' ').collect();
            let second: i64 = parts[0].parse().unwrap();
            format!("{}|{}\n", 1_772_442_000 + second, parts[1].replace(' ', "|"))
        });
        contacts(&rows.collect::<String>(), &Options::default()).unwrap()
    }

    #[test]
    fn calls_enter_connect_and_are_completed_or_leave() {
        let (about, all) = read(&[
            "0 NONE NONE NONE QUEUESTART",
            "1 NONE support SIP/701 ADDMEMBER",
            "10 1.1 support NONE ENTERQUEUE  030 1",
            "12 1.2 sales NONE ENTERQUEUE  031 1",
            "20 1.1 support SIP/701 RINGNOANSWER 10000",
            "30 1.1 support SIP/702 CONNECT 20 1.9 4",
            "52 1.2 sales NONE ABANDON 1 1 40",
            "90 1.1 support SIP/702 COMPLETECALLER 20 60 1",
            "100 1.3 support NONE ENTERQUEUE  030 1",
            "130 1.3 support NONE EXITWITHTIMEOUT 1 1 30",
            "200 1.4 support NONE ENTERQUEUE  unknown 1",
            "205 1.4 support Agent/7 CONNECT 5 1.9 5",
            "230 1.4 support Agent/7 BLINDTRANSFER 99 from-internal 5 25 1",
            "240 1.5 support NONE ENTERQUEUE  033 1",
            "250 1.5 support NONE EXITWITHKEY 1 1 1 10",
            "260 1.6 support NONE ENTERQUEUE  034 1",
        ]);
        let expected = [
            (Outcome::Answered, Some(20), Some(80)),
            (Outcome::GaveUp, None, Some(40)),
            (Outcome::GaveUp, None, Some(30)),
            (Outcome::Answered, Some(5), Some(30)),
            (Outcome::GaveUp, None, Some(10)),
            (Outcome::Waiting, None, None),
        ];
        assert_eq!(all.iter().map(fate).collect::<Vec<_>>(), expected);
        assert_eq!((about.format, about.rows), ("Asterisk queue_log", 16));
        assert_eq!(about.left_out[0], (3, LeftOut::AboutQueues));
        assert_eq!(about.names.channels.iter().take(2).collect::<Vec<_>>(), ["support", "sales"]);
        assert_eq!(about.names.agents.name(all[0].agent.unwrap()), "SIP/702");
        assert_eq!(all[0].customer, all[2].customer);
        assert_eq!((all[1].agent, all[3].customer), (None, None));
    }

    #[test]
    fn a_call_that_goes_on_to_another_queue_is_one_contact() {
        let (_, all) = read(&[
            "10 1.1 first NONE ENTERQUEUE  030 1",
            "40 1.1 first NONE EXITWITHTIMEOUT 1 1 30",
            "40 1.1 second NONE ENTERQUEUE  030 1",
            "50 1.1 second SIP/702 CONNECT 10 1.9 4",
            "70 1.1 second SIP/702 COMPLETEAGENT 10 20 1",
        ]);
        assert_eq!(all.len(), 1);
        assert_eq!(fate(&all[0]), (Outcome::Answered, Some(40), Some(60)));
    }

    #[test]
    fn a_call_from_before_the_log_arrived_as_long_ago_as_it_waited() {
        let (about, all) = read(&[
            "10 1.1 support SIP/702 CONNECT 25 1.9 4",
            "20 1.2 support NONE ABANDON 1 1 40",
            "30 1.3 support SIP/702 COMPLETEAGENT 10 50 1",
            "40 1.1 support SIP/702 COMPLETECALLER 25 30 1",
            "50 1.4 support NONE EXITWITHTIMEOUT 1",
            "60 1.5 support NONE ENTERQUEUE  030 1",
        ]);
        let expected = [
            (Outcome::Answered, Some(25), Some(55)),
            (Outcome::GaveUp, None, Some(40)),
            (Outcome::Answered, Some(10), Some(60)),
            (Outcome::Waiting, None, None),
        ];
        assert_eq!(all.iter().map(fate).collect::<Vec<_>>(), expected);
        assert_eq!(about.left_out[1], (1, LeftOut::CallsBegunOutside));
    }
}
