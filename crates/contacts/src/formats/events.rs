//! One row an event: what happened to a contact, one row after the other, as ServiceNow, Jira and the
//! logs of process mining (XES) have it.
//!
//! Rows with the same id are one contact, in any order. Its first event is its arrival, whatever it is
//! called; [`steps`](super::steps) says which activities answer, close or give up; all others change
//! nothing.

use indexmap::{IndexMap, IndexSet};

use super::case::{Cases, Entry, Step, Tells};
use super::plan::Plan;
use super::reader::{Fault, Reader, Told};
use super::steps::{step_of, step_of_word};
use crate::about::{Known, Options};
use crate::caveat::Caveat;
use crate::checks::Checks;
use crate::contact::Contact;
use crate::field::Field;
use crate::fold::words;
use crate::note::{Note, Reading};
use crate::rows::{Column, Row, Rows};
use crate::values::shown;
use heard_text::diagnostic::Diagnostic;
use heard_text::number::count;

/// Names of columns, folded and parted by blanks; the first that a log has is taken.
pub(super) struct Names {
    pub id: &'static [&'static str],
    time: &'static [&'static str],
    activity: &'static [&'static str],
    agent: &'static [&'static str],
}

pub(super) const NAMES: Names = Names {
    id: &[
        "id",
        "case concept name",
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
        "fall id",
        "numero caso",
        "id caso",
    ],
    time: &[
        "arrived",
        "time timestamp",
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
        "sys updated on",
        "sys updated at",
        "updated at",
        "time",
        "date",
        "created",
        "created at",
        "sys created on",
        "zeitstempel",
        "zeitpunkt",
        "datum",
        "horodatage",
        "fecha",
        "data",
    ],
    activity: &[
        "outcome",
        "concept name",
        "activity",
        "activity name",
        "activity type",
        "incident activity type",
        "event",
        "event type",
        "event name",
        "action",
        "step",
        "task",
        "new status",
        "to status",
        "status to",
        "new value",
        "new state",
        "to state",
        "to string",
        "to",
        "status",
        "state",
        "incident state",
        "transition",
        "aktivitat",
        "ereignis",
        "activite",
        "actividad",
        "atividade",
        "attivita",
        "activiteit",
    ],
    agent: &[
        "agent",
        "org resource",
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
        "changed by",
        "sys updated by",
        "owner first name",
        "bearbeiter",
        "mitarbeiter",
    ],
};

/// Share of the first rows that must repeat an id for a row to be taken for an event.
const REPEATS: f64 = 0.2;
/// Rows that must repeat an id: one alone is a contact that was written down twice.
const FEWEST: f64 = 2.0;
/// Different activities that a log may have: more are free text.
const MOST_ACTIVITIES: usize = 1_000;
/// Activities that a note names.
const SHOWN: usize = 12;

/// Where the columns of an event stand.
#[derive(Debug)]
struct Places {
    id: Column,
    time: Column,
    activity: Column,
    agent: Option<Column>,
}

/// The field that no column holds.
#[derive(Debug)]
struct Missing(Field);

impl Places {
    /// By `--map`, and else by their names; or the first that is missing.
    fn of(rows: &Rows, options: &Options) -> Result<Self, Missing> {
        let at = |field: Field, known: &[&str]| {
            let mapping = options.map.iter().find(|mapping| mapping.field == Some(field));
            match mapping {
                Some(mapping) => rows.column(&mapping.column),
                None => named(rows, options, known),
            }
        };
        let needed = |field, known| at(field, known).ok_or(Missing(field));
        Ok(Self {
            id: needed(Field::Id, NAMES.id)?,
            time: needed(Field::Arrived, NAMES.time)?,
            activity: needed(Field::Outcome, NAMES.activity)?,
            agent: at(Field::Agent, NAMES.agent),
        })
    }

    fn given(&self) -> Vec<(Field, Column)> {
        let mut given = vec![
            (Field::Id, self.id),
            (Field::Arrived, self.time),
            (Field::Outcome, self.activity),
        ];
        given.extend(self.agent.map(|column| (Field::Agent, column)));
        given
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
        repeats >= FEWEST
            && repeats >= REPEATS * rows as f64
            && differ.count() * 2 >= several().count()
    }
}

/// The first column of some names that `--map` does not take for anything.
pub(super) fn named(rows: &Rows, options: &Options, known: &[&str]) -> Option<Column> {
    let names: Vec<String> = rows.header().iter().map(|name| words(name).join(" ")).collect();
    let is_free = |column: &Column| {
        let name = &rows.header()[*column];
        !options.map.iter().any(|mapping| mapping.column.eq_ignore_ascii_case(name))
    };
    known.iter().find_map(|name| names.iter().position(|other| other == name).filter(is_free))
}

/// The rows of one id.
#[derive(Default)]
struct Seen<'a> {
    rows: usize,
    activities: IndexSet<&'a [u8]>,
    times: IndexSet<&'a [u8]>,
}

/// Whether a row of the log is an event.
pub(crate) fn recognize(rows: &Rows, options: &Options) -> bool {
    Places::of(rows, options).is_ok_and(|places| places.hold_events(rows.ahead()))
}

/// Events.
struct Events {
    plan: Plan,
    notes: Vec<Note>,
    checks: Checks,
    cases: Cases,
    /// The activities: how often they come, and what they mean.
    activities: IndexMap<Vec<u8>, (u64, Option<Step>)>,
}

pub(crate) fn open(rows: &Rows, options: &Options) -> Result<Box<dyn Reader>, Diagnostic> {
    let places = Places::of(rows, options).map_err(|Missing(field)| {
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
    let (plan, notes) = Plan::of(rows, options, &places.given())?;
    Ok(Box::new(Events {
        plan,
        notes,
        checks: Checks::default(),
        cases: Cases::default(),
        activities: IndexMap::new(),
    }))
}

impl Events {
    /// What an activity means: as the user says, or as words do.
    fn step(&mut self, activity: &[u8]) -> Result<Step, Fault> {
        if let Some((times, step)) = self.activities.get_mut(activity) {
            *times += 1;
            return Ok(step.unwrap_or(Step::Passes));
        }
        if self.activities.len() == MOST_ACTIVITIES {
            return Err(Fault::TooMany(Field::Outcome, MOST_ACTIVITIES));
        }
        let text = String::from_utf8_lossy(activity);
        let step = match self.plan.meanings.said(&text) {
            Some(word) => Some(word.map_or(Step::Passes, step_of_word)),
            None => step_of(&text),
        };
        self.activities.insert(activity.to_vec(), (1, step));
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
        let row = rows.row();
        let at = self.plan.arrival(rows, &mut self.checks)?;
        let id = self.plan.get(row, Field::Id);
        let id = id.ok_or_else(|| format!("`{}` is empty", self.plan.column(Field::Id)))?;
        let activity = self.plan.get(row, Field::Outcome);
        let step = activity.map_or(Ok(Step::Passes), |activity| self.step(activity))?;
        let (agent, traits) = (self.plan.agent(row, names)?, self.plan.traits(row, names)?);
        self.cases.step(id, at, step, Entry { line: row.line, agent, traits });
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
        let gives_up = has(&[Step::GivesUp]);
        let samples = self.cases.show(Tells { answers, resolved: closes }, "channel", names, each);
        let is_there = |field: &Field| match field {
            Field::Answered => answers,
            Field::Closed => closes || gives_up,
            field => OF_EVENTS.contains(field) && self.plan.has(*field),
        };
        let mut caveats = vec![Caveat::Activities(told(&self.activities))];
        caveats.extend((!answers).then_some(Caveat::NoAnsweringActivity));
        let mut taken = self.plan.columns.taken(&self.plan.header);
        taken.retain(|taken| OF_EVENTS.contains(&taken.field));
        Ok(Told {
            fields: Field::ALL.into_iter().filter(is_there).collect(),
            left_out: Vec::new(),
            caveats,
            tells_answer_rate: answers,
            reading: Reading { taken, samples, notes: self.notes },
        })
    }
}

/// The fields that are read of an event.
const OF_EVENTS: [Field; 11] = [
    Field::Id,
    Field::Customer,
    Field::Channel,
    Field::Company,
    Field::Arrived,
    Field::Outcome,
    Field::Agent,
    Field::Public,
    Field::Followers,
    Field::Kind,
    Field::Priority,
];

/// Which activities mean what, for people. Only known words are quoted, and those that the user has told.
fn told(activities: &IndexMap<Vec<u8>, (u64, Option<Step>)>) -> String {
    let words = |steps: &[Step]| -> Vec<String> {
        let is_one = |step: &Option<Step>| step.is_some_and(|step| steps.contains(&step));
        let these = activities.iter().filter(|(_, (_, step))| is_one(step));
        these.map(|(word, _)| shown(word)).collect()
    };
    let mut parts = Vec::new();
    for (steps, what) in [
        (&[Step::Answers, Step::Redirects][..], "answered by"),
        (&[Step::Closes, Step::Settles], "closed by"),
        (&[Step::GivesUp], "given up by"),
    ] {
        let words = words(steps);
        parts.extend((!words.is_empty()).then(|| format!("{what} {}", shortened(&words))));
    }
    let (mut known, mut unknown, mut events) = (Vec::new(), 0_u64, 0);
    for (word, (times, step)) in activities {
        match step {
            Some(Step::Passes | Step::Opens) => known.push((shown(word), *times)),
            // Whatever nobody knows may name a customer, or say what one wrote.
            None => (unknown, events) = (unknown + 1, events + times),
            Some(_) => {}
        }
    }
    known.sort_by_key(|(_, times)| std::cmp::Reverse(*times));
    let known: Vec<String> =
        known.iter().map(|(word, times)| format!("{word} ({})", count(*times))).collect();
    let mut others: Vec<String> =
        (!known.is_empty()).then(|| shortened(&known)).into_iter().collect();
    if unknown > 0 {
        let what = if unknown == 1 { "activity" } else { "activities" };
        others.push(format!("{} other {what} ({})", count(unknown), count(events)));
    }
    parts.extend((!others.is_empty()).then(|| format!("neither by {}", others.join(" and "))));
    parts.join("; ")
}

fn shortened(words: &[String]) -> String {
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
    use crate::moment::Moment;

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
        assert!(told.contains("answered by In progress; closed by Closed, Resolved; given up by Cancelled; neither by Assigned (1), Reopened (1);"), "{told}");
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
    fn what_nobody_knows_is_counted_and_not_quoted() {
        let rows = ROWS.replace("Assigned", "Mail from petra.kaiser@example.com");
        let (about, _) = read("CaseID,Activity,Timestamp,Resource,kind", &rows);
        let told = about.caveats[0].to_string();
        assert!(told.contains("neither by Reopened (1) and 1 other activity (1);"), "{told}");
        assert!(!told.contains("petra"), "{told}");
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
