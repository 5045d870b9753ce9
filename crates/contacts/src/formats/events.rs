//! One row an event: what happened to a contact, one row after the other, as ServiceNow, Jira and the
//! logs of process mining (XES) have it.
//!
//! Rows with the same id are one contact, in any order. Its first event is its arrival, whatever it is
//! called; [`steps`](super::steps) says which activities answer, close or give up; all others change
//! nothing.

use indexmap::{IndexMap, IndexSet};

use super::case::{Cases, Entry, Step, Tells};
use super::extra::{ADDS, Extra, column};
use super::reader::{Fault, Reader, Told, number};
use super::steps::step_of;
use crate::about::{Known, Options};
use crate::caveat::Caveat;
use crate::checks::Checks;
use crate::contact::Contact;
use crate::field::Field;
use crate::moment::Moment;
use crate::note::Reading;
use crate::records::Row;
use crate::rows::{Column, Rows};
use heard_text::diagnostic::Diagnostic;
use heard_text::number::count;

/// Names of columns that name the contact; the first that a log has is taken, here and below.
const IDS: [&str; 30] = [
    "id",
    "case:concept:name",
    "case id",
    "caseid",
    "case",
    "case number",
    "case key",
    "ticket id",
    "ticketid",
    "ticket",
    "ticket number",
    "incident id",
    "incident",
    "incident number",
    "number",
    "sr number",
    "issue key",
    "issue id",
    "issue",
    "key",
    "call id",
    "callid",
    "contact id",
    "conversation id",
    "interaction id",
    "request id",
    "session id",
    "vorgangsnummer",
    "fallnummer",
    "id caso",
];

/// Of columns that say when an event was.
const TIMES: [&str; 24] = [
    "arrived",
    "time:timestamp",
    "timestamp",
    "time stamp",
    "event time",
    "event timestamp",
    "event date",
    "datetime",
    "date time",
    "datestamp",
    "date stamp",
    "complete timestamp",
    "completetimestamp",
    "end timestamp",
    "start timestamp",
    "change date time",
    "change date",
    "changed at",
    "changed",
    "occurred at",
    "time",
    "date",
    "created",
    "zeitstempel",
];

/// Of columns that say what happened.
const ACTIVITIES: [&str; 24] = [
    "outcome",
    "concept:name",
    "activity",
    "activity name",
    "activity type",
    "incidentactivity type",
    "event",
    "event type",
    "event name",
    "action",
    "step",
    "task",
    "new status",
    "to status",
    "new value",
    "new state",
    "to string",
    "to",
    "status",
    "state",
    "incident state",
    "transition",
    "aktivität",
    "ereignis",
];

/// Of columns that say who did it.
const PEOPLE: [&str; 16] = [
    "agent",
    "org:resource",
    "resource",
    "user",
    "performed by",
    "assignee",
    "assigned to",
    "owner",
    "actor",
    "author",
    "operator",
    "employee",
    "by",
    "bearbeiter",
    "changed by",
    "owner first name",
];

/// Share of the first rows that must repeat an id for a row to be taken for an event.
const REPEATS: f64 = 0.2;
/// Different activities that a log may have: more are free text.
const MOST_ACTIVITIES: usize = 1_000;
/// Activities that a note names.
const SHOWN: usize = 12;

/// Where the columns stand.
#[derive(Debug)]
struct Columns {
    id: Column,
    time: Column,
    activity: Column,
    agent: Option<Column>,
    extra: Extra,
}

impl Columns {
    /// By `--map`, and else by their names; the first that is missing.
    fn of(rows: &Rows, options: &Options) -> Result<Self, Missing> {
        let at = |field: Field, names: &[&str]| match mapped(rows, options, field) {
            Some(column) => Ok(column),
            None => named(rows, options, names).ok_or(Missing(field)),
        };
        let mut extra = Extra::of(rows, options).map_err(|_| Missing(Field::Channel))?;
        for field in ADDS {
            if extra.at(field).is_none()
                && let Some(column) = named(rows, options, &[field.name()])
            {
                extra.add(field, column);
            }
        }
        Ok(Self {
            id: at(Field::Id, &IDS)?,
            time: at(Field::Arrived, &TIMES)?,
            activity: at(Field::Outcome, &ACTIVITIES)?,
            agent: at(Field::Agent, &PEOPLE).ok(),
            extra,
        })
    }

    /// Whether the first rows are events: ids come again, and in most of those that do, what happens
    /// differs from row to row, and so does when.
    fn hold_events(&self, ahead: &[Row]) -> bool {
        let mut cases: IndexMap<&[u8], Seen<'_>> = IndexMap::new();
        let mut rows = 0;
        for row in ahead {
            let Some(id) = row.get(Some(self.id)) else { continue };
            rows += 1;
            let seen = cases.entry(id).or_default();
            seen.rows += 1;
            seen.activities.insert(row.get(Some(self.activity)).unwrap_or_default());
            seen.times.insert(row.get(Some(self.time)).unwrap_or_default());
        }
        let repeats = (rows - cases.len()) as f64;
        let several = || cases.values().filter(|seen| seen.rows > 1);
        let differ = several().filter(|seen| seen.activities.len() > 1 && seen.times.len() > 1);
        repeats > 0.0 && repeats >= REPEATS * rows as f64 && differ.count() * 2 >= several().count()
    }
}

/// The rows of one id.
#[derive(Default)]
struct Seen<'a> {
    rows: usize,
    activities: IndexSet<&'a [u8]>,
    times: IndexSet<&'a [u8]>,
}

/// The field that no column holds.
#[derive(Debug)]
struct Missing(Field);

fn mapped(rows: &Rows, options: &Options, field: Field) -> Option<Column> {
    let mapping = options.map.iter().find(|mapping| mapping.field == Some(field))?;
    rows.column(&mapping.column)
}

/// The column of the first of some names that no `--map` takes for something else.
fn named(rows: &Rows, options: &Options, names: &[&str]) -> Option<Column> {
    let plain = |name: &str| name.to_lowercase().replace(['_', '-', '.'], " ").replace('+', " ");
    let columns: Vec<String> = rows.header().iter().map(|name| plain(name.trim())).collect();
    let is_free = |column: &Column| {
        let name = &rows.header()[*column];
        !options.map.iter().any(|mapping| mapping.column.eq_ignore_ascii_case(name))
    };
    let place = |name: &&str| columns.iter().position(|column| column == name).filter(is_free);
    names.iter().find_map(place)
}

/// Whether a row of the log is an event.
pub(crate) fn recognize(rows: &Rows, options: &Options) -> bool {
    Columns::of(rows, options).is_ok_and(|columns| columns.hold_events(rows.ahead()))
}

/// Events.
struct Events {
    at: Columns,
    checks: Checks,
    cases: Cases,
    /// The activities: how often they come, and what they mean.
    activities: IndexMap<String, (u64, Option<Step>)>,
}

pub(crate) fn open(rows: &Rows, options: &Options) -> Result<Box<dyn Reader>, Diagnostic> {
    for mapping in &options.map {
        column(rows, &mapping.column)?;
    }
    let at = Columns::of(rows, options).map_err(|Missing(field)| {
        let what = match field {
            Field::Id => "names the contact",
            Field::Arrived => "says when an event was",
            _ => "says what happened",
        };
        rows.error_at(rows.header_line(), format!("no column {what}")).help(format!(
            "say which: `--map COLUMN={}`; the columns are: {}",
            field.name(),
            rows.columns_shown()
        ))
    })?;
    Ok(Box::new(Events {
        at,
        checks: Checks::default(),
        cases: Cases::default(),
        activities: IndexMap::new(),
    }))
}

impl Events {
    /// What an activity means.
    fn step(&mut self, activity: &str) -> Result<Step, Fault> {
        if let Some((times, step)) = self.activities.get_mut(activity) {
            *times += 1;
            return Ok(step.unwrap_or(Step::Passes));
        }
        if self.activities.len() == MOST_ACTIVITIES {
            return Err(Fault::TooMany(Field::Outcome, MOST_ACTIVITIES));
        }
        let step = step_of(activity);
        self.activities.insert(activity.to_owned(), (1, step));
        Ok(step.unwrap_or(Step::Passes))
    }
}

impl Reader for Events {
    fn row(
        &mut self,
        rows: &Rows,
        names: &mut Known,
        _: &mut dyn FnMut(&Contact),
    ) -> Result<(), Fault> {
        rows.has_all_fields()?;
        let name = |column: Column| &rows.header()[column];
        let needed = |column: Column| {
            rows.get(Some(column)).ok_or_else(|| format!("`{}` is empty", name(column)))
        };
        let id = needed(self.at.id)?;
        let at: Moment = self.checks.moment(name(self.at.time), needed(self.at.time)?)?;
        let activity = rows.text(Some(self.at.activity)).unwrap_or_default();
        let step = if activity.is_empty() { Step::Passes } else { self.step(&activity)? };
        let agent = match rows.text(self.at.agent) {
            Some(agent) => Some(number(Field::Agent, &agent, &mut names.agents)?),
            None => None,
        };
        let traits = self.at.extra.traits(rows, names)?;
        self.cases.step(id, at, step, Entry { line: rows.line(), agent, traits });
        Ok(())
    }

    fn end(
        self: Box<Self>,
        names: &mut Known,
        each: &mut dyn FnMut(&Contact),
    ) -> Result<Told, Diagnostic> {
        let has = |steps: &[Step]| {
            self.activities.values().any(|(_, step)| step.is_some_and(|step| steps.contains(&step)))
        };
        let answers = has(&[Step::Answers, Step::Redirects]);
        let closes = has(&[Step::Closes, Step::Settles]);
        self.cases.show(Tells { answers, resolved: closes }, "channel", names, each);
        let mut fields = vec![Field::Id, Field::Arrived, Field::Outcome];
        fields.extend(answers.then_some(Field::Answered));
        fields.extend(closes.then_some(Field::Closed));
        fields.extend(self.at.agent.map(|_| Field::Agent));
        self.at.extra.name(&mut fields);
        let mut caveats = vec![Caveat::Activities(told(&self.activities))];
        if !answers {
            caveats.insert(0, Caveat::NoAnswers);
        }
        let reading = Reading::default();
        Ok(Told { fields, left_out: Vec::new(), caveats, tells_answer_rate: answers, reading })
    }
}

/// Which activities mean what, for people.
fn told(activities: &IndexMap<String, (u64, Option<Step>)>) -> String {
    let means = |steps: &[Step]| -> Vec<&str> {
        let is = |step: &Option<Step>| step.is_some_and(|step| steps.contains(&step));
        activities.iter().filter(|(_, (_, step))| is(step)).map(|(word, _)| word.as_str()).collect()
    };
    let mut parts = Vec::new();
    for (steps, what) in [
        (&[Step::Answers, Step::Redirects][..], "answers"),
        (&[Step::Closes, Step::Settles], "closes"),
        (&[Step::GivesUp], "gives up"),
    ] {
        let words = means(steps);
        if !words.is_empty() {
            parts.push(format!("{} {what}", shortened(&words)));
        }
    }
    let mut others: Vec<(&String, u64)> = activities
        .iter()
        .filter(|(_, (_, step))| step.is_none())
        .map(|(word, (times, _))| (word, *times))
        .collect();
    others.sort_by_key(|(_, times)| std::cmp::Reverse(*times));
    if !others.is_empty() {
        let words: Vec<String> =
            others.iter().map(|(word, times)| format!("{word} ({})", count(*times))).collect();
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        parts.push(format!("{} changes nothing", shortened(&words)));
    }
    parts.join("; ")
}

fn shortened(words: &[&str]) -> String {
    let more = words.len().saturating_sub(SHOWN);
    let mut text = words[..words.len() - more].join(", ");
    if more > 0 {
        text += &format!(" and {more} more");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::about::About;
    use crate::contact::Outcome;
    use crate::field::Mapping;
    use crate::log::tests::contacts;

    const ROWS: &str = "\
C1,New,2026-03-02 08:00:00,,gold
C2,New,2026-03-02 08:01:00,,
C1,Assigned,2026-03-02 08:02:00,boss,
C1,In progress,2026-03-02 08:05:00,ann,silver
C2,Cancelled,2026-03-02 08:31:00,,
C1,Closed,2026-03-02 09:00:00,bob,
C1,Reopened,2026-03-02 10:00:00,bob,
C1,Resolved,2026-03-02 11:00:00,bob,
C3,Closed,2026-03-02 12:00:00,ann,
C3,New,2026-03-02 11:59:00,,
";

    fn read(header: &str, rows: &str) -> (About, Vec<Contact>) {
        contacts(&format!("{header}\n{rows}"), &Options::default()).unwrap()
    }

    #[test]
    fn rows_of_one_id_are_one_contact() {
        let (about, all) = read("CaseID,Activity,Timestamp,Resource,kind", ROWS);
        assert_eq!(about.format, "one row per event");
        assert_eq!((about.rows, about.contacts), (10, 3));
        let minutes = |contact: &Contact, moment: Option<Moment>| {
            moment.map(|moment| contact.arrived.until(moment) / 60_000)
        };
        let fates: Vec<_> = all
            .iter()
            .map(|all| {
                (all.outcome, minutes(all, all.answered), minutes(all, all.closed), all.resolved)
            })
            .collect();
        let expected = [
            (Outcome::Answered, Some(5), Some(180), Some(true)),
            (Outcome::GaveUp, None, Some(30), Some(false)),
            (Outcome::GaveUp, None, Some(1), Some(false)),
        ];
        assert_eq!(fates, expected);
        assert_eq!(about.names.agents.name(all[0].agent.unwrap()), "ann");
        assert_eq!(about.names.kinds.name(all[0].kind.unwrap()), "gold");
        let told = about.caveats[0].to_string();
        assert!(told.contains("In progress answers; Closed, Resolved closes; Cancelled gives up; Assigned (1) changes nothing"), "{told}");
    }

    #[test]
    fn columns_have_the_names_of_real_systems_or_those_that_map_gives() {
        for header in [
            "case:concept:name,concept:name,time:timestamp,org:resource,x",
            "Incident ID,IncidentActivity_Type,DateStamp,Assignee,x",
            "SR Number,Status,Change Date+Time,Owner First Name,x",
            "Issue Key,To,Changed At,Author,x",
        ] {
            assert_eq!(read(header, ROWS).0.format, "one row per event", "{header}");
        }
        let map = [("a", Field::Id), ("b", Field::Outcome), ("c", Field::Arrived)];
        let map = map.map(|(name, field)| Mapping::new(name, field)).to_vec();
        let text = format!("a,b,c,d,e\n{ROWS}");
        let (about, _) = contacts(&text, &Options { map, ..Options::default() }).unwrap();
        assert_eq!((about.format, about.contacts), ("one row per event", 3));
    }

    #[test]
    fn a_row_a_contact_is_not_taken_for_events() {
        // Written down twice: bad rows of a plain log.
        let twice = "id,arrived,outcome\n1,2026-03-02T08:00:00,answered\n1,2026-03-02T08:00:00,answered\n\
                     2,2026-03-02T08:00:00,answered\n";
        let error = contacts(twice, &Options::default()).unwrap_err();
        assert!(error.message.contains("the id `1` has come before"), "{error:?}");
    }

    #[test]
    fn a_log_without_an_answer_does_not_tell_how_many_are_answered() {
        let rows = ROWS.replace("In progress", "Looked at");
        let (about, all) = read("CaseID,Activity,Timestamp,Resource,kind", &rows);
        assert!(!about.tells_answer_rate);
        assert_eq!((all[0].outcome, all[0].resolved), (Outcome::Unknown, Some(true)));
        assert_eq!(all[1].outcome, Outcome::GaveUp);
    }
}
