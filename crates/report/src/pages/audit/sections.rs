//! The tables of a report card for people.

use heard_contacts::Measure;
use heard_lab::audit::{Audit, Subject};
use heard_text::number::count;

use super::Labels;
use super::columns::{Columns, Row, plain, starred, with_interval};
use crate::document::Table;

/// Measures of the tables of service and of resolution: the stars of the first table do not speak of them.
const LATER: [Measure; 13] = [
    Measure::ServiceLevel,
    Measure::ServiceLevelOfAnswered,
    Measure::ServiceLevelOfPatient,
    Measure::MeanSpeed,
    Measure::AnsweredMedian,
    Measure::HandleTime,
    Measure::Resolved,
    Measure::Open,
    Measure::ResolutionMedian,
    Measure::ResolvedMedian,
    Measure::ResolvedMean,
    Measure::OldestOpen,
    Measure::Unknown,
];

/// One row for each subject.
fn rows<'a>(shown: &[&'a Subject<'a>]) -> Vec<Row<'a>> {
    let labels = Labels::of(shown.iter().copied());
    let row =
        |subject: &&'a Subject<'a>| Row { subject, label: labels.label(subject), within: None };
    shown.iter().map(row).collect()
}

/// Whether the first table rests on few anywhere.
pub(super) fn rests_on_few(subject: &Subject<'_>) -> bool {
    subject.findings.iter().any(|finding| finding.is_small() && !LATER.contains(&finding.measure))
}

/// Who is answered, and how fast.
pub(super) fn answers(shown: &[&Subject<'_>], tells_answer_rate: bool) -> Table {
    let rows = rows(shown);
    let mut columns = Columns::new(&rows);
    columns.add(Measure::Contacts.heading(), |row| {
        let few = if rests_on_few(row.subject) { "*" } else { "" };
        count(row.subject.tally.contacts()) + few
    });
    if tells_answer_rate {
        columns.measures(&[Measure::Answered], with_interval);
        columns.measures(&[Measure::GaveUp], plain);
        for measure in [Measure::StillWaiting, Measure::Unknown] {
            if rows.iter().any(|row| row.value(measure) > Some(0.0)) {
                columns.measures(&[measure], plain);
            }
        }
    }
    columns.measures(&[Measure::Median, Measure::NinetiethPercentile], with_interval);
    columns.measures(&[Measure::HoursCovered, Measure::Redirected], plain);
    columns.table()
}

/// Who is answered in time, and how long answers and conversations take.
pub(super) fn service(shown: &[&Subject<'_>]) -> Table {
    let mut levels = Vec::new();
    for row in rows(shown) {
        match times(std::slice::from_ref(&row)).as_slice() {
            [] => levels.push(row),
            times => {
                levels.extend(times.iter().map(|&time| Row { within: Some(time), ..row.clone() }));
            }
        }
    }
    let known = [Measure::MeanSpeed, Measure::HandleTime, Measure::ServiceLevelOfAnswered];
    levels.retain(|row| known.iter().any(|measure| row.find(*measure).is_some()));
    let mut columns = Columns::new(&levels);
    columns.add("within", |row| row.within.map_or(String::new(), exact));
    columns.measures(&[Measure::ServiceLevel], starred(with_interval));
    columns.measures(
        &[Measure::ServiceLevelOfAnswered, Measure::ServiceLevelOfPatient],
        starred(plain),
    );
    columns.measures(&[Measure::MeanSpeed], starred(with_interval));
    columns.measures(&[Measure::AnsweredMedian], starred(plain));
    columns.measures(&[Measure::HandleTime], starred(plain));
    columns.table()
}

/// A time as it was asked for: `20 s`, `5 min`, `1 h`.
pub(super) fn exact(seconds: u32) -> String {
    match seconds {
        s if s.is_multiple_of(86_400) => format!("{} d", s / 86_400),
        s if s.is_multiple_of(3600) => format!("{} h", s / 3600),
        s if s.is_multiple_of(60) => format!("{} min", s / 60),
        s => format!("{s} s"),
    }
}

/// What was settled, and what is open; no rows where the log says neither.
pub(super) fn resolution(shown: &[&Subject<'_>]) -> Table {
    let mut rows = rows(shown);
    rows.retain(|row| {
        let inbox = row.subject.holds_the_line == Some(false);
        row.find(Measure::Resolved).is_some()
            || inbox && row.value(Measure::BacklogMost) > Some(0.0)
    });
    let mut columns = Columns::new(&rows);
    columns.measures(&[Measure::Resolved], starred(with_interval));
    columns.measures(&[Measure::Open], plain);
    columns.measures(&[Measure::ResolutionMedian], starred(with_interval));
    columns.measures(&[Measure::ResolvedMedian, Measure::ResolvedMean], starred(plain));
    columns.measures(&[Measure::OldestOpen], plain);
    columns.add("backlog,\nmean; most", |row| {
        let both = [Measure::BacklogMean, Measure::BacklogMost].map(|measure| row.find(measure));
        let texts: Vec<String> = both.into_iter().flatten().map(plain).collect();
        texts.join("; ")
    });
    columns.table()
}

/// The groups that contacts are divided into.
pub(super) fn groups(audit: &Audit, shown: &[Subject<'_>]) -> Table {
    let labels = Labels::of(audit.subjects().iter());
    let rows: Vec<Row<'_>> = shown
        .iter()
        .map(|subject| {
            let group = heard_text::name::safe(subject.group.as_deref().unwrap_or_default());
            let label = match labels.label(subject) {
                name if labels.several() => format!("{name}, {group}"),
                _ => group,
            };
            Row { subject, label, within: None }
        })
        .collect();
    let mut columns = Columns::new(&rows);
    columns.measures(&[Measure::Contacts, Measure::Answered, Measure::GaveUp], plain);
    let offered = rows.iter().any(|row| row.find(Measure::ServiceLevel).is_some());
    let level = if offered { Measure::ServiceLevel } else { Measure::ServiceLevelOfAnswered };
    for seconds in times(&rows) {
        columns.add(&format!("within\n{}", exact(seconds)), |row| {
            let row = Row { within: Some(seconds), ..row.clone() };
            row.find(level).map_or(String::new(), starred(with_interval))
        });
    }
    columns.measures(&[Measure::MeanSpeed], starred(with_interval));
    columns.measures(&[Measure::HandleTime, Measure::Resolved], starred(plain));
    if rows.iter().any(|row| row.value(Measure::Open) > Some(0.0)) {
        columns.measures(&[Measure::Open], plain);
    }
    columns.measures(&[Measure::ResolutionMedian], starred(plain));
    columns.table()
}

/// The times within which rows have service levels, rising.
fn times(rows: &[Row<'_>]) -> Vec<u32> {
    let findings = rows.iter().flat_map(|row| &row.subject.findings);
    let mut times: Vec<u32> = findings.filter_map(|finding| finding.within).collect();
    times.sort_unstable();
    times.dedup();
    times
}

/// What first answers say, and how conversations go on.
pub(super) fn words(shown: &[&Subject<'_>]) -> Table {
    let rows = rows(shown);
    let mut columns = Columns::new(&rows);
    let measures = [
        Measure::ToPrivateMessages,
        Measure::ToPhone,
        Measure::ToMail,
        Measure::ToPage,
        Measure::Apologizes,
        Measure::Copied,
        Measure::Automatic,
        Measure::OneReply,
        Measure::SamePerson,
        Measure::Turns,
    ];
    columns.measures(&measures, plain);
    columns.table()
}

/// Whether customers with many followers are answered more often.
pub(super) fn followers(shown: &[&Subject<'_>]) -> Table {
    let rows = rows(shown);
    let mut columns = Columns::new(&rows);
    columns.measures(&[Measure::WellFollowedAnswered, Measure::OthersAnswered], with_interval);
    columns.table()
}
